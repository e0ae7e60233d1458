"""Tables of an agreement's life: amendments, notices, talks, reports, instalments, changes of stage."""

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.agreements.agreements import GoalAction, GoalState, NoticeDirection, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from db.models.base import Cents, DecimalText, Model, key, may_lose, owned, refers, word


class StageChange(Model):
    """An agreement came to a stage on a day, by whom."""

    __tablename__ = "stage_change"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    stage: Mapped[Stage] = mapped_column(word(Stage))
    day: Mapped[date]
    who: Mapped[str | None]
    note: Mapped[str | None]


class SignedState(Model):
    """What an agreement said at its first signature, as JSON; `since`: the day of that signature, if known.

    `at_signature` False: it was signed before the program kept such states, or came signed from a list; then it is
    what was agreed before the first change since.
    """

    __tablename__ = "signed_state"
    __table_args__ = (UniqueConstraint("agreement_id"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    since: Mapped[date | None]
    at_signature: Mapped[bool]
    content: Mapped[str] = mapped_column(deferred=True)


class Correction(Model):
    """A slip that was mended after the signature: when, why, and what (JSON: old and new by place)."""

    __tablename__ = "correction"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    day: Mapped[date]
    reason: Mapped[str]
    changes: Mapped[str]


class Amendment(Model):
    """Nachtrag: a document of its own that changes term, amount, parties or goals of an agreement.

    It acts from `effective_from`, once all have signed; the agreement's own row keeps saying what was signed there.
    `changes_term`: of the fields of the term below, those named in `changed_fields` (`end;notice`) replace the
    agreement's; the others say nothing. `changes_amount`: `amount_cents` does. `replaced` (JSON): what held on the
    effective day when the last one signed, as the paper says it under "bisher".
    """

    __tablename__ = "amendment"
    __table_args__ = (UniqueConstraint("agreement_id", "nr"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    nr: Mapped[int]
    title: Mapped[str]
    text: Mapped[str | None]
    effective_from: Mapped[date | None]
    stage: Mapped[Stage] = mapped_column(word(Stage), default=Stage.DRAFT)
    signed_on: Mapped[date | None]
    changes_term: Mapped[bool] = mapped_column(default=False)
    changed_fields: Mapped[str] = mapped_column(default="")
    end: Mapped[date | None]
    minimum_until: Mapped[date | None]
    renewal_months: Mapped[int | None]
    notice: Mapped[int | None]
    notice_unit: Mapped[NoticeUnit | None] = mapped_column(word(NoticeUnit))
    notice_effect: Mapped[NoticeEffect | None] = mapped_column(word(NoticeEffect))
    changes_amount: Mapped[bool] = mapped_column(default=False)
    amount_cents: Mapped[Cents | None]
    replaced: Mapped[str | None]
    city_signed_on: Mapped[date | None]
    city_signed_by: Mapped[str | None]


class AmendmentGoal(Model):
    """A goal that an amendment adds, changes or drops; `nr` names it in the agreement.

    `goal_id`: the goal itself, known with the last signature. The goal keeps the words it was agreed with at first;
    those here hold from the amendment's day, its figure with them.
    """

    __tablename__ = "amendment_goal"
    __table_args__ = (UniqueConstraint("amendment_id", "nr"),)

    id: Mapped[int] = key()
    amendment_id: Mapped[int] = owned("amendment.id")
    nr: Mapped[str]
    action: Mapped[GoalAction] = mapped_column(word(GoalAction))
    goal_id: Mapped[int | None] = may_lose("goal.id")
    title: Mapped[str | None]
    building_block_id: Mapped[int | None] = refers("building_block.id")
    measure: Mapped[str | None]
    indicator: Mapped[str | None]
    target: Mapped[str | None]
    target_value: Mapped[Decimal | None] = mapped_column(DecimalText)
    unit: Mapped[str | None]
    due: Mapped[date | None]
    responsible: Mapped[str | None]
    evidence: Mapped[str | None]


class AmendmentSignature(Model):
    """A party signed an amendment."""

    __tablename__ = "amendment_signature"
    __table_args__ = (UniqueConstraint("amendment_id", "party_id"),)

    id: Mapped[int] = key()
    amendment_id: Mapped[int] = owned("amendment.id")
    party_id: Mapped[int] = owned("party.id")
    signed_on: Mapped[date]
    signed_by: Mapped[str | None]


class Notice(Model):
    """A notice of termination, sent or received. It counts on arrival; `ends_on` is the end that follows from it."""

    __tablename__ = "notice"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    direction: Mapped[NoticeDirection] = mapped_column(word(NoticeDirection))
    dated: Mapped[date | None]
    arrived_on: Mapped[date | None]
    ends_on: Mapped[date]
    is_extraordinary: Mapped[bool] = mapped_column(default=False)
    party_id: Mapped[int | None] = may_lose("party.id")
    note: Mapped[str | None]


class Instalment(Model):
    """Rate: a part of an agreement's amount, due on a day, perhaps under a condition."""

    __tablename__ = "instalment"
    __table_args__ = (UniqueConstraint("agreement_id", "nr"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    nr: Mapped[int]
    due: Mapped[date | None]
    amount_cents: Mapped[Cents]
    condition: Mapped[str | None]


class GoalReport(Model):
    """What was reported on a goal on a day: state, figure against the target, evidence in words."""

    __tablename__ = "goal_report"

    id: Mapped[int] = key()
    goal_id: Mapped[int] = owned("goal.id")
    day: Mapped[date]
    state: Mapped[GoalState] = mapped_column(word(GoalState))
    figure: Mapped[Decimal | None] = mapped_column(DecimalText)
    text: Mapped[str | None]
    author: Mapped[str | None]


class YearlyTalk(Model):
    """Jahresgespräch that was held, and what was agreed in it."""

    __tablename__ = "yearly_talk"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    day: Mapped[date]
    participants: Mapped[str | None]
    result: Mapped[str | None]
