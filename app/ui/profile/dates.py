"""What is due next, as a section of a profile."""

from collections.abc import Callable, Sequence
from datetime import date

from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

SOON_DAYS = 30
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
        caption = f"{german(deadline.day)} · {deadline.record}"
        entry = PressableEntry(
            deadline.title,
            caption,
            days_left(deadline, on),
            tip=f"{deadline.rule}\nQuelle: {deadline.source}",
        )
        entry.clicked.connect(lambda: opened(deadline))
        return entry


def days_left(deadline: Deadline, on: date) -> Pill:
    """Louder the nearer the day is; overdue in danger."""
    days = deadline.days_left(on)
    if days < 0:
        words = "seit gestern" if days == -1 else f"seit {-days} Tagen"
        return Pill(words, Tone.DANGER, "warning", rank=days)
    words = "heute" if days == 0 else "morgen" if days == 1 else f"in {days} Tagen"
    return Pill(words, Tone.WARNING if days <= SOON_DAYS else Tone.NEUTRAL, rank=days)
