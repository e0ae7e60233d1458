"""Target and cooperation agreements as PDF."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from app.domain.agreements.clauses import ClauseTable
from app.domain.agreements.clauses import Paragraph as Words
from app.domain.terms import word
from app.reports import styles
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.text import AgreementText, PrintedClause, compose
from app.reports.blocks import head, light_table, paragraph, parties, signed
from app.reports.layout import PaperSheet, render

LONG_WORDS = 1500
"""A paragraph of so many characters begins below its heading and goes on overleaf, instead of leaving half a page."""
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
    sheet = PaperSheet(
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
    story: list[Flowable] = [
        *head(paper, word(paper.kind), text.title, beside=len(paper.title) <= LONGEST_TITLE),
        Spacer(1, 5 * mm),
        *parties(text),
    ]
    for clause in text.clauses:
        story += _clause(clause, text)
    return signed(story, text.signatures)


def _clause(clause: PrintedClause, text: AgreementText) -> list[Flowable]:
    """Heading, then paragraphs, numbered if there are several, and tables where they stand."""
    first = clause.blocks[0] if clause.blocks else None
    torn = isinstance(first, Words) and not first.points and len(first.words) > LONG_WORDS
    heading = styles.CLAUSE.clone(styles.CLAUSE.name, keepWithNext=0) if torn else styles.CLAUSE
    flowables: list[Flowable] = [CondPageBreak(30 * mm), Paragraph(clause.heading, heading)]
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
