"""One word for one, another for none and for more."""

import pytest

from app.domain.counting import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 Zeilen"), (1, "1 Zeile"), (2, "2 Zeilen"), (12345, "12.345 Zeilen")]
)
def test_the_word_fits_the_number(number: int, words: str) -> None:
    assert counted(number, "Zeile", "Zeilen") == words
