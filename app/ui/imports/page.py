"""The page "Import": a file comes in by four steps, and nothing is written before the last."""

from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.domain.counting import counted
from app.domain.errors import UserError
from app.services.bookings.batches import BatchRow
from app.services.bookings.column_profiles import Profile
from app.services.finance.finance_return import TakenOver
from app.sheets.bookings.postings import candidates
from app.ui.context import Context
from app.ui.finance.returned_step import ReturnedStep, after_lines, taken_sentence
from app.ui.imports.apply_step import Action, ApplyStep
from app.ui.imports.check_step import CheckStep
from app.ui.imports.columns_step import ColumnsStep
from app.ui.imports.earlier_note import EarlierNote
from app.ui.imports.file_step import FileStep
from app.ui.imports.next_steps import next_steps
from app.ui.imports.stepper import Stepper
from app.ui.imports.summary import booking_lines, master_lines
from app.ui.kit.page import Page
from app.ui.kit.questions import choose_file
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import button
from app.ui.master_data.master_preview import MasterPreview
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import BookingImport, ImportResult, OpenedFile
from app.workflows.finance import finance_return
from app.workflows.finance.finance_return import ReturnedWorkbook
from app.workflows.master_data import master_data
from app.workflows.master_data.master_data import MasterResult, PreparedImport

FILE, COLUMNS, CHECK, APPLY = range(4)
TABLES = "Tabellen (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt *.tsv *.htm *.html *.xml);;Alle Dateien (*)"
_SENTENCES = (
    "Listen der Finanzabteilung und Stammdaten kommen hier herein.",
    "Welche Spalte bedeutet was?",
    "Das würde geschehen. Geschrieben wird erst im letzten Schritt.",
    "Alles geprüft: jetzt entscheiden.",
)

_DONE = "Übernommen. „Rückgängig“ nimmt alles in einem Schritt zurück."


