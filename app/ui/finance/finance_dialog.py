"""The dialog of the export to finance: choose the year, save the workbook, say once it is sent."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.domain.money import euro
from app.services.finance import finance_exports, finance_layouts
from app.services.finance.finance_exports import ExportRow
from app.services.finance.finance_layouts import LayoutRow
from app.ui.context import Context
from app.ui.finance.layout_words import filled_sheets
from app.ui.finance.our_changes import year_field
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.form import Field
from app.ui.kit.layout import STRETCH, aligned, grow, row
from app.ui.kit.outside import open_file, show_folder
from app.ui.kit.questions import EXCEL, choose_target
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label

if TYPE_CHECKING:  # the spreadsheet libraries load with it
    from app.workflows.finance.export_finance import FinanceExportResult

EXCEL_WITH_MACROS = "Excel-Arbeitsmappe mit Makros (*.xlsm)"
_ABOUT = (
    "Übersicht, Einzelposten, Mittelbindungen, Umschichtungen, Änderungen und Kontrollsummen eines "
    "Haushaltsjahres, mit Formeln, die weiterrechnen."
)
_QUESTION = (
    "Nach dem Versand als gesendet markieren: Die nächste Datei zeigt dann im Blatt „Änderungen“ nur, was sich "
    "seitdem geändert hat. Das geht auch später in den Einstellungen."
)
_OUR_OWN = "Arbeitsmappe von Quartiersbüro"


class FinanceDialog(Dialog):
    """First what goes into the file, then where it lies and whether it was sent."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        super().__init__(parent, "Excel für die Finanzen", _ABOUT, size=(620, 440))
        self._context = context
        self._file: Path | None = None
        self._export_id: int | None = None
        self._year_field = year_field(context, year)
        self.year = self._year_field.editor
        self.year.changed.connect(self._show_last)
        self.layout_choice = ChoiceEditor(empty=_OUR_OWN)
        self.layout_choice.changed.connect(self._show_last)
        self._layouts: dict[str, LayoutRow] = {}
        self._last = label("", "muted", wrap=True)
        self.outcome = Note(tone=Tone.SUCCESS)
        self._question = label(_QUESTION, "muted", wrap=True)
        self.open_button = button("Datei öffnen", lambda: open_file(self._written), icon="spreadsheet")
        self.folder_button = button("Ordner zeigen", lambda: show_folder(self._written), icon="folder-open")
        self.sent_button = button("Als gesendet markieren", self._mark_as_sent, icon="check", role="primary")
        self.changes_button = button("Änderungen ansehen …", self._show_changes, icon="history", role="quiet")
        self._ways = (self.open_button, self.folder_button)
        for later in (self.outcome, self._question, *self._ways, self.sent_button):
            later.hide()
        self._leave_button = self.close_button()
        self.save_button = button("Speichern unter …", self._choose, icon="spreadsheet", role="primary")
        self.manage_button = button("Eigene Vorlagen …", self.manage_layouts, icon="table")
        self._lay_out()
        self._show_layouts(context.ask(finance_layouts.last_used) or "")
        self.save_button.setFocus()

    def save_to(self, path: Path) -> None:
        """Write the workbook, in the background where it takes long."""
        from app.workflows.finance.export_finance import export_finance

        year, layout = int(self.year.value()), self.layout_choice.value()
        self.save_button.setEnabled(False)
        self._context.do_later(
            f"Excel für die Finanzen {year}",
            lambda progress: export_finance(self._context.database, path, year, progress, layout=layout),
            self._show_result,
            lambda: self.save_button.setEnabled(True),
            owner=self,
        )

    def _choose(self) -> None:
        from app.workflows.finance.export_finance import proposed_name

        suffix = Path(own.file_name).suffix if (own := self._own()) else ".xlsx"
        name = proposed_name(int(self.year.value()), datetime.now(), suffix)
        kinds = EXCEL if suffix == ".xlsx" else EXCEL_WITH_MACROS
        choose_target(self, "Excel für die Finanzen", kinds, name, self.save_to)

    def manage_layouts(self) -> None:
        """Finance's own workbooks: add, change, delete."""
        from app.ui.finance.layouts_dialog import LayoutsDialog

        LayoutsDialog(self._context, self).shown().changed.connect(self._show_layouts)

    def reject(self) -> None:
        """Not while it saves: what was saved is to be marked as sent."""
        if self.save_button.isEnabled() or self.save_button.isHidden():
            super().reject()

    def _own(self) -> LayoutRow | None:
        """The chosen workbook of finance."""
        return self._layouts.get(self.layout_choice.value() or "")

    def _show_layouts(self, chosen: str = "") -> None:
        self._layouts = {row.name: row for row in self._context.ask(finance_layouts.rows)}
        self.layout_choice.set_options([(name, name) for name in self._layouts])
        if chosen:
            self.layout_choice.set_value(chosen)
        self._show_last()

    def _show_result(self, result: "FinanceExportResult") -> None:
        self._file, self._export_id = result.file, result.export_id
        self.outcome.say(
            f"Gespeichert: {result.file.name} – {result.bookings} Buchungen, zusammen {euro(result.total_cents)}; "
            f"{result.changes} Änderungen seit dem letzten Versand."
        )
        self._question.show()
        for way in self._ways:
            way.show()
        self.sent_button.setVisible(result.export_id is not None)
        for over in (self.changes_button, self.save_button, self.manage_button, self._last):
            over.hide()
        self.year.set_read_only(True)
        self.layout_choice.set_read_only(True)
        self._leave_button.setText("Fertig")
        self._context.tell_saved(result.file)
        self.sent_button.setFocus()

    def _mark_as_sent(self) -> None:
        from app.workflows.finance.export_finance import mark_as_sent

        assert self._export_id is not None
        mark_as_sent(self._context.database, self._export_id)
        self.accept()

    @property
    def _written(self) -> Path:
        assert self._file is not None
        return self._file

    def _show_changes(self) -> None:
        """What the sheet "Änderungen" would list, before anything is written."""
        from app.ui.finance.changes_dialog import FinanceChangesDialog

        FinanceChangesDialog(self._context, self, int(self.year.value())).open()

    def _show_last(self) -> None:
        year = int(self.year.value())
        sent = [row for row in self._context.ask(finance_exports.rows) if row.year == year and row.sent_at]
        self._last.setText(last_sent(sent[0] if sent else None))
        own = self._own()
        self.say(_ABOUT if own is None else f"Gefüllt wird: {filled_sheets(own)}.")

    def _lay_out(self) -> None:
        manage = aligned(self.manage_button, Qt.AlignmentFlag.AlignBottom)
        self.build(
            row(self._year_field, grow(Field("layout", "Vorlage", self.layout_choice)), manage, spacing=12),
            self._last,
            self.outcome,
            self._question,
            STRETCH,
            foot=(
                *self._ways,
                self.changes_button,
                STRETCH,
                self._leave_button,
                self.sent_button,
                self.save_button,
            ),
        )


def last_sent(row: ExportRow | None) -> str:
    """When finance was last told about a year, in one sentence."""
    if row is None or row.sent_at is None:
        return "Für dieses Jahr wurde noch nichts gesendet: Im Blatt „Änderungen“ steht alles als neu."
    return (
        f"Zuletzt gesendet am {german(row.sent_at.date())} um {clock_time(row.sent_at)} Uhr ({row.file_name}). "
        "Im Blatt „Änderungen“ steht, was seit diesem Stand anders ist."
    )
