"""Target and cooperation agreements with their parties, goals and signed papers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.agreements.actor_proofs import USUAL_MONTHS
from app.domain.agreements.agreements import AgreementKind, GoalState, PaperKind, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from db.models.base import Cents, DecimalText, FileName, Model, key, may_lose, owned, refers, word


class Agreement(Model):
    """Zielvereinbarung or Kooperationsvereinbarung.

    `end` None: open-ended, perhaps with `minimum_until`. `end` without `renewal_months`: ends by itself;
    with it: renews itself by so many months, again and again (exchange.md, section 1). `signed_on`: the day of
    the last signature; the city signs like a party does.
    """

    __tablename__ = "agreement"

    id: Mapped[int] = key()
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AgreementKind] = mapped_column(word(AgreementKind))
    quarter_id: Mapped[int | None] = refers("quarter.id")
    title: Mapped[str]
    stage: Mapped[Stage] = mapped_column(word(Stage), default=Stage.DRAFT)
    signed_on: Mapped[date | None]
    city_signed_on: Mapped[date | None]
    city_signed_by: Mapped[str | None]
    begin: Mapped[date | None]
    end: Mapped[date | None]
    minimum_until: Mapped[date | None]
    renewal_months: Mapped[int | None]
    notice: Mapped[int | None]
    notice_unit: Mapped[NoticeUnit | None] = mapped_column(word(NoticeUnit))
    notice_effect: Mapped[NoticeEffect | None] = mapped_column(word(NoticeEffect))
    terminated_to: Mapped[date | None]
    amount_cents: Mapped[Cents | None]
    proof_months: Mapped[int | None] = mapped_column(default=USUAL_MONTHS)
    budget_id: Mapped[int | None] = refers("budget.id")
    decision: Mapped[str | None]
    belongs_to_id: Mapped[int | None] = refers("agreement.id")
    successor_id: Mapped[int | None] = refers("agreement.id")
    template_version_id: Mapped[int | None] = refers("template_version.id")
    reminder_days: Mapped[str] = mapped_column(default="90;30;7")
    notes: Mapped[str | None]


class Party(Model):
    """An actor that signs an agreement with the city; `position` from 1, the first is the main partner.

    `joins_with`, `leaves_with`: the amendment from whose day it is a party, or is one no more; it signs that one too.
    """

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("agreement_id", "actor_id"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    actor_id: Mapped[int] = refers("actor.id")
    position: Mapped[int]
    represented_by: Mapped[str | None]
    function: Mapped[str | None]
    signed_on: Mapped[date | None]
    signed_by: Mapped[str | None]
    joins_with: Mapped[int | None] = owned("amendment.id")
    leaves_with: Mapped[int | None] = may_lose("amendment.id")


class CitySignature(Model):
    """A further person who signed for the city, where several must; the first stands with what was signed.

    `seat`: from 2, the place among those who sign for the city. `amendment_id` None: under the agreement itself.
    """

    __tablename__ = "city_signature"
    __table_args__ = (UniqueConstraint("agreement_id", "amendment_id", "seat"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    amendment_id: Mapped[int | None] = mapped_column(
        ForeignKey("amendment.id", ondelete="CASCADE"), index=True
    )
    seat: Mapped[int]
    signed_on: Mapped[date]
    signed_by: Mapped[str | None]


class Goal(Model):
    """Ziel: a row of a target agreement. `nr` as she writes it, unique within the agreement.

    `target` is what the agreement says; `target_value` in `unit` is its figure, where it has one.
    """

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("agreement_id", "nr"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    nr: Mapped[str]
    title: Mapped[str]
    building_block_id: Mapped[int | None] = refers("building_block.id")
    measure: Mapped[str | None]
    indicator: Mapped[str | None]
    target: Mapped[str | None]
    target_value: Mapped[Decimal | None] = mapped_column(DecimalText)
    unit: Mapped[str | None]
    due: Mapped[date | None]
    responsible: Mapped[str | None]
    evidence: Mapped[str | None]
    state: Mapped[GoalState] = mapped_column(word(GoalState), default=GoalState.OPEN)


class Paper(Model):
    """A PDF printed for signature or sent as a letter, kept unchanged with the record and outside undo.

    `agreed` (JSON): what the agreement said when it was printed for signature. `withdrawn_because`: why a signed one
    was replaced.
    """

    __tablename__ = "paper"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = refers("agreement.id")
    kind: Mapped[PaperKind] = mapped_column(word(PaperKind), default=PaperKind.AGREEMENT)
    amendment_id: Mapped[int | None] = refers("amendment.id")
    file_name: Mapped[str] = mapped_column(FileName)
    printed_at: Mapped[datetime]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]
    agreed: Mapped[str | None] = mapped_column(deferred=True)