class ImportsPage(Page):
    """Datei - Spalten - Prüfen - Übernehmen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.opened: OpenedFile | None = None
        self.prepared: BookingImport | None = None
        self.master: PreparedImport | None = None
        self._written = False
        self._checked: OpenedFile | None = None  # a check of anything else that ends now comes too late
        self._done: str | None = None
        """The label of what was written, as the undo menu says it."""
        self.header.set_title("Import")
        self.stepper = Stepper(("Datei", "Spalten", "Prüfen", "Übernehmen"))
        self.stepper.wanted.connect(self._go_back)
        self.file_step = FileStep(context, self.choose, self.choose_master, self._undo_batch)
        self.file_step.zone.dropped.connect(self.open_file)
        self.check_step = CheckStep(context)
        self.check_step.changed.connect(self._show_sentence)
        self.master_step = MasterPreview()
        self.returned_step = ReturnedStep(context, self._have_comparison, self._plan_as_bookings)
        self.stack = QStackedWidget()
        checks = (self.check_step, self.master_step, self.returned_step)
        for step in (self.file_step, *checks):
            self.stack.addWidget(step)
        self.back = button("Zurück", self.go_back, icon="arrow-left")
        self.forward = button("Weiter", self.go_forward, icon="arrow-right", role="primary")
        self.cancel = button("Abbrechen", self.start_again, role="quiet")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.stepper, 1)
        for one in (self.cancel, self.back, self.forward):
            top.addWidget(one)
        self.earlier = EarlierNote(context)
        self.body.addLayout(top)
        self.body.addWidget(self.earlier)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.file_step)
        self._go(FILE)

    # --- what the page shows -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Deliveries afresh; a check that is open is made again, since its facts have changed."""
        count = self.file_step.refresh()
        if self._done is not None and self.context.database.redo_label == self._done:
            self.start_again()  # it was taken back: nothing here is true any more
        if self.stepper.current == FILE:
            earlier = f"{counted(count, 'Lieferung', 'Lieferungen')} bisher. " if count else ""
            self.header.set_sentence(earlier + _SENTENCES[FILE])
        if (
            self.prepared is not None
            and self.opened is not None
            and not self._written
            and self.stepper.current >= CHECK
        ):
            self._plan(self.prepared.opened, self.prepared.by_hand)
        elif self.returned is not None and not self._written and self.stepper.current >= CHECK:
            self.returned_step.compare(self.returned.opened)

    @cached_property
    def columns_step(self) -> ColumnsStep:
        """Made when it is wanted first: it holds more controls than all other steps together."""
        step = ColumnsStep(self.context)
        step.changed.connect(self._show_buttons)
        self.stack.addWidget(step)
        return step

    @cached_property
    def apply_step(self) -> ApplyStep:
        """Made when it is wanted first."""
        step = ApplyStep(self.write)
        self.stack.addWidget(step)
        return step

    @property
    def returned(self) -> ReturnedWorkbook | None:
        """A workbook for finance that came back, if that is what is being looked at."""
        return self.returned_step.returned

    def open_record(self, record_id: int) -> None:
        """Go to a delivery."""
        self.start_again()
        self.refresh_if_stale()
        self.file_step.table.select(record_id)

    def choose(self) -> None:
        """Ask for a file of either kind."""
        choose_file(self, "Datei einlesen", TABLES, self.open_file)

    def choose_master(self) -> None:
        """Ask for a workbook with master data."""
        choose_file(self, "Stammdaten aus Excel übernehmen", TABLES, self.open_master)

    def start_again(self) -> None:
        """Back to the first step; what was not written is forgotten."""
        self.opened = self._checked = self.prepared = self.master = self.returned_step.returned = None
        self._written = False
        self._go(FILE)
        self.mark_stale()

    # --- reading -----------------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Read a file; what it holds tells whether it is a workbook of ours that came back, master data or bookings."""
        self.check_step.forget()
        self.context.do_later(
            f"„{path.name}“ wird gelesen",
            lambda progress: import_bookings.open_file(path, progress),
            self._have_file,
        )

    def open_master(self, path: Path) -> None:
        """Read a workbook with master data."""
        database = self.context.database
        self.context.do_later(
            f"„{path.name}“ wird gelesen",
            lambda progress: master_data.prepare(database, path, progress),
            self._have_master,
        )

    def _have_file(self, opened: OpenedFile) -> None:
        if finance_return.is_returned(opened):
            self.returned_step.compare(opened)
        else:
            self._have_list(opened)

    def _plan_as_bookings(self) -> None:
        """It came back as a list of bookings after all."""
        assert self.returned is not None
        self._have_list(self.returned.opened)

    def _have_list(self, opened: OpenedFile) -> None:
        self.returned_step.returned = None
        found = candidates(opened.workbook)
        complete = bool(found) and found[0].columns.shape is not None
        if not complete and master_data.is_master(opened.workbook):
            self.open_master(opened.path)
            return
        self.opened, self.prepared, self.master, self._written = opened, None, None, False
        self.earlier.look_for(opened)
        if complete:
            self._plan(opened)
        elif any(sheet.rows for sheet in opened.workbook.sheets):
            self._plan_with_profile(opened)
        else:
            raise UserError(
                f"Die Datei „{opened.path.name}“ enthält keine Daten. Bitte eine andere Datei wählen."
            )

    def _plan(self, opened: OpenedFile, by_hand: Profile | None = None) -> None:
        database = self.context.database
        self._checked = opened
        self.context.do_later(
            f"„{opened.path.name}“ wird geprüft",
            lambda progress: import_bookings.plan_import(database, opened, by_hand=by_hand),
            self._have_plan,
        )

    def _plan_with_profile(self, opened: OpenedFile) -> None:
        """Not all columns are known by their names: a kept profile may know them, else she assigns them."""
        if import_bookings.kept_profile(self.context.database, opened) is not None:
            self._plan(opened)
            return
        self.columns_step.show_file(opened.workbook, opened.path.name, None, None)
        self._go(COLUMNS)

    def _have_plan(self, prepared: BookingImport) -> None:
        if prepared.opened is not self._checked:
            return
        self.prepared = prepared
        self.check_step.show_import(prepared)
        self._go(CHECK)

    def _have_comparison(self) -> None:
        self.opened = self._checked = self.prepared = self.master = None
        self._written = False
        self._go(CHECK)

    def _have_master(self, prepared: PreparedImport) -> None:
        self.opened = self._checked = self.prepared = None
        self.master, self._written = prepared, False
        self.master_step.set_plan(prepared.plan)
        self._go(CHECK)

    # --- going through the steps -------------------------------------------------------------------------------

    def go_back(self) -> None:
        """One step back; master data have no step for columns."""
        before = {COLUMNS: FILE, CHECK: FILE if self.master or self.returned else COLUMNS, APPLY: CHECK}
        self._go_back(before[self.stepper.current])

    def _go_back(self, step: int) -> None:
        if step == FILE:
            self.start_again()
        elif step == COLUMNS and self.opened is not None and self.prepared is not None:
            prepared = self.prepared
            self.columns_step.show_file(
                self.opened.workbook, prepared.file.file, prepared.file, prepared.profile
            )
            self._go(COLUMNS)
        else:
            self._go(step)

    def go_forward(self) -> None:
        """On to the next step: columns are used for a new check, a check leads to what will be written."""
        if self.stepper.current == COLUMNS and self.opened is not None:
            self.columns_step.save_new_profile()
            opened = OpenedFile(self.opened.path, self.opened.sha256, self.columns_step.chosen_workbook())
            self._plan(opened, self.columns_step.chosen())
        elif self.stepper.current == CHECK:
            self._show_before()
            self._go(APPLY)

    def _show_before(self) -> None:
        if self.master is not None:
            plan = self.master.plan
            rejected = len({(sheet.sheet.name, r.row) for sheet in plan.sheets for r in sheet.rejections})
            self.apply_step.show_before(
                f"Stammdaten aus „{plan.file_name}“",
                master_lines(plan),
                rejected,
                something=plan.brings_something,
            )
        elif self.returned is not None:
            title = f"Änderungen aus „{self.returned.opened.path.name}“"
            step = self.returned_step
            self.apply_step.show_before(title, step.lines(), 0, something=bool(step.chosen))
        elif self.prepared is not None:
            result = self.prepared.result()
            lines = booking_lines(self.prepared, result, len(self.check_step.removed))
            self.apply_step.show_before(
                f"Buchungen aus „{self.prepared.file.file}“",
                lines,
                result.counts.rejected,
                something=self.prepared.brings_something or bool(self.check_step.removed),
            )
            self.apply_step.control.forecast(self.context, self.prepared.examined(self.check_step.removed))

    def _go(self, step: int) -> None:
        kinds = {self.returned_step: self.returned, self.master_step: self.master}
        check: QWidget = next((widget for widget, there in kinds.items() if there), self.check_step)
        if step == COLUMNS:
            self.stack.setCurrentWidget(self.columns_step)
        elif step == APPLY:
            self.stack.setCurrentWidget(self.apply_step)
        else:
            self.stack.setCurrentWidget(self.file_step if step == FILE else check)
        self.earlier.show_if(self.opened is not None and step in (COLUMNS, CHECK))
        self._done = self.context.database.undo_label if self._written else None
        skipped = frozenset({COLUMNS}) if self.master or self.returned else frozenset()
        self.stepper.set_current(step, locked=self._written, skipped=skipped)
        self._show_sentence()
        self._show_buttons()
        if step == CHECK:
            waits = check is self.check_step and self.check_step.waits
            (self.check_step if waits else self.forward).setFocus()
        elif step == COLUMNS:
            self.columns_step.setFocus()
        elif step == APPLY:
            self.apply_step.setFocus()

    def _show_sentence(self) -> None:
        """What was done, what is to be decided, or what this step is for."""
        step = self.stepper.current
        words = _DONE if self._written else _SENTENCES[step]
        if step == CHECK and self.stack.currentWidget() is self.check_step:
            words = self.check_step.sentence
        self.header.set_sentence(words)

    def _show_buttons(self) -> None:
        step = self.stepper.current
        under_way = step != FILE and not self._written
        self.cancel.setVisible(under_way)
        self.back.setVisible(under_way)
        self.forward.setVisible(step in (COLUMNS, CHECK))
        self.forward.setEnabled(step != COLUMNS or self.columns_step.complete)

    # --- writing -----------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write all of it in one transaction beside the window."""
        context, skip = self.context, self.apply_step.skip is not None and self.apply_step.skip.isChecked()
        self.apply_step.write_button.setEnabled(False)
        self._written = True  # the change it makes must not start a new check of this very file
        if self.master is not None:
            master = self.master
            context.do_later(
                "Stammdaten werden übernommen",
                lambda progress: master_data.apply(
                    context.database, master, skip_rejected=skip, progress=progress
                ),
                self._have_written_master,
                self._ended,
            )
        elif self.returned is not None:
            self.returned_step.write(self._have_taken_over, self._ended)
        elif self.prepared is not None:
            prepared, removed = self.prepared, frozenset(self.check_step.removed)
            context.do_later(
                "Buchungen werden übernommen",
                lambda progress: import_bookings.apply(
                    context.database, prepared, skip_rejected=skip, remove_missing=removed, progress=progress
                ),
                self._have_written,
                self._ended,
            )

    def _ended(self) -> None:
        """Whatever came of it: as long as nothing is shown as done, one can go back and try again."""
        self._written = False
        self.apply_step.write_button.setEnabled(True)
        self._show_buttons()

    def _have_written(self, result: ImportResult) -> None:
        assert self.prepared is not None
        self._written = True
        lines = booking_lines(self.prepared, result, len(self.check_step.removed))
        actions = [
            *next_steps(self.context, self.prepared.decided_plan, result.counts.unassigned),
            ("Nächste Datei", "imports", self.start_again),
        ]
        title = f"{import_bookings.summary(result)} Lieferung {result.batch}."
        self.apply_step.show_after(
            title, Tone.SUCCESS if result.batch is not None else Tone.INFO, lines, actions
        )
        if result.batch is not None:
            self.apply_step.control.show_batch(self.context, result.batch)
        self._go(APPLY)

    def _have_written_master(self, result: MasterResult) -> None:
        assert self.master is not None
        self._written = True
        self.apply_step.show_after(
            master_data.summary(result),
            Tone.SUCCESS if result.written else Tone.INFO,
            master_lines(self.master.plan),
            [
                ("Zur Übersicht", "overview", lambda: self.context.open("overview")),
                ("Nächste Datei", "imports", self.start_again),
            ],
        )
        self._go(APPLY)

    def _have_taken_over(self, result: TakenOver | None) -> None:
        if result is None:  # refused; the reasons stand at the rows
            self._go(CHECK)
            self.returned_step.table.setFocus()
            return
        self._written = True
        to_budget: Action = ("Zum Budget", "budget", lambda: self.context.open("budget"))
        next_file: Action = ("Nächste Datei", "imports", self.start_again)
        words, lines = taken_sentence(result), after_lines(result)
        self.apply_step.show_after(words, Tone.SUCCESS, lines, (to_budget, next_file))
        self._go(APPLY)

    def _undo_batch(self, row: BatchRow) -> None:
        database = self.context.database
        self.context.do_later(
            f"Lieferung {row.id} wird zurückgenommen",
            lambda progress: import_bookings.undo(database, row.id),
            lambda undone: self.context.say(
                f"Lieferung {row.id} zurückgenommen: {counted(undone.removed, 'Buchung', 'Buchungen')} entfernt, "
                f"{undone.restored} wie vorher"
            ),
        )
