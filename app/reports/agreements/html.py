"""The words of an agreement for the screen: the same as on paper."""

from app.domain.agreements.agreements import AgreementKind
from app.domain.papers.paper_text import Paragraph, ParagraphKind
from app.reports.agreements.text import AgreementText, anchor
from app.reports.html_text import blocks_html


def agreement_html(text: AgreementText, kind: AgreementKind, marked: int | None = None) -> str:
    """The whole agreement; the clause at the place `marked` is tinted."""
    titles = [Paragraph(kind.word, ParagraphKind.TITLE), Paragraph(text.title, ParagraphKind.SUBTITLE)]
    return blocks_html([*titles, *text.blocks()], "" if marked is None else anchor(marked))
