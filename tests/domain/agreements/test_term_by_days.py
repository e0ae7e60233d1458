"""Dates of agreements against a second way of finding them: day by day, as one would with a calendar and a pencil."""

import calendar
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.domain.agreements.term import (
    NoticeEffect,
    NoticeUnit,
    Term,
    last_receipt,
    next_possible_end,
    running_end,
)
from app.domain.dates import holidays, working_days_before

ONE = timedelta(days=1)
LENGTHS = {
    NoticeEffect.END_OF_MONTH: range(1, 13),
    NoticeEffect.END_OF_QUARTER: (3, 6, 9, 12),
    NoticeEffect.END_OF_HALF_YEAR: (6, 12),
    NoticeEffect.END_OF_YEAR: (12,),
}


def later(day: date, months: int) -> date:
    """The same day number so many months later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def receipt_by_days(end: date, notice: int, unit: NoticeUnit) -> date:
    """Goes back from the end until a notice of that day would reach it."""
    day = end
    while True:
        reach = (
            later(day, notice)
            if unit is NoticeUnit.MONTHS
            else day + notice * ONE * (7 if unit is NoticeUnit.WEEKS else 1)
        )
        if reach <= end:
            return day
        day -= ONE


def ends_by_days(end: date, months: int) -> Iterator[date]:
    """A renewed term lasts until the day before the same day number comes again."""
    while True:
        yield end
        start = end + ONE
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        end = date(year, month + 1, start.day) - ONE if start.day <= last else date(year, month + 1, last)


def may_end_on(day: date, effect: NoticeEffect) -> bool:
    return effect is NoticeEffect.END_OF_TERM or (day.month in LENGTHS[effect] and (day + ONE).day == 1)


def exit_by_days(term: Term, on: date) -> date:
    """The first day on which a notice that arrives on `on` can end the agreement."""
    notice = term.notice or 0
    if term.end is None:
        day = max(filter(None, (on, term.begin, term.minimum_until)))
        while not (may_end_on(day, term.effect) and receipt_by_days(day, notice, term.unit) >= on):
            day += ONE
        return day
    for end in ends_by_days(term.end, term.renewal_months or 0):
        day = end
        while not may_end_on(day, term.effect):
            day += ONE
        if receipt_by_days(day, notice, term.unit) >= on and end >= (term.minimum_until or end):
            return day
    raise AssertionError


def cases(count: int, seed: int) -> Iterator[tuple[Term, date]]:
    random_day = random.Random(seed)
    for _ in range(count):
        begin = date(2023, 1, 1) + random_day.randrange(1500) * ONE
        if random_day.random() < 0.4:  # ends of months are where rules break
            begin = begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
        unit = random_day.choice(list(NoticeUnit))
        notice = random_day.choice(
            {"days": (1, 14, 30, 90), "weeks": (1, 4, 6, 12), "months": (1, 2, 3, 6, 12)}[unit]
        )
        effect = random_day.choice(list(NoticeEffect))
        open_ended = random_day.random() < 0.4
        end = (
            None
            if open_ended
            else later(begin, random_day.choice((6, 12, 18, 24))) - ONE * random_day.randrange(2)
        )
        months = None if open_ended else random_day.choice((1, 3, 6, 12, 24))
        minimum = later(begin, 12) if open_ended and random_day.random() < 0.5 else None
        on = begin + random_day.randrange(1600) * ONE
        yield Term(begin, end, minimum, months, notice, unit, effect), on


@pytest.mark.parametrize(("term", "on"), list(cases(400, seed=20261124)))
def test_next_exit(term: Term, on: date) -> None:
    found = next_possible_end(term, on)
    assert found is not None
    assert found.end == exit_by_days(term, on)
    assert found.receipt == receipt_by_days(found.end, term.notice or 0, term.unit)


@pytest.mark.parametrize(("term", "on"), [case for case in cases(150, seed=7) if case[0].end])
def test_running_term(term: Term, on: date) -> None:
    assert term.end is not None
    wanted = next(end for end in ends_by_days(term.end, term.renewal_months or 0) if end >= on)
    assert running_end(term, on) == wanted


def test_last_receipt_of_every_day_of_a_leap_year() -> None:
    day = date(2028, 1, 1)
    while day.year == 2028:
        for notice in (1, 2, 3, 6, 12):
            assert last_receipt(day, notice, NoticeUnit.MONTHS) == receipt_by_days(
                day, notice, NoticeUnit.MONTHS
            )
        day += ONE


def test_sending_date_counts_working_days_only() -> None:
    day = date(2026, 1, 1)
    while day.year < 2028:
        sending, count = day, 0
        while count < 3:
            sending -= ONE
            count += sending.weekday() < 5 and sending not in holidays(sending.year)
        assert working_days_before(day, 3) == sending
        day += ONE
