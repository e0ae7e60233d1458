"""From a file to raw cells: the one door for workbooks and text tables of other people."""

import logging
import multiprocessing
import os
import re
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.sheets.reading.cells import Row, Sheet, Workbook
from app.sheets.reading.file_kinds import FileKind, damaged, kind_of, stuck, too_large
from app.sheets.reading.reader_process import (
    CPU_SECONDS_WITHOUT_PROGRESS,
    CPU_SECONDS_WITHOUT_ROWS,
    MAX_CELLS,
    OUT_OF_TIME,
    serve,
)
from app.sheets.reading.text_tables import read_text

Progress = Callable[[int, int], None]
"""progress(done, total); total 0 = not known. May raise Cancelled."""

SECONDS_WITHOUT_PROGRESS = 120.0
"""By the clock, for a file that cannot be got at; one that takes long has its measure in the child."""
MAX_SHEETS = 10_000

_LOOK_EVERY = 0.1
_SMALL_TEXT = 4 * 1024 * 1024
"""Bytes of a text that can do no harm: read here, which saves the start of a process."""

log = logging.getLogger(__name__)
_PLACES = re.compile(r"panicked at [^\s'\"]+|line \d+,? in \w+|Fatal Python error: [^\n]+|\b[A-Za-z]+Error\b")
"""What a process that died says of itself; the rest may quote the file."""
MOST_PLACES = 40


def _silent(done: int, total: int) -> None:
    pass


def read_workbook(path: Path, progress: Progress = _silent) -> Workbook:
    """All sheets with their raw cells; .xlsx, .xlsm, .xlsb, .xls, .ods by content, anything textual as csv.

    Raises UserError with one German sentence when the file is missing, empty, encrypted, damaged, too large or no
    table; Cancelled when `progress` raises it.
    """
    kind = kind_of(path)
    if kind is FileKind.TEXT and path.stat().st_size <= _SMALL_TEXT:
        return read_text(path, MAX_CELLS, progress)
    handle, errors = tempfile.mkstemp(prefix="tabelle-")
    os.close(handle)
    try:
        return _read_in_child(path, Path(errors), progress)
    finally:
        Path(errors).unlink(missing_ok=True)


def _read_in_child(path: Path, errors: Path, progress: Progress) -> Workbook:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    limits = CPU_SECONDS_WITHOUT_PROGRESS, CPU_SECONDS_WITHOUT_ROWS
    child = context.Process(
        target=serve, args=(str(path.resolve()), str(errors), there, *limits), daemon=True
    )
    child.start()
    there.close()
    try:
        workbook = _collect(path.name, here, progress)
    except EOFError as error:
        child.join(1)
        why = _PLACES.findall(errors.read_text("utf-8", "replace"))
        log.warning("Reading a file ended with %s: %s", child.exitcode, ", ".join(why[-MOST_PLACES:]))
        sentence = stuck if child.exitcode == OUT_OF_TIME else damaged
        raise UserError(sentence(path.name)) from error
    finally:
        here.close()
        if child.is_alive():
            child.join(0.2)
            child.kill()
        child.join()
        child.close()
    return workbook


def _collect(name: str, here: Connection, progress: Progress) -> Workbook:
    """What the child sends, put together; raises EOFError when the child dies."""
    sheets: list[Sheet] = []
    rows = 0
    while True:
        message = _next(name, here, progress, rows)
        match message:
            case ("sheet", sheet):
                if len(sheets) >= MAX_SHEETS:
                    raise UserError(too_large(name))
                sheets.append(sheet)
            case ("rows", some):
                portion: list[Row] = some
                sheets[-1].rows.extend(portion)
                rows += len(portion)
                progress(rows, 0)
            case ("end", base_1904, notices):
                return Workbook(sheets, base_1904, notices)
            case ("refused", sentence):
                raise UserError(sentence)


def _next(name: str, here: Connection, progress: Progress, rows: int) -> tuple[Any, ...]:
    waited = 0.0
    while not here.poll(_LOOK_EVERY):
        waited += _LOOK_EVERY
        progress(rows, 0)
        if waited >= SECONDS_WITHOUT_PROGRESS:
            raise UserError(stuck(name))
    message: tuple[Any, ...] = here.recv()
    return message
