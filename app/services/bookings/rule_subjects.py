"""Reads what rules for assignment see of the bookings that are stored."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assignment.assignment_rules import RuleSubject
from app.domain.bookings.bookings import normal_code
from app.domain.budgets.budgets import BookingSource
from app.services.records import columns
from db.models import Booking

_AT_ONCE = 500
SUBJECT_COLUMNS = tuple(columns(RuleSubject, Booking))
"""What rules see; read together with BY_HAND and given to `subject_at`."""
BY_HAND = Booking.source == BookingSource.MANUAL


def subject_at(by_hand: bool, cells: Collection[object]) -> RuleSubject:
    """What rules see of a booking; one by hand has its codes as they are written at its budget."""
    subject = RuleSubject._make(cells)
    if not by_hand:
        return subject
    return subject._replace(
        internal_order=normal_code(subject.internal_order),
        cost_centre=normal_code(subject.cost_centre),
        account=normal_code(subject.account),
    )


def subjects(session: Session, booking_ids: Collection[int]) -> dict[int, RuleSubject]:
    """What rules see of some bookings, by id."""
    query = select(Booking.id, BY_HAND, *SUBJECT_COLUMNS)
    return {
        booking_id: subject_at(by_hand, cells)
        for ids in portions(booking_ids)
        for booking_id, by_hand, *cells in session.execute(query.where(Booking.id.in_(ids)))
    }


def portions(ids: Collection[int]) -> list[list[int]]:
    """Ids without repetition, as many at once as a statement takes."""
    unique = sorted(set(ids))
    return [unique[start : start + _AT_ONCE] for start in range(0, len(unique), _AT_ONCE)]
