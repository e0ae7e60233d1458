"""Address labels on sheets of A4: where each label lies, and what stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.domain.errors import Invalid
from app.reports import styles
from app.reports.drawing import draw_line, draw_text, text_width
from app.reports.glyphs import FAMILY
from app.reports.layout import PROGRAM
from app.reports.pdf_text import largest_fitting

SHEET_WIDTH, SHEET_HEIGHT = 210.0, 297.0  # mm
INSIDE = 4.0
"""mm from the edge of a label to its words; at the edge of the sheet printers leave at least so much white."""
EDGE = 6.0
SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0)


@dataclass(frozen=True, slots=True)
class LabelFormat:
    """A sheet of equal labels. All measures in mm; `left` and `top` lead to the first label."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    gap_x: float = 0.0
    gap_y: float = 0.0

    @property
    def per_sheet(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Left and upper edge of the label at a place of the sheet, counted from 0 row by row, in mm."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


def _centred(
    name: str, width: float, height: float, columns: int, rows: int, gap_x: float = 0.0
) -> LabelFormat:
    """Sheets that are sold have equal margins left and right, above and below."""
    left = round((SHEET_WIDTH - columns * width - (columns - 1) * gap_x) / 2, 2)
    top = round((SHEET_HEIGHT - rows * height) / 2, 2)
    return LabelFormat(name, width, height, columns, rows, left, top, gap_x)


FORMATS: tuple[LabelFormat, ...] = (
    _centred("Zweckform 3475", 70, 36, 3, 8),
    _centred("Zweckform 3422", 70, 35, 3, 8),
    _centred("Zweckform 4781", 97, 42.3, 2, 6),
    _centred("Zweckform 3424", 105, 48, 2, 6),
    _centred("Avery L7160", 63.5, 38.1, 3, 7, 2.5),
    _centred("Avery L7163", 99.1, 38.1, 2, 7, 2.5),
)
"""Common sheets by the number on their package."""


def check_format(one: LabelFormat) -> None:
    """Raises Invalid where labels would be too small or lie outside the sheet."""
    if one.columns < 1 or one.rows < 1:
        raise Invalid({"columns": "Es muss mindestens eine Spalte und eine Zeile geben."})
    problems = {}
    if one.width < 20:
        problems["width"] = "Ein Etikett muss mindestens 20 mm breit sein."
    if one.height < 12:
        problems["height"] = "Ein Etikett muss mindestens 12 mm hoch sein."
    x, y = one.corner(one.per_sheet - 1)
    beyond = "Die Etiketten reichen über den Bogen ({:.0f} mm {}) hinaus."
    if min(one.left, one.gap_x) < 0 or x + one.width > SHEET_WIDTH + 0.05:
        problems.setdefault("width", beyond.format(SHEET_WIDTH, "breit"))
    if min(one.top, one.gap_y) < 0 or y + one.height > SHEET_HEIGHT + 0.05:
        problems.setdefault("height", beyond.format(SHEET_HEIGHT, "hoch"))
    if problems:
        raise Invalid(problems)


def labels_pdf(
    addresses: Sequence[Sequence[str]],
    on: LabelFormat,
    *,
    first: int = 1,
    sender: str = "",
    frames: bool = False,
) -> bytes:
    """The labels as PDF, from place `first` of the first sheet on, from 1: those before it are used up already.

    `sender`: a small line above the address. `frames`: edges of the labels, for a test on plain paper.
    Raises Invalid for measures that do not fit on the sheet.
    """
    check_format(on)
    styles.register_fonts()
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, initialFontName=FAMILY, lang="de-DE")
    canvas.setTitle(f"Adressetiketten {on.name}".strip())
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    begin = min(max(first, 1), on.per_sheet) - 1
    pages = max(1, -(-(begin + len(addresses)) // on.per_sheet))
    for page in range(pages):
        if frames:
            _frames(canvas, on)
        for place in range(on.per_sheet):
            at = page * on.per_sheet + place - begin
            if 0 <= at < len(addresses):
                _label(canvas, on, place, addresses[at], sender)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _label(canvas: Canvas, on: LabelFormat, place: int, lines: Sequence[str], sender: str) -> None:
    """Words in the middle of the height, in the largest size in which all of them fit."""
    x, y = on.corner(place)
    left = max(x + INSIDE, EDGE)
    width = (min(x + on.width - INSIDE, SHEET_WIDTH - EDGE) - left) * mm
    top, bottom = max(y + INSIDE / 2, EDGE), min(y + on.height - INSIDE / 2, SHEET_HEIGHT - EDGE)
    room = (bottom - top) * mm
    used = _sender(canvas, sender, left * mm, (SHEET_HEIGHT - top) * mm, width) if sender else 0.0
    text, height = largest_fitting(lines, width, room - used, SIZES, 1.22)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x * mm, (SHEET_HEIGHT - y - on.height) * mm, on.width * mm, on.height * mm)
    canvas.clipPath(clip, stroke=0)  # an address too long for the smallest size never runs into its neighbour
    text.drawOn(canvas, left * mm, (SHEET_HEIGHT - bottom) * mm + max(0.0, (room - used - height) / 2))
    canvas.restoreState()


def _sender(canvas: Canvas, sender: str, left: float, top: float, width: float) -> float:
    """The small line above; how much height it takes."""
    size = min(6.5, 6.5 * width / max(1.0, text_width(sender, FAMILY, 6.5)))
    draw_text(canvas, left, top - size, sender, size)
    draw_line(canvas, (left, top - size - 2), (left + width, top - size - 2), 0.4)
    return size + 4


def _frames(canvas: Canvas, on: LabelFormat) -> None:
    canvas.saveState()
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.3)
    for place in range(on.per_sheet):
        x, y = on.corner(place)
        canvas.rect(x * mm, (SHEET_HEIGHT - y - on.height) * mm, on.width * mm, on.height * mm)
    canvas.restoreState()
