"""Reading a file that may be damaged: texts that are none do not stop it, and she can."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.errors import Cancelled
from db.driver import sqlite

UNREADABLE = (sqlite.DatabaseError, UnicodeDecodeError)
"""What a damaged page ends in; SQLite may quote damaged bytes, and Python cannot read what it says."""
_STEPS = 200_000


def forgiving(connection: sqlite.Connection) -> None:
    """Damaged bytes in a text become the sign for one that cannot be shown, instead of an error."""
    connection.text_factory = as_text


def as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


@contextmanager
def cancellable(connection: sqlite.Connection, ask: Callable[[], None]) -> Iterator[None]:
    """A statement that runs long ends soon after `ask` raises Cancelled; that is raised again here."""
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            ask()
        except Cancelled as error:
            stopped.append(error)
            return 1
        return 0

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    except UNREADABLE as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        connection.set_progress_handler(None, _STEPS)
