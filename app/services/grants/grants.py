"""Grants with their financing plan and payouts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, UserError
from app.domain.grants.grant_rules import RULE_SETS, RuleSet, current_version
from app.domain.grants.grant_standing import UNLIMITED, FinancingKind, RuleSetName
from app.services.records import (
    columns,
    delete,
    field_names,
    filled,
    is_taken,
    lacking,
    read,
    refuse_if_used,
    values_of,
    write,
)
from db.models import AssignmentRule, Booking, Budget, DrawDown, Grant, PlanItem


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant in a list."""

    id: int
    short: str
    funder: str
    end: date


@dataclass(frozen=True, slots=True)
class PlanItemInput:
    """`id` None: a new item."""

    id: int | None
    position: str
    title: str
    planned_cents: int


@dataclass(frozen=True, slots=True)
class DrawDownInput:
    """`id` None: a new one."""

    id: int | None
    nr: int
    requested_on: date | None = None
    requested_cents: int | None = None
    received_on: date | None = None
    received_cents: int | None = None


@dataclass(frozen=True, slots=True)
class GrantInput:
    """A value that is None holds as the rule set says; `rules_as_of` is set once, when the grant is entered."""

    short: str
    funder: str
    begin: date | None
    end: date | None
    granted_cents: int
    reference: str | None = None
    notice_date: date | None = None
    financing_kind: FinancingKind = FinancingKind.SHARE
    own_funds_cents: int | None = None
    other_income_cents: int | None = None
    rule_set: RuleSetName = RuleSetName.ANBEST_GK
    tolerance_percent: int | None = None
    usage_months: int | None = None
    usage_weeks: int | None = None
    proof_due: date | None = None
    interim_months: int | None = None
    retention_years: int | None = None
    refund_threshold_cents: int | None = None
    notes: str | None = None
    items: tuple[PlanItemInput, ...] = ()
    draw_downs: tuple[DrawDownInput, ...] = ()


OWN_FIELDS = [name for name in field_names(GrantInput) if name not in {"items", "draw_downs"}]


def rows(session: Session) -> list[GrantRow]:
    """All grants, those that end last first."""
    query = select(*columns(GrantRow, Grant))
    return read(session, GrantRow, query.order_by(Grant.end.desc(), Grant.short))


def find(session: Session, short: str) -> int:
    """The grant with this Kürzel; raises UserError."""
    grant_id = session.scalar(select(Grant.id).where(Grant.short == short))
    if grant_id is None:
        known = ", ".join(session.scalars(select(Grant.short).order_by(Grant.short))) or "noch keine"
        raise UserError(f"Eine Förderung „{short}“ gibt es nicht. Vorhanden: {known}.")
    return grant_id


def load(session: Session, grant_id: int) -> GrantInput:
    """The grant with its plan and payouts as it can be edited."""
    items = select(*columns(PlanItemInput, PlanItem)).where(PlanItem.grant_id == grant_id)
    draw_downs = select(*columns(DrawDownInput, DrawDown)).where(DrawDown.grant_id == grant_id)
    return filled(
        GrantInput,
        session.get_one(Grant, grant_id),
        items=tuple(read(session, PlanItemInput, items.order_by(PlanItem.id))),
        draw_downs=tuple(read(session, DrawDownInput, draw_downs.order_by(DrawDown.nr))),
    )


def save(
    session: Session, grant_id: int | None, values: GrantInput, rule_sets: Sequence[RuleSet] = RULE_SETS
) -> int:
    """Create or change a grant with its plan and payouts; raises Invalid, or UserError for an item in use."""
    problems = _problems(session, grant_id, values)
    if problems or values.begin is None or values.end is None:
        raise Invalid(problems)
    stored: dict[str, Any] = {name: getattr(values, name) for name in OWN_FIELDS}
    if grant_id is None or session.get_one(Grant, grant_id).rule_set is not values.rule_set:
        # Bound to one version from now on: a newer one must not change this grant.
        day = values.notice_date or values.begin
        stored["rules_as_of"] = current_version(values.rule_set, day, rule_sets)
    saved = int(write(session, Grant, grant_id, stored).id)
    _refuse_items_in_use(session, saved, values.items)
    _save_parts(session, PlanItem, saved, values.items)
    _save_parts(session, DrawDown, saved, values.draw_downs)
    return saved


