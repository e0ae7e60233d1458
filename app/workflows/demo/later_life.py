"""Demo data of what happened after the signature: amendments, notices, yearly talks, and what follows on what."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import GoalAction, NoticeDirection, Stage
from app.domain.agreements.term import Term, possible_ends
from app.domain.agreements.yearly_talks import talk_days
from app.domain.dates import add_months
from app.services.agreements import amendment_register, amendment_signing, amendments
from app.services.agreements.agreements import load
from app.services.agreements.amendments import GOAL_FIELDS, GoalChangeInput
from app.services.records import filled
from app.workflows.demo.making import Making, agreements, demo_texts
from db.models import Agreement, Notice, Party, YearlyTalk


def make_later_life(making: Making) -> None:
    """Amendments, notices and yearly talks of what is signed, and one amendment still being written."""
    session, day = making.session, making.day
    for record in agreements(session):
        if record.stage is Stage.AMENDED:
            _amended(session, record, day)
        if record.stage is Stage.TERMINATED:
            _terminated(session, record, day)
        _talks(session, record, day)
    _draft_amendment(session, making)
    _follow(session)
    session.flush()


def _amended(session: Session, record: Agreement, day: date) -> None:
    """More money, or a longer notice, from a day in the past year."""
    data = replace(
        amendments.blank(session, record.id),
        text="Die Partner haben sich im Jahresgespräch darauf verständigt.",
        effective_from=day - timedelta(days=150),
    )
    if record.amount_cents is None:
        data = replace(data, title="Längere Kündigungsfrist", changes_term=True, notice=4)
    else:
        more = record.amount_cents + 2_400_00
        data = replace(data, title="Ein weiterer Öffnungstag", changes_amount=True, amount_cents=more)
    amendment_id = amendments.save(session, record.id, None, data)
    for who in amendment_register.row(session, amendment_id).signatures:
        person = who.people[0] if who.people else None
        signed_on = day - timedelta(days=170)
        amendment_signing.sign(session, amendment_id, who.party_id, signed_on, person, who.seat)
    record.stage = Stage.IN_FORCE  # that it is amended follows from the amendment's day


def _terminated(session: Session, record: Agreement, day: date) -> None:
    """The notice that ended it arrived some days before its last day."""
    term = filled(Term, record)
    ends = possible_ends(term, add_months(day, -12))
    meant = next((end for end in ends if end.end == record.terminated_to), None)
    if meant is None or record.terminated_to is None:
        return
    party = session.scalars(select(Party).where(Party.agreement_id == record.id)).first()
    arrived = min(meant.receipt - timedelta(days=12), day)
    session.add(
        Notice(
            agreement_id=record.id,
            direction=NoticeDirection.RECEIVED,
            dated=arrived - timedelta(days=3),
            arrived_on=arrived,
            ends_on=record.terminated_to,
            party_id=party.id if party else None,
            note="Der Träger gibt den Standort auf.",
        )
    )


def _talks(session: Session, record: Agreement, day: date) -> None:
    """Most talks were held, each some days before it was due; about every fourth is still missing."""
    if record.begin is None or record.stage in (Stage.DRAFT, Stage.NEGOTIATION, Stage.READY_TO_SIGN):
        return
    for nr, due in enumerate(talk_days(record.begin, day)):
        if (record.id + nr) % 4 != 3:
            told = demo_texts()["talks"]["list"]
            people, result = told[(record.id + nr) % len(told)]
            held = due - timedelta(days=5 + record.id % 9)
            session.add(YearlyTalk(agreement_id=record.id, day=held, participants=people, result=result))


def _draft_amendment(session: Session, making: Making) -> None:
    """One amendment is still being written: a longer term and a goal put off."""
    in_force = agreements(session, Stage.IN_FORCE)
    record = next((one for one in in_force if one.amount_cents is not None and one.end is not None), None)
    if record is None or record.end is None:
        return
    goal = load(session, record.id).goals[-1]
    later = add_months(goal.due or making.day, 6)
    changed = {name: getattr(goal, name) for name in GOAL_FIELDS} | {"due": later}
    data = replace(
        amendments.blank(session, record.id),
        title="Verlängerung und mehr Zeit für ein Ziel",
        text="Der Umbau dauert länger als geplant.",
        effective_from=making.ahead(40).replace(day=1),
        changes_term=True,
        end=add_months(record.end, 12),
        renewal_months=6,
        goals=(GoalChangeInput(goal.nr, GoalAction.CHANGE, **changed),),
    )
    amendments.save(session, record.id, None, data)


def _follow(session: Session) -> None:
    """An agreement that ends is followed by the draft for the same quarter that begins afterwards."""
    records = agreements(session)
    for before in records:
        end = before.terminated_to or (before.end if before.renewal_months is None else None)
        if end is None or before.successor_id is not None:
            continue
        for one in records:
            same = (one.kind, one.quarter_id) == (before.kind, before.quarter_id)
            if same and one.begin is not None and one.begin > end:
                before.successor_id = one.id
                break
