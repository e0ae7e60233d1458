"""The page "Import": a file comes in by four steps, and nothing is written before the last."""

from functools import cached_property
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.errors import UserError
from app.services import steps
from app.sheets.bookings.postings import candidates
from app.ui.context import Context
from app.ui.finance.returned_step import ReturnedStep
from app.ui.imports.apply_step import ApplyStep
from app.ui.imports.check_step import CheckStep
from app.ui.imports.columns_step import ColumnsStep
from app.ui.imports.earlier_note import EarlierNote
from app.ui.imports.file_step import FileStep
from app.ui.imports.incoming import (
    Incoming,
    IncomingBookings,
    IncomingMasterData,
    IncomingReturn,
    Written,
)
from app.ui.imports.stepper import Stepper
from app.ui.kit.layout import add, grow, row
from app.ui.kit.page import Page
from app.ui.kit.questions import choose_file
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.text import button
from app.ui.master_data.master_preview import MasterPreview
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import BookingImport, OpenedFile
from app.workflows.finance import finance_return
from app.workflows.master_data import master_data

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
    """Datei - Spalten - Prüfen - Übernehmen. `incoming`: what is under way, if anything is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.incoming: Incoming | None = None
        self._written = False
        self._done: int | None = None
        """The step that wrote it."""
        self.header.set_title("Import")
        self.stepper = Stepper(("Datei", "Spalten", "Prüfen", "Übernehmen"))
        self.stepper.wanted.connect(self._go_back)
        self.file_step = FileStep(context, self.choose, self.choose_master)
        self.file_step.zone.dropped.connect(lambda files: self.open_file(*files))
        self.check_step = CheckStep(context)
        self.check_step.changed.connect(self._show_sentence)
        self._bookings = IncomingBookings(context, self.check_step, self._checked)
        self.stack = Stack()
        for step in (self.file_step, self.check_step):
            self.stack.addWidget(step)
        self.back = button("Zurück", self.go_back, icon="arrow-left")
        self.forward = button("Weiter", self.go_forward, icon="arrow-right", role="primary")
        self.cancel = button("Abbrechen", self.start_again, role="quiet")
        self.earlier = EarlierNote(context)
        top = row(grow(self.stepper), self.cancel, self.back, self.forward)
        add(self.body, top, self.earlier, grow(self.stack))
        self.setFocusProxy(self.file_step)
        self._go(FILE)

    # --- what the page shows -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Deliveries afresh; a check that is open is made again, since its facts have changed."""
        count = self.file_step.refresh()
        if self._done is not None and not self.context.ask(steps.holds, self._done):
            self.start_again()  # it was taken back: nothing here is true any more
        if self.stepper.current == FILE:
            earlier = f"{counted(count, 'Lieferung', 'Lieferungen')} bisher. " if count else ""
            self.header.set_sentence(earlier + _SENTENCES[FILE])
        if self.incoming is not None and not self._written and self.stepper.current >= CHECK:
            self.incoming.check_again()

    @property
    def prepared(self) -> BookingImport | None:
        """A checked list of bookings, if that is what is being looked at."""
        return self._bookings.prepared

    @cached_property
    def columns_step(self) -> ColumnsStep:
        """Made when it is wanted first: it holds more controls than all other steps together."""
        step = ColumnsStep(self.context)
        step.changed.connect(self._show_buttons)
        self.stack.addWidget(step)
        return step

    @cached_property
    def master_step(self) -> MasterPreview:
        """Made when it is wanted first, like the following."""
        step = MasterPreview()
        self.stack.addWidget(step)
        return step

    @cached_property
    def returned_step(self) -> ReturnedStep:
        step = ReturnedStep(self.context, lambda: self._checked(self._return), self._check_as_bookings)
        self.stack.addWidget(step)
        return step

    @cached_property
    def apply_step(self) -> ApplyStep:
        step = ApplyStep(self.write)
        self.stack.addWidget(step)
        return step

    @cached_property
    def _master(self) -> IncomingMasterData:
        return IncomingMasterData(self.context, self.master_step, self._checked)

    @cached_property
    def _return(self) -> IncomingReturn:
        return IncomingReturn(self.context, self.returned_step)

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
        choose_file(self, "Stammdaten aus Excel übernehmen", TABLES, self._master.read)

    def start_again(self) -> None:
        """Back to the first step; what was not written is forgotten."""
        self._begin(None)
        self._go(FILE)
        self.mark_stale()

    # --- reading -----------------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Read a file; what it holds tells whether it is a workbook of ours that came back, master data or bookings."""
        self.context.do_later(
            f"„{path.name}“ wird gelesen",
            lambda progress: import_bookings.open_file(path, progress),
            self._have_file,
            owner=self,
        )

    def _have_file(self, opened: OpenedFile) -> None:
        self.check_step.clear()
        if finance_return.is_returned(opened):
            self.returned_step.compare(opened)
        else:
            self._have_list(opened)

    def _check_as_bookings(self) -> None:
        """It came back as a list of bookings after all."""
        assert self.returned_step.returned is not None
        self._have_list(self.returned_step.returned.opened)

    def _have_list(self, opened: OpenedFile) -> None:
        found = candidates(opened.workbook)
        complete = bool(found) and found[0].columns.shape is not None
        if not complete and master_data.is_master(opened.workbook):
            self._master.read(opened.path)
            return
        self._begin(self._bookings)
        self._bookings.begin(opened)
        self.earlier.look_for(opened)
        if not complete and not any(sheet.rows for sheet in opened.workbook.sheets):
            raise UserError(
                f"Die Datei „{opened.path.name}“ enthält keine Daten. Bitte eine andere Datei wählen."
            )
        # Not all columns are known by their names: a kept profile may know them, else she assigns them.
        if complete or import_bookings.kept_profile(self.context.database, opened) is not None:
            self._bookings.check(opened)
        else:
            self.columns_step.show_file(opened.workbook, opened.path.name, None, None)
            self._go(COLUMNS)

    def _begin(self, incoming: Incoming | None) -> None:
        """This is under way now, and nothing else."""
        before, self.incoming, self._written = self.incoming, incoming, False
        if before is not None and before is not incoming:
            before.clear()

    def _checked(self, incoming: Incoming) -> None:
        self._begin(incoming)
        self._go(CHECK)

    # --- going through the steps -------------------------------------------------------------------------------

    def go_back(self) -> None:
        """One step back; only bookings have a step for columns."""
        before_check = COLUMNS if self.incoming is self._bookings else FILE
        before = {COLUMNS: FILE, CHECK: before_check, APPLY: CHECK}
        self._go_back(before[self.stepper.current])

    def _go_back(self, step: int) -> None:
        if step == FILE:
            self.start_again()
            return
        opened, prepared = self._bookings.opened, self._bookings.prepared
        if step == COLUMNS and opened is not None and prepared is not None:
            self.columns_step.show_file(opened.workbook, prepared.file.file, prepared.file, prepared.profile)
        self._go(step)

    def go_forward(self) -> None:
        """On to the next step: columns are used for a new check, a check leads to what will be written."""
        opened = self._bookings.opened
        if self.stepper.current == COLUMNS and opened is not None:
            self.columns_step.save_new_profile()
            chosen = OpenedFile(opened.path, opened.sha256, self.columns_step.chosen_workbook())
            self._bookings.check(chosen, self.columns_step.chosen())
        elif self.stepper.current == CHECK and self.incoming is not None:
            self.incoming.show_before(self.apply_step)
            self._go(APPLY)

    def _go(self, step: int) -> None:
        check = self.check_step if self.incoming is None else self.incoming.step
        if step == COLUMNS:
            widget: QWidget = self.columns_step
        elif step == APPLY:
            widget = self.apply_step
        else:
            widget = self.file_step if step == FILE else check
        of_bookings = self.incoming is self._bookings
        self.stack.setCurrentWidget(widget)
        self.earlier.show_if(of_bookings and step in (COLUMNS, CHECK))
        self._done = self.context.ask(steps.newest) if self._written else None
        skipped: frozenset[int] = frozenset() if of_bookings else frozenset({COLUMNS})
        self.stepper.set_current(step, locked=self._written, skipped=skipped)
        self._show_sentence()
        self._show_buttons()
        if step == CHECK:
            waits = of_bookings and self.check_step.waits
            (self.check_step if waits else self.forward).setFocus()
        elif step != FILE:
            widget.setFocus()

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
        if self.incoming is None:
            return
        skip = self.apply_step.skip is not None and self.apply_step.skip.isChecked()
        self.apply_step.write_button.setEnabled(False)
        self._written = True  # the change it makes must not start a new check of this very file
        self.incoming.write(skip, self._have_written, self._ended)

    def _ended(self) -> None:
        """Whatever came of it: as long as nothing is shown as done, one can go back and try again."""
        self._written = False
        self.apply_step.write_button.setEnabled(True)
        self._show_buttons()

    def _have_written(self, written: Written | None) -> None:
        if written is None:  # refused; the reasons stand at the rows
            self._go(CHECK)
            self.returned_step.table.setFocus()
            return
        self._written = True
        actions = [*written.actions, ("Nächste Datei", "imports", self.start_again)]
        self.apply_step.show_after(written.title, written.tone, written.lines, actions)
        if written.batch is not None:
            self.apply_step.control.show_batch(self.context, written.batch)
        self._go(APPLY)
