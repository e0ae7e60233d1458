"""A layout as a person looks at it: its sheets, and the first rows as they stand there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import UserError
from app.services.finance.finance_layouts import SheetMapping
from app.sheets.layout.block import find_block
from app.sheets.layout.book import Book, refuse_foreign
from app.sheets.layout.grid import Cell
from app.sheets.layout.headers import assign, header_texts, propose
from app.sheets.layout.lists import comparable
from app.sheets.layout.package import Progress, opened
from app.sheets.reading.file_kinds import READING_FAILS, FileKind, damaged, kind_of

MAX_LAYOUT_BYTES = 10 * 1024 * 1024
"""A layout lies in the database and in its history."""

SHOWN_ROWS = 40
_SHEET_KINDS = {FileKind.XLS: ".xls", FileKind.ODS: ".ods", FileKind.XLSB: ".xlsb"}


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A row of a sheet, number from 1; a formula is shown as `=...`."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayoutPlace:
    """Where the rows will go: the first and last row that are replaced; last = first - 1: they are put in."""

    first: int
    last: int


def read_layout(path: Path) -> bytes:
    """The bytes of a workbook that can be a layout. Raises UserError with one sentence for all others."""
    kind = kind_of(path)
    if kind in _SHEET_KINDS:
        raise UserError(
            f"„{path.name}“ ist im Format {_SHEET_KINDS[kind]}. Bitte in Excel oder LibreOffice als .xlsx speichern."
        )
    if kind is not FileKind.XLSX:
        raise UserError(f"„{path.name}“ ist keine Excel-Arbeitsmappe. Bitte eine .xlsx oder .xlsm wählen.")
    content = path.read_bytes()
    if len(content) > MAX_LAYOUT_BYTES:
        raise UserError(
            f"„{path.name}“ ist größer als {MAX_LAYOUT_BYTES // 1024 // 1024} MB. Bitte alte Daten und große Bilder "
            "herausnehmen: In der Vorlage genügen die Überschriften und eine Musterzeile."
        )
    return content


class LayoutView:
    """Reads a layout once and answers what the mapping dialog asks. Raises UserError if it is damaged."""

    def __init__(self, content: bytes, name: str, progress: Progress = lambda _done, _total: None) -> None:
        self._name = name
        self._places: dict[tuple[str, int, frozenset[int]], LayoutPlace] = {}
        try:
            self._book = Book(opened(content, name), lambda: progress(0, 0))
            refuse_foreign(self._book, name)
            self._book.read_all()
        except READING_FAILS as error:
            raise UserError(damaged(name)) from error

    @property
    def sheets(self) -> list[str]:
        """The names of the worksheets in their order."""
        return list(self._book.sheets)

    @property
    def has_macros(self) -> bool:
        """Whether it is an .xlsm."""
        return self._book.has_macros

    def proposed(self, before: tuple[SheetMapping, ...] = ()) -> tuple[SheetMapping, ...]:
        """A mapping for each sheet; `before`: that of an older file of the same layout."""
        chosen = {one.sheet.casefold(): one for one in before}
        try:
            mapping = tuple(self._proposed(sheet, chosen) for sheet in self._book.sheets)
        except READING_FAILS as error:
            raise UserError(damaged(self._name)) from error
        if not any(len(one.columns) >= 2 for one in mapping):
            raise UserError(
                f"In „{self._name}“ steht auf keinem Blatt eine Zeile mit Überschriften. Bitte die Überschriften "
                "ergänzen und die Datei noch einmal wählen."
            )
        return mapping

    def _proposed(self, sheet: str, chosen: Mapping[str, SheetMapping]) -> SheetMapping:
        old = chosen.get(sheet.casefold())
        if old is None:
            return propose(self._book, sheet)
        texts = header_texts(self._book, sheet, old.header_row)
        if texts == {one.column: one.header for one in old.columns}:
            return old
        fresh = propose(self._book, sheet)
        names = {comparable(one.header): one.field for one in old.columns}
        return assign(self._book, sheet, old.listed, fresh.header_row, names)

    def assigned(self, sheet: str, listed: str | None, row: int) -> SheetMapping:
        """Fields proposed for another list or header row."""
        return assign(self._book, sheet, listed, row)

    def place(self, mapping: SheetMapping) -> LayoutPlace | None:
        """The rows that an export replaces; None while nothing is mapped."""
        if mapping.listed is None or not mapping.fields:
            return None
        key = mapping.sheet, mapping.header_row, frozenset(mapping.fields)
        if key not in self._places:
            block = find_block(self._book, mapping)
            self._places[key] = LayoutPlace(block.first, block.last)
        return self._places[key]

    def rows(self, sheet: str) -> list[ViewRow]:
        """The first rows of a sheet, without gaps."""
        grid = self._book.grid(sheet)
        shown: list[ViewRow] = []
        for span in grid.rows:
            if span.number > SHOWN_ROWS:
                break
            shown += [ViewRow(number, ()) for number in range(len(shown) + 1, span.number)]
            cells: list[str] = []
            for cell in grid.cells(span):
                cells += [""] * (cell.column - len(cells))
                cells.append(self._shown(cell))
            shown.append(ViewRow(span.number, tuple(cells)))
        return shown

    def _shown(self, cell: Cell) -> str:
        if cell.formula is not None:
            return f"={cell.formula.text}" if cell.formula.text else "= Formel wie oben"
        text = self._book.text(cell)
        if cell.kind != "n" or not text:
            return text
        number = float(text)
        if self._book.styles.is_date(cell.style) and (day := self._book.day(number)):
            return f"{day:%d.%m.%Y}"
        return str(int(number)) if number.is_integer() else f"{number:.10g}".replace(".", ",")
