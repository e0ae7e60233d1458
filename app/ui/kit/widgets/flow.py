"""A layout that sets things side by side and begins a new line where room ends."""

from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down; all with the same distance, those of one line level with each other.

    `one_line`: it would like to have room for all of them beside each other. `right`: they stand at the right
    end, in the middle of the height there is.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 6,
        *,
        one_line: bool = False,
        right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._one_line, self._right = one_line, right
        self._items: list[QLayoutItem] = []
        self._height_for: dict[int, int] = {}
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before the one at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Asked many times before anything in it changes."""
        if width not in self._height_for:
            self._height_for[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._height_for[width]

    def invalidate(self) -> None:
        self._height_for.clear()
        self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self.heightForWidth(rect.width()) if self._right else 0
        self._arrange(rect.adjusted(0, max(spare, 0) // 2, 0, 0), move=True)

    def sizeHint(self) -> QSize:
        least = self.minimumSize()
        shown = [item.sizeHint().width() for item in self._items if not item.isEmpty()]
        if not self._one_line or not shown:
            return least
        return QSize(max(sum(shown) + self.spacing() * (len(shown) - 1), least.width()), least.height())

    def minimumSize(self) -> QSize:
        if self._least is None:
            self._least = self._least_size()
        return QSize(self._least)

    def _least_size(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        y = area.y()
        for line in self._lines(area.width()):
            height = max(size.height() for _, size in line)
            taken = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
            x = area.x() + (max(area.width() - taken, 0) if self._right else 0)
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        margins = self.contentsMargins()
        return max(y - self.spacing(), area.y()) - rect.y() + margins.bottom()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items of each line with their sizes; one that is wider than the room is made as narrow as it."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), room), hint.height()) if room > 0 else hint
            if not lines or size.width() > left:
                lines.append([])
                left = room
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines


class EndsFlow(FlowLayout):
    """Words at the left of a line, something of its own size at the right; below the words where it has no room."""

    def __init__(self, words: QWidget, other: QWidget | None) -> None:
        super().__init__(spacing=8, one_line=True)
        for widget in filter(None, (words, other)):
            self.addWidget(widget)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        items = [item for item in self._items if not item.isEmpty()]
        if not items or room <= 0:
            return super()._lines(room)
        words, *others = items
        found = [
            (other, other.sizeHint().boundedTo(QSize(room, other.sizeHint().height()))) for other in others
        ]
        left = room - sum(size.width() + self.spacing() for _, size in found)
        beside = left >= words.minimumSize().width()
        [(_, height)] = _heights([[words]], left if beside else room)
        first = (words, QSize(left if beside else room, height))
        return [[first, *found]] if beside else [[first], *([one] for one in found)]


class EqualFlow(FlowLayout):
    """All as wide as each other and as high as their neighbours, in as few lines as the widest of them allows."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 12) -> None:
        super().__init__(parent, spacing, one_line=True)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        items = [item for item in self._items if not item.isEmpty()]
        if not items:
            return []
        least = max(item.minimumSize().width() for item in items)
        fitting = max((room + self.spacing()) // (least + self.spacing()), 1)
        many = ceil(len(items) / ceil(len(items) / fitting))  # 2 and 2, not 3 and 1
        width = (room - self.spacing() * (many - 1)) // many
        lines = [items[start : start + many] for start in range(0, len(items), many)]
        return [[(item, QSize(width, height)) for item in line] for line, height in _heights(lines, width)]


def _heights(lines: list[list[QLayoutItem]], width: int) -> Iterator[tuple[list[QLayoutItem], int]]:
    """Each line with the height of its highest item."""
    for line in lines:
        yield (
            line,
            max(
                item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                for item in line
            ),
        )


def flowing(*widgets: QWidget, spacing: int = 8, right: bool = False) -> QWidget:
    """These widgets beside each other, in as many lines as their room asks for; `right`: at the end of their line."""
    box = QWidget()
    line = FlowLayout(box, spacing, one_line=right, right=right)
    for widget in widgets:
        line.addWidget(widget)
    return box
