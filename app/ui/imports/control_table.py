"""The control by order and month: what the file says, what the database holds, and which rows explain the rest."""

from PySide6.QtWidgets import QWidget

from app.domain.bookings import import_wording as words
from app.domain.bookings.bookings import Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_sums import Item, PlaceControl
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

_PILLS = {
    "stimmt": Pill("stimmt", Tone.SUCCESS, "success", 3),
    "erklärt": Pill("erklärt", Tone.WARNING, "info", 2),
    "ungeklärt": Pill("ungeklärt", Tone.DANGER, "stop", 1),
}
MANY = 8
"""From so many lines on it is worth asking for the differing ones only."""

_ITEMS: tuple[Column[Item], ...] = (
    Column("what", "Zeile oder Buchung", words.item_where, width=210, stretch=True),
    Column("why", "Grund", words.item_reason, width=190),
    Column("amount", "Im Bestand mehr", lambda item: item.amount_cents, Kind.AMOUNT, 122, strong=True),
)


class ControlTable(QWidget):
    """A line for each order and month; below it, for the chosen line, what its difference is made of."""

    def __init__(self) -> None:
        super().__init__()
        self._shape = Shape.POSTINGS
        self.sentence = label("", "muted", wrap=True, selectable=True)
        self.only = CheckBox("Nur Unterschiede zeigen")
        self.only.toggled.connect(self._filter)
        self.table: Table[PlaceControl] = Table(
            "imports/control",
            (
                Column("order", "Innenauftrag", words.place_name, width=100, stretch=True, strong=True),
                Column("month", "Monat", self._month, width=82,
                       sort=lambda one: one.place.month.toordinal() if one.place.month else None),
                Column("rows", "Zeilen", lambda one: one.rows, Kind.NUMBER, 64, hidden=True),
                Column("file", "Datei", lambda one: one.file_cents, Kind.AMOUNT, 96),
                Column("database", "Bestand", lambda one: one.database_cents, Kind.AMOUNT, 98),
                Column("difference", "Differenz", lambda one: one.difference_cents or None, Kind.AMOUNT, 88),
                Column("state", "Stand", lambda one: _PILLS[words.place_state(one)], Kind.PILL, 114),
            ),
            title="Kontrolle nach Auftrag und Monat",
            identity=lambda one: one.place,
            empty=EmptyState("success", "Nichts zu vergleichen"),
        )  # fmt: skip
        self.table.filter_reset_requested.connect(lambda: self.only.setChecked(False))
        self.table.current_changed.connect(self._show_items)
        self.items: Table[Item] = Table(
            "imports/control/items", _ITEMS, title="Was den Unterschied ausmacht", identity=id
        )
        self.items.setMinimumHeight(112)
        self._items_title = label("", "strong", wrap=True)
        column(
            self.sentence,
            row(self.only, STRETCH, self.table.tools),
            grow(self.table, 3),
            self._items_title,
            grow(self.items, 2),
            on=self,
            spacing=8,
        )
        self._show_items(None)

    def show_control(self, control: ImportControl, shape: Shape, *, after: bool) -> None:
        """Show these lines, the differing ones first in sight; `after`: the import is written."""
        self._shape = shape
        self.sentence.setText(words.places_sentence(control, after=after))
        differing = control.differing
        self.only.setVisible(bool(differing) and len(control.places) > MANY)
        self.only.setChecked(self.only.isVisibleTo(self))
        self.table.set_rows(control.places)
        self._filter(self.only.isChecked())
        first = next(iter(control.unexplained or differing), None)
        if first is not None:
            self.table.select(first.place)
        self._show_items(first)

    def _month(self, one: PlaceControl) -> str:
        return words.month_words(one.place.month, self._shape)

    def _filter(self, only: bool) -> None:
        self.table.set_predicate((lambda one: bool(one.difference_cents)) if only else None)

    def _show_items(self, one: PlaceControl | None) -> None:
        items = one.items if one is not None else ()
        self.items.set_rows(items)
        self.items.setVisible(bool(items))
        self._items_title.setVisible(bool(items))
        if one is not None and items:
            self._items_title.setText(
                f"{words.place_name(one)}, {self._month(one)}: was den Unterschied ausmacht"
            )
