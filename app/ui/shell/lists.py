"""What lists ask of the window: to be printed, and to say in its status bar what is selected."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.table.requests import FiguresEvent, PrintEvent
from app.ui.shell.status import StatusLine


class ListRequests(QObject):
    """Answers for the window, whichever of its pages or dialogs the list stands in."""

    def __init__(self, context: Context, status: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._status, self._window = context, status, window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case FiguresEvent():
                self._status.show_figures(event.figures.short, event.figures.whole)
            case PrintEvent():
                # Not before somebody prints: this brings the PDF library and the preview.
                from app.ui.papers.list_dialog import print_list

                print_list(self._context, event.sheet, event.origin.window())
            case _:
                return False
        event.accept()
        return True
