"""The timeline of an agreement: its terms as a bar to scale, below it every date with what happens."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.agreements.agreement_timeline import Event, EventKind, Timeline
from app.domain.dates import german
from app.ui.kit.accessible import Heard, Role
from app.ui.kit.icons import paint_icon
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tokens, Tone
from app.ui.kit.widgets.painting import RIGHT, painting, small_font, write
from app.ui.kit.widgets.text import show_if

SIGNS: dict[EventKind, tuple[str, Tone]] = {
    EventKind.BEGIN: ("play", Tone.ACCENT),
    EventKind.RENEWAL: ("refresh", Tone.ACCENT),
    EventKind.MINIMUM: ("lock", Tone.NEUTRAL),
    EventKind.MISSED: ("warning", Tone.NEUTRAL),
    EventKind.SENDING: ("mail", Tone.INFO),
    EventKind.RECEIPT: ("bell", Tone.WARNING),
    EventKind.TERM_END: ("refresh", Tone.NEUTRAL),
    EventKind.END: ("flag", Tone.NEUTRAL),
    EventKind.GOAL: ("target", Tone.ACCENT),
    EventKind.GOAL_REACHED: ("success", Tone.SUCCESS),
    EventKind.GOAL_MISSED: ("half-circle", Tone.WARNING),
    EventKind.LATER_END: ("refresh", Tone.NEUTRAL),
    EventKind.AMENDMENT: ("edit", Tone.ACCENT),
    EventKind.NOTICE: ("flag", Tone.DANGER),
    EventKind.TALK: ("handshake", Tone.SUCCESS),
    EventKind.NEIGHBOUR: ("link", Tone.NEUTRAL),
    EventKind.PAYMENT: ("euro", Tone.ACCENT),
    EventKind.PAYMENT_OVERDUE: ("euro", Tone.DANGER),
}
BAR_TOP = 26
BAR_HEIGHT = 14
ICON = 16
GAP = 8


class TimelineView(QWidget, Heard):
    """Draws one timeline as seen on a day; nothing while there is none. `listed` False: the bar alone."""

    heard_role = Role.Chart

    def __init__(self, parent: QWidget | None = None, *, listed: bool = True) -> None:
        super().__init__(parent)
        self._listed = listed
        self._line: Timeline | None = None
        self._on = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(260)

    def show_timeline(self, line: Timeline | None, on: date) -> None:
        """Draw this one."""
        self._line, self._on = line, on
        show_if(self, line is not None)
        events = line.events if line else ()
        self.setAccessibleName("Zeitstrahl: " + "; ".join(f"{german(e.day)} {e.text}" for e in events))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._entries())
        if self._line is None or (self._listed and not rows):
            return QSize(360, 0)
        return QSize(360, round(self._list_top + rows * self._row_height) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = int((event.pos().y() - self._list_top) // self._row_height)
            entries = self._entries()
            entry = entries[row] if event.pos().y() >= self._list_top and row < len(entries) else None
            QToolTip.showText(event.globalPos(), plain(self._explained(entry)) if entry else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        with painting(self) as (painter, colours):
            self._paint_bar(painter, self._line, colours)
            top = self._list_top
            for entry in self._entries():
                self._paint_row(painter, QRectF(0, top, self.width(), self._row_height), entry, colours)
                top += self._row_height

    # ---- the bar ----

    def _paint_bar(self, painter: QPainter, line: Timeline, colours: Tokens) -> None:
        box = QRectF(0.5, BAR_TOP, self.width() - 1, BAR_HEIGHT)
        first, last = min(line.start, self._on), max(line.stop, self._on)
        days = max((last - first).days, 1)

        def at(day: date) -> float:
            return box.left() + box.width() * (day - first).days / days

        outline = QPainterPath()
        outline.addRoundedRect(box, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(box, QColor(colours.neutral_tint))
        for piece in line.pieces:
            area = QRectF(QPointF(at(piece.begin), box.top()), QPointF(at(piece.end), box.bottom()))
            colour = QColor(colours.accent if piece.renewal == 0 else colours.border_strong)
            painter.fillRect(area, colour if piece.certain else QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.fillRect(QRectF(area.right() - 1, box.top(), 2, BAR_HEIGHT), QColor(colours.surface))
        painter.restore()
        self._paint_years(painter, first, last, at, colours)
        for entry in line.events:
            if entry.kind not in (EventKind.BEGIN, EventKind.SENDING, EventKind.RENEWAL, EventKind.NEIGHBOUR):
                self._paint_mark(painter, at(entry.day), entry, colours)
        self._paint_today(painter, at(self._on), colours)

    def _paint_mark(self, painter: QPainter, x: float, entry: Event, colours: Tokens) -> None:
        radius = 5.0
        middle = QPointF(min(max(x, radius + 1), self.width() - radius - 1), BAR_TOP + BAR_HEIGHT / 2)
        painter.setPen(QPen(QColor(colours.surface), 1.5))
        painter.setBrush(colours.ink(SIGNS[entry.kind][1]))
        painter.drawEllipse(middle, radius, radius)

    def _paint_today(self, painter: QPainter, x: float, colours: Tokens) -> None:
        painter.setFont(small_font(self.font()))
        metrics = QFontMetricsF(small_font(self.font()))
        width = metrics.horizontalAdvance("heute") + 8
        left = min(max(x - width / 2, 0), self.width() - width)
        painter.setPen(QPen(QColor(colours.text), 2))
        painter.drawLine(QPointF(x, BAR_TOP - 4), QPointF(x, BAR_TOP + BAR_HEIGHT + 4))
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(left, 0, width, BAR_TOP - 5), Qt.AlignmentFlag.AlignCenter, "heute")

    def _paint_years(
        self, painter: QPainter, first: date, last: date, at: Callable[[date], float], colours: Tokens
    ) -> None:
        painter.setFont(small_font(self.font()))
        metrics = QFontMetricsF(small_font(self.font()))
        step = max(1, (last.year - first.year) // 5)
        taken = float(-GAP)
        for year in range(first.year, last.year + 1):
            x = at(max(date(year, 1, 1), first))
            width = metrics.horizontalAdvance(str(year))
            if (year - first.year) % step or x < taken + GAP or x + width > self.width():
                continue
            painter.setPen(QColor(colours.border_strong))
            painter.drawLine(QPointF(x, BAR_TOP + BAR_HEIGHT + 2), QPointF(x, BAR_TOP + BAR_HEIGHT + 6))
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(x + 3, BAR_TOP + BAR_HEIGHT + 6 + metrics.ascent() / 2 + 3), str(year))
            taken = x + width + 3

    # ---- the list ----

    def _entries(self) -> tuple[Event, ...]:
        return self._line.events if self._line and self._listed else ()

    def _paint_row(self, painter: QPainter, area: QRectF, entry: Event, colours: Tokens) -> None:
        past = entry.day < self._on
        icon, tone = SIGNS[entry.kind]
        if past and entry.kind is EventKind.GOAL:
            tone = Tone.DANGER
        metrics = QFontMetricsF(self.font())
        dates = metrics.horizontalAdvance("00.00.0000")
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted if past else colours.text))
        write(painter, QRectF(0, area.top(), dates + 1, area.height()), german(entry.day))
        left = dates + GAP
        paint_icon(painter, icon, QRectF(left, area.center().y() - ICON / 2, ICON, ICON), colours.ink(tone))
        left += ICON + GAP
        right = area.right()
        away = days_away(entry.day, self._on)
        room = QFontMetricsF(small_font(self.font())).horizontalAdvance(away) + 1
        if metrics.horizontalAdvance(entry.text) <= right - room - GAP - left:  # what happens matters more
            painter.setFont(small_font(self.font()))
            painter.setPen(QColor(colours.muted))
            write(painter, QRectF(right - room, area.top(), room, area.height()), away, RIGHT)
            right -= room + GAP
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted if past and tone is not Tone.DANGER else colours.text))
        write(painter, QRectF(left, area.top(), right - left, area.height()), entry.text)

    def _explained(self, entry: Event) -> str:
        return f"{german(entry.day)} ({days_away(entry.day, self._on)}): {entry.text}"

    @property
    def _row_height(self) -> float:
        return QFontMetricsF(self.font()).height() + 10

    @property
    def _list_top(self) -> float:
        return BAR_TOP + BAR_HEIGHT + QFontMetricsF(small_font(self.font())).height() + 16


def days_away(day: date, on: date) -> str:
    """How far a day is from another: "in 12 Tagen", "vor 3 Jahren"."""
    days = (day - on).days
    if days == 0:
        return "heute"
    if abs(days) > 730:
        return f"in {days // 365} Jahren" if days > 0 else f"vor {-days // 365} Jahren"
    word = "Tag" if abs(days) == 1 else "Tagen"
    return f"in {days} {word}" if days > 0 else f"vor {-days} {word}"
