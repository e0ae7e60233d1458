"""What is chosen in a list when the keyboard or a right click comes to it; the same for tables, lists and trees."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView

from app.ui.kit.indexes import Index

ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


def choose(view: QAbstractItemView, index: Index) -> None:
    """The row of `index` is the current one and selected alone."""
    view.selectionModel().setCurrentIndex(index, ROW)


def choose_on_focus(view: QAbstractItemView, reason: Qt.FocusReason) -> None:
    """The keyboard has come to a list in which nothing is chosen: its current row is, or the first.

    Call it after Qt's own `focusInEvent`, which makes the first row current but does not select it.
    """
    model = view.model()
    if reason in BY_MOUSE or not model or not model.rowCount() or view.selectionModel().hasSelection():
        return
    current = view.currentIndex()
    choose(view, current if current.isValid() else model.index(0, 0))


def choose_for_menu(view: QAbstractItemView, at: QPoint) -> QPoint:
    """A menu is asked for at a point of the viewport: it is about the row there, or about what is selected with it.

    Asked for by key, the point is that of the current row; where that cannot be seen it is scrolled to. Where the
    menu shall stand.
    """
    if not view.viewport().rect().contains(at) and view.currentIndex().isValid():
        view.scrollTo(view.currentIndex())
        at = view.visualRect(view.currentIndex()).center()
    index = view.indexAt(at)
    if index.isValid() and not view.selectionModel().isSelected(index):
        choose(view, index)
    return at
