"""What rules for assignment see of the bookings that are stored."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import Look
from app.domain.bookings.bookings import normal_code
from app.domain.budgets.budgets import BookingSource
from app.services.records import columns
from db.models import Booking

_AT_ONCE = 500
LOOK = tuple(columns(Look, Booking))
"""What rules see; read together with BY_HAND and given to `look_at`."""
BY_HAND = Booking.source == BookingSource.MANUAL


def look_at(by_hand: bool, cells: Collection[object]) -> Look:
    """The look of a booking; one by hand has its codes as they are written at its budget."""
    look = Look._make(cells)
    if not by_hand:
        return look
    return look._replace(
        internal_order=normal_code(look.internal_order),
        cost_centre=normal_code(look.cost_centre),
        account=normal_code(look.account),
    )


def looks(session: Session, booking_ids: Collection[int]) -> dict[int, Look]:
    """The looks of some bookings, by id."""
    query = select(Booking.id, BY_HAND, *LOOK)
    return {
        booking_id: look_at(by_hand, cells)
        for ids in portions(booking_ids)
        for booking_id, by_hand, *cells in session.execute(query.where(Booking.id.in_(ids)))
    }


def portions(ids: Collection[int]) -> list[list[int]]:
    """Ids without repetition, as many at once as a statement takes."""
    unique = sorted(set(ids))
    return [unique[start : start + _AT_ONCE] for start in range(0, len(unique), _AT_ONCE)]
