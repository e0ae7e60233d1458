"""What the bookings of a plan's orders and months will add up to once the plan is written."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.domain.bookings.booking_plan import BookingPlan, PlannedRow
from app.domain.bookings.bookings import (
    INCOME_CLASSES,
    BookingField,
    Posting,
    RowState,
    Shape,
    StoredBooking,
    is_income,
)
from app.domain.budgets.budgets import BookingSource


class Held(NamedTuple):
    """Bookings of the database that look alike, and their sum in cents. `month` is its first day."""

    internal_order: str | None
    account: str | None
    budget_year: int
    month: date
    is_income: bool
    amount_cents: int


@lru_cache(maxsize=4096)
def month_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def prognosis(plan: BookingPlan, after: Iterable[StoredBooking], classes: str = INCOME_CLASSES) -> list[Held]:
    """What the database will hold: `after` are the stored bookings as the plan leaves them, new rows come on top."""
    sums: Counter[tuple[str | None, str | None, int, date, bool]] = Counter()
    for one in after:
        place = one.internal_order, one.account, one.budget_year, month_of(one.day), one.is_income
        sums[place] += one.amount_cents
    for row in plan.rows:
        if row.state is RowState.NEW:
            new = row.posting
            income = is_income(new.account, classes)
            sums[new.internal_order, new.account, new.budget_year, month_of(new.day), income] += (
                row.amount_cents
            )
    return [
        Held(order, account, year, month, income, cents)
        for (order, account, year, month, income), cents in sums.items()
    ]


def stored_after(
    plan: BookingPlan,
    stored: Sequence[StoredBooking],
    given: frozenset[BookingField],
    removed: Collection[int] = (),
    classes: str = INCOME_CLASSES,
) -> list[StoredBooking]:
    """The bookings that are there already, as the plan leaves them: corrected, adopted, replaced, without removed ones.

    It foretells what services/bookings/booking_import.py writes; the control afterwards holds both against each other.
    """
    becomes: dict[int, StoredBooking | None] = {}
    for row in plan.rows:
        old = row.stored
        if old is None:
            continue
        if row.is_correction:
            becomes[old.id] = _corrected(row, old, plan.shape, given, classes)
        elif row.state is RowState.KNOWN and old.source is BookingSource.MANUAL:
            becomes.setdefault(old.id, _adopted(row.posting, old, classes))
    for replacement in plan.replaced:
        cents = replacement.amount_cents
        becomes[replacement.stored.id] = (
            None if cents is None else replacement.stored._replace(amount_cents=cents)
        )
    gone = frozenset(removed) & {one.id for one in plan.missing}
    after = (becomes.get(one.id, one) for one in stored if one.id not in gone)
    return [one for one in after if one is not None]


def _corrected(
    row: PlannedRow, old: StoredBooking, shape: Shape, given: frozenset[BookingField], classes: str
) -> StoredBooking:
    if shape is Shape.CUMULATIVE:
        return old._replace(amount_cents=row.amount_cents)
    one = row.posting
    new = old._replace(amount_cents=row.amount_cents, day=one.day)
    if BookingField.INTERNAL_ORDER in given:
        new = new._replace(internal_order=one.internal_order)
    if BookingField.BUDGET_YEAR in given:
        new = new._replace(budget_year=one.budget_year)
    if BookingField.ACCOUNT in given:
        new = new._replace(account=one.account, is_income=is_income(one.account, classes))
    return new


def _adopted(one: Posting, old: StoredBooking, classes: str) -> StoredBooking:
    """Finance's line takes the place of the entry by hand; what it does not say stays (and so does the amount)."""
    new = old._replace(
        source=BookingSource.FINANCE,
        day=one.day,
        budget_year=one.budget_year,
        internal_order=one.internal_order or old.internal_order,
    )
    if one.account is not None:
        new = new._replace(account=one.account, is_income=is_income(one.account, classes))
    return new
