"""Target and cooperation agreements as PDF."""

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.facts import info_facts
from app.reports.agreements.text import compose
from app.reports.layout import PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import flowables

LONGEST_TITLE = 160
"""Characters that fit beside the information block."""


def agreement_pdf(paper: AgreementPaper) -> bytes:
    """The paper as PDF. Raises UserError if the office's logo cannot be read."""
    text = compose(paper)
    below = len(paper.title) > LONGEST_TITLE
    sheet = PaperSheet(paper.office, paper.name, paper.label, paper.day, paper.draft)
    return render(
        sheet,
        lambda: [
            *head(paper.kind.word, [text.title], info_facts(paper), titles_below=below),
            Spacer(1, 5 * mm),
            *flowables(text.blocks()),
        ],
    )
