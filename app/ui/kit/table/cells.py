"""How the cells of a table look: quiet rows, a clear selection, pills, bars and changed values."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.ui.kit.icons import paint_icon
from app.ui.kit.table.columns import Column, Kind, written
from app.ui.kit.table.model import VALUE_ROLE, Index, TableModel, alignment
from app.ui.kit.tokens import Tokens, Tone, tokens
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track
from app.ui.kit.widgets.painting import paint_bar, paint_pill, paint_track

PAD = 8


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
        width = option.fontMetrics.horizontalAdvance(index.data()) + 2 * PAD + 2
        return QSize(max(width, 40), option.fontMetrics.height() + 12)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The column's own explanation, else the whole text where it was cut."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            column = self.model.columns[index.column()]
            tip = index.data(Qt.ItemDataRole.ToolTipRole) or ""
            text = str(index.data())
            cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * PAD
            if not tip and (cut or column.kind in (Kind.BAR, Kind.TRACK)):
                tip = text
            QToolTip.showText(event.globalPos(), tip, view.viewport(), option.rect)
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
        font = QFont(option.font)
        if column.strong:
            font.setWeight(QFont.Weight.DemiBold)
        pale = self.pale is not None and self.pale(index.row())
        ink = QColor(colours.muted if pale else colours.text)
        inner = area.adjusted(PAD, 0, -PAD, -1)
        self._paint_value(painter, inner, value, column, font, option.palette, ink)

    def _paint_value(
        self,
        painter: QPainter,
        inner: QRect,
        value: object,
        column: Column[Any],
        font: QFont,
        palette: QPalette,
        ink: QColor,
    ) -> None:
        match value:
            case Pill():
                paint_pill(painter, QRectF(inner), value, font, palette)
            case Bar():
                paint_bar(painter, QRectF(inner), value, palette)
            case Track():
                self._paint_track(painter, inner, value, font, palette, ink)
            case OldNew():
                self._paint_change(painter, inner, value, font, palette, ink)
            case bool():
                if value:
                    square = QRectF(inner.left(), inner.center().y() - 8, 17, 17)
                    paint_icon(painter, "check", square, tokens(palette).ink(Tone.SUCCESS))
            case _:
                painter.setFont(font)
                painter.setPen(ink)
                if column.kind is Kind.AMOUNT and isinstance(value, int) and value < 0:
                    painter.setPen(tokens(palette).ink(Tone.DANGER))
                text = written(value, column.kind).replace("\n", " ")
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                painter.drawText(inner, int(alignment(column)), shown)

    def _paint_track(
        self, painter: QPainter, inner: QRect, track: Track, font: QFont, palette: QPalette, ink: QColor
    ) -> None:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(small)
        painter.setPen(ink)
        height = painter.fontMetrics().height()
        top = inner.center().y() - (height + 8) // 2
        words = QRect(inner.left(), top, inner.width(), height)
        shown = painter.fontMetrics().elidedText(track.word, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        paint_track(
            painter, QRectF(inner.left(), top + height + 2, inner.width(), 5), track, palette, height=5
        )

    def _paint_change(
        self, painter: QPainter, inner: QRect, change: OldNew, font: QFont, palette: QPalette, ink: QColor
    ) -> None:
        """The old value struck through and muted, then the new one."""
        colours = tokens(palette)
        struck = QFont(font)
        struck.setStrikeOut(True)
        painter.setFont(struck)
        painter.setPen(QColor(colours.muted))
        old = painter.fontMetrics().elidedText(
            change.old or "leer", Qt.TextElideMode.ElideRight, inner.width() // 2
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(left), old)
        rest = inner.adjusted(painter.fontMetrics().horizontalAdvance(old) + 8, 0, 0, 0)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(ink)
        new = painter.fontMetrics().elidedText(
            change.new or "leer", Qt.TextElideMode.ElideRight, max(rest.width(), 0)
        )
        painter.drawText(rest, int(left), new)

    def _ground(self, colours: Tokens, selected: bool, position: int) -> QColor | None:
        if selected:
            return QColor(colours.accent_tint)
        tone = self.toned(position) if self.toned is not None else None
        if tone is not None:
            return colours.tint(tone)
        return QColor(colours.hover) if position == self.hovered else None
