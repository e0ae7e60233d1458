"""The two catalogues the office edits itself: building blocks and target groups."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Result, func, select
from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.master_data.sheets import SEPARATOR
from db.models import AmendmentGoal, BuildingBlock, Goal, Offer, OfferTargetGroup, TargetGroup


class Catalogue(StrEnum):
    """The catalogues by the name of their table."""

    BUILDING_BLOCKS = "building_block"
    TARGET_GROUPS = "target_group"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry; `id` None: a new one. `used`: how many offers and goals name it."""

    id: int | None = None
    name: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class CatalogueInput:
    """All entries in the order in which lists offer them."""

    entries: tuple[CatalogueEntry, ...]


def load(session: Session, catalogue: Catalogue) -> CatalogueInput:
    """The entries of a catalogue in their order, each with how often it is used."""
    model = _model(catalogue)
    used = _uses(session, catalogue)
    rows = session.execute(select(model.id, model.name).order_by(model.position, model.id))
    return CatalogueInput(tuple(CatalogueEntry(row.id, row.name, used[row.id]) for row in rows))


def save(session: Session, catalogue: Catalogue, values: CatalogueInput) -> None:
    """Rename, order, add and remove at once. Raises Invalid; an entry in use is not removed."""
    model = _model(catalogue)
    stored: dict[int, Any] = {row.id: row for row in session.scalars(select(model))}
    kept = {entry.id for entry in values.entries if entry.id is not None}
    problem = _problem(values.entries) or _in_use(session, catalogue, set(stored) - kept)
    if problem:
        raise Invalid({"entries": problem})
    for row_id in set(stored) - kept:
        session.delete(stored[row_id])
    session.flush()
    _free_names(session, stored, values.entries)
    for position, entry in enumerate(values.entries, 1):
        row = stored[entry.id] if entry.id is not None else model()
        row.name, row.position = entry.name.strip(), position
        session.add(row)


def _free_names(session: Session, stored: Mapping[int, Any], entries: Sequence[CatalogueEntry]) -> None:
    """Names may be swapped; each is unique at every moment, so those that change step aside first."""
    for entry in entries:
        if entry.id is not None and stored[entry.id].name != entry.name.strip():
            stored[entry.id].name = f"\n{entry.id}"
    session.flush()


def _problem(entries: Sequence[CatalogueEntry]) -> str:
    names = [entry.name.strip() for entry in entries]
    seen: set[str] = set()
    for line, name in enumerate(names, 1):
        if not name:
            return f"Zeile {line}: Bitte einen Namen eintragen."
        if SEPARATOR in name:
            return f"Zeile {line}: Ein Semikolon trennt in Excel-Listen mehrere Einträge und kann hier nicht stehen."
        if name.casefold() in seen:
            return f"„{name}“ steht schon in der Liste."
        seen.add(name.casefold())
    return ""


def _in_use(session: Session, catalogue: Catalogue, gone: set[int]) -> str:
    used = _uses(session, catalogue)
    model = _model(catalogue)
    for row_id in sorted(gone):
        if count := used[row_id]:
            name = session.scalar(select(model.name).where(model.id == row_id))
            return (
                f"„{name}“ wird noch {count}-mal verwendet. Bitte erst dort ändern oder hier nur umbenennen."
            )
    return ""


def _uses(session: Session, catalogue: Catalogue) -> Counter[int]:
    uses: Counter[int] = Counter()
    for column in _USERS[catalogue]:
        found: Result[Any] = session.execute(
            select(column, func.count()).where(column.is_not(None)).group_by(column)
        )
        for row_id, count in map(tuple, found):
            uses[row_id] += count
    return uses


_USERS: dict[Catalogue, tuple[Any, ...]] = {
    Catalogue.BUILDING_BLOCKS: (
        Offer.building_block_id,
        Goal.building_block_id,
        AmendmentGoal.building_block_id,
    ),
    Catalogue.TARGET_GROUPS: (OfferTargetGroup.target_group_id,),
}
"""The columns that name an entry."""


def _model(catalogue: Catalogue) -> type[BuildingBlock] | type[TargetGroup]:
    return BuildingBlock if catalogue is Catalogue.BUILDING_BLOCKS else TargetGroup
