"""The count of overdue deadlines at the overview's entry, kept true after every change."""

from PySide6.QtCore import QObject, QTimer

from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.shell.navigation import Badge, Navigation
from db.database import Changed

PAGE = "overview"
AFTER_START_MS = 300
"""The first page comes first."""
WATCHED = frozenset(
    {
        "agreement", "goal", "grant", "draw_down", "booking", "budget", "offer", "contact", "deadline_mark", "party",
    }
)  # fmt: skip


class OverdueBadge(QObject):
    """Counts once for each turn of the event loop, and only when something that matters has changed."""

    def __init__(self, context: Context, navigation: Navigation) -> None:
        super().__init__(navigation)
        self._context = context
        self._navigation = navigation
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._show)
        self._due.start(AFTER_START_MS)
        context.changed.connect(self._hear)

    def _hear(self, changed: Changed) -> None:
        if changed.tables & WATCHED:
            self._due.start(0)

    def _show(self) -> None:
        from app.services.deadlines.deadlines import (
            deadlines,  # with all its rules, so not before the window shows
        )

        today = self._context.today()
        count = sum(deadline.day < today for deadline in self._context.ask(deadlines, today, 0))
        self._navigation.show_badge(PAGE, Badge(count, Tone.DANGER, "überfällig") if count else None)
