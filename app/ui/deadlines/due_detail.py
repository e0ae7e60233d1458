"""The unfolded part of a row: the rule behind the date, where it comes from, and what can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.domain.deadlines.deadlines import DeadlineKind
from app.ui.deadlines.due import DueAction, DueRow, dates_beside
from app.ui.kit.layout import column
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.text import button, label

PAD = 12


class DueDetail(QWidget):
    """Lies over the row, whose upper part shows through. `act` gets what is to be done, and the row."""

    def __init__(self, due: DueRow, top: int, act: Callable[[DueAction, DueRow], None]) -> None:
        super().__init__()
        self._due = due
        self._act = act
        deadline = due.deadline
        self._full_title = label(deadline.title, "strong", wrap=True)
        actions = FlowLayout(spacing=6)
        for action, words, tip in (
            (DueAction.OPEN, "Öffnen", "Eingabetaste"),
            (DueAction.DONE, "Erledigt", "Taste E"),
            (DueAction.SNOOZE, "Zurückstellen …", "Taste Z"),
        ):
            actions.addWidget(button(words, partial(act, action, due), tip=f"{words} ({tip})"))
        if deadline.kind is DeadlineKind.YEARLY_TALK:
            tip = "Alle Ziele mit Stand und Platz für Notizen"
            actions.addWidget(button("Bogen drucken …", partial(act, DueAction.SHEET, due), tip=tip))
        source = label(f"Quelle: {deadline.source}", "caption", wrap=True, selectable=True)
        self._column = column(
            self._full_title,
            *(label(line, wrap=True, selectable=True) for line in (deadline.rule, *dates_beside(due))),
            source if deadline.source else None,
            4,
            actions,
            on=self,
            spacing=4,
        )
        self.leave_room(top)

    def leave_room(self, top: int) -> None:
        """So many pixels of the row show through above."""
        self._column.setContentsMargins(PAD, top - 2, PAD, 10)

    def height_for(self, width: int) -> int:
        """Room it needs at a width; the title is repeated only where the row had to cut it."""
        metrics = QFontMetrics(self._full_title.font())
        title = self._due.deadline.title
        self._full_title.setVisible(metrics.horizontalAdvance(title) * 1.08 > width - 2 * PAD)
        return self._column.totalHeightForWidth(width)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._act(DueAction.OPEN, self._due)
