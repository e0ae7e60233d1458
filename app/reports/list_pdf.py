"""Prints a list of the window: A4, on its side where it is wide, titles on every page, nothing cut off.

Set by hand rather than with the flowables of papers.pdf_text: 5.000 rows take a second or two instead of a minute.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.domain.dates import german
from app.domain.list_sheet import ListSheet
from app.domain.papers.paper_text import PaperTable, Paragraph
from app.reports import styles
from app.reports.drawing import draw_line, draw_text, text_width
from app.reports.glyphs import FAMILY, unprintable_sentence
from app.reports.layout import PROGRAM

EDGE = 14 * mm
FOOT = 16 * mm
SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
"""The largest size is taken in which no word must be torn."""
LONGEST_WORD = 45 * mm
"""Longer ones, such as addresses of web pages, may be torn."""
PAD = 1.6 * mm
LEADING = 1.28
MOST_LINES = 25
"""A cell of more lines than this ends with an ellipsis, so that a row never outgrows a page."""

_WORD = re.compile(r"\s*(?:[^\s-]+-(?=\w\w\w)|\S+)\s*")
Progress = Callable[[int, int], None]
Lines = list[str]


@dataclass(frozen=True, slots=True)
class _Page:
    """The sheet: its size in points, the size of its letters, and where each column begins and how wide it is."""

    width: float
    height: float
    size: float
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def leading(self) -> float:
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of each cell, and how many the highest has."""

    cells: tuple[Lines, ...]
    lines: int
    strong: bool = False


