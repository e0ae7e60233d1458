"""Signs on paper: from the family, from the font of symbols, or named before and framed; never dropped."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from app.domain.papers.paper_text import (
    PaperTable,
    Paragraph,
    ParagraphKind,
    SignatureBlock,
    Signatures,
    bold,
)
from app.reports import styles
from app.reports.glyphs import (
    _USUAL,
    FAMILY,
    FRAME,
    SYMBOLS,
    in_fonts,
    signs_of_fonts,
    unprintable,
    unprintable_in,
    unprintable_sentence,
)
from app.reports.layout import PaperSheet, render
from app.reports.papers.address_labels import FORMATS, labels_pdf
from app.reports.papers.letter import LetterData, letter_pdf
from app.reports.pdf_text import flowables
from app.services.office import OfficeInput

SAID = "Rückgang ≤ −5 %, ≥ 10 → ✓ ☐ ⇒ ≈ ≠"


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def fonts_of(pdf: bytes) -> set[str]:
    """The fonts of a file, each of them embedded."""
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"]
            found.add(str(descendant["/BaseFont"]).partition("+")[2])
    return found


def test_the_list_of_signs_is_that_of_the_fonts() -> None:
    styles.register_fonts()
    for name, signs in signs_of_fonts().items():
        for cut in (name, *([styles.BOLD] if name == FAMILY else [])):
            assert signs == {c for c in pdfmetrics.getFont(cut).face.charToGlyph if c >= 32}, cut


def test_what_will_not_print_is_said_in_a_sentence() -> None:
    rows = tuple((str(nr), f"حب{'😀' * nr}") for nr in range(5))
    said = unprintable_sentence([PaperTable(("Nr.", "Name"), (1, 1), rows)], "Träger")
    assert said.startswith("Auf dem Papier steht ▯ statt „ح“ (U+062D), „ب“ (U+0628) in „Träger, 0“; ")
    assert said.endswith("„😀“ (U+1F600) in „Träger, 2“ und an 2 weiteren Stellen.")
    assert unprintable_sentence([Paragraph(SAID)]) == ""


def test_what_counts_as_usual_is_in_the_family() -> None:
    signs = signs_of_fonts()[FAMILY]
    assert [hex(c) for c in range(32, 0x3000) if _USUAL.fullmatch(chr(c)) and c not in signs] == []


@pytest.mark.parametrize("sign", SAID)
def test_each_sign_of_offices_can_be_printed(sign: str) -> None:
    assert unprintable(sign) == []


def test_a_text_is_cut_where_its_font_changes() -> None:
    assert in_fonts("a ≤ b") == [(None, "a "), (SYMBOLS, "≤"), (None, " b")]
    assert in_fonts("عل") == [(SYMBOLS, FRAME * 2)]
    assert in_fonts("✔\ufe0f") == [(SYMBOLS, "✔")]


def test_symbols_stand_on_every_kind_of_paper() -> None:
    office = OfficeInput(name=f"Büro → {SAID}", authority="Stadt ≥", street="Weg ✓", city="Ort")
    sheet = PaperSheet(office, "Probe", "Probe ≤", date(2026, 3, 1), draft=False)
    blocks = [
        Paragraph(f"Kopf {SAID}", ParagraphKind.HEADING),
        Paragraph(bold(SAID), number="(1)"),
        Paragraph(SAID, ParagraphKind.ITEM),
        PaperTable(("Was ≤", "Soll"), (80, 85), ((SAID, "≥"),)),
        Signatures((SignatureBlock("Träger →", "N. ✓"),)),
    ]
    letter = LetterData(
        office, date(2026, 3, 1), (SAID, "Weg 1", "Ort"), SAID, SAID, SAID, "L ≤", delivery="→"
    )
    for pdf, times in (
        (render(sheet, lambda: flowables(blocks)), 5),
        (letter_pdf(letter), 5),
        (labels_pdf([(SAID, "Weg 1", "Ort")], FORMATS[0], sender=SAID), 2),
    ):
        shown = "".join(text_of(pdf).split())
        assert shown.count("".join(SAID.split())) == times
        assert fonts_of(pdf) >= {"NotoSans-Regular", "NotoSansSymbolsSelection-Regular"}


def test_what_cannot_be_printed_is_named_with_its_place_and_framed() -> None:
    blocks = [
        Paragraph("شارع"),
        Paragraph("§ 1 Ziele", ParagraphKind.HEADING),
        Paragraph("gut 😀, 中"),
        PaperTable(("Nr.", "Ziel"), (20, 145), (("2", "Treff 👍"), ("3", "Treff"))),
        Signatures((SignatureBlock("Träger", "אב"),)),
    ]
    assert unprintable_in(blocks, "Titel") == [
        "Druckbares Zeichen statt „ش“ (U+0634), „ا“ (U+0627), „ر“ (U+0631), „ع“ (U+0639) in „Titel“",
        "Druckbares Zeichen statt „😀“ (U+1F600), „中“ (U+4E2D) in „§ 1 Ziele“",
        "Druckbares Zeichen statt „👍“ (U+1F44D) in „§ 1 Ziele, 2“",
        "Druckbares Zeichen statt „א“ (U+05D0), „ב“ (U+05D1) in „§ 1 Ziele“",
    ]
    sheet = PaperSheet(OfficeInput(name="Büro"), "Probe", "Probe", date(2026, 3, 1), draft=False)
    shown = text_of(render(sheet, lambda: flowables(blocks)))
    assert FRAME * 4 in shown
    assert f"gut {FRAME}, {FRAME}" in shown
