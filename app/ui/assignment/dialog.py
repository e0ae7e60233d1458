"""The rules in a window of their own, for where she works with bookings."""

from PySide6.QtWidgets import QWidget

from app.ui.assignment.list import SENTENCE, RulesList
from app.ui.context import Context
from app.ui.kit.actions import bind, with_keys
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
        self.add = button(
            "Regel anlegen", self.rules.add, icon="plus", tip=with_keys("Regel anlegen", "page.new")
        )
        bind(self, "page.new", self.rules.add)
        close = button("Schließen", self.accept, role="primary")
        self.build(grow(self.rules), foot=(self.line, STRETCH, self.add, close))
        context.outdated.connect(self.rules.refresh)
        self.rules.setFocus()
