"""Printing the same paper for many: what and to whom left, the list with what is missing and the paper right."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.ui.context import Context
from app.ui.kit.jobs import Job
from app.ui.kit.layout import STRETCH, column, grow, held
from app.ui.kit.page import Split
from app.ui.kit.questions import choose_folder, confirm
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.ui.papers.printing import ask_and_print
from app.ui.papers.serial_form import SerialForm
from app.ui.papers.serial_table import serial_table
from app.workflows.file_sets import in_the_way
from app.workflows.papers.serial_plan import (
    LETTERS,
    Papers,
    SerialItem,
    SerialKind,
    SerialOrder,
    SerialSelection,
    describe,
    left_out,
    needs_papers,
    open_gaps,
    plan,
    read_paper,
)
from app.workflows.papers.serial_print import (
    Document,
    Progress,
    SerialResult,
    bind,
    bound_name,
    keep_all,
    preview,
    require_some,
    save_bound,
    save_each,
    set_all,
)
from db.database import Changed, Database

T = TypeVar("T")
AT_ONCE = 8
"""More papers than these are read in the background."""
PAUSE_MS = 350
"""The list is planned again so long after the last key."""


class SerialDialog(PaperDialog):
    """Nothing is written before one of the three buttons below is pressed, and then all of it or nothing."""

    def __init__(
        self,
        context: Context,
        ids: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        agreements: bool,
        order: SerialOrder | None = None,
    ) -> None:
        selection = SerialSelection(agreements=ids) if agreements else SerialSelection(actors=ids)
        title = "Seriendruck" if agreements else "Brief an mehrere"
        about = f"{context.ask(describe, selection)} · Eingabe oder Doppelklick öffnet, was zu ergänzen ist"
        super().__init__(context, parent, title, about, printing_ends=True)
        self.context = context.own(self)
        self.name = "Seriendruck"
        self._selection = selection
        self._papers: Papers = {}
        self._job: Job | None = None
        self._leaving = False
        self.form = SerialForm(agreements=agreements)
        if order is not None:
            self.form.show_order(order)
        self.table = serial_table(self.go_to_record, agreements=agreements)
        self.files_button = button("Einzelne Dateien …", self.choose_folder, icon="folder")
        self.outputs = [self.files_button, *self.outputs]
        self.save_button.setText("Als ein PDF …")
        self._timer = later(self, self.refresh, PAUSE_MS)
        self._look = later(self, self._show_paper)
        self.form.changed.connect(self._timer.start)
        for chosen in (self.form.kind, self.form.audience, self.form.incomplete):
            chosen.changed.connect(self.refresh)
        self.table.current_changed.connect(lambda _row: self._look.start())
        self.context.outdated.connect(self._hear)
        follow_text(self.form, self.form.setFixedWidth, 396)
        listed = held(column(self.note, grow(self.table), margins=(0, 16, 0, 0)))
        self.build_form(
            self.form,
            8,
            grow(Split("serial", listed, self.paper, vertical=True, shares=(2, 3))),
            24,
            foot=(self.close_button("Schließen"), STRETCH, *self.outputs),
        )
        self.refresh()

    # ---- showing ----

    @property
    def items(self) -> list[SerialItem]:
        """The whole series."""
        return list(self.table.rows())

    def going_out(self) -> list[SerialItem]:
        """What goes out: all, or only what is complete. Raises UserError if that is nothing."""
        items = [item for item in self.items if self.form.incomplete.value() or not item.lacks]
        require_some(items)
        return items

    def refresh(self) -> None:
        """Plan again what each gets."""
        self._timer.stop()
        order, on = self.form.order(), self.context.today()
        unread = [one for one in self._selection.agreements if one not in self._papers]
        if needs_papers(order.kind) and len(unread) > AT_ONCE:
            self._read(unread)
            return
        items = self.context.ask(plan, self._selection, order, on, self._papers)
        self.form.offer_gaps(open_gaps(items, order.kind))
        self.table.set_rows(items)
        self.table.choose_first()
        lacking = sum(bool(item.lacks) for item in items)
        with_them = self.form.incomplete.value()
        count = len(items) if with_them else len(items) - lacking
        if order.kind is SerialKind.FREE and not (order.subject and order.body):
            write = "Bitte links Betreff und Text schreiben; darunter steht, was jeder bekommt."
            self.note.say(write, Tone.INFO)
        else:
            not_sent = self.context.ask(left_out, self._selection, on) if order.kind in LETTERS else ""
            tone = Tone.WARNING if lacking else Tone.INFO if not_sent else Tone.SUCCESS
            self.note.say(f"{_sentence(count, lacking, with_them=with_them)} {not_sent}".strip(), tone)
        self.allow_output(count > 0)
        self._look.start()

    def _read(self, agreement_ids: list[int]) -> None:
        """Many papers are read beside the window; then the list is planned."""
        if self._job is not None:
            return
        database, on = self.context.database, self.context.today()

        def work(progress: Progress) -> Papers:
            found: Papers = {}
            for done, agreement_id in enumerate(agreement_ids):
                progress(done, len(agreement_ids))
                with database.read() as session:
                    read_paper(session, found, agreement_id, on)
            return found

        def read(found: Papers) -> None:
            self._papers |= found
            if not self._leaving:
                self.refresh()

        def ended() -> None:
            self._ended()
            QTimer.singleShot(0, self, self._leave_unread)

        self.note.say("Die Vereinbarungen werden gelesen …", Tone.INFO)
        self.allow_output(False)
        self._job = self.context.do_later("Seriendruck vorbereiten", work, read, ended, owner=self)

    def _leave_unread(self) -> None:
        """Reading was cancelled or failed: there is nothing to show."""
        if self.table.current() is None:
            self.reject()

    def _ended(self) -> None:
        self._job = None
        self.allow_output(True)
        if self._leaving:
            super().reject()

    def go_to_record(self, item: SerialItem) -> None:
        """Close, and go where what is missing can be entered."""
        if item.where is not None:
            self.reject()
            self.context.open(*item.where)

    def reject(self) -> None:
        """Close; work that still runs is cancelled first, so that nothing comes back to a closed dialog."""
        if self._job is None:
            super().reject()
        else:
            self._leaving = True
            self._job.cancel()

    # ---- printing ----

    def save(self) -> None:
        """Ask where the one PDF shall go."""
        self.file_name = bound_name(self.form.order().kind, self.context.today())
        super().save()

    def choose_folder(self) -> None:
        """Ask into which folder the files shall go."""
        choose_folder(self, "Ordner für die Dateien", self.ask_and_save_each)

    def save_to(self, path: Path) -> None:
        """One PDF of all, in the background."""
        self._make(partial(save_bound, path=path, new_sheets=self.form.new_sheets.value()), self._saved)

    def ask_and_save_each(self, folder: Path) -> None:
        """A file for each; names that are taken are replaced only if she says so."""
        taken = in_the_way(folder, [item.file_name for item in self.going_out()])
        if not taken:
            self.save_each_to(folder)
            return
        words = "gibt es die Datei" if len(taken) == 1 else f"gibt es {len(taken)} Dateien"
        more = f" und {len(taken) - 3} weitere" if len(taken) > 3 else ""
        question = f"In „{folder.name}“ {words} schon: {', '.join(taken[:3])}{more}. Ersetzen?"
        confirm(self, question, "Ersetzen", lambda: self.save_each_to(folder, replace=True))

    def save_each_to(self, folder: Path, *, replace: bool = False) -> None:
        """A file for each into the folder, in the background."""
        self._make(partial(save_each, folder=folder, replace_files=replace), self._saved)

    def print(self) -> None:
        """All in one go to the printer; kept with the records before, if she wants that."""
        new_sheets = self.form.new_sheets.value()

        def work(
            database: Database, documents: list[Document], kind: SerialKind, *, at: datetime, keep: bool
        ) -> tuple[bytes, int]:
            pdf = bind(documents, kind, at.date(), new_sheets=new_sheets)
            return pdf, keep_all(database, documents, kind, at) if keep else 0

        self._make(work, self._print)

    def _make(self, finish: Callable[..., T], done: Callable[[T], None]) -> None:
        """Set all papers with progress, then `finish(database, documents, kind, at=…, keep=…)`.

        Cancelled while they are set, nothing has happened.
        """
        if self._timer.isActive():
            self.refresh()  # pressed while the last words were not planned yet
        items, kind, at = self.going_out(), self.form.order().kind, self.context.now()
        database, keep = self.context.database, self.form.keep.value() and not self.form.keep.isHidden()

        def work(progress: Progress) -> T:
            documents = set_all(database, items, kind, at.date(), progress)
            return finish(database, documents, kind, at=at, keep=keep)

        self.allow_output(False)
        self._job = self.context.do_later(f"Seriendruck ({len(items)})", work, done, self._ended, owner=self)

    def _saved(self, result: SerialResult) -> None:
        where = result.files[0] if len(result.files) == 1 else result.files[0].parent
        kept = f", {result.kept} in der Akte abgelegt" if result.kept else ""
        papers = counted(result.papers, "Schriftstück", "Schriftstücke")
        self.context.tell_saved(where, f"Gespeichert: {papers} in {where}{kept}")
        self.accept()

    def _print(self, made: tuple[bytes, int]) -> None:
        pdf, kept = made
        if kept:
            self.form.keep.set_value(False)  # not a second time, should the printer be chosen anew
            self.context.say(f"{kept} Briefe in der Akte abgelegt")
        self.paper.show_pdf(pdf)
        asked = ask_and_print(self.paper.document, self.name, self, self.printed)
        asked.rejected.connect(self._look.start)

    def printed(self) -> None:
        super().printed()
        self.accept()

    # ---- making ----

    def _show_paper(self) -> None:
        """The paper of the row with the cursor."""
        item = self.table.current()
        if item is None:
            self.paper.document.close()
            return
        kind = self.form.order().kind
        self.paper.show_pdf(self.context.ask(preview, item, kind, self.context.today()))
        if self.paper.document.status() is not QPdfDocument.Status.Ready:
            self.paper.document.close()

    def _hear(self, changed: Changed) -> None:
        """Plan anew, but not for the papers that this dialog keeps itself."""
        if changed.tables - {"paper"}:
            self._papers.clear()
            self.refresh()


def _sentence(count: int, lacking: int, *, with_them: bool) -> str:
    papers = counted(count, "Schriftstück", "Schriftstücke")
    if not lacking:
        return f"{papers}, es fehlt nichts."
    missing = "1 ist unvollständig" if lacking == 1 else f"{lacking} sind unvollständig"
    rest = "und wird mitgedruckt" if lacking == 1 else "und werden mitgedruckt"
    left = "und bleibt weg" if lacking == 1 else "und bleiben weg"
    return f"{papers}; {missing} {rest if with_them else left}."
