"""What was found when a snapshot was opened and checked, kept in a small file beside it.

The small file belongs to the snapshot by its size and the time of its last change. Where it is lost, damaged or of
another file, the snapshot is proved again.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.counting import counted
from app.domain.errors import StoreError
from app.domain.terms import Worded
from db import attached
from db.attachments import AttachmentStore, Progress, folder_for
from db.checks import check
from db.connection import connect
from db.copies.counting import count_rows
from db.encryption.opening import Locked, salt_of
from db.errors import sentences
from db.file.unfinished import settle, unfinished_path
from db.identity import identify, is_database

ENDING = ".json"
_FORM = 1
_CLOCKS_OF_STICKS = 2.5
"""Seconds: FAT keeps the time of a change only to every second one."""


class Soundness(Worded):
    """Whether a snapshot holds what it should."""

    WHOLE = "whole", "vollständig"
    INCOMPLETE = "incomplete", "unvollständig"
    CHANGED = "changed", "verändert"
    FAULTY = "faulty", "fehlerhaft"


_Mark = tuple[int, float]
Listing = Mapping[str, tuple[int, float]]
"""Files by name: size in bytes, and when last touched."""
_LETTERS = 16
"""Of the name of an attached file; enough to tell it from any other."""


@dataclass(frozen=True, slots=True)
class LastStep:
    """The newest command in a file. `label`: empty where the file is encrypted, it may name a person."""

    number: int
    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a snapshot was found to be. `rows` by table; `problems` in German; `sha256` of the file itself."""

    soundness: Soundness
    problems: tuple[str, ...] = ()
    sha256: str = ""
    version: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    last_step: LastStep | None = None
    files: Mapping[str, int] = field(default_factory=dict)
    """Attached files by the beginning of their names, with their sizes as they lie there."""


_FOUND: dict[Path, tuple[_Mark | None, Proof]] = {}
"""What this process has found itself: where nothing can be written beside a snapshot it is proved but once."""


def beside(snapshot: Path) -> Path:
    """Where the proof of a snapshot lies."""
    return snapshot.with_name(snapshot.name + ENDING)


def known_proof(snapshot: Path, there: Listing | None = None) -> Proof | None:
    """What was found when the snapshot was proved; None if that is not known, or it was touched since.

    `there`: the attached files that lie beside it now, if they have been looked at already.
    """
    found = _known(snapshot)
    if found is None or not found.files:
        return found
    lying = _short(AttachmentStore(folder_for(snapshot)).listing() if there is None else there)
    gone = [name for name, size in found.files.items() if lying.get(name, (None, 0.0))[0] != size]
    if gone and found.soundness is Soundness.WHOLE:
        lack = f"{counted(len(gone), 'Anlage fehlt', 'Anlagen fehlen')} inzwischen im Ordner daneben."
        return replace(found, soundness=Soundness.INCOMPLETE, problems=(lack,))
    proved_at = _when(beside(snapshot))
    if any(lying[name][1] > proved_at + _CLOCKS_OF_STICKS for name in found.files if name in lying):
        return None  # one was written since
    return found


def _known(snapshot: Path) -> Proof | None:
    if (found := _FOUND.get(snapshot)) is not None and found[0] == _mark(snapshot):
        return found[1]
    kept = _kept(snapshot)
    if not _is_of(kept, snapshot):
        return None
    try:
        read = _read(kept)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    _FOUND[snapshot] = _mark(snapshot), read
    return read


def _short(there: Listing) -> Listing:
    return {name[:_LETTERS]: seen for name, seen in there.items()}


