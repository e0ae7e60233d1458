"""Target and cooperation agreements as PDF."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from app.domain import clauses
from app.domain.clauses import ClauseTable
from app.domain.dates import german
from app.domain.terms import word
from app.reports import styles
from app.reports.agreement_data import AgreementPaper
from app.reports.agreement_text import AgreementText, Clause, Signature, compose
from app.reports.layout import INFO_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, Sheet, render

LAST_PARAGRAPH = 40 * mm
"""Room for the last paragraph and the heading above the signatures."""
TALLEST_ROW = TEXT_HEIGHT - 15 * mm
"""A row that is taller than a page less the table's header must be torn."""

LONGEST_TITLE = 160
"""Characters that fit beside the information block."""
INFO_LABEL_WIDTH = 15 * mm
GOAL_COLUMNS = (11 * mm, 67 * mm, 53 * mm, 34 * mm)
GOAL_HEADER = ("Nr.", "Ziel und Maßnahme", "Indikator, Soll und Nachweis", "Frist, verantwortlich")
INSTALMENT_COLUMNS = (11 * mm, 28 * mm, 94 * mm, 32 * mm)
INSTALMENT_HEADER = ("Nr.", "Termin", "Voraussetzung", "Betrag")
CONTACT_COLUMNS = (52 * mm, 49 * mm, 64 * mm)
CONTACT_HEADER = ("Vertragspartei", "Ansprechperson", "Telefon und E-Mail")


def agreement_pdf(paper: AgreementPaper) -> bytes:
    """The paper as PDF. The signatures stay on one page where they fit, never without text above them.

    Raises UserError if the office's logo cannot be read.
    """
    text = compose(paper)
    kind = word(paper.kind)
    sheet = Sheet(
        office=paper.office,
        title=" – ".join(filter(None, (f"{kind} {paper.number}", paper.title))),
        label=f"{kind} {paper.number}",
        day=paper.day,
        draft=paper.draft,
    )
    return render(sheet, lambda: _story(paper, text))


def missing(paper: AgreementPaper) -> list[str]:
    """German phrases for what the paper still lacks, in the order in which it stands there."""
    return list(compose(paper).missing)


def _story(paper: AgreementPaper, text: AgreementText) -> list[Flowable]:
    story: list[Flowable] = [*_head(paper, text), Spacer(1, 5 * mm), *_parties(text)]
    for clause in text.clauses:
        story += _clause(clause, text)
    rows = _signatures(text.signatures)
    heading = Paragraph("Unterschriften", styles.CLAUSE)
    fits = sum(row.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] for row in rows) < TEXT_HEIGHT - LAST_PARAGRAPH
    together = rows if fits else rows[:1]
    return [*story[:-1], KeepTogether([story[-1], heading, *together]), *rows[len(together) :]]


