"""Many new rows at once: a statement for hundreds of rows instead of one for each.

Every statement that fires a trigger of the change log opens a journal of its own, which costs more than the row itself.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

_MARKS_AT_ONCE = 8000
"""Parameters of one statement; SQLite allows 32766."""


def insert_many(session: Session, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values in the order of `names`; columns not named stay at the database's own default."""
    session.flush()
    connection = session.connection()
    dialect = connection.dialect
    processors = [
        (place, processor)
        for place, name in enumerate(names)
        if (processor := table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    one = f"({', '.join('?' * len(names))})"
    waiting = iter(rows)
    while some := list(islice(waiting, _MARKS_AT_ONCE // len(names))):
        cells = list(zip(*some, strict=True))
        for place, processor in processors:
            stored = {value: processor(value) for value in set(cells[place])}
            cells[place] = tuple(map(stored.__getitem__, cells[place]))
        statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES {', '.join([one] * len(some))}"
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(zip(*cells, strict=True))))
