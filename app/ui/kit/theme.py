"""Puts the look on the application: Fusion, palette, style sheet and font, light or dark as the system or she says."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from app.resources import RESOURCES
from app.ui.kit.tokens import DARK, LIGHT, Tokens
from db.file.passing import new_folder

Role = QPalette.ColorRole

BASE_POINTS = 10
STYLE_ICONS = {"check": "on_accent", "minus": "on_accent", "chevron-down": "muted", "chevron-up": "muted"}
"""Icons a style sheet shows, with the token of their colour: it can only name files."""

PALETTE = {
    "window": (Role.Window,),
    "surface": (Role.Base, Role.Button, Role.ToolTipBase, Role.Light),
    "text": (Role.WindowText, Role.Text, Role.ButtonText, Role.ToolTipText),
    "muted": (Role.PlaceholderText,),
    "hover": (Role.AlternateBase,),
    "danger": (Role.BrightText,),
    "accent": (Role.Highlight, Role.Accent, Role.Link, Role.LinkVisited),
    "on_accent": (Role.HighlightedText,),
    "border": (Role.Midlight, Role.Mid),
    "border_strong": (Role.Dark, Role.Shadow),
}
"""The token of each of Qt's colour roles."""


class Scheme(StrEnum):
    """Her choice in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


SCHEME_WORDS = {Scheme.SYSTEM: "wie das System", Scheme.LIGHT: "hell", Scheme.DARK: "dunkel"}


class Theme(QObject):
    """The look of one application. Make it once, before the first window."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, points: int = BASE_POINTS) -> None:
        super().__init__(app)
        self._app = app
        self._points = points
        self._folder = new_folder()
        self._shown: tuple[Tokens, int] | None = None
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._apply)
        self.choose(scheme)

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def tokens(self) -> Tokens:
        """The colours shown now."""
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self._scheme is not Scheme.SYSTEM:
            dark = self._scheme is Scheme.DARK
        return DARK if dark else LIGHT

    def choose(self, scheme: Scheme) -> None:
        """Light, dark, or whatever the system says, from now on."""
        self._scheme = scheme
        native = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(native.get(scheme, Qt.ColorScheme.Unknown))
        self._apply()

    def resize(self, points: int) -> None:
        """Another base size of all words, in points."""
        self._points = points
        self._apply()

    def _apply(self) -> None:
        colours = self.tokens
        if (colours, self._points) == self._shown:
            return
        self._shown = (colours, self._points)
        # Without the old sheet first, Qt polishes every widget again for each of its parents: six times as long.
        self._app.setStyleSheet("")
        font = base_font(self._app.font(), self._points)
        self._app.setFont(font)
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours, font, self._folder))
        self.changed.emit()


def base_font(system: QFont, points: int = BASE_POINTS) -> QFont:
    """The system's font at our size, with figures of equal width."""
    font = QFont(system)
    font.setPointSize(points)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(colours: Tokens) -> QPalette:
    """The tokens as Qt's colour roles."""
    result = QPalette(QColor(colours.window))
    for name, roles in PALETTE.items():
        for role in roles:
            result.setColor(role, QColor(getattr(colours, name)))
    disabled = QPalette.ColorGroup.Disabled
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        result.setColor(disabled, role, QColor(colours.border_strong))
    return result


def style_sheet(colours: Tokens, font: QFont, folder: Path) -> str:
    """The style sheet in these colours and for this font; its few pictures are put into `folder`."""
    values = asdict(colours)
    points, line = font.pointSize(), QFontMetrics(font).height() + 2
    # What a style sheet names as least height counts, even where the words are taller.
    values |= {"line": f"{max(20, line)}px", "low_line": f"{max(18, line)}px"}
    values |= {"caption": f"{points - 1}pt", "section": f"{points + 2}pt", "title": f"{points + 8}pt"}
    for icon, role in STYLE_ICONS.items():
        drawing = (RESOURCES / "icons" / f"{icon}.svg").read_text("utf-8")
        target = folder / f"{icon}-{values[role][1:]}.svg"
        target.write_text(drawing.replace("currentColor", values[role]), "utf-8")
        values["icon_" + icon.replace("-", "_")] = target.as_posix()
    return Template((RESOURCES / "style" / "app.qss").read_text("utf-8")).substitute(values)
