"""Words of target and cooperation agreements: kinds, stages, notice, goals."""

from enum import StrEnum


class AgreementKind(StrEnum):
    TARGET = "target"
    COOPERATION = "cooperation"


class Stage(StrEnum):
    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    READY_TO_SIGN = "ready_to_sign"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    TERMINATED = "terminated"
    ENDED = "ended"


class NoticeUnit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class NoticeEffect(StrEnum):
    """When a notice may take effect."""

    END_OF_TERM = "end_of_term"
    END_OF_MONTH = "end_of_month"
    END_OF_QUARTER = "end_of_quarter"
    END_OF_HALF_YEAR = "end_of_half_year"
    END_OF_YEAR = "end_of_year"


class GoalState(StrEnum):
    OPEN = "open"
    RUNNING = "running"
    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"
