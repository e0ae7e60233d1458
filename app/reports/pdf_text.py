"""Writes paper text as flowables of the PDF library; the only place that knows its markup."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer
from reportlab.platypus import Paragraph as SetParagraph
from reportlab.platypus import Table as SetTable

from app.domain.papers.paper_text import (
    Block,
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Run,
    SignatureBlock,
    Signatures,
    Text,
    bold,
    joined,
    plain,
    words,
)
from app.reports import styles
from app.reports.glyphs import FAMILY, in_fonts
from app.reports.layout import TEXT_HEIGHT, TEXT_WIDTH

FONTS = {
    Look.MUTED: '<font color="#51577a">{}</font>',
    Look.GAP: '<font backColor="#ffe7b6" color="#7a4500">{}</font>',
    Look.ADDED: '<font color="#005741" backColor="#cdf2e4"><u>{}</u></font>',
    Look.REMOVED: '<font color="#9e0000"><strike>{}</strike></font>',
}
STYLES = {
    ParagraphKind.TITLE: styles.KIND,
    ParagraphKind.SUBTITLE: styles.TITLE,
    ParagraphKind.LEAD: styles.CONNECTIVE,
    ParagraphKind.TEXT: styles.BODY,
    ParagraphKind.CAPTION: styles.CAPTION,
}
HEADING_BEFORE_TORN = styles.CLAUSE.clone(styles.CLAUSE.name, keepWithNext=0)
LONG_WORDS = 1500
"""A paragraph of so many characters begins below its heading and goes on overleaf, instead of leaving half a page."""
HEADING_ROOM = 30 * mm
"""Less room than this at the end of a page is left empty rather than used for a heading."""
AFTER_TABLE = 4 * mm
SHORT_TABLE = 4
"""Rows of a table that is not torn."""
LEVEL = 8 * mm
"""How far an item stands right of those a level above."""
TALLEST_ROW = TEXT_HEIGHT - 15 * mm
"""A row that is taller than a page less the table's header must be torn."""
LAST_PARAGRAPH = 40 * mm
"""Room for the last paragraph and the heading above the signatures."""
SIGNATURE_GUTTER = 14 * mm
DAY_ROOM, HAND_ROOM = 9.6 * mm, 12.6 * mm
"""To write in above a line."""
PADDING = 1.8 * mm

TIGHT: list[tuple[object, ...]] = [
    ("FONTNAME", (0, 0), (-1, -1), FAMILY),  # even with paragraphs only; the default is not embedded
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
]


def set_words(text: Text, style: ParagraphStyle, bullet: str | None = None) -> SetParagraph:
    """One paragraph in a style, behind a number or a dash if there is one."""
    styles.register_fonts()
    return SetParagraph("".join(map(_markup, words(text))), style, bulletText=bullet)


def set_cell(text: Text, style: ParagraphStyle, width: float) -> SetParagraph:
    """A paragraph in a column; an e-mail address too long for it goes on after its @, not anywhere."""
    styles.register_fonts()
    for word in plain(text).split():
        if "@" in word and pdfmetrics.stringWidth(word, style.fontName, style.fontSize) > width:
            torn = word.replace("@", "@\n", 1)
            text = tuple(replace(run, text=run.text.replace(word, torn)) for run in words(text))
    return set_words(text, style)


def largest_fitting(
    given: Sequence[str], width: float, room: float, sizes: Sequence[float], leading: float
) -> tuple[SetParagraph, float]:
    """The lines of an address in the largest of the sizes in which all of them fit, else the last; their height."""
    text = joined(line for line in given if line.strip())
    for size in sizes:
        style = styles.ADDRESS.clone("fitting", fontSize=size, leading=size * leading)
        made = set_words(text, style)
        height = made.wrap(width, room)[1]
        if height <= room:
            break
    return made, height


def _markup(run: Run) -> str:
    pieces = ((font, escape(piece).replace("\n", "<br/>")) for font, piece in in_fonts(run.text))
    text = "".join(f'<font name="{font}">{piece}</font>' if font else piece for font, piece in pieces)
    text = FONTS.get(run.look, "{}").replace("{}", text)
    return f"<b>{text}</b>" if run.bold else text


