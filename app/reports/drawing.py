"""Paints words and lines at a fixed place of a page, without colouring what is painted later."""

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from app.reports import styles


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
    canvas.saveState()
    canvas.setFont(styles.BOLD if bold else styles.FAMILY, size)
    canvas.setFillColor(colour)
    (canvas.drawRightString if right else canvas.drawString)(x, y, text)
    canvas.restoreState()


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
