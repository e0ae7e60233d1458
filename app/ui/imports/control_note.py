"""The note with which the step "Prüfen" says whether the sums agree, and leads to the whole control."""

from collections.abc import Callable

from app.domain.bookings import import_wording as words
from app.domain.bookings.import_report import ImportOutcome, ImportReport
from app.domain.bookings.import_total import TotalControl
from app.ui.context import Context
from app.ui.imports.report_dialog import ImportReportDialog, total_tone
from app.ui.kit.timers import later
from app.ui.kit.widgets.note import Note
from app.workflows.bookings.import_report import Examined
from app.workflows.bookings.save_import_report import report_before

_PAUSE = 200
"""Milliseconds without a decision before a difference is explained; the sums themselves are said at once."""

Examine = Callable[[], Examined]
"""Makes what the control is about from the decisions so far; takes its time with many rows."""


class ControlNote(Note):
    """The file's own total against its rows; its action shows the report as it would be."""

    def __init__(self, context: Context) -> None:
        super().__init__(action="Kontrolle und Bericht …", clicked=self.open_report)
        self._context = context
        self._examine: Examine | None = None
        self._explain = later(self, self._show_explained, _PAUSE)

    def show_sums(self, sum_cents: int, total_cents: int | None, examine: Examine) -> None:
        """Say both sums, in cents, and soon afterwards which rows make the difference."""
        self._examine = examine
        total = TotalControl(total_cents, sum_cents, 0, (), None)
        self.say(words.sums_sentence(total), total_tone(total))
        if total.difference_cents:
            self._explain.start()
        else:
            self._explain.stop()

    def open_report(self) -> None:
        """Work out all of the control beside the window, then show it."""
        if self._examine is not None:
            examined, database = self._examine(), self._context.database
            self._context.do_later(
                "Kontrolle wird gerechnet",
                lambda _progress: report_before(database, examined, ImportOutcome.CHECKED),
                self._show,
                owner=self,
            )

    def _show_explained(self) -> None:
        if self._examine is not None:
            self.set_text(words.total_sentence(self._examine().total()))

    def _show(self, report: ImportReport) -> None:
        ImportReportDialog(self._context, report, lambda: report, self.window()).open()
