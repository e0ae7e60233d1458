"""Which copies are kept: days, weeks, months; a wrong clock throws nothing out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.copies.rotation import BEFORE, DAYS, MONTHS, WEEKS, dispensable

PLENTY = 10**12
START = datetime(2023, 1, 2, 8)


@dataclass(frozen=True, slots=True)
class Kept:
    taken_at: datetime
    is_regular: bool = True
    size: int = 10
    mark: str = ""


def after_years(days: int) -> list[Kept]:
    """What is there after so many days on which the program was used, rotated each day; newest first."""
    there: list[Kept] = []
    for day in range(days):
        there.insert(0, Kept(START + timedelta(days=day)))
        for gone in dispensable(there, PLENTY):
            there.remove(gone)
    return there


def test_days_weeks_and_months_of_last_states_stay() -> None:
    there = after_years(1200)
    last = START + timedelta(days=1199)
    days = [copy.taken_at for copy in there]
    assert days[:DAYS] == [last - timedelta(days=back) for back in range(DAYS)]
    ends_of_weeks = [day for day in days if day.weekday() == 6 and day > last - timedelta(weeks=WEEKS - 1)]
    assert len(ends_of_weeks) == WEEKS - 1  # and the week that is not over
    ends_of_months = {(day.year, day.month) for day in days}
    assert len(ends_of_months) == MONTHS
    assert len(days) < DAYS + WEEKS + MONTHS
    assert all(
        (day + timedelta(days=1)).day == 1 for day in days if day < last - timedelta(days=80)
    )  # the last state of each month


def test_many_of_one_day_count_as_one() -> None:
    there = [Kept(START + timedelta(days=day)) for day in reversed(range(DAYS))]
    by_hand = [Kept(there[0].taken_at + timedelta(minutes=nth)) for nth in range(14, 0, -1)]
    assert dispensable(by_hand + there, PLENTY) == []  # the day is not over
    tomorrow = Kept(START + timedelta(days=DAYS))
    assert dispensable([tomorrow, *by_hand, *there], PLENTY)[-14:] == [there[0], *reversed(by_hand[1:])]
    assert by_hand[0] not in dispensable([tomorrow, *by_hand, *there], PLENTY)


def test_a_clock_that_was_ahead_or_behind_throws_nothing_out() -> None:
    there = after_years(60)
    for wrong in (datetime(2031, 3, 5), datetime(2001, 1, 1)):
        kept = [Kept(wrong), *there]
        gone = dispensable(kept, PLENTY)
        assert len(gone) <= 3  # at most the oldest of the days, of the weeks and of the months
        assert kept[0] not in gone
        after = [Kept(there[0].taken_at + timedelta(days=1)), *(one for one in kept if one not in gone)]
        assert kept[0] not in dispensable(after, PLENTY)


def test_copies_before_something_happened_stay_as_long_as_the_oldest() -> None:
    before = [Kept(START - timedelta(hours=nth), is_regular=False) for nth in range(BEFORE + 3)]
    day = Kept(START + timedelta(hours=1))
    assert dispensable([day, *before], PLENTY) == before[: BEFORE - 1 : -1]
    assert dispensable([*after_years(200), before[0]], PLENTY) == []
    assert dispensable([*after_years(1200), before[0]], PLENTY) == [before[0]]


def test_the_size_is_held_and_the_last_two_days_stay() -> None:
    there = after_years(60)
    early = Kept(there[0].taken_at - timedelta(hours=1))
    copies = [there[0], early, *there[1:]]
    assert dispensable(copies, 10 * (len(copies) - 2)) == [there[-1], early]  # oldest first
    assert [copy for copy in copies if copy not in dispensable(copies, 1)] == there[:2]


def test_nothing_there_is_nothing_to_do() -> None:
    assert dispensable([], 1) == []
