"""Commitments (Mittelbindungen): money that is bound in a budget, and the bookings that settle it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import AssignedBy, number_after, open_commitment, reaches_into_later_years
from app.domain.errors import Invalid, UserError
from app.services.budgets import budgets
from app.services.records import (
    columns,
    delete,
    filled,
    is_taken,
    lacking,
    read,
    values_of,
    write,
)
from db.models import Agreement, Booking, Budget, Commitment


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment in a list; `booked_cents`: the sum of the bookings on it."""

    id: int
    number: str
    title: str
    budget_id: int
    budget_number: str
    budget_year: int
    day: date | None
    recipient: str | None
    agreement_id: int | None
    agreement_number: str | None
    decision: str | None
    closed_on: date | None
    until_year: int | None
    amount_cents: int
    booked_cents: int

    @property
    def open_cents(self) -> int:
        return open_commitment(self.amount_cents, self.booked_cents, closed=self.closed_on is not None)

    @property
    def later_years(self) -> bool:
        """Verpflichtungsermächtigung."""
        return reaches_into_later_years(self.budget_year, self.until_year)


@dataclass(frozen=True, slots=True)
class CommitmentInput:
    """`number` None: the next running one."""

    budget_id: int | None
    title: str
    amount_cents: int
    number: str | None = None
    day: date | None = None
    recipient: str | None = None
    agreement_id: int | None = None
    decision: str | None = None
    closed_on: date | None = None
    until_year: int | None = None
    notes: str | None = None
    overspending_reason: str | None = None


@dataclass(frozen=True, slots=True)
class SettlingRow:
    """A booking that settles a commitment or could."""

    id: int
    day: date
    text: str | None
    payee: str | None
    document_number: str | None
    amount_cents: int


def rows(
    session: Session,
    *,
    budget_ids: Collection[int] | None = None,
    year: int | None = None,
    agreement_id: int | None = None,
    open_only: bool = False,
    reaching_into: int | None = None,
) -> list[CommitmentRow]:
    """Commitments of a selection with what is booked on them, in order of number.

    `reaching_into`: of this budget year, or of an earlier one and reaching into it.
    """
    shown = columns(
        CommitmentRow,
        Commitment,
        budget_number=Budget.number,
        budget_year=Budget.year,
        agreement_number=Agreement.number,
        booked_cents=budgets.booked_on_commitment(),
    )
    query = (
        select(*shown)
        .join(Budget, Budget.id == Commitment.budget_id)
        .outerjoin(Agreement, Agreement.id == Commitment.agreement_id)
        .order_by(Commitment.number)
    )
    if budget_ids is not None:
        query = query.where(Commitment.budget_id.in_(budget_ids))
    if year is not None:
        query = query.where(Budget.year == year)
    if agreement_id is not None:
        query = query.where(Commitment.agreement_id == agreement_id)
    if reaching_into is not None:
        reaches = and_(Budget.year < reaching_into, Commitment.until_year >= reaching_into)
        query = query.where(or_(Budget.year == reaching_into, reaches))
    if open_only:
        query = query.where(Commitment.closed_on.is_(None))
    return read(session, CommitmentRow, query)


def load(session: Session, commitment_id: int) -> CommitmentInput:
    """The commitment as it can be edited."""
    return filled(CommitmentInput, session.get_one(Commitment, commitment_id), overspending_reason=None)


def save(session: Session, commitment_id: int | None, values: CommitmentInput) -> int:
    """Create or change a commitment; overspending is for the caller to warn of. Raises Invalid."""
    budget = session.get(Budget, values.budget_id) if values.budget_id is not None else None
    problems = _problems(session, commitment_id, values, budget)
    if problems or budget is None:
        raise Invalid(problems)
    stored = values_of(values, without=("overspending_reason", "number"))
    if values.number or commitment_id is None:
        stored["number"] = values.number or next_number(
            session.scalars(select(Commitment.number)), budget.year
        )
    commitment = write(session, Commitment, commitment_id, stored)
    budgets.give_reason(session, budget.id, values.overspending_reason)
    return int(commitment.id)


def next_number(taken: Iterable[str], year: int) -> str:
    """The next running number of a commitment in a budget of this year: "MB26-4"."""
    return number_after(list(taken), f"MB{year % 100:02d}-")


def remove(session: Session, *commitment_ids: int) -> None:
    """Delete commitments without bookings; raises UserError."""
    for commitment_id in commitment_ids:
        commitment = session.get_one(Commitment, commitment_id)
        if session.scalar(select(exists().where(Booking.commitment_id == commitment_id))):
            raise UserError(
                f"Auf der Mittelbindung {commitment.number} liegen Buchungen. "
                "Bitte die Buchungen erst lösen oder die Mittelbindung schließen."
            )
    delete(session, Commitment, *commitment_ids)


