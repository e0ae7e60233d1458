"""The steering board."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key, refers


class Member(Model):
    """A member of the Steuerungsbeirat; the actor it belongs to matters for conflicts of interest."""

    __tablename__ = "member"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    institution: Mapped[str]
    function: Mapped[str | None]
    voting: Mapped[bool] = mapped_column(default=True)
    actor_id: Mapped[int | None] = refers("actor.id")
    begin: Mapped[date | None]
    end: Mapped[date | None]
    substitute_for_id: Mapped[int | None] = refers("member.id")
