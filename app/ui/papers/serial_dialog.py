"""Printing the same paper for many: what and to whom left, the list with what is missing and the paper right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.kit.jobs import Job
from app.ui.kit.page import Split
from app.ui.kit.questions import choose_folder, choose_target, confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.papers.preview import PDF
from app.ui.papers.printing import ask_and_print
from app.ui.papers.serial_form import SerialForm
from app.ui.papers.serial_table import serial_table
from app.ui.papers.view import PaperView
from app.workflows.file_sets import in_the_way
from app.workflows.papers.serial_plan import (
    Papers,
    SerialItem,
    SerialKind,
    SerialOrder,
    SerialSelection,
    describe,
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
from db.database import Changed

AT_ONCE = 8
"""More papers than these are read in the background."""
PAUSE_MS = 350
"""The list is planned again so long after the last key."""


class SerialDialog(QDialog):
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
        super().__init__(parent)
        self._context = context.own(self)
        self._selection = SerialSelection(agreements=ids) if agreements else SerialSelection(actors=ids)
        self._papers: Papers = {}
        self._job: Job | None = None
        self._leaving = False
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = SerialForm(agreements=agreements)
        if order is not None:
            self.form.show_order(order)
        self.table = serial_table(self.go_to_record, agreements=agreements)
        self.paper = PaperView()
        self.note = Note()
        self.files_button = button("Einzelne Dateien …", self.choose_folder, icon="folder")
        self.save_button = button("Als ein PDF …", self.choose_file, icon="save")
        self.print_button = button("Drucken", self.print, icon="print", role="primary")
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.refresh)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._show_paper)
        self.form.changed.connect(self._timer.start)
        self.form.kind.changed.connect(self.refresh)
        self.form.audience.changed.connect(self.refresh)
        self.form.incomplete.changed.connect(self.refresh)
        self.table.current_changed.connect(lambda _row: self._look.start())
        self._context.outdated.connect(self._hear)
        about = context.ask(describe, self._selection)
        title = "Seriendruck" if agreements else "Brief an mehrere"
        self.setWindowTitle(title)
        self._lay_out(title, about)
        self.resize(self.screen().availableSize() * 0.92)
        self.refresh()

    # ---- showing ----

    @property
    def items(self) -> list[SerialItem]:
        """The whole series."""
        return list(self.table.rows())

    def printed(self) -> list[SerialItem]:
        """What goes out: all, or only what is complete. Raises UserError if that is nothing."""
        items = [item for item in self.items if self.form.incomplete.value() or not item.lacks]
        require_some(items)
        return items

    def refresh(self) -> None:
        """Plan again what each gets."""
        self._timer.stop()
        order, on = self.form.order(), self._context.today()
        unread = [one for one in self._selection.agreements if one not in self._papers]
        if needs_papers(order.kind) and len(unread) > AT_ONCE:
            self._read(unread)
            return
        items = self._context.ask(plan, self._selection, order, on, self._papers)
        self.form.offer_gaps(open_gaps(items, order.kind))
        self.table.set_rows(items)
        if self.table.current() is None and items:
            self.table.select_position(0)
        lacking = sum(bool(item.lacks) for item in items)
        with_them = self.form.incomplete.value()
        count = len(items) if with_them else len(items) - lacking
        if order.kind is SerialKind.FREE and not (order.subject and order.body):
            self.note.set_tone(Tone.INFO)
            self.note.set_text("Bitte links Betreff und Text schreiben; darunter steht, was jeder bekommt.")
        else:
            self.note.set_tone(Tone.WARNING if lacking else Tone.SUCCESS)
            self.note.set_text(_sentence(count, lacking, with_them=with_them))
        for one in (self.files_button, self.save_button, self.print_button):
            one.setEnabled(count > 0)
        self._look.start()

    def _read(self, agreement_ids: list[int]) -> None:
        """Many papers are read beside the window; then the list is planned."""
        if self._job is not None:
            return
        database, on = self._context.database, self._context.today()

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

        self.note.set_tone(Tone.INFO)
        self.note.set_text("Die Vereinbarungen werden gelesen …")
        self._busy(True)
        self._job = self._context.do_later("Seriendruck vorbereiten", work, read, ended)

    def _leave_unread(self) -> None:
        """Reading was cancelled or failed: there is nothing to show."""
        if self.table.current() is None:
            self.reject()

    def _ended(self) -> None:
        self._job = None
        self._busy(False)
        if self._leaving:
            super().reject()

    def go_to_record(self, item: SerialItem) -> None:
        """Close, and go where what is missing can be entered."""
        if item.where is not None:
            self.reject()
            self._context.open(*item.where)

    def reject(self) -> None:
        """Close; work that still runs is cancelled first, so that nothing comes back to a closed dialog."""
        if self._job is None:
            super().reject()
        else:
            self._leaving = True
            self._job.cancel()

    # ---- printing ----

    def choose_file(self) -> None:
        """Ask where the one PDF shall go."""
        name = bound_name(self.form.order().kind, self._context.today())
        choose_target(self, "Als ein PDF speichern", PDF, name, self.save_to)

    def choose_folder(self) -> None:
        """Ask into which folder the files shall go."""
        choose_folder(self, "Ordner für die Dateien", self.ask_and_save_each)

    def save_to(self, path: Path) -> None:
        """One PDF of all, in the background."""
        kind, keep, at = self.form.order().kind, self._keep(), self._context.now()
        database, new_sheets = self._context.database, bool(self.form.new_sheets.value())
        self._make(
            lambda documents: save_bound(
                database, documents, kind, path, at, keep=keep, new_sheets=new_sheets
            ),
            self._saved,
        )

    def ask_and_save_each(self, folder: Path) -> None:
        """A file for each; names that are taken are replaced only if she says so."""
        taken = in_the_way(folder, [item.file_name for item in self.printed()])
        if not taken:
            self.save_each_to(folder)
            return
        words = "gibt es die Datei" if len(taken) == 1 else f"gibt es {len(taken)} Dateien"
        more = f" und {len(taken) - 3} weitere" if len(taken) > 3 else ""
        confirm(
            self,
            f"In „{folder.name}“ {words} schon: {', '.join(taken[:3])}{more}. Ersetzen?",
            "Ersetzen",
            lambda: self.save_each_to(folder, replace=True),
        )

    def save_each_to(self, folder: Path, *, replace: bool = False) -> None:
        """A file for each into the folder, in the background."""
        kind, keep, at = self.form.order().kind, self._keep(), self._context.now()
        database = self._context.database
        self._make(
            lambda documents: save_each(
                database, documents, kind, folder, at, keep=keep, replace_files=replace
            ),
            self._saved,
        )

    def print(self) -> None:
        """All in one go to the printer; kept with the records before, if she wants that."""
        kind, keep, at = self.form.order().kind, self._keep(), self._context.now()
        database, new_sheets = self._context.database, bool(self.form.new_sheets.value())

        def work(documents: list[Document]) -> tuple[bytes, int]:
            pdf = bind(documents, kind, at.date(), new_sheets=new_sheets)
            return pdf, keep_all(database, documents, kind, at) if keep else 0

        self._make(work, self._print)

    def _make(self, finish: Callable[[list[Document]], object], done: Callable[[object], None]) -> None:
        """Set all papers with progress, then finish; cancelled while they are set, nothing has happened."""
        if self._timer.isActive():
            self.refresh()  # pressed while the last words were not planned yet
        items, kind, on = self.printed(), self.form.order().kind, self._context.today()
        database = self._context.database
        self._busy(True)
        self._job = self._context.do_later(
            f"Seriendruck ({len(items)})",
            lambda progress: finish(set_all(database, items, kind, on, progress)),
            done,
            self._ended,
        )

    def _saved(self, result: object) -> None:
        assert isinstance(result, SerialResult)
        where = result.files[0] if len(result.files) == 1 else result.files[0].parent
        kept = f", {result.kept} in der Akte abgelegt" if result.kept else ""
        papers = "1 Schriftstück" if result.papers == 1 else f"{result.papers} Schriftstücke"
        self._context.say(f"Gespeichert: {papers} in {where}{kept}")
        self.accept()

    def _print(self, made: object) -> None:
        assert isinstance(made, tuple)
        pdf, kept = made
        if kept:
            self.form.keep.set_value(False)  # not a second time, should the printer be chosen anew
            self._context.say(f"{kept} Briefe in der Akte abgelegt")
        self.paper.show_pdf(pdf)
        asked = ask_and_print(self.paper.document, "Seriendruck", self, self._printed)
        asked.rejected.connect(self._look.start)

    def _printed(self) -> None:
        self._context.say("Seriendruck an den Drucker gegeben")
        self.accept()

    # ---- making ----

    def _busy(self, busy: bool) -> None:
        for one in (self.files_button, self.save_button, self.print_button):
            one.setEnabled(not busy)

    def _keep(self) -> bool:
        return bool(self.form.keep.value()) and not self.form.keep.isHidden()

    def _show_paper(self) -> None:
        """The paper of the row with the cursor."""
        item = self.table.current()
        if item is None:
            self.paper.document.close()
            return
        kind = self.form.order().kind
        self.paper.show_pdf(self._context.ask(preview, item, kind, self._context.today()))
        if self.paper.document.status() is not QPdfDocument.Status.Ready:
            self.paper.document.close()

    def _hear(self, changed: Changed) -> None:
        """Plan anew, but not for the papers that this dialog keeps itself."""
        if changed.tables - {"paper"}:
            self._papers.clear()
            self.refresh()

    def _lay_out(self, title: str, about: str) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(2)
        head.addWidget(label(title, "title"))
        head.addWidget(label(f"{about} · Enter oder Doppelklick öffnet, was zu ergänzen ist", "muted"))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        right = Split("serial", listed, self.paper, vertical=True, shares=(2, 3))
        self.form.setFixedWidth(396)
        surface = QFrame()
        surface.setProperty("role", "form")
        middle = QHBoxLayout(surface)
        middle.setContentsMargins(0, 0, 24, 0)
        middle.setSpacing(8)
        middle.addWidget(self.form)
        middle.addWidget(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(button("Schließen", self.reject))
        foot.addStretch(1)
        for widget in (self.files_button, self.save_button, self.print_button):
            foot.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(surface, 1)
        layout.addLayout(foot)


def _sentence(count: int, lacking: int, *, with_them: bool) -> str:
    papers = "1 Schriftstück" if count == 1 else f"{count} Schriftstücke"
    if not lacking:
        return f"{papers}, es fehlt nichts."
    missing = "1 ist unvollständig" if lacking == 1 else f"{lacking} sind unvollständig"
    rest = "und wird mitgedruckt" if lacking == 1 else "und werden mitgedruckt"
    left = "und bleibt weg" if lacking == 1 else "und bleiben weg"
    return f"{papers}; {missing} {rest if with_them else left}."
