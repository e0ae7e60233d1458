"""The dialog of changes since the last exchange with finance: hers under one tab, those of finance under the other."""

from PySide6.QtWidgets import QWidget

from app.domain.budgets.budgets import BookingSource
from app.domain.counting import dotted
from app.services.bookings import budget_bookings
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.bookings.booking_form import open_booking_form
from app.ui.context import Context
from app.ui.finance.our_changes import OurChanges
from app.ui.finance.their_changes import TheirChanges
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs

OURS, THEIRS = range(2)
_TITLES = ("Hier seit der letzten Übergabe", "Von der Finanzabteilung")


class FinanceChangesDialog(Dialog):
    """Two lists under tabs; each is read when it is first looked at."""

    def __init__(
        self, context: Context, parent: QWidget, year: int, *, tab: int = OURS, since: int | None = None
    ) -> None:
        super().__init__(parent, "Änderungen seit dem letzten Austausch", size=(1160, 700))
        self._context = context = context.own(self)
        self.ours = OurChanges(context, year)
        self.theirs = TheirChanges(context, since)
        self.theirs.wanted.connect(self._open_booking)
        self.tabs = Tabs("Wer hat geändert")
        self.tabs.setUsesScrollButtons(False)
        self._stack = Stack()
        self._read: set[int] = set()
        parts: tuple[QWidget, ...] = (self.ours, self.theirs)
        for title, part in zip(_TITLES, parts, strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(part)
        self.ours.counted.connect(lambda count: self._show_count(OURS, count))
        self.theirs.counted.connect(lambda count: self._show_count(THEIRS, count))
        context.outdated.connect(self._read_again)
        self.tabs.currentChanged.connect(self._show_tab)
        foot = (STRETCH, self.close_button("Schließen"))
        self.build(self.tabs, grow(self._stack), foot=foot)
        self.tabs.setCurrentIndex(tab)
        self._show_tab(tab)

    def _show_tab(self, tab: int) -> None:
        part = (self.ours, self.theirs)[tab]
        self._stack.setCurrentWidget(part)
        if tab not in self._read:
            self._read.add(tab)
            part.refresh()
        part.table.setFocus()

    def _read_again(self) -> None:
        """Something was changed from here (a booking was given to a budget, or undone)."""
        self._read.clear()
        if self.isVisible():
            self._show_tab(self.tabs.currentIndex())

    def _show_count(self, tab: int, count: int) -> None:
        self.tabs.setTabText(tab, f"{_TITLES[tab]} ({dotted(count)})")

    def _open_booking(self, booking_id: int) -> None:
        """An entry by hand in its form, a booking of finance where its budget is given."""
        (row,) = self._context.ask(budget_bookings.rows, booking_ids=[booking_id])
        if row.source is BookingSource.MANUAL:
            open_booking_form(self._context, self, booking_id)
        else:
            AssignDialog(self._context, self, row.budget_year, [booking_id]).open()
