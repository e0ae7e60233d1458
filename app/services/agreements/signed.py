"""Whether an agreement is signed, since when, and whether what runs now is a correction of it."""

from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.what_is_signed import back_refusal, goes_back, noticed_refusal, runs_on
from app.domain.errors import Invalid
from db.models import (
    Agreement,
    Amendment,
    AmendmentSignature,
    CitySignature,
    Notice,
    Party,
    SignedState,
    StageChange,
)

CORRECTING = "correcting"
"""Key of `session.info`: the id of the agreement that is being corrected."""


def is_signed(session: Session, agreement_id: int) -> bool:
    """From the first signature on, of a party or the city; also one that came from a list as binding or ended."""
    record = session.get_one(Agreement, agreement_id)
    if record.stage in BINDING_STAGES or _days(session, record):
        return True
    return record.stage is Stage.ENDED and not is_given_up(session, agreement_id)


def is_given_up(session: Session, agreement_id: int) -> bool:
    """Whether it came to its end from a draft and never bound anybody; what is signed of others is kept."""
    return session.scalar(given_up().where(Agreement.id == agreement_id)) is not None


def given_up() -> Select[int]:
    """The ids of those that came to their end from a draft and never bound anybody."""
    came_to = select(StageChange.agreement_id)
    return select(Agreement.id).where(
        Agreement.stage == Stage.ENDED,
        Agreement.city_signed_on.is_(None),
        Agreement.id.not_in(select(Party.agreement_id).where(Party.signed_on.is_not(None))),
        Agreement.id.not_in(_further_of_city()),
        Agreement.id.not_in(select(SignedState.agreement_id)),
        Agreement.id.in_(came_to.where(StageChange.stage == Stage.ENDED)),
        Agreement.id.in_(came_to.where(StageChange.stage != Stage.ENDED)),
        Agreement.id.not_in(came_to.where(StageChange.stage.in_(BINDING_STAGES))),
    )


def numbers(session: Session) -> dict[str, date | None]:
    """The numbers of all agreements that are signed, each with the day of the first signature, if known."""
    first = select(func.min(Party.signed_on)).where(Party.agreement_id == Agreement.id).scalar_subquery()
    query = select(Agreement, first).where(
        or_(
            Agreement.stage.in_(BINDING_STAGES | {Stage.ENDED}),
            Agreement.city_signed_on.is_not(None),
            first.is_not(None),
            Agreement.id.in_(_further_of_city()),
        )
    )
    found = {}
    for one, by_party in session.execute(query.order_by(Agreement.number)):
        if one.stage is not Stage.ENDED or is_signed(session, one.id):
            days = [day for day in (one.city_signed_on, by_party) if day is not None]
            found[one.number] = min(days, default=one.signed_on)
    return found


def is_amendment_signed(session: Session, amendment_id: int) -> bool:
    """From its first signature on."""
    signatures = select(AmendmentSignature.id).where(AmendmentSignature.amendment_id == amendment_id).limit(1)
    further = select(CitySignature.id).where(CitySignature.amendment_id == amendment_id).limit(1)
    by_city = session.get_one(Amendment, amendment_id).city_signed_on is not None
    return by_city or any(session.scalar(found) is not None for found in (signatures, further))


def since(session: Session, agreement_id: int) -> date | None:
    """The day of the first signature; None if nobody has signed or no day is known."""
    record = session.get_one(Agreement, agreement_id)
    return min(_days(session, record), default=record.signed_on)


def is_correcting(session: Session, agreement_id: int) -> bool:
    """Whether a correction with a reason runs, see `corrections.correct`."""
    return session.info.get(CORRECTING) == agreement_id


def refuse_back(session: Session, agreement_id: int, stage: Stage) -> None:
    """Raise Invalid for a stage from before the signature, once somebody has signed, or before a notice that stands."""
    record = session.get_one(Agreement, agreement_id)
    if (
        goes_back(record.stage, stage)
        and is_signed(session, agreement_id)
        and not is_correcting(session, agreement_id)
    ):
        raise Invalid({"stage": back_refusal(record.number, stage)})
    if runs_on(record.stage, stage) and has_notice(session, agreement_id):
        raise Invalid({"stage": noticed_refusal(record.number, stage)})


def has_notice(session: Session, agreement_id: int) -> bool:
    """Whether a notice is noted, from which its end follows."""
    noted = select(Notice.id).where(Notice.agreement_id == agreement_id).limit(1)
    return session.scalar(noted) is not None


def _further_of_city() -> Select[int]:
    """The agreements that a further person has signed for the city."""
    return select(CitySignature.agreement_id).where(CitySignature.amendment_id.is_(None))


def _days(session: Session, record: Agreement) -> list[date]:
    parties = select(Party.signed_on).where(Party.agreement_id == record.id)
    further = select(CitySignature.signed_on).where(
        CitySignature.agreement_id == record.id, CitySignature.amendment_id.is_(None)
    )
    days = (record.city_signed_on, *session.scalars(parties), *session.scalars(further))
    return [day for day in days if day is not None]
