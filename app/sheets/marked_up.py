"""Web pages and Excel's XML of 2003 as the child process sends them: sheets in portions of rows, or one sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from app.domain.errors import UserError
from app.sheets.cells import Sheet
from app.sheets.file_kinds import FileKind, damaged, too_large
from app.sheets.html_tables import HtmlTables, TooManyCellsError
from app.sheets.sheet_xml import ForbiddenXmlError
from app.sheets.spreadsheet_xml import SpreadsheetXml, TooFarError
from app.sheets.text_encodings import decode

_ROWS_AT_ONCE = 2000


def read(path: Path, kind: FileKind, max_cells: int) -> Iterator[tuple[Any, ...]]:
    """The messages of reader_process for such a file; raises UserError with one sentence."""
    if kind is FileKind.HTML:
        yield from _read_html(path, max_cells)
    else:
        yield from _read_xml(path, max_cells)


def _read_html(path: Path, max_cells: int) -> Iterator[tuple[Any, ...]]:
    page = HtmlTables(max_cells)
    try:
        for _ in page.parsed(decode(path.read_bytes()).text.replace("\x00", "")):
            yield ("alive",)
    except TooManyCellsError as error:
        raise UserError(too_large(path.name)) from error
    tables = page.joined()
    if not tables:
        raise UserError(
            f"„{path.name}“ ist eine Webseite ohne Tabelle. Bitte die Liste im anderen Programm noch einmal ausgeben, "
            "am besten als .xlsx."
        )
    for number, table in enumerate(tables, start=1):
        yield from _sent(Sheet(table.name or f"Tabelle {number}", table.rows))
    cut_off = [
        "Die Datei endet mitten in einer Tabelle; vielleicht wurde sie nicht ganz übertragen. Bitte mit dem Original "
        "vergleichen oder neu anfordern."
    ]
    yield ("end", False, cut_off if page.is_cut_off else [])


def _read_xml(path: Path, max_cells: int) -> Iterator[tuple[Any, ...]]:
    book = SpreadsheetXml(max_cells)
    try:
        with path.open("rb") as stream:
            for _ in book.parsed(stream):
                yield ("alive",)
    except (ExpatError, ForbiddenXmlError, ValueError, LookupError) as error:
        raise UserError((too_large if isinstance(error, TooFarError) else damaged)(path.name)) from error
    for sheet in book.sheets:
        yield from _sent(sheet)
    yield ("end", book.base_1904, [])


def _sent(sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    yield ("sheet", sheet.name, sheet.visible)
    for first in range(0, len(sheet.rows), _ROWS_AT_ONCE):
        yield ("rows", sheet.rows[first : first + _ROWS_AT_ONCE])
