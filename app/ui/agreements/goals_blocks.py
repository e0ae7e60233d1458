"""How the goals shown stand by building block: a bar of lights for each, with its figures in words."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.domain.agreements.goal_light import GoalLight
from app.services.agreements.goals import GoalLine
from app.ui.agreements.pills import LIGHTS
from app.ui.kit.icons import paint_icon
from app.ui.kit.plain import plain
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.painting import paint_focus, painting, small_font
from app.ui.kit.widgets.pressable import Pressable
from app.ui.kit.widgets.text import label

NO_BLOCK = "ohne Baustein"
BAR_HEIGHT = 18
ICON = 12
ORDER = (
    GoalLight.REACHED,
    GoalLight.ON_TRACK,
    GoalLight.PARTLY,
    GoalLight.UNREPORTED,
    GoalLight.AT_RISK,
    GoalLight.OVERDUE,
    GoalLight.MISSED,
)
"""From left to right: good to bad."""


class BlockBar(Pressable):
    """One building block: name and a bar of symbols with their counts; a click or Enter filters by it."""

    def __init__(self, name: str, lights: Sequence[GoalLight]) -> None:
        super().__init__()
        self.name = name
        self.counts = Counter(lights)
        self.words = ", ".join(f"{self.counts[light]} {light.word}" for light in ORDER if self.counts[light])
        self.set_pressable()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}: {self.words}")
        self.setToolTip(plain(f"{name}\n{self.words}\nZeigt nur diesen Baustein"))

    def sizeHint(self) -> QSize:
        return QSize(220, self.fontMetrics().height() + BAR_HEIGHT + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            inner = QRectF(self.rect()).adjusted(6, 5, -6, -5)
            height = self.fontMetrics().height()
            line = QRectF(inner.left(), inner.top(), inner.width(), height)
            total = str(self.counts.total())
            painter.setPen(QColor(colours.muted))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), total)
            room = int(inner.width()) - self.fontMetrics().horizontalAdvance(total) - 8
            painter.setPen(QColor(colours.text))
            painter.drawText(
                line, self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room)
            )
            self._paint_bar(painter, QRectF(inner.left(), line.bottom() + 4, inner.width(), BAR_HEIGHT))
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), self.palette())

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        """Each light as wide as its share, with its symbol and count where there is room."""
        colours = tokens(self.palette())
        outline = QPainterPath()
        outline.addRoundedRect(box, 4, 4)
        painter.save()
        painter.setClipPath(outline)
        painter.setFont(small_font(self.font()))
        left, total = box.left(), self.counts.total()
        for light in ORDER:
            width = box.width() * self.counts[light] / total
            if not width:
                continue
            pill = LIGHTS[light]
            part = QRectF(
                left, box.top(), width - 2 if left + width < box.right() - 1 else width, box.height()
            )
            painter.fillRect(part, colours.tint(pill.tone))
            self._paint_count(painter, part, pill.icon, str(self.counts[light]), colours.ink(pill.tone))
            left += width
        painter.restore()

    @staticmethod
    def _paint_count(painter: QPainter, part: QRectF, icon: str, count: str, ink: QColor) -> None:
        words = painter.fontMetrics().horizontalAdvance(count)
        whole = ICON + 3 + words
        if part.width() < ICON + 2:
            return
        wide = part.width() >= whole + 4
        start = part.center().x() - (whole if wide else ICON) / 2
        paint_icon(painter, icon, QRectF(start, part.center().y() - ICON / 2, ICON, ICON), ink)
        if wide:
            painter.setPen(ink)
            room = QRectF(start + ICON + 3, part.top(), words + 2, part.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), count)


class BlocksView(Pane):
    """The bars of all building blocks, those with the most goals first. `chosen(name)`: filter by it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=4)
        self.setAccessibleName("Ziele nach Baustein")
        self.bars: list[BlockBar] = []

    def show_lines(self, lines: Sequence[GoalLine]) -> None:
        """Sum up these goals."""
        by_block: dict[str, list[GoalLight]] = {}
        for line in lines:
            by_block.setdefault(line.building_block or NO_BLOCK, []).append(line.verdict.light)
        self.clear()
        self.bars = []
        self.add(label("Nach Baustein", "strong"))
        for name, lights in sorted(by_block.items(), key=lambda item: (-len(item[1]), item[0])):
            bar = BlockBar(name, lights)
            bar.clicked.connect(lambda name=name: self.chosen.emit(name))
            self.bars.append(bar)
            self.add(bar)
