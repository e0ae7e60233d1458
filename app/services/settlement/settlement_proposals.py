"""Proposals which commitment a booking settles: made for one budget year, accepted as a set."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from app.domain.settlement.settlement import SettlementKind, Step, Strength, balances, ordered, sensible_kinds
from app.domain.settlement.settlement_matching import propose
from app.services.bookings.rule_subjects import portions
from app.services.budgets import budgets, commitments
from app.services.records import filled
from app.services.settlement import settlement_declined
from app.services.settlement.settlement_reading import Reading
from db.models import Agreement, Booking, Commitment


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A booking, the commitment it probably settles, and why. `id` is the booking's."""

    id: int
    strength: Strength
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]
    kind: SettlementKind
    day: date
    text: str | None
    payee: str | None
    document_number: str | None
    amount_cents: int
    home_id: int | None  # the budget it gets with the commitment; None: it has one
    commitment_id: int
    number: str
    title: str
    recipient: str | None
    agreement_number: str | None
    committed_on: date | None
    budget_id: int
    budget_number: str
    committed_cents: int
    booked_cents: int
    is_closed: bool

    def step(self, kind: SettlementKind) -> Step:
        """What accepting it does, as app.domain.settlement.settlement.balances takes it."""
        return filled(Step, self, booking_id=self.id, kind=kind)


class Acceptance(NamedTuple):
    """A proposal she agrees to."""

    booking_id: int
    commitment_id: int
    kind: SettlementKind


class Overspent(NamedTuple):
    """A budget that an acceptance would overspend, and by how many cents in all."""

    budget_id: int
    number: str
    cents: int


def rows(session: Session, year: int) -> list[ProposalRow]:
    """What bookings of a budget year probably settle, the surest first."""
    reading = Reading(session, year)
    if not reading.facts:
        return []
    payments = reading.payments()
    settled = reading.settled() if any(one.amount_cents < 0 for one in payments) else []
    found = ordered(
        propose(
            payments,
            reading.facts,
            settled,
            other_numbers=session.scalars(select(Commitment.number)),
            agreements=session.scalars(select(Agreement.number)),
            declined=settlement_declined.still(session, payments),
        )
    )
    kinds = sensible_kinds(found)
    made = []
    for one in found:
        payment, shown = one.payment, reading.commitments[one.commitment.id]
        made.append(
            filled(
                ProposalRow,
                payment,
                strength=one.strength,
                reasons=one.reasons,
                doubts=one.doubts,
                kind=kinds[payment.id],
                home_id=reading.home(shown.id, payment),
                commitment_id=shown.id,
                number=shown.number,
                title=shown.title,
                recipient=shown.recipient or next(iter(one.commitment.recipients), None),
                agreement_number=shown.agreement_number,
                committed_on=shown.day,
                budget_id=shown.budget_id,
                budget_number=shown.budget_number,
                committed_cents=shown.amount_cents,
                booked_cents=shown.booked_cents,
                is_closed=shown.closed_on is not None,
            )
        )
    return made


def accept(session: Session, accepted: Sequence[Acceptance], on: date) -> None:
    """Put bookings on their commitments; the final ones close them on a day. Raises UserError where one is taken."""
    ids = [one.booking_id for one in accepted]
    free = Booking.commitment_id.is_(None)
    known = {
        booking_id
        for some in portions(ids)
        for booking_id in session.scalars(select(Booking.id).where(Booking.id.in_(some), free))
    }
    if len(known) != len(set(ids)):
        raise UserError("Eine der Buchungen liegt inzwischen auf einer Mittelbindung. Bitte neu abgleichen.")
    together: dict[int, list[Acceptance]] = defaultdict(list)
    for one in accepted:
        together[one.commitment_id].append(one)
    for commitment_id, some in together.items():
        final = any(one.kind is SettlementKind.FINAL for one in some)
        booking_ids = [one.booking_id for one in some]
        commitments.settle(session, commitment_id, booking_ids, final_on=on if final else None)


def overspent_by(session: Session, chosen: Sequence[tuple[ProposalRow, SettlementKind]]) -> list[Overspent]:
    """The budgets that accepting these would overspend, or more so than they are.

    Only bookings that have no budget yet can do that: the others are spent already, settling them sets money free.
    """
    more: dict[int, int] = defaultdict(int)
    effects = balances(row.step(kind) for row, kind in chosen)
    for row, _ in chosen:
        if row.home_id is not None:
            more[row.home_id] += row.amount_cents
        effect = effects[row.id]
        more[row.budget_id] -= effect.before - effect.after
    found = []
    for budget_id in sorted({row.home_id for row, _ in chosen if row.home_id is not None}):
        if more[budget_id] > 0:
            cents = budgets.overspent_after(session, budget_id, more[budget_id])
            if cents:
                found.append(Overspent(budget_id, budgets.load(session, budget_id).number, cents))
    return found
