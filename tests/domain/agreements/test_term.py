"""Renewals, last days of notice and next possible ends: the tables of domain.md and harder cases."""

from datetime import date
from itertools import islice

import pytest

from app.domain.agreements.goals import goal_order
from app.domain.agreements.term import (
    NoticeEffect,
    NoticeUnit,
    PossibleEnd,
    Term,
    TermKind,
    earliest_effect,
    effective_day,
    final_end,
    last_receipt,
    next_possible_end,
    outlook,
    running_end,
    term_ends,
    term_problems,
)
from app.domain.agreements.yearly_talks import talk_days
from app.domain.dates import ONE_DAY

DAYS, WEEKS, MONTHS = NoticeUnit.DAYS, NoticeUnit.WEEKS, NoticeUnit.MONTHS
TERM_END, MONTH_END = NoticeEffect.END_OF_TERM, NoticeEffect.END_OF_MONTH
QUARTER_END, HALF_YEAR_END = NoticeEffect.END_OF_QUARTER, NoticeEffect.END_OF_HALF_YEAR
YEAR_END = NoticeEffect.END_OF_YEAR


def day(text: str) -> date:
    number, month, year = text.split(".")
    return date(int(year), int(month), int(number))


@pytest.mark.parametrize(
    ("end", "notice", "unit", "receipt"),
    [
        ("31.12.2026", 3, MONTHS, "30.09.2026"),
        ("28.02.2027", 3, MONTHS, "30.11.2026"),
        ("29.02.2028", 6, MONTHS, "31.08.2027"),
        ("30.05.2026", 3, MONTHS, "28.02.2026"),
        ("30.04.2026", 2, MONTHS, "28.02.2026"),
        ("31.12.2026", 6, WEEKS, "19.11.2026"),
        ("28.02.2028", 6, MONTHS, "28.08.2027"),
        ("31.03.2028", 1, MONTHS, "29.02.2028"),
        ("30.03.2028", 1, MONTHS, "29.02.2028"),
        ("29.03.2027", 1, MONTHS, "28.02.2027"),
        ("31.01.2027", 12, MONTHS, "31.01.2026"),
        ("15.01.2027", 1, MONTHS, "15.12.2026"),
        ("31.12.2026", 0, MONTHS, "31.12.2026"),
        ("31.12.2026", 14, DAYS, "17.12.2026"),
        ("01.03.2028", 1, DAYS, "29.02.2028"),
        ("02.01.2027", 1, WEEKS, "26.12.2026"),
    ],
)
def test_last_day_of_receipt(end: str, notice: int, unit: NoticeUnit, receipt: str) -> None:
    assert last_receipt(day(end), notice, unit) == day(receipt)


@pytest.mark.parametrize("unit", list(NoticeUnit))
@pytest.mark.parametrize("notice", [0, 1, 2, 3, 5, 6, 11, 12, 13, 18])
def test_last_receipt_is_the_latest_day_that_still_reaches_the_end(notice: int, unit: NoticeUnit) -> None:
    end = date(2027, 6, 1)
    while end < date(2029, 1, 1):
        receipt = last_receipt(end, notice, unit)
        assert earliest_effect(receipt, notice, unit) <= end
        assert earliest_effect(receipt + ONE_DAY, notice, unit) > end
        end += ONE_DAY


@pytest.mark.parametrize(
    ("effect", "earliest", "expected"),
    [
        (TERM_END, "15.02.2027", "15.02.2027"),
        (MONTH_END, "15.02.2027", "28.02.2027"),
        (MONTH_END, "29.02.2028", "29.02.2028"),
        (QUARTER_END, "01.01.2027", "31.03.2027"),
        (QUARTER_END, "31.03.2027", "31.03.2027"),
        (QUARTER_END, "01.04.2027", "30.06.2027"),
        (HALF_YEAR_END, "30.06.2027", "30.06.2027"),
        (HALF_YEAR_END, "01.07.2027", "31.12.2027"),
        (YEAR_END, "01.01.2027", "31.12.2027"),
    ],
)
def test_effective_day(effect: NoticeEffect, earliest: str, expected: str) -> None:
    assert effective_day(effect, day(earliest)) == day(expected)


RENEWING = Term(day("01.03.2025"), day("28.02.2026"), None, 12, 3, MONTHS, TERM_END)


def test_kinds_of_term() -> None:
    assert RENEWING.kind is TermKind.RENEWING
    assert Term(end=day("31.12.2026")).kind is TermKind.FIXED
    assert Term(end=day("31.12.2026"), renewal_months=0).kind is TermKind.FIXED
    assert Term(begin=day("31.12.2026")).kind is TermKind.OPEN_ENDED


