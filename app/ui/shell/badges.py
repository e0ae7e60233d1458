"""The count of overdue deadlines at the overview's entry, kept true after every change."""

from PySide6.QtCore import QObject

from app.ui.context import Context
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.shell.navigation import Badge, Navigation

PAGE = "overview"
AFTER_START_MS = 300
"""The first page comes first."""


class OverdueBadge(QObject):
    """Counts once for each turn of the event loop, and only when something that matters has changed."""

    def __init__(self, context: Context, navigation: Navigation) -> None:
        super().__init__(navigation)
        self._context = context.own(self)
        self._navigation = navigation
        self._due = later(self, self._show)
        self._due.start(AFTER_START_MS)
        self._context.outdated.connect(lambda _: self._due.start(0))

    def _show(self) -> None:
        from app.services.deadlines.deadlines import (
            deadlines,  # with all its rules, so not before the window shows
        )

        self._context.forget_reads()
        today = self._context.today()
        count = sum(deadline.day < today for deadline in self._context.ask(deadlines, today, 0))
        self._navigation.show_badge(PAGE, Badge(count, Tone.DANGER, "überfällig") if count else None)
