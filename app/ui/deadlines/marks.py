"""What was noted on deadlines: done or put off, to look up and to take up again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services.deadlines.deadlines import MarkedDeadline
from app.ui.deadlines.due import key_of
from app.ui.kit.table import Column, Kind, Pill, Table
from app.ui.kit.table.table import RowAction
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button, label


def _state(mark: MarkedDeadline) -> Pill:
    if mark.until is None:
        return Pill("erledigt", Tone.SUCCESS, "check")
    return Pill(f"bis {german(mark.until)}", Tone.INFO, "snooze")


COLUMNS: tuple[Column[MarkedDeadline], ...] = (
    Column("day", "Datum", lambda mark: mark.deadline.day, Kind.DATE),
    Column("title", "Was", lambda mark: mark.deadline.title, stretch=True, width=220, strong=True),
    Column("who", "Wer", lambda mark: mark.deadline.who, width=150),
    Column("state", "Vermerk", _state, Kind.PILL, width=150),
    Column("reason", "Grund", lambda mark: mark.reason, width=180),
)


class MarksDialog(QDialog):
    """The list; `take_up(mark)` forgets a mark, `read()` gives the marks that are left."""

    def __init__(
        self,
        read: Callable[[], Sequence[MarkedDeadline]],
        take_up: Callable[[MarkedDeadline], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._take_up = take_up
        self.setWindowTitle("Erledigt und zurückgestellt")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._again = button("Wieder aufnehmen", self._take_up_selected, icon="undo")
        self.table: Table[MarkedDeadline] = Table(
            "overview-marks",
            COLUMNS,
            title="Erledigt und zurückgestellt",
            identity=lambda mark: key_of(mark.deadline),
            empty=EmptyState("snooze", "Nichts erledigt und nichts zurückgestellt"),
        )
        self.table.set_actions([RowAction("Wieder aufnehmen", self._take_up_all, "undo")])
        self.table.remove_requested.connect(self._take_up_all)
        self.table.selection_changed.connect(lambda rows: self._again.setEnabled(bool(rows)))
        foot = QHBoxLayout()
        foot.addWidget(self._again)
        foot.addStretch(1)
        foot.addWidget(button("Schließen", self.accept, role="primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Erledigt und zurückgestellt", "title"))
        layout.addWidget(
            label("Fristen der nächsten zwölf Monate, die die Übersicht nicht mehr zeigt.", "muted")
        )
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(QSize(860, 520).boundedTo(self.screen().availableSize() * 0.9))
        self._show()

    def _show(self) -> None:
        self.table.set_rows(list(self._read()))
        self._again.setEnabled(bool(self.table.selected()))

    def _take_up_selected(self) -> None:
        self._take_up_all(self.table.selected())

    def _take_up_all(self, marks: Sequence[MarkedDeadline]) -> None:
        for mark in marks:
            self._take_up(mark)
        self._show()
