"""The signature of an amendment: with the last one it is agreed, and acts from its effective day."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import AMENDABLE, TERM_FIELDS
from app.domain.agreements.agreements import GoalAction, GoalState, Stage
from app.domain.agreements.goal_wording import said_figure
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.dates import german
from app.domain.errors import UserError
from app.services.agreements import agreed, agreements, amendments, signatories, signed_state, stage_changes
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.amendments import GOAL_FIELDS, AmendmentInput
from app.services.papers import papers
from db.models import Agreement, Amendment, AmendmentGoal, AmendmentSignature, Goal, Paper


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
    seat: int = 1,
) -> bool:
    """Note that a party, or the city (None), signed; True if that was the last signature: now it is agreed, and acts
    from its effective day.

    `seat`: see SignatoryRow. Raises UserError while something lacks, while an earlier amendment waits, or if the
    agreement has changed so that this one contradicts it.
    """
    record = session.get_one(Amendment, amendment_id)
    if record.stage is Stage.SIGNED:
        raise UserError(f"Nachtrag {record.nr} ist schon von allen unterzeichnet.")
    _refuse_incomplete(session, record)
    _refuse_other_than_printed(session, record)
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
        signatories.sign_for_city(session, record, seat, day, by)
    else:
        signature = _signature(session, amendment_id, party_id) or AmendmentSignature(
            amendment_id=amendment_id, party_id=party_id
        )
        signature.signed_on, signature.signed_by = day, by
        session.add(signature)
    session.flush()
    days = [who.signed_on for who in signatories.of_amendment(session, record)]
    if None in days:
        return False
    _agree(session, record, max(day for day in days if day is not None))
    return True


def withdraw(session: Session, amendment_id: int, party_id: int | None, seat: int = 1) -> None:
    """Withdraw a signature; raises UserError once the amendment holds (then only undo, or another amendment)."""
    record = session.get_one(Amendment, amendment_id)
    if record.stage is Stage.SIGNED:
        raise UserError(
            f"Nachtrag {record.nr} gilt schon. Zurücknehmen geht mit „Rückgängig“ oder mit einem weiteren Nachtrag."
        )
    if party_id is None:
        signatories.sign_for_city(session, record, seat, None, None)
    elif (signature := _signature(session, amendment_id, party_id)) is not None:
        session.delete(signature)


def replaced(session: Session, record: Amendment) -> AgreementInput | None:
    """The agreement as it was on the amendment's day before all had signed it; None until they have.

    Only what an amendment can change is of that time: term, amount, parties and goals.
    """
    if record.replaced is None:
        return None
    kept: dict[str, Any] = json.loads(record.replaced)
    now = agreements.load(session, record.agreement_id, record.effective_from)
    return replace(
        now,
        **{name: _read(name, value) for name, value in kept["term"].items()},
        amount_cents=kept["amount_cents"],
        parties=tuple(PartyInput(**party) for party in kept["parties"]) if "parties" in kept else now.parties,
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


def _refuse_other_than_printed(session: Session, record: Amendment) -> None:
    """What is out for signature says what is signed; steps back past the printing may have changed the amendment."""
    out = papers.valid(session, record.agreement_id, record.id)
    printed = None if out is None else session.get_one(Paper, out.id).agreed
    if out is not None and printed not in (None, amendments.said(session, record.id)):
        raise UserError(
            f"Nachtrag {record.nr} sagt nicht mehr dasselbe wie die gedruckte Fassung „{out.file_name}“. Bitte die "
            "Schritte seit dem Druck wiederholen, oder die Fassung zurückziehen und neu drucken."
        )


def _signature(session: Session, amendment_id: int, party_id: int) -> AmendmentSignature | None:
    return session.scalar(
        select(AmendmentSignature).where(
            AmendmentSignature.amendment_id == amendment_id, AmendmentSignature.party_id == party_id
        )
    )


def _agree(session: Session, record: Amendment, day: date) -> None:
    """One step: what held so far on its day is kept as the paper says it, and its goals are found or made."""
    data = amendments.load(session, record.id)
    amendments.refuse_contradiction(session, record, data)
    before = amendments.basis(session, record.agreement_id, data.effective_from)
    record.replaced = _kept(before)
    _find_goals(session, record, data)
    record.signed_on, record.stage = day, Stage.SIGNED
    session.flush()
    agreement = session.get_one(Agreement, record.agreement_id)
    if agreement.stage in AMENDABLE and data.effective_from is not None:
        note = f"Nachtrag {record.nr}, unterzeichnet am {german(day)}"
        stage_changes.note_change(session, agreement, data.effective_from, None, note, Stage.AMENDED)


def _find_goals(session: Session, record: Amendment, data: AmendmentInput) -> None:
    """Tie each change to its goal; one that is added is made now, and shows from the amendment's day."""
    known = {goal.nr: goal for goal in agreed.goals(session, _day(data), record.agreement_id)}
    query = select(AmendmentGoal).where(AmendmentGoal.amendment_id == record.id)
    for change in session.scalars(query).all():
        if change.action is GoalAction.ADD:
            goal = Goal(agreement_id=record.agreement_id, nr=change.nr)
            agreements.measure_by(goal, change.target)
            for name in GOAL_FIELDS:
                setattr(goal, name, getattr(change, name))
            session.add(goal)
            session.flush()
            change.goal_id = goal.id
            continue
        before = known[change.nr]
        change.goal_id = before.id
        same = change.target == before.target
        figure = (before.target_value, before.unit) if same else said_figure(change.target)
        change.target_value, unit = figure or (None, None)
        change.unit = unit or before.unit


def _day(data: AmendmentInput) -> date:
    assert data.effective_from is not None  # nothing is signed without it
    return data.effective_from


def _kept(before: AgreementInput) -> str:
    """What the agreement said, as JSON."""
    values = {
        "term": {name: getattr(before, name) for name in TERM_FIELDS},
        "amount_cents": before.amount_cents,
        "stage": before.stage,
        "goals": [asdict(goal) for goal in before.goals],
        "parties": [{"actor_id": party.actor_id} for party in before.parties],
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
