"""Web pages and Excel's XML of 2003 as the child process sends them: sheets in portions of rows, or one sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.sheets.reading.cells import Sheet, TooLongError, Workbook
from app.sheets.reading.file_kinds import FileKind, damaged, too_large, too_long
from app.sheets.reading.html_tables import HtmlTables, TooManyCellsError
from app.sheets.reading.messages import in_messages
from app.sheets.reading.safe_xml import HugeXmlError
from app.sheets.reading.spreadsheet_xml import SpreadsheetXml, TooFarError
from app.sheets.reading.text_encodings import decode

_CUT_OFF = (
    "Die Datei endet mitten in einer Tabelle; vielleicht wurde sie nicht ganz übertragen. Bitte mit dem Original "
    "vergleichen oder neu anfordern."
)


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
    except TooLongError as error:
        raise UserError(too_long(path.name)) from error
    tables = page.joined()
    if not tables:
        raise UserError(
            f"„{path.name}“ ist eine Webseite ohne Tabelle. Bitte die Liste im anderen Programm noch einmal ausgeben, "
            "am besten als .xlsx."
        )
    sheets = [Sheet(table.name or f"Tabelle {number}", table.rows) for number, table in enumerate(tables, 1)]
    yield from in_messages(Workbook(sheets, notices=[_CUT_OFF] if page.is_cut_off else []))


def _read_xml(path: Path, max_cells: int) -> Iterator[tuple[Any, ...]]:
    book = SpreadsheetXml(max_cells)
    try:
        with path.open("rb") as stream:
            for _ in book.parsed(stream):
                yield ("alive",)
    except (TooLongError, HugeXmlError) as error:
        raise UserError(too_long(path.name)) from error
    except TooFarError as error:
        raise UserError(too_large(path.name)) from error
    except (ValueError, LookupError) as error:
        raise UserError(damaged(path.name)) from error
    yield from in_messages(Workbook(book.sheets, book.base_1904))
