"""The preview of an import of master data: sheets with their counts, and each row as new, changed or rejected."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from app.domain.master_data.sheets import CellKind as SheetKind
from app.domain.master_data.sheets import MasterColumn as SheetColumn
from app.domain.master_data.sheets import MasterSheet, Value
from app.sheets.master_data.plan import MasterPlan, PlannedRecord, RecordState, SheetPlan
from app.sheets.master_data.values import shown
from app.ui.imports.state_filter import StateFilter
from app.ui.kit import icons
from app.ui.kit.layout import column, grow, row
from app.ui.kit.plain import plain
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import OldNew, Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.scaling import follow_text

STATES = {
    RecordState.NEW: Pill("neu", Tone.SUCCESS, "plus", 2),
    RecordState.CHANGED: Pill("geändert", Tone.WARNING, "edit", 1),
    RecordState.UNCHANGED: Pill("unverändert", Tone.NEUTRAL, "check", 3),
    RecordState.REJECTED: Pill("abgelehnt", Tone.DANGER, "stop", 0),
}
CONTAINS = {
    RecordState.NEW: "Neu: Zeilen, die es hier noch nicht gibt; sie kommen dazu.",
    RecordState.CHANGED: "Geändert: hier schon vorhanden, in der Datei aber mit anderen Angaben.",
    RecordState.UNCHANGED: "Unverändert: steht hier schon genauso.",
    RecordState.REJECTED: "Abgelehnt: nicht lesbar oder nicht erlaubt; der Grund steht in der Zeile.",
}
"""What is counted on each button."""
_ORDER = (RecordState.REJECTED, RecordState.CHANGED, RecordState.NEW, RecordState.UNCHANGED)
"""By rank: what needs looking at comes first."""

_WIDE = 26
"""Columns of the workbook wider than this many characters get more room."""


class MasterPreview(QWidget):
    """Shows a plan; nothing is written from here."""

    def __init__(self) -> None:
        super().__init__()
        self._plan = MasterPlan("", (), ())
        self.filter = StateFilter(STATES, CONTAINS)
        self.filter.changed.connect(self._show_filtered)
        self.ignored = Note(tone=Tone.WARNING)
        self.sheets = QListWidget()
        self.sheets.setAccessibleName("Blätter der Datei")
        follow_text(self.sheets, self.sheets.setFixedWidth, 236)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.setIconSize(QSize(18, 18))
        self.sheets.currentRowChanged.connect(self._show_sheet)
        self.tables = Stack()
        column(self.filter, self.ignored, grow(row(self.sheets, grow(self.tables), spacing=12)), on=self)

    def set_plan(self, plan: MasterPlan) -> None:
        """Show what this plan would do; where something is rejected, that comes first."""
        self._plan = plan
        self.filter.choose()
        self.filter.set_counts({state: plan.count(state) for state in STATES})
        unknown = f"Nicht verwendet, weil unbekannt: {', '.join(plan.ignored)}"
        self.ignored.say(unknown if plan.ignored else "")
        self._clear()
        for sheet in plan.sheets:
            self.tables.addWidget(_table(sheet))
            self.sheets.addItem(_item(sheet))
        self._show_first(*_ORDER)

    @property
    def table(self) -> Table[PlannedRecord]:
        """The table of the sheet that is shown."""
        table = self.tables.currentWidget()
        assert isinstance(table, Table)
        return table

    def _clear(self) -> None:
        self.sheets.blockSignals(True)
        self.sheets.clear()
        self.sheets.blockSignals(False)
        while self.tables.count():
            table = self.tables.widget(0)
            assert table is not None
            self.tables.removeWidget(table)
            table.deleteLater()

    def _show_sheet(self, place: int) -> None:
        if place >= 0:
            self.tables.setCurrentIndex(place)

    def _show_first(self, *states: RecordState) -> None:
        """Go to the first sheet that has rows in the first of these states."""
        for state in states:
            for place, sheet in enumerate(self._plan.sheets):
                if sheet.count(state):
                    self.sheets.setCurrentRow(place)
                    return
        self.sheets.setCurrentRow(0)

    def _show_filtered(self, chosen: frozenset[str]) -> None:
        for place in range(self.tables.count()):
            table = self.tables.widget(place)
            assert isinstance(table, Table)
            table.set_predicate((lambda row: row.state in chosen) if chosen else None)
        for place, sheet in enumerate(self._plan.sheets):
            item = self.sheets.item(place)
            if item is not None:
                item.setHidden(bool(chosen) and not any(sheet.count(RecordState(key)) for key in chosen))
        current = self.sheets.currentItem()
        if chosen and current is not None and current.isHidden():
            self._show_first(*(state for state in STATES if state in chosen))


def _item(sheet: SheetPlan) -> QListWidgetItem:
    """A sheet with its counts; its icon tells the state that needs looking at most."""
    counts = {state: sheet.count(state) for state in STATES}
    words = " · ".join(f"{counts[key]} {STATES[key].text}" for key in _ORDER if counts[key]) or "keine Zeilen"
    news = " · ".join(f"{counts[key]} {STATES[key].text}" for key in _ORDER[:3] if counts[key]) or words
    item = QListWidgetItem(f"{sheet.sheet.name}\n{news}")
    worst = next((STATES[key] for key in _ORDER if counts[key]), None)
    if worst is not None:
        item.setIcon(icons.icon(worst.icon, worst.tone))
    item.setToolTip(plain(words))
    return item


def _table(plan: SheetPlan) -> Table[PlannedRecord]:
    columns: list[Column[PlannedRecord]] = [
        Column("row", "Zeile", lambda row: row.row, Kind.NUMBER, width=62),
        Column("state", "Stand", lambda row: STATES[row.state], Kind.PILL, width=122),
    ]
    if any(row.rejections or row.changes for row in plan.rows):
        columns.append(Column("remark", "Was geschieht", partial(_remark, plan.sheet), width=320))
    columns += [
        Column(
            f"field{place}",
            column.name,
            partial(_value, plan.sheet, column.name),
            _kind(column),
            width=220 if column.width > _WIDE else 140,
            strong=column.key,
        )
        for place, column in enumerate(plan.sheet.columns)
        if any(_value(plan.sheet, column.name, row) not in (None, "") for row in plan.rows)
    ]
    table: Table[PlannedRecord] = Table(
        f"imports/master/{plan.sheet.table}",
        columns,
        title=plan.sheet.name,
        identity=lambda row: row.row,
        pale=lambda row: row.state is RecordState.UNCHANGED,
    )
    table.set_rows(sorted(plan.rows, key=lambda row: (_ORDER.index(row.state), row.row)))
    return table


def _kind(column: SheetColumn) -> Kind:
    return Kind.AMOUNT if column.kind in (SheetKind.AMOUNT, SheetKind.WHOLE, SheetKind.DECIMAL) else Kind.TEXT


def _remark(sheet: MasterSheet, row: PlannedRecord) -> str | None:
    """Why a row is rejected, or what it changes, in words."""
    reasons = [f"{rejection.column}: {rejection.reason}" for rejection in row.rejections]
    changes = [
        f"{change.column}: {_said(sheet, change.column, change.old)} → {_said(sheet, change.column, change.new)}"
        for change in row.changes
    ]
    return "  ".join(reasons) or "; ".join(changes) or None


def _said(sheet: MasterSheet, name: str, value: Value) -> str:
    return shown(sheet.column(name), value) or "leer"


def _value(sheet: MasterSheet, name: str, row: PlannedRecord) -> str | OldNew | None:
    """What stands in a cell of the preview: the value, the old and the new one, or what was refused."""
    column = sheet.column(name)
    for rejection in row.rejections:
        if rejection.column == name:
            return rejection.value or None
    for change in row.changes:
        if change.column == name:
            return OldNew(shown(column, change.old), shown(column, change.new))
    return shown(column, row.values[name]) or None if name in row.values else None
