"""Hands files, folders and addresses to the programs the system has for them."""

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.domain.errors import UserError

ADDRESS = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<web>(?:https?://|www\.)[^\s<>„“\"]*[^\s<>„“\".,;:!?)])"
)
"""Mail and web addresses within a text; a full stop or bracket at the end belongs to the sentence."""


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it. Raises UserError if there is none."""
    if not _hand_over(QUrl.fromLocalFile(str(path))):
        raise UserError(
            f"Für „{path.name}“ ist kein Programm eingerichtet. Bitte die Datei speichern und selbst öffnen."
        )


def show_folder(path: Path) -> None:
    """Show the folder a file lies in, or a folder itself. Raises UserError if nothing can."""
    folder = path if path.is_dir() else path.parent
    if not _hand_over(QUrl.fromLocalFile(str(folder))):
        raise UserError(f"Der Ordner lässt sich von hier aus nicht zeigen. Er liegt hier: {folder}")


def open_address(address: str) -> None:
    """Write to a mail address, or open a web address. Raises UserError if there is no program for it."""
    if not _hand_over(QUrl(target_of(address))):
        raise UserError(f"Für „{address}“ ist kein Programm eingerichtet. Bitte die Adresse kopieren.")


def target_of(address: str) -> str:
    """The link of an address as people write it: "a@b.de", "www.b.de", "https://b.de"."""
    if address.startswith(("http://", "https://", "mailto:")):
        return address
    return f"mailto:{address}" if "@" in address else f"https://{address}"


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where mail and web addresses stand in a text: first sign, and the one after the last."""
    return (found.span() for found in ADDRESS.finditer(text))


def _hand_over(url: QUrl) -> bool:
    return QDesktopServices.openUrl(url)
