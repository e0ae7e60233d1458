"""Names for files that Windows takes."""

from datetime import date

import pytest

from app.domain.file_names import LONGEST, dated_pdf, distinct, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ZV-2026-01 Öztürk & Söhne", "ZV-2026-01 Öztürk & Söhne"),
        ("KV 2026/01: Träger", "KV 2026-01- Träger"),
        ("Verein e.V.", "Verein e.V"),
        (' "a"  <b>|c?* ', "-a- -b-c-"),
        ("..\\..\\etc", "-..-etc"),
        ("CON", "_CON"),
        ("com1.alt", "_com1.alt"),
        ("Zeile\neins\t", "Zeile-eins-"),
        (" . ", "Dokument"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut() -> None:
    assert safe_name("x" * (LONGEST - 1) + " yz") == "x" * (LONGEST - 1)


def test_no_two_files_share_a_name() -> None:
    assert distinct(["Brief", "BRIEF", "Brief", "Brief (2)"], ".pdf") == [
        "Brief.pdf",
        "BRIEF (2).pdf",
        "Brief (3).pdf",
        "Brief (2) (2).pdf",
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ZV-2026-01", "ZV-2026-01_2026-03-01.pdf"),
        ("Kündigung ZV 2026/01", "Kündigung-ZV-2026-01_2026-03-01.pdf"),
    ],
)
def test_papers_are_named_by_label_and_day(label: str, name: str) -> None:
    assert dated_pdf(label, date(2026, 3, 1)) == name
