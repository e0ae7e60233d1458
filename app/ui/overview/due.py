"""What the overview shows of a deadline: which column it belongs to and in which words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.dates import german
from app.domain.deadlines import Deadline
from app.ui.tokens import Tone
from app.ui.widgets.figures import Pill

SOON_DAYS = 30

Key = tuple[str, str, int, date]
"""Names a deadline: kind, table, row, day (its mark hangs on the same)."""


class Urgency(StrEnum):
    """The three columns."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


TONES = {Urgency.OVERDUE: Tone.DANGER, Urgency.SOON: Tone.WARNING, Urgency.LATER: Tone.NEUTRAL}
ICONS = {Urgency.OVERDUE: "warning", Urgency.SOON: "clock", Urgency.LATER: "calendar"}


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with the words of its row."""

    deadline: Deadline
    urgency: Urgency
    pill: Pill
    day: str
    about: str

    @property
    def key(self) -> Key:
        return key_of(self.deadline)

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for screen readers."""
        return f"{self.day}, {self.pill.text}: {self.deadline.title}, {self.about}"


def key_of(deadline: Deadline) -> Key:
    """What names this deadline."""
    return (deadline.kind.value, deadline.about.table, deadline.about.id, deadline.day)


def due(deadline: Deadline, today: date) -> Due:
    """How a deadline is shown on a day."""
    left = deadline.days_left(today)
    urgency = Urgency.OVERDUE if left < 0 else Urgency.SOON if left <= SOON_DAYS else Urgency.LATER
    about = " · ".join(part for part in (deadline.record, deadline.who) if part)
    return Due(
        deadline,
        urgency,
        Pill(days_left(left), TONES[urgency], ICONS[urgency]),
        german(deadline.day),
        about,
    )


def days_left(days: int) -> str:
    """ "heute", "in 12 Tagen", "seit 3 Tagen" """
    match days:
        case 0:
            return "heute"
        case 1:
            return "morgen"
        case -1:
            return "seit gestern"
    return f"in {days} Tagen" if days > 0 else f"seit {-days} Tagen"


def dates_beside(deadline: Deadline) -> list[str]:
    """Further days that matter: when to send a notice, the working day after a weekend."""
    lines = []
    if deadline.sending is not None:
        lines.append(f"Spätestens am {german(deadline.sending)} absenden.")
    if deadline.next_working_day is not None:
        lines.append(f"Nächster Arbeitstag: {german(deadline.next_working_day)}.")
    return lines
