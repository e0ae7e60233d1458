"""The first start: whose office is it, and what shall the new file begin with."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit.icons import icon, pixmap
from app.ui.kit.questions import DATABASE, choose_file
from app.ui.kit.tokens import Tone, tokens
from app.ui.kit.widgets.text import PushButton, button, label, set_property


class Beginning(StrEnum):
    """What she starts with."""

    EXCEL = "excel"
    DEMO = "demo"
    EMPTY = "empty"


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


class StartWindow(QWidget):
    """Asks for the office's name and how to begin; `chosen` carries a Beginning and the name."""

    chosen = Signal(object, str)
    open_wanted = Signal(Path)
    closed = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setWindowTitle("Quartiersbüro")
        self.setMinimumSize(760, 560)
        self.resize(900, 640)
        colours = tokens(self.palette())
        logo = QLabel()
        logo.setPixmap(pixmap("logo", colours.ink(Tone.ACCENT), 48))
        self.name = QLineEdit()
        self.name.setPlaceholderText("Alter im Quartier")
        self.name.setAccessibleName("Name des Büros")
        self.name.setMaximumWidth(420)
        self.name.textChanged.connect(lambda _: self._show_error(""))
        self.error = label("", "error")
        self.error.setVisible(False)
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.setSpacing(8)
        inside.addWidget(logo)
        inside.addSpacing(4)
        inside.addWidget(label("Willkommen bei Quartiersbüro", "title"))
        inside.addWidget(
            label(
                "Quartiere, Vereinbarungen, Budgets und Fristen an einem Ort, ganz ohne Netz.",
                "muted",
                wrap=True,
            )
        )
        inside.addSpacing(12)
        inside.addWidget(label("Wie heißt das Büro?", "field"))
        inside.addWidget(self.name)
        inside.addWidget(self.error)
        inside.addSpacing(12)
        inside.addWidget(label("Womit soll es losgehen?", "field"))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.choices: dict[Beginning, QPushButton] = {}
        for beginning, picture, title, about in CHOICES:
            choice = _ChoiceCard(picture, title, about)
            choice.clicked.connect(lambda _checked=False, b=beginning: self._choose(b))
            self.choices[beginning] = choice
            row.addWidget(choice)
        inside.addLayout(row)
        inside.addSpacing(8)
        foot = QHBoxLayout()
        where = label(f"Gespeichert wird in {path}", "caption", wrap=True)
        foot.addWidget(where, 1)
        foot.addWidget(button("Vorhandene Datei öffnen …", self._open_other, icon="folder-open", role="link"))
        inside.addLayout(foot)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(32, 32, 32, 32)
        outside.addStretch(1)
        outside.addWidget(card)
        outside.addStretch(1)
        self.name.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _choose(self, beginning: Beginning) -> None:
        name = self.name.text().strip()
        if not name and beginning is not Beginning.DEMO:
            self._show_error("Bitte den Namen des Büros eintragen, zum Beispiel „Alter im Quartier“.")
            self.name.setFocus()
            return
        self.chosen.emit(beginning, name)

    def _show_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        set_property(self.name, "invalid", bool(sentence))

    def _open_other(self) -> None:
        choose_file(self, "Datei öffnen", DATABASE, self.open_wanted.emit)


class _ChoiceCard(PushButton):
    """A large button: icon, title, one sentence."""

    def __init__(self, picture: str, title: str, about: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(168)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sign = QLabel()
        sign.setPixmap(icon(picture, Tone.ACCENT).pixmap(QSize(24, 24), self.devicePixelRatioF()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        layout.addWidget(sign)
        layout.addWidget(label(title, "strong"))
        layout.addWidget(label(about, "caption", wrap=True))
        layout.addStretch(1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
