"""What a figure contains, told at the place: where the mouse rests on it, and on F1.

The words are declared beside the figure: `explain(widget, ...)`, or `contains` of a column or a key figure.
"""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QWhatsThis, QWidget

from app.ui.kit.indexes import Role
from app.ui.kit.plain import plain


def explain(widget: QWidget, words: str) -> None:
    """Say what `widget` shows: as its tooltip, on F1, and to a screen reader."""
    widget.setToolTip(plain(words))
    widget.setWhatsThis(plain(words))
    widget.setAccessibleDescription(words)


def explanation(widget: QWidget | None, at: QPoint | None = None) -> str:
    """The words for what stands in `widget`, at a place of the screen if one is given; "" where nothing is declared."""
    while widget is not None:
        if words := _of_cell(widget, at) or widget.whatsThis():
            return words
        if widget.isWindow():
            return ""
        widget = widget.parentWidget()
    return ""


def explain_here() -> bool:
    """Show the words for what the mouse is over, else for what has the keyboard; whether there are any."""
    mouse = QCursor.pos()
    pointed, focused = QApplication.widgetAt(mouse), QApplication.focusWidget()
    if words := explanation(pointed, mouse):
        QWhatsThis.showText(mouse, plain(words), pointed)
        return True
    if focused is not None and (words := explanation(focused)):
        QWhatsThis.showText(focused.mapToGlobal(focused.rect().center()), plain(words), focused)
        return True
    return False


def _of_cell(widget: QWidget, at: QPoint | None) -> str:
    """What the column of a table contains that a place is in, in the rows or in its title."""
    view = widget if isinstance(widget, QAbstractItemView) else widget.parentWidget()
    if at is None or not isinstance(view, QAbstractItemView) or widget not in (view, view.viewport()):
        return ""
    place = view.viewport().mapFromGlobal(at)
    if isinstance(view, QHeaderView):
        words = view.model().headerData(view.logicalIndexAt(place), view.orientation(), Role.WhatsThisRole)
    else:
        words = view.indexAt(place).data(Role.WhatsThisRole)
    return words or ""
