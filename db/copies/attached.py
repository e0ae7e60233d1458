"""The attached files beside copies: each copy's own come to it, and those that no copy needs any more go."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.domain.errors import StoreError
from db.attached import referred
from db.attachments import AttachmentStore, Progress, folder_for
from db.checks import require_sound
from db.copies.proof import Soundness, known_proof
from db.damage.reading import UNREADABLE
from db.identity import is_database


def add_attachments(
    database: Path, target: Path, progress: Progress = lambda _done, _total: None, *, of: Path | None = None
) -> None:
    """Bring the attached files of `database` into the folder beside its copy at `target`.

    Only those that the copy needs; `of`: where it lies if not in its place yet. If that cannot be told, all of them.
    Raises OutputError if there is no room, Cancelled from `progress`.
    """
    copy, wanted = of or target, None
    with suppress(*UNREADABLE, StoreError):
        wanted = referred(copy)
    own = AttachmentStore.of(copy)  # the database itself may be gone, or be another one by now
    own.beside(target).fill_from(own.beside(database), only=wanted, progress=progress)


def remove_unneeded(database: Path, folder: Path) -> None:
    """Take away the attached files in this folder that neither `database` nor any of its copies there needs any more.

    If one of them cannot be read, or is not sound, nothing goes: it may need what the others do not.
    """
    with suppress(*UNREADABLE, StoreError, OSError):
        store = AttachmentStore.of(database).beside(folder / database.name)
        left = set(store.listing())
        copies = (database, *_copies(database, folder))
        for copy in copies:
            if not left:  # as a rule at once: the file itself still needs them all
                return
            left -= _needed(copy, store)
        for copy in copies:
            _require_sound(copy)
        store.let_go(left)


def _copies(database: Path, folder: Path) -> Iterator[Path]:
    """All databases in a folder, by whatever name, whose attached files lie where those of `database` do."""
    shared = folder_for(folder / database.name)
    for path in folder.iterdir():
        if folder_for(path) == shared and (path.suffix == database.suffix or is_database(path)):
            yield path


def _needed(copy: Path, store: AttachmentStore) -> set[str]:
    """The names of the files that a copy needs, in whichever form they lie there."""
    stores = store, AttachmentStore.of(copy)
    return {name for sha256 in referred(copy) for one in stores for name in one.names_of(sha256)}


def _require_sound(copy: Path) -> None:
    """Raise StoreError if some of its rows may be lost, so that it does not say all that it needs."""
    proof = known_proof(copy)
    if proof is None or proof.soundness not in (Soundness.WHOLE, Soundness.INCOMPLETE):
        require_sound(copy)
