"""Calendar arithmetic of terms and deadlines: months that clamp, and the working days of Lower Saxony."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
"""By `date.weekday()`."""
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days that are entered or leafed to lie between them; what lies outside is a slip of typing."""
LAST_YEAR = 9000
"""Terms are not followed beyond this year, so that "31.12.9999" for "without end" cannot overflow a date."""


def month_name(day: date) -> str:
    """ "November 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def enterable(day: date) -> date:
    """`day`, or the nearest one that can be entered."""
    return min(max(day, EARLIEST_DAY), LATEST_DAY)


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """`day` plus `months` (may be negative): keeps the day number, clamps to the month's end (BGB 188)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = 28 if day.day <= 28 else monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


def renewed(end: date, months: int) -> date:
    """The end of the term that follows a term ended on `end`, renewed by `months` (domain.md, Dates).

    The new term starts the day after and ends the day before the same day number `months` later; where that
    day number does not exist, on that month's last day.
    """
    start = end + ONE_DAY
    same_day = add_months(start, months)
    return same_day if same_day.day != start.day else same_day - ONE_DAY


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauß's rule as corrected by Lichtenberg)."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    cycle = year % 19
    seed = (19 * cycle + moon) % 30
    full_moon = 21 + seed - (seed // 29 + (seed // 28 - seed // 29) * (cycle // 11))
    first_sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full_moon + 7 - (full_moon - first_sunday) % 7 - 1)


@cache
def holidays(year: int) -> dict[date, str]:
    """The public holidays of Lower Saxony in `year` with their German names (NFeiertagsG)."""
    sunday = easter(year)
    days = {
        date(year, 1, 1): "Neujahr",
        sunday - timedelta(days=2): "Karfreitag",
        sunday + timedelta(days=1): "Ostermontag",
        date(year, 5, 1): "Tag der Arbeit",
        sunday + timedelta(days=39): "Christi Himmelfahrt",
        sunday + timedelta(days=50): "Pfingstmontag",
        date(year, 10, 3): "Tag der Deutschen Einheit",
        date(year, 12, 25): "1. Weihnachtstag",
        date(year, 12, 26): "2. Weihnachtstag",
    }
    if year >= 2017:  # 2017 once in all of Germany, every year in Lower Saxony since 2018
        days[date(year, 10, 31)] = "Reformationstag"
    return days


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday in Lower Saxony."""
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it (BGB 193)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`; `day` itself does not count."""
    while count > 0:
        day -= ONE_DAY
        count -= is_working_day(day)
    return day


def german(day: date) -> str:
    """`31.12.2026`."""
    return f"{day:%d.%m.}{day.year:04d}"
