"""Paints what looks the same in tables and on its own: lines of text, focus, pills, budget bars, phase tracks."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QWidget

from app.ui.kit import icons
from app.ui.kit.tokens import RADIUS, Tokens, tokens
from app.ui.kit.widgets.figures import Bar, Pill, Track

PILL_ICON = 14
PILL_PAD = 8
BAR_HEIGHT = 10
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@contextmanager
def painting(widget: QWidget) -> Iterator[tuple[QPainter, Tokens]]:
    """A painter on a widget, with smooth edges, and the colours of its theme: for the body of a `paintEvent`."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter, tokens(widget.palette())
    finally:
        painter.end()


def write(
    painter: QPainter, area: QRect | QRectF, text: str, side: int = LEFT, *, whole_end: bool = False
) -> str:
    """A line of text in the painter's font and colour; what finds no room is cut. What was written of it.

    `whole_end`: it is cut in the middle.
    """
    cut = Qt.TextElideMode.ElideMiddle if whole_end else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, cut, max(int(area.width()), 0))
    painter.drawText(QRectF(area), side, shown)
    return shown


def paint_focus(painter: QPainter, area: QRectF, palette: QPalette, radius: float = RADIUS) -> None:
    """The ring around what has the keyboard."""
    painter.setPen(QPen(QColor(tokens(palette).accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def pill_size(pill: Pill, font: QFont) -> QSizeF:
    """Room that a pill takes."""
    metrics = QFontMetricsF(small_font(font))
    icon = PILL_ICON + 4 if pill.icon else 0
    return QSizeF(metrics.horizontalAdvance(pill.text) + icon + 2 * PILL_PAD, metrics.height() + 6)


def paint_pill(painter: QPainter, area: QRectF, pill: Pill, font: QFont, palette: QPalette) -> None:
    """Draw a pill at the left of `area`, in its middle; the word is cut where room is short."""
    colours = tokens(palette)
    size = pill_size(pill, font)
    box = QRectF(
        area.left(), area.center().y() - size.height() / 2, min(size.width(), area.width()), size.height()
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.tint(pill.tone))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    ink = colours.ink(pill.tone)
    left = box.left() + PILL_PAD
    if pill.icon:
        square = QRectF(left - 1, box.center().y() - PILL_ICON / 2, PILL_ICON, PILL_ICON)
        icons.paint_icon(painter, pill.icon, square, ink)
        left += PILL_ICON + 3
    painter.setFont(small_font(font))
    painter.setPen(ink)
    write(painter, QRectF(left, box.top(), box.right() - PILL_PAD + 2 - left, box.height()), pill.text)
    painter.restore()


def paint_bar(painter: QPainter, area: QRectF, bar: Bar, palette: QPalette) -> None:
    """Draw a budget bar: actual solid, committed hatched, available empty, overspent in danger.

    The whole width stands for the plan, or for what was spent where that is more.
    """
    colours, height = tokens(palette), BAR_HEIGHT
    box = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    whole = max(bar.planned, bar.actual + bar.committed, 1)
    actual = _part(box, 0, max(bar.actual, 0), whole)
    committed = _part(box, max(bar.actual, 0), bar.committed, whole)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(box, height / 2, height / 2)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.fillRect(box, QColor(colours.neutral_tint))
    painter.fillRect(actual, QColor(colours.accent))
    _hatch(painter, committed, QColor(colours.accent), QColor(colours.accent_tint))
    if bar.overspent:
        beyond = _part(box, max(bar.planned, 0), whole - max(bar.planned, 0), whole)
        painter.fillRect(beyond, QColor(colours.danger))
        painter.fillRect(QRectF(beyond.left() - 1, box.top(), 2, box.height()), QColor(colours.surface))
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.danger if bar.overspent else colours.border_strong), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), height / 2 - 0.5, height / 2 - 0.5)
    painter.restore()


def paint_track(painter: QPainter, area: QRectF, track: Track, palette: QPalette, *, height: int = 6) -> None:
    """Draw a phase as segments, those reached are filled."""
    colours = tokens(palette)
    gap = 3.0
    width = (area.width() - gap * (track.count - 1)) / track.count
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(track.count):
        box = QRectF(area.left() + step * (width + gap), area.center().y() - height / 2, width, height)
        painter.setBrush(QColor(_step_colour(colours, step + 1, track.step)))
        painter.drawRoundedRect(box, height / 2, height / 2)
    painter.restore()


def _step_colour(colours: Tokens, step: int, reached: int) -> str:
    if step < reached:
        return colours.border_strong
    return colours.accent if step == reached else colours.border


def _part(box: QRectF, start: int, length: int, whole: int) -> QRectF:
    left = box.left() + box.width() * start / whole
    return QRectF(left, box.top(), box.width() * max(length, 0) / whole, box.height())


def _hatch(painter: QPainter, area: QRectF, ink: QColor, ground: QColor) -> None:
    """Diagonal lines, drawn by hand because a pattern brush blurs at fractional scales."""
    if area.width() <= 0:
        return
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.fillRect(area, ground)
    painter.setPen(QPen(QBrush(ink), 1.4))
    step = 5.0
    x = area.left() - area.height() - (area.left() % step)
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += step
    painter.restore()


def strong_font(font: QFont) -> QFont:
    """The font of what names a thing: semi-bold."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def small_font(font: QFont) -> QFont:
    """The font of pills and of captions in drawings: a point smaller."""
    result = QFont(font)
    result.setPointSizeF(max(font.pointSizeF() - 1, 7))
    return result
