"""The menu "Datei": other database files, backups, the master data workbook."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.ui.context import Context
from app.ui.kit.questions import DATABASE, EXCEL, choose_file, choose_target
from app.ui.shell.restore import RestoreDialog
from db import attachments
from db.copies.copying import take_snapshot
from db.copies.proof import Proof, Soundness


class FileActions(QObject):
    """Asks which file, then does it; changing the open database is announced to whoever owns the window."""

    open_wanted = Signal(Path)
    create_wanted = Signal(Path)
    restore_wanted = Signal(Path)
    backed_up = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._path = context.database.path

    def new(self) -> None:
        choose_target(
            self._window,
            "Datei anlegen",
            DATABASE,
            "quartiersbuero.db",
            self.create_wanted.emit,
            may_replace=False,
        )

    def open(self) -> None:
        choose_file(self._window, "Datei öffnen", DATABASE, self.open_wanted.emit)

    def back_up(self) -> None:
        """A copy of everything, where she says: a stick, a network drive."""
        name = f"{self._path.stem}_{datetime.now():%Y-%m-%d}{self._path.suffix}"
        choose_target(self._window, "Sicherung speichern", DATABASE, name, self._back_up_to)

    def restore(self) -> None:
        dialog = RestoreDialog(self._context, self._window)
        dialog.chosen.connect(self.restore_wanted)
        dialog.compare_wanted.connect(lambda snapshot: self._compare(snapshot, dialog))
        dialog.open()

    def _compare(self, snapshot: Path, dialog: QWidget) -> None:
        from app.ui.shell.compare import CompareDialog  # rarely needed

        CompareDialog(self._context, snapshot, dialog).open()

    def save_template(self) -> None:
        choose_target(
            self._window,
            "Stammdaten-Vorlage speichern",
            EXCEL,
            "Stammdaten-Vorlage.xlsx",
            self._write_template,
        )

    def export_master(self) -> None:
        choose_target(self._window, "Stammdaten speichern", EXCEL, "Stammdaten.xlsx", self._export_master)

    def _back_up_to(self, target: Path) -> None:
        if target.absolute() == self._path.absolute():
            raise UserError(f"„{target}“ ist die geöffnete Datei selbst. Bitte einen anderen Namen wählen.")

        def done(found: Proof) -> None:
            files = attachments.folder_for(target)
            more = f"; die Anlagen liegen daneben in „{files.name}“" if files.is_dir() else ""
            if found.soundness is not Soundness.WHOLE:
                more = f" – {found.soundness.word}: {found.problems[0]}"
            self._context.tell_saved(target.parent, f"Sicherung gespeichert: {target}{more}")
            self.backed_up.emit()

        self._context.do_later(
            "Sicherung",
            lambda progress: take_snapshot(self._path, target, progress),
            done,
            owner=self._window,
        )

    def _write_template(self, target: Path) -> None:
        from app.workflows.master_data.master_data import template  # the spreadsheet libraries load with it

        self._write("Vorlage", lambda: template(target))

    def _export_master(self, target: Path) -> None:
        from app.workflows.master_data.master_data import export

        self._write("Stammdaten", lambda: export(self._context.database, target))

    def _write(self, label: str, write: Callable[[], Path]) -> None:
        self._context.do_later(label, lambda _progress: write(), self._context.tell_saved, owner=self._window)
