"""Sends a PDF to a printer through the system's dialog."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import OutputError

SHARPEST_DPI = 300
"""Pages are sent as pictures; finer ones are not seen on paper, but fill the printer's memory."""


def ask_and_print(
    document: QPdfDocument, name: str, parent: QWidget, printed: Callable[[], object]
) -> QPrintDialog:
    """Ask for printer, pages and copies, then print; `printed` runs when all pages are with the printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), _orientation(document), QMarginsF())
    )
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"{name} drucken")
    dialog.setMinMax(1, document.pageCount())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def accepted() -> None:
        print_pages(document, printer)
        printed()

    dialog.accepted.connect(accepted)
    QDialog.open(dialog)  # without a receiver, which the dialog's own open() asks for
    return dialog


def _orientation(document: QPdfDocument) -> QPageLayout.Orientation:
    """As the first page lies: all pages of a paper lie alike."""
    size = document.pagePointSize(0)
    on_side = size.width() > size.height()
    return QPageLayout.Orientation.Landscape if on_side else QPageLayout.Orientation.Portrait


def print_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Print the chosen pages. Raises OutputError if the printer does not take them."""
    printer.setResolution(min(printer.resolution(), SHARPEST_DPI))
    first = printer.fromPage() or 1
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    painter = QPainter()
    if not painter.begin(printer):
        raise OutputError(
            "Der Drucker nimmt nichts an. Bitte prüfen, ob er eingeschaltet und verbunden ist, oder als PDF speichern."
        )
    area = printer.pageLayout().fullRectPixels(printer.resolution())
    for page in range(first, last + 1):
        if page > first:
            printer.newPage()
        picture = document.render(page - 1, QSize(area.width(), area.height()))
        painter.drawImage(area.translated(-area.topLeft()), picture)
    painter.end()
