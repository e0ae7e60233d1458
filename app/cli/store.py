"""The commands about the database file itself: new, demo, backup, restore, check."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.answer import WAYS_OUT, Answer
from app.domain.counting import dotted
from app.domain.errors import StoreError, UserError
from app.workflows.places import default_database
from app.workflows.privacy.forgetting import known_around, repeat_erasures
from db import attached, attachments, checks
from db.copies import copying, restoring
from db.copies.proof import Proof, Soundness
from db.database import Database, create_database, open_database, refuse_existing
from db.identity import identify
from db.lock import WriterLock


def database_path(options: Namespace) -> Path:
    """The file this call is about."""
    return (options.database or default_database()).absolute()


@contextmanager
def opened(options: Namespace, *, writer: bool) -> Iterator[Database]:
    """The database of this call; raises StoreError, also if the file is damaged anywhere.

    The window checks once a day with its snapshot; a command may run where no window ever does.
    """
    database = open_database(database_path(options), writer=writer)
    try:
        checks.require_sound(database.path)
        yield database
    finally:
        database.close()


def writer_is_free(options: Namespace) -> bool:
    """Could this call write now? Not while a window or another command does."""
    try:
        with WriterLock(database_path(options)):
            return True
    except StoreError:
        return False


def new(options: Namespace) -> Answer:
    """Make an empty database; one that exists is refused."""
    path = database_path(options)
    create_database(path).close()
    return Answer({"database": str(path)}, f"Neue Datei: {path}")


def demo(options: Namespace) -> Answer:
    """Make a database with invented data."""
    from app.workflows.demo import build

    path = database_path(options)
    build(path)
    return Answer({"database": str(path)}, f"Datei mit erfundenen Daten: {path}")


def backup(options: Namespace) -> Answer:
    """Write a sound copy of the database; a file that exists is refused."""
    path, target = database_path(options), options.out.absolute()
    identify(path)
    refuse_existing(target)
    found = copying.take_snapshot(path, target)
    details = [f"Sicherung von „{path}“ geschrieben: {target}"]
    folder = attachments.folder_for(target)
    if folder.is_dir():
        details.append(f"Die Anlagen liegen daneben und gehören dazu: {folder}")
    details.append(f"Geprüft: {_contents(found)}")
    if found.soundness is not Soundness.WHOLE:
        problem = f"Die Sicherung „{target}“ ist geschrieben, aber {found.soundness.word}."
        return _wrong([*details, *found.problems], problem)
    return _ok(details)


def _contents(found: Proof) -> str:
    """ "vollständig, 1.204 Zeilen in 60 Tabellen, letzter Schritt am 24.11.2026, 14:03; SHA-256 ab12..." """
    parts = [found.soundness.word, f"{dotted(sum(found.rows.values()))} Zeilen in {len(found.rows)} Tabellen"]
    if found.last_step is not None:
        parts.append(f"letzter Schritt am {found.last_step.at:%d.%m.%Y, %H:%M}")
    return f"{', '.join(parts)}; SHA-256 {found.sha256}"


def restore(options: Namespace) -> Answer:
    """Put a backup in place of the database; what stood there before is kept beside it."""
    path, snapshot = database_path(options), options.file.absolute()
    if not snapshot.is_file():
        raise UserError(f"Die Sicherung „{snapshot}“ gibt es nicht. Bitte den Namen und den Ordner prüfen.")
    known = known_around(path)
    kept = restoring.restore(snapshot, path)
    details = [f"Sicherung „{snapshot}“ wiederhergestellt: {path}"]
    if kept:
        details.append(f"Der Stand davor liegt in {kept}")
    if known:
        database = open_database(path, writer=True)
        try:
            details += filter(None, (repeat_erasures(database, known),))
        finally:
            database.close()
    return _ok(details + attached.problems(path))


def check(options: Namespace) -> Answer:
    """Look for damage in the database and in the folder of attached files: exit code 4 if there is any."""
    path = database_path(options)
    found = checks.examine(path)
    folder = attachments.folder_for(path)
    strange = [f"Gehört zu keinem Eintrag, schadet aber nicht: {one}" for one in found.orphans]
    if found.damage:
        return _wrong([*found.wrong, *strange], f"„{path}“ ist beschädigt. {WAYS_OUT}")
    if found.files:
        return _wrong(
            [*found.files, *strange],
            f"„{path}“ ist in Ordnung, aber im Ordner „{folder}“ fehlen Anlagen oder wurden verändert. Bitte den "
            "Ordner oder die letzte Sicherung wiederherstellen.",
        )
    return _ok([f"Keine Schäden gefunden: {path}", *strange])


def save_what_is_left(options: Namespace) -> Answer:
    """Save what can be read of a damaged file into a new one, with a report beside it."""
    from db.copies.snapshots import snapshots
    from db.damage.rescue import report_path, rescue

    path, target = database_path(options), options.out.absolute()
    with WriterLock(path):  # not under the hands of a window
        found = rescue(path, target, [one.path for one in snapshots(path)])
    data = {
        "database": str(target),
        "report": str(report_path(target)),
        "saved": found.saved,
        "lost": found.lost,
        "doubtful": found.doubtful,
    }
    return Answer(data, found.report)


def _wrong(details: list[str], problem: str) -> Answer:
    return Answer(
        {"ok": False, "details": details},
        "\n".join(details),
        problem=problem,
        exit_code=StoreError.exit_code,
    )


def _ok(details: list[str]) -> Answer:
    return Answer({"ok": True, "details": details}, "\n".join(details))
