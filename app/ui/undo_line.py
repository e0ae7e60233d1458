"""The line of a dialog that says what was just done and takes it back: the window's own is out of reach meanwhile."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.layout import row
from app.ui.kit.widgets.text import button, label
from db.database import Changed


class UndoLine(QWidget):
    """For the foot of a dialog whose commands are done at once. Ctrl+Z takes back the last one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.said = label("", "muted")
        self.undo = button("Rückgängig", context.undo, role="link")
        row(self.said, self.undo, on=self)
        self.undo.hide()
        QShortcut(QKeySequence("Ctrl+Z"), self, context.undo)
        context.changed.connect(self._hear)
        context.said.connect(self._say)

    def _hear(self, changed: Changed) -> None:
        self.said.setText(changed.label)
        self.undo.setVisible(not changed.label.startswith("Rückgängig"))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.undo.hide()
