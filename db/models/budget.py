"""Budgets, transfers between them, and commitments."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.budgets.budgets import TransferKind
from db.models.base import Cents, Model, key, refers, word


class Budget(Model):
    """Money for a quarter or a purpose in one budget year."""

    __tablename__ = "budget"
    __table_args__ = (Index("ix_budget_order_year", "internal_order", "year"),)

    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    quarter_id: Mapped[int | None] = refers("quarter.id")
    kind: Mapped[str | None]
    year: Mapped[int] = mapped_column(index=True)
    planned_cents: Mapped[Cents]
    internal_order: Mapped[str | None]
    cost_centre: Mapped[str | None]
    grant_id: Mapped[int | None] = refers("grant.id")
    plan_item_id: Mapped[int | None] = refers("plan_item.id")
    overspending_reason: Mapped[str | None]
    notes: Mapped[str | None]


class Transfer(Model):
    """Umschichtung between two budgets, or Übertragung of unspent money into a later year."""

    __tablename__ = "transfer"
    __table_args__ = (CheckConstraint("from_budget_id != to_budget_id", name="two_budgets"),)

    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TransferKind] = mapped_column(word(TransferKind), default=TransferKind.SHIFT)
    from_budget_id: Mapped[int] = refers("budget.id")
    to_budget_id: Mapped[int] = refers("budget.id")
    amount_cents: Mapped[Cents]
    day: Mapped[date | None]
    reason: Mapped[str | None]
    origin_year: Mapped[int | None]


class Commitment(Model):
    """Mittelbindung. Open amount = amount less assigned bookings, never below zero; closed: nothing is open.

    `until_year` later than the budget's year marks a Verpflichtungsermächtigung.
    """

    __tablename__ = "commitment"

    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(unique=True)
    budget_id: Mapped[int] = refers("budget.id")
    title: Mapped[str]
    amount_cents: Mapped[Cents]
    day: Mapped[date | None]
    recipient: Mapped[str | None]
    agreement_id: Mapped[int | None] = refers("agreement.id")
    decision: Mapped[str | None]
    closed_on: Mapped[date | None]
    until_year: Mapped[int | None]
    notes: Mapped[str | None]
