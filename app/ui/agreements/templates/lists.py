"""The two lists of the view: templates, and the clauses of the library."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.counting import counted
from app.domain.terms import word
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.agreements.clauses.library_columns import DUTY, FOR
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill

DEFAULT = Pill("Standard", Tone.SUCCESS, "star", 0)


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list; `used`: how many agreements were made from it."""

    template: TemplateRow
    used: int

    @property
    def id(self) -> int:
        return self.template.id


def template_lines(rows: list[TemplateRow], used: Mapping[int, int]) -> list[TemplateLine]:
    return [TemplateLine(row, used.get(row.id, 0)) for row in rows]


def template_table() -> Table[TemplateLine]:
    table: Table[TemplateLine] = Table(
        "templates",
        (
            Column("name", "Vorlage", lambda line: line.template.name, width=150, stretch=True, strong=True),
            Column("default", "Standard", lambda line: line.template.is_default, Kind.CHECK, 78),
            Column("kind", "Art", lambda line: word(line.template.kind), width=140, hidden=True),
            Column("clauses", "Klauseln", _count, Kind.NUMBER, 70, hidden=True),
            Column("as_of", "Fassung vom", lambda line: line.template.as_of, Kind.DATE, 98, tip=_version),
            Column("used", "Genutzt", lambda line: line.used, Kind.NUMBER, 70, tip=_used),
        ),
        title="Vorlagen",
        empty=EmptyState("document", "Noch keine Vorlagen"),
    )
    table.sort("name", descending=True)
    return table


def clause_table() -> Table[ClauseRow]:
    return Table(
        "clauses",
        (
            Column("title", "Klausel", lambda row: row.title, width=150, stretch=True, strong=True),
            FOR,
            DUTY,
            Column("when", "Gilt", _when, hidden=True),
            Column("number", "Fassung", lambda row: row.number, Kind.NUMBER, 70, hidden=True),
            Column("as_of", "Fassung vom", lambda row: row.as_of, Kind.DATE, 98),
            Column("used", "Genutzt", lambda row: row.used, Kind.NUMBER, 70, tip=_clause_used),
            Column("text", "Text", lambda row: row.text, width=220, hidden=True),
        ),
        title="Klauseln der Bibliothek",
        empty=EmptyState("document", "Noch keine Klauseln"),
    )


def _count(line: TemplateLine) -> int:
    return len(line.template.clause_ids)


def _when(row: ClauseRow) -> str:
    return word(row.condition) if row.condition else "immer"


def _version(line: TemplateLine) -> str:
    return f"Fassung {line.template.number}"


def _used(line: TemplateLine) -> str:
    return f"Daraus gemacht: {counted(line.used, 'Vereinbarung', 'Vereinbarungen')}"


def _clause_used(row: ClauseRow) -> str:
    return f"Steht in: {counted(row.used, 'Vereinbarung', 'Vereinbarungen')}"