def test_renewals_to_any_day() -> None:
    assert list(islice(term_ends(RENEWING), 4)) == [
        day("28.02.2026"),
        day("28.02.2027"),
        day("29.02.2028"),
        day("28.02.2029"),
    ]
    assert running_end(RENEWING, day("28.02.2027")) == day("28.02.2027")
    assert running_end(RENEWING, day("01.03.2027")) == day("29.02.2028")
    assert list(term_ends(Term())) == []
    assert list(term_ends(Term(end=day("31.12.9999"), renewal_months=12))) == [day("31.12.9999")]


@pytest.mark.parametrize(
    ("on", "end", "receipt"),
    [
        ("01.11.2025", "28.02.2026", "30.11.2025"),
        ("30.11.2025", "28.02.2026", "30.11.2025"),
        ("01.12.2025", "28.02.2027", "30.11.2026"),
        ("28.02.2026", "28.02.2027", "30.11.2026"),
        ("30.11.2026", "28.02.2027", "30.11.2026"),
        ("01.12.2026", "29.02.2028", "30.11.2027"),
        ("15.06.2028", "28.02.2029", "30.11.2028"),
    ],
)
def test_notice_after_the_first_and_the_second_tacit_renewal(on: str, end: str, receipt: str) -> None:
    assert next_possible_end(RENEWING, day(on)) == PossibleEnd(day(end), day(receipt))


@pytest.mark.parametrize(
    ("term", "on", "expected"),
    [
        pytest.param(
            Term(day("01.06.2025"), day("31.08.2026"), None, 6, 2, MONTHS),
            "01.07.2026",
            ("28.02.2027", "31.12.2026"),
            id="half-yearly, first notice missed",
        ),
        pytest.param(
            Term(day("31.08.2024"), day("30.08.2026"), None, 6, 1, MONTHS),
            "01.08.2026",
            ("28.02.2027", "31.01.2027"),
            id="31st clamps to the end of February",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.01.2026"), None, 1, 3, MONTHS),
            "10.01.2026",
            ("30.04.2026", "31.01.2026"),
            id="notice longer than the term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.01.2027"), None, 12, 6, WEEKS, QUARTER_END),
            "17.02.2027",
            ("31.03.2028", "18.02.2028"),
            id="once the term is renewed, its own end counts",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.01.2027"), None, 12, 6, WEEKS, QUARTER_END),
            "18.02.2027",
            ("31.03.2028", "18.02.2028"),
            id="quarter end after the end of the running term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.01.2027"), None, 12, 6, WEEKS, QUARTER_END),
            "31.01.2027",
            ("31.03.2027", "17.02.2027"),
            id="last day of the term still reaches the quarter end after it",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.12.2026"), None, 12, 3, MONTHS, QUARTER_END),
            "01.10.2026",
            ("31.03.2027", "31.12.2026"),
            id="too late for the coming end: the next quarter's end, not the end of the renewed term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.12.2026"), day("15.02.2027"), 12, 3, MONTHS, QUARTER_END),
            "01.07.2026",
            ("31.03.2027", "31.12.2026"),
            id="a minimum term bounds the day of effect, not the end of the term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.03.2027"), None, 12, 3, MONTHS, QUARTER_END),
            "01.12.2026",
            ("31.03.2027", "31.12.2026"),
            id="quarter end on the end of the term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.12.2026"), day("31.12.2027"), 12, 1, MONTHS),
            "01.06.2026",
            ("31.12.2027", "30.11.2027"),
            id="renewing with a minimum term",
        ),
        pytest.param(
            Term(day("01.01.2026"), day("31.12.2026"), None, 12),
            "01.06.2026",
            ("31.12.2026", "31.12.2026"),
            id="no notice entered: the last day of the term",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, None, None, 4, WEEKS, QUARTER_END),
            "01.07.2026",
            ("30.09.2026", "02.09.2026"),
            id="open-ended to quarter ends",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, None, None, 4, WEEKS, QUARTER_END),
            "03.09.2026",
            ("31.12.2026", "03.12.2026"),
            id="open-ended, a day too late",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, day("31.12.2028"), None, 3, MONTHS, MONTH_END),
            "01.07.2026",
            ("31.12.2028", "30.09.2028"),
            id="open-ended with a minimum term",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, day("15.11.2028"), None, 3, MONTHS, HALF_YEAR_END),
            "01.07.2026",
            ("31.12.2028", "30.09.2028"),
            id="the first half-year's end after the minimum term",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, day("15.11.2028"), None, 3, MONTHS),
            "01.07.2026",
            ("15.11.2028", "15.08.2028"),
            id="open-ended on any day, the end of the minimum term first",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, None, None, 3, MONTHS, YEAR_END),
            "30.09.2026",
            ("31.12.2026", "30.09.2026"),
            id="open-ended to the year's end, last day",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, None, None, 3, MONTHS, YEAR_END),
            "01.10.2026",
            ("31.12.2027", "30.09.2027"),
            id="open-ended to the year's end, missed",
        ),
        pytest.param(
            Term(day("01.01.2026"), None, None, None, 1, MONTHS),
            "31.01.2028",
            ("29.02.2028", "31.01.2028"),
            id="open-ended from the 31st in a leap year",
        ),
        pytest.param(
            Term(day("01.06.2026"), None, None, None, 14, DAYS),
            "01.01.2026",
            ("01.06.2026", "18.05.2026"),
            id="never an end before the begin",
        ),
    ],
)
def test_next_possible_end(term: Term, on: str, expected: tuple[str, str]) -> None:
    assert next_possible_end(term, day(on)) == PossibleEnd(day(expected[0]), day(expected[1]))


