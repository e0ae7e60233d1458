"""The life of an agreement as a line: its terms as pieces, and what happens on which day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from app.domain.agreements.agreements import UNFINISHED_GOALS, GoalState
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import (
    NoticeEffect,
    Outlook,
    PossibleEnd,
    Term,
    TermKind,
    outlook,
    possible_ends,
    term_ends,
)
from app.domain.dates import LAST_YEAR, ONE_DAY, add_months, german

MANY_TERMS = 120
"""So many terms are followed at most; a monthly renewal is drawn for ten years."""


LATER_ENDS = 2
"""So many possible ends after the next one are shown."""


class EventKind(StrEnum):
    """What happens on a marked day; it decides how the mark looks."""

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
    LATER_END = "later_end"
    AMENDMENT = "amendment"
    NOTICE = "notice"
    TALK = "talk"
    NEIGHBOUR = "neighbour"  # the agreement before or after
    PAYMENT = "payment"
    PAYMENT_OVERDUE = "payment_overdue"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens on a day."""

    day: date
    kind: EventKind
    text: str
    agreement_id: int | None = None  # another agreement it leads to


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


def timeline(
    term: Term, goals: Iterable[AgreedGoal], on: date, others: Iterable[Event] = (), *, whole: bool = False
) -> Timeline | None:
    """The line of an agreement as seen on a day; None while neither begin nor end nor anything else is known.

    `others`: events that come from elsewhere, such as payments or notices. `whole`: every renewal that was, and the
    ends that come after the next one.
    """
    view = outlook(term, on)
    later = _later_ends(term, view, on) if whole else []
    pieces = tuple(_pieces(term, view, on, later[-1].end if later else None))
    events = sorted(
        [
            *_term_events(term, view, pieces, on, whole=whole),
            *map(_later_end, later),
            *(_goal_event(goal, goal.due) for goal in goals if goal.due is not None),
            *others,
        ],
        key=lambda event: event.day,
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


def _later_ends(term: Term, view: Outlook, on: date) -> list[PossibleEnd]:
    """The possible ends after the next one; of an agreement that can end on any day they say nothing."""
    if view.next_possible_end is None or (
        term.kind is TermKind.OPEN_ENDED and term.effect is NoticeEffect.END_OF_TERM
    ):
        return []
    return list(islice(possible_ends(term, on, view.next_possible_end.end + ONE_DAY), LATER_ENDS))


def _later_end(end: PossibleEnd) -> Event:
    return Event(end.end, EventKind.LATER_END, f"Danach mögliches Ende, Zugang bis {german(end.receipt)}")


def _pieces(term: Term, view: Outlook, on: date, until: date | None) -> Iterator[Piece]:
    if term.kind is TermKind.OPEN_ENDED:
        if term.begin is not None:
            reach = view.final or max(
                add_months(min(on, date(LAST_YEAR, 1, 1)), 12),
                view.next_possible_end.end if view.next_possible_end else term.begin,
                until or term.begin,
                term.begin,
            )
            yield Piece(term.begin, reach, 0, certain=True)
        return
    begin = term.begin
    last = view.final or (view.next_possible_end.end if view.next_possible_end else term.end)
    stop = until or last
    for renewal, end in enumerate(term_ends(term)):
        start = begin or end - timedelta(days=365)
        reach = min(end, view.final) if view.final else end
        yield Piece(min(start, reach), reach, renewal, certain=last is not None and start <= last)
        if stop is None or end >= stop or renewal >= MANY_TERMS:
            return
        begin = end + ONE_DAY


def _term_events(
    term: Term, view: Outlook, pieces: tuple[Piece, ...], on: date, *, whole: bool
) -> Iterator[Event]:
    if term.begin:
        yield Event(term.begin, EventKind.BEGIN, "Beginn")
    for piece in pieces:
        if piece.renewal and (piece.end == view.runs_until or (whole and piece.begin <= on)):
            yield Event(
                piece.begin, EventKind.RENEWAL, f"{piece.renewal}. Verlängerung, bis {german(piece.end)}"
            )
    if term.minimum_until and term.kind is not TermKind.FIXED and view.final is None:
        yield Event(term.minimum_until, EventKind.MINIMUM, "Ende der Mindestlaufzeit")
    if view.missed:
        yield Event(view.missed.receipt, EventKind.MISSED, "Kündigungsfrist verstrichen")
    if view.next_possible_end:
        yield Event(view.next_possible_end.sending, EventKind.SENDING, "Kündigung absenden")
        yield Event(view.next_possible_end.receipt, EventKind.RECEIPT, "Letzter Tag für den Zugang")
    if view.final:
        yield Event(view.final, EventKind.END, "Ende")
    elif view.next_possible_end:
        renewing = term.kind is TermKind.RENEWING
        yield Event(
            view.next_possible_end.end,
            EventKind.TERM_END,
            "Ende, oder Verlängerung" if renewing else "Nächstes mögliches Ende",
        )


def _goal_event(goal: AgreedGoal, due: date) -> Event:
    if goal.state in UNFINISHED_GOALS:
        kind = EventKind.GOAL
    else:
        kind = EventKind.GOAL_REACHED if goal.state is GoalState.REACHED else EventKind.GOAL_MISSED
    return Event(due, kind, f"Ziel {goal.nr}: {goal.title}")
