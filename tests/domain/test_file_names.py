"""Names for files that Windows takes."""

from datetime import date

import pytest

from app.domain.file_names import LONGEST, MOST_BYTES, dated_pdf, distinct, safe_file_name, safe_name


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
        ("LPT1 .txt", "_LPT1 .txt"),
        ("conout$", "_conout$"),
        ("Träger\u202e gnuk\u200bcirD\u2066", "Träger gnukcirD"),
        ("Zeile\u2028zwei\r\ndrei\x85", "Zeile-zwei-drei-"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut() -> None:
    assert safe_name("x" * (LONGEST - 1) + " yz") == "x" * (LONGEST - 1)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Rechnung 3.pdf", "Rechnung 3.pdf"),
        ("Rechnung\u202efdp.exe", "Rechnungfdp.exe"),
        ("Foto.jpg" + " " * 200 + ".exe", "Foto.jpg.exe"),
        ("Foto.jpg" + "\u3164\u2800" * 50 + ".exe", "Foto.jpg.exe"),
        ("Foto.pdf.exe . .", "Foto.pdf.exe"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("Protokoll\r\n1.docx", "Protokoll-1.docx"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
        ("Satzung", "Satzung"),
        ("12. Sitzung vom 3. Mai und was danach war", "12. Sitzung vom 3. Mai und was danach war"),
        (".", "Anlage"),
        ("\u202e", "Anlage"),
    ],
)
def test_names_that_others_gave_keep_what_they_are(given: str, name: str) -> None:
    assert safe_file_name(given) == name
    assert safe_file_name(name) == name


def test_a_name_of_large_signs_fits_other_systems() -> None:
    assert len(safe_file_name("😀" * 120 + ".pdf").encode()) <= MOST_BYTES + len(".pdf")
    assert len(safe_name("😀" * 120).encode()) <= MOST_BYTES


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
        ("Kündigung Verein e.V.", "Kündigung-Verein-e.V._2026-03-01.pdf"),
        ("\u202egnugidnüK", "-gnugidnüK_2026-03-01.pdf"),
        ("x" * 300, "x" * 100 + "_2026-03-01.pdf"),
    ],
)
def test_papers_are_named_by_label_and_day(label: str, name: str) -> None:
    assert dated_pdf(label, date(2026, 3, 1)) == name
