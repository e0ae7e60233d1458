"""Choosing a budget year: one step back or forth, or any year from a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.layout import row
from app.ui.kit.menu import Entries, Entry, opens_fresh_menu
from app.ui.kit.widgets.text import button, icon_button


class YearChooser(QWidget):
    """Shows one year; `changed(year)` when she chooses another."""

    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.year = 0
        self._years: list[int] = []
        self.back = icon_button("chevron-left", "Haushaltsjahr davor", lambda: self._step(-1))
        self.forth = icon_button("chevron-right", "Haushaltsjahr danach", lambda: self._step(1))
        self.menu_button = opens_fresh_menu(button(""), self._entries)
        self.menu_button.setAccessibleName("Haushaltsjahr")
        row(self.back, self.menu_button, self.forth, on=self, spacing=2)

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer these years; the chosen one is offered even if nothing is in it yet."""
        self.year = chosen
        self._years = sorted({*years, chosen})
        self.menu_button.setText(str(chosen))
        self.back.setEnabled(chosen > self._years[0])
        self.forth.setEnabled(chosen < self._years[-1])

    def _entries(self) -> Entries:
        for year in reversed(self._years):
            yield Entry(str(year), partial(self.changed.emit, year), checked=year == self.year)

    def _step(self, by: int) -> None:
        self.changed.emit(self._years[self._years.index(self.year) + by])
