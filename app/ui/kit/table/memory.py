"""Remembers the head of a table from one start to the next: widths, order, hidden columns, sorting, filter row."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from app.ui.kit.table.header import Header
from app.ui.kit.timers import later
from app.ui.preferences import page_state


class Memory(QObject):
    """Restores the head of a table at once and notes changes to it after a short pause."""

    def __init__(self, table_id: str, header: Header) -> None:
        super().__init__(header)
        self._state = page_state(f"table/{table_id}")
        self._header = header
        self._pause = later(self, self.save, 300)

    def restore(self) -> None:
        """Put the head as it was left, or as declared."""
        kept, header = self._state.get(), self._header
        widths, hidden = _dict(kept.get("widths")), _dict(kept.get("hidden"))
        positions = {column.key: position for position, column in enumerate(header.columns)}
        for position, column in enumerate(header.columns):
            width = widths.get(column.key)
            header.set_width(position, width if isinstance(width, int) else column.start_width)
            header.setSectionHidden(position, bool(hidden.get(column.key, column.hidden)))
        order = kept.get("order")
        for place, key in enumerate(order if isinstance(order, list) else ()):
            if key in positions:
                header.moveSection(header.visualIndex(positions[key]), place)
        sorting = _dict(kept.get("sort"))
        if sorting.get("key") in positions:
            direction = Qt.SortOrder.DescendingOrder if sorting.get("down") else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(positions[sorting["key"]], direction)
        header.show_filter_row(bool(kept.get("filter_row", False)))
        for signal in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            signal.connect(self.note)

    @property
    def sorted(self) -> bool:
        """An order was chosen and kept."""
        return bool(_dict(self._state.get().get("sort")))

    def note(self) -> None:
        """Something changed; keep it soon."""
        self._pause.start()

    def save(self) -> None:
        """Keep it now."""
        header, columns = self._header, self._header.columns
        sorted_by = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        places = dict(enumerate(columns))
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        sort = {"key": columns[sorted_by].key, "down": descending} if sorted_by in places else {}
        hidden = {column.key: header.isSectionHidden(at) for at, column in places.items()}
        widths = {
            column.key: round(header.sectionSize(at) / header.scale)
            for at, column in places.items()
            if not hidden[column.key] and not column.stretch
        }
        order = [columns[header.logicalIndex(place)].key for place in range(header.count())]
        self._state.set(
            {
                "order": order,
                "widths": widths,
                "hidden": hidden,
                "sort": sort,
                "filter_row": header.filter_row,
            }
        )

    def reset(self) -> None:
        """As declared again."""
        self._state.set({})
        for position, column in enumerate(self._header.columns):
            self._header.moveSection(self._header.visualIndex(position), position)
            self._header.setSectionHidden(position, column.hidden)
            self._header.set_width(position, column.start_width)
        self._header.fit()

    def rescale(self, scale: float) -> None:
        """The text has another size: every column keeps what it shows. Widths are kept as for normal text."""
        header = self._header
        factor, header.scale = scale / header.scale, scale
        for position in range(header.count()):
            if not header.isSectionHidden(position):
                header.resizeSection(position, round(header.sectionSize(position) * factor))
        header.fit()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
