"""One column of attention: rows of what is due."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.deadlines.due import DueAction, DueRow, Key
from app.ui.kit.indexes import NOWHERE, Index, Role
from app.ui.kit.menu import Entry, menu, right_click
from app.ui.kit.plain import plain
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import paint_pill, pill_size, strong_font, write

DUE_ROLE = int(Role.UserRole)
PAD = 12
ACTIONS = {
    Qt.Key.Key_Return: DueAction.OPEN,
    Qt.Key.Key_Enter: DueAction.OPEN,
    Qt.Key.Key_E: DueAction.DONE,
    Qt.Key.Key_Z: DueAction.SNOOZE,
    Qt.Key.Key_Delete: DueAction.ERASE,
}
"""What a key does with the current deadline."""


class DueModel(QAbstractListModel):
    """The rows of one column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.dues: Sequence[DueRow] = ()

    def set_dues(self, dues: Sequence[DueRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.dues = dues
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.dues)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        found = self.dues[index.row()]
        if role == DUE_ROLE:
            return found
        if role == Role.DisplayRole:
            return found.deadline.title
        if role == Role.AccessibleTextRole:
            return found.spoken
        if role == Role.ToolTipRole:
            deadline = found.deadline
            return plain(f"{deadline.title}\n{deadline.rule}\nQuelle: {deadline.source}")
        return None


class DueList(QListView):
    """Enter opens, E is done, Z puts off. All rows are of one height: a second click meets what the first one met."""

    acted = Signal(object, object)  # DueAction, and the DueRow it is about
    chosen = Signal(object)  # the DueRow

    def __init__(self, name: str) -> None:
        super().__init__()
        self.dues = DueModel(self)
        self.setModel(self.dues)
        self.setItemDelegate(_Rows(self))
        self.setProperty("role", "due")
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.doubleClicked.connect(lambda index: self.acted.emit(DueAction.OPEN, index.data(DUE_ROLE)))
        right_click(self, self._menu)

    # ---- what is shown and chosen ----

    def set_dues(self, dues: Sequence[DueRow]) -> None:
        """Show these; what was chosen stays, or its neighbour takes its place."""
        before, place = self.current(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.dues.set_dues(dues)
        if before is not None and dues and not self.choose(before.key):
            self.setCurrentIndex(self.dues.index(min(place, len(dues) - 1)))
        self.verticalScrollBar().setValue(scrolled)

    def current(self) -> DueRow | None:
        """The chosen row."""
        index = self.currentIndex()
        found: DueRow | None = index.data(DUE_ROLE) if index.isValid() else None
        return found

    def choose(self, key: Key) -> bool:
        """Go to a deadline; False if it is not in this column."""
        for place, found in enumerate(self.dues.dues):
            if found.key == key:
                self.setCurrentIndex(self.dues.index(place))
                self.scrollTo(self.dues.index(place))
                return True
        return False

    def forget_choice(self) -> None:
        """Nothing is chosen here any more."""
        self.setCurrentIndex(NOWHERE)
        self.clearSelection()

    def row_height(self) -> int:
        """Height of a row."""
        return 3 * self.fontMetrics().height() + 22

    def cuts(self, found: DueRow) -> bool:
        """Whether the title of a row is longer than the column is wide."""
        metrics = QFontMetrics(strong_font(self.font()))
        return metrics.horizontalAdvance(found.deadline.title) > self.viewport().width() - 2 * PAD

    # ---- Qt ----

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.data(DUE_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.current()
        action = ACTIONS.get(Qt.Key(event.key()))
        control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if action is not None and found is not None and not event.modifiers() & control:
            if found.allows(action):
                self.acted.emit(action, found)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the page goes to the next column
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)  # may make the first row current, but does not select it
        by_mouse = event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
        if not by_mouse and not self.currentIndex().isValid() and self.dues.dues:
            self.setCurrentIndex(self.dues.index(0))
        current = self.currentIndex()
        if current.isValid() and not self.selectionModel().hasSelection():
            self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def _menu(self) -> QMenu:
        """What can be done with the current deadline, if there is one."""
        found = self.current()
        offered = (
            (DueAction.OPEN, "Öffnen", "external", "Return"),
            (DueAction.ERASE, "Löschen …", "trash", "Del"),
            (DueAction.DONE, "Erledigt", "check", "E"),
            (DueAction.SNOOZE, "Zurückstellen …", "snooze", "Z"),
        )
        entries = [
            Entry(words, partial(self.acted.emit, action, found), icon, key)
            for action, words, icon, key in offered
            if found is not None and found.allows(action)
        ]
        return menu(self, entries, passing=True)


class _Rows(QStyledItemDelegate):
    """Paints a row: date and pill, what, about whom."""

    def __init__(self, view: DueList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: DueRow = index.data(DUE_ROLE)
        colours = tokens(option.palette)
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(area, QColor(colours.accent_tint if chosen else colours.hover))
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._write(painter, found, area, option)
        painter.restore()

    def _write(self, painter: QPainter, found: DueRow, area: QRect, option: QStyleOptionViewItem) -> None:
        colours = tokens(option.palette)
        line = QFontMetrics(option.font).height()
        left, width, top = area.left() + PAD, area.width() - 2 * PAD, area.top() + 8
        pill = pill_size(found.pill, option.font)
        box = QRectF(left + width - pill.width(), top - 2, pill.width(), line + 4)
        paint_pill(painter, box, found.pill, option.font, option.palette)
        painter.setFont(strong_font(option.font))
        painter.setPen(QColor(colours.text))
        write(painter, QRect(left, top + line + 3, width, line), found.deadline.title)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.muted))
        write(painter, QRect(left, top, width - int(pill.width()) - 8, line), found.day)
        write(painter, QRect(left, top + 2 * line + 5, width, line), found.about)
