"""The rules in a window of their own, for where she works with bookings."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.assignment.list import SENTENCE, RulesList
from app.ui.context import Context
from app.ui.kit.actions import key_text
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.widgets.text import button
from app.ui.undo_line import UndoLine


class RulesDialog(Dialog):
    """List, and below it what just happened with a way back."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        super().__init__(parent, "Zuordnungsregeln", SENTENCE, size=(1040, 620))
        context = context.own(self)
        self.rules = RulesList(context, year)
        self.line = UndoLine(context)
        self.add = button("Regel anlegen", self.rules.add, icon="plus", role="primary")
        self.add.setShortcut(QKeySequence("Ctrl+N"))
        self.add.setToolTip(f"Regel anlegen ({key_text('Ctrl+N')})")
        self.build(grow(self.rules), foot=(self.line, STRETCH, self.close_button("Schließen"), self.add))
        context.outdated.connect(self.rules.refresh)
        self.rules.setFocus()
