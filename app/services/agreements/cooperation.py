"""Cooperation agreements: on which target agreement each hangs, and who works with whom in a quarter."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED
from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.cooperation import MatrixColumn, Participation, PartnersMatrix, matrix, role_of
from app.domain.errors import UserError
from app.services.agreements import agreed, agreement_register, agreements
from app.services.agreements.agreement_register import AgreementRow
from app.services.records import grouped, pairs
from db.models import Actor, Agreement, BuildingBlock, Offer, Party, Quarter


class By(StrEnum):
    """What the columns of the matrix are."""

    AGREEMENT = "agreement"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Branch:
    """An agreement and what hangs on it, by number."""

    row: AgreementRow
    children: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Target agreements with what hangs on them; cooperation agreements that hang on nothing."""

    targets: tuple[Branch, ...]
    alone: tuple[Branch, ...]


def tree(session: Session, on: date) -> Tree:
    """All agreements as they hang together."""
    rows = agreement_register.rows(session, on)
    parents = dict(session.execute(select(Agreement.id, Agreement.belongs_to_id)).all())
    below: defaultdict[int | None, list[AgreementRow]] = defaultdict(list)
    for row in rows:
        below[parents[row.id]].append(row)

    def branch(row: AgreementRow) -> Branch:
        return Branch(row, tuple(map(branch, below[row.id])))

    tops = [branch(row) for row in below[None]]
    return Tree(
        tuple(top for top in tops if top.row.kind is AgreementKind.TARGET),
        tuple(top for top in tops if top.row.kind is AgreementKind.COOPERATION),
    )


def attach(session: Session, agreement_id: int, parent_id: int | None) -> None:
    """Hang a cooperation agreement on another one, or on nothing.

    Raises UserError for a target agreement, and Invalid where it would hang on itself.
    """
    data = agreements.load(session, agreement_id)
    if data.kind is not AgreementKind.COOPERATION and parent_id is not None:
        raise UserError(
            f"{data.number} ist eine Zielvereinbarung. "
            "An eine andere Vereinbarung lassen sich nur Kooperationsvereinbarungen anhängen."
        )
    agreements.save(session, agreement_id, replace(data, belongs_to_id=parent_id))


def quarters(session: Session) -> list[tuple[int, str]]:
    """(id, name) of the quarters with agreements, by name; if there are none, of all."""
    everything = list(pairs(session, select(Quarter.id, Quarter.name).order_by(Quarter.name)))
    used = set(session.scalars(select(Agreement.quarter_id).distinct()))
    return [pair for pair in everything if pair[0] in used] or everything


def partners(session: Session, quarter_id: int, by: By, on: date | None = None) -> PartnersMatrix:
    """The matrix of a quarter: agreements that have not ended, actors of these and with offers there; `on` None: today.

    A cooperation agreement without a quarter of its own belongs where the one it hangs on belongs.
    """
    parent = select(Agreement.id).where(Agreement.quarter_id == quarter_id)
    here = or_(
        Agreement.quarter_id == quarter_id,
        Agreement.quarter_id.is_(None) & Agreement.belongs_to_id.in_(parent),
    )
    found = session.scalars(
        select(Agreement)
        .where(here, Agreement.stage != Stage.ENDED)
        .order_by(Agreement.kind.desc(), Agreement.number)
    ).all()
    known = {record.id: record for record in found}
    there = Party.agreement_id.in_(known), agreed.is_party(session, on or date.today())
    rows = select(Party.agreement_id, Party.actor_id).where(*there).order_by(Party.position, Party.id)
    parties = [
        (key, actor_id, position)
        for key, actor_ids in grouped(session, rows).items()
        for position, actor_id in enumerate(actor_ids, start=1)
    ]
    active = select(Offer.actor_id).where(Offer.quarter_id == quarter_id)
    actors = session.execute(
        select(Actor.id, Actor.name)
        .where(or_(Actor.id.in_(active), Actor.id.in_({actor_id for _, actor_id, _ in parties})))
        .order_by(Actor.name)
    )
    columns, places = _columns(session, by, list(found), on or date.today())
    links = [
        Participation(actor_id, column, role_of(known[key].kind, position), known[key].number)
        for key, actor_id, position in parties
        for column in places.get(key, ())
    ]
    return matrix([(key, name) for key, name in actors], columns, links)


def _columns(
    session: Session, by: By, found: list[Agreement], on: date
) -> tuple[list[MatrixColumn], dict[int, tuple[int, ...]]]:
    """The columns, and the columns of each agreement."""
    if by is By.AGREEMENT:
        acting = agreed.acting(session, on)
        columns = [
            MatrixColumn(
                one.id,
                one.number,
                f"{one.kind.word} {one.number}: {one.title}",
                acting.get(one.id, UNAMENDED).stage(one.stage).word,
            )
            for one in found
        ]
        return columns, {one.id: (one.id,) for one in found}
    blocks = session.execute(select(BuildingBlock.id, BuildingBlock.name).order_by(BuildingBlock.position))
    own: defaultdict[int, set[int]] = defaultdict(set)
    for goal in agreed.goals(session, on):
        if goal.building_block_id is not None:
            own[goal.agreement_id].add(goal.building_block_id)
    for one in found:  # a cooperation agreement serves what the one it hangs on aims at
        if one.id not in own and one.belongs_to_id is not None and one.belongs_to_id in own:
            own[one.id] = own[one.belongs_to_id]
    return [MatrixColumn(key, name, name) for key, name in blocks], {
        key: tuple(sorted(ids)) for key, ids in own.items()
    }