def _when(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it could not be written, so nothing is known but in this process
        return float("inf")


def prove(
    snapshot: Path,
    *,
    expected: Mapping[str, int] | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Proof:
    """Open a snapshot, check it, read its attached files, and keep what was found beside it.

    `expected`: rows by table that must be in it. What was changed since it was proved before is said to be. Raises
    Locked.
    """
    earlier = _kept(snapshot)
    first_hash = str(earlier.get("sha256", ""))
    found = _examined(snapshot, hash_of(snapshot), expected, progress)
    was_changed = earlier.get("soundness") == Soundness.CHANGED
    if found.soundness is not Soundness.FAULTY and (was_changed or first_hash not in ("", found.sha256)):
        if first_hash != found.sha256 and _is_of(
            earlier, snapshot
        ):  # nobody wrote it, and yet it reads differently
            found = _worse(
                found,
                Soundness.FAULTY,
                "Der Datenträger gibt sie nicht so zurück, wie sie geschrieben wurde.",
            )
        else:
            found = _worse(
                found, Soundness.CHANGED, "Sie wurde verändert, nachdem sie gemacht und geprüft war."
            )
    _keep(snapshot, found)
    _FOUND[snapshot] = _mark(snapshot), found
    return found


def _worse(found: Proof, soundness: Soundness, problem: str) -> Proof:
    return replace(found, soundness=soundness, problems=(problem, *found.problems))


def forget(snapshot: Path) -> None:
    """What was found no longer counts, because we ourselves are about to write the snapshot anew."""
    with suppress(OSError):
        beside(snapshot).unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """SHA-256 of the file as it lies there, "" if it cannot be read. Never of a file that SQLite has open here."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _examined(snapshot: Path, sha256: str, expected: Mapping[str, int] | None, progress: Progress) -> Proof:
    try:
        version = identify(snapshot)
        problems = check(snapshot)
        with sentences(snapshot):
            rows, last_step = _contents(snapshot)
    except Locked:  # nothing is known of it
        raise
    except StoreError as error:
        return Proof(Soundness.FAULTY, (error.sentence,), sha256)
    if expected is not None and dict(expected) != rows:
        problems = [*problems, "Es sind nicht so viele Zeilen darin wie in der gesicherten Datei."]
    if problems:
        return Proof(Soundness.FAULTY, tuple(problems), sha256, version, rows, last_step)
    lost = attached.problems(snapshot, progress)
    soundness = Soundness.INCOMPLETE if lost else Soundness.WHOLE
    lying = AttachmentStore.of(snapshot).listing()
    files = {name[:_LETTERS]: lying[name][0] for name in attached.names_attached(snapshot) if name in lying}
    return Proof(soundness, tuple(lost), sha256, version, rows, last_step, files)


def _contents(snapshot: Path) -> tuple[dict[str, int], LastStep | None]:
    connection = connect(snapshot)
    try:
        connection.execute("PRAGMA query_only = ON")
        rows = count_rows(connection)
        newest = None
        if rows.get("command"):
            newest = connection.execute(
                "SELECT id, at, label FROM command ORDER BY id DESC LIMIT 1"
            ).fetchone()
    finally:
        connection.close()
    if newest is None:
        return rows, None
    return rows, LastStep(int(newest[0]), datetime.fromisoformat(newest[1]), str(newest[2]))


def _keep(snapshot: Path, proof: Proof) -> None:
    """Where nothing can be written, on a locked stick, it is proved again the next time."""
    with suppress(OSError):
        seen = snapshot.stat()
        kept = asdict(proof) | {
            "form": _FORM,
            "size": seen.st_size,
            "touched": seen.st_mtime,
            "rows": dict(proof.rows),
            "files": dict(proof.files),
        }
        step, is_open = proof.last_step, is_database(snapshot) and salt_of(snapshot) is None
        if step is not None:
            label = step.label if is_open else ""
            kept["last_step"] = {"number": step.number, "at": step.at.isoformat(), "label": label}
        if not is_open:
            kept["problems"] = []  # they name attached files
        temporary = unfinished_path(beside(snapshot))
        try:
            temporary.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            settle(temporary, beside(snapshot))
        finally:
            temporary.unlink(missing_ok=True)


def _mark(snapshot: Path) -> _Mark | None:
    try:
        seen = snapshot.stat()
    except OSError:
        return None
    return seen.st_size, seen.st_mtime


def _kept(snapshot: Path) -> dict[str, Any]:
    """What lies beside a snapshot; nothing if that is lost, damaged, or was never ours."""
    try:
        kept = json.loads(beside(snapshot).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) and kept.get("form") == _FORM else {}


def _is_of(kept: dict[str, Any], snapshot: Path) -> bool:
    """Whether it was written about the file as it lies there now."""
    try:
        seen = snapshot.stat()
        return bool(
            kept["size"] == seen.st_size and abs(kept["touched"] - seen.st_mtime) <= _CLOCKS_OF_STICKS
        )
    except (OSError, KeyError, TypeError):
        return False


def _read(kept: dict[str, Any]) -> Proof:
    step = kept["last_step"]
    return Proof(
        Soundness(kept["soundness"]),
        tuple(str(one) for one in kept["problems"]),
        str(kept["sha256"]),
        int(kept["version"]),
        {str(name): int(count) for name, count in kept["rows"].items()},
        None
        if step is None
        else LastStep(int(step["number"]), datetime.fromisoformat(step["at"]), str(step["label"])),
        {str(name): int(size) for name, size in kept["files"].items()},
    )
