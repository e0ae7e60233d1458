"""Carries the rows of a damaged file into a new one, table by table, and notes what became of each."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary

from app.domain.counting import dotted
from db import checksums
from db.attachments import Progress
from db.checksums import HASHED
from db.connection import connect
from db.damage.readable_rows import Found, readable_rows
from db.damage.reading import UNREADABLE, forgiving
from db.damage.rescued import TableRescued
from db.driver import sqlite
from db.encryption.opening import Locked
from db.models import Model
from db.table_words import called
from db.triggers import BLOB_MARK, UNLOGGED_TABLES

Values = dict[str, Any]
FIRST = ("command", "change")
"""The log comes first: the other tables may need it."""
_TELLING = (
    "number", "short", "title", "file_name", "name", "last_name", "document_number", "label", "text", "nr"
)  # fmt: skip
"""Columns by which a person knows a row, the best first."""
_SHOWN = 60
_NAMED = 20


class Saving:
    """From `damaged` into `into`, an empty file of the same version without triggers."""

    def __init__(
        self, damaged: sqlite.Connection, into: sqlite.Connection, snapshots: Sequence[Path]
    ) -> None:
        self._damaged = damaged
        self._into = into
        self._snapshots = list(_opened(snapshots))
        checksums.register(damaged)
        checksums.register(into)
        self._sums: dict[str, dict[int, int]] = {}
        self._knows_all = False
        self._gone: dict[str, TableRescued] = {}

    def close(self) -> None:
        """Let go of the snapshots."""
        for snapshot in self._snapshots:
            snapshot.close()

    def save_all(self, progress: Progress) -> list[TableRescued]:
        """Every table. What was done cannot be undone any more: the log stays as a history to be read."""
        self._read_sums()
        names = sorted(checksums.tables(self._into), key=lambda name: (name not in FIRST, name))
        self._into.execute("BEGIN")
        for done, table in enumerate(names):
            progress(done, len(names))
            self._gone[table] = _Table(self, table).save()
        self._into.execute("UPDATE command SET undoable = 0")
        self._into.execute("UPDATE command SET state = 'discarded' WHERE state = 'undone'")
        self._into.execute("COMMIT")
        return list(self._gone.values())

    def repair_references(self) -> list[str]:
        """Where a row points to one that is lost, it points nowhere; where it cannot be without it, it is lost, too."""
        notes: list[str] = []
        self._into.execute("BEGIN")
        while broken := self._into.execute("PRAGMA foreign_key_check").fetchall():
            for table, row_id, target, reference in broken:
                notes += self._repair(table, row_id, target, reference)
        self._into.execute("COMMIT")
        more = len(notes) - _NAMED
        return [*notes[:_NAMED], f"und {dotted(more)} weitere"] if more > 0 else notes

    def _repair(self, table: str, row_id: int, target: str, reference: int) -> Iterator[str]:
        found = self._into.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        column = next(one[3] for one in found if one[0] == reference)
        optional = not next(
            one[3]
            for one in self._into.execute(f'PRAGMA table_info("{table}")').fetchall()
            if one[1] == column
        )
        row = self.row(self._into, table, row_id)
        if row is None:  # it went with another reference
            return
        if optional:
            self._into.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE id = ?', (row_id,))
            if table not in FIRST:
                yield f"{called(table)}, {named(row)}: ohne Verweis auf „{called(target)}“, dort fehlt der Eintrag"
            return
        self._into.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        self._gone[table].saved -= 1
        self._gone[table].lost.append(
            f"{named(row)}, weil das, wozu es gehört ({called(target)}), verloren ist"
        )

    def row(self, connection: sqlite.Connection, table: str, row_id: int) -> Values | None:
        """A row by its column names."""
        found = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
        names = [one[0] for one in found.description]
        values = found.fetchone()
        return None if values is None else dict(zip(names, values, strict=True))

    def _read_sums(self) -> None:
        with suppress(*UNREADABLE):
            for table, row_id, value in self._damaged.execute(
                "SELECT table_name, row_id, value FROM checksum"
            ):
                self._sums.setdefault(table, {})[row_id] = value
            self._knows_all = bool(self._sums)


class _Table:
    """One table on its way."""

    def __init__(self, saving: Saving, name: str) -> None:
        self._saving = saving
        self._name = name
        self._into = saving._into
        self._sums = saving._sums.get(name, {})
        self._columns = checksums.columns(self._into, name)
        self._done = TableRescued(name)
        self._saved: set[int] = set()
        self._wrong: dict[int, Values] = {}

    def save(self) -> TableRescued:
        logged = self._from_log()
        expected = set(self._sums) if self._saving._knows_all else set(self._sums) | logged.keys()
        self._take_readable(expected)
        for row_id in sorted(expected - self._saved):
            self._take_elsewhere(row_id, logged.get(row_id))
        for row_id in sorted(self._wrong.keys() - self._saved - expected):
            self._keep(self._wrong[row_id], "hat keine Prüfsumme" if self._saving._knows_all else "")
        if self._done.is_cut_off and self._name not in FIRST:
            self._take_rest()
        return self._done

    def _take_rest(self) -> None:
        """Nobody knows what else there was; the newest snapshot says at least what there was then."""
        gone = {
            row_id
            for (row_id,) in self._into.execute(
                "SELECT row_id FROM change WHERE table_name = ? AND operation = 'delete'", (self._name,)
            )
        }
        for snapshot in self._saving._snapshots[:1]:
            with suppress(*UNREADABLE):
                for (row_id,) in snapshot.execute(f'SELECT id FROM "{self._name}" ORDER BY id').fetchall():
                    if row_id not in self._saved | gone:
                        earlier = self._saving.row(snapshot, self._name, row_id)
                        self._done.as_of_snapshot += earlier is not None and self._put(earlier)

    def _take_readable(self, expected: set[int]) -> None:
        try:
            there = set(checksums.columns(self._saving._damaged, self._name))
            columns = [name for name in self._columns if name in there]
            if "id" not in columns:
                raise sqlite.DatabaseError("no such table")
            reading = Found()
            for total, *cells in readable_rows(self._saving._damaged, self._name, columns, expected, reading):
                values = dict(zip(columns, cells, strict=True))
                known = self._sums.get(values["id"], None if self._saving._knows_all else total)
                if known == total and self._has_its_content(values):
                    self._put(values)
                else:
                    self._wrong[values["id"]] = values
            self._done.is_cut_off = not reading.is_whole and not self._saving._knows_all
        except UNREADABLE:
            self._done.is_cut_off = not self._saving._knows_all

    def _take_elsewhere(self, row_id: int, logged: Values | None) -> None:
        """From the log, from a snapshot; the right one if there is one, else what comes nearest."""
        if logged is not None and self._put(logged):
            if self._is_right(row_id):
                self._done.from_log += 1
                return
            self._take_out(row_id)
        for snapshot in self._saving._snapshots:
            with suppress(*UNREADABLE):
                earlier = self._saving.row(snapshot, self._name, row_id)
                if earlier is not None and row_id in self._sums and self._put(earlier):
                    if self._is_right(row_id):
                        self._done.from_snapshot += 1
                        return
                    self._take_out(row_id)
        if row_id in self._wrong and self._keep(self._wrong[row_id], "passt nicht zu seiner Prüfsumme"):
            return
        if logged is None or not self._keep(logged, "aus dem Verlauf, vielleicht nicht der letzte Stand"):
            self._done.lost.append(named(logged or self._wrong.get(row_id) or {"id": row_id}))

    def _keep(self, values: Values, doubt: str) -> bool:
        """Better than nothing, but she has to look at it."""
        kept = self._put(values)
        if kept and doubt:
            self._done.doubtful.append(f"{named(values)}: {doubt}")
        return kept

    def _put(self, values: Values) -> bool:
        names = [name for name in values if name in self._columns]
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        try:
            self._into.execute(
                f'INSERT INTO "{self._name}" ({columns}) VALUES ({marks})', [values[name] for name in names]
            )
        except sqlite.IntegrityError:  # half a row, or one whose place is taken
            return False
        self._saved.add(values["id"])
        self._done.saved += 1
        return True

    def _take_out(self, row_id: int) -> None:
        self._into.execute(f'DELETE FROM "{self._name}" WHERE id = ?', (row_id,))
        self._saved.discard(row_id)
        self._done.saved -= 1

    def _is_right(self, row_id: int) -> bool:
        """Whether the row that was just put in is the one that was there, as far as that is known."""
        known = self._sums.get(row_id)
        total = checksums.of_row(self._name, self._columns)
        (now,) = self._into.execute(f'SELECT {total} FROM "{self._name}" WHERE id = ?', (row_id,)).fetchone()
        values = self._saving.row(self._into, self._name, row_id)
        return known in (None, now) and values is not None and self._has_its_content(values)

    def _has_its_content(self, values: Values) -> bool:
        """Bytes that have a hash of their own are held against it."""
        for (table, content), digest in HASHED.items():
            if table == self._name and values.get(content) is not None:
                raw = values[content]
                return isinstance(raw, bytes) and hashlib.sha256(raw).hexdigest() == values.get(digest)
        return True

    def _from_log(self) -> dict[int, Values]:
        """The rows as the newest entries of the log know them, of those that are not deleted."""
        if self._name in UNLOGGED_TABLES:
            return {}
        rows = {}
        for row_id, after in self._into.execute(
            "SELECT row_id, after FROM change WHERE id IN "
            "(SELECT max(id) FROM change WHERE table_name = ? GROUP BY row_id) AND after IS NOT NULL",
            (self._name,),
        ):
            with suppress(ValueError, AttributeError, TypeError):
                rows[row_id] = self._with_bytes(json.loads(after))
        return rows

    def _with_bytes(self, values: Values) -> Values:
        model = Model.metadata.tables.get(self._name)
        for name in values:
            if (
                model is not None
                and name in model.c
                and isinstance(model.c[name].type, LargeBinary)
                and values[name]
            ):
                values[name] = bytes.fromhex(values[name].removeprefix(BLOB_MARK))
        return values


def named(values: Values) -> str:
    """A row as a person finds it again: "Eintrag 17 („ZV-2026-01“)"."""
    words = next((str(values[name]) for name in _TELLING if values.get(name)), "")
    words = " ".join(words.split())
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return f"Eintrag {values.get('id')}{f' („{words}“)' if words else ''}"


def _opened(snapshots: Sequence[Path]) -> Iterator[sqlite.Connection]:
    for path in snapshots:
        with suppress(*UNREADABLE, Locked):
            connection = connect(path)
            forgiving(connection)
            yield connection
