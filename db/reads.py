"""Notes which tables questions read, so that what shows the answers can hear when they are no longer true."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from db.models import Model

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def noting_reads(tables: set[str]) -> Iterator[None]:
    """Add the names of all tables that this thread reads meanwhile to `tables`."""
    token = _noted.set(tables)
    try:
        yield
    finally:
        _noted.reset(token)


def note(
    _connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    """Listens to every statement that is about to be run."""
    tables = _noted.get()
    if tables is not None:
        tables |= named_in(statement)


@lru_cache(maxsize=4096)
def named_in(statement: str) -> frozenset[str]:
    """The tables whose names stand in a statement, however it reaches them: join, subquery, relationship.

    A column with the name of a table counts as that table: reading once too often does no harm.
    """
    return frozenset(re.findall(r"\w+", statement)) & Model.metadata.tables.keys()
