"""Looks through the open file for damage: on her wish, and once a week by itself beside the window."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.dates import german
from app.ui.context import Context
from app.ui.kit.texts import clock_time
from app.ui.preferences import page_state
from db.checks import Findings, examine

EVERY = timedelta(days=7)
KEPT = 8
"""Findings that are remembered word by word."""


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When the file was looked through last, and what was found: of all `count` findings the first ones."""

    at: datetime
    wrong: tuple[str, ...]
    count: int
    is_damaged: bool
    orphans: int

    @property
    def when(self) -> str:
        return f"{german(self.at.date())}, {clock_time(self.at)} Uhr"


class Checking(QObject):
    """There is one for each open file: `context.shared(Checking)`. What it found is remembered for this computer."""

    changed = Signal()
    found = Signal(object)  # LastCheck with something in it that she has not been told of yet

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._path = context.database.path
        self._state = page_state("settings/checks")
        self._is_running = False

    @property
    def last(self) -> LastCheck | None:
        """What is known of the file; None: it was never looked through here."""
        kept: Any = self._state.get().get(str(self._path))
        try:
            return LastCheck(
                datetime.fromisoformat(kept["at"]),
                tuple(map(str, kept["wrong"])),
                int(kept["count"]),
                bool(kept["is_damaged"]),
                int(kept["orphans"]),
            )
        except (TypeError, KeyError, ValueError):
            return None

    def look(self) -> None:
        """Once a week, quietly: it reads beside whatever she does, and ends when the window closes.

        Where something was wrong it may have been mended since, so it looks again.
        """
        last, now = self.last, self._context.now()
        is_fresh = last is not None and not last.wrong and timedelta() <= now - last.at < EVERY
        if self._is_running or is_fresh:
            return
        self._is_running = True
        self._context.do_later(
            "", lambda progress: examine(self._path, progress), self._tell, self._ended, owner=self
        )

    def keep(self, findings: Findings) -> None:
        """Remember what was found."""
        kept = {
            "at": self._context.now().isoformat(),
            "wrong": list(findings.wrong[:KEPT]),
            "count": len(findings.wrong),
            "is_damaged": bool(findings.damage),
            "orphans": len(findings.orphans),
        }
        self._state.update(**{str(self._path): kept})
        self.changed.emit()

    def _tell(self, findings: Findings) -> None:
        before = self.last
        self.keep(findings)
        now = self.last
        if now is not None and now.wrong and (before is None or before.wrong != now.wrong):
            self.found.emit(now)

    def _ended(self) -> None:
        self._is_running = False
