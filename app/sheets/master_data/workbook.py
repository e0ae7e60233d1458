"""Writes the master data workbook: the empty template and the export of all records."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.master_data.sheets import (
    BUILDING_BLOCK,
    CITY_PART,
    GUIDE_SHEET,
    SEPARATOR,
    SHEETS,
    CellKind,
    MasterColumn,
    MasterSheet,
)
from app.domain.terms import words
from app.services.master_data.master import MasterRecords, StoredRecord
from app.sheets.list_writer import HEAD, HEAD_HEIGHT, LOOK, TITLE, WRAPPED, ListBook, finish_list, print_on_a4
from app.sheets.master_data.values import cell_of
from app.sheets.reading.cells import Cell

ROWS_WITH_LISTS = 2000
"""How far down cells offer their lists of words."""

_QUIET_HEAD = {**HEAD, "font_color": "#131525", "bg_color": "#E5EBF7"}
_FORMATS = {CellKind.DATE: "dd.mm.yyyy", CellKind.AMOUNT: "#,##0.00", CellKind.WHOLE: "0"}
_AS_TEXT = (CellKind.CODE, CellKind.LINK, CellKind.LINKS)
_GUIDE = (
    "Jedes Blatt ist eine Liste, die erste Zeile enthält die Überschriften. Blätter und Spalten, die nicht gebraucht "
    "werden, dürfen fehlen.",
    "Dunkle Überschriften sind Pflichtangaben. An den Schlüsseln erkennt das Programm einen Eintrag wieder: "
    "Vorhandenes wird geändert, nie verdoppelt.",
    "Eine leere Zelle leert das Feld, eine fehlende Spalte lässt es, wie es ist. Gelöscht wird beim Übernehmen nichts.",
    "Verweise nennen das Kürzel oder die Nummer des anderen Eintrags; er darf neu in derselben Datei stehen.",
    f"Mehrere Angaben in einer Zelle werden mit „{SEPARATOR}“ getrennt. Beträge und Daten sind in jeder üblichen "
    "Schreibweise recht.",
    "Vor dem Übernehmen zeigt das Programm, was neu ist, was sich ändert und was es ablehnt – mit Grund.",
)


def build_workbook(state: MasterRecords) -> bytes:
    """The workbook of a state; an empty state gives the template, with the guide in front."""
    with ListBook(LOOK, "Stammdaten") as book:
        _Book(book, state).write()
    return book.content


class _Book:
    """One workbook while it is written."""

    def __init__(self, book: ListBook, state: MasterRecords) -> None:
        self._book = book
        self._state = state
        self._lists: dict[str, str] = {}
        self._must, self._may = book.format(HEAD), book.format(_QUIET_HEAD)
        self._wrapped = book.format(WRAPPED)
        self._bodies = {kind: self._body(kind) for kind in CellKind}

    def write(self) -> None:
        in_front = not self._state.records
        book = self._book.book
        guide = book.add_worksheet(GUIDE_SHEET) if in_front else None
        sheets = [book.add_worksheet(sheet.name) for sheet in SHEETS]
        guide = guide or book.add_worksheet(GUIDE_SHEET)
        self._write_guide(guide)
        for sheet, page in zip(SHEETS, sheets, strict=True):
            self._write_sheet(page, sheet, self._state.records.get(sheet.name, []))
        (guide if in_front else sheets[0]).activate()

    def _body(self, kind: CellKind) -> Format:
        number_format = "@" if kind in _AS_TEXT else _FORMATS.get(kind, "General")
        return self._book.format({"num_format": number_format, "valign": "top"})

    def _write_sheet(self, page: Worksheet, sheet: MasterSheet, records: Sequence[StoredRecord]) -> None:
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width, self._bodies[column.kind])
            page.write_string(0, place, column.name, self._must if column.required else self._may)
            if note := _note(column):
                page.write_comment(
                    0, place, note, {"author": "Quartiersbüro", "x_scale": 1.6, "y_scale": 0.8}
                )
            self._offer(page, place, column)
            for row, stored in enumerate(records, 1):
                cell = cell_of(column, stored.values[column.name])
                _put(page, row, place, cell, self._bodies[column.kind])
        page.set_row(0, HEAD_HEIGHT)
        finish_list(page, len(sheet.columns), len(records), frozen_columns=1)

    def _offer(self, page: Worksheet, place: int, column: MasterColumn) -> None:
        """A list to choose from, where the words are closed or a catalogue names them."""
        if column.choices:
            source: list[str] | str | None = words(column.choices)
        elif column.kind is CellKind.YES_NO:
            source = ["ja", "nein"]
        else:
            source = self._lists.get(column.target) if column.kind is CellKind.LINK else None
        if source is None:
            return
        closed = column.target == ""
        page.data_validation(
            1, place, ROWS_WITH_LISTS, place,
            {
                "validate": "list",
                "source": source,
                "error_type": "stop" if closed else "warning",
                "error_title": column.name,
                "error_message": "Bitte einen Eintrag aus der Liste wählen.",
            },
        )  # fmt: skip

    def _write_guide(self, page: Worksheet) -> None:
        page.hide_gridlines(2)
        for place, width in enumerate((18, 24, 12, 62, 4)):
            page.set_column(place, place, width, self._wrapped if place == 3 else None)
        page.write_string(0, 0, "Stammdaten", self._book.format(TITLE))
        for row, sentence in enumerate(_GUIDE, 2):
            page.merge_range(row, 0, row, 3, "", self._wrapped)
            page.write_string(row, 0, sentence, self._wrapped)
            page.set_row(row, 32)
        top = len(_GUIDE) + 3
        for place, header in enumerate(("Blatt", "Spalte", "Angabe", "Inhalt")):
            page.write_string(top, place, header, self._must)
        row = top
        for sheet in SHEETS:
            for column in sheet.columns:
                row += 1
                need = "Schlüssel" if column.key else "Pflicht" if column.required else "freiwillig"
                for place, text in enumerate((sheet.name, column.name, need, _content(column))):
                    page.write_string(row, place, text, self._wrapped)
        self._write_catalogues(page, top)
        page.set_row(top, 22)
        print_on_a4(page, repeated_row=top)

    def _write_catalogues(self, page: Worksheet, top: int) -> None:
        """The words of the catalogues beside the explanation; the lists in the cells point here."""
        for place, (target, entries) in enumerate(self._state.catalogues.items(), 5):
            page.set_column(place, place, 32)
            page.write_string(top, place, _PLURALS.get(target, target), self._must)
            for row, entry in enumerate(entries, top + 1):
                page.write_string(row, place, entry)
            if entries:
                letter = chr(ord("A") + place)
                self._lists[target] = f"={GUIDE_SHEET}!${letter}${top + 2}:${letter}${top + 1 + len(entries)}"


_PLURALS = {
    BUILDING_BLOCK: "Bausteine",
    CITY_PART: "Stadtteile",
    "Zielgruppe": "Zielgruppen",
    "Stadtbezirk": "Stadtbezirke",
}
_CONTENTS = {
    CellKind.TEXT: "Text",
    CellKind.CODE: "Text, Ziffern bleiben Ziffern",
    CellKind.AMOUNT: "Betrag in Euro",
    CellKind.WHOLE: "ganze Zahl",
    CellKind.DECIMAL: "Zahl",
    CellKind.DATE: "Datum",
    CellKind.YES_NO: "ja oder nein",
}


def _content(column: MasterColumn) -> str:
    """What a column holds, in German."""
    if column.choices:
        what = ", ".join(words(column.choices))
    elif column.kind in (CellKind.LINK, CellKind.LINKS):
        what = f"Verweis: {column.target}"
    else:
        what = _CONTENTS[column.kind]
    return f"{what}. {column.hint}" if column.hint and column.hint not in what else what


def _note(column: MasterColumn) -> str:
    """The note on a header: whether it must be filled, and how."""
    parts = ["Schlüssel" if column.key else "", "Pflichtangabe" if column.required else "", column.hint]
    return "\n".join(part for part in parts if part)


def _put(page: Worksheet, row: int, place: int, cell: Cell, body: Format) -> None:
    if isinstance(cell, str):
        page.write_string(row, place, cell, body)
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, body)
    elif isinstance(cell, int | float):
        page.write_number(row, place, cell, body)
