"""The records of the master data workbook as they stand in the store, under the workbook's own names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.domain.master_data.sheets import (
    AREA,
    BUILDING_BLOCK,
    CITY_DISTRICT,
    CITY_PART,
    SHEETS,
    TARGET_GROUP,
    CellKind,
    MasterColumn,
    MasterSheet,
    Value,
)
from app.domain.quarters import city_parts
from app.services.agreements import agreed, notices, signed
from app.services.records import grouped
from db.models import Model

Names = dict[int, str]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record: its id and its fields by the names of the workbook's columns.

    `also`: what a cell may say of a column besides without meaning a change.
    """

    id: int
    values: dict[str, Value]
    also: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MasterRecords:
    """All records by sheet, and the names that references to catalogues may use.

    `signed`: number of each agreement that somebody has signed, and the day of the first signature, if known.
    `noticed`: numbers of those whose notices are noted.
    """

    records: dict[str, list[StoredRecord]] = field(default_factory=dict)
    catalogues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    signed: dict[str, date | None] = field(default_factory=dict)
    noticed: frozenset[str] = frozenset()


CATALOGUES = {
    CITY_PART: "city_part",
    CITY_DISTRICT: "city_district",
    BUILDING_BLOCK: "building_block",
    TARGET_GROUP: "target_group",
}
"""Reference names that are no sheets -> the table behind them."""

LINK_TABLES = {
    "city_parts": ("quarter_city_part", "quarter_id", "city_part_id"),
    "target_groups": ("offer_target_group", "offer_id", "target_group_id"),
    "parties": ("party", "agreement_id", "actor_id"),
}
"""Fields that hold several names -> table, column of the owner, column of what is named."""


def table(name: str) -> Table:
    """A table of the store by its name."""
    return Model.metadata.tables[name]


def names(session: Session, target: str) -> Names:
    """The name by which the workbook refers to each record of a sheet or catalogue."""
    if target in CATALOGUES:
        source, name = table(CATALOGUES[target]), "name"
    else:
        sheet = next(sheet for sheet in SHEETS if sheet.name == target)
        source, name = table(sheet.table), sheet.keys[-1].field
    found = session.execute(select(source.c.id, source.c[name]).order_by(source.c.id))
    return dict(found.all())


def current_state(session: Session, *, agreed_only: bool = False, on: date | None = None) -> MasterRecords:
    """Everything the workbook can hold, read in one go for each sheet, agreements as they stand on a day (None: today).

    `agreed_only`: without goals that are not agreed on that day; whoever reads a workbook must know of them.
    """
    known = _KnownNames(session)
    state = MasterRecords(signed=signed.numbers(session), noticed=notices.numbers(session))
    for target in CATALOGUES:
        state.catalogues[target] = tuple(known[target].values())
    day = on or date.today()
    for sheet in SHEETS:
        rows = _rows(session, sheet, day, agreed_only=agreed_only)
        state.records[sheet.name] = _records(session, sheet, rows, known, day)
    return state


def _rows(session: Session, sheet: MasterSheet, on: date, *, agreed_only: bool) -> list[dict[str, Any]]:
    """The rows of a sheet's table, with what amendments have made of agreements and goals by a day."""
    source = table(sheet.table)
    rows = [dict(row) for row in session.execute(select(source).order_by(source.c.id)).mappings()]
    acting = agreed.acting(session, on) if sheet.table in ("agreement", "goal") else {}
    if not acting:
        return rows
    if sheet.table == "agreement":
        for row in rows:
            if (now := acting.get(row["id"])) is not None:
                row.update(now.values, stage=now.stage(row["stage"]), own_stage=row["stage"])
        return rows
    for row in rows:
        if (now := acting.get(row["agreement_id"])) is not None:
            row.update(now.goal_words.get(row["id"], {}))
    hidden = {goal_id for now in acting.values() for goal_id in now.hidden} if agreed_only else set()
    return [row for row in rows if row["id"] not in hidden]


class _KnownNames(dict[str, Names]):
    """Names by target, read when first asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def __missing__(self, target: str) -> Names:
        self[target] = names(self._session, target)
        return self[target]


def _records(
    session: Session, sheet: MasterSheet, rows: list[dict[str, Any]], known: _KnownNames, on: date
) -> list[StoredRecord]:
    readers = {column.name: _reader(session, column, known, on) for column in sheet.columns}
    return [
        StoredRecord(row["id"], {name: read(row) for name, read in readers.items()}, _also(row))
        for row in rows
    ]


def _also(row: dict[str, Any]) -> dict[str, Value]:
    """A list may still say the stage from before an amendment: it goes on by itself, from the amendment's day."""
    return {"Stand": row["own_stage"]} if "own_stage" in row else {}


def _reader(session: Session, column: MasterColumn, known: _KnownNames, on: date) -> Callable[[Any], Value]:
    """How the value of a column is read from a row of its table."""
    field_name = column.field
    if column.kind is CellKind.LINKS:
        lists = _lists(session, column, known[column.target], on)
        return lambda row: lists.get(row["id"], ())
    if column.target == AREA:
        parts, quarters = known[CITY_PART], known["Quartiere"]
        taken = {short.casefold() for short in quarters.values()}
        return lambda row: (
            quarters[row["quarter_id"]] if row["quarter_id"] else part_name(parts[row["city_part_id"]], taken)
        )
    if field_name == "indicator_id":
        source = table("indicator")
        indicators = dict(session.execute(select(source.c.id, source.c.name)).all())
        return lambda row: indicators[row[field_name]]
    if column.kind is CellKind.LINK:
        linked = known[column.target]
        return lambda row: None if row[field_name] is None else linked[row[field_name]]
    return lambda row: row[field_name] if row[field_name] != "" else column.default


def part_name(name: str, taken: set[str]) -> str:
    """A city part's name as an area; marked as a part where a quarter's Kürzel is spelled like it."""
    return f"{CITY_PART} {name}" if name.casefold() in taken else name


def _lists(session: Session, column: MasterColumn, known: Names, on: date) -> dict[int, tuple[str, ...]]:
    """The names of each list; parties as amendments have made them by a day."""
    table_name, owner, named = LINK_TABLES[column.field]
    source = table(table_name)
    order = source.c.position if column.ordered else source.c[named]
    query = select(source.c[owner], source.c[named]).order_by(source.c[owner], order, source.c.id)
    if column.field == "parties":
        query = query.where(source.c.id.not_in(agreed.hidden_parties(session, on)))
    lists = grouped(session, query)
    return {owner_id: tuple(known[one] for one in ids) for owner_id, ids in lists.items()}


def resolve_area(text: str, quarters: dict[str, int], parts: dict[str, int]) -> tuple[int | None, int | None]:
    """(quarter id, city part id) of an area's name; a quarter's Kürzel comes before a city part."""
    if text in quarters:
        return quarters[text], None
    wanted = city_parts.folded(text)
    return None, next(part_id for name, part_id in parts.items() if city_parts.folded(name) == wanted)
