"""Draws the figures that were reported on a goal over time: a bar for each, held against the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.agreements.goal_wording import figure, measured
from app.domain.dates import german
from app.ui.kit.accessible import Heard, Role
from app.ui.kit.plain import plain
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import LEFT, painting, small_font

MOST_BARS = 12
WIDEST_BAR = 46.0
PLOT_HEIGHT = 84


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure."""

    day: date
    value: Decimal


class FigureChart(QWidget, Heard):
    """The newest twelve figures in order of day; the list of reports below it is the table behind it."""

    heard_role = Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: tuple[Figure, ...] = ()
        self._target: Decimal | None = None
        self._unit: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Verlauf der berichteten Zahlen")

    def show_figures(self, figures: Sequence[Figure], target: Decimal | None, unit: str | None) -> None:
        """Draw these, oldest first."""
        self.figures = tuple(figures)[-MOST_BARS:]
        self._target, self._unit = target, unit
        self.heard_value = "; ".join(self._words(one) for one in self.figures)
        self.setAccessibleDescription(self.heard_value)
        self.setVisible(bool(self.figures))
        self.update()

    def sizeHint(self) -> QSize:
        small = QFontMetricsF(small_font(self.font()))
        return QSize(260, PLOT_HEIGHT + round(2 * small.height()) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.figures:
            return
        with painting(self) as (painter, colours):
            painter.setFont(small_font(self.font()))
            line = painter.fontMetrics().height()
            plot = self._plot()
            middle = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            for one, box, slot in self._boxes():
                reached = self._target is not None and one.value >= self._target
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.success if reached else colours.accent))
                painter.drawRect(box)
                painter.setPen(QColor(colours.text))
                above = QRectF(slot.left(), box.top() - line - 1, slot.width(), line)
                painter.drawText(above, middle, figure(one.value))
                painter.setPen(QColor(colours.muted))
                below = QRectF(slot.left(), plot.bottom() + 3, slot.width(), line)
                painter.drawText(below, middle, f"{one.day:%m/%y}")
            painter.setPen(QPen(QColor(colours.border_strong), 1))
            painter.drawLine(plot.bottomLeft(), plot.bottomRight())
            if self._target is not None:
                self._paint_target(painter, plot, self._target)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            words = next((self._words(one) for one, _, slot in self._boxes() if slot.contains(at)), "")
            QToolTip.showText(event.globalPos(), plain(words), self)
            return True
        return super().event(event)

    def _paint_target(self, painter: QPainter, plot: QRectF, target: Decimal) -> None:
        colours = tokens(self.palette())
        height = plot.bottom() - plot.height() * float(target / self._largest())
        pen = QPen(QColor(colours.text), 1.4, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(0, height), QPointF(plot.right(), height))
        line = painter.fontMetrics().height()
        room = QRectF(plot.right() + 6, height - line / 2, self.width() - plot.right() - 6, line)
        painter.drawText(room, LEFT, self._target_label())

    def _target_label(self) -> str:
        return f"Soll {figure(self._target)}" if self._target is not None else ""

    def _plot(self) -> QRectF:
        """Where the bars stand: words above and below them, the name of the target at the right."""
        small = QFontMetricsF(small_font(self.font()))
        right = small.horizontalAdvance(self._target_label()) + 10 if self._target is not None else 0
        return QRectF(0, small.height() + 2, max(self.width() - right, 60), PLOT_HEIGHT)

    def _boxes(self) -> list[tuple[Figure, QRectF, QRectF]]:
        """Each figure with its bar and the slot around it."""
        plot, largest = self._plot(), self._largest()
        room = min(plot.width() / max(len(self.figures), 4), WIDEST_BAR * 1.6)
        width = min(room * 0.62, WIDEST_BAR)
        found = []
        for place, one in enumerate(self.figures):
            height = plot.height() * max(float(one.value / largest), 0.0)
            slot = QRectF(place * room, 0, room, self.height())
            box = QRectF(slot.center().x() - width / 2, plot.bottom() - height, width, height)
            found.append((one, box, slot))
        return found

    def _largest(self) -> Decimal:
        """What the whole height of the plot stands for, above 0."""
        values = [one.value for one in self.figures]
        if self._target is not None:
            values.append(self._target)
        largest = max(values, default=Decimal(0))
        return largest if largest > 0 else Decimal(1)

    def _words(self, one: Figure) -> str:
        against = self._unit or ""
        if self._target is not None:
            against = f"von {measured(self._target, self._unit)}"
        return f"{german(one.day)}: {figure(one.value)} {against}".rstrip()
