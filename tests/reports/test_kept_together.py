"""What belongs together stays on one page: short tables, parties, fields to sign in; their lines are level."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.papers.paper_text import (
    Block,
    PaperTable,
    Paragraph,
    ParagraphKind,
    SignatureBlock,
    Signatures,
)
from app.reports.layout import PaperSheet, render
from app.reports.pdf_text import flowables
from app.services.office import OfficeInput

OFFICE = OfficeInput(name="Alter im Quartier")


def pages(blocks: list[Block]) -> list[str]:
    sheet = PaperSheet(OFFICE, "Probe", "Probe", date(2026, 3, 1), draft=False)
    content = render(sheet, lambda: flowables(blocks))
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def rules(content: bytes, page: int) -> list[tuple[float, float, float]]:
    """Level lines of a page in the ink of signatures: left, right, height."""
    found: list[tuple[float, float, float]] = []
    begin = (0.0, 0.0)
    stream = PdfReader(BytesIO(content)).pages[page]

    def visit(operator: bytes, arguments: list[Any], cm: list[float], _tm: list[float]) -> None:
        nonlocal begin
        if operator not in (b"m", b"l"):
            return
        x, y = float(arguments[0]) * cm[0] + cm[4], float(arguments[1]) * cm[3] + cm[5]
        if operator == b"m":
            begin = (x, y)
        elif y == pytest.approx(begin[1]) and x - begin[0] > 50:
            found.append((round(begin[0]), round(x), round(y, 1)))

    stream.extract_text(visitor_operand_before=visit)
    return found


@pytest.mark.parametrize("lines", range(26, 44, 2))
def test_a_table_of_three_rows_stays_together_with_what_leads_to_it(lines: int) -> None:
    table = PaperTable(("Nr.", "Was"), (20, 145), tuple((f"Z{n}", "Rate\nzwei") for n in range(3)))
    story: list[Block] = [*(Paragraph(f"Zeile {n}") for n in range(lines)), Paragraph("Es folgt:"), table]
    (where,) = [page for page in pages(story) if "Z0" in page]
    assert all(said in where for said in ("Es folgt:", "Z1", "Z2"))


@pytest.mark.parametrize("lines", range(26, 44, 2))
def test_no_party_is_torn(lines: int) -> None:
    party = Paragraph("Träger\nWeg 1\nvertreten durch Frau A", ParagraphKind.ADDRESS)
    (where,) = [p for p in pages([*(Paragraph(f"Zeile {n}") for n in range(lines)), party]) if "Weg 1" in p]
    assert "Träger" in where
    assert "Frau A" in where


def test_lines_to_sign_on_are_level_and_only_where_somebody_signs() -> None:
    names = (
        "Kurz",
        "Ein sehr langer Name einer gemeinnützigen Gesellschaft für vieles in Hannover " * 2,
        "Drei",
    )
    signatures = Signatures(tuple(SignatureBlock(name, "Frau A", "Amt " * 20) for name in names))
    sheet = PaperSheet(OFFICE, "Probe", "Probe", date(2026, 3, 1), draft=False)
    content = render(sheet, lambda: flowables([Paragraph("Text"), signatures]))
    drawn = [line for line in rules(content, 0) if line[1] - line[0] < 300]
    heights = [height for _, _, height in drawn]
    assert [heights.count(height) for height in sorted(set(heights), reverse=True)] == [2, 2, 1, 1]


def test_thirty_fields_to_sign_in_are_whole_on_their_pages() -> None:
    fields = tuple(
        SignatureBlock(f"Träger <{n}> " + "lang " * (n % 3) * 15, f"Frau <{n}>") for n in range(30)
    )
    for page in pages([Paragraph("Text"), Signatures(fields)]):
        for n in range(30):
            assert (f"Träger <{n}>" in page) == (f"Frau <{n}>" in page)
