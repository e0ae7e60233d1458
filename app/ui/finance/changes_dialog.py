"""What changed since the last exchange with finance, both ways: what she changed, and what finance changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.budgets.budgets import BookingSource
from app.services.bookings import budget_bookings
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.bookings.booking_form import open_booking_form
from app.ui.context import Context
from app.ui.finance.our_changes import OurChanges
from app.ui.finance.their_changes import TheirChanges
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import button, label, rule

OURS, THEIRS = range(2)
_TITLES = ("Hier seit der letzten Übergabe", "Von der Finanzabteilung")


class FinanceChangesDialog(QDialog):
    """Two lists under tabs; each is read when it is first looked at."""

    def __init__(
        self, context: Context, parent: QWidget, year: int, *, tab: int = OURS, since: int | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context = context.own(self)
        self.setWindowTitle("Änderungen seit dem letzten Austausch")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ours = OurChanges(context, year)
        self.theirs = TheirChanges(context, since)
        self.theirs.wanted.connect(self._open_booking)
        self.tabs = Tabs("Wer hat geändert")
        self.tabs.setUsesScrollButtons(False)
        self._stack = QStackedWidget()
        self._read: set[int] = set()
        for title, part in zip(_TITLES, (self.ours, self.theirs), strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(part)
        self.ours.counted.connect(lambda count: self._show_count(OURS, count))
        self.theirs.counted.connect(lambda count: self._show_count(THEIRS, count))
        context.outdated.connect(self._read_again)
        self.tabs.currentChanged.connect(self._show_tab)
        self._lay_out()
        self.resize(1160, 700)
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
        self.tabs.setTabText(tab, f"{_TITLES[tab]} ({count:,})".replace(",", "."))

    def _open_booking(self, booking_id: int) -> None:
        """An entry by hand in its form, a booking of finance where its budget is given."""
        (row,) = self._context.ask(budget_bookings.rows, booking_ids=[booking_id])
        if row.source is BookingSource.MANUAL:
            open_booking_form(self._context, self, booking_id)
        else:
            AssignDialog(self._context, self, row.budget_year, [booking_id]).open()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 12)
        middle.setSpacing(12)
        middle.addWidget(label("Änderungen seit dem letzten Austausch", "title"))
        middle.addWidget(self.tabs)
        middle.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.addStretch(1)
        foot.addWidget(button("Schließen", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(rule())
        layout.addLayout(foot)


def open_changes(
    context: Context, parent: QWidget, year: int, *, tab: int = OURS, since: int | None = None
) -> FinanceChangesDialog:
    """Show the dialog."""
    dialog = FinanceChangesDialog(context, parent, year, tab=tab, since=since)
    dialog.open()
    return dialog
