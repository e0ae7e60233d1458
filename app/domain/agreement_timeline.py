"""The life of an agreement as a line: its terms as pieces, and what happens on which day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.agreements import (
    UNFINISHED_GOALS,
    GoalState,
    Outlook,
    Term,
    TermKind,
    outlook,
    term_ends,
)
from app.domain.dates import LAST_YEAR, ONE_DAY, add_months, german

MANY_TERMS = 120
"""So many terms are followed at most; a monthly renewal is drawn for ten years."""


class EventKind(StrEnum):
    BEGIN = "begin"
    RENEWAL = "renewal"
    MINIMUM = "minimum"
    MISSED = "missed"
    SENDING = "sending"
    RECEIPT = "receipt"
    TERM_END = "term_end"
    END = "end"
    GOAL = "goal"
    GOAL_REACHED = "goal_reached"
    GOAL_MISSED = "goal_missed"  # wholly or partly


@dataclass(frozen=True, slots=True)
class GoalMark:
    """A goal as a mark on the line."""

    nr: str
    title: str
    due: date
    state: GoalState


@dataclass(frozen=True, slots=True)
class Event:
    """What happens on a day."""

    day: date
    kind: EventKind
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A term: the first one, or the n-th renewal. `certain`: it runs unless both agree otherwise."""

    begin: date
    end: date
    renewal: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn from `start` to `stop`; `fades`: it goes on without an end."""

    start: date
    stop: date
    pieces: tuple[Piece, ...]
    events: tuple[Event, ...]
    fades: bool


def timeline(term: Term, goals: Iterable[GoalMark], on: date) -> Timeline | None:
    """The line of an agreement as seen on a day; None while neither begin nor end nor a goal is known."""
    view = outlook(term, on)
    pieces = tuple(_pieces(term, view, on))
    events = sorted(
        [*_term_events(term, view, pieces), *map(_goal_event, goals)], key=lambda event: event.day
    )
    days = [event.day for event in events] + [day for piece in pieces for day in (piece.begin, piece.end)]
    if not days:
        return None
    return Timeline(
        min(days),
        max(days),
        pieces,
        tuple(events),
        fades=term.kind is TermKind.OPEN_ENDED and view.final is None,
    )


def _pieces(term: Term, view: Outlook, on: date) -> Iterator[Piece]:
    if term.kind is TermKind.OPEN_ENDED:
        if term.begin is not None:
            reach = view.final or max(
                add_months(min(on, date(LAST_YEAR, 1, 1)), 12),
                view.next_exit.end if view.next_exit else term.begin,
                term.begin,
            )
            yield Piece(term.begin, reach, 0, certain=True)
        return
    begin = term.begin
    last = view.final or (view.next_exit.end if view.next_exit else term.end)
    for renewal, end in enumerate(term_ends(term)):
        start = begin or end - timedelta(days=365)
        reach = min(end, view.final) if view.final else end
        yield Piece(min(start, reach), reach, renewal, certain=last is not None and start <= last)
        if last is None or end >= last or renewal >= MANY_TERMS:
            return
        begin = end + ONE_DAY


def _term_events(term: Term, view: Outlook, pieces: tuple[Piece, ...]) -> Iterator[Event]:
    if term.begin:
        yield Event(term.begin, EventKind.BEGIN, "Beginn")
    running = next((piece for piece in pieces if piece.renewal and piece.end == view.runs_until), None)
    if running:
        yield Event(
            running.begin, EventKind.RENEWAL, f"{running.renewal}. Verlängerung, bis {german(running.end)}"
        )
    if term.minimum_until and term.kind is not TermKind.FIXED and view.final is None:
        yield Event(term.minimum_until, EventKind.MINIMUM, "Ende der Mindestlaufzeit")
    if view.missed:
        yield Event(view.missed.receipt, EventKind.MISSED, "Kündigungsfrist verstrichen")
    if view.next_exit:
        yield Event(view.next_exit.sending, EventKind.SENDING, "Kündigung absenden")
        yield Event(view.next_exit.receipt, EventKind.RECEIPT, "Letzter Tag für den Zugang")
    if view.final:
        yield Event(view.final, EventKind.END, "Ende")
    elif view.next_exit:
        renewing = term.kind is TermKind.RENEWING
        yield Event(
            view.next_exit.end,
            EventKind.TERM_END,
            "Ende, oder Verlängerung" if renewing else "Nächstes mögliches Ende",
        )


def _goal_event(goal: GoalMark) -> Event:
    if goal.state in UNFINISHED_GOALS:
        kind = EventKind.GOAL
    else:
        kind = EventKind.GOAL_REACHED if goal.state is GoalState.REACHED else EventKind.GOAL_MISSED
    return Event(goal.due, kind, f"Ziel {goal.nr}: {goal.title}")
