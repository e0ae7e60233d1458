"""Takes out of a damaged file what is still whole, row by row, and puts it into a new one.

A row comes from the pages of the file; where they cannot be read, from the log, which holds every row a second time;
where that is gone too, from a snapshot. Its checksum tells whether it is the row that was there.
"""

import re
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, create_engine

from app.domain.errors import OutputError, UserError
from app.domain.system_errors import said
from db.attachments import AttachmentStore, Progress
from db.damage.reading import UNREADABLE
from db.damage.rescued import Rescued, TableRescued
from db.damage.saving import Saving
from db.damage.schema_pages import PAGE
from db.damage.working_copy import open_copy
from db.database import create_database
from db.driver import sqlite
from db.identity import APPLICATION_ID
from db.migrations import LATEST, upgrade
from db.models import Model
from db.structure import our_tables

_MAKES = re.compile(r'CREATE (TABLE|(UNIQUE )?INDEX) [\w"]+[ (]')
Outcome = tuple[tuple[TableRescued, ...], tuple[str, ...]]


def report_path(target: Path) -> Path:
    """Where the report of a rescue lies: beside the new file."""
    return target.with_name(f"{target.stem}_Bericht.txt")


def rescue(
    source: Path,
    target: Path,
    snapshots: Sequence[Path] = (),
    progress: Progress = lambda _done, _total: None,
) -> Rescued:
    """Save what can be read of `source`, with its attached files, into a new file at `target`; a report lies beside it.

    `source` is not touched. Raises UserError if there is nothing to be read or a file at `target` already, OutputError
    if nothing can be written there, Cancelled from `progress`; then nothing is left behind.
    """
    if target.exists():
        raise UserError(
            f"„{target}“ gibt es schon und wird nicht überschrieben. Bitte einen anderen Namen wählen."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".retten-", dir=target.parent) as folder:
            made = Path(folder) / target.name
            found = Rescued(source, target, datetime.now(), *_rescue(source, made, snapshots, progress))
            AttachmentStore.of(target).fill_from(AttachmentStore.of(source), thorough=True)
            report_path(target).write_text(found.report, "utf-8")
            made.rename(target)
    except OSError as error:
        raise OutputError(
            f"„{target}“ lässt sich nicht schreiben ({said(error)}). Bitte Platz und Schreibrechte prüfen oder einen "
            "anderen Ort wählen."
        ) from error
    return found


def _rescue(source: Path, target: Path, snapshots: Sequence[Path], progress: Progress) -> Outcome:
    work = target.with_name("beschaedigt.db")
    damaged = open_copy(source, work, snapshots)
    if damaged is None and source.stat().st_size > PAGE:  # new files are all laid out alike
        fresh = target.with_name("leer.db")
        create_database(fresh).close()
        damaged = open_copy(source, work, [fresh])
    if damaged is None:
        raise UserError(
            f"In „{source}“ ist nichts mehr zu lesen. Bitte eine Sicherung wiederherstellen; vielleicht liegt eine auf "
            "einem Stick oder Netzlaufwerk."
        )
    with closing(damaged):
        _make(target, damaged, _version(damaged))
        with closing(sqlite.connect(target, isolation_level=None)) as into:
            saving = Saving(damaged, into, snapshots)
            try:
                tables = saving.save_all(progress)
                repaired = saving.repair_references()
            finally:
                saving.close()
    upgrade(target)
    return tuple(tables), tuple(repaired)


def _version(damaged: sqlite.Connection) -> int:
    """What the file says of itself, if that can be; else what its tables say."""
    version = int(damaged.execute("PRAGMA user_version").fetchone()[0])
    if 1 <= version <= LATEST:
        return version
    is_newest = damaged.execute("SELECT 1 FROM sqlite_master WHERE name = 'checksum'").fetchone()
    return LATEST if is_newest else LATEST - 1


def _make(target: Path, damaged: sqlite.Connection, version: int) -> None:
    """An empty file of the same version, without triggers, which would write a log of their own."""
    if version == LATEST:
        engine = create_engine(URL.create("sqlite", database=str(target)), module=sqlite)
        Model.metadata.create_all(engine)
        engine.dispose()
    with closing(sqlite.connect(target, isolation_level=None)) as into:
        if version < LATEST:
            for statement in _statements(damaged):
                into.execute(statement)
        into.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        into.execute(f"PRAGMA user_version = {version}")


def _statements(damaged: sqlite.Connection) -> list[str]:
    """How tables and indexes of an older file were made. Anything may stand there, and only that is done."""
    try:
        found = damaged.execute(
            "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
            "ORDER BY type DESC"
        ).fetchall()
    except UNREADABLE as error:
        raise UserError(
            "Die Datei ist von einer älteren Ausgabe, und ihr Aufbau lässt sich nicht mehr lesen. Bitte eine Sicherung "
            "wiederherstellen."
        ) from error
    return [sql for table, sql in found if table in our_tables() and _MAKES.match(sql)]
