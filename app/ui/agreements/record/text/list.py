"""The clauses of an agreement as a list: number as printed, title, and how each stands to the template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.services.agreements.agreement_text import AgreementClauseRow
from app.ui.agreements.clauses.pills import clause_pills
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause in the list. `number` as it prints: "§ 3", a dash if it does not or has none."""

    clause: AgreementClauseRow
    number: str
    pills: tuple[Pill, ...]
    printed: bool

    @property
    def position(self) -> int:
        return self.clause.position

    @property
    def name(self) -> str:
        """As labels of commands say it: "§ 3 Ziele"."""
        return f"{self.number} {self.clause.title}" if self.number != "–" else self.clause.title


def clause_lines(
    clauses: Sequence[AgreementClauseRow],
    numbers: Mapping[int, int | None],
    applying: Collection[int],
    dropped: Collection[int],
) -> list[ClauseLine]:
    """`numbers`: of those on the paper, by position; `applying`: positions whose condition holds."""
    lines = []
    for clause in clauses:
        number = numbers.get(clause.position)
        pills = clause_pills(clause, clause.position in applying, clause.position in dropped)
        shown = f"§ {number}" if number else "–"
        lines.append(ClauseLine(clause, shown, tuple(pills), clause.position in numbers))
    return lines


def clause_table() -> Table[ClauseLine]:
    """In the order of the paper; what does not print is pale."""
    table: Table[ClauseLine] = Table(
        "agreement/clauses",
        (
            Column("number", "Nr.", lambda line: line.number, width=52, sort=lambda line: line.position),
            Column("title", "Klausel", lambda line: line.clause.title, width=120, stretch=True, strong=True),
            Column("state", "Stand", _state, Kind.PILL, 150, tip=_all_states),
            Column("comments", "Offen", _comments, Kind.NUMBER, 56, hidden=True),
        ),
        title="Klauseln der Vereinbarung",
        identity=lambda line: line.clause.id or -line.position,
        empty=EmptyState(
            "document",
            "Diese Vereinbarung hat noch keinen Text",
            hint="Für ihre Art gibt es keine Vorlage. Sie wird unter „Vorlagen“ angelegt.",
        ),
        pale=lambda line: not line.printed,
    )
    table.sort("number")
    return table


def _state(line: ClauseLine) -> Pill:
    return line.pills[0]


def _all_states(line: ClauseLine) -> str:
    words = ", ".join(pill.text for pill in line.pills)
    return words if line.printed or not line.clause.is_included else f"Gilt hier nicht: {words}"


def _comments(line: ClauseLine) -> int | None:
    return line.clause.open_comments or None