def flowables(
    blocks: Iterable[Block],
    *,
    heading_room: float = HEADING_ROOM,
    after_table: float = AFTER_TABLE,
    torn_tables: bool = False,
) -> list[Flowable]:
    """Blocks one below the other. Signatures stay on one page where they fit, never without text above them.

    `torn_tables`: one below a heading begins there and goes on overleaf, instead of beginning on the next page.
    """
    given = list(blocks)
    story: list[Flowable] = []
    for place, block in enumerate(given):
        before = given[place - 1] if place else None
        following = given[place + 1 : place + 3]
        if isinstance(block, PaperTable):
            gap = AFTER_TABLE if following and isinstance(following[0], PaperTable) else after_table
            story += [set_table(block), *([Spacer(1, gap)] if gap else [])]
        elif isinstance(block, Signatures):
            story = _signed(story, block)
        elif block.kind is ParagraphKind.HEADING:
            torn = _is_long(following) or (torn_tables and isinstance(following[0], PaperTable))
            room = [CondPageBreak(heading_room)] if heading_room else []
            story += [*room, set_words(block.words, HEADING_BEFORE_TORN if torn else styles.CLAUSE)]
        elif block.kind is ParagraphKind.ITEM:
            story.append(_item(block))
            if not _is(following[:1], ParagraphKind.ITEM):
                story.append(Spacer(1, 1.5 * mm))
        elif block.kind is ParagraphKind.ADDRESS:
            story += [Spacer(1, 2.5 * mm)] if _is([before], ParagraphKind.ADDRESS) else []
            story.append(_address(block.words))
        else:
            leads = _is(following[:1], ParagraphKind.ITEM) or any(map(_is_short, following[:1]))
            story.append(_paragraph(block, leads=leads))
    return story


def _is(blocks: Sequence[Block | None], kind: ParagraphKind) -> bool:
    return any(isinstance(block, Paragraph) and block.kind is kind for block in blocks)


def _is_short(block: Block) -> bool:
    """Whether it is a table that stays on one page, with what leads to it."""
    return isinstance(block, PaperTable) and len(block.rows) <= SHORT_TABLE


def _is_long(following: Sequence[Block]) -> bool:
    """Whether a long paragraph without a list comes first."""
    first = following[0] if following else None
    return (
        isinstance(first, Paragraph)
        and first.kind is ParagraphKind.TEXT
        and len(plain(first.words)) > LONG_WORDS
        and not _is(following[1:], ParagraphKind.ITEM)
    )


def _paragraph(block: Paragraph, *, leads: bool) -> Flowable:
    style = styles.NUMBERED if block.number else STYLES[block.kind]
    if leads:
        style = style.clone(f"{style.name}_list", keepWithNext=1, spaceAfter=1 * mm)
    return set_words(block.words, style, block.number or None)


def _item(block: Paragraph) -> Flowable:
    right = LEVEL * (block.level - 1)
    style = styles.BULLET.clone("item", leftIndent=styles.BULLET.leftIndent + right, bulletIndent=right)
    return set_words(block.words, style, "–")


def _address(text: Text) -> Flowable:
    """Lines marked by a line at their left; they stay on one page unless they are taller than one."""
    made = set_words(text, styles.PARTY)
    return SetTable(
        [[made]],
        colWidths=(TEXT_WIDTH,),
        splitInRow=int(made.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] > TALLEST_ROW),
        style=[
            *TIGHT,
            ("LINEBEFORE", (0, 0), (0, -1), 1.6, styles.ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 4 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 0.5 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 * mm),
        ],
    )


