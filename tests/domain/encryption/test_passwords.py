"""Passwords: long enough, the same twice, and called what they are."""

import pytest

from app.domain.encryption.passwords import Strength, check, strength
from app.domain.errors import Invalid


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("kurz", "kurz", "password"), ("", "", "password"), ("lang genug hier", "lang genug hie", "again")],
)
def test_what_is_refused(password: str, again: str, field: str) -> None:
    with pytest.raises(Invalid) as error:
        check(password, again)
    assert list(error.value.problems) == [field]


def test_no_signs_are_prescribed() -> None:
    check("ganz kleine worte", "ganz kleine worte")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("12345678901234567890", Strength.WEAK),
        ("Passwort2026!", Strength.WEAK),
        ("Hannover2026", Strength.WEAK),
        ("xkvmtrwpqz", Strength.FAIR),
        ("Tasse Ufer 7 Mond", Strength.FAIR),
        ("Tasse Ufer Licht Mond", Strength.STRONG),
    ],
)
def test_strength_is_said_honestly(password: str, word: Strength) -> None:
    assert strength(password) is word
