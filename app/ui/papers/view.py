"""Shows a PDF as pages to leaf through and to zoom."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.kit.accessible import Heard, Role
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, icon_button, label

ZOOM_STEP = 1.25
SMALLEST, LARGEST = 0.25, 5.0


class _Pages(QPdfView, Heard):
    """Qt's own, which says nothing of what it is."""

    heard_role = Role.Document


class PaperView(QWidget):
    """The pages below each other, with a bar for page and zoom. `show_pdf` takes the bytes of a PDF."""

    page_changed = Signal(int)  # from 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = _Pages(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setPageSpacing(12)
        self.view.setAccessibleName("Vorschau des Schriftstücks")
        self._pages = label("", "muted")
        self._zoom = label("", "muted")
        follow_text(self._zoom, self._zoom.setMinimumWidth, 44)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self._lay_out()
        self._colour()
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)
        self.view.zoomFactorChanged.connect(self._show_zoom)
        self.fit_width()

    @property
    def page(self) -> int:
        """The page at the top of the view, from 1."""
        return self.view.pageNavigator().currentPage() + 1

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF from its first page, at the same zoom."""
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._show_page()

    def go_to(self, page: int) -> None:
        """Show a page, from 1; outside the document nothing happens."""
        if 1 <= page <= self.document.pageCount():
            self.view.pageNavigator().jump(page - 1, QPointF())

    def fit_width(self) -> None:
        """As wide as the room."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._show_zoom()

    def fit_page(self) -> None:
        """A whole page."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._show_zoom()

    def zoom(self, factor: float) -> None:
        """Larger or smaller than it is shown now."""
        wanted = self._shown_factor() * factor
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(wanted, SMALLEST), LARGEST))
        self._show_zoom()

    def _shown_factor(self) -> float:
        """The zoom that is seen; when fitted, Qt does not tell it, so it is measured."""
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or not self.document.pageCount():
            return self.view.zoomFactor()
        page = self.document.pagePointSize(0)
        margins = self.view.documentMargins()
        room = self.view.viewport().size()
        dots = self.logicalDpiX() / 72
        width = (room.width() - margins.left() - margins.right()) / (page.width() * dots)
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return width
        return min(width, (room.height() - margins.top() - margins.bottom()) / (page.height() * dots))

    def _lay_out(self) -> None:
        bar = row(
            icon_button("chevron-up", "Vorige Seite", lambda: self.go_to(self.page - 1)),
            icon_button("chevron-down", "Nächste Seite", lambda: self.go_to(self.page + 1)),
            4,
            self._pages,
            STRETCH,
            icon_button("minus", "Kleiner", lambda: self.zoom(1 / ZOOM_STEP)),
            self._zoom,
            icon_button("plus", "Größer", lambda: self.zoom(ZOOM_STEP)),
            8,
            button("Seitenbreite", self.fit_width, role="quiet"),
            button("Ganze Seite", self.fit_page, role="quiet"),
            spacing=4,
            margins=(12, 6, 12, 6),
        )
        column(bar, grow(self.view), on=self, spacing=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_zoom)  # after the pages have got their new room

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        """The table the pages lie on; paper itself stays white in the dark, too."""
        table = QColor(tokens(self.palette()).neutral_tint)
        palette = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, table)
        self.view.setPalette(palette)

    def _show_page(self) -> None:
        count = self.document.pageCount()
        self._pages.setText(f"Seite {self.page} von {count}" if count else "")
        self.page_changed.emit(self.page)

    def _show_zoom(self) -> None:
        self._zoom.setText(f"{round(self._shown_factor() * 100)} %")