def list_pdf(sheet: ListSheet, office: str, at: datetime, progress: Progress) -> bytes:
    """The list as PDF. `office`: who prints it; `at`: as of when. `progress` may end the work by raising."""
    styles.register_fonts()
    page = _page(sheet)
    head = _wrapped_row(page, sheet.titles, strong=True)
    rows = []
    for done, cells in enumerate(sheet.rows):
        if done % 200 == 0:
            progress(done, 2 * len(sheet.rows))
        rows.append(_wrapped_row(page, cells, strong=done in sheet.sums))
    if sheet.totals:
        rows.append(_wrapped_row(page, _with_word(sheet.totals), strong=True))
    intro = _intro(sheet, page)
    pages = list(_pages(rows, page, head, len(intro)))
    target = BytesIO()
    canvas = Canvas(target, pagesize=(page.width, page.height), initialFontName=FAMILY, lang="de-DE")
    canvas.setTitle(sheet.title)
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    for number, part in enumerate(pages, start=1):
        progress(len(pages) + number, 2 * len(pages))
        top = page.height - EDGE
        if number == 1:
            top = _draw_title(canvas, sheet, intro, page, office, at)
        top = _draw_row(canvas, page, sheet, head, top, head=True)
        for row in part:
            top = _draw_row(canvas, page, sheet, row, top)
        _draw_foot(canvas, sheet, page, at, f"Seite {number} von {len(pages)}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


# --- measures --------------------------------------------------------------------------------------------------


def unprintable_of(sheet: ListSheet) -> str:
    """A sentence on the signs of the list that will not print; empty if all will."""
    cells = PaperTable(sheet.titles, (), (sheet.titles, *sheet.rows))
    return unprintable_sentence([Paragraph(sheet.filters), cells], sheet.title)


def _page(sheet: ListSheet) -> _Page:
    """Upright where all columns fit, else on its side; letters as small as they must be so that no word is torn."""
    measured = _measured(sheet)
    wanted = [most for _, most in _columns(measured, SIZES[0])]
    if sum(wanted) <= A4[0] - 2 * EDGE:
        return _filled(A4, SIZES[0], wanted)
    on_side = landscape(A4)
    room = on_side[0] - 2 * EDGE
    for size in SIZES:
        columns = _columns(measured, size)
        if sum(least for least, _ in columns) <= room:
            break
    return _filled(on_side, size, _shared(columns, room))


def _measured(sheet: ListSheet) -> list[tuple[float, float]]:
    """The longest word and the longest line of each column, in letters' heights; figures count as one word."""
    found = []
    for place, title in enumerate(sheet.titles):
        plain = {row[place] for row in sheet.rows}
        strong = {title, *sheet.totals[place : place + 1], *(sheet.rows[at][place] for at in sheet.sums)}
        word = line = 0.0
        for font, texts in ((FAMILY, plain), (styles.BOLD, strong)):
            lines = {part for text in texts for part in text.split("\n")}
            words = lines if place in sheet.right else {part for text in lines for part in _words(text)}
            line = max([line, *(text_width(one, font, 1) for one in lines)])
            word = max([word, *(text_width(one.strip(), font, 1) for one in words)])
        found.append((word, line))
    return found


def _columns(measured: Sequence[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    """How narrow each column may be without tearing a word, and how wide it would like to be, in points."""
    around = 2 * PAD + 0.5
    return [(min(word * size, LONGEST_WORD) + around, line * size + around) for word, line in measured]


def _shared(columns: Sequence[tuple[float, float]], room: float) -> list[float]:
    """The widths when all columns share the room: none wider than it wants, none narrower than it can."""
    low, high = 0.0, room
    for _ in range(40):
        cap = (low + high) / 2
        widths = [max(least, min(whole, cap)) for least, whole in columns]
        low, high = (cap, high) if sum(widths) <= room else (low, cap)
    over = max(1.0, sum(widths) / room)  # too many columns even for the smallest letters: words are torn
    return [width / over for width in widths]


def _filled(size: tuple[float, float], letters: float, widths: Sequence[float]) -> _Page:
    """The columns side by side; what is left of the room goes to all of them alike."""
    more = max(0.0, size[0] - 2 * EDGE - sum(widths)) / len(widths)
    wide = tuple(width + more for width in widths)
    lefts = tuple(EDGE + sum(wide[:place]) for place in range(len(wide)))
    return _Page(*size, letters, lefts, wide)


def _wrapped_row(page: _Page, cells: Sequence[str], *, strong: bool = False) -> _Row:
    font = styles.BOLD if strong else FAMILY
    wrapped = tuple(
        _wrapped(text, font, page.size, width - 2 * PAD)
        for text, width in zip(cells, page.widths, strict=True)
    )
    return _Row(wrapped, max(map(len, wrapped)), strong)


def _wrapped(text: str, font: str, size: float, room: float) -> Lines:
    """The lines of a text in a column; a word too long for it is torn."""
    if "\n" not in text and text_width(text, font, size) <= room:
        return [text]
    lines: Lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            longer = line + word
            if text_width(longer.rstrip(), font, size) <= room:
                line = longer
                continue
            if line:
                lines.append(line.rstrip())
            *torn, line = _torn(word, font, size, room)
            lines += torn
        lines.append(line.rstrip())
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]


def _words(text: str) -> list[str]:
    """The parts between which a line may end: behind blanks, and behind the hyphen of a name of two."""
    return _WORD.findall(text)


def _torn(word: str, font: str, size: float, room: float) -> Iterator[str]:
    """A word in pieces that fit."""
    piece = ""
    for sign in word:
        if piece and text_width(piece + sign, font, size) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _height(page: _Page, row: _Row) -> float:
    height: float = row.lines * page.leading + 2 * PAD
    return height


def _pages(rows: Sequence[_Row], page: _Page, head: _Row, intro: int) -> Iterator[list[_Row]]:
    """The rows of each page; the first has the title above them. There is always one page."""
    whole = page.height - EDGE - FOOT - _height(page, head)
    room, part = whole - _title_height(intro), list[_Row]()
    for row in rows:
        height = _height(page, row)
        if height > room and part:
            yield part
            room, part = whole, []
        part.append(row)
        room -= height
    yield part


def _with_word(totals: Sequence[str]) -> list[str]:
    """The sums, and in the first free column what they are."""
    free = next((place for place, text in enumerate(totals) if not text), None)
    return ["Summe" if place == free else text for place, text in enumerate(totals)]


# --- drawing ---------------------------------------------------------------------------------------------------


def _intro(sheet: ListSheet, page: _Page) -> Lines:
    """How many rows there are, and by what they are filtered."""
    words = " · ".join(filter(None, (sheet.count, sheet.filters)))
    return _wrapped(words, FAMILY, 9, page.width - 2 * EDGE)


def _title_height(intro: int) -> float:
    return 20 + intro * 12 + 6


def _draw_title(
    canvas: Canvas, sheet: ListSheet, intro: Sequence[str], page: _Page, office: str, at: datetime
) -> float:
    """Title, who prints it and when, and what is shown; where the table begins."""
    top: float = page.height - EDGE
    right = page.width - EDGE
    draw_text(canvas, EDGE, top - 13, sheet.title, 15, bold=True, colour=styles.INK)
    made = f"Stand {german(at.date())}, {at:%H:%M} Uhr"
    draw_text(canvas, right, top - 13, " · ".join(filter(None, (office, made))), 9, right=True)
    for place, line in enumerate(intro):
        draw_text(canvas, EDGE, top - 30 - place * 12, line, 9)
    begin: float = top - _title_height(len(intro))
    return begin


def _draw_row(
    canvas: Canvas, page: _Page, sheet: ListSheet, row: _Row, top: float, *, head: bool = False
) -> float:
    """One row of the table; where the next begins."""
    bottom: float = top - _height(page, row)
    left, right = EDGE, page.width - EDGE
    if head:
        canvas.saveState()
        canvas.setFillColor(styles.FAINT)
        canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
        canvas.restoreState()
    if row.strong and not head:
        draw_line(canvas, (left, top), (right, top), 0.8, styles.MUTED)
    colour = styles.MUTED if head else styles.INK
    for place, lines in enumerate(row.cells):
        at_right = place in sheet.right
        x = page.lefts[place] + (page.widths[place] - PAD if at_right else PAD)
        for number, line in enumerate(lines):
            y = top - PAD - page.size - number * page.leading
            draw_text(canvas, x, y, line, page.size, bold=row.strong, colour=colour, right=at_right)
    thick, ink = (0.8, styles.MUTED) if head else (0.4, styles.LINE)
    draw_line(canvas, (left, bottom), (right, bottom), thick, ink)
    return bottom


def _draw_foot(canvas: Canvas, sheet: ListSheet, page: _Page, at: datetime, number: str) -> None:
    y = 9 * mm
    draw_text(canvas, EDGE, y, f"{sheet.title} · Stand {german(at.date())}", 7.5)
    draw_text(canvas, page.width - EDGE, y, number, 7.5, right=True)
