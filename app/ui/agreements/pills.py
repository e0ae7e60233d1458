"""The pills of agreements: states and lights of goals, dates to act by; the same wherever they are shown."""

from collections.abc import Sequence
from datetime import date

from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goal_light import GoalLight
from app.domain.dates import german
from app.services.agreements.agreement_register import AgreementRow
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills

GOAL_STATES = pills(
    {
        GoalState.OPEN: (Tone.NEUTRAL, "circle"),
        GoalState.RUNNING: (Tone.INFO, "half-circle"),
        GoalState.REACHED: (Tone.SUCCESS, "success"),
        GoalState.PARTLY: (Tone.WARNING, "half-circle"),
        GoalState.MISSED: (Tone.DANGER, "x"),
    }
)
LIGHTS = pills(
    {
        GoalLight.OVERDUE: (Tone.DANGER, "clock"),
        GoalLight.AT_RISK: (Tone.WARNING, "warning"),
        GoalLight.UNREPORTED: (Tone.NEUTRAL, "dashed-circle"),
        GoalLight.MISSED: (Tone.DANGER, "x"),
        GoalLight.PARTLY: (Tone.WARNING, "half-circle"),
        GoalLight.ON_TRACK: (Tone.INFO, "arrow-right"),
        GoalLight.REACHED: (Tone.SUCCESS, "success"),
    }
)
NAMES_SAID = 2
SOON_DAYS = 90
VERY_SOON_DAYS = 30


def few_names(names: Sequence[str], between: str = ", ") -> str:
    """The first names, and how many more there are: thirty partners would fill half a page."""
    if len(names) <= NAMES_SAID + 1:
        return between.join(names)
    return f"{between.join(names[:NAMES_SAID])} und {len(names) - NAMES_SAID} weitere"


def act_by_pill(row: AgreementRow, on: date) -> Pill | None:
    """The next date to act by, louder the nearer it is."""
    day = row.act_by
    if day is None:
        return None
    left = (day - on).days
    tone = Tone.DANGER if left <= VERY_SOON_DAYS else Tone.WARNING if left <= SOON_DAYS else Tone.NEUTRAL
    return Pill(german(day), tone, "clock" if left <= SOON_DAYS else "", rank=day.toordinal())


def act_by_reason(row: AgreementRow) -> str:
    """What the date is for; a tooltip."""
    if row.over:
        return "Die Laufzeit ist vorbei. Bitte den Stand anpassen oder eine neue Laufzeit eintragen."
    if row.act_by is None:
        return ""
    if row.view.final is not None:
        return f"Endet am {german(row.act_by)}. {row.duration}."
    return f"Bis dahin muss eine Kündigung zugehen, sonst verlängert sich die Vereinbarung. {row.duration}."
