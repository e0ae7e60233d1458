"""Finance's own workbooks that are kept as layouts: add, map again, replace the file, delete."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.finance import finance_layouts
from app.services.finance.finance_layouts import Layout, LayoutRow
from app.sheets.layout.view import LayoutView
from app.ui.context import Context
from app.ui.finance.layout_mapping import LayoutMappingDialog
from app.ui.finance.layout_words import filled_sheets
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow, row
from app.ui.kit.questions import choose_file
from app.ui.kit.table.columns import Column
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button
from app.ui.undo_line import UndoLine

LAYOUT_FILES = "Excel-Arbeitsmappen (*.xlsx *.xlsm)"


class LayoutsDialog(Dialog):
    """`changed` when a layout was added, changed or deleted; tells its name, empty if it was deleted."""

    changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Vorlagen der Finanzabteilung",
            "Eigene Arbeitsmappen der Finanzabteilung, die beim Export gefüllt werden. Formeln, Diagramme, andere "
            "Blätter und Makros bleiben erhalten; Makros werden nie ausgeführt.",
            size=(820, 520),
        )
        self._context = context.own(self)
        self.table: Table[LayoutRow] = Table(
            "exports/layouts",
            (
                Column("name", "Name", lambda row: row.name, strong=True, width=180),
                Column("sheets", "Gefüllt wird", filled_sheets, stretch=True),
                Column("file", "Datei", lambda row: row.file_name, width=200, whole_end=True),
            ),
            title="Vorlagen",
            empty=EmptyState(
                "spreadsheet",
                "Noch keine Vorlage",
                "Vorlage anlegen …",
                self.add,
                hint="Eine Arbeitsmappe der Finanzabteilung mit Überschriften und einer Musterzeile",
            ),
        )
        edit = RowAction[LayoutRow]("Zuordnung ändern", lambda rows: self.edit(rows[0]), "edit", one)
        other = RowAction[LayoutRow]("Datei ersetzen …", lambda rows: self.replace(rows[0]), "refresh", one)
        self.table.set_actions((edit, other))
        self.table.opened.connect(self.edit)
        self.table.remove_requested.connect(self.remove)
        self.line = UndoLine(self._context)
        self.add_button = button(
            "Vorlage anlegen …", self.add, icon="plus", tip=with_keys("Vorlage anlegen", "page.new")
        )
        bind(self, "page.new", self.add)
        self._row_buttons = (
            self.table.action_button(edit),
            self.table.action_button(other),
            self.table.action_button(RowAction("Löschen", self.remove, "trash"), "quiet"),
        )
        self.build(
            row(*self._row_buttons, STRETCH),
            grow(self.table),
            foot=(self.line, STRETCH, self.add_button, button("Fertig", self.accept, role="primary")),
        )
        self._context.outdated.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        self.table.set_rows(self._context.ask(finance_layouts.rows))
        self.table.choose_first()
        for shown in (self.add_button, *self._row_buttons):
            shown.setVisible(bool(self.table.rows()))
        self.changed.emit("")

    # --- what can be done ---

    def add(self) -> None:
        """Ask for a workbook of finance."""
        choose_file(self, "Vorlage der Finanzabteilung", LAYOUT_FILES, self.add_file)

    def add_file(self, path: Path) -> None:
        """Read a workbook and ask what goes where."""
        self._read(path, None)

    def edit(self, row: LayoutRow) -> None:
        """Read the workbook again and show what goes where."""
        from app.workflows.finance.fill_layout import viewed

        layout = self._context.ask(finance_layouts.load, row.id)
        self._context.do_later(
            f"„{layout.name}“ wird gelesen",
            lambda progress: viewed(layout, progress),
            lambda view: self._open(layout, view),
            owner=self,
        )

    def replace(self, row: LayoutRow) -> None:
        """Ask for the newer workbook that takes the place of one."""
        choose_file(
            self, f"Neue Datei für „{row.name}“", LAYOUT_FILES, lambda path: self.replace_file(row, path)
        )

    def replace_file(self, row: LayoutRow, path: Path) -> None:
        """Finance has sent a newer workbook: the mapping goes on where the headers do."""
        self._read(path, self._context.ask(finance_layouts.load, row.id))

    def remove(self, rows: list[LayoutRow]) -> None:
        """Delete without asking; the line below offers to undo it."""
        names = ", ".join(f"„{row.name}“" for row in rows)
        words = f"{'Vorlage' if len(rows) == 1 else 'Vorlagen'} {names} gelöscht"
        self._context.do(words, finance_layouts.remove, *(row.id for row in rows))

    def _read(self, path: Path, before: Layout | None) -> None:
        from app.workflows.finance.fill_layout import new_layout

        def done(found: tuple[Layout, LayoutView]) -> None:
            layout, view = found
            if before is None:
                layout = replace(layout, name=self._context.ask(finance_layouts.free_name, layout.name))
            self._open(layout, view)

        self._context.do_later(
            f"„{path.name}“ wird gelesen",
            lambda progress: new_layout(path, progress, before),
            done,
            owner=self,
        )

    def _open(self, layout: Layout, view: LayoutView) -> None:
        LayoutMappingDialog(self._context, self, layout, view).shown().saved.connect(self._saved)

    def _saved(self, layout_id: int) -> None:
        self.table.select(layout_id)
        row = self.table.current()
        self.changed.emit(row.name if row else "")
