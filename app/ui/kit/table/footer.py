"""The row of totals that stays at the bottom of a table while its rows scroll."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollBar, QTableView, QWidget

from app.ui.kit.accessible import Heard
from app.ui.kit.explained import explain
from app.ui.kit.table.columns import Column
from app.ui.kit.tokens import ROW_HEIGHT, tokens
from app.ui.kit.widgets.painting import RIGHT, strong_font, write
from app.ui.kit.widgets.text import show_if

PAD = 8


class Footer(QWidget, Heard):
    """Sums below the columns they belong to; the first free column says what they are."""

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self._view, self._columns = view, columns
        self._sums: dict[int, str] = {}
        self._caption = "Summe"
        view.horizontalHeader().sectionResized.connect(self._follow)
        view.horizontalHeader().sectionMoved.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(self.update)

    def show_sums(self, sums: dict[int, str], caption: str, contains: str = "") -> None:
        """Column: its sum as written. `contains`: what the sums are made of."""
        self._sums = sums
        self._caption = caption
        explain(self, contains)
        self._follow()

    def _follow(self) -> None:
        """Only sums of columns that can be seen are shown and said."""
        header = self._view.horizontalHeader()
        shown = {place: text for place, text in self._sums.items() if header.sectionSize(place)}
        said = (
            f"{self._columns[place].title}: {self._columns[place].said(text)}"
            for place, text in shown.items()
        )
        self.heard_value = ", ".join(said)
        self.setAccessibleName(", ".join(filter(None, (self._caption, self.heard_value))))
        self.update()

    def needed(self, position: int) -> int:
        """The width in pixels in which the sum of a column is not cut; 0 where it has none."""
        text = self._sums.get(position, "")
        return QFontMetrics(strong_font(self.font())).horizontalAdvance(text) + 2 * PAD + 2 if text else 0

    def sizeHint(self) -> QSize:
        return QSize(200, max(ROW_HEIGHT, self.fontMetrics().height() + 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.border_strong), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(strong_font(self.font()))
        painter.setPen(QColor(colours.text))
        shift = self._view.viewport().x()
        header = self._view.horizontalHeader()
        free_right = self.width()
        for column, text in self._sums.items():
            if self._view.isColumnHidden(column):
                continue
            left = header.sectionViewportPosition(column) + shift
            free_right = min(free_right, left)
            room = QRect(left, 0, header.sectionSize(column), self.height()).adjusted(2, 0, -PAD, 0)
            painter.drawText(room, RIGHT, text)
        write(painter, QRect(PAD + shift, 0, free_right - 2 * PAD, self.height()), self._caption)
        painter.end()


def mirrored(inner: QScrollBar) -> QScrollBar:
    """A scroll bar that mirrors another one, to stand below the totals."""
    outer = QScrollBar(Qt.Orientation.Horizontal)

    def adapt(low: int, high: int) -> None:
        outer.setRange(low, high)
        outer.setPageStep(inner.pageStep())
        outer.setSingleStep(inner.singleStep())
        show_if(outer, high > low)

    inner.rangeChanged.connect(adapt)
    inner.valueChanged.connect(outer.setValue)
    outer.valueChanged.connect(inner.setValue)
    adapt(inner.minimum(), inner.maximum())
    return outer
