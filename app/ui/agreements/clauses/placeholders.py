"""Choosing a placeholder: what each stands for, and what it says in the agreement at hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.agreements.clauses import PLACEHOLDERS, ClauseTable
from app.ui.agreements.clauses.picker import Picker
from app.ui.kit.layout import grow
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table

GAP = "fehlt noch"
TABLES = frozenset(f"Tabelle: {table}" for table in ClauseTable)


@dataclass(frozen=True, slots=True)
class PlaceholderChoice:
    """One placeholder. `value` None: a gap in the agreement at hand, empty: it says nothing there."""

    name: str
    meaning: str
    value: str | None

    @property
    def shown(self) -> str:
        """The value in words, also where there is none."""
        if self.value is None:
            return GAP
        return self.value or "(entfällt hier)"


def choices(values: Mapping[str, str | None], titles: Mapping[str, str]) -> list[PlaceholderChoice]:
    """All placeholders, then the clauses by their number; `titles` by key."""
    own = [PlaceholderChoice(name, meaning, values.get(name)) for name, meaning in PLACEHOLDERS.items()]
    references = [
        PlaceholderChoice(f"§{key}", f"Nummer der Klausel „{title}“", values.get(f"§{key}", ""))
        for key, title in titles.items()
    ]
    return own + references


COLUMNS: tuple[Column[PlaceholderChoice], ...] = (
    Column("name", "Platzhalter", lambda choice: f"{{{choice.name}}}", width=180, strong=True),
    Column("meaning", "Wofür er steht", lambda choice: choice.meaning, width=230),
    Column("value", "Hier", lambda choice: choice.shown, width=160, stretch=True),
)


class PlaceholderPicker(Picker[PlaceholderChoice]):
    """All placeholders with what they say here."""

    def __init__(
        self, offered: Sequence[PlaceholderChoice], chosen: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(
            parent,
            "Platzhalter einfügen",
            Table("placeholders", COLUMNS, title="Platzhalter", identity=lambda choice: choice.name),
            lambda choice: chosen(choice.name),
            sentence="Füllt das Programm beim Drucken mit dem Wert der Vereinbarung.",
            search=("Suchen, zum Beispiel Beginn", "Platzhalter suchen"),
            take="Einfügen",
            size=(760, 520),
        )
        self.table.set_rows(offered)
        self.lay_out(grow(self.table))
