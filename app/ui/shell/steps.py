"""The dialog "Verlauf": the last steps, from which she goes back to any of them, or forward again."""

from PySide6.QtWidgets import QWidget

from app.services import steps
from app.services.steps import StepRow
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button
from app.ui.undo_line import UndoLine


def _state(row: StepRow) -> Pill:
    if not row.holds:
        return Pill("zurückgenommen", Tone.NEUTRAL, "undo")
    return Pill("gilt", Tone.SUCCESS, "check") if row.steps else Pill("bleibt", Tone.INFO, "lock")


COLUMNS: tuple[Column[StepRow], ...] = (
    Column("day", "Tag", lambda row: row.at.date(), Kind.DATE),
    Column("time", "Zeit", lambda row: clock_time(row.at), width=64),
    Column("label", "Schritt", lambda row: row.label, width=300, stretch=True, strong=True),
    Column("state", "Stand", _state, Kind.PILL, width=160),
)


class StepsDialog(Dialog):
    """Takes back the chosen step with all after it, or does again all up to it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Verlauf",
            "Wird ein Schritt zurückgenommen, gehen alle späteren mit; danach lassen sie sich wiederholen.",
            size=(820, 560),
        )
        self._context = context.own(self)
        self.table: Table[StepRow] = Table(
            "steps",
            COLUMNS,
            title="Verlauf",
            empty=EmptyState(
                "history", "Noch nichts getan", hint="Hier steht jeder Schritt, der etwas ändert."
            ),
        )
        self.go = button("", self._go, role="primary")
        self.build(
            grow(self.table), UndoLine(context), foot=(self.close_button("Schließen"), STRETCH, self.go)
        )
        self.table.current_changed.connect(self._offer)
        self.table.opened.connect(lambda _row: self._go())
        self._context.outdated.connect(self.refresh)
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the steps again."""
        self.table.set_rows(self._context.ask(steps.rows))
        self.table.choose_first()
        self._offer(self.table.current())

    def _offer(self, row: StepRow | None) -> None:
        """The button says how many steps it takes."""
        way = "zurücknehmen" if row is None or row.holds else "wiederholen"
        many = row is not None and row.steps > 1
        self.go.setText(f"{row.steps} Schritte {way}" if many and row is not None else f"Schritt {way}")
        self.go.setEnabled(row is not None and row.steps > 0)

    def _go(self) -> None:
        row = self.table.current()
        if row is not None and row.steps:
            (self._context.undo if row.holds else self._context.redo)(row.id)
