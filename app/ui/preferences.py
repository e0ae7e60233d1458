"""Remembers for this computer how the window was left, declared as data so that tests can check it.

What belongs to the office (name, address, signatories) is not here: it is in the database file.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSettings

T = TypeVar("T")

RECENT_FILES_KEPT = 8
TEXT_SIZES = {9: "Klein", 10: "Normal", 12: "Groß", 14: "Sehr groß"}
"""Base size in points: its word in the menu."""


@dataclass(frozen=True, slots=True)
class Preference(Generic[T]):
    """One remembered value; a stored value of another type counts as not stored."""

    key: str
    default: T

    def get(self) -> T:
        """What is stored, else the default."""
        stored = QSettings().value(self.key)
        if not isinstance(stored, str):
            return self.default
        try:
            value = json.loads(stored)
        except ValueError:
            return self.default
        return value if isinstance(value, type(self.default)) else self.default

    def set(self, value: T) -> None:
        """Keep a value."""
        QSettings().setValue(self.key, json.dumps(value, ensure_ascii=False))


SCHEME = Preference("window/scheme", "system")  # a value of theme.Scheme
TEXT_SIZE = Preference("window/text_size", 10)
GEOMETRY = Preference("window/geometry", "")
RECENT_FILES: Preference[list[str]] = Preference("files/recent", [])
READ_FOLDER = Preference("files/folder", "")
SAVE_FOLDER = Preference("files/save_folder", "")
WORKED_IN_COPY: Preference[list[str]] = Preference("files/worked_in_copy", [])
WORKED_DIRECTLY: Preference[list[str]] = Preference("files/worked_directly", [])
"""The files in synchronised folders that she works on in a copy, and those directly in their folder, by their paths."""
CONFLICTS_TOLD: Preference[list[str]] = Preference("files/conflicts_told", [])
LOCK_MINUTES = Preference("window/lock_minutes", 15)
"""After so long without a key or click an encrypted file is locked; 0: never."""
SECOND_BACKUP_PLACE = Preference("files/second_backup_place", "")
"""A folder on a stick or a network drive that gets a copy of each snapshot; empty: none."""
SECOND_BACKUP_DRIVE = Preference("files/second_backup_drive", "")
"""Where the drive of that folder was mounted when it was chosen; empty: it is no drive of its own."""
SECOND_BACKUP_LAST: Preference[list[str]] = Preference("files/second_backup_last", [])
"""A database file, and the name of its snapshot that arrived there last; empty: none has."""
BACKUP_SIZE = Preference("files/backup_size", 2000)
"""Megabytes that the snapshots of a place may take together."""


def forget(names: Callable[[str], bool]) -> None:
    """Remember nothing any more that names somebody who is forgotten: a search, a value that was filtered by."""
    settings = QSettings()
    for key in settings.allKeys():
        if names(f"{key} {settings.value(key)}"):
            settings.remove(key)
    settings.sync()


class PageState(Preference[dict[str, Any]]):
    """What a page keeps for itself (filters, chosen columns, splitter): plain JSON values by name."""

    def update(self, **values: Any) -> None:
        """Keep these values beside what is kept already."""
        self.set(self.get() | values)


def page_state(page_id: str) -> PageState:
    """The state of a page, or of a part of it that has an id of its own."""
    return PageState(f"pages/{page_id}", {})


def remember_file(path: Path) -> None:
    """Put a database file first among the recently opened ones."""
    name = str(path.resolve())
    others = [other for other in RECENT_FILES.get() if other != name]
    RECENT_FILES.set([name, *others][:RECENT_FILES_KEPT])


def recent_files() -> list[Path]:
    """Recently opened database files that are still there, the latest first."""
    return [path for path in map(Path, RECENT_FILES.get()) if path.is_file()]
