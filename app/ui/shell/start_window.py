"""The first start: whose office is it, and what shall the new file begin with."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.lone_window import LoneWindow
from app.ui.kit.questions import DATABASE, choose_file
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.choice_card import ChoiceCard
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.room import Room
from app.ui.kit.widgets.text import button, label, say, set_property
from db.driver import CAN_ENCRYPT

FIRST_SIZE = (900, 640)


class Beginning(StrEnum):
    """What she starts with."""

    EXCEL = "excel"
    DEMO = "demo"
    EMPTY = "empty"


PROTECTED = (
    "Ohne Kennwort kann jeder alles lesen, der den Rechner oder einen Stick in die Hand bekommt. Es geht auch später: "
    "Einstellungen – Verschlüsselung."
)
CANNOT_PROTECT = "Auf diesem Rechner fehlt dem Programm der Teil, der verschlüsselt; es arbeitet ohne."

CHOICES: tuple[tuple[Beginning, str, str, str], ...] = (
    (
        Beginning.EXCEL,
        "imports",
        "Excel-Listen übernehmen",
        "Quartiere, Träger, Vereinbarungen und Budgets aus vorhandenen Listen. Vor dem Speichern wird alles gezeigt.",
    ),
    (
        Beginning.DEMO,
        "eye",
        "Demo ansehen",
        "Zehn erfundene Quartiere in einer eigenen Datei, zum Ausprobieren. Es kann nichts kaputtgehen.",
    ),
    (
        Beginning.EMPTY,
        "plus",
        "Leer beginnen",
        "Stadtteile und Bausteine sind schon da, alles andere kommt nach und nach.",
    ),
)


class StartWindow(LoneWindow):
    """Asks for the office's name and how to begin; `chosen` carries a Beginning, the name and a password or None.

    Encryption is proposed here; whoever leaves it for later finds it in the settings.
    """

    chosen = Signal(object, str, object, bool)  # the last: remember the password on this computer
    open_wanted = Signal(Path)

    def __init__(self, path: Path) -> None:
        super().__init__("Quartiersbüro", FIRST_SIZE)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Alter im Quartier")
        self.name.setAccessibleName("Name des Büros")
        self.name.setMaximumWidth(420)
        self.name.textChanged.connect(lambda _: self._show_error(""))
        self.error = label("", "error")
        self.error.setVisible(False)
        self.protect = QCheckBox("Die Datei mit einem Kennwort schützen (empfohlen)")
        self.protect.setChecked(CAN_ENCRYPT)
        self.protect.setEnabled(CAN_ENCRYPT)
        self.choices: dict[Beginning, QPushButton] = {}
        for beginning, picture, title, about in CHOICES:
            choice = ChoiceCard(picture, title, about)
            choice.clicked.connect(lambda _checked=False, b=beginning: self._choose(b))
            self.choices[beginning] = choice
        about_it = "Quartiere, Vereinbarungen, Budgets und Fristen an einem Ort, ganz ohne Netz."
        other = button("Vorhandene Datei öffnen …", self._open_other, icon="folder-open", role="link")
        inside = column(
            IconLabel("logo", lambda colours: colours.ink(Tone.ACCENT), 48),
            4,
            label("Willkommen bei Quartiersbüro", "title"),
            label(about_it, "muted", wrap=True),
            12,
            label("Wie heißt das Büro?", "field"),
            self.name,
            self.error,
            4,
            self.protect,
            label(PROTECTED if CAN_ENCRYPT else CANNOT_PROTECT, "caption", wrap=True),
            12,
            label("Womit soll es losgehen?", "field"),
            row(*map(grow, self.choices.values()), spacing=12),
            8,
            row(grow(label(f"Gespeichert wird in {path}", "caption", wrap=True)), other),
            spacing=8,
            margins=(32, 28, 32, 28),
        )
        column(Room(column(STRETCH, held(inside, "card"), STRETCH, margins=32), most=None), on=self)
        self.name.setFocus()

    def _choose(self, beginning: Beginning) -> None:
        name = self.name.text().strip()
        if not name and beginning is not Beginning.DEMO:
            self._show_error("Bitte den Namen des Büros eintragen, zum Beispiel „Alter im Quartier“.")
            self.name.setFocus()
            return
        if self.protect.isChecked() and beginning is not Beginning.DEMO:
            from app.ui.encryption.password_dialog import PasswordDialog

            PasswordDialog(
                "Kennwort für die neue Datei",
                self,
                lambda password, remember: self.chosen.emit(beginning, name, password, remember),
                save_text="Datei anlegen",
            ).open()
            return
        self.chosen.emit(beginning, name, None, False)

    def _show_error(self, sentence: str) -> None:
        say(self.error, sentence)
        set_property(self.name, "invalid", bool(sentence))

    def _open_other(self) -> None:
        choose_file(self, "Datei öffnen", DATABASE, self.open_wanted.emit)
