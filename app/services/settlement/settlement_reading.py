"""Reads what a budget year holds for settling: its commitments, and its bookings that are on none yet."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import normal_code
from app.domain.budgets.budgets import BookingSource
from app.domain.settlement.settlement_credits import Settled
from app.domain.settlement.settlement_evidence import CommitmentFacts, Payment
from app.domain.settlement.settlement_names import words
from app.services.bookings.rule_subjects import portions
from app.services.budgets import commitments
from app.services.records import columns, filled, grouped
from db.models import Actor, Booking, Budget, Instalment, Party

_PAYMENT = (
    *columns(Payment, Booking, without=("budget_ids", "has_budget")),
    Booking.budget_id,
    Booking.internal_order,
)


class Reading:
    """What a budget year holds: its commitments, those of earlier years that reach into it, and its bookings."""

    def __init__(self, session: Session, year: int) -> None:
        self._session = session
        self._year = year
        self.commitments = {row.id: row for row in commitments.rows(session, reaching_into=year)}
        own = session.execute(select(Budget.id, Budget.internal_order).where(Budget.year == year))
        self._order_of: dict[int, str | None] = {budget_id: normal_code(order) for budget_id, order in own}
        self._by_order: dict[str, list[int]] = defaultdict(list)
        for budget_id, order in self._order_of.items():
            if order:
                self._by_order[order].append(budget_id)
        self.facts = self._facts()

    def _facts(self) -> list[CommitmentFacts]:
        session = self._session
        agreement_ids = {
            row.agreement_id for row in self.commitments.values() if row.agreement_id is not None
        }
        parties: dict[int, list[str]] = {}
        instalments: dict[int, list[int]] = {}
        named = select(Party.agreement_id, Actor.name).join(Actor, Actor.id == Party.actor_id)
        rates = select(Instalment.agreement_id, Instalment.amount_cents)
        for some in portions(agreement_ids):
            parties |= grouped(session, named.where(Party.agreement_id.in_(some)).order_by(Party.position))
            instalments |= grouped(session, rates.where(Instalment.agreement_id.in_(some)))
        orders = dict(
            session.execute(select(Budget.id, Budget.internal_order).where(Budget.year < self._year)).all()
        )
        made = []
        for row in self.commitments.values():
            budget_ids = {row.budget_id}
            if row.budget_year < self._year:
                budget_ids.update(self._by_order.get(normal_code(orders[row.budget_id]) or "", ()))
            agreement_id = row.agreement_id or 0
            names = [name for name in (row.recipient, *parties.get(agreement_id, ())) if name]
            made.append(
                filled(
                    CommitmentFacts,
                    row,
                    title=words(row.title),
                    budget_ids=frozenset(budget_ids),
                    is_closed=row.closed_on is not None,
                    recipients=tuple(dict.fromkeys(names)),
                    agreement=row.agreement_number,
                    instalments=frozenset(instalments.get(agreement_id, ())),
                )
            )
        return made

    def payments(self) -> list[Payment]:
        """Bookings of the year that are on no commitment: in these budgets, or in none yet. Income never."""
        of_year = {budget_id for one in self.facts for budget_id in one.budget_ids} & self._order_of.keys()
        free = and_(
            Booking.commitment_id.is_(None),
            Booking.is_income.is_(False),
            Booking.source != BookingSource.DIFFERENCE,  # single lines will replace it
            Booking.amount_cents != 0,
        )
        found: list[Payment] = []
        for some in portions(of_year):
            found += self._read(free, Booking.budget_id.in_(some))
        found += self._read(free, and_(Booking.budget_id.is_(None), Booking.budget_year == self._year))
        return found

    def settled(self) -> list[Settled]:
        """What is on these commitments already."""
        found: list[Settled] = []
        for some in portions(self.commitments):
            query = select(Booking.commitment_id, *_PAYMENT).where(Booking.commitment_id.in_(some))
            rows = self._session.execute(query)
            found += [Settled(row.commitment_id, self._payment(row)) for row in rows]
        return found

    def home(self, commitment_id: int, payment: Payment) -> int | None:
        """The budget that a booking without one gets with its commitment; None for one that has a budget."""
        if payment.has_budget:
            return None
        return commitments.home_of(self._session, commitment_id, self._year)

    def _read(self, *conditions: ColumnElement[bool]) -> list[Payment]:
        return [self._payment(row) for row in self._session.execute(select(*_PAYMENT).where(*conditions))]

    def _payment(self, row: Any) -> Payment:
        if row.budget_id is not None:
            places: tuple[int, ...] = (row.budget_id,)
        else:
            places = tuple(self._by_order.get(normal_code(row.internal_order) or "", ()))
        return filled(Payment, row, budget_ids=places, has_budget=row.budget_id is not None)
