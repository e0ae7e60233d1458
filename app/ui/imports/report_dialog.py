"""The report of an import: of a delivery as it was written, or of a file that is only checked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.bookings import import_wording as words
from app.domain.bookings.import_report import ImportOutcome, ImportReport
from app.domain.bookings.import_total import TotalControl
from app.domain.counting import dotted
from app.domain.money import euro
from app.services.bookings import import_reports
from app.ui.context import Context
from app.ui.imports.control_table import ControlTable
from app.ui.imports.report_lists import ReportList, report_lists
from app.ui.kit.dialog import Dialog
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, add, column, grow, held, row
from app.ui.kit.questions import EXCEL, choose_target
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import button, label
from app.workflows.bookings import save_import_report

PDF = "PDF (*.pdf)"
MakeFull = Callable[[], ImportReport]
"""Makes the report with every new row, beside the window."""


def total_tone(total: TotalControl) -> Tone:
    """How good the file's own total looks: none is no reason to warn, a difference is."""
    if total.agrees is None:
        return Tone.INFO
    return Tone.SUCCESS if total.agrees else Tone.WARNING


def open_batch_report(context: Context, parent: QWidget, batch_id: int) -> "ImportReportDialog":
    """Show the report that was kept with a delivery."""
    report = context.ask(import_reports.load, batch_id)
    database = context.database
    return ImportReportDialog(
        context, report, lambda: save_import_report.kept_report(database, batch_id), parent
    ).shown()


class ImportReportDialog(Dialog):
    """Facts, control and lists of one report in tabs; nothing is changed here."""

    def __init__(self, context: Context, report: ImportReport, make_full: MakeFull, parent: QWidget) -> None:
        state = f"Lieferung {report.batch}" if report.batch is not None else "Noch nicht übernommen"
        super().__init__(parent, f"Importbericht · {state}", words.outcome_sentence(report), size=(940, 660))
        self.setWindowTitle("Importbericht")
        self._context, self._report, self._make_full = context, report, make_full
        self.tabs = Tabs("Teile des Berichts")
        self.stack = Stack()
        self._add("Übersicht", self._overview())
        if report.control.places:
            self.control = ControlTable()
            self.control.show_control(report.control, report.file.shape, after=report.batch is not None)
            self._add("Kontrolle", self.control)
        for one in report_lists(report):
            self._add(f"{one.title} {len(one.rows)}", _list(one))
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        as_pdf = partial(self._ask, PDF, save_import_report.PDF)
        as_workbook = partial(self._ask, EXCEL, save_import_report.WORKBOOK)
        self.pdf = button("Als PDF speichern …", as_pdf, icon="pdf", role="primary")
        self.excel = button("Als Excel speichern …", as_workbook, icon="spreadsheet")
        self.build(
            self.tabs,
            grow(self.stack),
            foot=(self.excel, STRETCH, self.close_button("Schließen"), self.pdf),
            spacing=10,
        )

    def _add(self, title: str, widget: QWidget) -> None:
        self.tabs.addTab(title)
        self.stack.addWidget(widget)

    # --- overview ----------------------------------------------------------------------------------------------

    def _overview(self) -> QWidget:
        report = self._report
        control, pane = report.control, Pane()
        undone = "Diese Lieferung wurde zurückgenommen; der Bericht zeigt, was sie gebracht hatte."
        no_report = (
            "Zu dieser Lieferung wurde noch kein Bericht aufgehoben: nur Anzahl und Summen sind bekannt."
        )
        places = words.places_sentence(control, after=report.batch is not None)
        agreeing = Tone.WARNING if control.differing else Tone.SUCCESS
        add(
            pane.column,
            Note(undone) if report.undone_at is not None else None,
            Note(no_report) if not report.complete else None,
            Note(words.total_sentence(control.total), total_tone(control.total)),
            Note(places, Tone.DANGER if control.unexplained else agreeing) if control.places else None,
            label("Zeilen und Summen", "section"),
            self._figures(),
            label("Datei", "section"),
            self._file(),
            *(Note(notice, Tone.WARNING) for notice in report.notices),
        )
        return pane

    def _figures(self) -> QWidget:
        report, facts = self._report, Facts(columns=2, name_width=170)
        counts, total = report.counts, report.control.total
        taken = report.outcome is ImportOutcome.IMPORTED
        for name, number in (
            ("Neu", counts.new),
            ("Geändert", counts.changed),
            ("Vorhanden", counts.known),
            ("Unsicher", counts.uncertain),
            ("Abgelehnt", counts.rejected),
            ("Übersprungen", counts.skipped),
            ("Entfallen", counts.missing),
            ("davon entfernt", counts.removed),
            ("Ohne Budget", counts.unassigned),
        ):
            facts.add(name, dotted(number))
        facts.add("Neue Buchungen" if taken else "Neu wären", euro(report.new_cents))
        facts.add("Summe der Zeilen", euro(total.sum_cents))
        if total.income_cents:
            facts.add("davon Ausgaben", euro(total.sum_cents - total.income_cents))
            facts.add("davon Einnahmen", euro(total.income_cents))
        if total.total_cents is not None:
            facts.add("Gesamtsumme der Datei", euro(total.total_cents))
        return facts

    def _file(self) -> QWidget:
        report, file = self._report, self._report.file
        facts = Facts(name_width=170)
        facts.add("Datei", file.name)
        facts.add("Blatt", file.sheet)
        facts.add("Form", file.shape.word)
        facts.add("Profil", file.profile)
        facts.add("Von", report.made_by)
        facts.add("Prüfsumme", file.sha256[:16], tip=f"Prüfsumme: {file.sha256}")
        return facts

    # --- saving ------------------------------------------------------------------------------------------------

    def _ask(self, kinds: str, suffix: str) -> None:
        name = save_import_report.proposed_name(self._report, suffix)
        choose_target(self, "Bericht speichern", kinds, name, self.save_to)

    def save_to(self, target: Path) -> None:
        """Write the report with every row of it, beside the window. Raises OutputError to the error reporter."""
        context, make_full = self._context, self._make_full

        def write(_progress: Progress) -> str:
            report = make_full()
            save_import_report.save_report(context.database, report, target)
            return save_import_report.unprintable_on(report, target)

        def tell(unprintable: str) -> None:
            context.tell_saved(target, f"Gespeichert: {target}. {unprintable}" if unprintable else "")

        context.do_later("Bericht wird geschrieben", write, tell, owner=context)


def _list(one: ReportList) -> QWidget:
    table: Table[object] = Table(f"imports/report/{one.name}", one.columns, title=one.title, identity=id)
    table.set_rows(one.rows)
    return held(column(row(STRETCH, table.tools), grow(table), spacing=6))
