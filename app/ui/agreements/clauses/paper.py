"""A sheet of paper on the screen: the words as they print, white in every theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.reports.agreements.text import anchor
from app.ui.kit.timers import later

MARGIN = 26


class PaperPreview(QTextBrowser):
    """Shows rich text of agreement_html; where it was scrolled stays until another place is asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self._shown = ""
        self._wanted: str | None = None
        self._goer = later(self, self._go)

    def show_html(self, html: str, place: int | None = None) -> None:
        """Show this text, and there the clause at a place of the paper."""
        if html != self._shown:
            scrolled = self.verticalScrollBar().value()
            self._shown = html
            self.setHtml(html)
            self.document().setDocumentMargin(MARGIN)
            self.verticalScrollBar().setValue(scrolled)
        if place is not None:
            self._wanted = anchor(place)
            self._goer.start()  # after the text has its size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted is not None:
            self._goer.start()

    def _go(self) -> None:
        if self._wanted is not None:
            self.scrollToAnchor(self._wanted)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - 8)
