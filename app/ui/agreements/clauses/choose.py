"""Choosing a clause of the library, to take it into an agreement or a template."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.services.agreements.clauses import ClauseRow
from app.ui.agreements.clauses.library_columns import DUTY, FOR, WHEN
from app.ui.agreements.clauses.picker import Picker
from app.ui.kit.layout import grow
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState

COLUMNS: tuple[Column[ClauseRow], ...] = (
    Column("title", "Überschrift", lambda row: row.title, width=180, stretch=True, strong=True),
    FOR,
    DUTY,
    WHEN,
    Column("text", "Text", lambda row: row.text, hidden=True),
)


class ClausePicker(Picker[ClauseRow]):
    """Titles left, the wording of the current one right."""

    def __init__(
        self, offered: Sequence[ClauseRow], chosen: Callable[[ClauseRow], object], parent: QWidget
    ) -> None:
        empty = EmptyState("document", "Alle Klauseln der Bibliothek sind schon dabei")
        super().__init__(
            parent,
            "Klausel aus der Bibliothek",
            Table("clauses/choose", COLUMNS, title="Klauseln der Bibliothek", empty=empty),
            chosen,
            search=("Suchen in Überschrift und Text", "Klausel suchen"),
            take="Aufnehmen",
            size=(980, 560),
        )
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName("Text der Klausel")
        self.table.set_rows(offered)
        self.table.current_changed.connect(self._show)
        self._show(None)
        self.lay_out(grow(Split("clauses/choose", self.table, self.words, shares=(1, 1))))

    def _show(self, row: ClauseRow | None) -> None:
        self.words.setPlainText(row.text if row else "")
        self.take_button.setEnabled(row is not None)
