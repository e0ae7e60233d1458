"""Dates of agreements against a second way of finding them: day by day, as one would with a calendar and a pencil.

18.000 times somebody asks on a random day about a random agreement: what holds, until when it runs, when it can end
next, and what a notice reaches that arrives then and names an end. The second way is written from domain.md alone.
"""

import calendar
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.agreements.agreed import SignedAmendment, acting
from app.domain.agreements.notices import notice_end
from app.domain.agreements.term import (
    NoticeEffect,
    NoticeUnit,
    Term,
    final_end,
    last_receipt,
    next_possible_end,
    outlook,
    running_end,
)
from app.domain.dates import holidays, working_days_before

ONE = timedelta(days=1)
LAST_MONTHS = {
    NoticeEffect.END_OF_MONTH: range(1, 13),
    NoticeEffect.END_OF_QUARTER: (3, 6, 9, 12),
    NoticeEffect.END_OF_HALF_YEAR: (6, 12),
    NoticeEffect.END_OF_YEAR: (12,),
}
FAR = date(2060, 1, 1)


def later(day: date, months: int) -> date:
    """The same day number so many months later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def reach(day: date, notice: int, unit: NoticeUnit) -> date:
    """The first day on which a notice can act that arrives on that day."""
    if unit is NoticeUnit.MONTHS:
        return later(day, notice)
    return day + notice * ONE * (7 if unit is NoticeUnit.WEEKS else 1)


def receipt_by_days(end: date, notice: int, unit: NoticeUnit) -> date:
    """Goes back from the end until a notice of that day would reach it."""
    day = end
    while reach(day, notice, unit) > end:
        day -= ONE
    return day


def next_term(end: date, months: int) -> date:
    """A renewed term lasts until the day before the same day number comes again."""
    start = end + ONE
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, start.day) - ONE if start.day <= last else date(year, month + 1, last)


def running_by_days(term: Term, on: date) -> date | None:
    """The end of the term that runs on a day, the first one before it began; the last one if it is over."""
    end = term.end
    while end is not None and term.renewal_months and end < on:
        end = next_term(end, term.renewal_months)
    return end


def final_by_days(term: Term) -> date | None:
    ends = [term.terminated_to] if term.terminated_to else []
    if term.end is not None and not term.renewal_months:
        ends.append(term.end)
    return min(ends, default=None)


def ends_by_days(term: Term, on: date, since: date) -> Iterator[date]:
    """Every day from `since` on which the agreement may end by notice, as it stands on `on`."""
    effect = term.notice_effect or NoticeEffect.END_OF_TERM
    renewing = bool(term.end and term.renewal_months)
    running, term_end = running_by_days(term, on), term.end
    day = max(since, term.begin or since)
    while day < FAR:
        fits = day >= (term.minimum_until or day)
        if effect is NoticeEffect.END_OF_TERM and term.end is not None:
            while renewing and term_end is not None and term_end < day:
                term_end = next_term(term_end, term.renewal_months or 0)
            fits = fits and renewing and day == term_end
            if not renewing:
                return
        elif effect is not NoticeEffect.END_OF_TERM:
            fits = fits and day.month in LAST_MONTHS[effect] and (day + ONE).day == 1
            if renewing:
                fits = fits and running is not None and day >= running
            elif term.end is not None and day >= term.end:
                return
        if fits:
            yield day
        day += ONE


def end_by_days(term: Term, arrived: date, wanted: date | None = None) -> date | None:
    """The first day a notice that arrives on a day can end the agreement on, not before the one it names."""
    if term.notice is None and not (term.end and term.renewal_months):
        return None
    first = reach(arrived, term.notice or 0, term.notice_unit or NoticeUnit.MONTHS)
    return next(ends_by_days(term, arrived, max(first, wanted or first)), None)


@dataclass(frozen=True)
class Amended:
    """An amendment as somebody writes it down: its number, its day, what it changes."""

    nr: int
    day: date
    values: dict[str, Any]


def agreed_by_days(term: Term, amount: int, amendments: list[Amended], on: date) -> tuple[Term, int, bool]:
    """Turns the calendar forward; whoever's day comes changes the agreement, unless there is none left to change."""
    said: dict[str, Any] = {"amount": amount}
    is_amended = False
    for day in sorted({one.day for one in amendments if one.day <= on}):
        for one in sorted((one for one in amendments if one.day == day), key=lambda one: one.nr):
            over = final_by_days(term)
            if over is not None and over + ONE < day:
                return term, said["amount"], is_amended
            is_amended = True
            for name, value in one.values.items():
                if name == "amount":
                    said["amount"] = value
                else:
                    term = replace(term, **{name: value})
    return term, said["amount"], is_amended


# --- random agreements ------------------------------------------------------------------------------------------


def random_day(chance: random.Random, start: date, days: int) -> date:
    day = start + chance.randrange(days) * ONE
    if chance.random() < 0.4:  # ends of months are where rules break
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def random_notice(chance: random.Random) -> dict[str, Any]:
    unit = chance.choice(list(NoticeUnit))
    spans = {"days": (0, 1, 14, 30, 90), "weeks": (1, 4, 6, 12), "months": (1, 2, 3, 4, 5, 6, 12)}
    return {
        "notice": chance.choice(spans[unit]),
        "notice_unit": unit,
        "notice_effect": chance.choice(list(NoticeEffect)),
    }


