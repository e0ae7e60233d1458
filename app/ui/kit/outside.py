"""Hands files, folders and addresses to the programs the system has for them."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import UserError
from app.domain.papers.careful_files import danger
from app.ui.kit.questions import ask_which
from db.private_files import keep_private

ADDRESS = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<web>(?:https?://|www\.)[^\s<>„“\"]*[^\s<>„“\".,;:!?)])"
)
"""Mail and web addresses within a text; a full stop or bracket at the end belongs to the sentence."""
CAREFUL = (
    "„{name}“ {why}. Einmal geöffnet, kann so eine Datei auf diesem Rechner Daten lesen, verändern oder löschen. "
    "Bitte nur öffnen, wenn sicher ist, von wem sie kommt und wozu sie gebraucht wird."
)
NOT = "Nicht öffnen"
SCHEMES = ("file", "mailto", "http", "https")
XDG_REFUSALS = (3, 4)
"""What xdg-open answers where there is no program, and where it could not be started."""


def open_file(path: Path, parent: QWidget | None = None, save: Callable[[], object] | None = None) -> None:
    """Open a file with the program the system has for it; asks before one that can do something by itself.

    `save`: what is offered instead then. Raises UserError if there is no program for it.
    """
    with path.open("rb") as content:
        why = danger(path.name, content)
    if why is None:
        _hand_over(QUrl.fromLocalFile(str(path)))
        return
    answers: list[tuple[str, Callable[[], object]]] = [
        ("Trotzdem öffnen", lambda: _hand_over(QUrl.fromLocalFile(str(path))))
    ]
    if save is not None:
        answers.append(("Speichern unter …", save))
    ask_which(
        parent or QApplication.activeWindow(), CAREFUL.format(name=path.name, why=why), answers, rather=NOT
    )


def show_folder(path: Path) -> None:
    """Show the folder a file lies in, or a folder itself. Raises UserError if nothing can."""
    _hand_over(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))


def open_address(address: str) -> None:
    """Write to a mail address, or open a web address. Raises UserError if there is no program for it."""
    _hand_over(QUrl(target_of(address)))


def target_of(address: str) -> str:
    """The link of an address as people write it: "a@b.de", "www.b.de", "https://b.de"."""
    if address.startswith(("http://", "https://", "mailto:")):
        return address
    return f"mailto:{address}" if "@" in address else f"https://{address}"


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where mail and web addresses stand in a text: first sign, and the one after the last."""
    return (found.span() for found in ADDRESS.finditer(text))


class XdgOpen(QObject):
    """The opener of Linux. Qt starts the same program, and says "done" before it has answered that there is nothing."""

    @classmethod
    def install(cls, parent: QObject) -> None:
        """Use it where the system has it."""
        if (program := shutil.which("xdg-open")) is not None:
            opener = cls(program, parent)
            for scheme in SCHEMES:
                QDesktopServices.setUrlHandler(scheme, opener, "open")  # type: ignore[arg-type]  # wants a str

    def __init__(self, program: str, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        # It may answer only when the viewer is closed again, so nobody waits for it, not even the end of the program.
        Thread(target=self._ask, args=(url,), daemon=True).start()

    def _ask(self, url: QUrl) -> None:
        """Raises UserError where nothing opens it; the place that shows errors hears it from any thread."""
        null = subprocess.DEVNULL
        command = [self._program, url.toString(QUrl.ComponentFormattingOption.FullyEncoded)]
        answer = subprocess.run(
            command,
            stdin=null,
            stdout=null,
            stderr=null,
            start_new_session=True,
            umask=keep_private(),  # what she makes in that program is not ours to close
        )
        if answer.returncode in XDG_REFUSALS:
            raise UserError(_nothing_for(url))


def _hand_over(url: QUrl) -> None:
    if not QDesktopServices.openUrl(url):
        raise UserError(_nothing_for(url))


def _nothing_for(url: QUrl) -> str:
    """That nothing opens this, and what to do instead."""
    path = Path(url.toLocalFile())
    if not url.isLocalFile():
        address = url.toString().removeprefix("mailto:")
        return f"Für „{address}“ ist kein Programm eingerichtet. Bitte die Adresse kopieren."
    if path.is_dir():
        return f"Der Ordner lässt sich von hier aus nicht zeigen. Er liegt hier: {path}"
    return f"Für „{path.name}“ ist kein Programm eingerichtet. Die Datei liegt hier: {path.parent}"
