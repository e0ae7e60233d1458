"""People are addressed as their contact says."""

import pytest

from app.domain.papers.salutations import NEUTRAL, accusative, address_name, salutation, salutation_of


@pytest.mark.parametrize(
    ("form", "first", "last", "line", "name"),
    [
        ("Frau", "Sabine", "Öztürk", "Sehr geehrte Frau Öztürk,", "Frau Sabine Öztürk"),
        ("Frau Dr.", "Sabine", "Öztürk", "Sehr geehrte Frau Dr. Öztürk,", "Frau Dr. Sabine Öztürk"),
        ("Herr", "Mehmet", "Yıldız", "Sehr geehrter Herr Yıldız,", "Herrn Mehmet Yıldız"),
        (None, "Kim", "Berg", "Guten Tag Kim Berg,", "Kim Berg"),
        ("Dr.", "Kim", "Berg", "Guten Tag Dr. Kim Berg,", "Dr. Kim Berg"),
        ("Frau", "", "", "Sehr geehrte Damen und Herren,", "Frau"),
        (None, "", "", "Sehr geehrte Damen und Herren,", ""),
    ],
)
def test_salutation_and_address(form: str | None, first: str, last: str, line: str, name: str) -> None:
    assert salutation(form, first, last) == line
    assert address_name(form, first, last) == name


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Herr Dr. Ali von Berg", "Sehr geehrter Herr Dr. von Berg,"),
        ("Frau Svetlana Jürgens", "Sehr geehrte Frau Jürgens,"),
        ("Herrn Lothar Fricke", "Sehr geehrter Herr Fricke,"),
        ("Frau Wolf und Herr Ebert", NEUTRAL),
        ("Sabine Öztürk", NEUTRAL),
        ("Frau", NEUTRAL),
        ("", NEUTRAL),
    ],
)
def test_who_represents_a_partner_is_addressed_by_the_whole_name(name: str, line: str) -> None:
    assert salutation_of(name) == line


def test_by_whom_is_said_in_the_accusative() -> None:
    assert accusative("Frau Wolf und Herr Ebert") == "Frau Wolf und Herrn Ebert"
    assert accusative("Herrn Fricke, Herrmann GmbH") == "Herrn Fricke, Herrmann GmbH"
