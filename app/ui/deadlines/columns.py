"""The three columns of attention side by side: overdue, next 30 days, later; below them what is chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.ui.deadlines.due import ICONS, SOON_DAYS, TONES, DueRow, Key, Urgency
from app.ui.deadlines.due_detail import DueDetail
from app.ui.deadlines.due_list import DueList
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import label

WORDS = {
    Urgency.OVERDUE: ("Überfällig", "Nichts überfällig"),
    Urgency.SOON: (f"Nächste {SOON_DAYS} Tage", f"Nichts in den nächsten {SOON_DAYS} Tagen"),
    Urgency.LATER: ("Später", "Nichts in den nächsten zwölf Monaten"),
}
"""Title of a column, and what is said where it is empty."""


class DueColumn(Card):
    """A card with its title, how many there are, and the list; or a pleasant sight when there is nothing."""

    def __init__(self, urgency: Urgency) -> None:
        super().__init__(margin=0, spacing=0)
        self.column.setContentsMargins(1, 1, 1, 1)
        title, nothing = WORDS[urgency]
        self.list = DueList(title)
        self._count = label("", "muted")
        icon = IconLabel(ICONS[urgency], lambda colours: colours.ink(TONES[urgency]), 20)
        head = (icon, label(title, "section"), STRETCH, self._count)
        self.column.addLayout(row(*head, margins=(12, 10, 12, 10)))
        self._stack = QStackedLayout()
        self.column.addLayout(self._stack, 1)  # first, or the list would show before it stands anywhere
        self._stack.addWidget(self.list)
        self._stack.addWidget(EmptyState("success", nothing))

    def set_dues(self, dues: Sequence[DueRow]) -> None:
        """Show these, or that there is nothing."""
        self.list.set_dues(dues)
        self._count.setText(str(len(dues)) if dues else "")
        self._stack.setCurrentIndex(0 if dues else 1)


class DueColumns(QWidget):
    """One deadline is chosen over all three and told about below; Left and Right go from column to column."""

    acted = Signal(object, object)  # as DueList.acted

    def __init__(self, all_clear: Callable[[bool], QWidget]) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self.columns = {urgency: DueColumn(urgency) for urgency in Urgency}
        self.detail = DueDetail(self.acted.emit)
        lists = row(*map(grow, self.columns.values()), spacing=12)
        self._stack.addWidget(held(column(grow(lists), self.detail, spacing=12)))
        for urgency, one in self.columns.items():
            one.list.acted.connect(self.acted)
            one.list.chosen.connect(lambda _due, urgency=urgency: self._chose_in(urgency))
        self._clear = {begun: Card() for begun in (True, False)}
        for begun, card in self._clear.items():
            self._stack.addWidget(card)
            card.add(all_clear(begun), 1)

    def sizeHint(self) -> QSize:
        return QSize(900, 340)

    def hasHeightForWidth(self) -> bool:
        """The lists take what height there is, however long the words below them are."""
        return False

    def minimumSizeHint(self) -> QSize:
        """At least two rows in each column and two lines below them; with less the page scrolls."""
        one = self.columns[Urgency.OVERDUE].list.row_height()
        detail = 2 * self.fontMetrics().lineSpacing() + 42
        return QSize(super().minimumSizeHint().width(), 50 + one * 2 + detail)

    def set_dues(self, dues: Sequence[DueRow], *, begun: bool = True) -> None:
        """Show these, each in its column. `begun`: there are records that could have deadlines."""
        for urgency, one in self.columns.items():
            one.set_dues([due for due in dues if due.urgency is urgency])
        self._show_detail()
        if dues:
            filled = (one.list for one in self.columns.values() if one.list.dues.dues)
            self.setFocusProxy(next(filled))  # the most urgent
            self._stack.setCurrentIndex(0)
        else:
            self._stack.setCurrentWidget(self._clear[begun])

    def choose(self, key: Key) -> None:
        """Go to a deadline wherever it is."""
        for one in self.columns.values():
            if one.list.choose(key):
                one.list.setFocus()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        lists = [one.list for one in self.columns.values()]
        here = next((place for place, found in enumerate(lists) if found.hasFocus()), -1)
        if step is None or here < 0:
            super().keyPressEvent(event)
            return
        filled = [
            place for place in range(here + step, 3 if step > 0 else -1, step) if lists[place].dues.dues
        ]
        if filled:
            lists[filled[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def take_keyboard(self) -> None:
        """To the list of the chosen deadline: what was pressed to act on it does not keep the keyboard."""
        lists = [column.list for column in self.columns.values()]
        next((one for one in lists if one.current() is not None), lists[0]).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_detail()  # which titles are cut follows the width

    def _chose_in(self, urgency: Urgency) -> None:
        for other, one in self.columns.items():
            if other is not urgency:
                one.list.forget_choice()
        self._show_detail()

    def _show_detail(self) -> None:
        lists = (one.list for one in self.columns.values())
        found = next(((shown, due) for shown in lists if (due := shown.current()) is not None), None)
        if found is None:
            self.detail.show_due(None)
        else:
            shown, due = found
            self.detail.show_due(due, whole_title=shown.cuts(due))
