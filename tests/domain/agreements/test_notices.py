"""A notice counts on the day it arrives: the end it reaches, and the one for which it came too late."""

from datetime import date
from itertools import islice

import pytest

from app.domain.agreements.notices import expected_arrival, notice_end
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term, possible_ends

RENEWING = Term(date(2026, 1, 1), date(2026, 12, 31), renewal_months=12, notice=3)
OPEN = Term(
    date(2026, 1, 1),
    notice=4,
    notice_unit=NoticeUnit.WEEKS,
    notice_effect=NoticeEffect.END_OF_QUARTER,
    minimum_until=date(2026, 12, 31),
)
FIXED = Term(date(2026, 1, 1), date(2027, 12, 31), notice=3, notice_effect=NoticeEffect.END_OF_QUARTER)


@pytest.mark.parametrize(
    ("term", "arrived", "end", "missed"),
    [
        (RENEWING, date(2026, 9, 30), date(2026, 12, 31), None),
        (RENEWING, date(2026, 10, 1), date(2027, 12, 31), date(2026, 12, 31)),
        (RENEWING, date(2027, 10, 1), date(2028, 12, 31), date(2027, 12, 31)),
        (OPEN, date(2026, 2, 1), date(2026, 12, 31), None),
        (OPEN, date(2026, 12, 4), date(2027, 3, 31), None),
        (FIXED, date(2026, 12, 31), date(2027, 3, 31), None),
    ],
)
def test_the_earliest_end(term: Term, arrived: date, end: date, missed: date | None) -> None:
    answer = notice_end(term, arrived)
    assert answer.reached is not None
    assert answer.reached.end == end
    assert (answer.missed.end if answer.missed else None) == missed
    assert "BGB" in answer.rule


def test_too_late_for_the_end_that_was_meant_says_which_end_it_reaches() -> None:
    answer = notice_end(RENEWING, date(2026, 10, 6), date(2026, 12, 31))
    assert answer.sentence == (
        "Für den 31.12.2026 kommt sie 6 Tage zu spät (letzter Tag für den Zugang: 30.09.2026). "
        "Sie beendet die Vereinbarung zum 31.12.2027."
    )


def test_a_later_end_may_be_meant() -> None:
    answer = notice_end(RENEWING, date(2026, 2, 1), date(2027, 12, 31))
    assert answer.reached is not None
    assert answer.reached.end == date(2027, 12, 31)
    assert answer.missed is None


def test_a_day_that_is_no_possible_end_gives_way_to_the_next_one() -> None:
    answer = notice_end(OPEN, date(2026, 2, 1), date(2027, 2, 15))
    assert answer.reached is not None
    assert answer.reached.end == date(2027, 3, 31)
    assert answer.sentence.startswith("Zum 15.02.2027 kann nicht gekündigt werden.")


@pytest.mark.parametrize(
    "term",
    [
        Term(date(2026, 1, 1), date(2027, 12, 31), notice=3),
        Term(date(2026, 1, 1)),
    ],
)
def test_without_a_right_to_end_it_there_is_no_end(term: Term) -> None:
    answer = notice_end(term, date(2026, 5, 1))
    assert answer.reached is None
    assert "außerordentliche" in answer.sentence or "Kündigungsfrist" in answer.sentence


def test_a_fixed_term_is_never_ended_after_its_own_end() -> None:
    ends = [end.end for end in possible_ends(FIXED, date(2027, 1, 15))]
    assert ends == [date(2027, 6, 30), date(2027, 9, 30)]


def test_an_earlier_notice_does_not_hide_the_ends() -> None:
    given = Term(RENEWING.begin, RENEWING.end, renewal_months=12, notice=3, terminated_to=date(2026, 12, 31))
    ends = [end.end for end in islice(possible_ends(given, date(2026, 1, 5)), 3)]
    assert ends == [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)]


def test_arrival_is_reckoned_on_the_third_working_day() -> None:
    assert expected_arrival(date(2026, 12, 23)) == date(2026, 12, 29)
    assert expected_arrival(date(2026, 9, 28)) == date(2026, 10, 1)
