"""Target and cooperation agreements as a Word file, for the partner to read, comment and change."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from docx.document import Document as WordFile
from docx.shared import Mm, Pt

from app.domain.papers.paper_text import Words, muted
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.facts import info_facts
from app.reports.agreements.text import anchor, compose
from app.reports.word_sheet import SMALL, new_file, plain_table
from app.reports.word_text import WordComment, write_blocks, write_words

IN_THE_HEAD = ("Nummer", "Quartier", "Datum", "Auskunft", "Telefon", "E-Mail", "Anschrift")


def agreement_docx(
    paper: AgreementPaper, comments: Mapping[int, Sequence[WordComment]] | None = None
) -> bytes:
    """The paper as .docx with Word's own styles; `comments` by the place of their clause in `paper.clauses`.

    The words are those of the PDF. Raises UserError if the office's logo cannot be read.
    """
    text = compose(paper)
    document = new_file(paper.office, paper.name, paper.label, paper.day, draft=paper.draft)
    _write_head(document, paper, text.title)
    by_heading = {anchor(place): said for place, said in (comments or {}).items()}
    write_blocks(document, text.blocks(), by_heading)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _write_head(document: WordFile, paper: AgreementPaper, title: Words) -> None:
    """Kind and title left, information block right, as on paper."""
    left, right = plain_table(document, [Mm(95), Mm(70)]).rows[0].cells
    left.paragraphs[0].style = document.styles["Title"]
    left.paragraphs[0].add_run(paper.kind.word)
    write_words(left.add_paragraph(style="Subtitle"), title)
    paragraph = right.paragraphs[0]
    for name, value in info_facts(paper):
        if value and name in IN_THE_HEAD:
            paragraph.style = document.styles[SMALL]
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(18))
            paragraph.paragraph_format.left_indent = Mm(18)
            paragraph.paragraph_format.first_line_indent = Mm(-18)
            write_words(paragraph, muted(f"{name}\t"))
            write_words(paragraph, value)
            paragraph = right.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
