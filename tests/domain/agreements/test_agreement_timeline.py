"""What is drawn as the life of an agreement."""

from datetime import date

from app.domain.agreements.agreement_timeline import Event, EventKind, timeline
from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term

ON = date(2026, 7, 1)
RENEWING = Term(date(2025, 6, 1), date(2026, 8, 31), None, 6, 2, NoticeUnit.MONTHS)


def test_a_renewing_agreement_up_to_its_next_end() -> None:
    line = timeline(RENEWING, [AgreedGoal("1", "Treff", due=date(2026, 10, 1))], ON)
    assert line is not None
    assert (line.start, line.stop, line.fades) == (date(2025, 6, 1), date(2027, 2, 28), False)
    assert [(piece.begin, piece.end, piece.renewal) for piece in line.pieces] == [
        (date(2025, 6, 1), date(2026, 8, 31), 0),
        (date(2026, 9, 1), date(2027, 2, 28), 1),
    ]
    assert [(event.day, event.kind) for event in line.events] == [
        (date(2025, 6, 1), EventKind.BEGIN),
        (date(2026, 6, 30), EventKind.MISSED),
        (date(2026, 10, 1), EventKind.GOAL),
        (date(2026, 12, 28), EventKind.SENDING),
        (date(2026, 12, 31), EventKind.RECEIPT),
        (date(2027, 2, 28), EventKind.TERM_END),
    ]


def test_a_renewal_that_runs_is_named() -> None:
    line = timeline(RENEWING, [], date(2027, 10, 1))
    assert line is not None
    renewal = next(event for event in line.events if event.kind is EventKind.RENEWAL)
    assert (renewal.day, renewal.text) == (date(2027, 9, 1), "3. Verlängerung, bis 29.02.2028")


def test_a_fixed_end_and_a_termination() -> None:
    fixed = timeline(Term(date(2026, 2, 1), date(2026, 12, 31)), [], ON)
    assert fixed is not None
    assert [event.kind for event in fixed.events] == [EventKind.BEGIN, EventKind.END]
    ended = timeline(
        Term(date(2025, 6, 1), date(2026, 8, 31), renewal_months=6, terminated_to=date(2026, 10, 31)), [], ON
    )
    assert ended is not None
    assert [piece.end for piece in ended.pieces] == [date(2026, 8, 31), date(2026, 10, 31)]
    assert ended.events[-1].day == date(2026, 10, 31)


def test_an_open_ended_one_fades() -> None:
    term = Term(
        date(2026, 1, 1), None, date(2026, 9, 30), None, 4, NoticeUnit.WEEKS, NoticeEffect.END_OF_QUARTER
    )
    line = timeline(term, [], ON)
    assert line is not None
    assert line.fades
    assert line.stop == date(2027, 7, 1)
    assert [event.kind for event in line.events] == [
        EventKind.BEGIN,
        EventKind.SENDING,
        EventKind.RECEIPT,
        EventKind.MINIMUM,
        EventKind.TERM_END,
    ]


def test_nothing_known_draws_nothing() -> None:
    assert timeline(Term(), [], ON) is None
    only_goal = timeline(Term(), [AgreedGoal("1", "x", due=ON, state=GoalState.REACHED)], ON)
    assert only_goal is not None
    assert only_goal.events[0].kind is EventKind.GOAL_REACHED


def test_a_monthly_renewal_for_decades_stays_drawable() -> None:
    line = timeline(Term(date(1990, 1, 1), date(1990, 1, 31), renewal_months=1), [], ON)
    assert line is not None
    assert len(line.pieces) <= 121


def test_the_whole_line_has_every_renewal_and_the_ends_after_the_next_one() -> None:
    term = Term(date(2023, 1, 1), date(2023, 12, 31), renewal_months=12, notice=3)
    line = timeline(term, [], date(2026, 7, 1), whole=True)
    assert line is not None
    renewals = [event.text for event in line.events if event.kind is EventKind.RENEWAL]
    assert renewals == [f"{nr}. Verlängerung, bis 31.12.{2023 + nr}" for nr in (1, 2, 3)]
    later = [(event.day, event.text) for event in line.events if event.kind is EventKind.LATER_END]
    assert later == [
        (date(2027, 12, 31), "Danach mögliches Ende, Zugang bis 30.09.2027"),
        (date(2028, 12, 31), "Danach mögliches Ende, Zugang bis 30.09.2028"),
    ]
    assert line.stop == date(2028, 12, 31)
    assert [piece.certain for piece in line.pieces] == [True] * 4 + [False] * 2


def test_what_happened_stands_among_the_dates() -> None:
    happened = [Event(date(2026, 3, 1), EventKind.AMENDMENT, "Nachtrag 1")]
    line = timeline(Term(date(2026, 1, 1), date(2026, 12, 31)), [], date(2026, 7, 1), happened, whole=True)
    assert line is not None
    assert [event.kind for event in line.events] == [EventKind.BEGIN, EventKind.AMENDMENT, EventKind.END]
