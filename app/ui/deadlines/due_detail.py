"""What stands below the columns about the chosen deadline: its rule, where it comes from, and what can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt

from app.ui.deadlines.due import DueAction, DueRow, dates_beside
from app.ui.kit.layout import STRETCH, aligned, column, grow, row
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.text import button, label, say

MARGIN, TEXT_GAP = 12, 3
NOTHING = "Eine Frist wählen: Hier steht, woher sie kommt und was zu tun ist."
BUTTONS = (
    (DueAction.OPEN, "Öffnen", "Öffnen (Eingabetaste)"),
    (DueAction.ERASE, "Löschen …", "Löschen … (Entf)"),
    (DueAction.DONE, "Erledigt", "Erledigt (Taste E)"),
    (DueAction.SNOOZE, "Zurückstellen …", "Zurückstellen … (Taste Z)"),
    (DueAction.SHEET, "Bogen drucken …", "Alle Ziele mit Stand und Platz für Notizen"),
)


class DueDetail(Card):
    """One for all columns, made once: what it shows changes, its widgets stay. `act` gets what to do, and the row."""

    def __init__(self, act: Callable[[DueAction, DueRow], None]) -> None:
        super().__init__(margin=MARGIN, spacing=0)
        self._act = act
        self.due: DueRow | None = None
        self.title = label("", "strong", wrap=True)
        self.rule = label(NOTHING, wrap=True, selectable=True)
        self.source = label("", "caption", wrap=True, selectable=True)
        self.buttons = {
            action: button(words, partial(self._do, action), tip=tip) for action, words, tip in BUTTONS
        }
        said = column(self.title, self.rule, self.source, STRETCH, spacing=TEXT_GAP)
        top = Qt.AlignmentFlag.AlignTop
        actions = row(*(aligned(one, top) for one in self.buttons.values()), spacing=6)
        self.column.addLayout(row(grow(said), actions, spacing=16))
        self.show_due(None)

    def show_due(self, due: DueRow | None, *, whole_title: bool = False) -> None:
        """Another deadline, or none. `whole_title`: its row has no room for the title, so it is read here."""
        self.due = due
        say(self.title, due.deadline.title if due is not None and whole_title else "")
        self.rule.setText(NOTHING if due is None else " ".join((due.deadline.rule, *dates_beside(due))))
        source = "" if due is None else due.deadline.source
        say(self.source, f"Quelle: {source}" if source else "")
        self.setAccessibleName("" if due is None else due.spoken)
        for action, one in self.buttons.items():
            one.setVisible(due is not None and due.allows(action))

    def minimumSizeHint(self) -> QSize:
        """Room for three lines, whatever is chosen: the lists above do not jump from one deadline to the next."""
        lines = 3 * self.fontMetrics().lineSpacing() + 2 * TEXT_GAP
        return super().minimumSizeHint().expandedTo(QSize(0, lines + 2 * MARGIN))

    def _do(self, action: DueAction) -> None:
        if self.due is not None:
            self._act(action, self.due)
