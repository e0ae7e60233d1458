"""Choosing a clause of the library, to take it into an agreement or a template."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.terms import word
from app.services.agreements.clauses import ClauseRow
from app.ui.agreements.clauses.looks import kind_short, kind_words, obligatory_pill
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button


class ClausePicker(QDialog):
    """Titles left, the wording of the current one right; Enter or double click takes it."""

    def __init__(
        self,
        offered: Sequence[ClauseRow],
        chosen: Callable[[ClauseRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.setWindowTitle("Klausel aus der Bibliothek")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Suchen in Überschrift und Text")
        self.search.setAccessibleName("Klausel suchen")
        self.search.setClearButtonEnabled(True)
        self.table: Table[ClauseRow] = Table(
            "clauses/choose",
            (
                Column("title", "Überschrift", lambda row: row.title, width=180, stretch=True, strong=True),
                Column(
                    "kind",
                    "Für",
                    lambda row: kind_short(row.kind),
                    width=64,
                    tip=lambda row: kind_words(row.kind),
                ),
                Column("duty", "Pflicht", lambda row: obligatory_pill(row.is_obligatory), Kind.PILL, 100),
                Column("when", "Gilt", lambda row: word(row.condition) if row.condition else "", hidden=True),
                Column("text", "Text", lambda row: row.text, hidden=True),
            ),
            title="Klauseln der Bibliothek",
            empty=EmptyState("document", "Alle Klauseln der Bibliothek sind schon dabei"),
        )
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName("Text der Klausel")
        self.take_button = button("Aufnehmen", self.take, role="primary")
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _row: self.take())
        self.search.textChanged.connect(self._filter)
        SearchKeys(self.search, self.table, self.take)
        self._lay_out()
        self.table.set_rows(offered)
        self.table.select_position(0)
        self._show(self.table.current())
        self.search.setFocus()

    def take(self) -> None:
        """Close, and hand over the current one."""
        row = self.table.current()
        if row is not None:
            self.accept()
            self._chosen(row)

    def _filter(self, text: str) -> None:
        self.table.set_search(text)
        if self.table.shown_rows():
            self.table.select_position(0)

    def _show(self, row: ClauseRow | None) -> None:
        self.words.setPlainText(row.text if row else "")
        self.take_button.setEnabled(row is not None)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Abbrechen", self.reject))
        foot.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.search)
        layout.addWidget(Split("clauses/choose", self.table, self.words, shares=(1, 1)), 1)
        layout.addLayout(foot)
        self.resize(QSize(980, 560).boundedTo(self.screen().availableSize() * 0.92))
