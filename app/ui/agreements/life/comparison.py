"""Shows the changes of an amendment, old beside new: in words, so that they are read without colours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.agreements.amendments import AmendedPoint
from app.ui.kit.layout import grid
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.text import label, show_if


class ComparisonView(QWidget):
    """A small table "Was | Bisher | Neu"; what fell away is struck through."""

    def __init__(self, changes: Sequence[AmendedPoint] = ()) -> None:
        super().__init__()
        self._grid = grid(on=self, shares=(2, 3, 3), spacing=(12, 6))
        self._shown: tuple[AmendedPoint, ...] | None = None
        self.show_changes(changes)

    def show_changes(self, changes: Sequence[AmendedPoint]) -> None:
        """Show these; nothing moves while they stay the same."""
        if tuple(changes) == self._shown:
            return
        self._shown = tuple(changes)
        clear_layout(self._grid)
        show_if(self, bool(changes))
        if not changes:
            return
        for column, title in enumerate(("Was", "Bisher", "Neu")):
            self._grid.addWidget(label(title, "caption"), 0, column)
        for row, change in enumerate(changes, start=1):
            before = label(change.before or "–", "muted", wrap=True, selectable=True)
            if change.before:
                font = before.font()
                font.setStrikeOut(True)
                before.setFont(font)
            before.setAccessibleName(f"{change.what}, bisher: {change.before or 'nichts'}")
            after = label(change.after or "–", "strong", wrap=True, selectable=True)
            after.setAccessibleName(f"{change.what}, neu: {change.after or 'nichts'}")
            for column, widget in enumerate((label(change.what, wrap=True), before, after)):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
