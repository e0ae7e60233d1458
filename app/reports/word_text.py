"""Writes paper text into a Word file with Word's own styles; the only place that makes its runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from app.domain.clean_text import clean
from app.domain.papers.paper_text import (
    Block,
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    SignatureBlock,
    Signatures,
    Text,
    bold,
    joined,
    plain,
    words,
)
from app.reports.word_sheet import (
    FAINT,
    LINE,
    MUTED,
    NUMBERED,
    SMALL,
    TEXT_WIDTH,
    keep_rows_whole,
    line,
    plain_table,
    repeat_header,
    set_widths,
    shade,
)

STYLES = {
    ParagraphKind.TITLE: "Title",
    ParagraphKind.SUBTITLE: "Subtitle",
    ParagraphKind.HEADING: "Heading 1",
    ParagraphKind.ITEM: "List Bullet",
    ParagraphKind.CAPTION: "Header",
}
_NO_LINE = ("left", "right", "insideV")
PAIRS_ON_A_PAGE = 4
SHORT_TABLE = 4
"""Rows of a table that is not torn."""
LEVEL = 9
"""mm that an item stands right of those a level above."""


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment at a heading."""

    day: date
    author: str
    text: str


def write_blocks(
    document: WordFile, blocks: Iterable[Block], comments: Mapping[str, Sequence[WordComment]] | None = None
) -> None:
    """Blocks one below the other; `comments` by the name of the heading at which they stand."""
    given = list(blocks)
    for block, following in zip(given, [*given[1:], None], strict=True):
        if isinstance(block, PaperTable):
            _write_table(document, block)
        elif isinstance(block, Signatures):
            _write_signatures(document, block)
        else:
            said = (comments or {}).get(block.name, ())
            _write_paragraph(document, block, said, following)


def write_words(paragraph: WordParagraph, text: Text) -> list[WordRun]:
    """Add words to a paragraph; the runs that were made."""
    made = []
    for run in words(text):
        written = paragraph.add_run(run.text)
        written.bold = run.bold or None
        if run.look is Look.GAP:
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif run.look is Look.MUTED:
            written.font.color.rgb = MUTED
        elif run.look is Look.ADDED:
            written.font.underline = True
        elif run.look is Look.REMOVED:
            written.font.strike = True
        made.append(written)
    return made


def _write_paragraph(
    document: WordFile, block: Paragraph, comments: Sequence[WordComment], following: Block | None
) -> None:
    before_item = isinstance(following, Paragraph) and following.kind is ParagraphKind.ITEM
    style = NUMBERED if block.number else STYLES.get(block.kind, "Normal")
    paragraph = document.add_paragraph(style=style)
    shape = paragraph.paragraph_format
    if block.number:
        shape.tab_stops.add_tab_stop(Mm(LEVEL))
        paragraph.add_run(f"{block.number}\t")
    runs = write_words(paragraph, block.words)
    for comment in comments:
        _write_comment(document, runs, comment)
    match block.kind:
        case ParagraphKind.TEXT if before_item:
            shape.keep_with_next = True
            shape.space_after = Pt(3)
        case ParagraphKind.TEXT if isinstance(following, PaperTable):
            shape.keep_with_next = True
        case ParagraphKind.ITEM:
            shape.left_indent = Mm(5 + LEVEL * (block.level - 1))
            shape.first_line_indent = Mm(-5)
            if not before_item:
                shape.space_after = Pt(6)
        case ParagraphKind.LEAD:
            for run in runs:
                run.font.color.rgb = MUTED
            shape.space_before = Pt(8)
            shape.keep_with_next = True
        case ParagraphKind.ADDRESS:
            shape.left_indent = Mm(4)
            shape.keep_together = True
            line(paragraph, "left", "2044AA", 12, 8)


def _write_comment(document: WordFile, runs: Sequence[WordRun], comment: WordComment) -> None:
    author = plain(comment.author)
    initials = "".join(part[0] for part in author.split())[:3].upper()
    made = document.add_comment(runs, clean(comment.text), author or "ohne Namen", initials)
    made._comment_elm.set(qn("w:date"), f"{comment.day:%Y-%m-%d}T12:00:00Z")


def _write_table(document: WordFile, table: PaperTable) -> None:
    """Light lines; the header stands again on every page, and no row is torn."""
    made = document.add_table(1 + len(table.rows), len(table.header), style="Table Grid")
    _set_light_borders(made)
    for place, (row, cells) in enumerate(zip(made.rows, (table.header, *table.rows), strict=True)):
        for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            runs = write_words(paragraph, text if place else bold(text))
            if not place:
                shade(cell, FAINT)
                for run in runs:
                    run.font.color.rgb = MUTED
            paragraph.style = document.styles[SMALL]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            paragraph.paragraph_format.keep_with_next = place == 0 or (
                place < len(table.rows) <= SHORT_TABLE  # the header never alone, a short table whole
            )
            if at in table.right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    set_widths(made, list(map(Mm, table.widths)))
    keep_rows_whole(made)
    repeat_header(made)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _set_light_borders(table: WordTable) -> None:
    sides = "".join(
        f'<w:{side} w:val="{"nil" if side in _NO_LINE else "single"}" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def _write_signatures(document: WordFile, signatures: Signatures) -> None:
    """Two fields beside each other; each pair stays on one page, few pairs stay together.

    A pair is a table in a row that must not be torn: no office program tears that, whatever it makes of "keep with
    next". Within it names, days and hands have rows of their own, so that the lines to sign on are level.
    """
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # they never stand without text above
    document.add_paragraph(signatures.heading, style=STYLES[ParagraphKind.HEADING])
    pairs = [signatures.fields[at : at + 2] for at in range(0, len(signatures.fields), 2)]
    groups = [pairs] if len(pairs) <= PAIRS_ON_A_PAGE else [[pair] for pair in pairs]
    table = plain_table(document, [TEXT_WIDTH], rows=len(groups))
    for row, group in zip(table.rows, groups, strict=True):
        (cell,) = row.cells
        for pair in group:
            _write_pair(cell, pair)
        end = cell.paragraphs[-1]  # a cell ends with a paragraph; Word wants it, nobody should see it
        end.style, end.paragraph_format.line_spacing = SMALL, Pt(1)
        first = cell.paragraphs[0]
        first._p.getparent().remove(first._p)
    keep_rows_whole(table)


def _write_pair(cell: _Cell, fields: Sequence[SignatureBlock]) -> None:
    table = cell.add_table(3, 3)
    set_widths(table, [Mm(75), Mm(13), Mm(75)])
    names, days, hands = table.rows
    for place, field in zip((0, 2), fields, strict=False):
        _write_field(names.cells[place], bold(field.party))
        _write_field(days.cells[place], "Ort, Datum", room=26)
        _write_field(hands.cells[place], joined((field.person, field.function)), room=34)
        hands.cells[place].paragraphs[-1].paragraph_format.space_after = Pt(20)


def _write_field(cell: _Cell, text: Text, room: float = 0) -> None:
    """Words; with room above to write in, below a line of their own."""
    paragraph = cell.paragraphs[0]
    paragraph.style = SMALL
    if room:
        paragraph.paragraph_format.space_before = Pt(room)  # else Word joins the lines
        paragraph = cell.add_paragraph(style=SMALL)
        line(paragraph, "top", "131525", 5)
    write_words(paragraph, text)