def _head(paper: AgreementPaper, text: AgreementText) -> list[Flowable]:
    """Kind and title left, information block right (DIN 5008); a very long title goes below both."""
    kind, title = Paragraph(word(paper.kind), styles.KIND), Paragraph(text.title, styles.TITLE)
    fits = len(paper.title) <= LONGEST_TITLE
    office = paper.office
    facts = [
        ("Nummer", paper.number),
        ("Quartier", paper.quarter),
        ("Datum", german(paper.day)),
        ("Auskunft", office.contact_person),
        ("Telefon", office.phone),
        ("E-Mail", office.email),
        ("Anschrift", ", ".join(filter(None, (office.street, f"{office.postcode} {office.city}".strip())))),
        ("Internet", office.website),
    ]
    rows = [
        [
            Paragraph(label, styles.INFO_LABEL),
            Paragraph(styles.fitted(styles.shorten(value), INFO_WIDTH - INFO_LABEL_WIDTH, 8.5), styles.INFO),
        ]
        for label, value in facts
        if value
    ]
    block = Table(
        rows,
        colWidths=(INFO_LABEL_WIDTH, INFO_WIDTH - INFO_LABEL_WIDTH),
        style=[*_TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    head = Table(
        [[[kind, title] if fits else [kind], block]],
        colWidths=(TEXT_WIDTH - INFO_WIDTH, INFO_WIDTH),
        style=[*_TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (0, 0), 8 * mm)],
    )
    return [head] if fits else [head, title]


def _parties(text: AgreementText) -> list[Flowable]:
    together = " gemeinsam" if len(text.parties) > 1 else ""
    flowables: list[Flowable] = [
        Paragraph("Zwischen", styles.CONNECTIVE),
        _party([*text.city, _named("Stadt")]),
        Paragraph("und", styles.CONNECTIVE),
    ]
    for nr, lines in enumerate(text.parties, start=1):
        last = nr == len(text.parties)
        if nr > 1:
            flowables.append(Spacer(1, 2.5 * mm))
        flowables.append(_party([*lines, _named(text.partner_word, together)] if last else list(lines)))
    flowables.append(Paragraph("wird die folgende Vereinbarung geschlossen:", styles.CONNECTIVE))
    return flowables


def _named(name: str, together: str = "") -> str:
    return f'<font color="#51577a">– im Folgenden{together} „{name}“ –</font>'


def _party(lines: Sequence[str]) -> Flowable:
    return Table(
        [[Paragraph("<br/>".join(lines), styles.PARTY)]],
        colWidths=(TEXT_WIDTH,),
        splitInRow=1,
        style=[
            _OUR_FONT,
            ("LINEBEFORE", (0, 0), (0, -1), 1.6, styles.ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 4 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0.5 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 * mm),
        ],
    )


def _clause(clause: Clause, text: AgreementText) -> list[Flowable]:
    """Heading, then paragraphs, numbered if there are several, and tables where they stand."""
    flowables: list[Flowable] = [CondPageBreak(30 * mm), Paragraph(clause.heading, styles.CLAUSE)]
    number = 0
    for block in clause.blocks:
        if isinstance(block, ClauseTable):
            flowables += [_block(block, text), Spacer(1, 4 * mm)]
        else:
            number += 1
            flowables += _paragraph(block, f"({number})" if clause.numbered else None)
    return flowables


def _paragraph(block: clauses.Paragraph, number: str | None) -> list[Flowable]:
    """The words introduce the points of a list."""
    style = styles.NUMBERED if number else styles.BODY
    if block.points:
        style = style.clone(f"{style.name}_list", keepWithNext=1, spaceAfter=1 * mm)
    flowables: list[Flowable] = []
    if block.words or number:
        flowables.append(Paragraph(block.words, style, bulletText=number))
    point = styles.BULLET if number else styles.PLAIN_BULLET
    flowables += [Paragraph(line, point, bulletText="–") for line in block.points]
    if block.points:
        flowables.append(Spacer(1, 1.5 * mm))
    return flowables


def _block(name: ClauseTable, text: AgreementText) -> Flowable:
    if name is ClauseTable.GOALS:
        return _table(GOAL_HEADER, GOAL_COLUMNS, text.goals)
    if name is ClauseTable.INSTALMENTS:
        return _table(INSTALMENT_HEADER, INSTALMENT_COLUMNS, text.instalments, right=3)
    return _table(CONTACT_HEADER, CONTACT_COLUMNS, text.contacts)


def _table(
    header: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], right: int = -1
) -> Flowable:
    """Light lines, repeated header; a row is torn only if it is taller than a page. `right`: the column of figures."""
    cells = [
        [Paragraph(cell, styles.CELL_RIGHT if at == right else styles.CELL) for at, cell in enumerate(row)]
        for row in rows
    ]
    padding = 2 * 1.8 * mm
    tallest = max(
        (
            cell.wrap(width - padding, TEXT_HEIGHT)[1]
            for row in cells
            for cell, width in zip(row, widths, strict=True)
        ),
        default=0,
    )
    return Table(
        [
            [
                Paragraph(cell, styles.CELL_HEAD_RIGHT if at == right else styles.CELL_HEAD)
                for at, cell in enumerate(header)
            ],
            *cells,
        ],
        colWidths=widths,
        repeatRows=1,
        splitInRow=1 if tallest > TALLEST_ROW else 0,
        style=[
            _OUR_FONT,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), styles.FAINT),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, styles.MUTED),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 1.8 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 1.8 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm),
        ],
    )


def _signatures(signatures: Sequence[Signature]) -> list[Flowable]:
    """Two fields in a row; a row is never torn."""
    fields = [_signature(signature) for signature in signatures]
    fields += [[]] * (len(fields) % 2)
    return [
        Table(
            [[left, right]],
            colWidths=(TEXT_WIDTH / 2,) * 2,
            style=[
                *_TIGHT,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("RIGHTPADDING", (0, 0), (0, 0), 7 * mm),
                ("LEFTPADDING", (1, 0), (1, 0), 7 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8 * mm),
            ],
        )
        for left, right in zip(fields[::2], fields[1::2], strict=True)
    ]


def _signature(signature: Signature) -> list[Flowable]:
    width = TEXT_WIDTH / 2 - 7 * mm
    line = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, styles.INK),
        *_TIGHT,
        ("TOPPADDING", (0, 0), (-1, -1), 0.8 * mm),
    ]
    person = "<br/>".join(filter(None, (signature.person, signature.function)))
    return [
        Paragraph(f"<b>{signature.party}</b>", styles.SIGNATURE),
        Spacer(1, 9 * mm),
        Table([[Paragraph("Ort, Datum", styles.CAPTION)]], colWidths=(width,), style=line),
        Spacer(1, 12 * mm),
        Table([[Paragraph(person, styles.SIGNATURE)]], colWidths=(width,), style=line),
    ]


_OUR_FONT = ("FONTNAME", (0, 0), (-1, -1), styles.FAMILY)
"""A table names its font even if it holds paragraphs only; the default is not embedded."""
_TIGHT: list[tuple[object, ...]] = [
    _OUR_FONT,
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
]
