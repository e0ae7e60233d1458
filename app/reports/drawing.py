"""Paints words and lines at a fixed place of a page, without colouring what is painted later."""

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.domain.papers.paper_text import plain
from app.reports import styles
from app.reports.glyphs import FAMILY, in_fonts


def draw_text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: Color = styles.MUTED,
    right: bool = False,
) -> None:
    """One line of words that begins at `x`, or with `right` ends there; all measures in points."""
    font = styles.BOLD if bold else FAMILY
    styles.register_fonts()
    canvas.saveState()
    canvas.setFillColor(colour)
    if right:
        x -= text_width(text, font, size)
    for other, piece in in_fonts(plain(text)):
        canvas.setFont(other or font, size)
        canvas.drawString(x, y, piece)
        x += stringWidth(piece, other or font, size)
    canvas.restoreState()


def text_width(text: str, font: str, size: float) -> float:
    """How much room one line takes, in points."""
    styles.register_fonts()
    return float(sum(stringWidth(piece, other or font, size) for other, piece in in_fonts(plain(text))))


def draw_line(
    canvas: Canvas,
    begin: tuple[float, float],
    end: tuple[float, float],
    width: float,
    colour: Color = styles.LINE,
) -> None:
    """A line so many points thick."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.line(*begin, *end)
    canvas.restoreState()
