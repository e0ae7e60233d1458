"""The closed lists of an agreement's later life: changes of goals, notices, and kinds of papers."""

from enum import StrEnum


class GoalAction(StrEnum):
    """What an amendment does to a goal."""

    ADD = "add"
    CHANGE = "change"
    DROP = "drop"


class NoticeDirection(StrEnum):
    """Who gave notice: the city sent it, or a partner's was received."""

    SENT = "sent"
    RECEIVED = "received"


class PaperKind(StrEnum):
    """What a frozen paper is."""

    AGREEMENT = "agreement"
    AMENDMENT = "amendment"
    TERMINATION = "termination"
    REMINDER = "reminder"
    INVITATION = "invitation"
    YEARLY_TALK = "yearly_talk"
    CONFIRMATION = "confirmation"
    LETTER = "letter"


LETTERS = frozenset(PaperKind) - {PaperKind.AGREEMENT, PaperKind.AMENDMENT, PaperKind.YEARLY_TALK}
"""What is sent; the others are signed or filled in."""
