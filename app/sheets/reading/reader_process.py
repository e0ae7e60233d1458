"""The child process that reads a workbook under limits, so that a hostile file cannot take the program down.

Runs without Qt and SQLAlchemy; sends plain tuples through a pipe: ("alive",), ("sheet", Sheet without rows),
("rows", rows), ("end", base_1904, notices) or ("refused", German sentence).
"""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.sheets.reading import marked_up
from app.sheets.reading.cells import MAX_SIGNS, Cell, Row, Sheet, TooLongError, column_letters
from app.sheets.reading.file_kinds import (
    READING_FAILS,
    FileKind,
    damaged,
    encrypted,
    kind_of,
    stuck,
    too_large,
    too_long,
)
from app.sheets.reading.messages import in_messages
from app.sheets.reading.safe_xml import HugeXmlError
from app.sheets.reading.scans import Scans, scan
from app.sheets.reading.text_tables import read_text

MAX_CELLS = 5_000_000
"""Of all sheets together, empty ones between filled ones included."""

CPU_SECONDS_WITHOUT_PROGRESS = 20
"""Of the processor's time, not of the clock on the wall: a machine that is busy elsewhere makes no file a bad one."""
CPU_SECONDS_WITHOUT_ROWS = 60
"""However alive it is: a file that takes longer before its first row is made to take long."""
OUT_OF_TIME = None if sys.platform == "win32" else -signal.SIGXCPU
"""The exit code where the system has ended it because it came no further."""

_MEMORY_BYTES = 1536 * 1024 * 1024
_CPU_SECONDS = 300
_ROWS_AT_ONCE = 2000


def serve(path: str, errors_to: str, connection: Connection, patience: int, rows_by: int) -> None:
    """Entry of the process: reads `path` and sends what it finds; what goes wrong badly lands in `errors_to`.

    `patience`: so many seconds of the processor it may take until it sends something again, `rows_by`: until rows.
    """
    descriptor = os.open(errors_to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(descriptor, 2)  # also what calamine itself prints before it aborts
    sys.stderr = os.fdopen(descriptor, "w")
    _limit_memory()
    _limit_time(patience)
    gc.disable()  # nothing here makes cycles, and a short life needs no sweeping
    name, has_rows = Path(path).name, False

    def send(message: tuple[Any, ...]) -> None:
        nonlocal has_rows
        has_rows = has_rows or message[0] == "rows"
        if not has_rows and time.process_time() > rows_by:
            raise UserError(stuck(name))
        connection.send(message)
        _limit_time(patience)

    with suppress(BrokenPipeError):  # the other side was cancelled or is gone
        try:
            for message in _messages(Path(path), lambda *_: send(("alive",))):
                send(message)
        except UserError as refused:
            connection.send(("refused", refused.sentence))
        except MemoryError:
            connection.send(("refused", too_large(name)))
    connection.close()


def _limit_memory() -> None:
    """Windows has no such limits for a process of its own."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


def _limit_time(seconds: int) -> None:
    """From now on the process may take so many seconds of the processor; all in all no more than a few minutes."""
    if sys.platform == "win32":
        return
    import resource

    most = min(int(time.process_time()) + seconds, _CPU_SECONDS)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard < 0 else min(most, hard), hard))


def _messages(path: Path, alive: Callable[[int, int], None]) -> Iterator[tuple[Any, ...]]:
    kind = kind_of(path)
    if kind is FileKind.TEXT:
        yield from in_messages(read_text(path, MAX_CELLS, alive))
        return
    if kind in (FileKind.HTML, FileKind.SPREADSHEET_XML):
        yield from marked_up.read(path, kind, MAX_CELLS)
        return
    from python_calamine import CalamineError, PasswordError

    try:
        yield from _read(path, kind)
    except PasswordError as error:
        raise UserError(encrypted(path.name)) from error
    except HugeXmlError as error:
        raise UserError(too_long(path.name)) from error
    except (CalamineError, *READING_FAILS) as error:
        raise UserError(damaged(path.name)) from error


def _read(path: Path, kind: FileKind) -> Iterator[tuple[Any, ...]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found = Scans()
    for _ in scan(path, kind, found):
        yield ("alive",)
    for name, one in found.by_name.items():
        _refuse_extent(path.name, name, one.cells, MAX_CELLS, one.bottom, one.right)
    left = MAX_CELLS
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
        worksheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        for order, metadata in enumerate(worksheets):
            sheet = book.get_sheet_by_name(metadata.name)
            yield ("sheet", Sheet(metadata.name, [], metadata.visible == SheetVisibleEnum.Visible))
            start, end = sheet.start, sheet.end
            if start is None or end is None:
                start = end = (0, 0)
            cells = (end[0] - start[0] + 1) * (end[1] + 1)
            _refuse_extent(path.name, metadata.name, cells, left, *end)
            left -= cells
            rows = sheet.iter_rows() if sheet.start is not None else iter(())
            try:
                for some in _cleaned(rows, start[1], found.of(order, metadata.name).instead):
                    yield ("rows", some)
            except TooLongError as error:
                raise UserError(too_long(path.name)) from error
    yield ("end", found.base_1904, [])


def _refuse_extent(file: str, sheet: str, cells: int, left: int, bottom: int, right: int) -> None:
    if cells > left:
        raise UserError(
            f"Das Blatt „{sheet}“ in „{file}“ reicht bis zur Zelle {column_letters(right)}{bottom + 1} und ist damit "
            "zu groß. Bitte überflüssige Zeilen und Spalten löschen und die Datei neu speichern."
        )


def _cleaned(
    rows: Iterator[list[Any]], left: int, instead: dict[tuple[int, int], Cell]
) -> Iterator[list[Row]]:
    """Rows in portions: empty text is None, what calamine does not tell is put in, equal texts are shared.

    calamine hands out rows from the sheet's first on, but cells from the first filled column (`left`) on.
    """
    shared: dict[Any, Any] = {}
    share = shared.setdefault
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in instead.items():
        by_row.setdefault(row, {})[column] = cell
    last_put_in = max(by_row, default=-1)
    before: Row = [None] * left
    portion: list[Row] = []
    number = 0
    for cells in rows:
        for index, cell in enumerate(cells):
            kind = type(cell)
            if kind is str:
                if len(cell) > MAX_SIGNS:
                    raise TooLongError
                cells[index] = share(cell, cell) if cell else None
            elif kind is date:
                cells[index] = share(cell, cell)
            elif kind is timedelta:
                cells[index] = cell.total_seconds() / 86400
        while cells and cells[-1] is None:
            cells.pop()
        if before and cells:
            cells = before + cells
        portion.append(_put_in(cells, by_row.get(number)) if number <= last_put_in else cells)
        number += 1
        if len(portion) >= _ROWS_AT_ONCE:
            yield portion
            portion = []
    portion += [_put_in([], by_row.get(later)) for later in range(number, last_put_in + 1)]
    yield portion


def _put_in(row: Row, instead: dict[int, Cell] | None) -> Row:
    if instead:
        row.extend([None] * (max(instead) + 1 - len(row)))
        for column, cell in instead.items():
            row[column] = cell
    return row
