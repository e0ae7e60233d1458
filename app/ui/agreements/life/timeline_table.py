"""The timeline of a whole agreement: the bar, and behind it a table for keyboard and screen reader."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.domain.agreements.agreement_timeline import EventKind, Timeline
from app.domain.dates import german
from app.ui.agreements.timeline import SIGNS, TimelineView, days_away
from app.ui.kit import icons
from app.ui.kit.actions import key_text, spec
from app.ui.kit.layout import column, grow
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import label

COLUMNS = ("Tag", "Was geschieht", "Abstand")
Role = Qt.ItemDataRole


class LifeLine(QWidget):
    """Bar and table of the same dates. `opened(id)`: Enter or a double click on a neighbouring agreement."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bar = TimelineView(listed=False)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.setAccessibleName("Daten der Vereinbarung")
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self._fit(True)
        self.table.itemActivated.connect(self._activated)
        self._none = label("Noch ist kein Datum eingetragen.", "muted")
        column(self.bar, self._none, grow(self.table), on=self, spacing=10)

    def show_timeline(self, line: Timeline | None, on: date) -> None:
        """Show this one; the chosen row stays where it was."""
        chosen = self.table.currentRow()
        self.bar.show_timeline(line, on)
        self._none.setVisible(line is None)
        self.table.setVisible(line is not None)
        events = line.events if line is not None else ()
        self._fit(False)  # every cell set would measure all of them again
        self.table.setRowCount(len(events))
        for row, event in enumerate(events):
            icon, tone = SIGNS[event.kind]
            late = event.kind is EventKind.GOAL and event.day < on
            words = f"{event.text} (überfällig)" if late else event.text
            what = QTableWidgetItem(icons.icon(icon, Tone.DANGER if late else tone), words)
            what.setData(Role.UserRole, event.agreement_id)
            if event.agreement_id is not None:
                what.setToolTip(plain(f"{key_text(spec('table.open').keys[0])} öffnet diese Vereinbarung"))
            cells = (QTableWidgetItem(german(event.day)), what, QTableWidgetItem(days_away(event.day, on)))
            for place, cell in enumerate(cells):
                if event.day < on and not late:
                    cell.setForeground(self.palette().placeholderText())
                self.table.setItem(row, place, cell)
        self._fit(True)
        if 0 <= chosen < len(events):
            self.table.setCurrentCell(chosen, 0)

    def _fit(self, on: bool) -> None:
        """Rows and columns follow what is in them, or stay as they are."""
        mode = QHeaderView.ResizeMode.ResizeToContents if on else QHeaderView.ResizeMode.Fixed
        self.table.verticalHeader().setSectionResizeMode(mode)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(mode)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _activated(self, item: QTableWidgetItem) -> None:
        what = self.table.item(item.row(), 1)
        if what is not None and what.data(Role.UserRole) is not None:
            self.opened.emit(what.data(Role.UserRole))
