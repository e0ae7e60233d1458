"""A copy of a damaged file that SQLite agrees to open: its head is put right, everything else stays as it is.

Of an encrypted file the pages that are whole are opened here, and the copy is sealed again before it is written.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from db.connection import connect
from db.damage.reading import UNREADABLE, forgiving
from db.damage.schema_pages import schema_pages
from db.driver import sqlite
from db.encryption import keys
from db.encryption.opening import salt_of
from db.encryption.pages import MAGIC, PAGE, RESERVED, PageCipher
from db.identity import APPLICATION_ID
from db.models import Model

_WAL = "-wal"
_SMALL = 1000


def open_copy(
    source: Path, work: Path, siblings: Sequence[Path], salt: bytes | None = None
) -> sqlite.Connection | None:
    """Copy `source` to `work` and open it as well as can be; None if there is no table in it.

    `siblings`: sound files of the same kind, which say where the tables are if its own pages do not. `salt`: of the
    file, where it is encrypted.
    """
    cipher = None if salt is None else PageCipher(salt)
    log = source.with_name(source.name + _WAL)
    if log.is_file():
        shutil.copyfile(log, work.with_name(work.name + _WAL))
    content = _content(source, cipher)
    if len(content) >= PAGE:
        content = content.ljust(_pages_once(content) * PAGE, b"\x00")
    work.touch()
    _put(work, _pages(content), cipher)
    best, best_tables = {}, 0
    for pages in _beginnings(work, content, siblings, cipher):
        _put(work, pages, cipher)
        tables = _tables_in(work)
        if tables > best_tables:
            best, best_tables = pages, tables
        if tables >= len(Model.metadata.tables):
            break
        _put(work, {number: content[(number - 1) * PAGE : number * PAGE] for number in pages}, cipher)
    if not best_tables:
        return None
    _put(work, best, cipher)
    return _opened(work)


def _content(path: Path, cipher: PageCipher | None) -> bytes:
    """The file as SQLite knows it; instead of a page that does not open there are zeros."""
    raw = path.read_bytes()
    if cipher is None:
        return raw
    return b"".join(cipher.opened(number, page) or bytes(PAGE) for number, page in _pages(raw).items())


def _pages(content: bytes) -> dict[int, bytes]:
    return {place // PAGE + 1: content[place : place + PAGE] for place in range(0, len(content), PAGE)}


def _of_sibling(path: Path, is_sealed: bool) -> bytes:
    """Only what is encrypted like the file has its tables in the same places; else nothing."""
    salt = salt_of(path)
    if (salt is not None) != is_sealed or (salt is not None and not keys.known(salt)):
        return b""
    return _content(path, None if salt is None else PageCipher(salt))


def _beginnings(
    work: Path, content: bytes, siblings: Sequence[Path], cipher: PageCipher | None
) -> Iterator[dict[int, bytes]]:
    """What the pages that name the tables may have been, by their number; the likeliest first."""
    own, size = content[:PAGE], len(content)
    if size < PAGE:
        return
    yield {1: _with_size(own, size) if own.startswith(MAGIC) else own}
    reserved = 0 if cipher is None else RESERVED
    yield {1: _with_size(_head(work.with_name(work.name + _WAL).is_file(), reserved) + own[100:], size)}
    for sibling in siblings:
        with suppress(OSError, IndexError, RecursionError):
            pages = schema_pages(_of_sibling(sibling, cipher is not None))
            if pages and pages[1].startswith(MAGIC):
                within = {number: page for number, page in pages.items() if number * PAGE <= size}
                yield {**within, 1: _with_size(pages[1], size)}


def _head(is_logged: bool, reserved: int) -> bytes:
    """The first hundred bytes as SQLite writes them in our files."""
    version = bytes([2, 2]) if is_logged else bytes([1, 1])
    counter = (1).to_bytes(4, "big")
    return b"".join(
        (
            MAGIC, PAGE.to_bytes(2, "big"), version, bytes([reserved, 64, 32, 32]), counter, bytes(4 + 8 + 4),
            (4).to_bytes(4, "big"), bytes(8), (1).to_bytes(4, "big"), bytes(4), bytes(4),
            APPLICATION_ID.to_bytes(4, "big"), bytes(20), counter, (3_040_000).to_bytes(4, "big"),
        )
    )  # fmt: skip


def _pages_once(content: bytes) -> int:
    """How many pages the file had by its own word: cut off, SQLite would not open it at all."""
    there, said = len(content) // PAGE, int.from_bytes(content[28:32], "big")
    believable = content.startswith(MAGIC) and there < said <= 10 * there + _SMALL
    return said if believable else there


def _with_size(page: bytes, size: int) -> bytes:
    """The page of a file that is so long, and has no free pages."""
    pages = (size // PAGE).to_bytes(4, "big")
    no_free_pages = bytes(8)
    return page[:28] + pages + no_free_pages + page[40:92] + page[24:28] + page[96:]


def _put(work: Path, pages: Mapping[int, bytes], cipher: PageCipher | None) -> None:
    with work.open("r+b") as file:
        for number, page in pages.items():
            file.seek((number - 1) * PAGE)
            file.write(page if cipher is None else cipher.sealed(number, page))


def _opened(work: Path) -> sqlite.Connection:
    connection = connect(work)
    forgiving(connection)
    connection.execute("PRAGMA writable_schema = ON")  # a table whose pages are gone must not hide the others
    return connection


def _tables_in(work: Path) -> int:
    """How many of our tables are named in it, and where they are."""
    try:
        with closing(_opened(work)) as connection:
            found = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
            )
            return len({name for (name,) in found} & Model.metadata.tables.keys())
    except UNREADABLE:
        return 0
