"""Says that a file came before, as soon as it is read."""

from app.ui.context import Context
from app.ui.imports.report_dialog import open_batch_report
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.workflows.bookings.earlier_deliveries import Earlier, earlier_delivery
from app.workflows.bookings.import_bookings import OpenedFile


class EarlierNote(Note):
    """Hidden unless the file, or one of its name, is in the list of deliveries."""

    def __init__(self, context: Context) -> None:
        super().__init__(action="Bericht öffnen", clicked=self._open)
        self._context = context
        self._earlier: Earlier | None = None
        self.hide()

    def look_for(self, opened: OpenedFile) -> None:
        """Look whether this file came before, and say it if so."""
        self._earlier = earlier_delivery(self._context.database, opened)
        if self._earlier is not None:
            self.set_tone(Tone.WARNING if self._earlier.same else Tone.INFO)
            self.set_text(self._earlier.sentence)
        self.show_if(True)

    def show_if(self, reading: bool) -> None:
        """Only while a file is read and checked, and only if there is something to say."""
        self.setVisible(reading and self._earlier is not None)

    def _open(self) -> None:
        if self._earlier is not None:
            open_batch_report(self._context, self.window(), self._earlier.batch.id)
