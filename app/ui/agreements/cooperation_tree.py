"""The tree of agreements: target agreements with what hangs on them, stand-alone cooperation agreements below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.domain.agreements.agreements import AgreementKind, Stage
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.cooperation import Branch, Tree
from app.ui.kit.choosing import choose_on_focus
from app.ui.kit.menu import Entry, menu, right_click
from app.ui.kit.plain import plain
from app.ui.kit.tokens import ROW_HEIGHT, tokens
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.painting import paint_pill, pill_size, write
from app.ui.stage_pills import stage_pill

ROW, PILL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
ALONE = "Eigenständige Kooperationsvereinbarungen"
NOBODY = "keine"
PAD = 6


class TreeCells(QStyledItemDelegate):
    """Number and title; below them the partners, and the stage as a pill at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 2 if index.data(ROW) is not None else 1
        height = lines * option.fontMetrics.height() + (2 * PAD + 4 if lines == 2 else 12)
        return QSize(160, max(height, ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = tokens(option.palette)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.accent_tint))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(colours.hover))
        row, pill = index.data(ROW), index.data(PILL)
        if row is None:
            painter.setPen(QColor(colours.muted))
            painter.setFont(option.font)
            write(painter, area.adjusted(PAD, 0, -PAD, 0), str(index.data()))
            return
        inner = area.adjusted(PAD, PAD - 2, -PAD, -PAD)
        height = option.fontMetrics.height()
        first = QRect(inner.left(), inner.top(), inner.width(), height)
        second = first.translated(0, height + 4)
        if isinstance(pill, Pill):
            width = round(pill_size(pill, option.font).width()) + 1
            place = QRectF(second.right() - width, second.top() - 2, width, height + 4)
            paint_pill(painter, place, pill, option.font, option.palette)
            second.setRight(second.right() - width - 8)
        painter.setFont(option.font)
        ink = colours.muted if row.stage is Stage.ENDED else colours.text
        for room, line, colour in (
            (first, f"{row.number} · {row.title}", ink),
            (second, row.partners or "noch ohne Partner", colours.muted),
        ):
            painter.setPen(QColor(colour))
            write(painter, room, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))


class CooperationTree(QTreeWidget):
    """`attach_wanted(id, parent id or None)`: by dragging or menu. Enter opens, Left and Right close and open."""

    attach_wanted = Signal(int, object)
    opened = Signal(int)
    add_below_wanted = Signal(int)
    current_row_changed = Signal(object)  # AgreementRow or None

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[int, QTreeWidgetItem] = {}
        self._closed: set[int] = set()
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName("Vereinbarungen und was an ihnen hängt")
        self.setItemDelegate(TreeCells(self))
        self.setIndentation(22)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        right_click(self, self.row_menu)
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))
        self.currentItemChanged.connect(lambda item, _before: self.current_row_changed.emit(row_of(item)))
        self.itemCollapsed.connect(lambda item: self._note_closed(item, closed=True))
        self.itemExpanded.connect(lambda item: self._note_closed(item, closed=False))

    def show_tree(self, tree: Tree, passes: Callable[[AgreementRow], bool]) -> None:
        """Show these; what was chosen, closed and scrolled stays. Hidden is what neither passes nor holds what does."""
        chosen, scrolled = self.current_row(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for branch in tree.targets:
            self._add(self.invisibleRootItem(), branch, passes)
        alone = QTreeWidgetItem(self.invisibleRootItem(), [f"{ALONE} ({len(tree.alone)})"])
        alone.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        for branch in tree.alone:
            self._add(alone, branch, passes)
        if not tree.alone:
            nobody = QTreeWidgetItem(alone, [NOBODY])
            nobody.setFlags(Qt.ItemFlag.ItemIsEnabled)
        alone.setExpanded(True)
        if chosen is not None and chosen.id in self._items:
            self.setCurrentItem(self._items[chosen.id])
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def current_row(self) -> AgreementRow | None:
        """The agreement with the keyboard cursor."""
        return row_of(self.currentItem())

    def select(self, agreement_id: int) -> None:
        """Go to an agreement."""
        item = self._items.get(agreement_id)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def row_menu(self) -> QMenu:
        """What can be done with the current agreement."""
        row = self.current_row()
        if row is None:
            return menu(self, passing=True)
        opens = Entry("Öffnen", partial(self.opened.emit, row.id), "agreements")
        if row.kind is AgreementKind.TARGET:
            below = partial(self.add_below_wanted.emit, row.id)
            return menu(
                self, (opens, Entry("Kooperationsvereinbarung anhängen …", below, "plus")), passing=True
            )
        above = row_of(self._items[row.id].parent())
        attach = partial(self.attach_wanted.emit, row.id)
        targets = [
            Entry(f"{other.number} · {other.title}", partial(attach, other.id), enabled=above != other)
            for other in self._targets()
        ]
        loose = Entry("Lösen (steht allein)", partial(attach, None), "unlink", enabled=above is not None)
        below_others = menu(self, targets, title="Anhängen an", icon="link")
        return menu(self, (opens, below_others, loose), passing=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        choose_on_focus(self, event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    # ---- dragging ----

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if self._drop_on(event.position().toPoint()) is None:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what is wanted; the tree follows once it is stored, so nothing is moved here."""
        found = self._drop_on(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if found is not None:
            self.attach_wanted.emit(*found)

    def _drop_on(self, at: QPoint) -> tuple[int, int | None] | None:
        """(dragged, where to) if a cooperation agreement is over something it can hang on, or over the loose ones."""
        dragged, target = self.current_row(), self.itemAt(at)
        if dragged is None or dragged.kind is not AgreementKind.COOPERATION or target is None:
            return None
        over = row_of(target)
        if over is None:
            return dragged.id, None
        return (dragged.id, over.id) if over.kind is AgreementKind.TARGET else None

    # ---- inside ----

    def _add(self, parent: QTreeWidgetItem, branch: Branch, passes: Callable[[AgreementRow], bool]) -> bool:
        row = branch.row
        item = QTreeWidgetItem(parent)
        item.setData(0, ROW, row)
        pill = stage_pill(row)
        item.setData(0, PILL, pill)
        words = f"{row.number} · {row.title}\n{row.partners}\n{pill.text}"
        item.setText(0, words.replace("\n", ", "))
        item.setToolTip(0, plain(words))
        self._items[row.id] = item
        below = [self._add(item, child, passes) for child in branch.children]
        item.setExpanded(row.id not in self._closed)
        shown = passes(row) or any(below)
        item.setHidden(not shown)
        return shown

    def _targets(self) -> list[AgreementRow]:
        rows = filter(None, map(row_of, self._items.values()))
        return [row for row in rows if row.kind is AgreementKind.TARGET and row.stage is not Stage.ENDED]

    def _open(self, item: QTreeWidgetItem | None) -> None:
        row = row_of(item)
        if row is not None:
            self.opened.emit(row.id)

    def _note_closed(self, item: QTreeWidgetItem, *, closed: bool) -> None:
        row = row_of(item)
        if row is not None:
            (self._closed.add if closed else self._closed.discard)(row.id)


def row_of(item: QTreeWidgetItem | None) -> AgreementRow | None:
    """The agreement of a line; None for a heading."""
    found = item.data(0, ROW) if item is not None else None
    return found if isinstance(found, AgreementRow) else None
