"""Target and cooperation agreements as PDF."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from app.domain.clauses import ClauseTable
from app.domain.dates import german
from app.domain.terms import word
from app.reports import styles
from app.reports.agreement_data import AgreementPaper
from app.reports.agreement_text import AgreementText, Clause, compose
from app.reports.blocks import TIGHT, info_block, light_table, named, paragraph, party, signature_rows
from app.reports.layout import INFO_WIDTH, TEXT_HEIGHT, TEXT_WIDTH, Sheet, render

LAST_PARAGRAPH = 40 * mm
"""Room for the last paragraph and the heading above the signatures."""

LONGEST_TITLE = 160
"""Characters that fit beside the information block."""
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
    rows = signature_rows(text.signatures)
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
    block = info_block(facts)
    head = Table(
        [[[kind, title] if fits else [kind], block]],
        colWidths=(TEXT_WIDTH - INFO_WIDTH, INFO_WIDTH),
        style=[*TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (0, 0), 8 * mm)],
    )
    return [head] if fits else [head, title]


def _parties(text: AgreementText) -> list[Flowable]:
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
    flowables.append(Paragraph("wird die folgende Vereinbarung geschlossen:", styles.CONNECTIVE))
    return flowables


def _clause(clause: Clause, text: AgreementText) -> list[Flowable]:
    """Heading, then paragraphs, numbered if there are several, and tables where they stand."""
    flowables: list[Flowable] = [CondPageBreak(30 * mm), Paragraph(clause.heading, styles.CLAUSE)]
    number = 0
    for block in clause.blocks:
        if isinstance(block, ClauseTable):
            flowables += [_block(block, text), Spacer(1, 4 * mm)]
        else:
            number += 1
            flowables += paragraph(block, f"({number})" if clause.numbered else None)
    return flowables


def _block(name: ClauseTable, text: AgreementText) -> Flowable:
    if name is ClauseTable.GOALS:
        return light_table(GOAL_HEADER, GOAL_COLUMNS, text.goals)
    if name is ClauseTable.INSTALMENTS:
        return light_table(INSTALMENT_HEADER, INSTALMENT_COLUMNS, text.instalments, right=3)
    return light_table(CONTACT_HEADER, CONTACT_COLUMNS, text.contacts)
