"""A paper of headings, words and tables on the office's sheet, as PDF and as a Word file with the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.domain.dates import german
from app.domain.papers.paper_text import Block, Paragraph, ParagraphKind
from app.reports.layout import PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import flowables
from app.reports.word_sheet import new_file
from app.reports.word_text import write_blocks
from app.services.office import OfficeInput


@dataclass(frozen=True, slots=True)
class PrivacyPaper:
    """`kind` is its name: "Löschkonzept"; `title` what it is about."""

    office: OfficeInput
    kind: str
    title: str
    day: date
    blocks: tuple[Block, ...]


def paper_pdf(paper: PrivacyPaper) -> bytes:
    """The paper as PDF. Raises UserError if the office's logo cannot be read."""
    sheet = PaperSheet(paper.office, f"{paper.kind} – {paper.title}", paper.kind, paper.day, draft=False)
    facts = [("Datum", german(paper.day)), *_office_facts(paper.office)]
    return render(
        sheet,
        lambda: [
            *head(paper.kind, [paper.title], facts, titles_below=True),
            Spacer(1, 4 * mm),
            *flowables(paper.blocks, torn_tables=True),
        ],
    )


def paper_docx(paper: PrivacyPaper) -> bytes:
    """The same as a Word file. Raises UserError if the office's logo cannot be read."""
    document = new_file(paper.office, f"{paper.kind} – {paper.title}", paper.kind, paper.day, draft=False)
    top = (Paragraph(paper.kind, ParagraphKind.TITLE), Paragraph(paper.title, ParagraphKind.SUBTITLE))
    write_blocks(document, (*top, *paper.blocks))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _office_facts(office: OfficeInput) -> Sequence[tuple[str, str]]:
    return (("Auskunft", office.contact_person), ("Telefon", office.phone), ("E-Mail", office.email))
