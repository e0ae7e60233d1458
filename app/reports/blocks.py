"""Pieces that several papers are made of: information block, parties, tables with light lines, signature fields."""

import re
from collections.abc import Collection, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from app.domain.agreements import clauses
from app.domain.dates import german
from app.reports import styles
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.text import AgreementText, SignatureBlock
from app.reports.layout import INFO_WIDTH, TEXT_HEIGHT, TEXT_WIDTH

_BOLD = re.compile(r"\*\*(.+?)\*\*")

TALLEST_ROW = TEXT_HEIGHT - 15 * mm
"""A row that is taller than a page less the table's header must be torn."""
LAST_PARAGRAPH = 40 * mm
"""Room for the last paragraph and the heading above the signatures."""
INFO_LABEL_WIDTH = 15 * mm

OUR_FONT = ("FONTNAME", (0, 0), (-1, -1), styles.FAMILY)
"""A table names its font even if it holds paragraphs only; the default is not embedded."""
TIGHT: list[tuple[object, ...]] = [
    OUR_FONT,
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6 * mm),
]


def info_block(
    facts: Sequence[tuple[str, str]], label_width: float = INFO_LABEL_WIDTH, width: float = INFO_WIDTH
) -> Table:
    """Labels and values of the information block; what has no value is left out."""
    room = width - label_width
    rows = [
        [
            Paragraph(label, styles.INFO_LABEL),
            Paragraph(styles.fitted(styles.shorten(value), room, 8.5), styles.INFO),
        ]
        for label, value in facts
        if value
    ]
    return Table(rows, colWidths=(label_width, room), style=[*TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP")])


def head(paper: AgreementPaper, kind: str, title: str, *, beside: bool = True) -> list[Flowable]:
    """Kind and title (markup) left, information block right (DIN 5008); `beside` False: the title goes below both."""
    above, below = Paragraph(kind, styles.KIND), Paragraph(title, styles.TITLE)
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
    block = info_block(facts)
    table = Table(
        [[[above, below] if beside else [above], block]],
        colWidths=(TEXT_WIDTH - INFO_WIDTH, INFO_WIDTH),
        style=[*TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (0, 0), 8 * mm)],
    )
    return [table] if beside else [table, below]


def named(name: str, together: str = "") -> str:
    """What a party is called in the text, as the quiet line below its address."""
    return f'<font color="#51577a">– im Folgenden{together} „{name}“ –</font>'


def party(lines: Sequence[str]) -> Flowable:
    """Name, address and representation of a party, marked by a line at the left."""
    return Table(
        [[Paragraph("<br/>".join(lines), styles.PARTY)]],
        colWidths=(TEXT_WIDTH,),
        splitInRow=1,
        style=[
            OUR_FONT,
            ("LINEBEFORE", (0, 0), (0, -1), 1.6, styles.ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 4 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0.5 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5 * mm),
        ],
    )


def parties(
    text: AgreementText, *, closing: str = "wird die folgende Vereinbarung geschlossen:"
) -> list[Flowable]:
    """The city and its partners, and what they agree on."""
    together = " gemeinsam" if len(text.parties) > 1 else ""
    flowables: list[Flowable] = [
        Paragraph("Zwischen", styles.CONNECTIVE),
        party([*text.city, named("Stadt")]),
        Paragraph("und", styles.CONNECTIVE),
    ]
    for nr, lines in enumerate(text.parties, start=1):
        last = nr == len(text.parties)
        if nr > 1:
            flowables.append(Spacer(1, 2.5 * mm))
        flowables.append(party([*lines, named(text.partner_word, together)] if last else list(lines)))
    return [*flowables, Paragraph(closing, styles.CONNECTIVE)]


def signed(story: Sequence[Flowable], signatures: Sequence[SignatureBlock]) -> list[Flowable]:
    """The story with the signatures: on one page where they fit, never without text above them."""
    start = len(story) - 1
    while start > 0 and story[start - 1].getKeepWithNext():  # a heading stays with its last paragraph
        start -= 1
    rows = signature_rows(signatures)
    heading = Paragraph("Unterschriften", styles.CLAUSE)
    fits = sum(row.wrap(TEXT_WIDTH, TEXT_HEIGHT)[1] for row in rows) < TEXT_HEIGHT - LAST_PARAGRAPH
    together = rows if fits else rows[:1]
    return [*story[:start], KeepTogether([*story[start:], heading, *together]), *rows[len(together) :]]


def paragraph(block: clauses.Paragraph, number: str | None = None) -> list[Flowable]:
    """Words (markup) and the points of the list they introduce."""
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


def marked(block: clauses.Paragraph) -> clauses.Paragraph:
    """What somebody typed as markup: bold stays, everything else is text."""

    def markup(words: str) -> str:
        return _BOLD.sub(r"<b>\1</b>", styles.escape(words))

    return clauses.Paragraph(markup(block.words), tuple(map(markup, block.points)))


def light_table(
    header: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    right: int | Collection[int] = -1,
) -> Flowable:
    """Light lines, repeated header; a row is torn only if it is taller than a page. `right`: the columns of figures."""
    figures = (right,) if isinstance(right, int) else right
    cells = [
        [Paragraph(cell, styles.CELL_RIGHT if at in figures else styles.CELL) for at, cell in enumerate(row)]
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
                Paragraph(cell, styles.CELL_HEAD_RIGHT if at in figures else styles.CELL_HEAD)
                for at, cell in enumerate(header)
            ],
            *cells,
        ],
        colWidths=widths,
        repeatRows=1,
        splitInRow=1 if tallest > TALLEST_ROW else 0,
        style=[
            OUR_FONT,
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


def signature_rows(signatures: Sequence[SignatureBlock]) -> list[Flowable]:
    """Two fields in a row; a row is never torn."""
    fields = [_signature(signature) for signature in signatures]
    fields += [[]] * (len(fields) % 2)
    return [
        Table(
            [[left, right]],
            colWidths=(TEXT_WIDTH / 2,) * 2,
            style=[
                *TIGHT,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("RIGHTPADDING", (0, 0), (0, 0), 7 * mm),
                ("LEFTPADDING", (1, 0), (1, 0), 7 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8 * mm),
            ],
        )
        for left, right in zip(fields[::2], fields[1::2], strict=True)
    ]


def _signature(signature: SignatureBlock) -> list[Flowable]:
    width = TEXT_WIDTH / 2 - 7 * mm
    line = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, styles.INK),
        *TIGHT,
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
