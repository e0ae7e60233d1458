"""Patterns of codes and texts: what they fit, and when one is narrower than another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment.rule_patterns import (
    code_test,
    code_within,
    haystack_of,
    literal,
    normal_pattern,
    text_pieces,
    text_test,
    text_within,
)
from app.domain.folding import folded, spellings


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        (None, None),
        ("  ", None),
        ("57001000", "57001000"),
        ("0057001000", "57001000"),
        ("57001000.0", "57001000"),
        (" 7319* ", "7319*"),
        ("007319 *", "7319*"),
        ("K-0*", "K-0*"),
        ("*", "*"),
        ("000", None),
    ],
)
def test_codes_are_made_comparable(typed: str | None, pattern: str | None) -> None:
    assert normal_pattern(typed) == pattern


@pytest.mark.parametrize("typed", ["73*19", "*19", "7*3*", "0*"])
def test_codes_that_cannot_be_read(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Stern|Nullen"):
        normal_pattern(typed)


@pytest.mark.parametrize(
    ("pattern", "code", "fits"),
    [
        (None, None, True),
        (None, "7", True),
        ("7319", "7319", True),
        ("7319", "73190", False),
        ("7319", None, False),
        ("7319*", "7319", True),
        ("7319*", "7319001", True),
        ("7319*", "731", False),
        ("*", "1", True),
        ("*", None, False),
    ],
)
def test_codes(pattern: str | None, code: str | None, fits: bool) -> None:
    assert code_test(pattern)(code) is fits


@pytest.mark.parametrize(
    ("pattern", "text", "payee", "fits"),
    [
        ("miete", "Miete Treff", None, True),
        ("miete", None, "Hausverwaltung MIETE", True),
        ("miete", "Mi", "ete", False),
        ("miete", None, None, False),
        ("Müller", "Rechnung MUELLER GmbH", None, True),
        ("Müller", "Rechnung Muller", None, True),
        ("Mueller", "Rechnung Müller", None, True),
        ("Muller", "Rechnung Müller", None, True),
        ("Muller", "Rechnung Mueller", None, False),
        ("größe", "GRÖSSE", None, True),
        ("groesse", "Größe", None, True),
        ("Mu\u0308ller", "Müller", None, True),
        ("Café", "CAFE am Markt", None, True),
        ("Miete Treff", "Miete   Treff", None, True),
        ("Miete*", "Miete Juli", None, True),
        ("Miete*", "Nachzahlung Miete", None, False),
        ("Miete*", "Nachzahlung", "Miete und mehr", True),
        ("*Miete", "Nachzahlung Miete", "GmbH", True),
        ("Miete 0?/2026", "Miete 07/2026", None, True),
        ("Miete 0?/2026", "Miete 07/2026 Treff", None, False),
        ("M?ller*", "Müller GmbH", None, True),
        ("50% (netto)*", "50% (netto) Anzahlung", None, True),
        ("a.c", "abc", None, False),
    ],
)
def test_texts(pattern: str, text: str | None, payee: str | None, fits: bool) -> None:
    assert text_test(pattern)(haystack_of(text, payee)) is fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Größe", ("grosse", "groesse")),
        ("ABC", ("abc",)),
        ("école", ("ecole",)),
        ("Übergrößenträger", ("ubergrossentrager", "uebergroessentraeger")),
    ],
)
def test_spellings(text: str, found: tuple[str, ...]) -> None:
    assert spellings(text) == found
    assert folded(text) == found[0]


def test_a_text_as_a_pattern_of_itself() -> None:
    assert literal(" Firma  Müller ") == "Firma Müller"
    assert literal("A* Miete Treff ?") == "Miete Treff"


CODES = st.text("12*", min_size=1, max_size=3).filter(lambda code: "*" not in code[:-1])
TEXTS = st.text("aäuüeE ", max_size=6)
PATTERNS = st.text("aäuüeE *?", min_size=1, max_size=5)


@given(CODES, CODES, st.text("12", min_size=1, max_size=4))
def test_a_narrower_code_fits_nothing_more(narrow: str, wide: str, code: str) -> None:
    if code_within(narrow, wide) and code_test(narrow)(code):
        assert code_test(wide)(code)


@given(PATTERNS, PATTERNS, TEXTS, TEXTS)
def test_a_narrower_text_fits_nothing_more(narrow: str, wide: str, text: str, payee: str) -> None:
    haystack = haystack_of(text, payee)
    if text_within(narrow, wide) and text_test(narrow)(haystack):
        assert text_test(wide)(haystack)


@given(PATTERNS, TEXTS, TEXTS)
def test_every_piece_occurs_in_what_the_pattern_fits(pattern: str, text: str, payee: str) -> None:
    haystack = haystack_of(text, payee)
    if text_test(pattern)(haystack):
        assert all(any(one in haystack for one in piece) for piece in text_pieces(pattern))
