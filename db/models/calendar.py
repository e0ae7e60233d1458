"""What went out in calendar files, so that the next one can say what has changed."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.domain.deadlines.deadlines import DeadlineKind
from db.models.base import Model, key, word


class SentEvent(Model):
    """An event as the newest calendar file has it (app/domain/deadlines/calendar_events.py).

    Like the log itself it is no entry of hers: outside undo and histories. `changed_at` is in UTC.
    """

    __tablename__ = "sent_event"

    id: Mapped[int] = key()
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DeadlineKind] = mapped_column(word(DeadlineKind))
    day: Mapped[date]
    summary: Mapped[str]
    digest: Mapped[str]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]
    is_cancelled: Mapped[bool]
