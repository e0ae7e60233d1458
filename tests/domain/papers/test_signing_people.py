"""A line for each person who signs."""

import pytest

from app.domain.papers.signing_people import signing_people


@pytest.mark.parametrize(
    ("names", "functions", "people"),
    [
        ("", "", [("", "")]),
        ("Ada Muster", "Leitung und Kasse", [("Ada Muster", "Leitung und Kasse")]),
        ("A. Undank; B. Ost", "Vorstand", [("A. Undank", "Vorstand"), ("B. Ost", "Vorstand")]),
        ("Ada und Uwe", "Vorsitz; Kasse", [("Ada", "Vorsitz"), ("Uwe", "Kasse")]),
        ("Ada\nUwe sowie Eva", "", [("Ada", ""), ("Uwe", ""), ("Eva", "")]),
    ],
)
def test_people(names: str, functions: str, people: list[tuple[str, str]]) -> None:
    assert signing_people(names, functions) == people
