"""The card "Kontrolle" of the last step: worked out before writing, read from the report afterwards."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.bookings import import_wording as words
from app.domain.bookings.bookings import Shape
from app.domain.bookings.import_control import ImportControl
from app.services.bookings import import_reports
from app.ui.context import Context
from app.ui.imports.control_table import ControlTable
from app.ui.imports.report_dialog import open_batch_report, total_tone
from app.ui.kit.layout import column
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.note import Note
from app.workflows.bookings.import_report import Examined


class ControlPanel(QWidget):
    """The file's total in a sentence, below it orders and months. Hidden until there is something to show."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited: Examined | None = None
        self.report: Callable[[], object] = lambda: None
        self.total = Note(action="Bericht öffnen", clicked=lambda: self.report())
        self.places = ControlTable()
        self.card = Card("Kontrolle", margin=16, spacing=10)
        self.card.add(self.total)
        self.card.add(self.places, 1)
        column(self.card, on=self)
        self.hide()

    def clear(self) -> None:
        """Nothing is shown, and what is still worked out is not waited for."""
        self._awaited = None
        self.hide()

    def forecast(self, context: Context, examined: Examined) -> None:
        """Work out beside the window what the database will hold, then show it."""
        self._awaited = examined
        context.do_later(
            "Kontrolle wird gerechnet",
            lambda _progress: examined.forecast(),
            lambda control: self._have_forecast(examined, control),
            owner=self,
        )

    def show_batch(self, context: Context, batch_id: int) -> None:
        """What was found in the database when this delivery was written."""
        report = context.ask(import_reports.load, batch_id)
        self._show(report.control, report.file.shape, after=True)
        self.report = partial(open_batch_report, context, self.window(), batch_id)
        self.total.action.show()

    def _have_forecast(self, examined: Examined, control: ImportControl) -> None:
        if self._awaited is examined:
            self._show(control, examined.file.shape, after=False)

    def _show(self, control: ImportControl, shape: Shape, *, after: bool) -> None:
        self._awaited = None
        self.total.action.hide()
        self.total.say(words.total_sentence(control.total), total_tone(control.total))
        self.places.show_control(control, shape, after=after)
        self.show()
