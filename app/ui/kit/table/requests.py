"""What a table asks of the window it stands in, whichever that is: to print a list, to show figures in its status bar.

A table knows neither database nor pages. What it asks for goes up from widget to widget, through dialogs as well, until
one accepts it; without a window that does, nothing happens.
"""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from app.domain.list_sheet import ListSheet
from app.ui.kit.table.figures import SelectionFigures


class FiguresEvent(QEvent):
    """What is selected in the list with the keyboard comes to this; empty: there is nothing to say."""

    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, figures: SelectionFigures) -> None:
        super().__init__(self.KIND)
        self.figures = figures


class PrintEvent(QEvent):
    """This list is to be printed; what shows it belongs to the window of `origin`."""

    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, sheet: ListSheet, origin: QWidget) -> None:
        super().__init__(self.KIND)
        self.sheet, self.origin = sheet, origin


def send_up(origin: QWidget, request: QEvent) -> bool:
    """Hand a request from widget to widget; whether one accepted it."""
    request.ignore()
    receiver: QWidget | None = origin
    while receiver is not None and not request.isAccepted():
        QCoreApplication.sendEvent(receiver, request)
        receiver = receiver.parentWidget()
    return request.isAccepted()
