"""The agreements that came into force today, each one click away."""

from PySide6.QtWidgets import QWidget

from app.services.agreements import signatures
from app.services.agreements.signatures import BegunRow
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.text import button


class BegunDialog(Dialog):
    """A list; what is opened from it closes it."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, "Heute in Kraft getreten", "Doppelklick öffnet.", size=(640, 420))
        self._context = context
        self.table: Table[BegunRow] = Table(
            "overview/begun",
            (
                Column("number", "Nummer", lambda row: row.number, strong=True, width=120),
                Column("title", "Titel", lambda row: row.title, stretch=True),
                Column("begin", "Beginn", lambda row: row.begin, Kind.DATE),
            ),
            title="Heute in Kraft getreten",
        )
        self.table.opened.connect(self._open)
        self.main = button("Öffnen", self._open_selected, role="primary")
        self.build(grow(self.table), foot=(STRETCH, self.close_button("Schließen"), self.main))
        self.table.set_rows(context.ask(signatures.begun_on, context.today()))
        self.table.choose_first()

    def _open_selected(self) -> None:
        for row in self.table.selected()[:1]:
            self._open(row)

    def _open(self, row: BegunRow) -> None:
        self.accept()
        self._context.open("agreements", row.id)
