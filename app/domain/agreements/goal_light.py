"""Judges how a goal of an agreement stands, as a light with a word, from its state, due day, reports and figure.

Office rule (issue 4, point 5); it only shows and warns, the state itself is set by her or by the newest report.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.agreements.agreements import UNFINISHED_GOALS, GoalState
from app.domain.dates import add_months, german
from app.domain.terms import Worded

STALE_MONTHS = 6
"""A report older than this no longer says how a goal stands."""
ENOUGH_PERCENT = 80
"""So much of what the elapsed time lets expect is still a good way."""
SOON_DAYS = 30
"""A goal due within so many days should have been begun."""


class GoalLight(Worded):
    """The lights in the order in which they want attention."""

    OVERDUE = "overdue", "überfällig"
    AT_RISK = "at_risk", "gefährdet"
    UNREPORTED = "unreported", "noch kein Bericht"
    MISSED = "missed", "verfehlt"
    PARTLY = "partly", "teilweise erreicht"
    ON_TRACK = "on_track", "auf gutem Weg"
    REACHED = "reached", "erreicht"


@dataclass(frozen=True, slots=True)
class Reported:
    """What the newest report on a goal said."""

    day: date
    figure: Decimal | None = None
    state: GoalState = GoalState.RUNNING
    text: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """What the light is judged from.

    `begin`: of the agreement. `counts`: the agreement was signed; before that nothing can be overdue.
    """

    state: GoalState
    begin: date | None = None
    due: date | None = None
    target: Decimal | None = None
    last: Reported | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The light, and why it shows: a German sentence."""

    light: GoalLight
    reason: str


RULE = (
    "So entsteht die Ampel: Erreicht, teilweise erreicht und verfehlt folgen aus dem Stand. Sonst gilt der Reihe nach: "
    "Frist vorbei: überfällig. Kein Bericht: noch kein Bericht. "
    f"Letzter Bericht älter als {STALE_MONTHS} Monate: gefährdet. "
    f"Mit Zielwert: gefährdet, wenn die Zahl unter {ENOUGH_PERCENT} % dessen liegt, was nach der verstrichenen Zeit zu "
    f"erwarten wäre. Ohne Zahl: gefährdet, wenn es noch offen ist und die halbe Zeit um ist oder die Frist in "
    f"{SOON_DAYS} Tagen endet. Sonst: auf gutem Weg."
)
"""The rule in words, for tooltips and the help."""


def verdict(goal: GoalStanding, on: date) -> Verdict:
    """The light of a goal on a day."""
    if goal.state not in UNFINISHED_GOALS:
        return _finished(goal)
    if goal.counts and goal.due is not None and goal.due < on:
        days = (on - goal.due).days
        since = "gestern" if days == 1 else f"{days} Tagen"
        return Verdict(
            GoalLight.OVERDUE,
            f"Die Frist ist seit {since} vorbei ({german(goal.due)}), das Ziel nicht erledigt.",
        )
    if goal.last is None:
        return Verdict(GoalLight.UNREPORTED, "Zu diesem Ziel gibt es noch keinen Bericht.")
    if is_stale(goal.last.day, on):
        return Verdict(
            GoalLight.AT_RISK,
            f"Der letzte Bericht vom {german(goal.last.day)} ist älter als {STALE_MONTHS} Monate.",
        )
    reached = share(goal.last.figure, goal.target)
    if reached is not None:
        return _by_figure(goal, goal.last.day, reached)
    return _by_time(goal, on)


def is_stale(day: date, on: date) -> bool:
    """A report of that day is too old to say how a goal stands."""
    return add_months(day, STALE_MONTHS) < on


def share(figure: Decimal | None, target: Decimal | None) -> int | None:
    """The figure in percent of the target, rounded down; None where one is missing or the target is not above 0."""
    if figure is None or target is None or target <= 0:
        return None
    return int(figure * 100 / target)


def elapsed(begin: date | None, due: date | None, on: date) -> int | None:
    """How much of the time from begin to the due day has gone, in percent from 0 to 100."""
    if begin is None or due is None or due <= begin:
        return None
    return min(100, max(0, (on - begin).days * 100 // (due - begin).days))


def _finished(goal: GoalStanding) -> Verdict:
    said = f" (Bericht vom {german(goal.last.day)})" if goal.last else ""
    light = GoalLight(goal.state.value)  # what is done has a light of the same name
    return Verdict(light, f"Das Ziel ist als {light.word} eingetragen{said}.")


def _by_figure(goal: GoalStanding, day: date, reached: int) -> Verdict:
    if reached >= 100:
        return Verdict(
            GoalLight.ON_TRACK, f"Der Zielwert ist erreicht ({reached} %), der Stand aber noch nicht."
        )
    expected = elapsed(goal.begin, goal.due, day)
    if expected is None:
        return Verdict(
            GoalLight.ON_TRACK, f"{reached} % des Zielwerts; ohne Beginn oder Frist wird nicht verglichen."
        )
    said = f"{reached} % des Zielwerts nach {expected} % der Zeit (am {german(day)})"
    if reached * 100 >= expected * ENOUGH_PERCENT:
        return Verdict(GoalLight.ON_TRACK, f"{said}.")
    return Verdict(GoalLight.AT_RISK, f"Nur {said}.")


def _by_time(goal: GoalStanding, on: date) -> Verdict:
    if goal.state is GoalState.OPEN and goal.due is not None:
        if (goal.due - on).days <= SOON_DAYS:
            return Verdict(GoalLight.AT_RISK, f"Noch offen, und die Frist endet am {german(goal.due)}.")
        gone = elapsed(goal.begin, goal.due, on)
        if gone is not None and gone > 50:
            return Verdict(GoalLight.AT_RISK, f"Noch offen, obwohl {gone} % der Zeit vorbei sind.")
    day = goal.last.day if goal.last else on
    return Verdict(GoalLight.ON_TRACK, f"Laut Bericht vom {german(day)} spricht nichts dagegen.")
