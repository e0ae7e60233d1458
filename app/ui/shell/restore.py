"""Choosing a backup to go back to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.dates import german
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.plain import plain
from app.ui.kit.questions import DATABASE, choose_file, confirm
from app.ui.kit.texts import clock_time
from app.ui.kit.widgets.text import button, label
from db.copies.snapshots import Snapshot


class RestoreDialog(Dialog):
    """The daily snapshots, newest first, or a file of hers; asks once more, because undo cannot help here."""

    chosen = Signal(Path)

    def __init__(self, database: Path, found: Sequence[Snapshot], parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "Zu welchem Stand zurück?",
            "Der heutige Stand geht nicht verloren: Er bleibt als Datei daneben liegen, mit „ersetzt“ im Namen.",
            size=(520, 420),
        )
        self.setWindowTitle("Sicherung wiederherstellen")
        self._database = database
        self.list = QListWidget()
        self.list.setAccessibleName("Sicherungen, die neueste zuerst")
        for snapshot in found:
            self.list.addItem(_item(snapshot))
        if found:
            self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self._ask_selected())
        self.other = button("Andere Datei …", self._choose_other)
        self.main = button("Wiederherstellen", self._ask_selected, role="primary")
        self.main.setDefault(True)
        self.main.setEnabled(bool(found))
        none = label("Noch keine tägliche Sicherung. Die erste entsteht beim nächsten Start.", "muted")
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.build(
            grow(self.list if found else none),
            foot=(self.other, STRETCH, self.close_button(), self.main),
        )

    def _ask_selected(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._ask(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _choose_other(self) -> None:
        choose_file(self, "Sicherung wählen", DATABASE, self._ask)

    def _ask(self, snapshot: Path) -> None:
        question = f"Soll „{self._database.name}“ durch die Sicherung „{snapshot.name}“ ersetzt werden?"
        confirm(self, question, "Ersetzen", lambda: self._agreed(snapshot))

    def _agreed(self, snapshot: Path) -> None:
        self.accept()
        self.chosen.emit(snapshot)


def _item(snapshot: Snapshot) -> QListWidgetItem:
    size = snapshot.path.stat().st_size / 1_000_000
    size_text = f"{size:.1f} MB".replace(".", ",")
    when = f"{german(snapshot.taken_at.date())}, {clock_time(snapshot.taken_at)} Uhr"
    item = QListWidgetItem(f"{when}   ·   {size_text}")
    item.setData(Qt.ItemDataRole.UserRole, str(snapshot.path))
    item.setToolTip(plain(str(snapshot.path)))
    return item
