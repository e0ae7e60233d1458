"""How the cells of a table look: quiet rows, a clear selection, pills, bars and changed values."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.ui.kit.icons import paint_icon
from app.ui.kit.indexes import Index
from app.ui.kit.plain import plain
from app.ui.kit.table.columns import Column, Kind, written
from app.ui.kit.table.model import VALUE_ROLE, TableModel, alignment
from app.ui.kit.tokens import Tokens, Tone, tokens
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track
from app.ui.kit.widgets.painting import (
    PILL_ICON,
    PILL_PAD,
    paint_bar,
    paint_pill,
    paint_track,
    small_font,
    strong_font,
    write,
)

PAD = 8
MEASURED = 6
"""So many of the longest texts of a column are measured: letters differ in width."""


class Cells(QStyledItemDelegate):
    """Paints every cell of one table.

    `pale` says which rows are muted, `toned` which lie on the tint of a tone; both get the position of a row.
    """

    def __init__(self, model: TableModel[Any], parent: QObject) -> None:
        super().__init__(parent)
        self.model = model
        self.hovered = -1
        self.current = -1
        self.leftmost = 0
        self.pale: Callable[[int], bool] | None = None
        self.toned: Callable[[int], Tone | None] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.needed(index.column(), [self.model.row_at(index.row())], option.font)
        return QSize(max(width, 40), option.fontMetrics.height() + 12)

    def needed(self, position: int, rows: Sequence[Any], font: QFont) -> int:
        """The width in pixels in which none of these rows is cut in this column; 0 where nothing is written."""
        column = self.model.columns[position]
        texts: dict[tuple[str, bool], None] = {}
        for row in rows:
            texts[_measured(column.value(row), column.kind)] = None
        drawn = small_font(font) if column.kind in (Kind.PILL, Kind.TRACK) else font
        metrics = QFontMetrics(strong_font(drawn) if column.strong else drawn)
        longest = sorted(texts, key=lambda text: len(text[0]), reverse=True)[:MEASURED]
        around = 2 * PAD + (2 * PILL_PAD if column.kind is Kind.PILL else 0) + 2
        return max(
            (
                metrics.horizontalAdvance(text) + around + (PILL_ICON + 4 if icon else 0)
                for text, icon in longest
                if text
            ),
            default=0,
        )

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The column's own explanation, else the whole text where it was cut."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            column = self.model.columns[index.column()]
            tip = index.data(Qt.ItemDataRole.ToolTipRole) or ""
            text = str(index.data())
            row = self.model.row_at(index.row())
            cut = self.needed(index.column(), [row], option.font) > option.rect.width() + 2
            if not tip and (cut or column.kind in (Kind.BAR, Kind.TRACK)):
                tip = text
            QToolTip.showText(event.globalPos(), plain(tip), view.viewport(), option.rect)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens(option.palette)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = self._ground(colours, selected, index.row())
        if ground is not None:
            painter.fillRect(area, ground)
        if index.row() == self.current and index.column() == self.leftmost:
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        column = self.model.columns[index.column()]
        value = index.data(VALUE_ROLE)
        if value is None:
            return
        painter.setFont(strong_font(option.font) if column.strong else option.font)
        pale = self.pale is not None and self.pale(index.row())
        painter.setPen(QColor(colours.muted if pale else colours.text))
        _paint_value(painter, self.room(area, index), value, column, option.palette)

    def room(self, area: QRect, index: Index) -> QRect:
        """Where in its cell the value stands."""
        return area.adjusted(PAD, 0, -PAD, -1)

    def _ground(self, colours: Tokens, selected: bool, position: int) -> QColor | None:
        if selected:
            return QColor(colours.accent_tint)
        tone = self.toned(position) if self.toned is not None else None
        if tone is not None:
            return colours.tint(tone)
        return QColor(colours.hover) if position == self.hovered else None


def _measured(value: object, kind: Kind) -> tuple[str, bool]:
    """What is written of a value, and whether an icon stands before it."""
    match value:
        case Pill():
            return value.text, bool(value.icon)
        case Bar() | bool():
            return "", False
        case Track():
            return value.word, False
        case OldNew():
            return f"{value.old or 'leer'}  {value.new or 'leer'}", False
    return written(value, kind).replace("\n", " "), False


def _paint_value(
    painter: QPainter, room: QRect, value: object, column: Column[Any], palette: QPalette
) -> None:
    match value:
        case Pill():
            paint_pill(painter, QRectF(room), value, painter.font(), palette)
        case Bar():
            paint_bar(painter, QRectF(room), value, palette)
        case Track():
            _paint_track(painter, room, value, palette)
        case OldNew():
            _paint_change(painter, room, value, palette)
        case bool():
            if value:
                square = QRectF(room.left(), room.center().y() - 8, 17, 17)
                paint_icon(painter, "check", square, tokens(palette).ink(Tone.SUCCESS))
        case _:
            if column.kind is Kind.AMOUNT and isinstance(value, int) and value < 0:
                painter.setPen(tokens(palette).ink(Tone.DANGER))
            write(painter, room, written(value, column.kind).replace("\n", " "), int(alignment(column)))


def _paint_track(painter: QPainter, room: QRect, track: Track, palette: QPalette) -> None:
    painter.setFont(small_font(painter.font()))
    height = painter.fontMetrics().height()
    top = room.center().y() - (height + 8) // 2
    write(painter, QRect(room.left(), top, room.width(), height), track.word)
    paint_track(painter, QRectF(room.left(), top + height + 2, room.width(), 5), track, palette, height=5)


def _paint_change(painter: QPainter, room: QRect, change: OldNew, palette: QPalette) -> None:
    """The old value struck through and muted, then the new one."""
    font, ink = painter.font(), painter.pen()
    struck = QFont(font)
    struck.setStrikeOut(True)
    painter.setFont(struck)
    painter.setPen(QColor(tokens(palette).muted))
    half = QRect(room.left(), room.top(), room.width() // 2, room.height())
    old = write(painter, half, change.old or "leer")
    rest = room.adjusted(painter.fontMetrics().horizontalAdvance(old) + 8, 0, 0, 0)
    painter.setFont(strong_font(font))
    painter.setPen(ink)
    write(painter, rest, change.new or "leer")
