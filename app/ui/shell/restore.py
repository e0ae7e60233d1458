"""Choosing a backup to go back to."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.copies.keeping import CopyKeeper
from app.ui.copies.rows import SnapshotRow, called_by_day, columns, snapshot_rows
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.questions import DATABASE, choose_file, confirm
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.text import button, label
from db.copies.proof import Soundness

LACKING = {
    Soundness.INCOMPLETE: " Es fehlen Anlagen darin; was die geöffnete Datei davon hat, bleibt.",
    Soundness.CHANGED: " Sie wurde verändert, nachdem sie gemacht war.",
}


class RestoreDialog(Dialog):
    """The snapshots, newest first, or a file of hers; asks once more, because undo cannot help here."""

    chosen = Signal(Path)
    compare_wanted = Signal(Path)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "Zu welchem Stand zurück?",
            "Der heutige Stand geht nicht verloren: Er bleibt als Sicherung mit „ersetzt“ im Namen. Fehlt nur "
            "Einzelnes, genügt „Vergleichen“: Von dort lässt sich jeder Eintrag für sich zurückholen.",
            size=(1180, 560),
        )
        self.setWindowTitle("Sicherung wiederherstellen")
        self._context = context
        self._database = context.database.path
        self._copies = context.shared(CopyKeeper)
        self.table: Table[SnapshotRow] = Table(
            "shell/restore", columns(), title="Sicherungen, die neueste zuerst", identity=lambda row: row.path
        )
        self.table.opened.connect(lambda row: self._ask(row.path, row))
        self.other = button("Andere Datei …", self._choose_other)
        self.compare = button("Vergleichen …", self._compare, icon="transfer")
        self.main = button("Wiederherstellen", self._ask_selected, role="primary")
        self.main.setDefault(True)
        none = label("Noch keine Sicherung. Die erste entsteht beim nächsten Start.", "muted")
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.refresh()
        found = bool(self.table.rows())
        self.main.setEnabled(found)
        self.compare.setEnabled(found)
        self.build(
            grow(self.table if found else none),
            foot=(self.other, self.compare, STRETCH, self.close_button(), self.main),
        )
        self.table.choose_first()
        self._copies.changed.connect(self.refresh)
        self._copies.prove_all()

    def refresh(self) -> None:
        """More is known of some."""
        self.table.set_rows(snapshot_rows(self._database, self._context.now()))

    def _ask_selected(self) -> None:
        for row in self.table.selected()[:1]:
            self._ask(row.path, row)

    def _compare(self) -> None:
        for row in self.table.selected()[:1]:
            self.compare_wanted.emit(row.path)

    def _choose_other(self) -> None:
        choose_file(self, "Sicherung wählen", DATABASE, self._ask)

    def _ask(self, snapshot: Path, row: SnapshotRow | None = None) -> None:
        which = called_by_day(self._database, snapshot)
        question = f"Soll „{self._database.name}“ durch die Sicherung {which} ersetzt werden?"
        if row is not None and row.proof is not None:
            question += LACKING.get(row.proof.soundness, "")
        confirm(self, question, "Ersetzen", lambda: self._agreed(snapshot))

    def _agreed(self, snapshot: Path) -> None:
        self.accept()
        self.chosen.emit(snapshot)
