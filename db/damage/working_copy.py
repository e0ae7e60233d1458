"""A copy of a damaged file that SQLite agrees to open: its head is put right, everything else stays as it is."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from db.connection import connect
from db.damage.reading import UNREADABLE, forgiving
from db.driver import sqlite
from db.identity import APPLICATION_ID
from db.models import Model

PAGE = 4096
_MAGIC = b"SQLite format 3\x00"
_WAL = "-wal"


def open_copy(source: Path, work: Path, siblings: Sequence[Path]) -> sqlite.Connection | None:
    """Copy `source` to `work` and open it as well as can be; None if there is no table in it.

    `siblings`: sound files of the same kind, whose first page says where the tables are if its own does not.
    """
    shutil.copyfile(source, work)
    log = source.with_name(source.name + _WAL)
    if log.is_file():
        shutil.copyfile(log, work.with_name(work.name + _WAL))
    best: tuple[int, bytes] | None = None
    for page in _first_pages(work, siblings):
        _put(work, page)
        tables = _tables_in(work)
        if best is None or tables > best[0]:
            best = (tables, page)
        if tables >= len(Model.metadata.tables):
            break
    if best is None or best[0] == 0:
        return None
    _put(work, best[1])
    connection = connect(work)
    forgiving(connection)
    return connection


def _first_pages(work: Path, siblings: Sequence[Path]) -> Iterator[bytes]:
    """What the first page may have been, the likeliest first."""
    size = work.stat().st_size
    if size < PAGE:
        return
    with work.open("rb") as file:
        own = file.read(PAGE)
    is_logged = work.with_name(work.name + _WAL).is_file()
    if own.startswith(_MAGIC):
        yield _with_size(own, size)
    yield _with_size(_head(is_logged) + own[100:], size)
    for sibling in siblings:
        with suppress(OSError), sibling.open("rb") as file:
            page = file.read(PAGE)
            if len(page) == PAGE and page.startswith(_MAGIC):
                yield _with_size(page, size)


def _head(is_logged: bool) -> bytes:
    """The first hundred bytes as SQLite writes them in our files."""
    version = bytes([2, 2]) if is_logged else bytes([1, 1])
    counter = (1).to_bytes(4, "big")
    return b"".join(
        (
            _MAGIC, PAGE.to_bytes(2, "big"), version, bytes([0, 64, 32, 32]), counter, bytes(4 + 8 + 4),
            (4).to_bytes(4, "big"), bytes(8), (1).to_bytes(4, "big"), bytes(4), bytes(4),
            APPLICATION_ID.to_bytes(4, "big"), bytes(20), counter, (3_040_000).to_bytes(4, "big"),
        )
    )  # fmt: skip


def _with_size(page: bytes, size: int) -> bytes:
    """The page of a file that is so long now: cut off, SQLite would not open it at all."""
    pages = (size // PAGE).to_bytes(4, "big")
    no_free_pages = bytes(8)
    return page[:28] + pages + no_free_pages + page[40:92] + page[24:28] + page[96:]


def _put(work: Path, page: bytes) -> None:
    with work.open("r+b") as file:
        file.write(page)


def _tables_in(work: Path) -> int:
    """How many of our tables are named in it, and where they are."""
    try:
        with closing(connect(work)) as connection:
            forgiving(connection)
            found = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
            )
            return len({name for (name,) in found} & Model.metadata.tables.keys())
    except UNREADABLE:
        return 0
