"""The office's own settings and what it noted on deadlines."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.deadlines.deadlines import DeadlineKind
from db.models.base import Model, key, word


class Setting(Model):
    """One setting of this database file (office name, address, signatory, ...), text only."""

    __tablename__ = "setting"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Picture(Model):
    """A picture that belongs to the office, such as its logo."""

    __tablename__ = "picture"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DeadlineMark(Model):
    """She has done or put off one deadline: (kind, record, date) names it. `until` None = done."""

    __tablename__ = "deadline_mark"
    __table_args__ = (UniqueConstraint("kind", "table", "record_id", "day"),)

    id: Mapped[int] = key()
    kind: Mapped[DeadlineKind] = mapped_column(word(DeadlineKind))
    table: Mapped[str]
    record_id: Mapped[int]
    day: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str | None]
    marked_at: Mapped[datetime]