def test_proposed_sending_day() -> None:
    assert PossibleEnd(day("28.02.2027"), day("30.11.2026")).sending == day("25.11.2026")
    assert PossibleEnd(day("28.02.2027"), day("31.12.2026")).sending == day("28.12.2026")
    assert PossibleEnd(day("28.02.2027"), day("28.02.2027")).sending == day("24.02.2027")


def test_what_ends_anyway_needs_no_notice() -> None:
    fixed = Term(day("01.02.2026"), day("31.12.2026"), None, None, 6, WEEKS, TERM_END)
    assert next_possible_end(fixed, day("01.07.2026")) is None
    assert final_end(fixed) == day("31.12.2026")
    terminated = Term(day("01.03.2025"), day("28.02.2026"), None, 12, 3, MONTHS, TERM_END, day("28.02.2027"))
    assert next_possible_end(terminated, day("01.07.2026")) is None
    assert final_end(terminated) == day("28.02.2027")
    assert final_end(Term(end=day("31.12.2026"), terminated_to=day("30.06.2026"))) == day("30.06.2026")
    assert final_end(Term(end=day("31.12.2026"), terminated_to=day("30.06.2027"))) == day("31.12.2026")
    assert final_end(Term(begin=day("01.01.2026"), terminated_to=day("30.06.2026"))) == day("30.06.2026")


def test_outlook_says_what_was_missed() -> None:
    term = Term(day("01.06.2025"), day("31.08.2026"), None, 6, 2, MONTHS)
    view = outlook(term, day("01.07.2026"))
    assert view.runs_until == day("31.08.2026")
    assert view.missed == PossibleEnd(day("31.08.2026"), day("30.06.2026"))
    assert view.next_possible_end == PossibleEnd(day("28.02.2027"), day("31.12.2026"))
    assert outlook(term, day("30.06.2026")).missed is None
    assert outlook(Term(end=day("31.12.2026")), day("01.01.2027")).over


def test_yearly_talks() -> None:
    assert list(talk_days(day("29.02.2024"), day("01.03.2028"))) == [
        day("28.02.2025"),
        day("28.02.2026"),
        day("28.02.2027"),
        day("29.02.2028"),
    ]
    assert next(talk_days(day("01.02.2025"))) == day("01.02.2026")


@pytest.mark.parametrize(
    ("term", "fields"),
    [
        (Term(), set()),
        (Term(day("01.01.2026"), day("31.12.2025")), {"end"}),
        (Term(day("01.01.2026"), day("01.01.2026")), set()),
        (Term(day("01.01.2026"), None, day("31.12.2025")), {"minimum_until"}),
        (Term(day("01.01.2026"), day("31.12.2026"), day("31.12.2027")), {"minimum_until"}),
        (Term(day("01.01.2026"), day("31.12.2026"), day("31.12.2027"), 12), set()),
        (Term(renewal_months=-1), {"renewal_months"}),
        (Term(notice=-1), {"notice"}),
        (Term(notice=200, notice_unit=DAYS), set()),
        (Term(notice=200, notice_unit=MONTHS), {"notice"}),
        (Term(day("01.01.2026"), terminated_to=day("31.12.2025")), {"terminated_to"}),
    ],
)
def test_contradictions_in_a_term(term: Term, fields: set[str]) -> None:
    assert set(term_problems(term)) == fields


def test_goal_order() -> None:
    assert sorted(["10", "2", "2a", "1.10", "1.2", "A"], key=goal_order) == [
        "1.2",
        "1.10",
        "2",
        "2a",
        "10",
        "A",
    ]
