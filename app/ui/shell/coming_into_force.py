"""What all have signed begins by itself when its day has come: done, said and shown."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from app.domain.dates import german
from app.services.agreements import signatures
from app.services.agreements.signatures import BegunRow
from app.ui.context import Context
from app.ui.kit.questions import confirm
from app.ui.kit.widgets.news import NewsLine
from app.ui.overview.begun import BegunDialog
from db.history import last_moment

LONG_AWAY_DAYS = 40
"""After so long without any work the clock is asked about, before it does what undo cannot take back."""
NAMED = 4


class ComingIntoForce(QObject):
    """Puts into force what was waiting for today."""

    def __init__(self, context: Context, news: NewsLine, window: QMainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._news = news
        self._window = window

    def begin(self) -> None:
        today = self._context.today()
        waiting = self._context.ask(signatures.waiting_rows, today)
        if not waiting:
            return
        last = self._context.ask(last_moment)
        if last is None or (today - last.date()).days <= LONG_AWAY_DAYS:
            self._put_into_force(waiting)
            return
        question = (
            f"Laut Uhr ist heute der {german(today)}, zuletzt wurde am {german(last.date())} gearbeitet. Stimmt das? "
            f"Dann treten in Kraft: {_named(waiting)}."
        )
        confirm(self._window, question, "Datum stimmt", partial(self._put_into_force, waiting))

    def _put_into_force(self, waiting: Sequence[BegunRow]) -> None:
        said = f"In Kraft getreten: {_named(waiting)}"
        with self._context.database.write(said, undoable=False) as session:
            signatures.begin(session, self._context.today())
        if len(waiting) == 1:
            self._news.tell(said, ("Öffnen", partial(self._context.open, "agreements", waiting[0].id)))
        else:
            self._news.tell(said, ("Liste zeigen", self._show))

    def _show(self) -> None:
        BegunDialog(self._context, self._window).open()


def _named(rows: Sequence[BegunRow]) -> str:
    """ "ZV-1, ZV-2 und 3 weitere" """
    more = len(rows) - NAMED
    return ", ".join(row.number for row in rows[:NAMED]) + (f" und {more} weitere" if more > 0 else "")
