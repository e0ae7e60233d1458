"""The rows of the preview: what each line of the file, and each booking that fell away, looks like in the table."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from app.domain.assignment_rules import RuleBook
from app.domain.booking_plan import Decision, PlannedRow, Replacement, WhyUnassigned
from app.domain.bookings import Field, Rejected, RowState, Shape, StoredBooking
from app.domain.budgets import BookingSource
from app.domain.money import amount
from app.ui.imports.state_filter import State
from app.ui.table.columns import Column, Kind
from app.ui.tokens import Tone
from app.ui.widgets.figures import OldNew, Pill
from app.workflows.import_bookings import BookingImport

MISSING, REPLACED = "missing", "replaced"
STATES = (
    State(RowState.NEW, "neu", Tone.SUCCESS, "plus"),
    State(RowState.CHANGED, "geändert", Tone.WARNING, "edit"),
    State(RowState.KNOWN, "vorhanden", Tone.NEUTRAL, "check"),
    State(RowState.UNCERTAIN, "unsicher", Tone.INFO, "help"),
    State(RowState.REJECTED, "abgelehnt", Tone.DANGER, "stop"),
    State(MISSING, "entfallen", Tone.WARNING, "unlink"),
    State(RowState.SKIPPED, "übersprungen", Tone.NEUTRAL, "eye-off"),
)
_BY_KEY = {state.key: state for state in STATES} | {
    REPLACED: State(REPLACED, "ersetzt", Tone.WARNING, "merge")
}
_ORDER = (
    RowState.REJECTED,
    RowState.UNCERTAIN,
    MISSING,
    REPLACED,
    RowState.CHANGED,
    RowState.NEW,
    RowState.KNOWN,
)
_RANK = {str(key): rank for rank, key in enumerate((*_ORDER, RowState.SKIPPED))}

WHY = {
    WhyUnassigned.NO_ORDER: "ohne Innenauftrag",
    WhyUnassigned.NO_BUDGET: "kein Budget mit diesem Innenauftrag",
    WhyUnassigned.SEVERAL_BUDGETS: "mehrere Budgets mit diesem Innenauftrag",
    WhyUnassigned.ALWAYS_ASK: "Regel: immer fragen",
}


class PreviewRow(NamedTuple):
    """One line of the preview. `word` goes before the state's own word after a decision.

    `rule`: the name of the rule that decided about its budget.
    """

    id: str
    row: int | None
    key: str
    planned: PlannedRow | None = None
    rejected: Rejected | None = None
    stored: StoredBooking | None = None
    reason: str = ""
    word: str = ""
    budget: str = ""
    new_cents: int | None = None
    rule: str = ""

    @property
    def budget_tip(self) -> str:
        """The budget and, where a rule decided, which one."""
        return f"{self.budget}\nRegel: {self.rule}" if self.rule else self.budget


def preview_rows(
    prepared: BookingImport,
    decisions: Mapping[int, Decision],
    removed: Collection[int],
    budgets: Mapping[int, str],
) -> list[PreviewRow]:
    """All rows in the order of the file, then what fell away or is replaced."""
    plan = prepared.decided_plan
    rules = prepared.facts.rules
    rows = [_planned(row, decisions, budgets, rules) for row in plan.rows]
    rows += [
        PreviewRow(
            f"r{one.row}", one.row, RowState.REJECTED, rejected=one, reason=f"{one.column}: {one.reason}"
        )
        for one in plan.rejected
    ]
    rows += [
        PreviewRow(f"s{one.row}", one.row, RowState.SKIPPED, reason=one.reason)
        for one in prepared.file.skipped
    ]
    rows.sort(key=lambda row: row.row or 0)
    rows += [_missing(one, one.id in removed, budgets) for one in plan.missing]
    rows += [_replaced(one, budgets) for one in plan.replaced]
    return rows


def _planned(
    row: PlannedRow, decisions: Mapping[int, Decision], budgets: Mapping[int, str], rules: RuleBook
) -> PreviewRow:
    decision = decisions.get(row.posting.row)
    word = "" if decision is None else f"entschieden: {_BY_KEY[row.state].word}"
    budget_id = row.assignment.budget_id
    budget = budgets.get(budget_id, "") if budget_id is not None else ""
    if not budget:
        budget = (
            f"nicht zugeordnet: {WHY[row.assignment.why_not]}"
            if row.assignment.why_not
            else "nicht zugeordnet"
        )
    return PreviewRow(
        f"p{row.posting.row}",
        row.posting.row,
        row.state,
        row,
        None,
        row.stored,
        _reason(row),
        word,
        budget,
        rule=rules.name(row.assignment.rule_id) if row.assignment.rule_id is not None else "",
    )


def _reason(row: PlannedRow) -> str:
    stored = row.stored
    if row.state is RowState.UNCERTAIN and stored is not None:
        if stored.source is BookingSource.MANUAL:
            return f"Ähnelt der Buchung von Hand vom {stored.day:%d.%m.%Y}: {stored.text or 'ohne Text'}"
        return f"Ohne Belegnummer; eine Buchung vom {stored.day:%d.%m.%Y} hat denselben Auftrag und Betrag"
    if row.state is RowState.CHANGED:
        words = {
            Field.AMOUNT: "Betrag",
            Field.DAY: "Datum",
            Field.INTERNAL_ORDER: "Innenauftrag",
            Field.ACCOUNT: "Sachkonto",
            Field.BUDGET_YEAR: "Haushaltsjahr",
        }
        return "Anders: " + ", ".join(words[change] for change in row.changes)
    return ""


def _missing(stored: StoredBooking, gone: bool, budgets: Mapping[int, str]) -> PreviewRow:
    word = "entfallen: wird entfernt" if gone else "entfallen: bleibt"
    reason = "Früher übernommen, steht in dieser Datei nicht mehr"
    return PreviewRow(
        f"m{stored.id}",
        None,
        MISSING,
        stored=stored,
        reason=reason,
        word=word,
        budget=_budget(stored, budgets),
    )


def _replaced(replacement: Replacement, budgets: Mapping[int, str]) -> PreviewRow:
    stored = replacement.stored
    whole = replacement.amount_cents is None
    reason = "Die Einzelposten ersetzen diese Differenzbuchung" + ("" if whole else " zum Teil")
    return PreviewRow(
        f"d{stored.id}",
        None,
        REPLACED,
        stored=stored,
        reason=reason,
        budget=_budget(stored, budgets),
        new_cents=replacement.amount_cents or 0,
    )


def _budget(stored: StoredBooking, budgets: Mapping[int, str]) -> str:
    return budgets.get(stored.budget_id, "") if stored.budget_id is not None else "nicht zugeordnet"


# --- columns ---------------------------------------------------------------------------------------------------


def state_pill(row: PreviewRow) -> Pill:
    state = _BY_KEY[row.key]
    return Pill(row.word or state.word, state.tone, state.icon, _RANK[str(row.key)])


def _day(row: PreviewRow) -> date | OldNew | None:
    if row.planned is not None and row.stored is not None and Field.DAY in row.planned.changes:
        before, after = row.stored.day, row.planned.posting.day
        short = f"{before:%d.%m.}" if before.year == after.year else f"{before:%d.%m.%Y}"
        return OldNew(short, f"{after:%d.%m.%Y}")
    day: date | None = _of(row, "day")
    return day


def _amount(row: PreviewRow) -> int | OldNew | str | None:
    if row.rejected is not None and row.rejected.amount_cents is None:
        return None
    cents = _cents(row)
    if row.stored is not None and cents is not None:
        before = row.stored.amount_cents
        if row.new_cents is not None or (row.planned is not None and Field.AMOUNT in row.planned.changes):
            return OldNew(amount(before), amount(cents))
    return cents


def _cents(row: PreviewRow) -> int | None:
    if row.new_cents is not None:
        return row.new_cents
    if row.planned is not None:
        return row.planned.amount_cents
    value: int | None = _of(row, "amount_cents")
    return value


def _of(row: PreviewRow, name: str) -> Any:
    if row.planned is not None:
        return getattr(row.planned.posting, name)
    source = row.rejected or row.stored
    return getattr(source, name, None)


def _changeable(name: str, field: Field) -> Any:
    def value(row: PreviewRow) -> str | OldNew | None:
        new = _of(row, name)
        if row.planned is not None and row.stored is not None and field in row.planned.changes:
            return OldNew(getattr(row.stored, name) or "", new or "")
        return str(new) if new is not None else None

    return value


def _document(row: PreviewRow) -> str | None:
    number, line = _of(row, "document_number"), _of(row, "line")
    return f"{number}/{line}" if number and line else number


def _order_of_day(row: PreviewRow) -> int | None:
    day = _of(row, "day")
    return day.toordinal() if day is not None else None


def _words(row: PreviewRow) -> str | None:
    """Why the row needs looking at; where it does not, what was booked."""
    return row.reason or _of(row, "text") or None


def columns(shape: Shape, *, rejected: bool) -> tuple[Column[PreviewRow], ...]:
    """The columns of the preview for this shape of file; with `rejected` rows their reasons get more room."""
    title = "Differenz" if shape is Shape.CUMULATIVE else "Betrag"
    return (
        Column("row", "Zeile", lambda row: row.row, Kind.NUMBER, 54),
        Column("state", "Stand", state_pill, Kind.PILL, 116),
        Column("day", "Datum", _day, Kind.DATE, 138, sort=_order_of_day),
        Column("document", "Beleg", _document, width=114, hidden=shape is Shape.CUMULATIVE),
        Column("order", "Auftrag", _changeable("internal_order", Field.INTERNAL_ORDER), width=84),
        Column("account", "Konto", _changeable("account", Field.ACCOUNT), width=76, hidden=rejected),
        Column("amount", title, _amount, Kind.AMOUNT, 128, sort=_cents, strong=True),
        Column(
            "budget",
            "Budget",
            lambda row: row.budget or None,
            width=92,
            hidden=rejected,
            tip=lambda row: row.budget_tip,
        ),
        Column("reason", "Grund / Text", _words, width=170, stretch=True, tip=lambda row: _words(row) or ""),
        Column("text", "Text", lambda row: _of(row, "text"), width=170, hidden=True),
        Column("payee", "Empfänger", lambda row: _of(row, "payee"), width=150, hidden=True),
    )
