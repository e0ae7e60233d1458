"""Proposals she has said no to: kept with the database, so that they do not come again.

Each is a setting named after booking and commitment. Its value says what the booking was: one that finance corrects
later is proposed anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.settlement.settlement_evidence import Payment
from app.services.bookings.rule_subjects import portions
from db.models import Booking, Setting

_PREFIX = "settlement.declined."

Pair = tuple[int, int]
"""Ids of booking and commitment."""


def decline(session: Session, pairs: Iterable[Pair]) -> None:
    """Do not propose these again, unless finance corrects the booking."""
    for booking_id, commitment_id in pairs:
        booking = session.get_one(Booking, booking_id)
        name = _name((booking_id, commitment_id))
        setting = session.scalar(select(Setting).where(Setting.name == name)) or Setting(name=name)
        setting.value = _mark(booking.day, booking.amount_cents)
        session.add(setting)


def count(session: Session, year: int) -> int:
    """How many proposals of a budget year she has declined."""
    return len(_of_year(session, year))


def undo(session: Session, year: int) -> None:
    """Propose again what was declined in a budget year."""
    for pair in _of_year(session, year):
        session.execute(delete(Setting).where(Setting.name == _name(pair)))


def still(session: Session, payments: Sequence[Payment]) -> set[Pair]:
    """What was declined of these bookings as they are now."""
    declined = _stored(session)
    marks = {one.id: _mark(one.day, one.amount_cents) for one in payments} if declined else {}
    return {pair for pair, mark in declined.items() if marks.get(pair[0]) == mark}


def _name(pair: Pair) -> str:
    return f"{_PREFIX}{pair[0]}.{pair[1]}"


def _mark(day: date, amount_cents: int) -> str:
    return f"{day.isoformat()} {amount_cents}"


def _stored(session: Session) -> dict[Pair, str]:
    """The pairs with the mark of the booking when she declined."""
    stored = session.execute(select(Setting.name, Setting.value).where(Setting.name.startswith(_PREFIX)))
    found = {}
    for name, mark in stored:
        booking_id, _, commitment_id = name.removeprefix(_PREFIX).partition(".")
        found[int(booking_id), int(commitment_id)] = mark
    return found


def _of_year(session: Session, year: int) -> list[Pair]:
    declined = _stored(session)
    there = {}
    for some in portions({booking_id for booking_id, _ in declined}):
        found = select(Booking.id, Booking.day, Booking.amount_cents).where(
            Booking.id.in_(some), Booking.commitment_id.is_(None), Booking.budget_year == year
        )
        for booking_id, day, cents in session.execute(found):
            there[booking_id] = _mark(day, cents)
    return [pair for pair, mark in declined.items() if there.get(pair[0]) == mark]
