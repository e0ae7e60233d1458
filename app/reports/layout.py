"""The sheet every paper is printed on: letterhead, margins, footer with page x of y, draft mark, metadata.

A4 after DIN 5008: 25 mm left, 20 mm right, information block from 125 mm.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image as Picture
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from app.domain.dates import german
from app.domain.errors import UserError
from app.domain.papers.paper_text import plain, shorten
from app.reports import styles
from app.reports.drawing import draw_line, draw_text
from app.reports.glyphs import FAMILY
from app.services.office import OfficeInput

WIDTH, HEIGHT = A4
LEFT, RIGHT, BOTTOM, TOP = 25 * mm, 20 * mm, 24 * mm, 22 * mm
TEXT_WIDTH = WIDTH - LEFT - RIGHT
INFO_WIDTH = WIDTH - 125 * mm - RIGHT
LETTERHEAD = 45 * mm
"""From the upper edge to where the text of the first page may begin (DIN 5008, form B)."""
LOGO_WIDTH, LOGO_HEIGHT = 60 * mm, 20 * mm
TEXT_HEIGHT = HEIGHT - TOP - BOTTOM
PROGRAM = "Quartiersbüro"


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """What all pages of one paper share. `label` names it in the footer: "Zielvereinbarung ZV-2026-01"."""

    office: OfficeInput
    title: str  # of the PDF
    label: str
    day: date
    draft: bool
    begin: float = LETTERHEAD
    """From the upper edge to where the text of the first page begins."""
    front: Callable[[Canvas], None] | None = None
    """Paints what else stands at a fixed place of the first page, as the address of a letter does."""


def render(sheet: PaperSheet, story: Callable[[], Sequence[Flowable]]) -> bytes:
    """Set a paper. `story` is called twice, since the number of pages is only known after the first time.

    Raises UserError if the logo cannot be read.
    """
    styles.register_fonts()
    picture = read_logo(sheet.office)
    logo = None if picture is None else ImageReader(picture)
    total = _build(BytesIO(), sheet, logo, story(), total=0)
    target = BytesIO()
    _build(target, sheet, logo, story(), total)
    return target.getvalue()


def _build(
    target: BytesIO, sheet: PaperSheet, logo: ImageReader | None, story: Sequence[Flowable], total: int
) -> int:
    document = _Document(
        target,
        pagesize=A4,
        title=plain(sheet.title),
        author=plain(", ".join(filter(None, (sheet.office.name, sheet.office.authority)))) or PROGRAM,
        subject=plain(sheet.label) + (" (Entwurf)" if sheet.draft else ""),
        creator=PROGRAM,
        producer=PROGRAM,
        lang="de-DE",
        displayDocTitle=True,
        initialFontName=FAMILY,  # else every page names Helvetica, which is not embedded
    )

    def first(canvas: Canvas, _: object) -> None:
        _draft_mark(canvas, sheet)
        _letterhead(canvas, sheet.office, logo)
        if sheet.front is not None:
            sheet.front(canvas)
        _footer(canvas, sheet, total)

    def later(canvas: Canvas, _: object) -> None:
        _draft_mark(canvas, sheet)
        _footer(canvas, sheet, total)

    top = HEIGHT - sheet.begin
    begin = PageTemplate("first", [_frame(top - BOTTOM)], onPage=first, autoNextPageTemplate="later")
    document.addPageTemplates([begin, PageTemplate("later", [_frame(TEXT_HEIGHT)], onPage=later)])
    document.build(list(story))
    return int(document.page)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Lists the clauses as bookmarks, so that a reader of the PDF finds its way."""

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Paragraph) and flowable.style.name == styles.CLAUSE.name:
            name = f"clause-{self.seq.nextf('clause')}"
            self.canv.bookmarkHorizontal(name, 0, HEIGHT)
            self.canv.bookmarkPage(name)
            self.canv.addOutlineEntry(flowable.getPlainText(), name, 0)


def _frame(height: float) -> Frame:
    return Frame(
        LEFT, BOTTOM, TEXT_WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )


def _letterhead(canvas: Canvas, office: OfficeInput, logo: ImageReader | None) -> None:
    top = HEIGHT - 17 * mm
    lines = [line for line in (office.authority, office.head, office.department) if line]
    draw_text(canvas, LEFT, top, shorten(office.name), 13, bold=True, colour=styles.INK)
    for row, line in enumerate(lines, start=1):
        draw_text(canvas, LEFT, top - 2 * mm - row * 4.6 * mm, shorten(line), 9)
    if logo is not None:
        width, height = logo.getSize()
        scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
        width, height = width * scale, height * scale
        canvas.drawImage(logo, WIDTH - RIGHT - width, top + 4 * mm - height, width, height, mask="auto")
    draw_line(canvas, (LEFT, HEIGHT - 37 * mm), (WIDTH - RIGHT, HEIGHT - 37 * mm), 1.1, styles.ACCENT)


def _footer(canvas: Canvas, sheet: PaperSheet, total: int) -> None:
    draw_line(canvas, (LEFT, 17 * mm), (WIDTH - RIGHT, 17 * mm), 0.5)
    state = "Entwurf vom" if sheet.draft else "Stand"
    draw_text(canvas, LEFT, 12.5 * mm, f"{shorten(sheet.label)} · {state} {german(sheet.day)}", 7.5)
    page = f"Seite {canvas.getPageNumber()} von {total}"
    draw_text(canvas, WIDTH - RIGHT, 12.5 * mm, page, 7.5, right=True)


def _draft_mark(canvas: Canvas, sheet: PaperSheet) -> None:
    """ENTWURF across the page, below the text."""
    if not sheet.draft:
        return
    canvas.saveState()
    canvas.setFillColor(styles.WATERMARK)
    canvas.setFont(styles.BOLD, 104)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -36, "ENTWURF")
    canvas.restoreState()


def read_logo(office: OfficeInput) -> Picture.Image | None:
    """The office's logo as a picture. Raises UserError if it cannot be read."""
    if office.logo is None:
        return None
    try:
        picture = Picture.open(BytesIO(office.logo))
        picture.load()
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError) as error:
        raise UserError(
            "Das Logo des Büros lässt sich nicht lesen. Bitte in den Einstellungen ein anderes Bild wählen."
        ) from error
    return picture
