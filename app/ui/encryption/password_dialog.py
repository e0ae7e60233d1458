"""A new password: twice, with a word on how strong it is."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.encryption import passwords
from app.ui.kit.editors import CheckEditor
from app.ui.kit.editors.base import LineEditor, UnitLine
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog

HINT = f"Mindestens {passwords.SHORTEST} Zeichen. Vier zufällige Wörter sind stark und gut zu merken."
LOSS = (
    "Ohne Kennwort kann niemand die Datei lesen, auch nicht, wer das Programm gemacht hat. Danach lässt sich ein Blatt "
    "drucken, das sie öffnet, wenn das Kennwort vergessen ist."
)


@dataclass(frozen=True, slots=True)
class PasswordInput:
    """What is typed. `show`: its letters are seen; `remember`: in the keyring of this computer."""

    password: str = ""
    again: str = ""
    show: bool = False
    remember: bool = False


class PasswordEditor(LineEditor[str]):
    """One line whose letters are not seen; every sign counts, blanks too."""

    def __init__(self) -> None:
        super().__init__(UnitLine())
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> str | None:
        return self.line.text() or None

    def read(self, text: str) -> str:
        return text

    def state(self) -> object:
        return self.line.text()

    def show_letters(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class PasswordDialog(FormDialog[PasswordInput]):
    """`chosen` gets the password and whether to remember it."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None,
        chosen: Callable[[str, bool], object],
        *,
        save_text: str = "Verschlüsseln",
    ) -> None:
        body = FormBody()
        first, second = PasswordEditor(), PasswordEditor()
        show = CheckEditor("Kennwort zeigen")
        for one in (first, second):
            show.changed.connect(lambda one=one: one.show_letters(bool(show.value())))
        self._first = Field("password", "Kennwort", first, required=True, hint=HINT)
        body.row(self._first)
        body.row(Field("again", "Noch einmal", second, required=True))
        body.row(Field("show", "", show))
        remember = CheckEditor("Auf diesem Rechner merken")
        hint = "Im Schlüsselbund des Systems. Wer sich hier anmeldet, öffnet die Datei dann ohne Frage."
        body.row(Field("remember", "", remember, hint=hint))
        super().__init__(
            title,
            body,
            PasswordInput(),
            _checked,
            parent=parent,
            sentence=LOSS,
            save_text=save_text,
            saved=lambda typed: chosen(typed.password, typed.remember),
            watch=self._say_strength,
            chooses=True,
            size=(560, 520),
        )

    def _say_strength(self, typed: PasswordInput) -> None:
        if not typed.password:
            self._first.set_hint(HINT)
        elif len(typed.password) < passwords.SHORTEST:
            self._first.set_hint(f"Noch zu kurz: {len(typed.password)} von {passwords.SHORTEST} Zeichen.")
        else:
            strength = passwords.strength(typed.password)
            self._first.set_hint(f"Stärke: {strength.word}. {passwords.ABOUT[strength]}")


def _checked(typed: PasswordInput) -> PasswordInput:
    passwords.check(typed.password, typed.again)
    return typed
