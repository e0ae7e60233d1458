"""Many papers in one PDF."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from app.reports.papers.bound_papers import bound
from app.reports.papers.letter import LetterData, letter_pdf
from app.services.office import OfficeInput


def letter(label: str, paragraphs: int) -> bytes:
    return letter_pdf(
        LetterData(
            office=OfficeInput(name="Alter im Quartier"),
            day=date(2026, 9, 28),
            recipient=("AWO", "Weg 1", "30159 Hannover"),
            subject="Treffen",
            salutation="Sehr geehrte Damen und Herren,",
            body="\n\n".join(["Wort " * 90] * paragraphs),
            label=label,
        )
    )


def test_each_paper_keeps_its_own_pages_and_gets_a_bookmark() -> None:
    first, second = letter("Brief eins", 8), letter("Brief zwei", 1)
    reader = PdfReader(BytesIO(bound([("ZV-1 AWO", first), ("ZV-2 Öztürk", second)], "Briefe 28.09.2026")))
    length = len(PdfReader(BytesIO(first)).pages)
    assert length > 1
    assert len(reader.pages) == length + 1
    assert [(one.title, reader.get_destination_page_number(one)) for one in reader.outline] == [
        ("ZV-1 AWO", 0),
        ("ZV-2 Öztürk", length),
    ]
    assert f"Seite 1 von {length}" in reader.pages[0].extract_text()
    assert "Seite 1 von 1" in reader.pages[length].extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == "Briefe 28.09.2026"
    assert reader.root_object["/Lang"] == "de-DE"


def test_fonts_of_equal_papers_are_kept_once() -> None:
    one = letter("Brief", 1)
    assert len(bound([(str(n), one) for n in range(20)], "Briefe")) < 3 * len(one)


def test_printed_on_both_sides_each_begins_on_its_own_sheet() -> None:
    one = letter("Brief", 1)
    reader = PdfReader(BytesIO(bound([("a", one), ("b", one)], "Briefe", new_sheets=True)))
    assert [page.extract_text() != "" for page in reader.pages] == [True, False, True]
    assert [reader.get_destination_page_number(mark) for mark in reader.outline] == [0, 2]
