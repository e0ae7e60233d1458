"""Term, partners and goals of agreements, for services that need nothing else of the register."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED
from app.domain.agreements.agreements import BINDING_STAGES
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import Term, is_over
from app.domain.privacy.people import remaining
from app.services.agreements import agreed as agreed_on
from app.services.agreements.agreed import GoalRow
from app.services.records import columns, filled, grouped
from db.models import Actor, Agreement, Goal, Party

TERM_COLUMNS = tuple(columns(Term, Agreement))
"""What an agreement says about its duration."""


def running(session: Session, on: date) -> int:
    """How many agreements bind and have not come to their end."""
    acting = agreed_on.acting(session, on)
    query = select(Agreement.id, *TERM_COLUMNS).where(Agreement.stage.in_(BINDING_STAGES))
    return sum(
        not is_over(acting.get(row.id, UNAMENDED).term(filled(Term, row)), on)
        for row in session.execute(query)
    )


def partner_names(session: Session, on: date) -> dict[int, str]:
    """The parties of each agreement on a day in one line, the main partner first."""
    query = select(Party.agreement_id, Actor.name).join(Actor, Actor.id == Party.actor_id)
    query = query.where(agreed_on.is_party(session, on))
    names = grouped(session, query.order_by(Party.agreement_id, Party.position, Party.id))
    return {agreement_id: "; ".join(found) for agreement_id, found in names.items()}


def parties_of(session: Session, agreement_id: int, on: date | None) -> list[tuple[Party, Actor]]:
    """The parties of an agreement on a day with the actors that they are, the main partner first.

    `on` None: all that ever are, with those that join by an amendment which is not signed yet.
    """
    query = (
        select(Party, Actor)
        .join(Actor, Actor.id == Party.actor_id)
        .where(Party.agreement_id == agreement_id)
        .order_by(Party.position, Party.id)
    )
    if on is not None:
        query = query.where(agreed_on.is_party(session, on, agreement_id))
    return [(party, actor) for party, actor in session.execute(query)]


def represented(party: Party, actor: Actor) -> tuple[str, str]:
    """Who represents a party in its agreement, else who usually does, with the function; that of another is not theirs.

    Both are empty where nobody is known.
    """
    if by := remaining(party.represented_by):
        return by, party.function or ""
    return remaining(actor.represented_by), party.function or actor.function or ""


def agreed(goal: Goal | GoalRow, building_block: str = "") -> AgreedGoal:
    """A stored goal as its agreement says it."""
    said = ("measure", "indicator", "target", "responsible", "evidence")
    return filled(
        AgreedGoal,
        goal,
        building_block=building_block,
        **{name: getattr(goal, name) or "" for name in said},
    )
