"""Choosing a placeholder: what each stands for, and what it says in the agreement at hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.agreements.clauses import PLACEHOLDERS, ClauseTable
from app.ui.kit.table.columns import Column
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button, label

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


class PlaceholderPicker(QDialog):
    """A list to search in; Enter or double click takes one."""

    def __init__(
        self,
        offered: Sequence[PlaceholderChoice],
        chosen: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.setWindowTitle("Platzhalter einfügen")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Suchen, zum Beispiel Beginn")
        self.search.setAccessibleName("Platzhalter suchen")
        self.search.setClearButtonEnabled(True)
        self.table: Table[PlaceholderChoice] = Table(
            "placeholders",
            (
                Column("name", "Platzhalter", lambda choice: f"{{{choice.name}}}", width=180, strong=True),
                Column("meaning", "Wofür er steht", lambda choice: choice.meaning, width=230),
                Column("value", "Hier", lambda choice: choice.shown, width=160, stretch=True),
            ),
            title="Platzhalter",
            identity=lambda choice: choice.name,
            empty=EmptyState("search", "Keine Platzhalter"),
        )
        self.table.set_rows(offered)
        self.table.select_position(0)
        self.table.opened.connect(self._take)
        self.search.textChanged.connect(self._filter)
        SearchKeys(self.search, self.table, self._take_current)
        foot = QHBoxLayout()
        foot.addWidget(label("Füllt das Programm beim Drucken mit dem Wert der Vereinbarung.", "muted"), 1)
        foot.addWidget(button("Abbrechen", self.reject))
        foot.addWidget(button("Einfügen", self._take_current, role="primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(QSize(760, 520).boundedTo(self.screen().availableSize() * 0.9))
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        self.table.set_search(text)
        if self.table.shown_rows():
            self.table.select_position(0)

    def _take_current(self) -> None:
        current = self.table.current()
        if current is not None:
            self._take(current)

    def _take(self, choice: PlaceholderChoice) -> None:
        self.accept()
        self._chosen(choice.name)
