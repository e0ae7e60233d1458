"""Signing an agreement: in force only when all have signed, and not before it begins."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.dates import german
from app.domain.errors import Invalid, UserError
from app.services.agreements import agreed, agreements, signatories, signed_state
from app.services.agreements.agreements import AgreementInput
from app.services.records import filled
from db.models import Agreement, Party, StageChange

LATER_STAGES = frozenset({Stage.TERMINATED, Stage.ENDED})
"""What follows from being in force; a signature cannot be taken back under it."""


def sign(
    session: Session,
    agreement_id: int,
    party_id: int | None,
    day: date,
    signed_by: str | None,
    on: date,
    seat: int = 1,
) -> Stage:
    """Note that a party, or the city (None), signed on `day`; the stage that follows. `seat`: see SignatoryRow.

    When the last one has, the agreement is in force, or signed if it begins after `on`. With the first one, what is
    agreed is kept. Raises Invalid for a day after `on`, and where another day or person is noted already: that is
    for a correction.
    """
    if day > on:
        raise Invalid(
            {
                "signed_on": f"Der {german(day)} liegt in der Zukunft. Bitte den Tag der Unterschrift eintragen."
            }
        )
    with signed_state.kept(session, agreement_id):
        _write(session, agreement_id, party_id, day, signed_by, seat)
    return settle(session, agreement_id, on)


def sign_all(session: Session, agreement_id: int, day: date, on: date) -> Stage:
    """Note that all who have not signed yet did so on the same day."""
    for row in signatories.rows(session, agreement_id):
        if row.signed_on is None:
            by = row.people[0] if row.people else None
            sign(session, agreement_id, row.party_id, day, by, on, row.seat)
    return session.get_one(Agreement, agreement_id).stage


def withdraw(session: Session, agreement_id: int, party_id: int | None, on: date, seat: int = 1) -> Stage:
    """Withdraw a signature that was entered wrongly, by a correction. An agreement in force waits for it again.

    Raises Invalid outside a correction, UserError once the agreement was amended, terminated or ended.
    """
    refuse_withdrawal(session, agreement_id)
    record = session.get_one(Agreement, agreement_id)
    with signed_state.kept(session, agreement_id):
        _write(session, agreement_id, party_id, None, None, seat)
        if record.stage in (Stage.SIGNED, Stage.IN_FORCE):
            record.signed_on = None
            agreements.set_stage(session, agreement_id, Stage.READY_TO_SIGN, on)
    return record.stage


def refuse_withdrawal(session: Session, agreement_id: int) -> None:
    """Raise UserError where no signature can be withdrawn any more, whatever the reason."""
    record = session.get_one(Agreement, agreement_id)
    if record.stage in LATER_STAGES:
        raise UserError(
            f"{record.number} ist schon „{record.stage.word}“; eine Unterschrift lässt sich nicht mehr zurücknehmen. "
            "Bitte zuerst den Stand ändern."
        )
    if agreed.amendments_of(session, agreement_id):
        raise UserError(
            f"Zu {record.number} haben alle einen Nachtrag unterzeichnet; eine Unterschrift lässt sich nicht mehr "
            "zurücknehmen. Ein falscher Tag oder Name lässt sich mit „Ändern …“ berichtigen."
        )


def save(
    session: Session,
    agreement_id: int | None,
    data: AgreementInput,
    on: date,
    template_id: int | None = None,
) -> int:
    """Save what the form says; a stage set by hand needs its signatures. `template_id`: see `agreements.save`.

    "Unterzeichnet am" says that all have signed: who has no day of their own gets this one. Raises Invalid naming who
    has not signed.
    """
    before = None if agreement_id is None else session.get_one(Agreement, agreement_id).stage
    lacking = [] if agreement_id is None else signatories.unsigned(session, agreement_id)
    key = agreements.save(session, agreement_id, data, on, template_id)
    if before not in BINDING_STAGES and data.stage in BINDING_STAGES:
        if data.signed_on is not None:
            sign_all(session, key, data.signed_on, on)
        missing = signatories.unsigned(session, key)
        if missing:
            raise Invalid({"stage": agreements.not_signed(data.number, data.stage, missing)})
        if data.stage is Stage.IN_FORCE and data.begin is not None and data.begin > on:
            raise Invalid(
                {"stage": f"Der Beginn ist erst am {german(data.begin)}. Bis dahin „unterzeichnet“."}
            )
    elif lacking and not signatories.unsigned(session, key):
        settle(session, key, on)
    return key


def settle(session: Session, agreement_id: int, on: date) -> Stage:
    """Once all have signed: signed, and in force from its begin."""
    record = session.get_one(Agreement, agreement_id)
    session.flush()
    days = [row.signed_on for row in signatories.rows(session, agreement_id)]
    signed = [day for day in days if day is not None]
    if len(signed) == len(days) and record.stage in agreements.BEFORE_SIGNING:
        record.signed_on = max(signed)
        begun = record.begin is None or record.begin <= on
        agreements.set_stage(session, agreement_id, Stage.IN_FORCE if begun else Stage.SIGNED, on)
    return record.stage


def waiting(session: Session, on: date) -> list[int]:
    """Agreements that all have signed and whose begin has come since."""
    found = session.scalars(
        select(Agreement.id)
        .where(Agreement.stage == Stage.SIGNED, Agreement.begin <= on)
        .order_by(Agreement.number)
    )
    return [agreement_id for agreement_id in found if not signatories.unsigned(session, agreement_id)]


@dataclass(frozen=True, slots=True)
class BegunRow:
    """An agreement that came into force, or is about to."""

    id: int
    number: str
    title: str
    begin: date | None


def waiting_rows(session: Session, on: date) -> list[BegunRow]:
    """The same agreements, to name them."""
    return [filled(BegunRow, session.get_one(Agreement, one)) for one in waiting(session, on)]


def begun_on(session: Session, day: date) -> list[BegunRow]:
    """Agreements that came into force on a day, by themselves or by hand, and still are."""
    came = select(StageChange.agreement_id).where(StageChange.day == day, StageChange.stage == Stage.IN_FORCE)
    query = select(Agreement).where(Agreement.id.in_(came), Agreement.stage == Stage.IN_FORCE)
    return [filled(BegunRow, one) for one in session.scalars(query.order_by(Agreement.number))]


def begin(session: Session, on: date) -> list[str]:
    """Put into force what was waiting for its begin; the numbers."""
    numbers = []
    for agreement_id in waiting(session, on):
        agreements.set_stage(session, agreement_id, Stage.IN_FORCE, on)
        numbers.append(session.get_one(Agreement, agreement_id).number)
    return numbers


def _write(
    session: Session,
    agreement_id: int,
    party_id: int | None,
    day: date | None,
    signed_by: str | None,
    seat: int,
) -> None:
    by = (signed_by or "").strip() or None
    if party_id is None:
        signatories.sign_for_city(session, session.get_one(Agreement, agreement_id), seat, day, by)
    else:
        party = session.get_one(Party, party_id)
        party.signed_on, party.signed_by = day, by
