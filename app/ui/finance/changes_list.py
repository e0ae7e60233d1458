"""A list of changes: what it is asked for, the sentence that answers, filters, and the table."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.services.finance.finance_changes import CHANGED, NEW, REMOVED
from app.ui.context import Context
from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.form import Field
from app.ui.kit.layout import column, grow, row
from app.ui.kit.table.filtering import filter_by
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

R = TypeVar("R")
A = TypeVar("A")

PILLS = {
    NEW: Pill(NEW, Tone.SUCCESS, "plus", 0),
    CHANGED: Pill(CHANGED, Tone.WARNING, "edit", 1),
    REMOVED: Pill(REMOVED, Tone.DANGER, "trash", 2),
}


class ChangesList(QWidget, Generic[R]):
    """Reads again whenever something else is chosen in `field`; `counted` tells how many lines there are."""

    counted = Signal(int)

    def __init__(self, context: Context, field: Field, filters: FilterBar, table: Table[R]) -> None:
        super().__init__()
        self._context = context
        self.sentence = label("", "muted", wrap=True)
        self.filters = filters
        self.table = table
        filter_by(filters, table)
        field.editor.changed.connect(self.refresh)
        column(
            row(field, grow(self.sentence), spacing=16),
            filters,
            grow(table),
            on=self,
            spacing=10,
        )

    def refresh(self) -> None:
        """Read and show what is chosen."""
        raise NotImplementedError

    def read(self, question: Callable[[Session, int], A], about: int, done: Callable[[A], None]) -> None:
        """Ask beside the window; `done` gets the answer unless the list was closed meanwhile."""
        self._context.do_later(
            "Änderungen werden gesucht",
            lambda _progress: self._context.ask(question, about),
            done,
            owner=self,
        )

    def show_rows(self, sentence: str, rows: Sequence[R]) -> None:
        """Show these, filtered as is chosen."""
        self.sentence.setText(sentence)
        self.filters.offer(rows)
        self.table.set_rows(rows)
        self.counted.emit(len(rows))
