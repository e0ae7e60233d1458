"""The closed lists of an agreement's later life: changes of goals, notices, and kinds of papers."""

from app.domain.terms import Worded


class GoalAction(Worded):
    """What an amendment does to a goal."""

    ADD = "add", "kommt dazu"
    CHANGE = "change", "wird geändert"
    DROP = "drop", "entfällt"


class NoticeDirection(Worded):
    """Who gave notice: the city sent it, or a partner's was received."""

    SENT = "sent", "die Stadt"
    RECEIVED = "received", "der Partner"


class PaperKind(Worded):
    """What a frozen paper is."""

    AGREEMENT = "agreement", "Vereinbarung"
    AMENDMENT = "amendment", "Nachtrag"
    TERMINATION = "termination", "Kündigung"
    REMINDER = "reminder", "Erinnerung"
    INVITATION = "invitation", "Einladung zum Jahresgespräch"
    YEARLY_TALK = "yearly_talk", "Bogen zum Jahresgespräch"
    CONFIRMATION = "confirmation", "Bestätigung einer Kündigung"
    LETTER = "letter", "Brief"


LETTERS = frozenset(PaperKind) - {PaperKind.AGREEMENT, PaperKind.AMENDMENT, PaperKind.YEARLY_TALK}
"""What is sent; the others are signed or filled in."""