def remove(session: Session, grant_id: int) -> None:
    """Delete a grant no budget belongs to; raises UserError."""
    grant = session.get_one(Grant, grant_id)
    numbers = list(session.scalars(select(Budget.number).where(Budget.grant_id == grant_id).limit(4)))
    if numbers:
        named = ", ".join(numbers[:3]) + (" und weitere" if len(numbers) > 3 else "")
        raise UserError(
            f"Zur Förderung {grant.short} gehören noch Budgets ({named}). Bitte dort die Förderung erst leeren."
        )
    items = select(PlanItem.id).where(PlanItem.grant_id == grant_id)
    for user in (
        Booking,
        AssignmentRule,
    ):  # without a budget of the grant its plan items mean nothing to them
        session.execute(update(user).where(user.plan_item_id.in_(items)).values(plan_item_id=None))
    delete(session, Grant, grant_id)


def _refuse_items_in_use(session: Session, grant_id: int, items: tuple[PlanItemInput, ...]) -> None:
    """Raise UserError if a budget, a booking or a rule names a plan item that is not among these any more."""
    kept = {item.id for item in items}
    for gone in session.scalars(select(PlanItem).where(PlanItem.grant_id == grant_id)).all():
        if gone.id in kept:
            continue
        user = session.scalar(select(Budget.number).where(Budget.plan_item_id == gone.id).limit(1))
        if user is not None:
            raise UserError(
                f"Position {gone.position} wird vom Budget {user} gebraucht und kann nicht gelöscht werden. "
                "Bitte dem Budget erst eine andere Position geben."
            )
        refuse_if_used(
            session,
            f"Position {gone.position}",
            gone.id,
            (
                (Booking.plan_item_id, "Buchung", "Buchungen"),
                (AssignmentRule.plan_item_id, "Zuordnungsregel", "Zuordnungsregeln"),
            ),
        )


def _save_parts(
    session: Session,
    model: type[PlanItem] | type[DrawDown],
    grant_id: int,
    parts: Sequence[PlanItemInput | DrawDownInput],
) -> None:
    """The rows that belong to a grant become these; what is not among them goes."""
    kept = [part.id for part in parts if part.id is not None]
    gone = select(model.id).where(model.grant_id == grant_id, model.id.not_in(kept))
    delete(session, model, *session.scalars(gone).all())
    for part in parts:
        write(session, model, part.id, values_of(part, without={"id"}) | {"grant_id": grant_id})


def _problems(session: Session, grant_id: int | None, values: GrantInput) -> dict[str, str]:
    problems = lacking(
        values,
        short="Bitte ein Kürzel eintragen, zum Beispiel LAND.",
        funder="Bitte den Zuwendungsgeber eintragen.",
        begin="Bitte den Beginn des Bewilligungszeitraums eintragen.",
        end="Bitte das Ende des Bewilligungszeitraums eintragen.",
    )
    if is_taken(session, Grant.short, values.short, grant_id):
        problems["short"] = f"Das Kürzel {values.short} hat schon eine andere Förderung."
    if values.begin and values.end and values.end < values.begin:
        problems["end"] = "Das Ende liegt vor dem Beginn."
    if values.granted_cents < 0:
        problems["granted_cents"] = "Die Bewilligung darf nicht negativ sein."
    if values.tolerance_percent is not None and values.tolerance_percent < UNLIMITED:
        problems["tolerance_percent"] = "Die Toleranz darf nicht negativ sein."
    positions = [item.position.strip() for item in values.items]
    if "" in positions or any(not item.title.strip() for item in values.items):
        problems["items"] = "Jede Position braucht eine Nummer und eine Bezeichnung."
    elif len(set(positions)) < len(positions):
        problems["items"] = "Jede Nummer darf im Finanzierungsplan nur einmal vorkommen."
    numbers = [draw.nr for draw in values.draw_downs]
    if len(set(numbers)) < len(numbers):
        problems["draw_downs"] = "Jede Nummer darf bei den Mittelabrufen nur einmal vorkommen."
    return problems
