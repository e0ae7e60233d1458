"""The triggers that keep the change log, for every table alike, and that protect frozen papers."""

from collections.abc import Iterator

from sqlalchemy import LargeBinary, Table

from db import checksums
from db.models import Model

UNLOGGED_TABLES = frozenset({"command", "change", "checksum", "sent_event", "file_state", "erasure"})
"""The log itself, what rows are known by, what only says what left the house, what every command writes, and what
must not come back."""
UNLOGGED_COLUMNS = frozenset({("paper", "content"), ("paper", "agreed"), ("finance_export", "content")})
"""What was handed out never changes, so its bytes need no second place."""
BLOB_MARK = "blob:"
"""Before the hexadecimal text of bytes in the JSON of the log. It marks nothing: a text may begin with it, too."""


def logged_tables() -> list[Table]:
    """The tables whose changes are noted for undo and histories, owners before what they own."""
    return [table for table in Model.metadata.sorted_tables if table.name not in UNLOGGED_TABLES]


def create_statements() -> Iterator[str]:
    """SQL of all triggers of a file: those that keep log and checksums, and those that guard frozen papers."""
    for table in logged_tables():
        yield from _log_statements(table)
    yield from checksums.create_statements()
    for name, event in (
        ("changed", "UPDATE OF content, agreed, sha256, agreement_id, printed_at"),
        ("removed", "DELETE"),
    ):
        yield (
            f"CREATE TRIGGER paper_never_{name} BEFORE {event} ON paper "
            "BEGIN SELECT RAISE(ABORT, 'a frozen paper never changes'); END"
        )


def drop_statements(names: list[str]) -> Iterator[str]:
    """SQL that takes triggers away, for a migration that changes a table."""
    for name in names:
        yield 'DROP TRIGGER "{}"'.format(name.replace('"', '""'))


def _log_statements(table: Table) -> Iterator[str]:
    name = table.name
    differs = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
    for operation, condition, row in (
        ("insert", "", "NEW"),
        ("update", f"WHEN {differs}", "NEW"),
        ("delete", "", "OLD"),
    ):
        before = "NULL" if operation == "insert" else _json(table, "OLD")
        after = "NULL" if operation == "delete" else _json(table, "NEW")
        yield (
            f'CREATE TRIGGER "log_{name}_{operation}" AFTER {operation.upper()} ON "{name}" {condition} BEGIN '
            'INSERT INTO "change" (command_id, table_name, row_id, operation, "before", "after") '
            f"VALUES ((SELECT max(id) FROM command), '{name}', {row}.id, '{operation}', {before}, {after}); END"
        )


def _json(table: Table, row: str) -> str:
    pairs = []
    for column in table.columns:
        if (table.name, column.name) in UNLOGGED_COLUMNS:
            continue
        value = f'{row}."{column.name}"'
        if isinstance(column.type, LargeBinary):
            value = f"CASE WHEN {value} IS NOT NULL THEN '{BLOB_MARK}' || hex({value}) END"
        pairs.append(f"'{column.name}', {value}")
    return f"json_object({', '.join(pairs)})"
