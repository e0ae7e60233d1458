"""Sums up what the database holds of the orders and months of a finance file, to hold the file against it."""

from datetime import date

from sqlalchemy import ColumnElement, String, cast, false, func, select
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import Shape, normal_code
from app.domain.bookings.import_effect import Held
from app.domain.bookings.import_sums import Scope
from app.domain.dates import last_of_month
from db.models import Booking


def held(session: Session, scope: Scope) -> list[Held]:
    """The bookings as they are now, summed by all that tells them apart for the control."""
    month = func.substr(
        cast(Booking.day, String), 1, 7
    )  # "2026-03", several times as quick as extracting both
    place = (month, Booking.internal_order, Booking.account, Booking.budget_year, Booking.is_income)
    query = select(*place, func.sum(Booking.amount_cents)).where(_span(scope)).group_by(*place)
    return [
        # Entries by hand take their order from the budget, as it is written there.
        Held(normal_code(order), account, year, date.fromisoformat(f"{of}-01"), income, int(cents))
        for of, order, account, year, income, cents in session.execute(query)
    ]


def _span(scope: Scope) -> ColumnElement[bool]:
    """The budget years that sums so far are about, or whole months of single lines."""
    if scope.plan.shape is Shape.CUMULATIVE:
        return Booking.budget_year.in_(set(scope.years.values()))
    months = [place.month for place in scope.said if place.month is not None]
    return Booking.day.between(min(months), last_of_month(max(months))) if months else false()
