"""A label that a long name cannot burst: one line is cut with "…", several lines break even inside a word."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel

from app.ui.kit.plain import plain

LEAST_LETTERS = 22
"""A longer text may be made as narrow as so many letters; a shorter one is never cut."""

MOST_LETTERS = 60
"""A word without end asks for a line of so many."""


class Words(QLabel):
    """Plain text. What is cut is said in full when the mouse rests on it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._long_word = ""
        self._explains = False
        self._heights: dict[int, int] = {}  # by width: layouts ask for the same again and again
        self.setText(text)

    def setText(self, text: str) -> None:
        longest = max(text.split(), key=len, default="") if len(text) > LEAST_LETTERS else ""
        self._long_word = longest if len(longest) > LEAST_LETTERS else ""
        self._heights.clear()
        super().setText(text)

    def setWordWrap(self, on: bool) -> None:
        self._heights.clear()
        super().setWordWrap(on)

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font or style
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        most = MOST_LETTERS * self.fontMetrics().averageCharWidth()
        if not self._long_word or not self.wordWrap() or hint.width() <= most:
            return hint
        return QSize(most, self.heightForWidth(most))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if len(self.text()) <= LEAST_LETTERS:
            return hint
        return QSize(min(hint.width(), LEAST_LETTERS * self.fontMetrics().averageCharWidth()), hint.height())

    def heightForWidth(self, width: int) -> int:
        self.ensurePolished()  # else these would be other letters
        if width not in self._heights:
            self._heights[width] = self._height(width)
        return self._heights[width]

    def _height(self, width: int) -> int:
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        if not self._breaks(room):
            return super().heightForWidth(width)
        return round(self._broken(room).boundingRect().height()) + margins.top() + margins.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        if self.wordWrap():
            if self._breaks(area.width()):
                with QPainter(self) as painter:
                    painter.setPen(self.palette().color(self.foregroundRole()))
                    self._broken(area.width()).draw(painter, QPointF(area.topLeft()))
            else:
                super().paintEvent(event)
            return
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        cut = len(self.text()) > LEAST_LETTERS and "\n" not in self.text() and shown != self.text()
        self._explain(cut)
        if cut:
            with QPainter(self) as painter:
                painter.setPen(self.palette().color(self.foregroundRole()))
                painter.drawText(area, int(self.alignment()), shown)
        else:
            super().paintEvent(event)

    def _explain(self, cut: bool) -> None:
        """The whole text as tooltip while it is cut, unless there is another one."""
        if cut and (self._explains or not self.toolTip()):
            self._explains = True
            if self.toolTip() != plain(self.text()):
                self.setToolTip(plain(self.text()))
        elif self._explains and not cut:
            self._explains = False
            self.setToolTip("")

    def _breaks(self, width: int) -> bool:
        """Whether a word is longer than the line."""
        return bool(self._long_word) and self.fontMetrics().horizontalAdvance(self._long_word) > width

    def _broken(self, width: int) -> QTextLayout:
        """The text in lines of this width, between words where that is possible."""
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout
