"""The left side of the step "Spalten": chooses what each column means and how its cells are read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import (
    AmountSign,
    DateOrder,
    DebitCredit,
    HeaderLines,
    ReadSettings,
    Unit,
)
from app.domain.terms import Worded
from app.sheets.bookings.columns import Columns
from app.sheets.reading.cells import Row, Sheet
from app.sheets.reading.shown import shown
from app.ui.kit.editors import ChoiceEditor, WholeEditor, words_of
from app.ui.kit.form import Field as FormField
from app.ui.kit.layout import STRETCH, grow, row
from app.ui.kit.plain import plain
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.text import label, rule

_FIELDS = [(of, of.word) for of in BookingField]
NEEDED = {BookingField.DAY, BookingField.AMOUNT}
_ABOVE = (BookingField.DAY, BookingField.AMOUNT, BookingField.DEBIT_CREDIT)
_NONE = "keine Spalte"
_SAMPLE_LENGTH, _TITLE_LENGTH = 24, 70
_SAMPLES_WITHIN = 50  # rows below the header in which a filled cell is looked for


class ColumnMeanings(Pane):
    """`changed` with every choice; `columns()` and `settings()` are what was chosen.

    `headers_changed` when header row or its number of lines were changed here: the choices are others then.
    """

    changed = Signal()
    headers_changed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=14, spacing=10)
        self.fields = {
            of: FormField(of.value, title, ChoiceEditor(empty=_NONE, narrow=True), required=of in NEEDED)
            for of, title in _FIELDS
        }
        self.date_order = _choice("date_order", "Reihenfolge", DateOrder)
        self.unit = _choice("unit", "Einheit", Unit)
        self.debit_credit = _choice("debit_credit", "Wirkung von H", DebitCredit)
        self.sign = _choice("sign", "Ausgaben sind", AmountSign)
        self.header_row = FormField("header_row", "Kopfzeile", _row_number("selbst finden"))
        self.header_lines = _choice("header_lines", "Sie umfasst", HeaderLines)
        self.last_row = FormField("last_row", "Letzte Zeile", _row_number("bis zum Ende"))
        at_once = (self.date_order, self.unit, self.debit_credit, self.sign, self.last_row)
        self._settings = (*at_once, self.header_row, self.header_lines)
        self.placed: list[FormField] = []  # as the eye goes
        self._lay_out()
        for field in (*self.fields.values(), *at_once):
            field.editor.changed.connect(self.changed)
        self.header_lines.editor.changed.connect(self.headers_changed)
        self.header_row.editor.finished.connect(self.headers_changed)  # not while a number is half-typed

    def _lay_out(self) -> None:
        self.add(label("Spalten und Lesart", "section"))
        self._row(self.fields[BookingField.DAY], self.date_order)
        self._row(self.fields[BookingField.AMOUNT], full_width=True)
        self._row(self.unit, self.sign)
        self._row(self.fields[BookingField.DEBIT_CREDIT], self.debit_credit)
        self._row(self.header_row, self.header_lines)
        self._row(self.last_row)
        self.add(rule())
        self.add(label("Weitere Spalten", "section"))
        rest = [field for of, field in self.fields.items() if of not in _ABOVE]
        for place in range(0, len(rest), 2):
            self._row(*rest[place : place + 2])

    def _row(self, *fields: FormField, full_width: bool = False) -> None:
        self.placed += fields
        half = len(fields) == 1 and not full_width
        self.column.addLayout(row(*map(grow, fields), STRETCH if half else None, spacing=12))

    # --- what is chosen ----------------------------------------------------------------------------------------

    def columns(self) -> dict[BookingField, str]:
        """Field -> title of its column; empty text where the file has no such column."""
        return {of: field.editor.value() or "" for of, field in self.fields.items()}

    def settings(self) -> ReadSettings:
        """How the cells are read; a row number that cannot be read counts as none."""
        chosen = ReadSettings(**{field.name: _readable(field) for field in self._settings})
        return replace(chosen, header_row=None) if chosen.header_lines is HeaderLines.NONE else chosen

    def show_settings(self, settings: ReadSettings) -> None:
        """Show how the file is read."""
        for field in self._settings:
            field.editor.set_value(getattr(settings, field.name))
            field.set_problem("")
        self.header_row.editor.set_read_only(settings.header_lines is HeaderLines.NONE)

    def show_columns(self, columns: Columns, sheet: Sheet) -> None:
        """Offer the columns of a header, with those chosen that were found."""
        titles = columns.titles
        options = [(title, _shortened(title, _TITLE_LENGTH)) for title in titles]
        for of, field in self.fields.items():
            editor = field.editor
            assert isinstance(editor, ChoiceEditor)
            editor.set_value(None)
            editor.set_options(options)
            index = columns.index.get(of)
            editor.set_value(titles[index] if index is not None else None)
        self.show_samples(columns, sheet)

    def show_samples(self, columns: Columns, sheet: Sheet) -> None:
        """Below each choice the first cell that is filled in its column."""
        places = {title: index for index, title in enumerate(columns.titles)}
        below = sheet.rows[columns.header_row + 1 : columns.header_row + 1 + _SAMPLES_WITHIN]
        for field in self.fields.values():
            title = field.editor.value()
            sample = _first_filled(below, places[title]) if title in places else ""
            field.set_hint(_shortened(sample, _SAMPLE_LENGTH))
            field.editor.setToolTip(plain(title or ""))

    def show_unit(self, unit: Unit | None) -> None:
        """What the file says that amounts count, where she leaves that to it."""
        automatic = self.unit.editor.value() is Unit.AUTOMATIC
        self.unit.set_hint(f"erkannt: {unit.word}" if unit is not None and automatic else "")

    def meanings(self, columns: Columns) -> Mapping[int, str]:
        """Column index -> what is read from it, as its title says."""
        places = {title: index for index, title in enumerate(columns.titles)}
        return {places[title]: of.word for of, title in self.columns().items() if title and title in places}


def _choice(name: str, title: str, enum: type[Worded]) -> FormField:
    """A choice that is named as in ReadSettings; the first member is what is usual."""
    editor = ChoiceEditor(words_of(enum), narrow=True)
    editor.set_value(next(iter(enum)))
    return FormField(name, title, editor)


def _row_number(empty: str) -> WholeEditor:
    return WholeEditor(least=1, most=1_048_576, placeholder=empty)


def _readable(field: FormField) -> Any:
    try:
        return field.editor.value()
    except ValueError:
        return None  # half-typed; the field says so itself when it is left


def _first_filled(rows: list[Row], index: int) -> str:
    texts = (shown(row[index]) for row in rows if index < len(row))
    return next((text for text in texts if text.strip()), "")


def _shortened(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
