"""Writes what an import of master data has planned; knows how names in the workbook become rows and ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BEFORE_BINDING, BINDING_STAGES, Stage
from app.domain.budgets.budgets import TransferKind
from app.domain.grants.grant_rules import current_version
from app.domain.master_data.sheets import AREA, CITY_PART, SHEETS, CellKind, MasterColumn, MasterSheet, Value
from app.services.agreements import agreed, agreement_clauses, signed_state, stage_changes
from app.services.master_data.master import LINK_TABLES, names, resolve_area, table
from db.models import Agreement, Party


@dataclass(frozen=True, slots=True)
class Write:
    """A record to be written: a new one with all its columns, or the changed columns of `record_id`."""

    record_id: int | None
    values: dict[str, Value]


def write_records(session: Session, planned: Mapping[str, Sequence[Write]]) -> None:
    """Write all sheets, in an order in which everything referred to is there already."""
    writer = _Writer(session)
    for sheet in SHEETS:
        if writes := planned.get(sheet.name):
            writer.write(sheet, writes)
    if planned.get("Vereinbarungen"):
        agreement_clauses.pin_new(session)
        signed_state.settle_all(session)


class _Writer:
    """Turns names into ids while records are being written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[str, dict[str, int]] = {}

    def write(self, sheet: MasterSheet, writes: Sequence[Write]) -> None:
        new = [write for write in writes if write.record_id is None]
        changed = [write for write in writes if write.record_id is not None]
        made = self._insert(sheet, new)
        stages = self._stages(changed) if sheet.name == "Vereinbarungen" else {}
        for write in changed:
            source = table(sheet.table)
            values = self._row(sheet, write.values, write.record_id)
            if source.name == "agreement" and write.record_id is not None:
                values = agreed.at_source(self._session, write.record_id, values, date.today())
            elif source.name == "goal" and write.record_id is not None:
                values = agreed.goal_at_source(self._session, write.record_id, values, date.today())
            if values:
                self._session.execute(update(source).where(source.c.id == write.record_id).values(values))
        self._ids.pop(sheet.name, None)
        for row_id, write in [*zip(made, new, strict=True), *((w.record_id, w) for w in changed)]:
            assert row_id is not None
            self._write_later(sheet, row_id, write.values)
        for agreement_id, before in stages.items():
            self._note_stage(agreement_id, before)

    def _stages(self, changed: Sequence[Write]) -> dict[int, Stage]:
        """The stage of each agreement for which a list names another one."""
        named = [write.record_id for write in changed if "Stand" in write.values]
        query = select(Agreement.id, Agreement.stage).where(Agreement.id.in_(named))
        return dict(self._session.execute(query).all())

    def _note_stage(self, agreement_id: int, before: Stage) -> None:
        """As the window does: the day is noted, and with the day it was signed all have signed it."""
        record = self._session.get_one(Agreement, agreement_id, populate_existing=True)
        if record.stage is before:
            return
        stage_changes.note_change(self._session, record, date.today(), note="aus einer Liste")
        if record.stage in BINDING_STAGES and before in BEFORE_BINDING and record.signed_on is not None:
            record.city_signed_on = record.city_signed_on or record.signed_on
            unsigned = (
                Party.agreement_id == agreement_id,
                Party.signed_on.is_(None),
                agreed.is_party(self._session, agreed.AS_SIGNED, agreement_id),
            )
            for party in self._session.scalars(
                select(Party).where(*unsigned).execution_options(populate_existing=True)
            ):
                party.signed_on = record.signed_on
            self._session.flush()

    def _insert(self, sheet: MasterSheet, new: Sequence[Write]) -> list[int]:
        if not new:
            return []
        source = table(sheet.table)
        rows = [self._row(sheet, write.values, None) for write in new]
        made = self._session.execute(
            insert(source).returning(source.c.id, sort_by_parameter_order=True), rows
        )
        return list(made.scalars())

    def _row(self, sheet: MasterSheet, values: dict[str, Value], record_id: int | None) -> dict[str, Any]:
        """The columns of the sheet's own table; what refers to the same sheet comes later."""
        row: dict[str, Any] = {}
        for name, value in values.items():
            column = sheet.column(name)
            if column.kind is CellKind.LINKS or column.target == sheet.name:
                continue
            row.update(self._columns(column, value, values, record_id))
        if sheet.name == "Förderungen" and record_id is None:
            row["rules_as_of"] = _rules_as_of(row)
        if sheet.name == "Vereinbarungen" and record_id is None:
            row["city_signed_on"] = row.get("signed_on")
        if sheet.name == "Umschichtungen" and {"from_budget_id", "to_budget_id"} & row.keys():
            row.update(self._transfer_kind(row, record_id))
        return row

    def _columns(
        self, column: MasterColumn, value: Value, values: dict[str, Value], record_id: int | None
    ) -> dict[str, Any]:
        if column.target == AREA:
            quarter_id, part_id = resolve_area(str(value), self._of("Quartiere"), self._of(CITY_PART))
            return {"quarter_id": quarter_id, "city_part_id": part_id}
        if column.field == "indicator_id":
            return {"indicator_id": self._indicator(str(value))}
        if column.within:
            return {column.field: self._plan_item(value, column, values, record_id)}
        if column.kind is CellKind.LINK:
            return {column.field: None if value is None else self._of(column.target)[str(value)]}
        return {column.field: value}

    def _write_later(self, sheet: MasterSheet, row_id: int, values: dict[str, Value]) -> None:
        for name, value in values.items():
            column = sheet.column(name)
            if column.kind is CellKind.LINKS and isinstance(value, tuple):
                ids = [self._of(column.target)[entry] for entry in value]
                self._link(column, row_id, ids, values.get("Unterzeichnet am"))
            elif column.target == sheet.name:
                source = table(sheet.table)
                other = None if value is None else self._of(sheet.name)[str(value)]
                self._session.execute(
                    update(source)
                    .where(source.c.id == row_id, source.c[column.field].is_distinct_from(other))
                    .values({column.field: other})
                )

    def _link(self, column: MasterColumn, owner_id: int, wanted: Iterable[int], signed_on: Value) -> None:
        """Make the list of an owner what it should be; entries that stay keep what else they carry.

        Where an agreement comes with the day it was signed, its parties, as the city, have signed on that day.
        """
        more = {"signed_on": signed_on} if column.field == "parties" else {}
        table_name, owner, named = LINK_TABLES[column.field]
        source = table(table_name)
        order = list(dict.fromkeys(wanted))
        there = dict(
            self._session.execute(
                select(source.c[named], source.c.id).where(source.c[owner] == owner_id)
            ).all()
        )
        # who joins by an amendment, or has left by one, stands in no list and stays
        others = (
            agreed.hidden_parties(self._session, date.today(), owner_id)
            if column.field == "parties"
            else frozenset[int]()
        )
        gone = [
            row_id for named_id, row_id in there.items() if named_id not in order and row_id not in others
        ]
        if gone:
            self._session.execute(delete(source).where(source.c.id.in_(gone)))
        for position, named_id in enumerate(order, 1):
            place = {"position": position} if column.ordered else {}
            if named_id not in there:
                self._session.execute(
                    insert(source).values({owner: owner_id, named: named_id, **place, **more})
                )
            elif place:
                self._session.execute(
                    update(source)
                    .where(source.c.id == there[named_id], source.c.position != position)
                    .values(place)
                )

    def _of(self, target: str) -> dict[str, int]:
        """Ids by name of a sheet or catalogue, read once until the sheet is written."""
        if target not in self._ids:
            self._ids[target] = {name: row_id for row_id, name in names(self._session, target).items()}
        return self._ids[target]

    def _indicator(self, name: str) -> int:
        if "indicator" not in self._ids:
            source = table("indicator")
            found = self._session.execute(select(source.c.name, source.c.id)).all()
            self._ids["indicator"] = dict(found)
        known = self._ids["indicator"]
        if name not in known:
            source = table("indicator")
            made = self._session.execute(insert(source).values(name=name).returning(source.c.id))
            known[name] = made.scalar_one()
        return known[name]

    def _plan_item(
        self, value: Value, column: MasterColumn, values: dict[str, Value], record_id: int | None
    ) -> int | None:
        if value is None:
            return None
        if column.within in values:
            grant_id = self._of("Förderungen")[str(values[column.within])]
        else:
            budget = table("budget")
            grant_id = self._session.scalars(select(budget.c.grant_id).where(budget.c.id == record_id)).one()
        item = table("plan_item")
        found: int = self._session.scalars(
            select(item.c.id).where(item.c.grant_id == grant_id, item.c.position == value)
        ).one()
        return found

    def _transfer_kind(self, row: dict[str, Any], record_id: int | None) -> dict[str, Any]:
        """Money that goes to a budget of a later year is an Übertragung from the year it comes from."""
        transfer, budget = table("transfer"), table("budget")
        ends = {"from_budget_id": row.get("from_budget_id"), "to_budget_id": row.get("to_budget_id")}
        for end, budget_id in ends.items():
            if budget_id is None:
                ends[end] = self._session.scalars(
                    select(transfer.c[end]).where(transfer.c.id == record_id)
                ).one()
        years = dict(
            self._session.execute(
                select(budget.c.id, budget.c.year).where(budget.c.id.in_(ends.values()))
            ).all()
        )
        first, second = years[ends["from_budget_id"]], years[ends["to_budget_id"]]
        carried = first < second
        return {
            "kind": TransferKind.CARRY_OVER if carried else TransferKind.SHIFT,
            "origin_year": first if carried else None,
        }


def _rules_as_of(row: Mapping[str, Any]) -> date:
    """The version of the rule set that a new grant is bound to; no import changes it later (domain.md, trap 6)."""
    return current_version(row["rule_set"], row["notice_date"] or row["begin"])
