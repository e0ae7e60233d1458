"""Takes out of a damaged file what is still whole, row by row, and puts it into a new one.

A row comes from the pages of the file; where they cannot be read, from the log, which holds every row a second time;
where that is gone too, from a snapshot. Its checksum tells whether it is the row that was there.
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine

from app.domain.errors import OutputError, UserError
from app.domain.system_errors import said
from db.attachments import AttachmentStore, Progress
from db.connection import connect
from db.damage.reading import UNREADABLE
from db.damage.rescued import Rescued, TableRescued
from db.damage.saving import Saving
from db.damage.working_copy import open_copy
from db.database import create_database
from db.driver import CAN_ENCRYPT, sqlite
from db.encryption import keys
from db.encryption.forms import ATTACHMENTS_KEY, Form, set_settings, settings_of, write_as
from db.encryption.keys import SALT_BYTES
from db.encryption.opening import Locked, begin_file, salt_of
from db.encryption.pages import MAGIC, PAGE, fits
from db.encryption.unlocking import is_locked
from db.identity import APPLICATION_ID
from db.migrations import LATEST, upgrade
from db.models import Model

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

    The new file is encrypted as the damaged one was. `source` is not touched. Raises UserError if there is nothing to
    be read or a file at `target` already, Locked, OutputError if nothing can be written there, Cancelled from
    `progress`; then nothing is left behind.
    """
    if (closed := needs_password(source, snapshots)) is not None:
        raise Locked(closed)
    if target.exists():
        raise UserError(
            f"„{target}“ gibt es schon und wird nicht überschrieben. Bitte einen anderen Namen wählen."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".retten-", dir=target.parent) as folder:
            made = Path(folder) / target.name
            found = Rescued(source, target, datetime.now(), *_rescue(source, made, snapshots, progress))
            store = AttachmentStore.of(made)
            store.beside(target).fill_from(store.beside(source), thorough=True)
            report = found.nameless_report if store.is_sealed else found.report
            report_path(target).write_text(report, "utf-8")
            made.rename(target)
    except OSError as error:
        raise OutputError(
            f"„{target}“ lässt sich nicht schreiben ({said(error)}). Bitte Platz und Schreibrechte prüfen oder einen "
            "anderen Ort wählen."
        ) from error
    return found


def needs_password(source: Path, snapshots: Sequence[Path]) -> Path | None:
    """The file whose password is wanted before anything can be saved of `source`: itself, or one that has its key."""
    if _salt(source, snapshots) is not None or not CAN_ENCRYPT:
        return None
    start = _first_bytes(source)
    if start.startswith(keys.MARK):
        return None if keys.known(start) else source
    if start == MAGIC:
        return None
    return next((one for one in snapshots if is_locked(one)), None)


def _salt(source: Path, snapshots: Sequence[Path]) -> bytes | None:
    """What a key opens of a damaged file tells its salt, also where its first bytes are gone: copies have the same."""
    own = _first_bytes(source)
    salts = [own, *(salt for one in snapshots if (salt := salt_of(one)) is not None)]
    return next((salt for salt in dict.fromkeys(salts) if keys.is_ours(salt) and fits(source, salt)), None)


def _first_bytes(source: Path) -> bytes:
    with source.open("rb") as file:
        return file.read(SALT_BYTES)


def _rescue(source: Path, target: Path, snapshots: Sequence[Path], progress: Progress) -> Outcome:
    work, salt = target.with_name("beschaedigt.db"), _salt(source, snapshots)
    damaged = open_copy(source, work, snapshots, salt)
    if damaged is None and source.stat().st_size > PAGE:  # new files are all laid out alike
        damaged = open_copy(source, work, [_fresh(target.parent, salt)], salt)
    if damaged is None:
        raise _nothing_in(source)
    with closing(damaged):
        target.touch()
        _make(target, damaged, _version(damaged), salt)
        with closing(begin_file(target, salt)) as into:
            saving = Saving(damaged, into, snapshots)
            try:
                tables = saving.save_all(progress)
                repaired = saving.repair_references()
            finally:
                saving.close()
    upgrade(target)
    if not any(one.saved for one in tables):
        raise _nothing_in(source)
    if salt is not None:
        _keep_key_of_attachments(target, salt, snapshots)
    return tuple(tables), tuple(repaired)


def _nothing_in(source: Path) -> UserError:
    """Also of an encrypted file whose first bytes are gone where no copy of it tells them."""
    return UserError(
        f"In „{source}“ ist nichts mehr zu lesen. Bitte eine Sicherung wiederherstellen; vielleicht liegt eine auf "
        "einem Stick oder Netzlaufwerk."
    )


def _fresh(folder: Path, salt: bytes | None) -> Path:
    """A new file that is encrypted as this salt says."""
    plain, fresh = folder / "leer.db", folder / "neu.db"
    create_database(plain).close()
    if salt is None:
        return plain
    fresh.touch()
    write_as(plain, fresh, Form(salt))
    return fresh


def _keep_key_of_attachments(target: Path, salt: bytes, snapshots: Sequence[Path]) -> None:
    """Where the file has lost the key of its attached files, a snapshot has it."""
    for one in (target, *snapshots):
        with suppress(*UNREADABLE, Locked), closing(connect(one)) as connection:
            found = settings_of(connection)
            if ATTACHMENTS_KEY in found:
                set_settings(target, Form(salt, found))
                return
    set_settings(target, Form(salt, {ATTACHMENTS_KEY: os.urandom(32).hex()}))


def _version(damaged: sqlite.Connection) -> int:
    """What the file says of itself, if that can be; else what its tables say."""
    version = int(damaged.execute("PRAGMA user_version").fetchone()[0])
    if 1 <= version <= LATEST:
        return version
    is_newest = damaged.execute("SELECT 1 FROM sqlite_master WHERE name = 'checksum'").fetchone()
    return LATEST if is_newest else LATEST - 1


def _make(target: Path, damaged: sqlite.Connection, version: int, salt: bytes | None) -> None:
    """An empty file of the same version, without triggers, which would write a log of their own."""
    if version == LATEST:
        engine = create_engine("sqlite://", module=sqlite, creator=lambda: begin_file(target, salt))
        Model.metadata.create_all(engine)
        engine.dispose()
    with closing(begin_file(target, salt)) as into:
        if version < LATEST:
            for statement in _statements(damaged):
                into.execute(statement)
        into.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        into.execute(f"PRAGMA user_version = {version}")


def _statements(damaged: sqlite.Connection) -> list[str]:
    """How tables and indexes of an older file were made."""
    try:
        found = damaged.execute(
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
        ).fetchall()
    except UNREADABLE as error:
        raise UserError(
            "Die Datei ist von einer älteren Ausgabe, und ihr Aufbau lässt sich nicht mehr lesen. Bitte eine Sicherung "
            "wiederherstellen."
        ) from error
    return [statement for (statement,) in found]
