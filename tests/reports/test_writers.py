"""Every writer of paper text says the same words with the same looks, whatever signs are in them."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.domain.papers.paper_text import (
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Run,
    SignatureBlock,
    Signatures,
    Text,
    bold,
    gap,
    muted,
    words,
)
from app.reports.html_text import blocks_html, words_html
from app.reports.layout import PaperSheet, render
from app.reports.pdf_text import flowables, set_cell, set_table, set_words
from app.reports.styles import BODY, CELL
from app.reports.word_sheet import new_file
from app.reports.word_text import WordComment, write_blocks, write_words
from app.services.office import OfficeInput

OFFICE = OfficeInput(name="Alter im Quartier")
SIGNS = ["a & b < c > d", "</para> <b>x</b> &amp;", "„sagt ‚er‘“ \"so\" 'da'", "{Titel} **x**", "ŞğłÄß", ""]
BLOCKS = [
    Paragraph("Protokoll <1>", ParagraphKind.TITLE),
    Paragraph("Beirat & Co.", ParagraphKind.SUBTITLE),
    Paragraph("Anfang", ParagraphKind.HEADING, name="eins"),
    Paragraph(words("Es ", bold("gilt"), " ", gap("Ort"), muted(" leise")), number="(1)"),
    Paragraph("Punkt", ParagraphKind.ITEM, level=2),
    Paragraph("Anschrift\nWeg 1", ParagraphKind.ADDRESS),
    Paragraph("und", ParagraphKind.LEAD),
    PaperTable(("Was", "Betrag"), (100, 65), (("Miete", "10,00"), (bold("Summe"), "10,00")), frozenset({1})),
    Paragraph("Klein", ParagraphKind.CAPTION),
    Signatures(
        (SignatureBlock("Stadt", "Dr. Weiß", "Leitung"), SignatureBlock("AWO"), SignatureBlock("DRK"))
    ),
]
SAID = (
    "Protokoll <1>", "Beirat & Co.", "Anfang", "(1)", "Punkt", "Weg 1", "und", "Miete", "Summe", "Klein",
    "Unterschriften", "Dr. Weiß", "DRK",
)  # fmt: skip


def pdf(blocks: list[Any], **how: Any) -> str:
    sheet = PaperSheet(OFFICE, "Probe", "Probe", date(2026, 3, 1), draft=False)
    content = render(sheet, lambda: flowables(blocks, **how))
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def word(blocks: list[Any], **how: Any) -> Any:
    document = new_file(OFFICE, "Probe", "Probe", date(2026, 3, 1), draft=False)
    write_blocks(document, blocks, **how)
    target = BytesIO()
    document.save(target)
    return Document(BytesIO(target.getvalue()))


def test_all_kinds_of_blocks_are_in_every_format() -> None:
    html = unescape(re.sub(r"<[^>]+>", " ", blocks_html(BLOCKS)))
    written = "".join(word(BLOCKS).element.body.itertext())
    printed = pdf(BLOCKS)
    for part in SAID:
        assert part in html, part
        assert part in written, part
        assert part in printed, part


@pytest.mark.parametrize("text", SIGNS)
def test_signs_with_a_meaning_are_text_everywhere(text: str) -> None:
    assert set_words(text, BODY).getPlainText() == text
    assert unescape(re.sub(r"<[^>]+>", "", words_html(text))) == text
    paragraph = new_file(OFFICE, "P", "P", date(2026, 3, 1), draft=False).add_paragraph()
    write_words(paragraph, bold(text))
    assert paragraph.text == text


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_typed_can_be_written(text: str) -> None:
    set_words((Run(text, bold=True, look=Look.GAP),), BODY)
    assert "<script" not in words_html(text)
    write_words(new_file(OFFICE, "P", "P", date(2026, 3, 1), draft=False).add_paragraph(), text)


def test_a_heading_is_marked_and_found_on_screen() -> None:
    html = blocks_html(BLOCKS, "eins")
    assert html.count("background-color:#e5ebf7") == 1
    assert '<a name="eins"></a>' in html
    assert "background-color:#e5ebf7" not in blocks_html(BLOCKS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (bold("x"), "<b>x</b>"),
        (muted("a\nb"), '<span style="color:#51577a">a<br/>b</span>'),
        ((Run("neu", look=Look.ADDED),), "neu"),
        ((), ""),
    ],
)
def test_looks_on_screen(text: Text, wanted: str) -> None:
    assert words_html(text) == wanted


def test_looks_in_word() -> None:
    paragraph = new_file(OFFICE, "P", "P", date(2026, 3, 1), draft=False).add_paragraph()
    looks = (Run("l", look=Look.GAP), Run("+", look=Look.ADDED), Run("-", look=Look.REMOVED), Run("b", True))
    highlighted, added, removed, strong = write_words(paragraph, looks)
    assert highlighted.font.highlight_color is not None
    assert (added.font.underline, removed.font.strike, strong.bold) == (True, True, True)


def test_comments_stand_at_the_heading_of_their_name() -> None:
    document = word(BLOCKS, comments={"eins": [WordComment(date(2026, 3, 1), "A B", "Warum?")]})
    assert [(one.text, one.initials) for one in document.comments] == [("Warum?", "AB")]


def test_an_address_too_long_for_its_column_goes_on_after_its_sign() -> None:
    assert set_cell("0511 1\nlang@beispiel.example", CELL, 60).text.endswith("lang@<br/>beispiel.example")
    assert "<br/>" not in set_cell("kurz@b.de", CELL, 200).text


def test_very_long_tables_and_words_print() -> None:
    long = "Wort " * 3000
    printed = pdf(
        [Paragraph("Lang", ParagraphKind.HEADING), Paragraph(long), PaperTable(("A",), (165,), ((long,),))]
    )
    assert printed.count("Wort") == 6000
    rows = tuple((str(nr),) for nr in range(200))
    below = [Paragraph("T", ParagraphKind.HEADING), PaperTable(("A",), (165,), rows)]
    assert pdf(below, torn_tables=True).count("Seite") > 2


def test_rows_to_write_in_have_their_height() -> None:
    table = set_table(PaperTable(("A",), (50,), (("",), ("",))), 30)
    assert table._argH[1:] == [30, 30]
