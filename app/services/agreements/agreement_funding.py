"""The money of one agreement: amount, budget, instalments, commitments, and what of it is paid."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED, acting
from app.domain.agreements.agreement_timeline import Event, EventKind
from app.domain.agreements.agreements import BINDING_STAGES, OWING_STAGES, Stage
from app.domain.agreements.instalments import DuePart, PaidState, adjusted_parts, paid_state
from app.domain.agreements.term import Term
from app.domain.errors import Invalid
from app.domain.money import euro
from app.services.agreements import agreed, instalments, signed, signed_state
from app.services.agreements.instalments import InstalmentInput
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetRow, BudgetSelection
from app.services.budgets.commitments import CommitmentRow, SettlingRow
from app.services.records import assign, filled
from db.models import Agreement, Commitment

OBLIGING_STAGES = BINDING_STAGES - {Stage.TERMINATED}
"""Stages in which an amount without commitment is owed although the budget does not know of it."""

NEXT_PAYMENTS = 3
"""So many instalments to come stand in the timeline; the tab "Geld" has all."""


@dataclass(frozen=True, slots=True)
class FrameInput:
    """What is agreed on money: the amount, the budget it comes from, and what the board decided."""

    amount_cents: int | None = None
    budget_id: int | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ComingAmount:
    """The amount in force from a day on, by a signed amendment."""

    day: date
    amount_cents: int
    amendment_nr: int


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """An instalment with what is paid of it, oldest first, from bookings on the commitments."""

    id: int
    nr: int
    due: date | None
    amount_cents: int
    condition: str | None
    paid_cents: int
    state: PaidState

    @property
    def open_cents(self) -> int:
        return self.amount_cents - self.paid_cents


@dataclass(frozen=True, slots=True)
class SettledCommitment:
    """A commitment of the agreement with the bookings on it."""

    row: CommitmentRow
    bookings: tuple[SettlingRow, ...]


@dataclass(frozen=True, slots=True)
class Funding:
    """All about the money of one agreement."""

    agreement_id: int
    number: str
    stage: Stage
    frame: FrameInput
    budget: BudgetRow | None
    instalments: tuple[InstalmentRow, ...]
    commitments: tuple[SettledCommitment, ...]
    coming: tuple[ComingAmount, ...] = ()
    on: date = date.min

    @property
    def amount_cents(self) -> int:
        return self.frame.amount_cents or 0

    @property
    def instalment_sum_cents(self) -> int:
        return sum(one.amount_cents for one in self.instalments)

    @property
    def difference_cents(self) -> int:
        """Instalments less amount; 0 while there are none."""
        return self.instalment_sum_cents - self.amount_cents if self.instalments else 0

    @property
    def to_adjust(self) -> tuple[int, date] | None:
        """(amount, day from which it holds) that the instalments should come to and do not; an amendment that is signed
        and does not act yet counts. None while there are no instalments.
        """
        if not self.instalments:
            return None
        last = self.coming[-1] if self.coming else None
        wanted = (last.amount_cents, last.day) if last else (self.amount_cents, self.on)
        return wanted if wanted[0] != self.instalment_sum_cents else None

    def adjusted(self) -> tuple[InstalmentInput, ...]:
        """The instalments as proposed for the amount they should come to."""
        if self.to_adjust is None:
            return tuple(filled(InstalmentInput, one) for one in self.instalments)
        dues = [DuePart(one.amount_cents, one.due) for one in self.instalments]
        parts = adjusted_parts(dues, [one.paid_cents for one in self.instalments], *self.to_adjust)
        rows = [
            replace(filled(InstalmentInput, one), amount_cents=cents)
            for one, cents in zip(self.instalments, parts, strict=False)
            if cents
        ]
        return (*rows, *(InstalmentInput(amount_cents=cents) for cents in parts[len(self.instalments) :]))

    @property
    def committed_cents(self) -> int:
        return sum(one.row.amount_cents for one in self.commitments)

    @property
    def paid_cents(self) -> int:
        return sum(one.row.booked_cents for one in self.commitments)

    @property
    def open_cents(self) -> int:
        """What of the amount is not paid yet."""
        return max(0, self.amount_cents - self.paid_cents)

    @property
    def overdue(self) -> tuple[InstalmentRow, ...]:
        return tuple(one for one in self.instalments if one.state is PaidState.OVERDUE)

    @property
    def available_after_cents(self) -> int | None:
        """What the budget has left once all that is not committed yet is; None without budget."""
        if self.budget is None:
            return None
        return self.budget.figures.available_cents - max(0, self.amount_cents - self.committed_cents)


def uncommitted_of(session: Session, agreement_id: int, on: date | None = None) -> int:
    """What a signed agreement obliges to beyond its commitments, in cents; what the program offers to commit."""
    return uncommitted_agreements(session, on).get(agreement_id, ("", 0))[1]


def load(session: Session, agreement_id: int, on: date) -> Funding:
    """The money of an agreement as it stands on a day."""
    record = session.get_one(Agreement, agreement_id)
    paying = budgets.rows(session, BudgetSelection(budget_id=record.budget_id)) if record.budget_id else []
    found = commitments.rows(session, agreement_id=agreement_id)
    rows = instalments.records(session, agreement_id)
    now = agreed.acting_of(session, agreement_id, on)
    paid = instalments.paid(rows, sum(row.booked_cents for row in found))
    owed = record.stage in OWING_STAGES and not signed.is_given_up(session, agreement_id)
    return Funding(
        agreement_id=record.id,
        number=record.number,
        stage=now.stage(record.stage),
        frame=filled(FrameInput, record, amount_cents=now.amount_cents(record.amount_cents)),
        coming=coming_amounts(session, record, on),
        on=on,
        budget=next(iter(paying), None),
        instalments=tuple(
            filled(InstalmentRow, one, paid_cents=part, state=paid_state(due, part, on, owed=owed))
            for one, due, part in paid
        ),
        commitments=tuple(
            SettledCommitment(row, tuple(commitments.settled_by(session, row.id))) for row in found
        ),
    )


def uncommitted_agreements(session: Session, on: date | None = None) -> dict[int, tuple[str, int]]:
    """(number, cents) of every agreement that obliges to more than is committed, by id, on a day (None: today)."""
    committed = (
        select(func.coalesce(func.sum(Commitment.amount_cents), 0))
        .where(Commitment.agreement_id == Agreement.id)
        .correlate(Agreement)
        .scalar_subquery()
    )
    query = select(Agreement.id, Agreement.number, Agreement.amount_cents, committed)
    known = agreed.acting(session, on or date.today())
    found = {
        key: (number, (known.get(key, UNAMENDED).amount_cents(cents) or 0) - bound)
        for key, number, cents, bound in session.execute(query.where(Agreement.stage.in_(OBLIGING_STAGES)))
    }
    return {key: (number, cents) for key, (number, cents) in found.items() if cents > 0}


def coming_amounts(session: Session, record: Agreement, on: date) -> tuple[ComingAmount, ...]:
    """The amounts that signed amendments put in force after a day, in order."""
    signed = agreed.amendments_of(session, record.id).get(record.id, [])
    term = filled(Term, record)
    later = sorted({one.effective_from for one in signed if one.effective_from > on})
    found, before = [], acting(term, signed, on).amount_cents(record.amount_cents)
    for day in later:
        now = acting(term, signed, day)
        cents = now.amount_cents(record.amount_cents)
        if cents != before:
            nr = next(one.nr for one in signed if one.id == now.sources["amount_cents"])
            found.append(ComingAmount(day, cents or 0, nr))
        before = cents
    return tuple(found)


def payments(session: Session, agreement_id: int, on: date) -> tuple[Event, ...]:
    """Instalments for the timeline: all that are overdue, and the next ones that are not paid."""
    found = load(session, agreement_id, on)
    late = [
        Event(one.due, EventKind.PAYMENT_OVERDUE, f"Rate {one.nr}: {euro(one.open_cents)} überfällig")
        for one in found.overdue
        if one.due
    ]
    coming = [
        Event(one.due, EventKind.PAYMENT, f"Rate {one.nr}: {euro(one.open_cents)}")
        for one in found.instalments
        if one.due and one.open_cents and one not in found.overdue
    ]
    return (*late, *sorted(coming, key=lambda event: event.day)[:NEXT_PAYMENTS])


def save_frame(session: Session, agreement_id: int, data: FrameInput, on: date | None = None) -> None:
    """Write amount, budget and decision; `on`: the day whose amount this is (None: today).

    Raises Invalid for a negative amount, and for one that is agreed already.
    """
    if data.amount_cents is not None and data.amount_cents < 0:
        raise Invalid({"amount_cents": "Der Betrag darf nicht negativ sein."})
    record = session.get_one(Agreement, agreement_id)
    with signed_state.kept(session, agreement_id):
        own = agreed.at_source(session, agreement_id, {"amount_cents": data.amount_cents}, on or date.today())
        assign(record, own | {"budget_id": data.budget_id})
        record.decision = (data.decision or "").strip() or None
