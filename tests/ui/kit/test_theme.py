"""The look keeps its promises: contrast, every icon, one style sheet without gaps."""

import math
import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.ui.kit import icons
from app.ui.kit.theme import RESOURCES, Scheme, Theme, base_font, palette, style_sheet
from app.ui.kit.tokens import DARK, LIGHT, SERIES, Tokens, Tone, tokens

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@BOTH
@pytest.mark.parametrize("ground", ["window", "surface", "hover", "neutral_tint", "accent_tint"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_words_are_readable_on_every_ground(colours: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("tone", list(Tone))
def test_words_of_a_tone_are_readable_on_its_tint_and_on_surfaces(colours: Tokens, tone: Tone) -> None:
    ink = colours.ink(tone).name()
    for ground in (colours.tint(tone).name(), colours.surface, colours.window):
        assert contrast(ink, ground) >= 4.5


@BOTH
def test_words_on_the_main_button_are_readable(colours: Tokens) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5


@BOTH
def test_borders_that_mean_something_and_the_focus_ring_stand_out(colours: Tokens) -> None:
    assert contrast(colours.border_strong, colours.surface) >= 3
    for ground in (colours.surface, colours.window):
        assert contrast(colours.accent, ground) >= 3


ICONS = sorted(path.stem for path in icons.FOLDER.glob("*.svg"))


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        channels = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else math.pow((c + 0.055) / 1.055, 2.4) for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_of_series_stand_out(dark: bool) -> None:
    surface = (DARK if dark else LIGHT).surface
    assert all(contrast(colour, surface) >= 3 for colour in SERIES[dark])


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@BOTH
def test_a_palette_tells_whose_colours_it_has(colours: Tokens) -> None:
    assert tokens(palette(colours)) is colours


def test_every_token_is_a_colour() -> None:
    for colours in (LIGHT, DARK):
        for field in fields(colours):
            assert QColor(getattr(colours, field.name)).isValid(), field.name


@BOTH
def test_the_style_sheet_has_no_open_names_and_its_pictures_exist(colours: Tokens, tmp_path: Path) -> None:
    sheet = style_sheet(colours, base_font(QFont()), tmp_path)
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_on_the_grid_in_the_current_colour(name: str) -> None:
    text = icons.drawing(name)
    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke-width="1.6"' in text
    assert not re.search(r"#[0-9a-fA-F]{3}", text), "a colour of its own"
    assert QSvgRenderer(text.encode()).isValid()


def test_every_icon_named_in_the_code_exists() -> None:
    known = set(ICONS)
    code = "\n".join(path.read_text("utf-8") for path in (RESOURCES.parent / "app" / "ui").rglob("*.py"))
    named = set(re.findall(r'icon=\s*"([a-z-]+)"', code)) | set(
        re.findall(r'icon_button\(\s*"([a-z-]+)"', code)
    )
    named |= set(re.findall(r'(?:icons\.icon|EmptyState)\(\s*"([a-z-]+)"', code))
    assert named <= known, named - known


def test_an_icon_is_drawn_in_the_colour_of_the_theme(theme: Theme, qapp: QApplication) -> None:
    def inks(image: QImage) -> set[str]:
        points = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return {c.name() for x, y in points if (c := image.pixelColor(x, y)).alpha() == 255}

    made = icons.icon("plus", Tone.ACCENT)
    try:
        theme.choose(Scheme.DARK)
        dark = inks(made.pixmap(QSize(40, 40)).toImage())
    finally:
        theme.choose(Scheme.LIGHT)
    light = inks(made.pixmap(QSize(40, 40)).toImage())
    assert DARK.accent in dark
    assert LIGHT.accent in light
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def test_an_unknown_icon_is_our_own_bug() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_figures_have_equal_width(theme: Theme, qapp: QApplication) -> None:
    assert any(tag.toString() == b"tnum" for tag in qapp.font().featureTags())
