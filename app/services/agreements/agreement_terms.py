"""How long agreements run and with whom, for services that need nothing else of the register."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, Term, is_over
from db.models import Actor, Agreement, Party

TERM_COLUMNS = (
    Agreement.begin,
    Agreement.end,
    Agreement.minimum_until,
    Agreement.renewal_months,
    Agreement.notice,
    Agreement.notice_unit,
    Agreement.notice_effect,
    Agreement.terminated_to,
)
"""What an agreement says about its duration, in the order of a `Term`."""


def running(session: Session, on: date) -> int:
    """How many agreements bind and have not come to their end."""
    terms = session.execute(select(*TERM_COLUMNS).where(Agreement.stage.in_(BINDING_STAGES)))
    return sum(not is_over(Term(*cells), on) for cells in terms)


def partner_names(session: Session) -> dict[int, str]:
    """The parties of each agreement in one line, the main partner first."""
    query = select(Party.agreement_id, Actor.name).join(Actor, Actor.id == Party.actor_id)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for agreement_id, name in session.execute(query.order_by(Party.agreement_id, Party.position, Party.id)):
        names[agreement_id].append(name)
    return {agreement_id: "; ".join(found) for agreement_id, found in names.items()}
