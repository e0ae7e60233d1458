"""Labels on sheets: each address inside its label, on every common format."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.errors import Invalid
from app.reports.papers.address_labels import (
    FORMATS,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    LabelFormat,
    check_format,
    labels_pdf,
)

MM = 72 / 25.4
SHEETS = {one.name: one for one in FORMATS}


def placed(pdf: bytes) -> list[list[tuple[float, float, str]]]:
    """For each page the words with their distance from the left and upper edge, in mm."""
    pages = []
    for page in PdfReader(BytesIO(pdf)).pages:
        found: list[tuple[float, float, str]] = []

        def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
            x = tm[4] * cm[0] + cm[4]
            y = tm[5] * cm[3] + cm[5]
            if text.strip():
                found.append((x / MM, SHEET_HEIGHT - y / MM, text.strip()))  # noqa: B023 - called at once

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


def addresses(count: int) -> list[tuple[str, ...]]:
    return [(f"Träger {n}", "Frau Şen", f"Weg {n}", "30159 Hannover") for n in range(count)]


@pytest.mark.parametrize("name", SHEETS)
def test_every_address_lies_in_its_label_and_on_the_sheet(name: str) -> None:
    on = SHEETS[name]
    (page,) = placed(labels_pdf(addresses(on.per_sheet), on))
    starts = [(x, y, text) for x, y, text in page if text.startswith("Träger")]
    assert len(starts) == on.per_sheet
    for x, y, text in starts:
        left, top = on.corner(int(text.split()[1].split("\n")[0]))
        assert left + 3.9 <= x < left + 8
        assert top + 2 < y < top + on.height - 8


def test_zweckform_3475_lies_where_the_sheet_says() -> None:
    sheet = SHEETS["Zweckform 3475"]
    assert (sheet.left, sheet.top, sheet.per_sheet) == (0, 4.5, 24)
    assert sheet.corner(4) == (70, 40.5)  # second row, second column
    assert SHEETS["Zweckform 4781"].corner(11) == pytest.approx((105, 21.6 + 5 * 42.3))


def test_a_used_sheet_begins_later_and_goes_on_to_the_next() -> None:
    on = SHEETS["Zweckform 3475"]
    first, second = placed(labels_pdf(addresses(3), on, first=23))
    assert {text for _, _, text in first if text.startswith("Träger")} == {"Träger 0", "Träger 1"}
    assert next((round(x), text) for x, _, text in second if text.startswith("Träger")) == (6, "Träger 2")
    assert min(x for x, _, _ in first) > 70  # place 23 is the middle of the last row


def test_a_long_address_gets_smaller_and_the_sender_stands_above() -> None:
    on = SHEETS["Zweckform 3475"]
    long = ("Verein zur Förderung nachbarschaftlicher Hilfe im Stadtbezirk Döhren-Wülfel e.V.",) * 3
    (page,) = placed(labels_pdf([(*long, "30159 Hannover")], on, sender="Stadt · Weg 1 · 30159 Hannover"))
    assert page[0][2].startswith("Stadt")
    last = max(y for _, y, _ in page)
    assert last < on.top + on.height


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (LabelFormat("x", 80, 36, 3, 8, 0, 4.5), "width"),
        (LabelFormat("x", 70, 37, 3, 8, 0, 4.5), "height"),
        (LabelFormat("x", 10, 36, 3, 8, 0, 4.5), "width"),
        (LabelFormat("x", 70, 36, 3, 8, -1, 4.5), "width"),
        (LabelFormat("x", 70, 36, 0, 8, 0, 4.5), "columns"),
    ],
)
def test_measures_that_do_not_fit_are_said(wrong: LabelFormat, field: str) -> None:
    with pytest.raises(Invalid) as error:
        labels_pdf(addresses(1), wrong)
    assert field in error.value.problems


def test_common_sheets_fit() -> None:
    for one in FORMATS:
        check_format(one)
        x, y = one.corner(one.per_sheet - 1)
        assert x + one.width + one.left == pytest.approx(SHEET_WIDTH, abs=0.05)
        assert y + one.height + one.top == pytest.approx(SHEET_HEIGHT, abs=0.05)
