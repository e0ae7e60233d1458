"""The Word file of a draft, read again as Word would: styles, words, tables, fields, comments."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from PIL import Image

from app.domain.errors import UserError
from app.domain.papers.paper_text import Paragraph, plain
from app.reports.agreements.data import PaperInstalment
from app.reports.agreements.text import compose
from app.reports.agreements.word import WordComment, agreement_docx
from tests.reports.agreements.agreement_samples import OFFICE, goal, paper, party

RATES = (PaperInstalment(1, 25_000_00, date(2026, 2, 1), "nach Unterschrift"), PaperInstalment(2, 20_000_00))


def read(**changes: Any) -> tuple[WordFile, dict[str, str]]:
    """The file as the library reads it, and its parts as XML."""
    content = agreement_docx(paper(**changes))
    archive = zipfile.ZipFile(BytesIO(content))
    parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    return Document(BytesIO(content)), parts


def words(document: WordFile) -> str:
    """Everything in the body."""
    texts = "".join(document.element.body.itertext())
    return re.sub(r"\s+", " ", texts.replace("\u00a0", " "))


def test_it_says_what_the_paper_says_in_words_own_styles() -> None:
    document, parts = read(parties=(party(), party("Küche & Söhne <1>")))
    text = compose(paper(parties=(party(), party("Küche & Söhne <1>"))))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [*(plain(clause.printed[0].words) for clause in text.clauses), "Unterschriften"]
    styles = {p.style.name for p in document.paragraphs if p.style}
    assert {"Heading 1", "List Bullet", "Absatz mit Nummer", "Normal"} <= styles
    assert document.tables[0].rows[0].cells[0].paragraphs[0].style.name == "Title"
    said = words(document)
    for clause in text.clauses:
        for block in clause.blocks:
            if isinstance(block, Paragraph):
                assert re.sub(r"\s+", " ", plain(block.words).replace("\u00a0", " ")) in said
    assert "Küche & Söhne <1>" in said
    assert 'w:val="de-DE"' in parts["word/styles.xml"]
    assert document.core_properties.title == "Zielvereinbarung ZV-2026-01 – Quartierszentrum Linden-Süd"


def test_tables_repeat_their_header_and_no_row_is_torn() -> None:
    document, _ = read(goals=tuple(goal(nr) for nr in range(1, 41)), instalments=RATES)
    goals, instalments, contacts = document.tables[1:4]
    assert [len(table.rows) for table in (goals, instalments, contacts)] == [41, 4, 3]
    for table in (goals, instalments, contacts):
        assert "<w:tblHeader/>" in table.rows[0]._tr.xml
        assert all("<w:cantSplit/>" in row._tr.xml for row in table.rows)
    assert [cell.text for cell in instalments.rows[3].cells] == ["", "", "Summe", "45.000,00\u00a0€"]
    assert goals.rows[40].cells[1].text.startswith("Anfang40 Offener Treff\nBaustein: Begegnung")


def test_gaps_are_highlighted_and_a_draft_says_so_on_every_page() -> None:
    _, parts = read(goals=(goal(1, indicator=""),), parties=(replace(party(), represented_by=""),))
    body = parts["word/document.xml"]
    assert body.count('<w:highlight w:val="yellow"/>') == body.count("fehlt]") > 0
    headers = [xml for name, xml in parts.items() if name.startswith("word/header")]
    assert sum("ENTWURF" in xml for xml in headers) == 2  # of the first page and of the others
    footers = [xml for name, xml in parts.items() if name.startswith("word/footer") and "PAGE" in xml]
    assert len(footers) == 2
    assert all("NUMPAGES" in xml and "ZV-2026-01 · Entwurf vom 01.03.2026" in xml for xml in footers)


def test_what_is_no_draft_does_not_call_itself_one() -> None:
    _, parts = read(draft=False)
    assert not any("ENTWURF" in xml or "Entwurf" in xml for xml in parts.values())


def test_comments_stand_at_the_heading_of_their_clause() -> None:
    content = agreement_docx(
        paper(),
        {
            1: [
                WordComment(date(2026, 3, 1), "Sabine Öztürk", "Bitte kürzer."),
                WordComment(date(2026, 3, 2), "", "Warum?"),
            ]
        },
    )
    document = Document(BytesIO(content))
    assert [(c.author, c.initials, c.text) for c in document.comments] == [
        ("Sabine Öztürk", "SÖ", "Bitte kürzer."),
        ("ohne Namen", "", "Warum?"),
    ]
    assert next(iter(document.comments)).timestamp.date() == date(2026, 3, 1)
    commented = [p for p in document.paragraphs if "commentRangeStart" in p._p.xml]
    assert [p.text for p in commented] == ["§\u00a01\u00a0\u00a0Gegenstand und Zweck"]


def test_the_logo_stands_in_the_letterhead() -> None:
    picture = BytesIO()
    Image.new("RGB", (600, 100), "#c33").save(picture, "PNG")
    _, parts = read(office=replace(OFFICE, logo=picture.getvalue()))
    assert any("<pic:pic" in xml for name, xml in parts.items() if name.startswith("word/header"))
    with pytest.raises(UserError, match="Logo"):
        read(office=replace(OFFICE, logo=b"\x89PNG\r\n\x1a\nkaputt"))


def test_thirty_parties_sign() -> None:
    document, _ = read(parties=tuple(party(f"Partner {nr}") for nr in range(30)))
    pairs = document.tables[-1].rows
    assert len(pairs) == 16
    # each in a row that is not torn; names, days and hands in rows of their own, so that lines are level
    for pair in pairs:
        assert pair._tr.trPr.find(qn("w:cantSplit")) is not None
        (fields,) = pair.cells[0].tables
        _, days, hands = fields.rows
        for row in (days, hands):
            lines = [cell for cell in row.cells if cell._tc.findall(f".//{qn('w:pBdr')}")]
            assert [cell.text.strip() for cell in lines] == [
                c.text.strip() for c in row.cells if c.text.strip()
            ]
    assert "Partner 29" in pairs[15].cells[0].tables[0].rows[0].cells[0].text


def test_few_fields_to_sign_in_stay_together() -> None:
    document, _ = read(parties=(party("A"), party("B"), party("C")))
    (row,) = document.tables[-1].rows
    assert len(row.cells[0].tables) == 2


def test_the_file_is_ours_and_says_so() -> None:
    _, parts = read(title="Treff")
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name or "stylesWith" in name]
    core, about, settings = (
        parts[f"{name}.xml"] for name in ("docProps/core", "docProps/app", "word/settings")
    )
    assert f'<dcterms:created xsi:type="dcterms:W3CDTF">{paper().day:%Y-%m-%d}T' in core
    assert f'<dcterms:modified xsi:type="dcterms:W3CDTF">{paper().day:%Y-%m-%d}T' in core
    assert "<dc:language>de-DE</dc:language>" in core
    assert f"<dc:creator>{OFFICE.name}" in core
    assert "python-docx" not in core + about
    assert "Macintosh" not in about
    assert "rsid" not in settings
    assert 'w:lang w:val="de-DE"' in parts["word/styles.xml"]


@pytest.mark.parametrize("wild", ["Wort " * 80, "x" * 900, "<para>&#0;\x00\x07", "a\r\nb", "\t"])
def test_any_text_in_any_field_can_be_written(wild: str) -> None:
    office = replace(OFFICE, name=wild, authority=wild, department=wild, email=wild)
    document, _ = read(number=wild[:40], title=wild, office=office, parties=(party(wild),), quarter=wild)
    assert "Unterschriften" in words(document)
