"""How the child process sends a workbook that it has read whole: sheets in portions of rows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.sheets.reading.cells import Workbook

_ROWS_AT_ONCE = 2000


def in_messages(workbook: Workbook) -> Iterator[tuple[Any, ...]]:
    """The messages of reader_process for a workbook."""
    for sheet in workbook.sheets:
        yield ("sheet", replace(sheet, rows=[]))
        for first in range(0, len(sheet.rows), _ROWS_AT_ONCE):
            yield ("rows", sheet.rows[first : first + _ROWS_AT_ONCE])
    yield ("end", workbook.base_1904, workbook.notices)
