"""Gives every column of a table the width it needs, as far as there is room, unless she has dragged its border."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.ui.kit.table.columns import NEVER_CUT, Column
from app.ui.kit.table.header import ARROW, PAD, Header
from app.ui.kit.table.widths import Wish, shared

Measure = Callable[[int], int]
"""The width in pixels in which nothing in the column at this position is cut, its title aside."""


class Fitting(QObject):
    """Shares the room among the columns whenever the room, the rows or the text change.

    `dragged`: the widths she chose by dragging a border or clicking it twice, in pixels at 100 %. `decided`: columns
    she has shown or hidden herself; others come and go with the room.
    """

    decided_anew = Signal()

    def __init__(self, header: Header, measure: Measure) -> None:
        super().__init__(header)
        self._header = header
        self._measure = measure
        self._needs: dict[int, tuple[int, int]] = {}
        self._fitting = False
        self._by_mouse = False
        self.dragged: dict[int, int] = {}
        self.decided: dict[int, bool] = {}
        header.sectionResized.connect(self._resized)
        header.sortIndicatorChanged.connect(self._sorted)
        header.viewport().installEventFilter(self)

    def forget_needs(self) -> None:
        """Other rows, titles or letters: what the columns need is measured again when it is next asked."""
        self._needs.clear()

    def remeasure(self) -> None:
        """Measure again and share the room anew."""
        self.forget_needs()
        self.fit()

    def fit(self) -> None:
        """Show the columns there is room for, each as wide as it should be."""
        header = self._header
        if self._fitting or not header.isVisible():
            return
        self._fitting = True
        try:
            room = header.viewport().width()
            shown = self._choose(room)
            for position in range(header.count()):
                header.setSectionHidden(position, position not in shown)
            widths = shared([self._wish(position) for position in shown], room)
            for position, width in zip(shown, widths, strict=True):
                if header.sectionSize(position) != width:
                    header.resizeSection(position, width)
        finally:
            self._fitting = False
        header.place_fields()

    def toggle(self, position: int) -> None:
        """Show a hidden column, hide a shown one; the last one that is shown stays."""
        hidden = self._header.isSectionHidden(position)
        if hidden or len(self._header.shown_positions()) > 1:
            self.decided[position] = hidden
            self._header.setSectionHidden(position, not hidden)
            self.fit()
            self._header.place_fields()
            self.decided_anew.emit()

    def show_whole(self, position: int) -> None:
        """As wide as its longest words, and from now on her choice."""
        self.dragged[position] = round(self._need(position)[0] / self._header.scale)
        self.fit()
        self.decided_anew.emit()

    def reset(self) -> None:
        """As declared again."""
        self.dragged.clear()
        self.decided.clear()
        for position, column in enumerate(self._header.columns):
            self._header.setSectionHidden(position, column.hidden)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Resize, QEvent.Type.Show):
            self.fit()  # the head has its new room when its viewport hears of it
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_mouse = True
        elif kind == QEvent.Type.MouseButtonRelease:
            self._by_mouse = False
            QTimer.singleShot(0, self, self.fit)  # after the header has heard of it
        return super().eventFilter(watched, event)

    def _resized(self, position: int, old: int, new: int) -> None:
        """She has dragged a border; the other columns follow when she lets it go."""
        if self._fitting or not old or not new:
            return
        self.dragged[position] = round(new / self._header.scale)
        self._header.place_fields()
        self.decided_anew.emit()
        if not self._by_mouse:
            QTimer.singleShot(0, self, self.fit)

    def _sorted(self) -> None:
        """Another title carries the arrow."""
        self.remeasure()

    def _choose(self, room: int) -> list[int]:
        """The positions of the columns to show: those always shown, and in order those there is room for."""
        columns = self._header.columns
        shown = [at for at, column in enumerate(columns) if self.decided.get(at, not column.hidden)]
        left = room - sum(self._wish(at).comfort for at in shown)
        for position, column in enumerate(columns):
            if column.roomy and position not in self.decided:
                asked = self._wish(position).modest
                if asked <= left:
                    left -= asked
                    shown.append(position)
        return sorted(shown)

    def _wish(self, position: int) -> Wish:
        column, scale = self._header.columns[position], self._header.scale
        if position in self.dragged:
            width = round(self.dragged[position] * scale)
            return Wish(width, width, width, fixed=True)
        whole, values = self._need(position)
        least = values if column.kind in NEVER_CUT else min(whole, round(column.least_width * scale))
        least = max(least, self._header.minimumSectionSize())
        return Wish(least, round(column.start_width * scale), whole, stretch=column.stretch)

    def _need(self, position: int) -> tuple[int, int]:
        """The widths that show the title and all values, and the values alone."""
        if position not in self._needs:
            values = self._measure(position)
            self._needs[position] = max(values, self._title(self._header.columns[position], position)), values
        return self._needs[position]

    def _title(self, column: Column[object], position: int) -> int:
        header = self._header
        arrow = header.isSortIndicatorShown() and header.sortIndicatorSection() == position
        return (
            header.title_metrics().horizontalAdvance(column.title) + 2 * PAD + (ARROW + 2 if arrow else 0) + 2
        )
