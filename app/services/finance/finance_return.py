"""Takes over what finance changed in a workbook that came back, through the services that hold the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, UserError
from app.domain.finance.finance_return import Difference, Refused, ReturnedRecord
from app.services.assignment import booking_assignment
from app.services.budgets import budgets, commitments, transfers
from app.services.finance.finance_changes import UNASSIGNED
from db.models import Booking, Budget, Commitment, Quarter, Transfer

Fields = Mapping[str, Any]
"""Field of a record -> its new value."""

Progress = Callable[[int, int], None]
"""progress(records written, all records); may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was written. `overspent`: numbers of budgets that have less than nothing left by it."""

    changed: int
    added: int
    fields: int
    overspent: tuple[str, ...]


def take_over(
    session: Session, chosen: Sequence[Difference], year: int, progress: Progress | None = None
) -> TakenOver:
    """Write these differences, all or none; `year`: the budget year of the workbook, for new budgets.

    Raises Refused with the reason for each difference that the rules do not allow, and what `progress` raises.
    """
    before = _overspent(session)
    grouped: dict[tuple[ReturnedRecord, int | str], list[Difference]] = {}
    for one in chosen:
        if one.edit is not None:
            new = f"new {one.id}"
            record_id = one.edit.record_id
            grouped.setdefault((one.edit.record, new if record_id is None else record_id), []).append(one)
    problems: dict[int, str] = {}
    # Budgets first: what else is taken over may name a new one.
    in_order = sorted(grouped.items(), key=lambda item: list(ReturnedRecord).index(item[0][0]))
    for done, ((record, _), members) in enumerate(in_order):
        if progress is not None:
            progress(done, len(in_order))
        fields = {name: value for one in members if one.edit for name, value in one.edit.values}
        record_id = members[0].edit.record_id if members[0].edit else None
        try:
            _WRITERS[record](session, record_id, fields, year)
        except UserError as error:
            problems |= dict.fromkeys((one.id for one in members), error.sentence)
    if problems:
        raise Refused(problems)
    added = sum(isinstance(key, str) for _, key in grouped)
    fields_written = sum(len(members) for (_, key), members in grouped.items() if not isinstance(key, str))
    over = tuple(number for number in _overspent(session) if number not in before)
    if progress is not None:
        progress(len(in_order), len(in_order))
    return TakenOver(len(grouped) - added, added, fields_written, over)


def _overspent(session: Session) -> list[str]:
    return [row.number for row in budgets.rows(session) if row.figures.overspent_cents]


def _budget(session: Session, budget_id: int | None, fields: Fields, year: int) -> None:
    values = _texts(fields, "number", "title")
    if "quarter" in values:
        values["quarter_id"] = _quarter(session, values.pop("quarter"))
    if budget_id is None:
        start = budgets.BudgetInput("", "", year, 0)
    else:
        start = budgets.load(session, _still_there(session, Budget, budget_id))
    budgets.save(session, budget_id, replace(start, **values))


def _commitment(session: Session, commitment_id: int | None, fields: Fields, year: int) -> None:
    values = _texts(fields, "title")
    if "budget" in values:
        values["budget_id"] = _budget_id(session, values.pop("budget"))
    if commitment_id is None:
        start = commitments.CommitmentInput(None, "", 0)
    else:
        start = commitments.load(session, _still_there(session, Commitment, commitment_id))
    commitments.save(session, commitment_id, replace(start, **values))


def _transfer(session: Session, transfer_id: int | None, fields: Fields, year: int) -> None:
    values = _texts(fields)
    for name in ("from", "to"):
        if name in values:
            values[f"{name}_budget_id"] = _budget_id(session, values.pop(name))
    if transfer_id is None:
        start = transfers.TransferInput(None, None, 0)
    else:
        start = transfers.load(session, _still_there(session, Transfer, transfer_id))
    transfers.save(session, transfer_id, replace(start, **values))


def _booking(session: Session, booking_id: int | None, fields: Fields, year: int) -> None:
    """Budget as by hand, and the text; everything else of a booking belongs to finance's own list."""
    assert booking_id is not None
    _still_there(session, Booking, booking_id)
    if "budget" in fields:
        named = fields["budget"]
        free = named is None or named.casefold() == UNASSIGNED
        booking_assignment.assign(session, [booking_id], None if free else _budget_id(session, named))
    if "text" in fields:
        session.get_one(Booking, booking_id).text = fields["text"]


_WRITERS: Mapping[ReturnedRecord, Callable[[Session, int | None, Fields, int], None]] = {
    ReturnedRecord.BUDGET: _budget,
    ReturnedRecord.COMMITMENT: _commitment,
    ReturnedRecord.TRANSFER: _transfer,
    ReturnedRecord.BOOKING: _booking,
}


def _texts(fields: Fields, *names: str) -> dict[str, Any]:
    """The values with empty texts where these fields were emptied. Raises Invalid for an amount that was."""
    for name, sentence in (("planned_cents", "Der Ansatz fehlt."), ("amount_cents", "Der Betrag fehlt.")):
        if name in fields and fields[name] is None:
            raise Invalid({name: sentence})
    return dict(fields) | {name: fields[name] or "" for name in names if name in fields}


def _still_there(session: Session, model: type[Any], record_id: int) -> int:
    if session.get(model, record_id) is None:
        raise UserError("Steht hier nicht mehr.")
    return record_id


def _budget_id(session: Session, number: str | None) -> int:
    found = session.scalar(select(Budget.id).where(Budget.number == number)) if number else None
    if found is None:
        raise UserError(f"Ein Budget „{number}“ gibt es nicht." if number else "Das Budget fehlt.")
    return found


def _quarter(session: Session, name: str | None) -> int | None:
    if not name:
        return None
    found = session.scalar(select(Quarter.id).where((Quarter.name == name) | (Quarter.short == name)))
    if found is None:
        raise UserError(f"Ein Quartier „{name}“ gibt es nicht.")
    return found
