"""Encrypting a file, giving it another password, or keeping it unencrypted again: one operation.

The file is written anew in its new form, proved, and put in the place of the old one in one step. Then its copies and
its attached files follow; what that leaves undone because it was stopped is done by the next `settle`.
"""

import glob
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.errors import OutputError, StoreError
from db.attachments import AttachmentStore, Progress
from db.attachments import folder_for as attachments_of
from db.copies.copying import arriving, silent
from db.copies.proof import forget, prove
from db.copies.restoring import closed_to_all
from db.copies.snapshots import folder_for as snapshots_of
from db.encryption import keys
from db.encryption.forms import (
    ATTACHMENTS_KEY,
    FORMER_KEYS,
    Form,
    form_of,
    set_settings,
)
from db.encryption.keys import Secret
from db.encryption.opening import salt_of
from db.errors import sentences
from db.file.unfinished import settle as place
from db.identity import database_id_of, identify, is_database
from db.lock import WriterLock


def change(
    database: Path, secret: Secret | None, *, second_place: Path | None = None, progress: Progress = silent
) -> list[str]:
    """Keep the file, its copies and its attached files encrypted with a secret, or with None unencrypted from now on.

    What could not be reached and stays as it was is returned, in German. Raises StoreError if the file is open
    anywhere or damaged, OutputError if there is no room, Cancelled; then the file is as it was.
    """
    identify(database)
    with WriterLock(database), sentences(database):
        form = _next_form(form_of(database), secret)
        try:
            _recast(database, form, lambda: progress(0, 0))
        except BaseException:
            if secret is not None:
                keys.drop(secret.salt)
            raise
    return settle(database, second_place=second_place, progress=progress)


def settle(database: Path, *, second_place: Path | None = None, progress: Progress = silent) -> list[str]:
    """Bring copies and attached files that can be reached into the form of their database; does no more than it must.

    Returns what could not be reached, in German. Cancelled, the rest waits for the next time.
    """
    form = form_of(database)
    left: list[str] = []
    if second_place is not None and not second_place.is_dir():
        left.append(f"Der zweite Ort „{second_place}“ ist nicht erreichbar.")
    places = [database.parent, snapshots_of(database), *([second_place] if second_place is not None else [])]
    if form.salt is not None:
        for place in places:
            _remove_plain_remains(database, place)
    stale = [copy for place in places for copy in _copies(database, place, form.salt)]
    for done, copy in enumerate(stale):
        progress(done, len(stale))
        left += _follow(copy, form)
    key = form.attachments_key
    if key is not None:
        for place in places:
            folder = attachments_of(place / database.name)
            left += AttachmentStore(folder, key, sealed=form.salt is not None).convert(progress)
        if form.salt is None and not left:
            set_settings(database, Form())
    for copy in stale:
        if salt_of(copy) == form.salt:
            prove(copy)  # what was known of it was about the old bytes
    return left


def _next_form(form: Form, secret: Secret | None) -> Form:
    settings = dict(form.settings)
    former = settings.pop(FORMER_KEYS, "").split()
    if secret is None:
        return Form(None, settings)
    keys.keep(secret.salt, keys.database_key(secret))
    if form.salt is not None:
        former.append(f"{form.salt.hex()}:{keys.key_of(form.salt).hex()}")
    if former:
        settings[FORMER_KEYS] = " ".join(former)
    settings.setdefault(ATTACHMENTS_KEY, os.urandom(32).hex())
    return Form(secret.salt, settings)


def _recast(database: Path, form: Form, look: Callable[[], None]) -> None:
    """Write the file in its new form beside it, and move that into its place."""
    touched = database.stat()
    look()
    with arriving(database, database, form) as copy:
        os.utime(copy.path, ns=(touched.st_atime_ns, touched.st_mtime_ns))
        look()
        with closed_to_all(database):
            place(copy.path, database)


def _copies(database: Path, place: Path, salt: bytes | None) -> Iterator[Path]:
    """Snapshots, and what was replaced or upgraded, where they have another key: files that are the same database."""
    own = database_id_of(database)
    for path in sorted(place.glob(f"{glob.escape(database.stem)}_*{database.suffix}")):
        if not path.is_file() or not is_database(path) or salt_of(path) == salt:
            continue
        # The first files had no id yet.
        if _is_closed(path) or database_id_of(path) in (own, None):
            yield path


def _is_closed(path: Path) -> bool:
    salt = salt_of(path)
    return salt is not None and not keys.known(salt)


def _follow(copy: Path, form: Form) -> list[str]:
    """Bring one copy into the new form; a sentence if that cannot be."""
    if _is_closed(copy):
        return [f"Die Sicherung „{copy}“ hat ein früheres Kennwort und behält es."]
    try:
        with sentences(copy):
            forget(copy)
            _recast(copy, form, lambda: None)
    except (StoreError, OutputError) as error:
        return [error.sentence]
    return []


def _remove_plain_remains(database: Path, place: Path) -> None:
    """What a process that was killed left half written before the file was encrypted can be read by anybody."""
    for path in place.glob(f".{glob.escape(database.stem)}*"):
        if path.is_file() and is_database(path) and salt_of(path) is None:
            path.unlink(missing_ok=True)
