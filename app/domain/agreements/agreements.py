"""The closed lists of agreements: kinds, stages, states of goals, notices, papers (domain.md, Words)."""

from datetime import date

from app.domain.dates import german
from app.domain.terms import Worded


class AgreementKind(Worded):
    """Target agreements say what a centre shall reach; cooperation agreements may hang on one of them."""

    TARGET = "target", "Zielvereinbarung", "ZV"
    COOPERATION = "cooperation", "Kooperationsvereinbarung", "KV"


class Stage(Worded):
    """The stages of an agreement, and of an amendment, in the order in which they are passed."""

    DRAFT = "draft", "Entwurf"
    NEGOTIATION = "negotiation", "in Abstimmung"
    READY_TO_SIGN = "ready_to_sign", "unterschriftsreif"
    SIGNED = "signed", "unterzeichnet"
    IN_FORCE = "in_force", "in Kraft"
    AMENDED = "amended", "geändert durch", "geändert"
    TERMINATED = "terminated", "gekündigt zum", "gekündigt"
    ENDED = "ended", "beendet"


BINDING_STAGES = frozenset({Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED, Stage.TERMINATED})
"""Stages in which an agreement counts for deadlines (exchange.md, section 4)."""

OWING_STAGES = BINDING_STAGES | {Stage.ENDED}
"""Stages in which what was promised is owed: money is paid, and proved, after the end too. Before, it is a plan."""


def stage_words(
    stage: Stage, *, starts: date | None = None, ends: date | None = None, amendment: int | None = None
) -> str:
    """A stage with what its word points to: "gekündigt zum 31.12.2026", "geändert durch Nachtrag 2".

    `starts`: the first day of one that is signed and does not act yet; `ends`: the day on which a notice takes effect;
    `amendment`: the number of the last amendment that acts. What is unknown is left out: "gekündigt".
    """
    match stage:
        case Stage.SIGNED if starts is not None:
            return f"gilt ab {german(starts)}"
        case Stage.AMENDED:
            return "geändert" if amendment is None else f"{stage.word} Nachtrag {amendment}"
        case Stage.TERMINATED:
            return "gekündigt" if ends is None else f"{stage.word} {german(ends)}"
    return stage.word


DRAFT_STAGES = frozenset({Stage.DRAFT, Stage.NEGOTIATION})
"""Stages in which a print is marked ENTWURF."""

BEFORE_BINDING = DRAFT_STAGES | {Stage.READY_TO_SIGN}
"""Stages in which signatures are still missing."""


class GoalState(Worded):
    """How far a goal is, as she says or the newest report does."""

    OPEN = "open", "offen"
    RUNNING = "running", "läuft"
    REACHED = "reached", "erreicht"
    PARTLY = "partly", "teilweise", "teilweise erreicht"
    MISSED = "missed", "verfehlt", "nicht erreicht"


UNFINISHED_GOALS = frozenset({GoalState.OPEN, GoalState.RUNNING})


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
