"""What cleaning takes away, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clean_text import clean, trimmed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rückgang ≤ −5 % → ✓", "Rückgang ≤ −5 % → ✓"),
        ("a\x00b\x07c\x1b\x7f\x9f", "abc"),
        ("Zeile\r\nzwei\rdrei\x0bvier\u2028fünf", "Zeile\nzwei\ndrei\nvier\nfünf"),
        ("Spalte\tzwei\n", "Spalte\tzwei\n"),
        ("\ufeffAnfang, Zei\u200bchen\u2060, Sil\xadbe", "Anfang, Zeichen, Silbe"),
        ("halb\ud83d, keins\ufffe\uffff\U0001ffff", "halb, keins"),
        ("100 \u202e000.1\u202c €", "100 000.1 €"),
        ("Mu\u0308ller, E\u0301cole", "Müller, École"),
        ("a\u200cb\u200d", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🍳 ❤\ufe0f", "👩\u200d🍳 ❤\ufe0f"),
        ("10\xa0000\u202f€ – „so“", "10\xa0000\u202f€ – „so“"),
    ],
)
def test_only_what_nobody_typed_goes(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters()))
def test_a_clean_text_stays_and_can_be_written(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not any(sign < " " and sign not in "\n\t" for sign in cleaned)


def test_a_text_of_unseen_signs_is_none() -> None:
    assert trimmed(" \u200b\ufeff\n") == ""
