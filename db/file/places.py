"""What the place of a database file means for it: names that cannot be, other computers, folders that synchronise."""

import os
import re
import sys
from pathlib import Path, PurePath

from app.domain.errors import StoreError

LONGEST_NAME = 215
"""Bytes of a file name: companions, snapshots and unfinished files add up to 40, and systems take 255."""
LONGEST_PATH = 240 if sys.platform == "win32" else 470
"""Signs of a path on Windows, bytes elsewhere: SQLite takes 512 with what it adds itself."""
NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "davfs", "fuse.davfs", "fuse.sshfs", "fuse.rclone"}
)
_REMOTE_DRIVE = 4
SERVICES = (
    ("OneDrive", r"onedrive( - .*)?", ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"), ()),
    ("Nextcloud", r"nextcloud.*|owncloud.*", (), (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db")),
    ("Dropbox", r"dropbox( \(.*\))?", (), (".dropbox", ".dropbox.cache")),
    ("Google Drive", r"google drive|my drive|meine ablage", (), (".tmp.drivedownload", ".tmp.driveupload")),
    ("iCloud", r"iclouddrive|com~apple~clouddocs", (), ()),
    ("Seafile", r"seafile", (), (".seafile-data", ".ccnet")),
    ("Syncthing", r"(?!)", (), (".stfolder",)),
)  # fmt: skip
"""Services that synchronise folders: name, the folder's usual name, variables that name it, files they leave in it."""


def require_usable(path: PurePath) -> None:
    """Raise StoreError for a path that this system would take for something else, or that is too long."""
    text = str(path)
    if sys.platform != "win32":
        if "\\" in text:
            raise StoreError(
                f"„{text}“ ist ein Pfad von Windows; hier würde daraus eine Datei mit diesem Namen. Bitte den Ordner "
                "im Dateisystem einhängen und seinen Pfad angeben."
            )
        if text.startswith("//") or re.match(r"/?(.*/)?[a-z]{2,}:/", text):
            raise StoreError(
                f"„{text}“ ist die Adresse eines Servers. Bitte den Ordner zuerst im Dateisystem einhängen und dessen "
                "Pfad angeben."
            )
    long_name = len(os.fsencode(path.name)) > LONGEST_NAME
    length = len(text) if sys.platform == "win32" else len(os.fsencode(text))
    if long_name or length > LONGEST_PATH:
        what = "Der Name der Datei" if long_name else "Der Pfad"
        raise StoreError(
            f"{what} ist zu lang: „{text[:60]}…“. Bitte einen kürzeren Namen oder einen Ordner weiter oben wählen."
        )


def is_on_network(path: Path) -> bool:
    """Does the file lie on another computer, as far as the system tells?"""
    place = path.resolve()
    if sys.platform == "win32":
        import ctypes

        return place.drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == _REMOTE_DRIVE
        )
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    found = ("", "")
    for line in mounts:
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(found[0]):
            found = point, after.split(" ")[0]
    return found[1] in NETWORK_TYPES


def synchronised_by(path: Path) -> str:
    """The name of the service that synchronises the folder, by its name and by what it leaves there; else ""."""
    folders = path.resolve().parents
    for service, name, variables, marks in SERVICES:
        named = [Path(value).resolve() for value in map(os.environ.get, variables) if value]
        for folder in folders:
            if re.fullmatch(name, folder.name, re.IGNORECASE) or folder in named or _has(folder, marks):
                return service
    return ""


def _has(folder: Path, marks: tuple[str, ...]) -> bool:
    try:
        return any(next(folder.glob(mark), None) is not None for mark in marks)
    except OSError:
        return False
