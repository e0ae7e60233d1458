"""What was saved of a damaged file: the report, and what to do with the new file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.outside import show_folder
from app.ui.kit.widgets.text import button
from db.damage.rescued import Rescued


class RescuedDialog(Dialog):
    """Reads like a letter: how much is saved, what is lost, what to do next."""

    taken = Signal()  # she goes on with the new file

    def __init__(self, found: Rescued, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Gerettet", found.headline, size=(760, 620))
        self.setWindowTitle("Aus der beschädigten Datei gerettet")
        self.found = found
        self.text = QPlainTextEdit(found.report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Bericht")
        self.folder = button("Im Ordner zeigen", lambda: show_folder(found.target.parent), icon="folder")
        self.main = button("Damit weiterarbeiten", self._take, role="primary")
        self.main.setDefault(True)
        self.build(grow(self.text), foot=(self.folder, STRETCH, self.close_button("Zurück"), self.main))

    def _take(self) -> None:
        self.accept()
        self.taken.emit()
