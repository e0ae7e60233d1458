"""A person is found however people write the name, and nobody else."""

import unicodedata

import pytest

from app.domain.privacy.people import Match, Person

ANNA = Person("Krüger", "Anna", ("a.krueger@diak.de", "0511 / 12 34"))
MARK = "(gelöscht am 01.12.2026)"


@pytest.mark.parametrize(
    "text",
    [
        "Anna Krüger",
        "Frau Dr. Anna Krüger",
        "ANNA KRÜGER",
        "anna krueger",
        unicodedata.normalize("NFD", "Anna Krüger"),
        "Krüger, Anna",
        "Krüger Anna",
        "A. Krüger",
        "Anna Maria Krüger",
        "Brief_Anna_Krueger_2026.pdf",
        "anna.krueger@anderswo.de",
        "Mail an a.krueger@diak.de",
        "Anna\nKrüger",
        '[{"name": "Anna Krüger"}]',
        "Anna Krügers Bericht",
        "Tel. 0511 / 12 34",
    ],
)
def test_she_is_named(text: str) -> None:
    assert ANNA.found_in(text) is Match.EXACT
    assert any(hint in text.lower() for hint in ANNA.hints)
    assert "gelöscht" in ANNA.replaced(text, MARK)
    assert ANNA.found_in(ANNA.replaced(text, MARK)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Frau Krüger",
        "Herr Krüger",
        "Brief-Krüger.docx",
        "Wernicke-Krüger",
        "Eva-Anna Krüger",
        "Bernd Krüger",
        "KRUEGER",
    ],
)
def test_somebody_of_her_name_may_be_meant(text: str) -> None:
    assert ANNA.found_in(text) is Match.SIMILAR


@pytest.mark.parametrize("text", ["Anna", "Krügerstraße", "Anna Krüger-Wernicke", "Hannah", "", "Annakrug"])
def test_somebody_else(text: str) -> None:
    assert ANNA.found_in(text) is None


def test_only_the_name_goes_from_a_text() -> None:
    text = "Frau Dr. Anna Krüger und Bernd Meier; Anna rief an, Krügers Fax 99."
    assert ANNA.replaced(text, MARK) == f"{MARK} und Bernd Meier; {MARK} rief an, {MARK} Fax 99."
    assert ANNA.replaced("Krüger und Anna Krüger", MARK, about_her=False) == f"Krüger und {MARK}"


def test_a_name_typed_with_two_signs_is_found_with_one() -> None:
    assert Person("Mueller", "Goetz").found_in("Götz Müller") is Match.EXACT


def test_a_person_of_one_name() -> None:
    assert Person("Yıldız").found_in("Herr Yıldız") is Match.EXACT
    assert Person("").found_in("") is None
