"""The amendments of an agreement as they are shown: what each changes, who has signed, what still lacks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.domain.agreements.amendments import AmendedPoint
from app.services.agreements import amendments, signatories
from app.services.agreements.amendment_signing import replaced
from app.services.agreements.signatories import SignatoryRow
from app.services.records import filled
from db.models import Amendment


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment as shown; `changes` against what held before it, `fixed`: why it may not be changed now."""

    id: int
    nr: int
    title: str
    stage: Stage
    effective_from: date | None
    signed_on: date | None
    changes: tuple[AmendedPoint, ...]
    signatures: tuple[SignatoryRow, ...]
    missing: tuple[str, ...]
    fixed: str

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
    before = replaced(session, record) or amendments.basis(
        session, record.agreement_id, record.effective_from
    )
    signed = record.stage is Stage.SIGNED
    return filled(
        AmendmentRow,
        record,
        changes=tuple(amendments.changes(session, before, data)),
        signatures=tuple(signatories.of_amendment(session, record)),
        missing=() if signed else tuple(amendments.missing(session, record.agreement_id, data)),
        fixed=amendments.fixed(session, record),
    )
