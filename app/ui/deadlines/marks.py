"""The dialog with the deadlines that are done or put off, to look up and to take up again."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.deadlines.deadlines import MarkedDeadline
from app.ui.deadlines.due import key_of
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button


def _state(mark: MarkedDeadline) -> Pill:
    if mark.until is None:
        return Pill("erledigt", Tone.SUCCESS, "check")
    return Pill(f"zurückgestellt bis {german(mark.until)}", Tone.INFO, "snooze")


COLUMNS: tuple[Column[MarkedDeadline], ...] = (
    Column("day", "Datum", lambda mark: mark.deadline.day, Kind.DATE),
    Column("title", "Was", lambda mark: mark.deadline.title, stretch=True, width=220, strong=True),
    Column("who", "Wer", lambda mark: mark.deadline.who, width=150),
    Column("state", "Vermerk", _state, Kind.PILL, width=190),
    Column("reason", "Grund", lambda mark: mark.reason, width=180),
)


class MarksDialog(Dialog):
    """The list; `take_up(marks)` forgets what was noted on them, `read()` gives the marks that are left."""

    def __init__(
        self,
        read: Callable[[], Sequence[MarkedDeadline]],
        take_up: Callable[[Sequence[MarkedDeadline]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(
            parent,
            "Erledigt und zurückgestellt",
            "Fristen, die die Übersicht nicht mehr zeigt, mit dem, was dazu vermerkt ist.",
            size=(860, 520),
        )
        self._read = read
        self._take_up = take_up
        self.table: Table[MarkedDeadline] = Table(
            "overview-marks",
            COLUMNS,
            title="Erledigt und zurückgestellt",
            identity=lambda mark: key_of(mark.deadline),
            empty=EmptyState("snooze", "Nichts erledigt und nichts zurückgestellt"),
        )
        again = RowAction("Wieder aufnehmen", self._take_up_all, "undo")
        self.table.set_actions([again])
        self._again = self.table.action_button(again)
        self.table.remove_requested.connect(self._take_up_all)
        close = button("Schließen", self.accept, role="primary")
        self.build(grow(self.table), foot=(self._again, STRETCH, close))
        self._show()

    def _show(self) -> None:
        self.table.set_rows(list(self._read()))

    def _take_up_all(self, marks: Sequence[MarkedDeadline]) -> None:
        self._take_up(marks)
        self._show()
