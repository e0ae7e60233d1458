"""Transfers: Umschichtungen between budgets, and Übertragungen of unspent money into a later year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.budgets.budget_lines import successors
from app.domain.budgets.budgets import TransferKind, number_after
from app.domain.errors import Invalid
from app.domain.money import euro
from app.services.budgets import budgets
from app.services.records import columns, delete, filled, is_taken, read, values_of, write
from db.models import Budget, Transfer


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer in a list; `origin_year`: of money carried over, the year it comes from."""

    id: int
    number: str
    kind: TransferKind
    day: date | None
    from_budget_id: int
    from_number: str
    to_budget_id: int
    to_number: str
    amount_cents: int
    reason: str | None
    origin_year: int | None


@dataclass(frozen=True, slots=True)
class TransferInput:
    """`number` None: the next running one. Kind and year of origin follow from the two budgets."""

    from_budget_id: int | None
    to_budget_id: int | None
    amount_cents: int
    day: date | None = None
    reason: str | None = None
    number: str | None = None
    overspending_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Unspent:
    """What a budget has left at the end of its year, and the budget of the next year that would get it."""

    budget_id: int
    number: str
    title: str
    available_cents: int
    target_id: int | None
    target_number: str | None


def rows(
    session: Session, *, budget_ids: Collection[int] | None = None, year: int | None = None
) -> list[TransferRow]:
    """Transfers that touch these budgets or the budgets of a year, newest first."""
    giver, taker = aliased(Budget), aliased(Budget)
    query = (
        select(*columns(TransferRow, Transfer, from_number=giver.number, to_number=taker.number))
        .join(giver, giver.id == Transfer.from_budget_id)
        .join(taker, taker.id == Transfer.to_budget_id)
        .order_by(Transfer.day.desc(), Transfer.id.desc())
    )
    if budget_ids is not None:
        query = query.where(or_(giver.id.in_(budget_ids), taker.id.in_(budget_ids)))
    if year is not None:
        query = query.where(or_(giver.year == year, taker.year == year))
    return read(session, TransferRow, query)


def load(session: Session, transfer_id: int) -> TransferInput:
    """The transfer as it can be edited."""
    return filled(TransferInput, session.get_one(Transfer, transfer_id), overspending_reason=None)


def save(session: Session, transfer_id: int | None, values: TransferInput) -> int:
    """Create or change a transfer; overspending the giving budget is for the caller to warn of. Raises Invalid."""
    problems = {}
    giver = session.get(Budget, values.from_budget_id) if values.from_budget_id is not None else None
    taker = session.get(Budget, values.to_budget_id) if values.to_budget_id is not None else None
    if giver is None:
        problems["from_budget_id"] = "Bitte wählen, welches Budget abgibt."
    if taker is None:
        problems["to_budget_id"] = "Bitte wählen, welches Budget bekommt."
    if giver is not None and taker is not None:
        if giver.id == taker.id:
            problems["to_budget_id"] = "Bitte zwei verschiedene Budgets wählen."
        elif taker.year < giver.year:
            problems["to_budget_id"] = "Geld kann nicht in ein früheres Haushaltsjahr übertragen werden."
    if values.amount_cents <= 0:
        problems["amount_cents"] = "Bitte einen Betrag über 0,00 € eintragen."
    if values.number and is_taken(session, Transfer.number, values.number, transfer_id):
        problems["number"] = f"Die Nummer {values.number} hat schon eine andere Umschichtung."
    if problems or giver is None or taker is None:
        raise Invalid(problems)
    carried = taker.year > giver.year
    stored = values_of(values, without=("overspending_reason", "number")) | {
        "kind": TransferKind.CARRY_OVER if carried else TransferKind.SHIFT,
        "origin_year": giver.year if carried else None,
    }
    if values.number or transfer_id is None:
        stored["number"] = values.number or _next_number(session, giver.year, carried=carried)
    transfer = write(session, Transfer, transfer_id, stored)
    budgets.give_reason(session, giver.id, values.overspending_reason)
    return int(transfer.id)


def remove(session: Session, *transfer_ids: int) -> None:
    """Take transfers away; the money is where it was before."""
    delete(session, Transfer, *transfer_ids)


def unspent(session: Session, year: int) -> list[Unspent]:
    """The budgets of a year with money left, each with the budget that follows it (by number, else by order)."""
    known = {one.id: one for one in budgets.known(session)}
    follows = successors(known.values())
    found = []
    for row in budgets.rows(session, budgets.BudgetSelection(year=year)):
        if row.figures.available_cents <= 0:
            continue
        target_id = follows.get(row.id)
        target_number = None if target_id is None else known[target_id].number
        found.append(
            filled(
                Unspent,
                row,
                budget_id=row.id,
                available_cents=row.figures.available_cents,
                target_id=target_id,
                target_number=target_number,
            )
        )
    return found


def carry_over(session: Session, chosen: list[tuple[int, int, int]], day: date) -> int:
    """Carry money over: (from budget, to budget, cents) each; how many transfers were made. Raises Invalid."""
    for giver_id, taker_id, cents in chosen:
        giver = session.get_one(Budget, giver_id)
        left = budgets.available(session, giver_id)
        if cents > left:
            raise Invalid(
                {
                    "amount_cents": f"{giver.number} hat nur noch {euro(left)}, übertragen werden sollen {euro(cents)}."
                }
            )
        save(
            session,
            None,
            TransferInput(
                giver_id, taker_id, cents, day, f"Übertragung nicht verbrauchter Mittel aus {giver.year}"
            ),
        )
    return len(chosen)


def _next_number(session: Session, year: int, *, carried: bool) -> str:
    prefix = f"{'UE' if carried else 'UM'}{year % 100:02d}-"
    return number_after(list(session.scalars(select(Transfer.number))), prefix)
