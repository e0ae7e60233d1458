"""People are addressed as their contact says."""

import pytest

from app.domain.papers.salutations import address_name, salutation


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
