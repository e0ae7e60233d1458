"""The two lists of the view: templates, and the clauses of the library."""

from collections.abc import Callable

from app.domain.counting import counted
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.agreements.clauses.library_columns import DUTY, FOR, WHEN
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill

DEFAULT = Pill("Standard", Tone.SUCCESS, "star", 0)


def template_table(used: Callable[[int], int]) -> Table[TemplateRow]:
    """All templates; `used` tells how many agreements were made from the one with an id."""

    def used_words(row: TemplateRow) -> str:
        return f"Daraus gemacht: {counted(used(row.id), 'Vereinbarung', 'Vereinbarungen')}"

    table: Table[TemplateRow] = Table(
        "templates",
        (
            Column("name", "Vorlage", lambda row: row.name, width=150, stretch=True, strong=True),
            Column("default", "Standard", lambda row: row.is_default, Kind.CHECK, 78),
            Column("kind", "Art", lambda row: row.kind.word, width=140, hidden=True),
            Column("clauses", "Klauseln", lambda row: len(row.clause_ids), Kind.NUMBER, 70, hidden=True),
            Column("as_of", "Fassung vom", lambda row: row.as_of, Kind.DATE, 98, tip=_version),
            Column("used", "Genutzt", lambda row: used(row.id), Kind.NUMBER, 70, tip=used_words),
        ),
        title="Vorlagen",
        empty=EmptyState("document", "Noch keine Vorlagen"),
    )
    table.sort("name", descending=True)
    return table


def clause_table() -> Table[ClauseRow]:
    """The clauses of the library, however many templates have them."""
    return Table(
        "clauses",
        (
            Column("title", "Klausel", lambda row: row.title, width=150, stretch=True, strong=True),
            FOR,
            DUTY,
            WHEN,
            Column("number", "Fassung", lambda row: row.number, Kind.NUMBER, 70, hidden=True),
            Column("as_of", "Fassung vom", lambda row: row.as_of, Kind.DATE, 98),
            Column("used", "Genutzt", lambda row: row.used, Kind.NUMBER, 70, tip=_clause_used),
            Column("text", "Text", lambda row: row.text, width=220, hidden=True),
        ),
        title="Klauseln der Bibliothek",
        empty=EmptyState("document", "Noch keine Klauseln"),
    )


def _version(row: TemplateRow) -> str:
    return f"Fassung {row.number}"


def _clause_used(row: ClauseRow) -> str:
    return f"Steht in: {counted(row.used, 'Vereinbarung', 'Vereinbarungen')}"
