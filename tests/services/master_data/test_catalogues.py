"""The catalogues: order, names, what is in use."""

from dataclasses import replace

import pytest

from app.domain.errors import Invalid
from app.domain.offers.offers import BUILDING_BLOCKS
from app.services.master_data import catalogues
from app.services.master_data.catalogues import Catalogue, CatalogueEntry, CatalogueInput
from db.database import Database
from db.models import Actor, Offer, Quarter

BLOCKS = Catalogue.BUILDING_BLOCKS


def entries(database: Database) -> tuple[CatalogueEntry, ...]:
    with database.read() as session:
        return catalogues.load(session, BLOCKS).entries


def save(database: Database, changed: tuple[CatalogueEntry, ...]) -> None:
    with database.write("Bausteine geändert") as session:
        catalogues.save(session, BLOCKS, CatalogueInput(changed))


def names(database: Database) -> list[str]:
    return [entry.name for entry in entries(database)]


def use_first(database: Database) -> None:
    with database.write("Angebot") as session:
        session.add_all([Quarter(id=1, short="Q", name="Q"), Actor(id=1, short="A", name="A")])
        session.flush()
        session.add(Offer(quarter_id=1, actor_id=1, title="Treff", building_block_id=entries(database)[0].id))


def test_order_names_new_and_gone_in_one_step(database: Database) -> None:
    first, second, *rest = entries(database)
    save(database, (replace(second, name=" Rat und Hilfe "), CatalogueEntry(name="Garten"), first, *rest[1:]))
    assert names(database) == ["Rat und Hilfe", "Garten", BUILDING_BLOCKS[0], *BUILDING_BLOCKS[3:]]
    database.undo()
    assert names(database) == list(BUILDING_BLOCKS)


def test_names_can_be_swapped(database: Database) -> None:
    first, second, *rest = entries(database)
    save(database, (replace(first, name=second.name), replace(second, name=first.name), *rest))
    assert names(database)[:2] == [second.name, first.name]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "einen Namen"), ("BERATUNG", "steht schon"), ("a; b", "Semikolon")],
)
def test_what_a_list_cannot_hold(database: Database, name: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        save(database, (*entries(database), CatalogueEntry(name=name)))


def test_entry_in_use_can_be_renamed_but_not_removed(database: Database) -> None:
    use_first(database)
    first, *rest = entries(database)
    assert first.used == 1
    with pytest.raises(Invalid, match="noch 1-mal verwendet"):
        save(database, tuple(rest))
    save(database, (replace(first, name="Treffen"), *rest))
    assert names(database)[0] == "Treffen"
