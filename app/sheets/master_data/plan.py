"""The plan of an import of master data: what would become of each row, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.master_data.sheets import MasterSheet, Value


class RecordState(StrEnum):
    """What becomes of a row of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a row cannot be taken: the sheet's row from 1, the column, what stands there, and a German reason."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that gets another value."""

    column: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    """A row of a sheet and what becomes of it. `values`: the record as it would be, by column."""

    row: int
    state: RecordState
    record_id: int | None = None
    values: dict[str, Value] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    rejections: tuple[Rejection, ...] = ()

    @property
    def writes(self) -> dict[str, Value]:
        """The fields to be written: all of a new record, the changed ones of an old one."""
        if self.state is RecordState.NEW:
            return self.values
        return {change.column: change.new for change in self.changes}


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """All rows of one sheet."""

    sheet: MasterSheet
    rows: tuple[PlannedRecord, ...]

    def count(self, state: RecordState) -> int:
        return sum(row.state is state for row in self.rows)

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """All reasons of rejected rows, in the order of the sheet."""
        return tuple(rejection for row in self.rows for rejection in row.rejections)


@dataclass(frozen=True, slots=True)
class MasterPlan:
    """A whole file. `ignored`: sheets and columns that the program does not know."""

    file_name: str
    sheets: tuple[SheetPlan, ...]
    ignored: tuple[str, ...]

    def count(self, state: RecordState) -> int:
        return sum(sheet.count(state) for sheet in self.sheets)

    @property
    def brings_something(self) -> bool:
        """Whether anything would be written."""
        return any(True for _ in self.rows_to_write())

    def rows_to_write(self) -> Iterator[tuple[MasterSheet, PlannedRecord]]:
        """New and changed rows with their sheet, in the order in which they can be written."""
        for sheet in self.sheets:
            for row in sheet.rows:
                if row.state in (RecordState.NEW, RecordState.CHANGED):
                    yield sheet.sheet, row
