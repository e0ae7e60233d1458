"""The section of a profile with the dates that come next."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.ui.deadlines.due import Urgency, due
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

SHOWN = 5


class DatesSection(Section):
    """The next dates with days left; the rule stands in the tooltip, a click opens the record."""

    def __init__(self, deadlines: Sequence[Deadline], on: date, opened: Callable[[Deadline], object]) -> None:
        super().__init__("Nächste Termine")
        self.entries = [self._entry(deadline, on, opened) for deadline in deadlines[:SHOWN]]
        self.fill(*self.entries, nothing="In den nächsten zwölf Monaten ist nichts fällig.")
        if len(deadlines) > SHOWN:
            self.add(label(f"und {len(deadlines) - SHOWN} weitere, siehe Übersicht", "caption"))

    @staticmethod
    def _entry(deadline: Deadline, on: date, opened: Callable[[Deadline], object]) -> PressableEntry:
        return PressableEntry(
            deadline.title,
            f"{german(deadline.day)} · {deadline.record}",
            days_left(deadline, on),
            lambda: opened(deadline),
            tip=f"{deadline.rule}\nQuelle: {deadline.source}",
        )


def days_left(deadline: Deadline, on: date) -> Pill:
    """Louder the nearer the day is; overdue in danger."""
    shown = due(deadline, on)
    icon = "warning" if shown.urgency is Urgency.OVERDUE else ""
    return replace(shown.pill, icon=icon, rank=shown.left)
