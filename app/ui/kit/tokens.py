"""The colours and measures of the look, in one place; everything drawn asks here."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette


class Tone(StrEnum):
    """What a colour says: of a pill, a bar, a message."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours (KERN, the design standard of German public administration)."""

    window: str
    surface: str
    border: str
    border_strong: str
    text: str
    muted: str
    accent: str
    accent_tint: str
    on_accent: str
    accent_hover: str
    danger: str
    danger_tint: str
    warning: str
    warning_tint: str
    success: str
    success_tint: str
    info: str
    info_tint: str
    neutral_tint: str
    hover: str

    def ink(self, tone: Tone) -> QColor:
        """The colour of words and icons in this tone."""
        return QColor(self.muted if tone is Tone.NEUTRAL else getattr(self, tone.value))

    def tint(self, tone: Tone) -> QColor:
        """The quiet ground below words in this tone."""
        return QColor(getattr(self, f"{tone.value}_tint"))


_COLOURS = {
    "window": ("#f3f4f7", "#131525"),
    "surface": ("#ffffff", "#1d2034"),
    "border": ("#dfe1ea", "#2d3150"),
    "border_strong": ("#8e93b1", "#6e7597"),
    "text": ("#131525", "#f3f4f7"),
    "muted": ("#51577a", "#c0c3d5"),
    "accent": ("#2044aa", "#97afe1"),
    "accent_tint": ("#e5ebf7", "#22305c"),
    "on_accent": ("#ffffff", "#131525"),
    "accent_hover": ("#1a388c", "#b1c4ea"),
    "danger": ("#9e0000", "#ea7060"),
    "danger_tint": ("#fee4e0", "#4c0000"),
    "warning": ("#925400", "#d58100"),
    "warning_tint": ("#ffe7b6", "#351b00"),
    "success": ("#005741", "#16a884"),
    "success_tint": ("#cdf2e4", "#00271b"),
    "info": ("#00536e", "#00a1cd"),
    "info_tint": ("#c0f3ff", "#002533"),
    "neutral_tint": ("#eceef4", "#2a2e48"),
    "hover": ("#f3f4f7", "#252942"),
}
"""Of each token in the light and in the dark look."""

LIGHT, DARK = (Tokens(**{name: both[look] for name, both in _COLOURS.items()}) for look in (0, 1))

SERIES = {
    # Okabe and Ito's sequence, safe for colour-blind eyes; darkened or lightened to 3:1 on the surface.
    False: ("#0072b2", "#b35900", "#007a5a", "#a0447e", "#6b6b00", "#2d7da8"),
    True: ("#56b4e9", "#e69f00", "#27c79a", "#dd8fbb", "#f0e442", "#8cc9ef"),
}

SPACE = 8
"""The unit of distance; 4 / 8 / 12 / 16 / 24 / 32 are used."""
RADIUS = 6
ROW_HEIGHT = 34
ICON_SIZE = 20


def tokens(palette: QPalette) -> Tokens:
    """The colours that belong to a palette, so that whoever draws follows a change of theme by itself."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def series(palette: QPalette) -> tuple[str, ...]:
    """Colours of a chart's series on this palette."""
    return SERIES[tokens(palette) is DARK]
