"""The dialog for a file that others have replaced, deleted or overwritten while it was open."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.file_names import STAMP
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow, row
from app.ui.kit.questions import DATABASE, choose_target, confirm
from app.ui.kit.widgets.text import button, label
from app.ui.shell.differences import DifferencesDialog
from db.comparing import RecordDifference, compare
from db.file.kept import SENTENCES, Meddling, Parted

OWN, THEIRS = "meiner Arbeit", "der Datei am Ort"


class PartedDialog(Dialog):
    """Three ways on: her work as a second file, what differs, the file that is there now."""

    rescued = Signal(Path)  # the second file, written
    reopen_wanted = Signal()

    def __init__(self, context: Context, error: Parted, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "Die Datei ist nicht mehr die, die geöffnet wurde",
            SENTENCES[error.meddling].format(path=error.path),
            size=(680, 300),
        )
        self._context, self._path = context, error.path
        there = error.meddling is not Meddling.GONE
        about = label(
            "Seitdem wird nichts mehr in sie geschrieben. Alles, was hier gespeichert wurde, ist noch da: Es lässt "
            "sich als zweite Datei sichern und dort weiterführen. Was in einem offenen Formular steht, ist noch nicht "
            "gespeichert; „Später“ führt dorthin zurück, damit es sich abschreiben lässt.",
            wrap=True,
        )
        self.save = button("Als zweite Datei sichern …", self._choose, role="primary", icon="save")
        self.compare = button("Vergleichen …", self._compare)
        self.other = button("Die Datei am Ort öffnen", self._ask_other)
        for one in (self.compare, self.other):
            one.setEnabled(there)
        self.save.setDefault(True)
        self.build(
            grow(about),
            row(self.compare, self.other, STRETCH),
            foot=(self.close_button("Später"), STRETCH, self.save),
        )

    def _choose(self) -> None:
        name = f"{self._path.stem}_eigene_{datetime.now().strftime(STAMP)}{self._path.suffix}"
        proposed = str(self._path.with_name(name))
        choose_target(self, "Zweite Datei", DATABASE, proposed, self._save, may_replace=False)

    def _save(self, target: Path) -> None:
        def done(_: None) -> None:
            self.accept()
            self.rescued.emit(target)

        self._context.do_later(
            "Zweite Datei", lambda _progress: self._context.database.rescue(target), done, owner=self
        )

    def _compare(self) -> None:
        def work() -> list[RecordDifference]:
            folder = Path(tempfile.mkdtemp(prefix="quartiersbuero-"))
            try:
                own = folder / self._path.name
                self._context.database.rescue(own, with_attachments=False)
                return compare(own, self._path)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

        self._context.do_later(
            "Vergleich",
            lambda _progress: work(),
            lambda found: DifferencesDialog(found, OWN, THEIRS, self).open(),
            owner=self,
        )

    def _ask_other(self) -> None:
        confirm(
            self,
            f"Soll „{self._path.name}“ so geöffnet werden, wie sie jetzt ist? Was hier gespeichert wurde und nicht in "
            "ihr steht, geht dann verloren, wenn es nicht vorher als zweite Datei gesichert wird.",
            "Öffnen",
            self._reopen,
        )

    def _reopen(self) -> None:
        self.accept()
        self.reopen_wanted.emit()
