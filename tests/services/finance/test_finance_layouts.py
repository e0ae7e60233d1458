"""Layouts are kept with their workbook and mapping, found by name, deleted and brought back."""

from dataclasses import replace

import pytest

from app.domain.errors import Invalid, UserError
from app.services.finance import finance_layouts
from app.services.finance.finance_layouts import ColumnMapping, Layout, SheetMapping
from db.database import Database

MAPPING = (
    SheetMapping(
        "Buchungen", "Einzelposten", 5, (ColumnMapping(0, "Budget", "Budget"), ColumnMapping(6, "Ü", None))
    ),
    SheetMapping("Notizen", None, 1, ()),
)
LAYOUT = Layout(None, " Kämmerei ", "vorlage.xlsx", b"PK not really", MAPPING)


def keep(database: Database, layout: Layout = LAYOUT) -> int:
    with database.write("Vorlage gespeichert") as session:
        return finance_layouts.save(session, layout)


def test_what_was_kept_comes_back(database: Database) -> None:
    layout_id = keep(database)
    with database.read() as session:
        loaded = finance_layouts.named(session, "KÄMMEREI")
        row = finance_layouts.rows(session)[0]
    assert loaded == replace(LAYOUT, id=layout_id, name="Kämmerei")
    assert (row.id, row.name, row.mapping) == (layout_id, "Kämmerei", MAPPING)
    assert row.mapping[0].fields == {0: "Budget"}


def test_mapping_and_file_can_be_changed(database: Database) -> None:
    layout_id = keep(database)
    changed = replace(LAYOUT, id=layout_id, name="Neu", content=b"PK newer", mapping=MAPPING[:1])
    keep(database, changed)
    with database.read() as session:
        assert finance_layouts.load(session, layout_id) == changed
        assert len(finance_layouts.rows(session)) == 1


def test_deleting_can_be_undone(database: Database) -> None:
    layout_id = keep(database)
    with database.write("Vorlage gelöscht") as session:
        finance_layouts.remove(session, layout_id)
    with database.read() as session:
        assert finance_layouts.rows(session) == []
    database.undo()
    with database.read() as session:
        assert finance_layouts.load(session, layout_id).content == LAYOUT.content


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "kämmerei"}, "name"),
        ({"name": "x", "mapping": MAPPING[1:]}, "mapping"),
        ({"name": "x", "mapping": (replace(MAPPING[0], columns=(ColumnMapping(0, "A", None),)),)}, "mapping"),
        (
            {
                "name": "x",
                "mapping": (
                    replace(
                        MAPPING[0], columns=(ColumnMapping(0, "A", "Text"), ColumnMapping(1, "B", "Text"))
                    ),
                ),
            },
            "mapping",
        ),
    ],
)
def test_what_cannot_be_kept_is_said(database: Database, change: dict[str, object], field: str) -> None:
    keep(database)
    with pytest.raises(Invalid) as refused:
        keep(database, replace(LAYOUT, **change))  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]


def test_unknown_name_tells_those_that_are_there(database: Database) -> None:
    keep(database)
    with database.read() as session:
        with pytest.raises(UserError, match="„Kämmerei“"):
            finance_layouts.named(session, "Stadtkasse")
        assert finance_layouts.free_name(session, "kämmerei") == "kämmerei (2)"
