"""Choosing one thing from a list to search in."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, Item
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.text import button, search_field

R = TypeVar("R")


class Picker(Dialog, Generic[R]):
    """A table below a search field; Enter, a double click or the main button take a row and close.

    `search`: what stands in the empty search field, and its name.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        table: Table[R],
        chosen: Callable[[R], object],
        *,
        sentence: str = "",
        search: tuple[str, str],
        take: str,
        size: tuple[int, int],
    ) -> None:
        super().__init__(parent, title, sentence, size=size)
        self._chosen = chosen
        self.table = table
        self.search = search_field(*search)
        self.take_button = button(take, self.take, role="primary")
        self.table.opened.connect(lambda _row: self.take())
        self.search.textChanged.connect(self._filter)
        SearchKeys(self.search, self.table, self.take)

    def lay_out(self, body: Item) -> None:
        """Put `body`, with the table in it, below the search field, and begin at the first row."""
        self.build(self.search, body, foot=(STRETCH, self.close_button(), self.take_button))
        self.table.select_position(0)
        self.search.setFocus()

    def take(self) -> None:
        """Close, and hand over the current row."""
        row = self.table.current()
        if row is not None:
            self.accept()
            self._chosen(row)

    def _filter(self, text: str) -> None:
        self.table.set_search(text)
        if self.table.shown_rows():
            self.table.select_position(0)
