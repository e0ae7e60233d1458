"""Who joins an agreement, and who leaves it, by an amendment."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.services.agreements import agreed, agreements
from app.services.agreements.agreements import PartyInput
from app.services.records import filled
from db.models import Actor, Amendment, Party

Joining = Sequence[PartyInput]
Leaving = Sequence[int]
"""The actors that leave."""


def load(session: Session, amendment_id: int) -> tuple[tuple[PartyInput, ...], tuple[int, ...]]:
    """Who joins and which actors leave, as an amendment says it."""
    parties = select(Party).order_by(Party.position, Party.id)
    joining = session.scalars(parties.where(Party.joins_with == amendment_id))
    leaving = session.scalars(parties.where(Party.leaves_with == amendment_id))
    return tuple(filled(PartyInput, party) for party in joining), tuple(party.actor_id for party in leaving)


def said(session: Session, amendment_id: int) -> dict[str, list[list[object]]]:
    """What is printed of them, where there are any: of those that join also who represents them."""
    who = Party.actor_id, Party.represented_by, Party.function
    found: dict[str, list[list[object]]] = {}
    for name, printed in (("joins_with", who), ("leaves_with", who[:1])):
        moved = select(*printed).where(getattr(Party, name) == amendment_id).order_by(Party.actor_id)
        if parties := [list(party) for party in session.execute(moved)]:
            found[name] = parties
    return found


def after(before: Sequence[PartyInput], joining: Joining, leaving: Leaving) -> tuple[PartyInput, ...]:
    """The parties once an amendment acts."""
    there = {party.actor_id for party in before}
    staying = (party for party in before if party.actor_id not in leaving)
    return (*staying, *(party for party in joining if party.actor_id not in there))


def names(session: Session, parties: Iterable[PartyInput]) -> str:
    """The names of parties, one in a line."""
    known = dict(session.execute(select(Actor.id, Actor.name)).all())
    return "\n".join(known.get(party.actor_id, "") for party in parties)


def joining_problem(session: Session, agreement_id: int, amendment_id: int | None, joining: Joining) -> str:
    """Why these cannot join. An actor is party of an agreement once: who has left does not come back."""
    known = {
        party.actor_id: name
        for party, name in _named_parties(session, agreement_id)
        if amendment_id is None or party.joins_with != amendment_id
    }
    actors = [party.actor_id for party in joining]
    for actor_id in actors:
        if actor_id in known:
            return f"{known[actor_id]} ist hier schon Träger, oder war oder wird es durch einen Nachtrag."
        if actors.count(actor_id) > 1:
            return "Ein Träger steht zweimal unter denen, die beitreten."
    return ""


def leaving_problem(
    session: Session,
    agreement_id: int,
    amendment_id: int | None,
    joining: Joining,
    leaving: Leaving,
    on: date | None,
) -> str:
    """Why these cannot leave on the amendment's day: only who is party then can, and on no day is nobody left.

    `on` None: no day is entered yet; today is asked about.
    """
    if not leaving:
        return ""
    there = {party.actor_id for party in agreements.load(session, agreement_id, on).parties}
    for party, name in _named_parties(session, agreement_id):
        if party.actor_id not in leaving:
            continue
        if party.leaves_with not in (None, amendment_id):
            return f"{name} scheidet schon durch einen anderen Nachtrag aus."
        if party.actor_id not in there:
            return (
                f"{name} ist an dem Tag, ab dem der Nachtrag gilt, nicht Träger und kann nicht ausscheiden."
            )
    first = on or date.today()
    signed = agreed.amendments_of(session, agreement_id).get(agreement_id, ())
    for day in (first, *(one.effective_from for one in signed if one.effective_from > first)):
        if not after(agreements.load(session, agreement_id, day).parties, joining, leaving):
            return "Wenigstens ein Träger bleibt; endet die Zusammenarbeit ganz, ist das eine Kündigung."
    return ""


def save(session: Session, record: Amendment, wanted: Joining, leaving: Leaving) -> None:
    """Who joins is there from now on, and is no party before the amendment acts."""
    parties = list(session.scalars(select(Party).where(Party.agreement_id == record.agreement_id)))
    known = {party.actor_id: party for party in parties if party.joins_with == record.id}
    for gone in known.keys() - {party.actor_id for party in wanted}:
        session.delete(known[gone])
    last = max((party.position for party in parties if party.joins_with != record.id), default=0)
    for position, joining in enumerate(wanted, start=last + 1):
        party = known.get(joining.actor_id) or Party(
            agreement_id=record.agreement_id, actor_id=joining.actor_id, joins_with=record.id
        )
        party.position = position
        party.represented_by, party.function = joining.represented_by, joining.function
        session.add(party)
    for party in parties:
        if party.actor_id in leaving:
            party.leaves_with = record.id
        elif party.leaves_with == record.id:
            party.leaves_with = None
    session.flush()


def _named_parties(session: Session, agreement_id: int) -> Sequence[Row[Party, str]]:
    """All that ever are party of an agreement, with their names."""
    query = select(Party, Actor.name).join(Actor, Actor.id == Party.actor_id)
    return session.execute(query.where(Party.agreement_id == agreement_id)).all()