def random_term(chance: random.Random) -> Term:
    begin = random_day(chance, date(2023, 1, 1), 1500)
    kind = chance.choice(("fixed", "renewing", "renewing", "open", "open"))
    end = months = minimum = None
    if kind != "open":
        end = later(begin, chance.choice((3, 6, 12, 18, 24))) - ONE * chance.randrange(2)
    if kind == "renewing":
        months = chance.choice((1, 3, 5, 6, 12, 24))
    if kind != "fixed" and chance.random() < 0.4:
        minimum = later(begin, chance.choice((6, 12, 30))) - ONE * chance.randrange(2)
    term = Term(begin, end, minimum, months, **random_notice(chance))
    if chance.random() < 0.1:
        term = replace(term, notice=None)
    return term


def random_amendments(chance: random.Random, term: Term) -> list[Amended]:
    assert term.begin is not None
    found = []
    for nr in range(1, chance.choice((0, 0, 1, 1, 2, 3)) + 1):
        same = found and chance.random() < 0.2
        day = found[-1].day if same else random_day(chance, term.begin, 1500)
        values: dict[str, Any] = {}
        for change in chance.sample(
            ("end", "notice", "amount", "minimum_until", "open"), chance.randrange(1, 4)
        ):
            if change == "end":
                values["end"] = random_day(chance, day, 900)
            elif change == "notice":
                values |= random_notice(chance)
            elif change == "amount":
                values["amount"] = chance.randrange(1, 100) * 100_00
            elif change == "minimum_until":
                values["minimum_until"] = later(day, chance.choice((0, 3, 12)))
            else:
                values |= {"end": None, "renewal_months": None}
        found.append(Amended(nr, day, values))
    return chance.sample(found, len(found))


def signed(amendments: list[Amended]) -> list[SignedAmendment]:
    return [
        SignedAmendment(
            one.nr,
            one.nr,
            one.day,
            {"amount_cents" if name == "amount" else name: value for name, value in one.values.items()},
        )
        for one in amendments
    ]


@pytest.mark.parametrize("seed", range(36))
def test_500_days_of_agreements(seed: int) -> None:
    chance = random.Random(20_261_201 + seed)
    for _ in range(100):
        term = random_term(chance)
        assert term.begin is not None
        amendments = random_amendments(chance, term)
        if chance.random() < 0.15:
            term = replace(term, terminated_to=term.begin + chance.randrange(1200) * ONE)
        for _ in range(5):
            on = random_day(chance, term.begin - 60 * ONE, 1800)
            check(term, amendments, on, chance)


def check(first: Term, amendments: list[Amended], on: date, chance: random.Random) -> None:
    about = f"{first}, {amendments}, on {on}"
    term, amount, is_amended = agreed_by_days(first, 1_00, amendments, on)
    now = acting(first, signed(amendments), on)
    assert (now.term(first), now.amount_cents(1_00)) == (term, amount), about
    assert bool(now.amendments) is is_amended, about
    final = final_by_days(term)
    assert final_end(term) == final, about
    assert running_end(term, on) == running_by_days(term, on), about
    assert outlook(term, on).over is (final is not None and final < on), about

    unit, notice = term.notice_unit or NoticeUnit.MONTHS, term.notice or 0
    possible = next_possible_end(term, on)
    end = None if final is not None else end_by_days(term, on)
    assert (possible.end if possible else None) == end, about
    if possible is not None:
        assert possible.receipt == receipt_by_days(possible.end, notice, unit), about

    open_term = replace(term, terminated_to=None)
    wanted = None if chance.random() < 0.3 else on + chance.randrange(700) * ONE
    answer = notice_end(open_term, on, wanted)
    reached = end_by_days(open_term, on, wanted)
    assert (answer.reached.end if answer.reached else None) == reached, f"{about}, named {wanted}"
    if answer.missed is not None:
        assert answer.missed.receipt < on, about
        assert answer.missed.receipt == receipt_by_days(answer.missed.end, notice, unit), about


def test_last_receipt_of_every_day_of_a_leap_year() -> None:
    day = date(2028, 1, 1)
    while day.year == 2028:
        for notice in (1, 2, 3, 6, 12):
            assert last_receipt(day, notice, NoticeUnit.MONTHS) == receipt_by_days(
                day, notice, NoticeUnit.MONTHS
            )
        day += ONE


@pytest.mark.parametrize("months", range(1, 7))
def test_every_day_can_be_named_also_where_several_share_a_last_day_of_receipt(months: int) -> None:
    """Open-ended, to any day: 31.12.2027 with 3 months may arrive until 30.09.2027, as 30.12.2027 may."""
    term = Term(date(2026, 1, 1), notice=months)
    end = date(2027, 1, 1)
    while end.year < 2029:
        answer = notice_end(term, receipt_by_days(end, months, NoticeUnit.MONTHS), end)
        assert answer.reached is not None
        assert answer.reached.end == end
        assert "kann nicht" not in answer.sentence
        end += ONE


def test_sending_date_counts_working_days_only() -> None:
    day = date(2026, 1, 1)
    while day.year < 2028:
        sending, count = day, 0
        while count < 3:
            sending -= ONE
            count += sending.weekday() < 5 and sending not in holidays(sending.year)
        assert working_days_before(day, 3) == sending
        day += ONE
