"""Turns the cells of a master data workbook into a plan: what is new, changed, unchanged or rejected, and why."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.domain.errors import UserError
from app.domain.master_data.sheets import GUIDE_SHEET, SHEETS, CellKind, MasterColumn, MasterSheet, Value
from app.services.master_data.master import MasterRecords, StoredRecord
from app.sheets.master_data.names import Directory, folded
from app.sheets.master_data.plan import (
    FieldChange,
    MasterPlan,
    PlannedRecord,
    RecordState,
    Rejection,
    SheetPlan,
)
from app.sheets.master_data.rules import circles, problems, signed_problems
from app.sheets.master_data.values import MeaningError, as_text, is_empty, meaning, same, stands_already
from app.sheets.reading.cells import Cell, Row, Workbook, column_letters
from app.sheets.reading.cells import Sheet as RawSheet
from app.sheets.reading.cells import is_empty as is_empty_row

Key = tuple[str, ...]
_NO_COLUMN = "Die Spalte fehlt; ein neuer Eintrag braucht sie."


def plan_import(file_name: str, workbook: Workbook, state: MasterRecords) -> MasterPlan:
    """Compare a file with what is stored.

    Raises UserError if the file holds no sheet of master data or nothing below the headers.
    """
    by_name = {folded(source.name): source for source in reversed(workbook.sheets)}
    known = {folded(sheet.name) for sheet in SHEETS} | {folded(GUIDE_SHEET)}
    ignored = [source.name for source in workbook.sheets if folded(source.name) not in known]
    directory = Directory(state)
    budget_years: dict[str, int] = {}
    plans: list[SheetPlan] = []
    for sheet in SHEETS:
        records = state.records.get(sheet.name, [])
        for stored in records:
            _make_known(directory, sheet, stored.values)
        if source := by_name.get(folded(sheet.name)):
            planner = _SheetPlanner(
                sheet, source, records, directory, budget_years, state, workbook.base_1904
            )
            plans.append(planner.plan())
            ignored += [f"{source.name}: {name}" for name in planner.ignored]
        if sheet.name == "Budgets":
            planned = plans[-1].rows if source else ()
            for values in (*(stored.values for stored in records), *(row.values for row in planned)):
                _note_year(budget_years, values)
    if not plans:
        raise UserError(
            f"In „{file_name}“ ist kein Blatt der Stammdaten. Die Blätter heißen zum Beispiel "
            f"{', '.join(sheet.name for sheet in SHEETS[:4])}; eine leere Vorlage gibt es beim Import."
        )
    if not any(sheet.rows for sheet in plans):
        raise UserError(f"In „{file_name}“ stehen unter den Überschriften keine Zeilen.")
    return MasterPlan(file_name, tuple(plans), tuple(ignored))


def _make_known(directory: Directory, sheet: MasterSheet, values: dict[str, Value]) -> None:
    *owner, name = (str(values[column.name]) for column in sheet.keys)
    if len(owner) == 0 or sheet.name == "Finanzierungsplan":
        directory.add(sheet.name, name, *owner)


def _note_year(years: dict[str, int], values: Mapping[str, Value]) -> None:
    number, year = values.get("Nummer"), values.get("Haushaltsjahr")
    if isinstance(number, str) and isinstance(year, int):
        years[number] = year


@dataclass(slots=True)
class _Draft:
    """A row while it is being planned."""

    row: int
    cells: dict[str, Cell]
    values: dict[str, Value] = field(default_factory=dict)
    stored: StoredRecord | None = None
    rejections: list[Rejection] = field(default_factory=list)

    def reject(self, column: MasterColumn, reason: str) -> None:
        cell = self.cells.get(column.name)
        self.rejections.append(Rejection(self.row, column.name, as_text(cell, column.kind), reason))

    @contextmanager
    def rejected_at(self, column: MasterColumn) -> Iterator[None]:
        """What cannot be meant inside is said at the column."""
        try:
            yield
        except MeaningError as error:
            self.reject(column, error.reason)

    def is_rejected_at(self, name: str) -> bool:
        return any(rejection.column == name for rejection in self.rejections)


class _SheetPlanner:
    """Plans one sheet: first who each row is, then what it says."""

    def __init__(
        self,
        sheet: MasterSheet,
        source: RawSheet,
        records: Sequence[StoredRecord],
        directory: Directory,
        budget_years: Mapping[str, int],
        state: MasterRecords,
        base_1904: bool,
    ) -> None:
        self.ignored: list[str] = []
        self._sheet = sheet
        self._directory = directory
        self._budget_years = budget_years
        self._state = state
        self._base_1904 = base_1904
        self._by_key: dict[Key, StoredRecord] = {}
        self._by_likeness: dict[Key, list[StoredRecord]] = {}
        for stored in records:
            key = _key(sheet, stored.values)
            self._by_key[key] = stored
            self._by_likeness.setdefault(_likeness(key), []).append(stored)
        self._header_row, self._columns, self._drafts = self._read(source)

    def plan(self) -> SheetPlan:
        missing = [key for key in self._sheet.keys if key.required and key not in self._columns]
        if missing and self._drafts:
            reason = "Die Spalte fehlt. Ohne sie ist nicht zu erkennen, welcher Eintrag gemeint ist."
            gone = tuple(Rejection(self._header_row, column.name, "", reason) for column in missing)
            return SheetPlan(
                self._sheet, (PlannedRecord(self._header_row, RecordState.REJECTED, rejections=gone),)
            )
        self._identify()
        for draft in self._drafts:
            self._fill(draft)
            self._check(draft)
        self._reject_circles()
        self._reject_dependants()
        return SheetPlan(self._sheet, tuple(self._planned(draft) for draft in self._drafts))

    # --- reading -----------------------------------------------------------------------------------------

    def _read(self, source: RawSheet) -> tuple[int, list[MasterColumn], list[_Draft]]:
        rows = [(number, cells) for number, cells in enumerate(source.rows, 1) if not is_empty_row(cells)]
        if not rows:
            return 1, [], []
        header_row, header = rows[0]
        by_name = {folded(column.name): column for column in self._sheet.columns}
        places: dict[int, MasterColumn] = {}
        for place, cell in enumerate(header):
            column = by_name.pop(folded(as_text(cell).rstrip("* ")), None)
            if column:
                places[place] = column
            elif not is_empty(cell):
                self.ignored.append(as_text(cell))
        self._note_headless(header, rows[1:])
        drafts = [
            _Draft(number, {column.name: _at(cells, place) for place, column in places.items()})
            for number, cells in rows[1:]
        ]
        return header_row, list(places.values()), drafts

    def _note_headless(self, header: Row, rows: Sequence[tuple[int, Row]]) -> None:
        widest = max((len(cells) for _, cells in rows), default=0)
        for place in range(widest):
            if is_empty(_at(header, place)) and any(not is_empty(_at(cells, place)) for _, cells in rows):
                self.ignored.append(f"Spalte {column_letters(place)} ohne Überschrift")

    # --- who a row is ------------------------------------------------------------------------------------

    def _identify(self) -> None:
        seen: dict[object, int] = {}
        for draft in self._drafts:
            for column in self._sheet.keys:
                self._read_key(draft, column)
            if draft.rejections:
                continue
            key = _key(self._sheet, draft.values)
            draft.stored = self._find(key)
            identity: object = draft.stored.id if draft.stored else _likeness(key)
            if identity in seen:
                last = self._sheet.keys[-1]
                draft.reject(last, f"Derselbe Eintrag steht schon in Zeile {seen[identity]}.")
                draft.stored = None
                continue
            seen[identity] = draft.row
            if draft.stored:
                draft.values.update({c.name: draft.stored.values[c.name] for c in self._sheet.keys})
            else:
                _make_known(self._directory, self._sheet, draft.values)

    def _read_key(self, draft: _Draft, column: MasterColumn) -> None:
        cell = draft.cells.get(column.name)
        if is_empty(cell):
            draft.values[column.name] = column.default
            if column.required:
                draft.reject(column, "Die Angabe fehlt.")
            return
        with draft.rejected_at(column):
            value = meaning(column, cell, base_1904=self._base_1904)
            if column.kind is CellKind.LINK:
                value = self._directory.find(column.target, str(value))
            draft.values[column.name] = value

    def _find(self, key: Key) -> StoredRecord | None:
        if key in self._by_key:
            return self._by_key[key]
        alike = self._by_likeness.get(_likeness(key), [])
        return alike[0] if len(alike) == 1 else None

    # --- what a row says ---------------------------------------------------------------------------------

    def _fill(self, draft: _Draft) -> None:
        old = draft.stored.values if draft.stored else None
        for column in self._sheet.columns:
            if column.key:
                continue
            lacks = column not in self._columns  # the field stays as it is
            cell = draft.cells.get(column.name)
            if old is not None and (lacks or stands_already(column, cell, old[column.name])):
                draft.values[column.name] = old[column.name]
            elif is_empty(cell):
                draft.values[column.name] = () if column.kind is CellKind.LINKS else column.default
                if column.required:
                    draft.reject(column, _NO_COLUMN if lacks else "Die Angabe fehlt; hier muss etwas stehen.")
            else:
                self._take(draft, column, cell, old)

    def _take(self, draft: _Draft, column: MasterColumn, cell: Cell, old: dict[str, Value] | None) -> None:
        with draft.rejected_at(column):
            new = self._resolved(draft, column, meaning(column, cell, base_1904=self._base_1904))
            meant_too = draft.stored is not None and (column.name, new) in draft.stored.also.items()
            unchanged = old is not None and (meant_too or same(column, cell, new, old[column.name]))
            draft.values[column.name] = old[column.name] if old is not None and unchanged else new

    def _resolved(self, draft: _Draft, column: MasterColumn, value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(self._directory.find(column.target, name) for name in value))
        if column.kind is not CellKind.LINK:
            return value
        if not column.within:
            return self._directory.find(column.target, str(value))
        if draft.is_rejected_at(column.within):
            return value  # said once, at the column that is wrong
        owner = draft.values[column.within]
        if owner is None:
            raise MeaningError(f"Dazu gehört eine Angabe in der Spalte „{column.within}“.")
        return self._directory.find(column.target, str(value), str(owner))

    def _check(self, draft: _Draft) -> None:
        """Rules over several cells; not for what stands in the store already."""
        values, sheet = draft.values, self._sheet
        if draft.stored and not _changes(sheet, values, draft.stored):
            return
        for name, reason in problems(sheet, values, self._budget_years):
            if not draft.is_rejected_at(name):
                draft.reject(sheet.column(name), reason)
        stored = draft.stored.values if draft.stored else None
        for name, reason in signed_problems(sheet, values, stored, self._state):
            if not draft.is_rejected_at(name):
                draft.reject(sheet.column(name), reason)
        for column in sheet.columns:
            if column.within and values.get(column.name) is not None and not draft.rejections:
                with draft.rejected_at(
                    column
                ):  # it must belong to the owner even where only that has changed
                    self._resolved(draft, column, draft.values[column.name])

    # --- what follows ------------------------------------------------------------------------------------

    def _reject_circles(self) -> None:
        """Records that would belong to themselves over others, as they would be after the import."""
        name = self._sheet.keys[0].name
        for column in self._sheet.columns:
            if not column.tree:
                continue
            every = [*(stored.values for stored in self._by_key.values()), *(d.values for d in self._drafts)]
            parents = {str(values.get(name)): _text_or_none(values.get(column.name)) for values in every}
            for draft in self._drafts:
                own = _text_or_none(draft.values.get(column.name))
                in_circle = own and str(draft.values.get(name)) in circles(parents)
                if in_circle and not draft.is_rejected_at(column.name):
                    draft.reject(column, "Der Eintrag würde über diese Angaben zu sich selbst gehören.")

    def _reject_dependants(self) -> None:
        """A rejected new record takes with it the rows that refer to it, those of the same sheet at once."""
        itself = [column for column in self._sheet.columns if column.target == self._sheet.name]
        done: set[int] = set()
        while True:
            lost = [d for d in self._drafts if d.rejections and not d.stored and d.row not in done]
            if not lost:
                return
            for draft in lost:
                done.add(draft.row)
                self._forget(draft)
            for draft in self._drafts:
                for column in itself:
                    self._check_reference(draft, column)

    def _forget(self, draft: _Draft) -> None:
        keys = [draft.values.get(column.name) for column in self._sheet.keys]
        if None in keys or any(draft.is_rejected_at(column.name) for column in self._sheet.keys):
            return
        *owner, name = map(str, keys)
        if not owner or self._sheet.name == "Finanzierungsplan":
            self._directory.reject(self._sheet.name, name, draft.row, *owner)

    def _check_reference(self, draft: _Draft, column: MasterColumn) -> None:
        value = draft.values.get(column.name)
        if value is not None and not draft.is_rejected_at(column.name):
            with draft.rejected_at(column):
                self._directory.find(column.target, str(value))

    def _planned(self, draft: _Draft) -> PlannedRecord:
        row = PlannedRecord(draft.row, RecordState.NEW, None, draft.values)
        if draft.rejections:
            return replace(row, state=RecordState.REJECTED, rejections=tuple(draft.rejections))
        if draft.stored is None:
            return row
        changes = _changes(self._sheet, draft.values, draft.stored)
        state = RecordState.CHANGED if changes else RecordState.UNCHANGED
        return replace(row, state=state, record_id=draft.stored.id, changes=changes)


def _changes(sheet: MasterSheet, values: dict[str, Value], stored: StoredRecord) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(column.name, stored.values[column.name], values[column.name])
        for column in sheet.columns
        if column.name in values and values[column.name] != stored.values[column.name]
    )


def _text_or_none(value: Value) -> str | None:
    return None if value is None else str(value)


def _key(sheet: MasterSheet, values: dict[str, Value]) -> Key:
    return tuple("" if values[column.name] is None else str(values[column.name]) for column in sheet.keys)


def _likeness(key: Key) -> Key:
    return tuple(map(folded, key))


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None
