"""Which attached files the rows of a database stand for, and what has become of them."""

from contextlib import closing
from pathlib import Path

from db.attachments import AttachmentStore, FileState, Progress
from db.checksums import tables
from db.connection import connect
from db.driver import sqlite

_WORDS = {FileState.MISSING: "fehlt", FileState.CHANGED: "wurde verändert"}


def problems(database: Path, progress: Progress = lambda _done, _total: None) -> list[str]:
    """Read every attached file; what is missing or changed, in German, or nothing. Raises Cancelled from `progress`."""
    store = AttachmentStore.of(database)
    found = []
    attached = _attached(database)
    for done, (name, number, sha256, size) in enumerate(attached):
        progress(done, len(attached))
        state = store.state(sha256, size)
        if state is not FileState.SOUND:
            path = store.path(sha256)
            place = f"{store.folder.name}/{path.parent.name}/{path.name[:12]}…"
            found.append(f"Anlage „{name}“ zu {number}: Die Datei {_WORDS[state]} ({place})")
    return found


def names_attached(database: Path) -> set[str]:
    """The names of the files that the rows of a database stand for."""
    store = AttachmentStore.of(database)
    return {store.path(sha256).name for _, _, sha256, _ in _attached(database)}


def referred(database: Path) -> set[str]:
    """The hashes of all files that rows stand for, or that undo could bring back. Raises sqlite.Error."""
    with closing(connect(database)) as connection:
        if "attachment" not in tables(connection):  # a file from before there were attachments
            return set()
        named = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM attachment")}
        logged = connection.execute(
            "SELECT json_extract(before, '$.sha256'), json_extract(after, '$.sha256') FROM change "
            "WHERE table_name = 'attachment'"
        )
        for both in logged:
            named |= {sha256 for sha256 in both if sha256 is not None}
    return named


def _attached(database: Path) -> list[tuple[str, str, str, int]]:
    connection = connect(database)
    try:
        return connection.execute(
            "SELECT a.file_name, g.number, a.sha256, a.size FROM attachment a "
            "JOIN agreement g ON g.id = a.agreement_id ORDER BY g.number, a.file_name"
        ).fetchall()
    except sqlite.OperationalError as error:
        if "no such table" in str(error):  # a file from before there were attachments
            return []
        raise
    finally:
        connection.close()