def set_table(table: PaperTable, row_height: float | None = None) -> Flowable:
    """Light lines, repeated header; a short table stays whole, a row is torn only if it is taller than a page.

    `row_height`: of all rows, where they are left empty to write in by hand.
    """
    widths = [width * mm for width in table.widths]
    rows = [_row(table, row, styles.CELL, styles.CELL_RIGHT) for row in table.rows]
    cells = (pair for row in rows for pair in zip(row, widths, strict=True))
    heights = [cell.wrap(width - 2 * PADDING, TEXT_HEIGHT)[1] for cell, width in cells]
    fits = len(rows) * max(heights, default=0) < TALLEST_ROW - len(rows) * 4 * mm
    return SetTable(
        [_row(table, table.header, styles.CELL_HEAD, styles.CELL_HEAD_RIGHT), *rows],
        colWidths=widths,
        rowHeights=[None, *[row_height] * len(rows)],
        repeatRows=1,
        splitInRow=int(max(heights, default=0) > TALLEST_ROW),
        style=[
            *TIGHT,
            *([("NOSPLIT", (0, 0), (-1, -1))] if fits and _is_short(table) else []),
            ("BACKGROUND", (0, 0), (-1, 0), styles.FAINT),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, styles.MUTED),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm),
        ],
    )


def _row(
    table: PaperTable, cells: Sequence[Text], style: ParagraphStyle, figures: ParagraphStyle
) -> list[SetParagraph]:
    return [
        set_cell(cell, figures if at in table.right else style, width * mm - 2 * PADDING)
        for at, (cell, width) in enumerate(zip(cells, table.widths, strict=True))
    ]


def beside(cells: Sequence[object], widths: Sequence[float], *more: tuple[object, ...]) -> SetTable:
    """Pieces beside each other, at the top, without lines; `more` of the table's style."""
    return SetTable([list(cells)], colWidths=widths, style=[*TIGHT, *more])


def _signed(story: Sequence[Flowable], signatures: Signatures) -> list[Flowable]:
    """The story with the signatures: on one page where they fit, never without text above them."""
    start = len(story) - 1
    while start > 0 and story[start - 1].getKeepWithNext():  # a heading stays with its last paragraph
        start -= 1
    rows = signature_rows(signatures.fields)
    fits = sum(row.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] for row in rows) < TEXT_HEIGHT - LAST_PARAGRAPH
    together = rows if fits else rows[:1]
    heading = set_words(signatures.heading, styles.CLAUSE)
    return [*story[:start], KeepTogether([*story[start:], heading, *together]), *rows[len(together) :]]


def signature_rows(fields: Sequence[SignatureBlock]) -> list[Flowable]:
    """Two fields in a row, their lines level whatever the length of the names; a row is never torn."""
    return [_signature_row(fields[at : at + 2]) for at in range(0, len(fields), 2)]


def _signature_row(pair: Sequence[SignatureBlock]) -> Flowable:
    """Who is bound, a line for place and day, a line for the hand; below each what belongs on it."""
    rows: list[list[Flowable]] = [
        [set_words(bold(field.party), styles.SIGNATURE) for field in pair],
        [set_words("Ort, Datum", styles.CAPTION) for _ in pair],
        [set_words(joined((field.person, field.function)), styles.SIGNATURE) for field in pair],
    ]
    gutter: list[Flowable | str] = [""]
    places = [0, 2][: len(pair)]
    return SetTable(
        [[*row[:1], *gutter, *(row[1:] or gutter)] for row in rows],
        colWidths=(
            TEXT_WIDTH / 2 - SIGNATURE_GUTTER / 2,
            SIGNATURE_GUTTER,
            TEXT_WIDTH / 2 - SIGNATURE_GUTTER / 2,
        ),
        style=[
            *TIGHT,
            ("NOSPLIT", (0, 0), (-1, -1)),
            *(("LINEABOVE", (at, row), (at, row), 0.6, styles.INK) for row in (1, 2) for at in places),
            ("TOPPADDING", (0, 1), (-1, -1), 0.8 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, 0), DAY_ROOM),
            ("BOTTOMPADDING", (0, 1), (-1, 1), HAND_ROOM),
            ("BOTTOMPADDING", (0, 2), (-1, 2), 8 * mm),
        ],
    )
