"""Organisations active in the quarters, and the people one talks to there."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, key, owned


class Actor(Model):
    """Träger, Akteur."""

    __tablename__ = "actor"

    id: Mapped[int] = key()
    short: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    represented_by: Mapped[str | None]
    function: Mapped[str | None]
    notes: Mapped[str | None]


class Contact(Model):
    """A person at an actor; carries why the data are kept and until when (GDPR)."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("actor_id", "last_name", "first_name"),)

    id: Mapped[int] = key()
    actor_id: Mapped[int] = owned("actor.id")
    last_name: Mapped[str]
    first_name: Mapped[str] = mapped_column(default="")
    salutation: Mapped[str | None]
    function: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    purpose: Mapped[str | None]
    legal_basis: Mapped[str | None]
    source: Mapped[str | None]
    delete_on: Mapped[date | None]
