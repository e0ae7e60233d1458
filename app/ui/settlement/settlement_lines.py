"""Rows and columns of the list in which bookings meet the commitments they settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.money import euro
from app.domain.settlement.settlement import Balance, SettlementKind, Strength, balances
from app.services.settlement.settlement_proposals import ProposalRow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills

STRENGTHS = pills(
    {
        Strength.SURE: (Tone.SUCCESS, "success"),
        Strength.LIKELY: (Tone.INFO, "half-circle"),
        Strength.POSSIBLE: (Tone.NEUTRAL, "dashed-circle"),
    }
)
KINDS = pills(
    {SettlementKind.PARTIAL: (Tone.NEUTRAL, "half-circle"), SettlementKind.FINAL: (Tone.ACCENT, "lock")}
)


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """A proposal with the kind that is chosen for it and what it leaves open."""

    id: int
    row: ProposalRow
    kind: SettlementKind
    balance: Balance


def lines(rows: Sequence[ProposalRow], chosen: Mapping[int, SettlementKind]) -> list[SettlementLine]:
    """The proposals in their order; `chosen` are kinds other than the proposed ones."""
    kinds = {row.id: chosen.get(row.id, row.kind) for row in rows}
    effects = balances(row.step(kinds[row.id]) for row in rows)
    return [SettlementLine(row.id, row, kinds[row.id], effects[row.id]) for row in rows]


def kind_of(line: SettlementLine) -> Pill:
    """Part or last payment as it is chosen; a credit note is neither."""
    return Pill("Gutschrift", Tone.INFO, "undo", 2) if line.row.amount_cents < 0 else KINDS[line.kind]


def remark_of(line: SettlementLine) -> Pill | None:
    """What she should know before she agrees: more than promised, or a rest that is set free."""
    if line.balance.over:
        return Pill(f"{euro(line.balance.over)} zu viel", Tone.WARNING, "warning", 0)
    if line.balance.freed:
        return Pill(f"{euro(line.balance.freed)} frei", Tone.SUCCESS, "unlock", 1)
    if line.row.home_id is not None:
        return Pill("ohne Budget", Tone.NEUTRAL, "unlink", 2)
    return None


def reasons_of(line: SettlementLine) -> str:
    """What speaks for the proposal and what against it, one line each."""
    return "\n".join((*line.row.reasons, *(f"Aber: {words}" for words in line.row.doubts)))


COLUMNS: tuple[Column[SettlementLine], ...] = (
    Column("strength", "Passt", lambda line: STRENGTHS[line.row.strength], Kind.PILL, 142, tip=reasons_of),
    Column("day", "Datum", lambda line: line.row.day, Kind.DATE, 84),
    Column("text", "Buchung", lambda line: line.row.text, width=110, stretch=True, least=80),
    Column("payee", "Empfänger", lambda line: line.row.payee, width=110),
    Column("document", "Beleg", lambda line: line.row.document_number, width=96, hidden=True),
    Column("amount", "Betrag", lambda line: line.row.amount_cents, Kind.AMOUNT, 80, total=True, strong=True),
    Column("number", "Bindung", lambda line: line.row.number, width=72, strong=True),
    Column("title", "Bezeichnung", lambda line: line.row.title, width=102),
    Column("recipient", "Zugesagt an", lambda line: line.row.recipient, width=130, hidden=True),
    Column("agreement", "Vereinbarung", lambda line: line.row.agreement_number, width=106, hidden=True),
    Column("budget", "Budget", lambda line: line.row.budget_number, width=84, hidden=True),
    Column("before", "Offen", lambda line: line.balance.before, Kind.AMOUNT, 76),
    Column("after", "Danach", lambda line: line.balance.after, Kind.AMOUNT, 76, strong=True),
    Column("kind", "Art", kind_of, Kind.PILL, 150),
    Column("remark", "Hinweis", remark_of, Kind.PILL, 134),
    Column("reasons", "Was dafür spricht", reasons_of, width=240, hidden=True),
)
