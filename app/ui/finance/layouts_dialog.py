"""Finance's own workbooks that are kept as layouts: add, map again, replace the file, delete."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.services.finance import finance_layouts
from app.services.finance.finance_layouts import Layout, LayoutRow
from app.sheets.layout.view import LayoutView
from app.ui.context import Context
from app.ui.finance.layout_mapping import LayoutMappingDialog
from app.ui.finance.layout_words import filled_sheets
from app.ui.kit.questions import choose_file
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label, rule

LAYOUT_FILES = "Excel-Arbeitsmappen (*.xlsx *.xlsm)"


class LayoutsDialog(QDialog):
    """`changed` when a layout was added, changed or deleted; tells its name, empty if it was deleted."""

    changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("Vorlagen der Finanzabteilung")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 520)
        self.table: Table[LayoutRow] = Table(
            "exports/layouts",
            (
                Column("name", "Name", lambda row: row.name, strong=True, width=180),
                Column("sheets", "Gefüllt wird", filled_sheets, stretch=True, tip=filled_sheets),
                Column("file", "Datei", lambda row: row.file_name, width=200),
            ),
            title="Vorlagen",
            empty=EmptyState(
                "spreadsheet",
                "Noch keine Vorlage",
                "Vorlage hinzufügen …",
                self.add,
                hint="Eine Arbeitsmappe der Finanzabteilung mit Überschriften und einer Musterzeile",
            ),
        )
        self.table.set_actions(
            (
                RowAction("Zuordnung ändern", lambda rows: self.edit(rows[0]), "edit", _is_one),
                RowAction("Datei ersetzen …", lambda rows: self.replace(rows[0]), "refresh", _is_one),
            )
        )
        self.table.opened.connect(self.edit)
        self.table.remove_requested.connect(self.remove)
        self.removed = Note(action="Rückgängig", clicked=self._bring_back)
        self.removed.hide()
        self.add_button = button("Vorlage hinzufügen …", self.add, icon="plus", role="primary")
        self.edit_button = button("Zuordnung ändern", self._on_one(self.edit), icon="edit")
        self.replace_button = button("Datei ersetzen …", self._on_one(self.replace), icon="refresh")
        self.remove_button = button(
            "Löschen", lambda: self.remove(self.table.selected()), icon="trash", role="quiet"
        )
        self.table.selection_changed.connect(self._show_buttons)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        self.table.set_rows(self._context.ask(finance_layouts.rows))
        if self.table.current() is None and self.table.rows():
            self.table.select_position(0)
        for one in (self.add_button, self.edit_button, self.replace_button, self.remove_button):
            one.setVisible(bool(self.table.rows()))
        self._show_buttons(self.table.selected())

    # --- deeds -----------------------------------------------------------------------------------------------

    def add(self) -> None:
        choose_file(self, "Vorlage der Finanzabteilung", LAYOUT_FILES, self.add_file)

    def add_file(self, path: Path) -> None:
        """Read a workbook and ask what goes where."""
        self._read(path, None)

    def edit(self, row: LayoutRow) -> None:
        from app.workflows.finance.fill_layout import viewed

        layout = self._context.ask(finance_layouts.load, row.id)
        self._context.do_later(
            f"„{layout.name}“ wird gelesen",
            lambda progress: viewed(layout, progress),
            lambda view: self._open(layout, view),
        )

    def replace(self, row: LayoutRow) -> None:
        choose_file(
            self, f"Neue Datei für „{row.name}“", LAYOUT_FILES, lambda path: self.replace_file(row, path)
        )

    def replace_file(self, row: LayoutRow, path: Path) -> None:
        """Finance has sent a newer workbook: the mapping goes on where the headers do."""
        self._read(path, self._context.ask(finance_layouts.load, row.id))

    def remove(self, rows: list[LayoutRow]) -> None:
        if not rows:
            return
        names = ", ".join(f"„{row.name}“" for row in rows)
        words = f"Vorlage {names} gelöscht" if len(rows) == 1 else f"Vorlagen {names} gelöscht"
        self._context.do(words, finance_layouts.remove, *(row.id for row in rows))
        self.removed.set_text(words)
        self.removed.show()
        self.refresh()
        self.changed.emit("")

    def _bring_back(self) -> None:
        self._context.undo()
        self.removed.hide()
        self.refresh()
        self.changed.emit("")

    def _read(self, path: Path, before: Layout | None) -> None:
        from app.workflows.finance.fill_layout import new_layout

        def done(found: tuple[Layout, LayoutView]) -> None:
            layout, view = found
            if before is None:
                layout = replace(layout, name=self._context.ask(finance_layouts.free_name, layout.name))
            self._open(layout, view)

        self._context.do_later(
            f"„{path.name}“ wird gelesen", lambda progress: new_layout(path, progress, before), done
        )

    def _open(self, layout: Layout, view: LayoutView) -> None:
        dialog = LayoutMappingDialog(self._context, self, layout, view)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, layout_id: int) -> None:
        self.removed.hide()
        self.refresh()
        self.table.select(layout_id)
        row = self.table.current()
        self.changed.emit(row.name if row else "")

    # --- making ----------------------------------------------------------------------------------------------

    def _on_one(self, deed: Callable[[LayoutRow], None]) -> Callable[[], None]:
        def call() -> None:
            rows = self.table.selected()
            if len(rows) == 1:
                deed(rows[0])

        return call

    def _show_buttons(self, rows: list[LayoutRow]) -> None:
        self.edit_button.setEnabled(_is_one(rows))
        self.replace_button.setEnabled(_is_one(rows))
        self.remove_button.setEnabled(bool(rows))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 14)
        head.setSpacing(4)
        head.addWidget(label("Vorlagen der Finanzabteilung", "title"))
        head.addWidget(
            label(
                "Eigene Arbeitsmappen der Finanzabteilung, die beim Export gefüllt werden. Formeln, Diagramme, andere "
                "Blätter und Makros bleiben erhalten; Makros werden nie ausgeführt.",
                "muted",
                wrap=True,
            )
        )
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addWidget(self.removed)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        for one in (self.edit_button, self.replace_button, self.remove_button):
            deeds.addWidget(one)
        deeds.addStretch(1)
        middle.addLayout(deeds)
        middle.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(button("Fertig", self.accept))
        foot.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(rule())
        layout.addLayout(middle, 1)
        layout.addWidget(rule())
        layout.addLayout(foot)


def _is_one(rows: list[LayoutRow]) -> bool:
    return len(rows) == 1
