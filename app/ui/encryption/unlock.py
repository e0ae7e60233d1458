"""Asking for the password of an encrypted file, or for the key of its recovery sheet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.domain.errors import Damaged, UserError
from app.ui.kit.dialog import Dialog
from app.ui.kit.jobs import Jobs
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.lone_window import LoneWindow
from app.ui.kit.questions import DATABASE, choose_file
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.room import Room
from app.ui.kit.widgets.text import button, label, say, set_property
from db.encryption.keys import Secret
from db.encryption.unlocking import unlock

FIRST_SIZE = (900, 640)
FIELD_WIDTH = 420
BY_PASSWORD = ("Kennwort", "Kennwort vergessen …")
BY_SHEET = ("Schlüssel vom Wiederherstellungsblatt, acht Gruppen", "Doch mit dem Kennwort")


class UnlockFields(QWidget):
    """One line for the password or the key, what was wrong with it, and the way from one to the other.

    `opened` carries the secret, and whether it came from the sheet: then a new password is to be set.
    """

    opened = Signal(object, bool)
    working = Signal(bool)

    def __init__(self, path: Path, jobs: Jobs, remember: QCheckBox | None = None) -> None:
        """`remember`: stands with them, and is of no use to a key that is to be replaced."""
        super().__init__()
        self._path = path
        self._remember = remember
        self._jobs = jobs
        self.by_sheet = False
        self.caption = label(BY_PASSWORD[0], "field")
        self.line = QLineEdit()
        self.line.setMaximumWidth(FIELD_WIDTH)
        self.line.textEdited.connect(lambda _: self._say(""))
        self.line.returnPressed.connect(self.go)
        self.caption.setBuddy(self.line)
        self.show_letters = QCheckBox("Kennwort zeigen")
        self.show_letters.toggled.connect(lambda _: self._show_mode())
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.other_way = button("", self._change_way, role="link")
        column(
            self.caption,
            self.line,
            self.error,
            row(self.show_letters, STRETCH),
            None if remember is None else row(remember, STRETCH),
            row(self.other_way, STRETCH),
            on=self,
            spacing=8,
        )
        self._show_mode()
        self.setFocusProxy(self.line)

    def go(self) -> None:
        """Try what is typed, beside the window: making a key of a password takes a moment on purpose."""
        text = self.line.text()
        if not text:
            self._say(f"Bitte {'den Schlüssel' if self.by_sheet else 'das Kennwort'} eingeben.")
            self.line.setFocus()
            return
        by_sheet = self.by_sheet
        self._set_working(True)
        self._jobs.start(
            "",
            lambda _progress: _try(self._path, text, by_sheet),
            lambda found: self._tried(found, by_sheet),
            lambda: self._set_working(False),
        )

    def _tried(self, found: Secret | str, by_sheet: bool) -> None:
        if isinstance(found, str):
            self._say(found)
            self.line.setFocus()
            self.line.selectAll()
            return
        self.line.clear()
        self.opened.emit(found, by_sheet)

    def _set_working(self, working: bool) -> None:
        self.line.setReadOnly(working)
        self.working.emit(working)

    def _change_way(self) -> None:
        self.by_sheet = not self.by_sheet
        self.line.clear()
        self._say("")
        self._show_mode()
        self.line.setFocus()

    def _show_mode(self) -> None:
        caption, way = BY_SHEET if self.by_sheet else BY_PASSWORD
        self.caption.setText(caption)
        self.line.setAccessibleName(caption)
        self.other_way.setText(way)
        for box in filter(None, (self.show_letters, self._remember)):
            box.setVisible(not self.by_sheet)
        seen = self.by_sheet or self.show_letters.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText("ABCDE FGHJK …" if self.by_sheet else "")

    def _say(self, sentence: str) -> None:
        say(self.error, sentence)
        set_property(self.line, "invalid", bool(sentence))
        self.line.setAccessibleDescription(sentence)


class UnlockWindow(LoneWindow):
    """A window with nothing in it but the question: at the start, and over a window that was locked.

    `locked`: the program runs on behind it; closed by its frame it only makes itself small.
    """

    opened = Signal(object, bool, bool)  # the secret, whether from the sheet, whether to remember it
    open_wanted = Signal(Path)

    def __init__(self, path: Path, jobs: Jobs, *, locked: bool = False) -> None:
        super().__init__("Quartiersbüro gesperrt" if locked else "Quartiersbüro", FIRST_SIZE)
        self._locked = locked
        self.remember = QCheckBox("Auf diesem Rechner merken")
        self.remember.setToolTip("Im Schlüsselbund des Systems; die Datei öffnet sich dann hier ohne Frage.")
        self.fields = UnlockFields(path, jobs, None if locked else self.remember)
        self.go = button("Entsperren" if locked else "Öffnen", self.fields.go, icon="unlock", role="primary")
        self.fields.working.connect(self.go.setDisabled)
        self.fields.opened.connect(
            lambda secret, by_sheet: self.opened.emit(secret, by_sheet, self.remember.isChecked())
        )
        about = (
            "Nach dem Kennwort geht es dort weiter, wo die Arbeit war. Nichts ist verloren."
            if locked
            else f"„{path.name}“ ist verschlüsselt."
        )
        other = button("Andere Datei öffnen …", self._open_other, icon="folder-open", role="link")
        inside = column(
            IconLabel("lock", lambda colours: colours.ink(Tone.ACCENT), 40),
            4,
            label("Gesperrt" if locked else "Kennwort eingeben", "title"),
            label(about, "muted", wrap=True),
            12,
            self.fields,
            8,
            row(self.go, STRETCH, None if locked else other),
            spacing=8,
            margins=(32, 28, 32, 28),
        )
        box = held(inside, "card")
        box.setMaximumWidth(620)
        column(
            Room(column(STRETCH, row(STRETCH, grow(box, 3), STRETCH), STRETCH, margins=32), most=None),
            on=self,
        )
        self.fields.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._locked:
            event.ignore()
            self.setWindowState(Qt.WindowState.WindowMinimized)
            return
        super().closeEvent(event)

    def _open_other(self) -> None:
        choose_file(self, "Datei öffnen", DATABASE, self.open_wanted.emit)


class UnlockDialog(Dialog):
    """The same question over a window: for another file, an old backup, or because something secret is asked for."""

    def __init__(
        self,
        parent: QWidget | None,
        path: Path,
        jobs: Jobs,
        opened: Callable[[Secret], object],
        *,
        sentence: str = "",
    ) -> None:
        super().__init__(
            parent, "Kennwort eingeben", sentence or f"„{path.name}“ ist verschlüsselt.", size=(560, 320)
        )
        self.fields = UnlockFields(path, jobs)
        self.main = button("Weiter", self.fields.go, role="primary")
        self.fields.working.connect(self.main.setDisabled)
        self.build(self.fields, STRETCH, foot=(STRETCH, self.close_button(), self.main))

        def done(secret: Secret, _by_sheet: bool) -> None:
            self.accept()
            opened(secret)

        self.fields.opened.connect(done)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fields.setFocus()


def _try(path: Path, text: str, by_sheet: bool) -> Secret | str:
    """The secret, or what is wrong: that is said beside the field. Raises Damaged, which is no matter of the field."""
    try:
        if by_sheet:
            from app.workflows.encryption.recovery import unlock_with_sheet  # what sets papers loads with it

            return unlock_with_sheet(path, text)
        return unlock(path, text)
    except Damaged:
        raise
    except UserError as error:
        return error.sentence
