"""The rows of one table of a damaged file, as far as its pages can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db import checksums
from db.damage.reading import UNREADABLE
from db.driver import sqlite

_FURTHEST = 200_000
"""So many ids are asked for one by one behind a page that cannot be read."""


@dataclass(slots=True)
class Found:
    """How the reading of a table went. `is_whole`: all its pages could be read."""

    is_whole: bool = True


def readable_rows(
    connection: sqlite.Connection, table: str, columns: list[str], known: set[int], found: Found
) -> Iterator[tuple[Any, ...]]:
    """Checksum and values of each row that can be reached: from the front, from the back, one by one between.

    `known`: ids that there must be; they tell how far to look.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    place = columns.index("id") + 1
    selected = f'SELECT {checksums.of_row(table, columns)}, {names} FROM "{table}"'
    seen: set[int] = set()
    for order in ("ASC", "DESC"):
        try:
            for row in connection.execute(f"{selected} NOT INDEXED ORDER BY id {order}"):
                if row[place] in seen:  # a page that is linked twice leads round and round
                    continue
                seen.add(row[place])
                yield row
        except UNREADABLE:
            found.is_whole = False
        if found.is_whole:
            return
    for row_id in sorted((known | set(range(1, min(max(seen | known, default=0), _FURTHEST) + 1))) - seen):
        try:
            one = connection.execute(f"{selected} WHERE id = ?", (row_id,)).fetchone()
        except UNREADABLE:
            continue
        if one is not None and one[place] not in seen:
            seen.add(one[place])
            yield one
