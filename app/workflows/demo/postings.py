"""The lines finance has booked in the demo, the same for the same day, for the database and for finance's file."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from app.workflows.demo.making import demo_texts, random_for

STAFF, PUBLIC, DIGITAL, UNKNOWN = "57001000", "57001900", "57001950", "57001999"
COST_CENTRE = "5703150"
LINES = 1500
"""About so many bookings in all, whatever the day."""

NEWS_DAYS = 24
"""Lines of the last days are in finance's newest file, but not yet in the database."""


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line of finance, amount in cents."""

    day: date
    document_date: date
    document_number: str
    line: int
    internal_order: str
    account: str
    account_name: str
    amount_cents: int
    text: str
    payee: str


def starter_order(place: int) -> str:
    """Internal order of the starter budget of the quarter at `place`."""
    return str(57001100 + place)


def quarter_order(place: int) -> str:
    """Internal order of a Quartiersbudget."""
    return str(57001200 + place)


WITH_QUARTER_BUDGET = (0, 1, 2, 6, 7)
"""Places of the quarters that have a Quartiersbudget besides their starter budget."""


def first_year(day: date) -> int:
    """Three budget years, the day's own the last one."""
    return day.year - 2


def is_known(line: PostingLine, day: date) -> bool:
    """Has the office imported the line already?"""
    return line.day <= day - timedelta(days=NEWS_DAYS)


def postings(day: date) -> list[PostingLine]:
    """All lines from the first year until shortly before the day, in order of date."""
    roll = random_for("postings")
    months = [(year, month) for year in range(first_year(day), day.year + 1) for month in range(1, 13)]
    months = [(year, month) for year, month in months if date(year, month, 1) <= day]
    a_month = LINES / len(months) - 8
    drafts: list[PostingLine] = []
    for year, month in months:
        drafts += _staff(roll, year, month)
        drafts += _public(roll, year, month)
        drafts += _quarters(roll, year, month, a_month)
        drafts += _income(roll, year, month)
    last = day - timedelta(days=3)
    lines = sorted((line for line in drafts if line.day <= last), key=lambda line: line.day)
    return list(_numbered(lines))


def _numbered(lines: list[PostingLine]) -> Iterator[PostingLine]:
    """Document numbers run within a year; two lines of one document now and then."""
    counters: dict[int, int] = {}
    before: PostingLine | None = None
    for line in lines:
        year = line.day.year
        same = before is not None and (before.day, before.payee, before.internal_order) == (
            line.day, line.payee, line.internal_order,
        )  # fmt: skip
        if not same:
            counters[year] = counters.get(year, 0) + 1
        number = f"19{year % 100:02d}{counters[year]:06d}"
        before = replace(line, document_number=number, line=before.line + 1 if same and before else 1)
        yield before


def _staff(roll: Random, year: int, month: int) -> Iterator[PostingLine]:
    day = date(year, month, min(26, monthrange(year, month)[1]))
    for row in demo_texts()["bookings"]["staff"]:
        yield _line(roll, row, day, STAFF)


def _public(roll: Random, year: int, month: int) -> Iterator[PostingLine]:
    rows = demo_texts()["bookings"]["public"]
    for _ in range(roll.randint(2, 4)):
        yield _line(roll, roll.choice(rows), _some_day(roll, year, month), PUBLIC)


def _quarters(roll: Random, year: int, month: int, count: float) -> Iterator[PostingLine]:
    rows = demo_texts()["bookings"]["quarter"]
    orders = [starter_order(place) for place in range(len(demo_texts()["quarter"]))]
    orders += [quarter_order(place) for place in WITH_QUARTER_BUDGET]
    for _ in range(int(count) + (roll.random() < count % 1)):
        order = roll.choice(orders)
        line = _line(roll, roll.choice(rows), _some_day(roll, year, month), order)
        yield line
        if roll.random() < 0.02:
            yield _credit(line)
    if roll.random() < 0.5:
        yield _line(roll, demo_texts()["bookings"]["public"][3], _some_day(roll, year, month), DIGITAL)
    if roll.random() < 0.45:
        yield _line(roll, roll.choice(rows), _some_day(roll, year, month), UNKNOWN)


def _income(roll: Random, year: int, month: int) -> Iterator[PostingLine]:
    text, payee, account, name = demo_texts()["bookings"]["income"]
    order = quarter_order(roll.choice(WITH_QUARTER_BUDGET))
    day = _some_day(roll, year, month)
    yield PostingLine(day, day, "", 1, order, account, name, -roll.randrange(20_00, 160_00, 50), text, payee)


def _line(roll: Random, row: list[Any], day: date, order: str) -> PostingLine:
    text, payee, account, name, low, high = row
    cents = roll.randint(low * 100, high * 100)
    if roll.random() < 0.35:
        cents -= cents % 100
    actors = demo_texts()["actors"]["list"]
    document_date = day - timedelta(days=roll.randint(0, 12))
    return PostingLine(
        day, document_date, "", 1, order, account, name, cents, text, payee or roll.choice(actors)[1]
    )


def _credit(line: PostingLine) -> PostingLine:
    """A credit note some days later for a part of a line."""
    return replace(
        line,
        day=line.day + timedelta(days=9),
        document_date=line.day + timedelta(days=8),
        amount_cents=-(line.amount_cents // 3),
        text=f"Gutschrift {line.text}",
    )


def _some_day(roll: Random, year: int, month: int) -> date:
    """A weekday of the month."""
    day = date(year, month, roll.randint(1, monthrange(year, month)[1]))
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day
