"""Papers printed for signature or sent: kept unchanged with their agreement, withdrawn but never deleted."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import PaperKind
from app.domain.errors import StoreError, UserError
from app.services.records import columns, read
from db.models import Paper

SIGNED = frozenset({PaperKind.AGREEMENT, PaperKind.AMENDMENT})
"""Of these one version at a time is out for signature; letters and sheets may be many."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A kept paper; `withdrawn_at` None: it still counts."""

    id: int
    agreement_id: int
    file_name: str
    printed_at: datetime
    sha256: str
    withdrawn_at: datetime | None
    kind: PaperKind = PaperKind.AGREEMENT
    amendment_id: int | None = None


def rows(
    session: Session, agreement_id: int, kinds: Collection[PaperKind] = (PaperKind.AGREEMENT,)
) -> list[PaperRow]:
    """The papers of an agreement, newest first: the agreement itself, or those of other kinds."""
    query = select(*columns(PaperRow, Paper)).where(Paper.agreement_id == agreement_id, Paper.kind.in_(kinds))
    return read(session, PaperRow, query.order_by(Paper.id.desc()))


def valid(session: Session, agreement_id: int, amendment_id: int | None = None) -> PaperRow | None:
    """The paper of an agreement, or of one of its amendments, that is out for signature, if there is one."""
    kind = PaperKind.AGREEMENT if amendment_id is None else PaperKind.AMENDMENT
    found = (row for row in rows(session, agreement_id, (kind,)) if row.amendment_id == amendment_id)
    return next((row for row in found if row.withdrawn_at is None), None)


def content(session: Session, paper_id: int) -> bytes:
    """The PDF exactly as it was printed. Raises StoreError if it is no longer what was kept."""
    record = session.get_one(Paper, paper_id)
    if hashlib.sha256(record.content).hexdigest() != record.sha256:
        raise StoreError(
            f"„{record.file_name}“ ist in der Datei von Quartiersbüro beschädigt. "
            "Bitte eine Sicherung wiederherstellen."
        )
    return record.content


def keep(
    session: Session,
    agreement_id: int,
    file_name: str,
    pdf: bytes,
    at: datetime,
    *,
    kind: PaperKind = PaperKind.AGREEMENT,
    amendment_id: int | None = None,
) -> int:
    """Keep a paper; its id. Raises UserError while another one is out for the same signature."""
    if kind in SIGNED:
        out = valid(session, agreement_id, amendment_id)
        if out is not None:
            raise UserError(
                f"Es gibt schon eine Fassung für die Unterschrift ({out.file_name}). "
                "Bitte sie zuerst zurückziehen, wenn eine neue gelten soll."
            )
    record = Paper(
        agreement_id=agreement_id,
        kind=kind,
        amendment_id=amendment_id,
        file_name=file_name,
        printed_at=at,
        sha256=hashlib.sha256(pdf).hexdigest(),
        content=pdf,
    )
    session.add(record)
    session.flush()
    return record.id


def withdraw(session: Session, paper_id: int, at: datetime) -> None:
    """Note that a paper no longer counts; it stays readable."""
    record = session.get_one(Paper, paper_id)
    if record.withdrawn_at is None:
        record.withdrawn_at = at
