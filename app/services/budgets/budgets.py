"""Budgets and their figures, asked from SQL for any selection (domain.md, Money)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import normal_code
from app.domain.budgets.budget_lines import KnownBudget
from app.domain.budgets.budgets import BudgetFigures
from app.domain.errors import refuse
from app.services.records import columns, delete, filled, is_taken, lacking, read, refuse_if_used, write
from db.models import Booking, Budget, Commitment, Grant, PlanItem, Quarter, Transfer


@dataclass(frozen=True, slots=True)
class BudgetSelection:
    """Which budgets; None means any. An empty selection are all budgets."""

    year: int | None = None
    quarter_id: int | None = None
    kind: str | None = None
    budget_id: int | None = None
    grant_id: int | None = None
    plan_item_id: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        return [
            Budget.__table__.c[_column(name)] == value
            for name, value in asdict(self).items()
            if value is not None
        ]


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget in a list with its figures."""

    id: int
    number: str
    title: str
    quarter_id: int | None
    quarter: str | None
    kind: str | None
    year: int
    internal_order: str | None
    cost_centre: str | None
    grant: str | None
    position: str | None
    overspending_reason: str | None
    figures: BudgetFigures


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Bookings that have no budget yet; income apart."""

    count: int
    sum_cents: int
    income_count: int
    income_cents: int

    @property
    def figures(self) -> BudgetFigures:
        """What they add to the figures of their year."""
        return BudgetFigures(actual_cents=self.sum_cents, income_cents=self.income_cents)


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """A budget year as it stands: its budgets, and what no budget has got yet."""

    year: int
    rows: tuple[BudgetRow, ...]
    unassigned: Unassigned

    @property
    def total(self) -> BudgetFigures:
        """All of it: what has no budget yet is spent all the same (domain.md, Money: never left out of a total)."""
        return sum((row.figures for row in self.rows), self.unassigned.figures)

    @property
    def overspent(self) -> list[BudgetRow]:
        """The budgets of which more is spent and committed than there is."""
        return [row for row in self.rows if row.figures.overspent_cents]


@dataclass(frozen=True, slots=True)
class BudgetInput:
    """A budget to edit; amounts in cents, without transfers."""

    number: str
    title: str
    year: int
    planned_cents: int
    quarter_id: int | None = None
    kind: str | None = None
    internal_order: str | None = None
    cost_centre: str | None = None
    grant_id: int | None = None
    plan_item_id: int | None = None
    overspending_reason: str | None = None
    notes: str | None = None


def rows(session: Session, selection: BudgetSelection = BudgetSelection()) -> list[BudgetRow]:
    """The budgets of a selection with their figures, in order of number."""
    shown = columns(
        BudgetRow,
        Budget,
        without=("figures",),
        quarter=Quarter.name,
        grant=Grant.short,
        position=PlanItem.position,
    )
    query = (
        select(*shown, *_figures())
        .outerjoin(Quarter, Quarter.id == Budget.quarter_id)
        .outerjoin(Grant, Grant.id == Budget.grant_id)
        .outerjoin(PlanItem, PlanItem.id == Budget.plan_item_id)
        .where(*selection.conditions())
        .order_by(Budget.number)
    )
    return [filled(BudgetRow, row, figures=filled(BudgetFigures, row)) for row in session.execute(query)]


def figures(session: Session, selection: BudgetSelection = BudgetSelection()) -> BudgetFigures:
    """The figures of a whole selection."""
    each = select(*_figures()).where(*selection.conditions()).subquery()
    sums = (func.coalesce(func.sum(column), 0).label(column.name) for column in each.c)
    return filled(BudgetFigures, session.execute(select(*sums)).one())


def unassigned(session: Session, year: int) -> Unassigned:
    """What finance booked in a budget year that no budget has got yet."""
    query = select(Booking.is_income, func.count(), func.coalesce(func.sum(Booking.amount_cents), 0))
    found = session.execute(
        query.where(Booking.budget_id.is_(None), Booking.budget_year == year).group_by(Booking.is_income)
    )
    parts = {bool(is_income): (int(count), int(cents)) for is_income, count, cents in found}
    count, cents = parts.get(False, (0, 0))
    income_count, income_cents = parts.get(True, (0, 0))
    return Unassigned(count=count, sum_cents=cents, income_count=income_count, income_cents=income_cents)


def of_year(session: Session, year: int) -> BudgetYear:
    """All that a budget year is made of: what every page and command says of it comes from here."""
    found = rows(session, BudgetSelection(year=year))
    return BudgetYear(year, tuple(found), unassigned(session, year))


def years(session: Session) -> list[int]:
    """The budget years there is anything in, newest first."""
    both = select(Budget.year).union(select(Booking.budget_year))
    return sorted(session.scalars(both), reverse=True)


def known(session: Session) -> list[KnownBudget]:
    """All budgets, as far as their lines over the years need them."""
    return read(session, KnownBudget, select(*columns(KnownBudget, Budget)))


def by_order(session: Session) -> dict[tuple[str, int], list[int]]:
    """The budgets of each (normalised internal order, year)."""
    found: dict[tuple[str, int], list[int]] = {}
    query = select(Budget.internal_order, Budget.year, Budget.id).where(Budget.internal_order.is_not(None))
    for order, year, budget_id in session.execute(query.order_by(Budget.id)):
        if (code := normal_code(order)) is not None:
            found.setdefault((code, year), []).append(budget_id)
    return found


def tightest(found: Sequence[BudgetRow], count: int = 5) -> list[BudgetRow]:
    """The budgets of these with the least left: overspent ones first, then by the part that is used."""

    def strain(row: BudgetRow) -> tuple[int, float]:
        return row.figures.overspent_cents, row.figures.used_share or 0.0

    return sorted(found, key=strain, reverse=True)[:count]


def available(session: Session, budget_id: int) -> int:
    """What a budget has left, in cents."""
    return figures(session, BudgetSelection(budget_id=budget_id)).available_cents


def overspent_after(session: Session, budget_id: int, more_cents: int) -> int:
    """By how many cents a budget would be overspent if so much more were spent, committed or taken away."""
    return figures(session, BudgetSelection(budget_id=budget_id)).overspent_after(more_cents)


def give_reason(session: Session, budget_id: int, reason: str | None) -> None:
    """Keep why a budget is overspent; an empty reason leaves the one that is there."""
    if reason and reason.strip():
        session.execute(
            update(Budget).where(Budget.id == budget_id).values(overspending_reason=reason.strip())
        )


def load(session: Session, budget_id: int) -> BudgetInput:
    """The budget as it can be edited."""
    return filled(BudgetInput, session.get_one(Budget, budget_id))


def save(session: Session, budget_id: int | None, values: BudgetInput) -> int:
    """Create or change a budget; raises Invalid."""
    refuse(_problems(session, budget_id, values))
    return int(write(session, Budget, budget_id, asdict(values)).id)


def remove(session: Session, budget_id: int) -> None:
    """Delete a budget that nothing hangs on; raises UserError."""
    budget = session.get_one(Budget, budget_id)
    refuse_if_used(
        session,
        f"Budget {budget.number}",
        budget_id,
        (
            (Booking.budget_id, "Buchung", "Buchungen"),
            (Commitment.budget_id, "Mittelbindung", "Mittelbindungen"),
            (Transfer.from_budget_id, "abgehende Umschichtung", "abgehende Umschichtungen"),
            (Transfer.to_budget_id, "eingehende Umschichtung", "eingehende Umschichtungen"),
        ),
        "Bitte diese zuerst einem anderen Budget geben oder löschen.",
    )
    delete(session, Budget, budget_id)


def open_amount(session: Session, commitment_id: int) -> int:
    """What one commitment still binds, in cents."""
    return int(session.scalar(select(_open()).where(Commitment.id == commitment_id)) or 0)


def booked_on_commitment(on: date | None = None) -> ScalarSelect[int]:
    """SQL: the sum of the bookings of a commitment, up to a day if one is given."""
    query = select(func.coalesce(func.sum(Booking.amount_cents), 0)).where(
        Booking.commitment_id == Commitment.id, Booking.is_income.is_(False)
    )
    if on is not None:
        query = query.where(Booking.day <= on)
    return query.correlate(Commitment).scalar_subquery()


def _open(on: date | None = None) -> ColumnElement[int]:
    left = Commitment.amount_cents - booked_on_commitment(on)
    return case((left > 0, left), else_=0)


def committed(on: date | None = None) -> Select[int]:
    """SQL: the sum of what commitments still bind; with `on` as things stood on that day."""
    query = select(func.coalesce(func.sum(_open(on)), 0))
    if on is None:
        return query.where(Commitment.closed_on.is_(None))
    return query.where(
        or_(Commitment.day.is_(None), Commitment.day <= on),
        or_(Commitment.closed_on.is_(None), Commitment.closed_on > on),
    )


def _figures() -> list[ColumnElement[int]]:
    """SQL: the figures of a budget, labelled as in BudgetFigures."""
    booked = select(func.coalesce(func.sum(Booking.amount_cents), 0)).where(Booking.budget_id == Budget.id)
    moved = select(func.coalesce(func.sum(Transfer.amount_cents), 0))
    parts = {
        "transfers_in_cents": moved.where(Transfer.to_budget_id == Budget.id),
        "transfers_out_cents": moved.where(Transfer.from_budget_id == Budget.id),
        "committed_cents": committed().where(Commitment.budget_id == Budget.id),
        "actual_cents": booked.where(Booking.is_income.is_(False)),
        "income_cents": booked.where(Booking.is_income.is_(True)),
    }
    return columns(
        BudgetFigures,
        Budget,
        **{name: part.correlate(Budget).scalar_subquery() for name, part in parts.items()},
    )


def _column(name: str) -> str:
    return "id" if name == "budget_id" else name


def _problems(session: Session, budget_id: int | None, values: BudgetInput) -> dict[str, str]:
    problems = lacking(
        values,
        number="Bitte eine Nummer eintragen, zum Beispiel B26-DOE.",
        title="Bitte eine Bezeichnung eintragen.",
    )
    if is_taken(session, Budget.number, values.number, budget_id):
        problems["number"] = f"Die Nummer {values.number} hat schon ein anderes Budget."
    if not 1990 <= values.year <= 2100:
        problems["year"] = "Das Haushaltsjahr muss zwischen 1990 und 2100 liegen."
    if values.planned_cents < 0:
        problems["planned_cents"] = "Der Ansatz darf nicht negativ sein."
    if values.plan_item_id is not None:
        item_grant = session.scalar(select(PlanItem.grant_id).where(PlanItem.id == values.plan_item_id))
        if item_grant is None or item_grant != values.grant_id:
            problems["plan_item_id"] = "Diese Position gehört zu einer anderen Förderung."
    return problems
