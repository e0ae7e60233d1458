"""The signature of an amendment: with the last one, what it changes is written into the agreement."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import GoalAction, GoalState, Stage
from app.domain.agreements.amendments import TermChange
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.errors import UserError
from app.services.agreements import agreements, amendments, signed_state, stage_changes
from app.services.agreements.agreements import AgreementInput, GoalInput
from app.services.agreements.amendments import GOAL_FIELDS, AmendmentInput
from db.models import Agreement, Amendment, AmendmentSignature, Goal, GoalReport, Party

AMENDABLE = frozenset({Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED})
"""From these the agreement comes to "geändert durch"; one that was ended by notice stays so."""


def set_ready(session: Session, amendment_id: int, ready: bool) -> None:
    """Put an amendment into the stage "unterschriftsreif" or back; raises UserError while something lacks."""
    record = session.get_one(Amendment, amendment_id)
    amendments.refuse_fixed(session, record)
    if ready:
        _refuse_incomplete(session, record)
    record.stage = Stage.READY_TO_SIGN if ready else Stage.DRAFT


def sign(
    session: Session,
    amendment_id: int,
    party_id: int | None,
    day: date,
    signed_by: str | None = None,
) -> bool:
    """Note that a party, or the city (None), signed; True if that was the last signature and the amendment now holds.

    Raises UserError while something lacks, while an earlier amendment waits, or if the agreement has changed so that
    this one contradicts it.
    """
    record = session.get_one(Amendment, amendment_id)
    if record.stage is Stage.SIGNED:
        raise UserError(f"Nachtrag {record.nr} ist schon von allen unterzeichnet.")
    _refuse_incomplete(session, record)
    signed_state.settle(session, record.agreement_id, at_signature=False)
    waiting = session.scalar(
        select(func.min(Amendment.nr)).where(
            Amendment.agreement_id == record.agreement_id,
            Amendment.nr < record.nr,
            Amendment.stage != Stage.SIGNED,
        )
    )
    if waiting is not None:
        raise UserError(
            f"Nachtrag {waiting} ist noch nicht von allen unterzeichnet. Nachträge gelten der Reihe nach: "
            f"Bitte ihn zuerst abschließen oder löschen, dann Nachtrag {record.nr}."
        )
    by = (signed_by or "").strip() or None
    if party_id is None:
        record.city_signed_on, record.city_signed_by = day, by
    else:
        signature = _signature(session, amendment_id, party_id) or AmendmentSignature(
            amendment_id=amendment_id, party_id=party_id
        )
        signature.signed_on, signature.signed_by = day, by
        session.add(signature)
    session.flush()
    days = _signed_days(session, record)
    if None in days:
        return False
    _apply(session, record, max(day for day in days if day is not None))
    return True


def withdraw(session: Session, amendment_id: int, party_id: int | None) -> None:
    """Withdraw a signature; raises UserError once the amendment holds (then only undo, or another amendment)."""
    record = session.get_one(Amendment, amendment_id)
    if record.stage is Stage.SIGNED:
        raise UserError(
            f"Nachtrag {record.nr} gilt schon. Zurücknehmen geht mit „Rückgängig“ oder mit einem weiteren Nachtrag."
        )
    if party_id is None:
        record.city_signed_on, record.city_signed_by = None, None
    elif (signature := _signature(session, amendment_id, party_id)) is not None:
        session.delete(signature)


def replaced(session: Session, record: Amendment) -> AgreementInput | None:
    """The agreement as it was before the amendment held; None while it does not hold.

    Only what an amendment can change is of that time: term, amount and goals.
    """
    if record.replaced is None:
        return None
    kept: dict[str, Any] = json.loads(record.replaced)
    now = agreements.load(session, record.agreement_id)
    return replace(
        now,
        **{name: _read(name, value) for name, value in kept["term"].items()},
        amount_cents=kept["amount_cents"],
        goals=tuple(
            GoalInput(
                nr=goal["nr"],
                state=GoalState(goal["state"]),
                **{name: _read(name, goal[name]) for name in GOAL_FIELDS},
            )
            for goal in kept["goals"]
        ),
    )


def _refuse_incomplete(session: Session, record: Amendment) -> None:
    lacking = amendments.missing(session, record.agreement_id, amendments.load(session, record.id))
    if lacking:
        raise UserError(f"In Nachtrag {record.nr} fehlt noch: {', '.join(lacking)}.")


def _signature(session: Session, amendment_id: int, party_id: int) -> AmendmentSignature | None:
    return session.scalar(
        select(AmendmentSignature).where(
            AmendmentSignature.amendment_id == amendment_id, AmendmentSignature.party_id == party_id
        )
    )


def _signed_days(session: Session, record: Amendment) -> list[date | None]:
    """The day the city and each party signed; None for one that has not."""
    query = (
        select(AmendmentSignature.signed_on)
        .select_from(Party)
        .outerjoin(
            AmendmentSignature,
            (AmendmentSignature.party_id == Party.id) & (AmendmentSignature.amendment_id == record.id),
        )
        .where(Party.agreement_id == record.agreement_id)
    )
    return [record.city_signed_on, *session.scalars(query)]


def _apply(session: Session, record: Amendment, day: date) -> None:
    """One step: what was before is kept, the changes are written, both stages move on."""
    before = agreements.load(session, record.agreement_id)
    data = amendments.load(session, record.id)
    amendments.refuse_contradiction(session, record, data)
    record.replaced = _kept(session, record.agreement_id, before)
    agreement = session.get_one(Agreement, record.agreement_id)
    if data.changes_term:
        for name in TermChange.__slots__:
            setattr(agreement, name, getattr(data, name))
    if data.changes_amount:
        agreement.amount_cents = data.amount_cents
    _apply_goals(session, record.agreement_id, data)
    record.signed_on, record.stage = day, Stage.SIGNED
    if agreement.stage in AMENDABLE:
        agreement.stage = Stage.AMENDED
        stage_changes.note_change(session, agreement, day, note=f"Nachtrag {record.nr}")


def _apply_goals(session: Session, agreement_id: int, data: AmendmentInput) -> None:
    known = {goal.nr: goal for goal in session.scalars(select(Goal).where(Goal.agreement_id == agreement_id))}
    for change in data.goals:
        if change.action is GoalAction.DROP:
            session.delete(known[change.nr])
            continue
        goal = known.get(change.nr) or Goal(agreement_id=agreement_id, nr=change.nr)
        if goal.id is not None and goal.target != change.target:
            goal.target_value = None  # the figure belonged to the old target
        agreements.measure_by(goal, change.target)
        for name in GOAL_FIELDS:
            setattr(goal, name, getattr(change, name))
        session.add(goal)


def _kept(session: Session, agreement_id: int, before: AgreementInput) -> str:
    """What the agreement said, as JSON; the reports of its goals too, since a dropped goal takes them along."""
    reports: dict[str, list[dict[str, Any]]] = {}
    query = (
        select(Goal.nr, GoalReport)
        .join(Goal, Goal.id == GoalReport.goal_id)
        .where(Goal.agreement_id == agreement_id)
        .order_by(GoalReport.day)
    )
    for nr, report in session.execute(query):
        reports.setdefault(nr, []).append(
            {name: getattr(report, name) for name in ("day", "state", "figure", "text", "author")}
        )
    values = {
        "term": {name: getattr(before, name) for name in TermChange.__slots__},
        "amount_cents": before.amount_cents,
        "stage": before.stage,
        "goals": [asdict(goal) | {"reports": reports.get(goal.nr, [])} for goal in before.goals],
    }
    return json.dumps(values, ensure_ascii=False, default=str)


_ENUMS = {"notice_unit": NoticeUnit, "notice_effect": NoticeEffect}
_DAYS = frozenset({"end", "minimum_until", "due"})


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    return _ENUMS[name](value) if name in _ENUMS else value
