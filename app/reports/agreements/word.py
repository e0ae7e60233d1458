"""Target and cooperation agreements as a Word file, for the partner to read, comment and change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.run import Run

from app.domain.agreements import clauses
from app.domain.agreements.clauses import ClauseTable
from app.domain.dates import german
from app.domain.terms import word
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.pdf import CONTACT_HEADER, GOAL_HEADER, INSTALMENT_HEADER
from app.reports.agreements.text import AgreementText, PrintedClause, SignatureBlock, compose
from app.reports.blocks import named
from app.reports.docx_runs import add_markup
from app.reports.docx_sheet import (
    FAINT,
    LINE,
    MUTED,
    keep_rows_whole,
    line,
    new_file,
    plain_table,
    repeat_header,
    set_widths,
    shade,
)

SMALL = "Tabellentext"
GOAL_COLUMNS = [Mm(11), Mm(67), Mm(53), Mm(34)]
INSTALMENT_COLUMNS = [Mm(11), Mm(28), Mm(94), Mm(32)]
CONTACT_COLUMNS = [Mm(52), Mm(49), Mm(64)]


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment at the heading of a clause."""

    day: date
    author: str
    text: str


def agreement_docx(
    paper: AgreementPaper, comments: Mapping[int, Sequence[WordComment]] | None = None
) -> bytes:
    """The paper as .docx with Word's own styles; `comments` by the place of their clause in `paper.clauses`.

    The words are those of the PDF. Raises UserError if the office's logo cannot be read.
    """
    text = compose(paper)
    label = f"{word(paper.kind)} {paper.number}"
    document = new_file(
        paper.office,
        " – ".join(filter(None, (label, paper.title))),
        label,
        paper.day,
        draft=paper.draft,
    )
    _head(document, paper, text)
    _parties(document, text)
    for clause in text.clauses:
        _clause(document, clause, text, (comments or {}).get(clause.place, ()))
    _signatures(document, text.signatures)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _head(document: WordFile, paper: AgreementPaper, text: AgreementText) -> None:
    """Kind and title left, information block right, as on paper."""
    left, right = plain_table(document, [Mm(95), Mm(70)]).rows[0].cells
    left.paragraphs[0].style = document.styles["Title"]
    left.paragraphs[0].add_run(word(paper.kind))
    add_markup(left.add_paragraph(style="Subtitle"), text.title)
    office = paper.office
    facts = (
        ("Nummer", paper.number),
        ("Quartier", paper.quarter),
        ("Datum", german(paper.day)),
        ("Auskunft", office.contact_person),
        ("Telefon", office.phone),
        ("E-Mail", office.email),
        ("Anschrift", ", ".join(filter(None, (office.street, f"{office.postcode} {office.city}".strip())))),
    )
    paragraph = right.paragraphs[0]
    for name, value in facts:
        if value:
            paragraph.style = document.styles[SMALL]
            paragraph.paragraph_format.left_indent = Mm(18)
            paragraph.paragraph_format.first_line_indent = Mm(-18)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(18))
            paragraph.add_run(f"{name}\t").font.color.rgb = MUTED
            paragraph.add_run(value)
            paragraph = right.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)


def _parties(document: WordFile, text: AgreementText) -> None:
    together = " gemeinsam" if len(text.parties) > 1 else ""
    _connective(document, "Zwischen")
    _party(document, [*text.city, named("Stadt")])
    _connective(document, "und")
    for nr, lines in enumerate(text.parties, start=1):
        last = nr == len(text.parties)
        _party(document, [*lines, named(text.partner_word, together)] if last else list(lines))
    _connective(document, "wird die folgende Vereinbarung geschlossen:")


