"""The head of a table: titles with the sort arrow beside them, and below them a row of filter fields."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.table.columns import RIGHT_ALIGNED, Column, Kind
from app.ui.kit.table.conditions import COMPARED, HINT_COMPARED, HINT_TEXT
from app.ui.kit.table.model import TableModel
from app.ui.kit.timers import later
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import LEFT, small_font, strong_font

PAD = 8
ARROW = 14
BUTTON = 20
FIELD_HEIGHT = 26
"""Of a filter field in pixels, for text of normal size."""
TYPING_PAUSE_MS = 150


class Header(QHeaderView):
    """Titles and filter fields; fitting.py gives the columns their widths.

    `entered(column, text)` tells what was typed below a title. Where `filters(column)` is said, a title has a button,
    seen while the mouse is over it or its filter is at work; `filter_wanted(column)` tells that it was pressed.
    """

    entered = Signal(int, str)
    filter_wanted = Signal(int)
    rows_wanted = Signal()

    def __init__(self, model: TableModel[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.scale = parent.font().pointSizeF() / 10
        self.filters: Callable[[int], bool] | None = None
        self._hovered = -1
        self._fields: list[QLineEdit] = []
        self._changed: set[int] = set()
        self._pause = later(self, self._tell, TYPING_PAUSE_MS)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setMouseTracking(True)
        self.sectionMoved.connect(self.place_fields)
        self.sectionCountChanged.connect(self.place_fields)

    # ---- columns ----

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """All columns as declared, shown or not."""
        return self._model.columns

    def shown_positions(self) -> list[int]:
        """Where the columns that can be seen stand among those declared, from left to right."""
        order = map(self.logicalIndex, range(self.count()))
        return [position for position in order if not self.isSectionHidden(position)]

    def title_metrics(self) -> QFontMetrics:
        """Of the letters in which titles are written."""
        return QFontMetrics(strong_font(small_font(self.font())))

    # ---- filter by values ----

    def filter_button(self, section: int) -> QRect:
        """Where the button of a title is, in the viewport; empty where it has none."""
        if self.filters is None or self.columns[section].kind is Kind.BAR:
            return QRect()
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        top = (self._title_height() - BUTTON) // 2
        return QRect(right - BUTTON - 5, top, BUTTON, BUTTON)  # the border itself is dragged

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        pressed = event.button() == Qt.MouseButton.LeftButton and section >= 0
        if pressed and self.filter_button(section).contains(event.position().toPoint()):
            self.filter_wanted.emit(section)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _paint_button(self, painter: QPainter, section: int) -> int:
        """The width that the button of a title takes; 0 while it is not seen."""
        box = self.filter_button(section)
        at_work = self.filters is not None and self.filters(section)
        if box.isEmpty() or not (at_work or section == self._hovered):
            return 0
        colours = tokens(self.palette())
        if at_work:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_tint))
            painter.drawRoundedRect(box, 4, 4)
        picture = QRectF(box).adjusted(3, 3, -3, -3)
        ink = QColor(colours.accent if at_work else colours.muted)
        paint_icon(painter, "filter" if at_work else "chevron-down", picture, ink)
        return BUTTON

    # ---- filter row ----

    @property
    def filter_row(self) -> bool:
        """Whether the filter fields are shown."""
        return bool(self._fields)

    def show_filter_row(self, shown: bool) -> None:
        """Show or take away the fields; taking away empties them."""
        if shown == self.filter_row:
            return
        if shown:
            self._fields = [self._field(position) for position in range(len(self.columns))]
        else:
            self._pause.stop()
            for position, field in enumerate(self._fields):
                if field.text():
                    self.entered.emit(position, "")
                field.deleteLater()
            self._fields = []
        self.updateGeometry()
        self.geometriesChanged.emit()
        self.place_fields()

    def field(self, column: int) -> QLineEdit:
        """The filter field of a column."""
        return self._fields[column]

    def clear_fields(self) -> None:
        """Empty all fields, without telling."""
        for field in self._fields:
            field.clear()  # the cross in it goes only where the field tells of it
        self._changed.clear()
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a field has no use for: it is about the column or leads on to the rows, and opens none of them."""
        place = next((at for at, field in enumerate(self._fields) if field.hasFocus()), -1)
        down = event.key() == Qt.Key.Key_Down
        if place >= 0 and down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.filter_wanted.emit(place)
        elif place >= 0 and (down or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.rows_wanted.emit()
        else:
            super().keyPressEvent(event)

    def place_fields(self) -> None:
        """Put each field below its title; that of a hidden column is emptied: nobody would see what it filters."""
        top = self._title_height()
        for position, field in enumerate(self._fields):
            hidden = self.isSectionHidden(position)
            field.setVisible(not hidden)
            if hidden:
                field.clear()
            left = self.sectionViewportPosition(position)
            field.setGeometry(left + 3, top, max(self.sectionSize(position) - 6, 0), FIELD_HEIGHT)

    def _field(self, position: int) -> QLineEdit:
        column = self.columns[position]
        field = in_zone(QLineEdit(self.viewport()), Zone.FILTERS)
        field.setProperty("role", "filter")
        field.setPlaceholderText("Filter")
        field.setToolTip(HINT_COMPARED if column.kind in COMPARED else HINT_TEXT)
        field.setAccessibleName(f"Filter für {column.title}")
        field.setClearButtonEnabled(True)
        field.setCursor(Qt.CursorShape.IBeamCursor)
        field.textChanged.connect(lambda _text, position=position: self._typed(position))
        return field

    def _typed(self, position: int) -> None:
        self._changed.add(position)
        self._pause.start()

    def _tell(self) -> None:
        changed, self._changed = self._changed, set()
        for position in changed:
            if position < len(self._fields):
                self.entered.emit(position, self._fields[position].text())

    # ---- drawing ----

    def sizeHint(self) -> QSize:
        height = self._title_height() + (FIELD_HEIGHT + 6 if self._fields else 0)
        return QSize(super().sizeHint().width(), height)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place_fields()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = tokens(self.palette())
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column, button = self.columns[section], self._paint_button(painter, section)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        painter.setFont(strong_font(small_font(self.font())))
        painter.setPen(QColor(colours.text if sorted_here else colours.muted))
        inner = QRect(
            rect.left() + PAD, rect.top(), rect.width() - 2 * PAD - button, self._title_height() - 1
        )
        room = inner.width() - (ARROW + 2 if sorted_here else 0)
        title = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(title)
        right = column.kind in RIGHT_ALIGNED
        left = inner.right() - width + 1 if right else inner.left()
        words = QRect(left, inner.top(), width + 1, inner.height())
        painter.drawText(words, LEFT, title)
        arrow_left = words.left() - ARROW - 2 if right else words.right() + 2
        if sorted_here:
            rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            square = QRectF(arrow_left, inner.center().y() - ARROW / 2 + 1, ARROW, ARROW)
            paint_icon(painter, "arrow-up" if rising else "arrow-down", square, QColor(colours.accent))
        if self.visualIndex(section) < self.count() - 1:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(
                rect.right(), rect.top() + 9, rect.right(), rect.top() + self._title_height() - 10
            )
        painter.restore()

    def _title_height(self) -> int:
        return max(self.fontMetrics().height() + 16, 32)