def close(session: Session, commitment_ids: Collection[int], day: date) -> None:
    """Free what is left of commitments."""
    session.execute(update(Commitment).where(Commitment.id.in_(commitment_ids)).values(closed_on=day))


def reopen(session: Session, commitment_ids: Collection[int]) -> None:
    """What is not booked of these commitments is bound again."""
    session.execute(update(Commitment).where(Commitment.id.in_(commitment_ids)).values(closed_on=None))


def settled_by(session: Session, commitment_id: int) -> list[SettlingRow]:
    """The bookings on a commitment, in order of date."""
    return _bookings(session, Booking.commitment_id == commitment_id)


def candidates(session: Session, commitment_id: int) -> list[SettlingRow]:
    """Bookings that could settle a commitment: no income, on no other one, of its budget.

    A commitment into later years is also settled from later budgets with the same internal order.
    """
    commitment = session.get_one(Commitment, commitment_id)
    budget = session.get_one(Budget, commitment.budget_id)
    of_budget = or_(Booking.budget_id == budget.id, Booking.budget_id.in_(_later(budget, commitment)))
    return _bookings(session, of_budget & Booking.commitment_id.is_(None) & Booking.is_income.is_(False))


def settle(
    session: Session, commitment_id: int, booking_ids: Sequence[int], *, final_on: date | None
) -> None:
    """Put bookings on a commitment; with `final_on` they are the last ones and close it.

    A booking that has no budget yet goes to the commitment's (see `home_of`). Raises UserError for income.
    """
    commitment = session.get_one(Commitment, commitment_id)
    chosen = Booking.id.in_(booking_ids)
    if session.scalar(select(exists().where(chosen, Booking.is_income))):
        raise UserError("Einnahmen können keine Mittelbindung erfüllen. Bitte nur Ausgaben wählen.")
    session.execute(update(Booking).where(chosen).values(commitment_id=commitment_id))
    homeless = chosen & Booking.budget_id.is_(None)
    for year in session.scalars(select(Booking.budget_year).where(homeless).distinct()).all():
        home = home_of(session, commitment_id, year)
        session.execute(
            update(Booking)
            .where(homeless, Booking.budget_year == year)
            .values(budget_id=home, assigned_by=AssignedBy.HAND)
        )
    if final_on is not None and commitment.closed_on is None:
        commitment.closed_on = max(final_on, commitment.day or final_on)


def home_of(session: Session, commitment_id: int, year: int) -> int:
    """The budget of a booking of `year` that settles a commitment.

    It is the commitment's; for one into later years that of the year with the same internal order if there is just one.
    """
    commitment = session.get_one(Commitment, commitment_id)
    budget = session.get_one(Budget, commitment.budget_id)
    later = session.scalars(_later(budget, commitment).where(Budget.year == year)).all()
    return int(later[0] if len(later) == 1 else budget.id)


def _later(budget: Budget, commitment: Commitment) -> Select[int]:
    """SQL: the budgets of later years that a commitment is settled from as well."""
    return select(Budget.id).where(
        Budget.internal_order.is_not(None),
        Budget.internal_order == budget.internal_order,
        Budget.year > budget.year,
        Budget.year <= (commitment.until_year or budget.year),
    )


def remove_bookings(session: Session, booking_ids: Sequence[int]) -> None:
    """Take bookings off their commitment."""
    session.execute(update(Booking).where(Booking.id.in_(booking_ids)).values(commitment_id=None))


def _bookings(session: Session, condition: ColumnElement[bool]) -> list[SettlingRow]:
    query = select(*columns(SettlingRow, Booking)).where(condition)
    return read(session, SettlingRow, query.order_by(Booking.day, Booking.id))


def _problems(
    session: Session, commitment_id: int | None, values: CommitmentInput, budget: Budget | None
) -> dict[str, str]:
    problems = lacking(values, title="Bitte eine Bezeichnung eintragen.")
    if budget is None:
        problems["budget_id"] = "Bitte ein Budget wählen."
    if values.amount_cents < 0:
        problems["amount_cents"] = "Der Betrag darf nicht negativ sein."
    if budget is not None and values.until_year is not None and values.until_year < budget.year:
        problems["until_year"] = f"Das Budget gehört zu {budget.year}; „reicht bis“ kann nicht davor liegen."
    if values.day and values.closed_on and values.closed_on < values.day:
        problems["closed_on"] = "Geschlossen am liegt vor dem Datum der Mittelbindung."
    if values.number and is_taken(session, Commitment.number, values.number, commitment_id):
        problems["number"] = f"Die Nummer {values.number} hat schon eine andere Mittelbindung."
    return problems
