"""The amendments of an agreement as they are shown: what each changes, who has signed, what still lacks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements import Stage
from app.domain.amendments import Change
from app.services import agreements, amendments
from app.services.amendment_signing import replaced
from db.models import Actor, Amendment, AmendmentSignature, Party


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A party of the agreement, and when it signed the amendment."""

    party_id: int
    name: str
    signed_on: date | None
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment as shown; `changes` against what held before it."""

    id: int
    nr: int
    title: str
    stage: Stage
    effective_from: date | None
    signed_on: date | None
    changes: tuple[Change, ...]
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
    query = (
        select(Party.id, Actor.name, AmendmentSignature.signed_on, AmendmentSignature.signed_by)
        .join(Actor, Actor.id == Party.actor_id)
        .outerjoin(
            AmendmentSignature,
            (AmendmentSignature.party_id == Party.id) & (AmendmentSignature.amendment_id == record.id),
        )
        .where(Party.agreement_id == record.agreement_id)
        .order_by(Party.position, Party.id)
    )
    return [SignatureRow(*cells) for cells in session.execute(query)]
