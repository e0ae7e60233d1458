"""Encryption: whether the file is encrypted, its password, the recovery sheet, when the window is locked."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from app.ui import preferences
from app.ui.context import Context
from app.ui.encryption.password_dialog import PasswordDialog
from app.ui.encryption.unlock import UnlockDialog
from app.ui.kit.actions import key_text, spec
from app.ui.kit.layout import STRETCH, add, held, row
from app.ui.kit.questions import confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.settings.section import SettingsSection
from db.driver import CAN_ENCRYPT
from db.encryption.keys import Secret
from db.encryption.opening import salt_of

MINUTES = {5: "nach 5 Minuten", 10: "nach 10 Minuten", 15: "nach 15 Minuten", 30: "nach 30 Minuten",
           60: "nach einer Stunde", 0: "nur von Hand und nach dem Ruhezustand"}  # fmt: skip
PLAIN = (
    "Die Datei ist nicht verschlüsselt. Wer den Rechner, einen Stick oder eine Sicherung in die Hand bekommt, kann "
    "alles lesen: Namen, Briefe, Unterschriften."
)
ENCRYPTED = "Datei, Sicherungen und Anlagen sind verschlüsselt. Ohne Kennwort kann sie niemand lesen."
MISSING = (
    "Auf diesem Rechner fehlt dem Programm der Teil, der verschlüsselt (sqlcipher3). "
    "Es arbeitet unverschlüsselt weiter."
)


class EncryptionSection(SettingsSection):
    """What can be done depends on whether the file is encrypted; the secret itself is asked for each time."""

    title, icon = "Verschlüsselung", "lock"
    sentence = "Schützt Datei, Sicherungen und Anlagen, wenn Rechner oder Stick in fremde Hände kommen."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.path = context.database.path
        self.state = Note()
        self.encrypt = button("Verschlüsseln …", self._encrypt, icon="lock", role="primary")
        self.change = button("Kennwort ändern …", self._change, icon="edit")
        self.sheet = button("Wiederherstellungsblatt …", self._show_sheet, icon="print")
        self.decrypt = button("Entschlüsseln …", self._decrypt, role="quiet")
        self.remember = button("Merken …", self._remember)
        self.forget = button("Nicht mehr merken", self._forget)
        self._remembered = label("", wrap=True)
        self.minutes = QComboBox()
        self.minutes.setAccessibleName("Sperren")
        for minutes, words in MINUTES.items():
            self.minutes.addItem(words, minutes)
        self.minutes.setCurrentIndex(max(0, self.minutes.findData(preferences.LOCK_MINUTES.get())))
        self.minutes.currentIndexChanged.connect(
            lambda _: preferences.LOCK_MINUTES.set(self.minutes.currentData())
        )
        lock = spec("file.lock")
        self.lock = button(f"Jetzt sperren ({key_text(lock.keys[0])})", context.lock_wanted.emit, icon="lock")
        self.parts = self._cards()
        self.add(self.state, held(row(self.encrypt, STRETCH)), *self.parts, STRETCH)

    def _cards(self) -> list[QWidget]:
        password = Card("Kennwort")
        add(password.column, row(self.change, self.sheet, self.decrypt, STRETCH))
        here = Card("Auf diesem Rechner")
        add(here.column, self._remembered, row(self.remember, self.forget, STRETCH))
        locking = Card("Sperren")
        about = "Gesperrt ist nichts mehr zu sehen. Mit dem Kennwort geht es dort weiter, wo die Arbeit war."
        add(locking.column, label(about, "muted", wrap=True), row(self.minutes, self.lock, STRETCH))
        return [password, here, locking]

    def refresh(self) -> None:
        encrypted = salt_of(self.path) is not None
        if encrypted:
            self.state.say(ENCRYPTED, Tone.SUCCESS)
        else:
            self.state.say(PLAIN if CAN_ENCRYPT else MISSING, Tone.WARNING)
        self.encrypt.setVisible(CAN_ENCRYPT and not encrypted)
        for part in self.parts:
            part.setVisible(encrypted)
        if encrypted:
            self._ask_keyring()

    def _encrypt(self) -> None:
        PasswordDialog("Datei verschlüsseln", self, self.context.recast_wanted.emit).open()

    def _change(self) -> None:
        def ask(_: Secret) -> None:
            PasswordDialog(
                "Neues Kennwort", self, self.context.recast_wanted.emit, save_text="Kennwort ändern"
            ).open()

        self._confirmed("Zuerst bitte das jetzige Kennwort.", ask)

    def _decrypt(self) -> None:
        question = (
            "Soll die Datei mit ihren Sicherungen und Anlagen wieder unverschlüsselt liegen? "
            "Dann kann sie jeder lesen, der den Rechner, einen Stick oder eine Sicherung in die Hand bekommt."
        )

        def ask(_: Secret) -> None:
            confirm(self, question, "Entschlüsseln", lambda: self.context.recast_wanted.emit(None, False))

        self._confirmed("Zuerst bitte das Kennwort.", ask)

    def _show_sheet(self) -> None:
        def show(secret: Secret) -> None:
            from app.ui.encryption.sheet_dialog import SheetDialog  # what sets papers loads with it

            SheetDialog(self.context, secret, self).open()

        self._confirmed("Auf dem Blatt steht ein Schlüssel, der die Datei öffnet. Bitte das Kennwort.", show)

    def _remember(self) -> None:
        from app.workflows.encryption import remembered

        def keep(secret: Secret) -> None:
            self.context.do_later(
                "", lambda _: remembered.remember(secret), lambda _: self._ask_keyring(), owner=self
            )

        self._confirmed("Das Kennwort kommt in den Schlüsselbund des Systems.", keep)

    def _forget(self) -> None:
        from app.workflows.encryption import remembered

        salt = salt_of(self.path) or b""
        self.context.do_later(
            "", lambda _: remembered.forget(salt), lambda _: self._ask_keyring(), owner=self
        )

    def _confirmed(self, sentence: str, then: Callable[[Secret], object]) -> None:
        UnlockDialog(self, self.path, self.context.jobs, then, sentence=sentence).open()

    def _ask_keyring(self) -> None:
        """Beside the window: the system may have to ask her first."""
        from app.workflows.encryption import remembered

        self.context.do_later(
            "",
            lambda _: (remembered.can_remember(), remembered.remembered(self.path) is not None),
            self._show_keyring,
            owner=self,
        )

    def _show_keyring(self, found: tuple[bool, bool]) -> None:
        there, known = found
        words = "Das Kennwort wird bei jedem Start gefragt."
        if not there:
            words = "Dieses System hat keinen Schlüsselbund; das Kennwort wird jedes Mal gefragt."
        elif known:
            words = "Der Schlüsselbund merkt sich das Kennwort: Die Datei öffnet sich hier ohne Frage."
        self._remembered.setText(words)
        self.remember.setVisible(there and not known)
        self.forget.setVisible(there and known)
