"""The rules in a window of their own, for where she works with bookings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.assignment.list import SENTENCE, RulesList
from app.ui.context import Context
from app.ui.kit.actions import key_text
from app.ui.kit.widgets.text import button, label
from db.database import Changed


class RulesDialog(QDialog):
    """List, and below it what just happened with a way back: the window's own line is out of reach meanwhile."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        super().__init__(parent)
        context = context.own(self)
        self.setWindowTitle("Zuordnungsregeln")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rules = RulesList(context, year)
        self.said = label("", "muted")
        self.undo = button("Rückgängig", context.undo, role="link")
        self.undo.hide()
        self.add = button("Regel anlegen", self.rules.add, icon="plus", role="primary")
        self.add.setShortcut(QKeySequence("Ctrl+N"))
        self.add.setToolTip(f"Regel anlegen ({key_text('Ctrl+N')})")
        QShortcut(QKeySequence("Ctrl+Z"), self, context.undo)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(button("Schließen", self.reject))
        foot.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Zuordnungsregeln", "title"))
        layout.addWidget(label(SENTENCE, "muted", wrap=True))
        layout.addWidget(self.rules, 1)
        layout.addLayout(foot)
        context.outdated.connect(self.rules.refresh)
        context.changed.connect(self._hear)
        context.said.connect(self._say)
        self.resize(1040, 620)
        self.rules.setFocus()

    def _hear(self, changed: Changed) -> None:
        self.said.setText(changed.label)
        self.undo.setVisible(not changed.label.startswith("Rückgängig"))

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.undo.hide()
