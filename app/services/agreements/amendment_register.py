"""The amendments of an agreement as they are shown: what each changes, who has signed, what still lacks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.domain.agreements.amendments import AmendedPoint
from app.services.agreements import agreements, amendments, signatories
from app.services.agreements.amendment_signing import replaced
from db.models import Amendment, AmendmentSignature


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who signs the amendment, and when; `party_id` None: the city. `people`: who may sign, the usual one first."""

    party_id: int | None
    name: str
    signed_on: date | None
    signed_by: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment as shown; `changes` against what held before it."""

    id: int
    nr: int
    title: str
    stage: Stage
    effective_from: date | None
    signed_on: date | None
    changes: tuple[AmendedPoint, ...]
    signatures: tuple[SignatureRow, ...]
    missing: tuple[str, ...]

    @property
    def is_signed(self) -> bool:
        return self.stage is Stage.SIGNED


def rows(session: Session, agreement_id: int) -> list[AmendmentRow]:
    """The amendments of an agreement in their order."""
    records = session.scalars(
        select(Amendment).where(Amendment.agreement_id == agreement_id).order_by(Amendment.nr)
    ).all()
    return [row(session, record.id) for record in records]


def row(session: Session, amendment_id: int) -> AmendmentRow:
    """One amendment as shown."""
    record = session.get_one(Amendment, amendment_id)
    data = amendments.load(session, amendment_id)
    before = replaced(session, record) or agreements.load(session, record.agreement_id)
    return AmendmentRow(
        record.id,
        record.nr,
        record.title,
        record.stage,
        record.effective_from,
        record.signed_on,
        tuple(amendments.changes(session, before, data)),
        tuple(_signatures(session, record)),
        () if record.stage is Stage.SIGNED else tuple(amendments.missing(session, record.agreement_id, data)),
    )


def _signatures(session: Session, record: Amendment) -> list[SignatureRow]:
    """The city first, then the parties, as they sign the agreement itself."""
    signed = {
        one.party_id: (one.signed_on, one.signed_by)
        for one in session.scalars(
            select(AmendmentSignature).where(AmendmentSignature.amendment_id == record.id)
        )
    }
    city = (record.city_signed_on, record.city_signed_by)
    return [
        SignatureRow(
            who.party_id,
            who.name,
            *(city if who.party_id is None else signed.get(who.party_id, (None, None))),
            who.people,
        )
        for who in signatories.rows(session, record.agreement_id)
    ]
