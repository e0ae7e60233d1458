"""Drafts of an agreement as they were given out or kept, numbered, with their printed words."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.draft_comparison import DraftWords, Part
from app.services.records import columns, delete, filled, read
from db.models import AgreementDraft


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A kept draft; `number` counts from 1 for each agreement."""

    id: int
    number: int
    made_at: datetime
    title: str | None


def rows(session: Session, agreement_id: int) -> list[DraftRow]:
    """The drafts of an agreement, newest first."""
    query = select(*columns(DraftRow, AgreementDraft)).where(AgreementDraft.agreement_id == agreement_id)
    return read(session, DraftRow, query.order_by(AgreementDraft.number.desc()))


def words(session: Session, draft_id: int) -> DraftWords:
    """What a draft said."""
    content = session.get_one(AgreementDraft, draft_id).content
    stored = json.loads(content.replace("@ · ", "@"))  # earlier ones have a long address in two parts
    return DraftWords(**{topic: tuple(Part(**part) for part in parts) for topic, parts in stored.items()})


def next_number(session: Session, agreement_id: int) -> int:
    """The number of the draft that would be kept next."""
    query = select(func.max(AgreementDraft.number)).where(AgreementDraft.agreement_id == agreement_id)
    return (session.scalar(query) or 0) + 1


def keep(
    session: Session, agreement_id: int, said: DraftWords, at: datetime, title: str | None = None
) -> DraftRow:
    """Keep a draft under the next number. What says the same as the newest one is that one; a title is added to it."""
    newest = next(iter(rows(session, agreement_id)), None)
    title = (title or "").strip() or None
    if newest is not None and words(session, newest.id) == said:
        if title:
            rename(session, newest.id, title)
        return replace(newest, title=title or newest.title)
    record = AgreementDraft(
        agreement_id=agreement_id,
        number=next_number(session, agreement_id),
        made_at=at,
        title=title,
        content=json.dumps(asdict(said), ensure_ascii=False),
    )
    session.add(record)
    session.flush()
    return filled(DraftRow, record)


def rename(session: Session, draft_id: int, title: str | None) -> None:
    """Another title, such as to whom it went."""
    session.get_one(AgreementDraft, draft_id).title = (title or "").strip() or None


def remove(session: Session, draft_id: int) -> None:
    """Take a kept draft away."""
    delete(session, AgreementDraft, draft_id)
