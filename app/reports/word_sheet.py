"""The sheet of our Word files: A4, styles, letterhead, draft line, footer with fields."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from app.domain.dates import german
from app.domain.papers.paper_text import plain
from app.reports.layout import read_logo
from app.reports.word_properties import LANGUAGE, set_properties
from app.services.office import OfficeInput

FONT = "Arial"
"""A partner's computer must have it; the font of the papers need not be there."""
INK, MUTED, ACCENT = RGBColor(0x13, 0x15, 0x25), RGBColor(0x51, 0x57, 0x7A), RGBColor(0x20, 0x44, 0xAA)
LINE, FAINT = "C9CDDD", "F3F4F7"
NUMBERED, SMALL = "Absatz mit Nummer", "Tabellentext"
TEXT_WIDTH = Mm(165)
LOGO_HEIGHT = Mm(18)
LOGO_WIDTH = Mm(60)


def new_file(office: OfficeInput, title: str, label: str, day: date, *, draft: bool) -> WordFile:
    """An empty Word file on the office's sheet; `label` names it in the footer. Raises UserError for an unread logo."""
    document = Document()
    _set_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(24)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    section.different_first_page_header_footer = True
    _letterhead(section.first_page_header, office, day, draft=draft)
    _draft_line(section.header.paragraphs[0], day, draft=draft)
    state = "Entwurf vom" if draft else "Stand"
    for footer in (section.first_page_footer, section.footer):
        _footer(footer, f"{label} · {state} {german(day)}")
    author = ", ".join(filter(None, (office.name, office.authority)))
    set_properties(document, title, label, author, day)
    return document


def plain_table(place: WordFile | _Header, widths: Sequence[int], rows: int = 1) -> Table:
    """Rows of cells without lines, to set things beside each other."""
    if isinstance(place, _Header):
        table = place.add_table(rows, len(widths), TEXT_WIDTH)
    else:
        table = place.add_table(rows, len(widths))
    set_widths(table, widths)
    return table


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Fixed widths of the columns; Word goes by the cells, LibreOffice by the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def keep_rows_whole(table: Table) -> None:
    """No row is torn at the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_made("cantSplit"))


def repeat_header(table: Table) -> None:
    """The first row stands again at the top of every page."""
    table.rows[0]._tr.get_or_add_trPr().append(_made("tblHeader"))


def shade(cell: _Cell, colour: str) -> None:
    """A quiet ground."""
    cell._tc.get_or_add_tcPr().append(_made("shd", val="clear", color="auto", fill=colour))


def line(paragraph: Paragraph, side: str, colour: str, eighths: int = 4, space: int = 1) -> None:
    """A line at one side of a paragraph, so many eighths of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = _made("pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
        )
    borders.append(_made(side, val="single", sz=str(eighths), space=str(space), color=colour))


def _made(name: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's own namespace."""
    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


def _set_styles(document: WordFile) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_made("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    _style(document, "Normal", 10.5, after=6)
    _style(document, "Title", 19, bold=True, colour=INK, after=2)
    _style(document, "Subtitle", 12.5, colour=MUTED, after=6)
    _style(document, "Heading 1", 11.5, bold=True, colour=ACCENT, before=16, after=5)
    _style(document, "List Bullet", 10.5, after=2)
    _style(document, "Header", 9, colour=MUTED)
    _style(document, "Footer", 8, colour=MUTED)
    numbered = styles.add_style(NUMBERED, WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent = Mm(9)
    numbered.paragraph_format.first_line_indent = Mm(-9)
    small = styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = styles["Normal"]
    small.font.size = Pt(9)
    small.paragraph_format.space_after = Pt(0)
    small.paragraph_format.space_before = Pt(0)


def _style(
    document: WordFile,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = INK,
    before: float = 0,
    after: float = 0,
) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for old in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[old]  # the theme's font would win
    for which in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{which}"), FONT)
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.2
    shape.widow_control = True
    paragraphs = style.element.get_or_add_pPr()
    for old in (*paragraphs.findall(qn("w:pBdr")), *paragraphs.findall(qn("w:tabs"))):
        paragraphs.remove(old)  # the rule below the built-in title, the stops of the built-in footer


def _letterhead(header: _Header, office: OfficeInput, day: date, *, draft: bool) -> None:
    header.is_linked_to_previous = False
    table = plain_table(header, [Mm(100), Mm(65)])
    left, right = table.rows[0].cells
    name = left.paragraphs[0]
    run = name.add_run(plain(office.name))
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), INK
    for text in filter(None, (office.authority, office.head, office.department)):
        left.add_paragraph(plain(text), style="Header")
    _add_logo(right.paragraphs[0], office)
    below = header.add_paragraph(style="Header")
    first = header.paragraphs[0]
    first._p.getparent().remove(first._p)  # the empty one that stands before the table
    _draft_line(below, day, draft=draft)
    line(below, "top", "2044AA", 9, 6)
    below.paragraph_format.space_before = Pt(6)
    below.paragraph_format.space_after = Pt(14)


def _add_logo(paragraph: Paragraph, office: OfficeInput) -> None:
    """As PNG whatever it came as: the Word library does not know every JPEG."""
    logo = read_logo(office)
    if logo is None:
        return
    png = BytesIO()
    logo.convert("RGBA").save(png, "PNG")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    height = min(LOGO_HEIGHT, round(LOGO_WIDTH * logo.height / logo.width))
    paragraph.add_run().add_picture(png, height=height)


def _draft_line(paragraph: Paragraph, day: date, *, draft: bool) -> None:
    if draft:
        run = paragraph.add_run("ENTWURF")
        run.bold, run.font.color.rgb = True, ACCENT
        paragraph.add_run(f"  ·  Stand {german(day)}, noch nicht verbindlich")


def _footer(footer: _Footer, words: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line(paragraph, "top", LINE, 4, 6)
    paragraph.add_run(f"{plain(words)}\tSeite ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" von ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word computes; until then it says 1."""
    field, run, text = _made("fldSimple", instr=name), _made("r"), _made("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
