"""Remembers the head of a table from one start to the next: widths she dragged, order, columns, sorting, filter row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.ui.kit.table.fitting import Fitting
from app.ui.kit.table.header import Header
from app.ui.kit.timers import later
from app.ui.preferences import page_state


class Memory(QObject):
    """Restores the head of a table at once and notes changes to it after a short pause."""

    def __init__(self, table_id: str, header: Header, fitting: Fitting) -> None:
        super().__init__(header)
        self._state = page_state(f"table/{table_id}")
        self._header = header
        self._fitting = fitting
        self._pause = later(self, self.save, 300)
        self._hers = True

    def restore(self) -> None:
        """Put the head as it was left, or as declared."""
        kept, header = self._state.get(), self._header
        positions = {column.key: position for position, column in enumerate(header.columns)}
        for key, width in _dict(kept.get("dragged")).items():
            if key in positions and isinstance(width, int):
                self._fitting.dragged[positions[key]] = width
        for key, shown in _dict(kept.get("decided")).items():
            if key in positions:
                self._fitting.decided[positions[key]] = bool(shown)
        for position, column in enumerate(header.columns):
            shown = self._fitting.decided.get(position, not column.hidden)
            header.setSectionHidden(position, not shown)
        order = kept.get("order")
        for place, key in enumerate(order if isinstance(order, list) else ()):
            if key in positions:
                header.moveSection(header.visualIndex(positions[key]), place)
        sorting = _dict(kept.get("sort"))
        if sorting.get("key") in positions:
            direction = Qt.SortOrder.DescendingOrder if sorting.get("down") else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(positions[sorting["key"]], direction)
        header.show_filter_row(bool(kept.get("filter_row", False)))
        for signal in (self._fitting.decided_anew, header.sectionMoved, header.sortIndicatorChanged):
            signal.connect(self.note)

    @property
    def sorted(self) -> bool:
        """An order was chosen and kept."""
        return bool(_dict(self._state.get().get("sort")))

    def note(self) -> None:
        """Something changed; keep it soon."""
        if self._hers:
            self._pause.start()

    @contextmanager
    def declared(self) -> Iterator[None]:
        """What the program itself does to the head inside is no choice of hers: nothing is kept."""
        self._hers = False
        try:
            yield
        finally:
            self._hers = True

    def save(self) -> None:
        """Keep it now."""
        header, columns = self._header, self._header.columns
        sorted_by = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        places = dict(enumerate(columns))
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        sort = {"key": columns[sorted_by].key, "down": descending} if sorted_by in places else {}
        order = [columns[header.logicalIndex(place)].key for place in range(header.count())]
        self._state.set(
            {
                "order": order,
                "dragged": {columns[at].key: width for at, width in self._fitting.dragged.items()},
                "decided": {columns[at].key: shown for at, shown in self._fitting.decided.items()},
                "sort": sort,
                "filter_row": header.filter_row,
            }
        )

    def reset(self) -> None:
        """As declared again."""
        self._state.set({})
        for position in range(self._header.count()):
            self._header.moveSection(self._header.visualIndex(position), position)
        self._fitting.reset()


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
