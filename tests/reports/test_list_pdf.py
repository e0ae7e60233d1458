"""A printed list: upright or on its side, titles on every page, no row lost, no word torn."""

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.errors import Cancelled
from app.domain.list_sheet import ListSheet
from app.reports.list_pdf import list_pdf

AT = datetime(2026, 12, 1, 9, 5)


def printed(sheet: ListSheet) -> PdfReader:
    return PdfReader(BytesIO(list_pdf(sheet, "Alter im Quartier", AT, lambda done, total: None)))


def many(count: int, columns: int = 3, words: str = "Nachbarschaft") -> ListSheet:
    titles = tuple(f"Spalte{place}" for place in range(columns))
    rows = tuple((f"Zeile-{row}", *[words] * (columns - 1)) for row in range(count))
    return ListSheet("Angebote", titles, rows, count, count)


def test_every_page_repeats_the_titles_and_counts_the_pages() -> None:
    paper = printed(many(120))
    pages = [page.extract_text() for page in paper.pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "Spalte0" in text
        assert f"Seite {number} von {len(pages)}" in text
        assert "Angebote · Stand 01.12.2026" in text
    whole = "\n".join(pages)
    assert all(f"Zeile-{row}\n" in whole for row in range(120))


def test_the_first_page_says_what_is_shown_and_as_of_when() -> None:
    sheet = ListSheet("Angebote", ("Titel",), (("Treff",),), 1, 120, filters="Stand: läuft")
    text = printed(sheet).pages[0].extract_text()
    assert "1 von 120 Zeilen · Stand: läuft" in text
    assert "Alter im Quartier · Stand 01.12.2026, 09:05 Uhr" in text


@pytest.mark.parametrize(("columns", "on_side"), [(3, False), (12, True)])
def test_a_wide_list_lies_on_its_side(columns: int, on_side: bool) -> None:
    box = printed(many(3, columns)).pages[0].mediabox
    assert (box.width > box.height) is on_side
    assert sorted((round(box.width), round(box.height))) == [595, 842]


def test_words_are_not_torn_while_smaller_letters_help() -> None:
    text = printed(many(3, 13, "Kooperationsvereinbarung")).pages[0].extract_text()
    assert "Kooperationsvereinbarung" not in text  # too much even for the smallest letters
    assert (
        "Kooperationsvereinbarung" in printed(many(3, 8, "Kooperationsvereinbarung")).pages[0].extract_text()
    )


def test_sums_stand_below_the_rows() -> None:
    sheet = ListSheet(
        "Budgets",
        ("Nr.", "Betrag"),
        (("1", "10,00"), ("2", "5,50")),
        2,
        2,
        frozenset({1}),
        ("", "15,50"),
    )
    lines = printed(sheet).pages[0].extract_text().splitlines()
    assert lines[lines.index("Summe") + 1] == "15,50"


def test_a_cell_of_many_lines_is_cut_and_an_empty_list_is_a_page() -> None:
    long = ListSheet("Notizen", ("Text",), (("\n".join(f"Absatz{n}" for n in range(300)),),), 1, 1)
    text = "".join(page.extract_text() for page in printed(long).pages)
    assert "Absatz24 …" in text
    assert "Absatz25" not in text
    assert "0 Zeilen" in printed(ListSheet("Leer", ("Titel",), (), 0, 0)).pages[0].extract_text()


def test_fonts_are_embedded() -> None:
    for page in printed(many(3)).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_printing_can_be_cancelled() -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list_pdf(many(10), "", AT, stop)
