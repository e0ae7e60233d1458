"""Papers printed for signature or sent: kept unchanged with their agreement, withdrawn but never deleted."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import PaperKind
from app.domain.dates import german
from app.domain.errors import StoreError, UserError, refuse
from app.services.agreements import signed
from app.services.records import columns, read
from db.models import Paper

SIGNED = frozenset({PaperKind.AGREEMENT, PaperKind.AMENDMENT})
"""Of these one version at a time is out for signature; letters and sheets may be many."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A kept paper; `withdrawn_at` None: it still counts. `withdrawn_because`: why a signed one was replaced."""

    id: int
    agreement_id: int
    file_name: str
    printed_at: datetime
    sha256: str
    withdrawn_at: datetime | None
    kind: PaperKind = PaperKind.AGREEMENT
    amendment_id: int | None = None
    withdrawn_because: str | None = None

    @property
    def fate(self) -> str:
        """What became of one that does not count any more, in German; empty while it counts."""
        if self.withdrawn_at is None:
            return ""
        day = german(self.withdrawn_at.date())
        if self.withdrawn_because:
            return f"ersetzt am {day}, weil: {self.withdrawn_because}"
        return f"zurückgezogen am {day}"


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
    agreed: str | None = None,
) -> int:
    """Keep a paper; its id. `agreed`: what the agreement said, where it is printed for signature.

    Raises UserError while another one is out for the same signature.
    """
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
        agreed=agreed,
    )
    session.add(record)
    session.flush()
    return record.id


def is_signed(session: Session, paper_id: int) -> bool:
    """Whether what the paper says is signed already, by one party at least."""
    record = session.get_one(Paper, paper_id)
    if record.kind is PaperKind.AMENDMENT and record.amendment_id is not None:
        return signed.is_amendment_signed(session, record.amendment_id)
    return record.kind is PaperKind.AGREEMENT and signed.is_signed(session, record.agreement_id)


def withdraw(session: Session, paper_id: int, at: datetime, because: str | None = None) -> None:
    """Note that a paper no longer counts; it stays readable. Raises Invalid for a signed one without a reason."""
    record = session.get_one(Paper, paper_id)
    if record.withdrawn_at is not None:
        return
    because = (because or "").strip() or None
    if because is None and is_signed(session, paper_id):
        refuse(
            {"reason": "Die Fassung ist unterschrieben. Bitte den Grund eintragen, warum sie ersetzt wird."}
        )
    record.withdrawn_at, record.withdrawn_because = at, because
