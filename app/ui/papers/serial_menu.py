"""Printing for many, from any list of records: the button beside it and the entries of its context menu."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.context import Context
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.text import icon_button

if TYPE_CHECKING:
    from app.workflows.papers.serial_plan import SerialOrder


class SerialMenu:
    """Acts on the selected rows if there are several, else on all that are shown. `agreements`: rows are those."""

    def __init__(self, context: Context, table: Table, parent: QWidget, *, agreements: bool) -> None:
        self._context = context
        self._table = table
        self._parent = parent
        self._agreements = agreements
        self._last: SerialOrder | None = None  # so that a letter outlives a look at a record

    def button(self) -> QToolButton:
        """The small button beside the list."""
        return opens_menu(
            icon_button("mail", "Seriendruck und Etiketten"),
            [Entry(one.text, partial(self._call, one), one.icon) for one in self.actions()],
        )

    def actions(self) -> list[RowAction]:
        """For the context menu; there exactly the selected rows are meant."""
        series = "Seriendruck …" if self._agreements else "Brief an mehrere …"
        return [
            RowAction(series, self.print, "mail"),
            RowAction("Adressetiketten …", self.labels, "tag"),
        ]

    def print(self, rows: list) -> None:
        """The dialog of a series."""
        from app.ui.papers.serial_dialog import SerialDialog  # loads Qt's PDF module

        ids = tuple(row.id for row in rows)
        if not ids:
            return
        dialog = SerialDialog(self._context, ids, self._parent, agreements=self._agreements, order=self._last)

        def remember() -> None:
            self._last = dialog.form.order()

        dialog.finished.connect(remember)
        dialog.open()

    def labels(self, rows: list) -> None:
        """The dialog of address labels."""
        from app.ui.papers.labels_dialog import LabelsDialog

        ids = tuple(row.id for row in rows)
        if ids:
            LabelsDialog(self._context, ids, self._parent, agreements=self._agreements).open()

    def _call(self, action: RowAction) -> None:
        selected = self._table.selected()
        action.call(selected if len(selected) > 1 else self._table.shown_rows())
