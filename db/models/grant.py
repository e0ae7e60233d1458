"""Money from the state: grants, their financing plan and payouts."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.grants.grant_standing import FinancingKind, RuleSetName
from db.models.base import Cents, Model, key, owned, word


class Grant(Model):
    """Zuwendung as its notice states it.

    A value that is None comes from the rule set in the version of `rules_as_of`, which is fixed when the
    grant is entered, so that a later version of the rule set leaves this grant alone (domain.md, trap 6).
    `tolerance_percent` -1 (`app.domain.grants.grant_standing.UNLIMITED`): items may be exceeded within the total;
    `usage_weeks` counts instead of `usage_months` where a notice states weeks.
    """

    __tablename__ = "grant"

    id: Mapped[int] = key()
    short: Mapped[str] = mapped_column(unique=True)
    funder: Mapped[str]
    reference: Mapped[str | None]
    notice_date: Mapped[date | None]
    begin: Mapped[date]
    end: Mapped[date]
    granted_cents: Mapped[Cents]
    financing_kind: Mapped[FinancingKind] = mapped_column(word(FinancingKind), default=FinancingKind.SHARE)
    own_funds_cents: Mapped[Cents | None]
    other_income_cents: Mapped[Cents | None]  # income that was not in the plan
    rule_set: Mapped[RuleSetName] = mapped_column(word(RuleSetName), default=RuleSetName.ANBEST_GK)
    rules_as_of: Mapped[date]
    tolerance_percent: Mapped[int | None]
    usage_months: Mapped[int | None]
    usage_weeks: Mapped[int | None]
    proof_due: Mapped[date | None]
    interim_months: Mapped[int | None]  # interim proof after each budget year; 0: none
    retention_years: Mapped[int | None]
    refund_threshold_cents: Mapped[Cents | None]
    notes: Mapped[str | None]


class PlanItem(Model):
    """Einzelansatz (Position) of a financing plan; `position` as the notice writes it."""

    __tablename__ = "plan_item"
    __table_args__ = (UniqueConstraint("grant_id", "position"),)

    id: Mapped[int] = key()
    grant_id: Mapped[int] = owned("grant.id")
    position: Mapped[str]
    title: Mapped[str]
    planned_cents: Mapped[Cents]


class DrawDown(Model):
    """Mittelabruf: money requested from and paid out by the funder."""

    __tablename__ = "draw_down"
    __table_args__ = (UniqueConstraint("grant_id", "nr"),)

    id: Mapped[int] = key()
    grant_id: Mapped[int] = owned("grant.id")
    nr: Mapped[int]
    requested_on: Mapped[date | None]
    requested_cents: Mapped[Cents | None]
    received_on: Mapped[date | None]
    received_cents: Mapped[Cents | None]
