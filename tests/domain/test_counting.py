"""One word for one, another for none and for more."""

import pytest

from app.domain.counting import counted, next_number


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 Zeilen"), (1, "1 Zeile"), (2, "2 Zeilen"), (12345, "12.345 Zeilen")]
)
def test_the_word_fits_the_number(number: int, words: str) -> None:
    assert counted(number, "Zeile", "Zeilen") == words


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ((), 1),
        (("1", "2"), 3),
        ((7, None), 8),
        (("", None, " "), 1),
        (("2a", "zwei", "²"), 1),
        (("3", "9" * 5000), 4),
    ],
)
def test_what_is_no_number_does_not_count(taken: tuple[str | int | None, ...], following: int) -> None:
    assert next_number(taken) == following
