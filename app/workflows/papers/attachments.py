"""Attaching files to agreements and giving them out again: the folder and the database go together here."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import OutputError
from app.domain.file_names import safe_file_name
from app.services.papers import attachments
from app.services.papers.attachments import AttachmentRow, Belonging
from app.workflows.files import why_not_written, write_file
from db.attachments import AttachmentStore, FileState, Progress, Stored
from db.database import Database
from db.file.passing import new_folder

AT_ONCE = 64 * 1024 * 1024
"""Bytes that are read while a list is shown: so many take no time one would notice."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Content without a file, such as a picture from the clipboard."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was attached; `twins`: where the same content lay already."""

    id: int
    file_name: str
    twins: tuple[AttachmentRow, ...]


def replace_scan(
    database: Database,
    row: AttachmentRow,
    source: Path,
    because: str,
    at: datetime,
    *,
    progress: Progress = lambda _done, _total: None,
) -> Attached:
    """Take a copy of a file as the scan that counts in place of another one, which stays, in one step of undo.

    Raises Invalid without a reason, and as `attach` does.
    """
    store = AttachmentStore.of(database.path)
    progress(0, 1)
    stored = _put(store, source)
    try:
        with database.write(f"Scan „{row.file_name}“ ersetzt") as session:
            twins = tuple(attachments.twins(session, stored.sha256))
            name = safe_file_name(source.name)
            key = attachments.replace(session, row.id, name, stored, at, because)
        return Attached(key, name, twins)
    except BaseException:
        store.discard(stored)
        raise


def attach(
    database: Database,
    belongs: Belonging,
    sources: Sequence[Path | Pasted],
    at: datetime,
    *,
    progress: Progress = lambda _done, _total: None,
) -> list[Attached]:
    """Take copies of all files and note them in one step of undo: all or none.

    Raises UserError for what is no readable file or too large, OutputError if the folder cannot be written.
    """
    store = AttachmentStore.of(database.path)
    taken: list[tuple[str, Stored]] = []
    try:
        for done, source in enumerate(sources):
            progress(done, len(sources))
            taken.append((safe_file_name(source.name), _put(store, source)))
        names = f"„{taken[0][0]}“" if len(taken) == 1 else f"{len(taken)} Dateien"
        with database.write(f"{names} angehängt") as session:
            return [
                Attached(
                    twins=tuple(attachments.twins(session, stored.sha256)),
                    id=attachments.add(session, belongs, name, stored, at),
                    file_name=name,
                )
                for name, stored in taken
            ]
    except BaseException:  # also when cancelled: nothing is left that nothing refers to
        for _, stored in taken:
            store.discard(stored)
        raise


def states(
    database: Database, rows: Iterable[AttachmentRow], *, at_once: int = AT_ONCE
) -> dict[int, FileState | None]:
    """What became of the files of these rows; None where more than `at_once` bytes would have to be read.

    Those come from `read_states`, beside the window.
    """
    store = AttachmentStore.of(database.path)
    found: dict[int, FileState | None] = {}
    for row in rows:
        found[row.id] = store.glance(row.sha256, row.size)
        if found[row.id] is None and row.size <= at_once:
            at_once -= row.size
            found[row.id] = store.state(row.sha256, row.size)
    return found


def read_states(database: Database, rows: Sequence[AttachmentRow], progress: Progress) -> None:
    """Read these files, so that `states` knows."""
    store = AttachmentStore.of(database.path)
    for done, row in enumerate(rows):
        progress(done, len(rows))
        store.state(row.sha256, row.size)


def open_copy(database: Database, row: AttachmentRow) -> Path:
    """A read-only copy under the file's own name, for another program to show: the stored one never changes.

    Raises UserError if the stored file is missing or changed, OutputError if no copy can be made.
    """
    content = AttachmentStore.of(database.path).read(row.sha256, row.file_name)
    return read_only_copy(content, row.file_name)


def read_only_copy(content: bytes, name: str) -> Path:
    """A read-only file with this content in a folder of its own among the temporary files."""
    target = Path(tempfile.gettempdir()) / name
    try:
        target = new_folder() / safe_file_name(name)
        target.write_bytes(content)
        target.chmod(0o400)
    except OSError as error:
        raise OutputError(why_not_written(target, error)) from error
    return target


def save_copy(database: Database, row: AttachmentRow, target: Path) -> None:
    """Save the file where she says. Raises UserError if it is missing or changed, OutputError if it cannot be."""
    write_file(target, AttachmentStore.of(database.path).read(row.sha256, row.file_name))


def _put(store: AttachmentStore, source: Path | Pasted) -> Stored:
    if isinstance(source, Pasted):
        return store.put_bytes(source.content, source.name)
    return store.put(source)
