"""Words and urgency of a deadline on the overview, and the column it belongs to."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline, DeadlineKind
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill

SOON_DAYS = 30

Key = tuple[str, str, int, date]
"""Names a deadline: kind, table, row, day (its mark hangs on the same)."""


class Urgency(StrEnum):
    """The three columns."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


class DueAction(StrEnum):
    """What can be done with a deadline where it is shown."""

    OPEN = "open"
    DONE = "done"
    SNOOZE = "snooze"
    SHEET = "sheet"  # of a yearly talk
    ERASE = "erase"  # a contact past its day


TONES = {Urgency.OVERDUE: Tone.DANGER, Urgency.SOON: Tone.WARNING, Urgency.LATER: Tone.NEUTRAL}
ICONS = {Urgency.OVERDUE: "warning", Urgency.SOON: "clock", Urgency.LATER: "calendar"}


@dataclass(frozen=True, slots=True)
class DueRow:
    """A deadline as it stands on a day; the words of its row are made when it is drawn."""

    deadline: Deadline
    left: int

    @property
    def urgency(self) -> Urgency:
        """Overdue, within `SOON_DAYS`, or later."""
        if self.left < 0:
            return Urgency.OVERDUE
        return Urgency.SOON if self.left <= SOON_DAYS else Urgency.LATER

    @property
    def pill(self) -> Pill:
        """The days left, in the tone of their urgency."""
        return Pill(days_left(self.left), TONES[self.urgency], ICONS[self.urgency])

    @property
    def day(self) -> str:
        """The date in German."""
        return german(self.deadline.day)

    @property
    def about(self) -> str:
        """Of which record, and who must act."""
        return " · ".join(part for part in (self.deadline.record, self.deadline.who) if part)

    def allows(self, action: DueAction) -> bool:
        """Whether this can be done with it. The day of a contact is kept by erasing it, not by ticking it off."""
        match action:
            case DueAction.SHEET:
                return self.deadline.kind is DeadlineKind.YEARLY_TALK
            case DueAction.ERASE:
                return self.deadline.kind is DeadlineKind.CONTACT_DELETION
            case DueAction.DONE:
                return self.deadline.kind is not DeadlineKind.CONTACT_DELETION
        return True

    @property
    def key(self) -> Key:
        """What names the deadline."""
        return key_of(self.deadline)

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for screen readers."""
        return f"{self.day}, {self.pill.text}: {self.deadline.title}, {self.about}"


def key_of(deadline: Deadline) -> Key:
    """What names this deadline."""
    return (deadline.kind.value, deadline.about.table, deadline.about.id, deadline.day)


def due(deadline: Deadline, today: date) -> DueRow:
    """How a deadline is shown on a day."""
    return DueRow(deadline, deadline.days_left(today))


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


def dates_beside(due: DueRow) -> list[str]:
    """Further days that matter: when to send a notice, since when it reminds, the working day after a weekend."""
    deadline = due.deadline
    lines = []
    if deadline.sending is not None:
        lines.append(f"Spätestens am {german(deadline.sending)} absenden.")
    if due.left >= 0 and (since := deadline.reminded_since(deadline.day - timedelta(days=due.left))):
        lines.append(f"Erinnerung seit {german(since)}.")
    if deadline.next_working_day is not None:
        lines.append(f"Nächster Arbeitstag: {german(deadline.next_working_day)}.")
    return lines