def _connective(document: WordFile, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(words).font.color.rgb = MUTED
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.keep_with_next = True


def _party(document: WordFile, lines: Sequence[str]) -> None:
    paragraph = document.add_paragraph()
    add_markup(paragraph, "<br/>".join(lines))
    paragraph.paragraph_format.left_indent = Mm(4)
    paragraph.paragraph_format.keep_together = True
    line(paragraph, "left", "2044AA", 12, 8)


def _clause(
    document: WordFile, clause: PrintedClause, text: AgreementText, comments: Sequence[WordComment]
) -> None:
    heading = document.add_paragraph(style="Heading 1")
    runs = add_markup(heading, clause.heading)
    for comment in comments:
        _comment(document, runs, comment)
    number = 0
    for block in clause.blocks:
        if isinstance(block, ClauseTable):
            _table(document, block, text)
        else:
            number += 1
            _paragraph(document, block, f"({number})\t" if clause.numbered else "")


def _comment(document: WordFile, runs: list[Run], comment: WordComment) -> None:
    initials = "".join(part[0] for part in comment.author.split())[:3].upper()
    made = document.add_comment(runs, comment.text, comment.author or "ohne Namen", initials)
    made._comment_elm.set(qn("w:date"), f"{comment.day:%Y-%m-%d}T12:00:00Z")


def _paragraph(document: WordFile, block: clauses.Paragraph, number: str) -> None:
    if block.words or number:
        paragraph = document.add_paragraph(style="Absatz mit Nummer" if number else "Normal")
        if number:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(9))
            paragraph.add_run(number)
        add_markup(paragraph, block.words)
        if block.points:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(3)
    for point in block.points:
        bullet = document.add_paragraph(style="List Bullet")
        if point is block.points[-1]:
            bullet.paragraph_format.space_after = Pt(6)
        bullet.paragraph_format.left_indent = Mm(14 if number else 5)
        bullet.paragraph_format.first_line_indent = Mm(-5)
        add_markup(bullet, point)


def _table(document: WordFile, name: ClauseTable, text: AgreementText) -> None:
    if name is ClauseTable.GOALS:
        _lines(document, GOAL_HEADER, GOAL_COLUMNS, text.goals)
    elif name is ClauseTable.INSTALMENTS:
        _lines(document, INSTALMENT_HEADER, INSTALMENT_COLUMNS, text.instalments, right={3})
    else:
        _lines(document, CONTACT_HEADER, CONTACT_COLUMNS, text.contacts)


def _lines(
    document: WordFile,
    header: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    right: Collection[int] = (),
) -> None:
    """Light lines; the header stands again on every page, and no row is torn."""
    table = document.add_table(1 + len(rows), len(header), style="Table Grid")
    _light_borders(table)
    cells = [list(row.cells) for row in table.rows]
    for at, title in enumerate(header):
        shade(cells[0][at], FAINT)
        run = cells[0][at].paragraphs[0].add_run(title)
        run.bold, run.font.color.rgb = True, MUTED
    for place, row in enumerate(rows, 1):
        for at, markup in enumerate(row):
            add_markup(cells[place][at].paragraphs[0], markup)
    for line_of_cells in cells:
        for at, cell in enumerate(line_of_cells):
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles[SMALL]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            if at in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    set_widths(table, widths)
    keep_rows_whole(table)
    repeat_header(table)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _light_borders(table: Table) -> None:
    sides = "".join(
        f'<w:{side} w:val="{value}" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side, value in (
            ("top", "single"),
            ("left", "nil"),
            ("bottom", "single"),
            ("right", "nil"),
            ("insideH", "single"),
            ("insideV", "nil"),
        )
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def _signatures(document: WordFile, signatures: Sequence[SignatureBlock]) -> None:
    """Two fields in a row; they stay on one page where they fit, and no row is torn.

    Names have a row of their own: the lines to sign on stay level where one name needs two lines.
    """
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # they never stand without text above
    document.add_paragraph("Unterschriften", style="Heading 1")
    rows = [signatures[at : at + 2] for at in range(0, len(signatures), 2)]
    table = document.add_table(2 * len(rows), 2)
    set_widths(table, [Mm(82), Mm(83)])
    for place, fields in enumerate(rows):
        names, lines = table.rows[2 * place], table.rows[2 * place + 1]
        for name, cell, signature in zip(names.cells, lines.cells, fields, strict=False):
            add_markup(name.paragraphs[0], f"<b>{signature.party}</b>")
            name.paragraphs[0].paragraph_format.keep_with_next = True
            _signature(cell, signature)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = fields is not rows[-1]
    keep_rows_whole(table)


def _signature(cell: _Cell, signature: SignatureBlock) -> None:
    person = "<br/>".join(filter(None, (signature.person, signature.function)))
    for room, words in ((20, "Ort, Datum"), (28, person)):
        gap = cell.add_paragraph(style=SMALL) if cell.text else cell.paragraphs[0]
        gap.style = SMALL
        gap.paragraph_format.space_before = Pt(room)  # else Word joins the lines
        field = cell.add_paragraph(style=SMALL)
        field.paragraph_format.right_indent = Mm(8)
        line(field, "top", "131525", 5)
        add_markup(field, words)
    cell.paragraphs[-1].paragraph_format.space_after = Pt(22)
