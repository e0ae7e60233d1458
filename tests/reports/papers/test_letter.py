"""Letters after DIN 5008, form B, measured as a window envelope would see them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.lib.units import mm

from app.reports.layout import HEIGHT
from app.reports.papers.letter import LetterData, letter_pdf
from app.services.office import Signatory
from tests.reports.agreements.agreement_samples import OFFICE

LETTER = LetterData(
    office=OFFICE,
    day=date(2026, 9, 28),
    recipient=("Diakonie Süd gGmbH", "Frau Sabine Öztürk", "Burgstraße 8", "30159 Hannover"),
    subject="Kündigung der Zielvereinbarung ZV-2026-01",
    salutation="Sehr geehrte Frau Öztürk,",
    body="wir kündigen **ordentlich**.\n\nBitte senden Sie:\n- die Abrechnung\n- das Verzeichnis <A & B>",
    label="Kündigung ZV-2026-01",
    reference="ZV-2026-01",
    delivery="Einschreiben",
    enclosures=("Verzeichnis des Inventars",),
)


def text(letter: LetterData) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(letter_pdf(letter))).pages)


def places(letter: LetterData) -> dict[str, tuple[float, float]]:
    """Text -> millimetres from the left and the upper edge of the first page."""
    found: dict[str, tuple[float, float]] = {}

    def seen(words: str, outer: list[float], inner: list[float], *_: object) -> None:
        if words.strip():
            x, y = inner[4] * outer[0] + outer[4], inner[5] * outer[3] + outer[5]
            found[words.strip()] = (x / mm, (HEIGHT - y) / mm)

    PdfReader(BytesIO(letter_pdf(letter))).pages[0].extract_text(visitor_text=seen)
    return found


def test_a_letter_says_all_its_parts() -> None:
    said = text(LETTER)
    for part in (
        "Einschreiben",
        "Landeshauptstadt Hannover · Musterstraße 5 · 30449 Hannover",
        "Frau Sabine Öztürk",
        "Unser Zeichen",
        "28.09.2026",
        "Sehr geehrte Frau Öztürk,",
        "wir kündigen ordentlich.",
        "das Verzeichnis <A & B>",
        "Mit freundlichen Grüßen",
        "Leiter des Fachbereichs",
        "Anlage",
        "Seite 1 von 1",
    ):
        assert part in said


@pytest.mark.parametrize("lines", [1, 4, 9])
def test_the_recipient_stands_in_the_window(lines: int) -> None:
    recipient = tuple(f"Zeile {nr} der Anschrift" for nr in range(lines))
    found = places(replace(LETTER, recipient=recipient))
    for line in recipient:
        left, down = found[line]
        assert 24 < left < 26
        assert 62.7 < down < 90


def test_subject_stands_below_the_address_however_long_the_information_block_is() -> None:
    _, down = places(LETTER)["Kündigung der Zielvereinbarung ZV-2026-01"]
    assert 98 < down < 105


def test_signatories_of_the_letter_replace_those_of_the_office() -> None:
    said = text(replace(LETTER, signatories=(Signatory("Katharina Łukasz", "Koordination"),)))
    assert "Koordination" in said
    assert "Dr. Jürgen Weiß" not in said


def test_a_long_letter_keeps_greeting_and_last_paragraph_together() -> None:
    pages = PdfReader(
        BytesIO(letter_pdf(replace(LETTER, body="\n\n".join(f"Absatz {nr}." for nr in range(60)))))
    ).pages
    assert len(pages) > 1
    last = pages[-1].extract_text()
    assert "Absatz 59." in last
    assert "Mit freundlichen Grüßen" in last
    assert f"Seite {len(pages)} von {len(pages)}" in last


def test_a_draft_letter_is_marked() -> None:
    assert "ENTWURF" in text(replace(LETTER, draft=True))
    assert "ENTWURF" not in text(LETTER)
