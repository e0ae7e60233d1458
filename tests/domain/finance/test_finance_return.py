"""A workbook that came back: the key it carries, and which of its rows is which of ours."""

from datetime import date, datetime

import pytest

from app.domain.finance.finance_return import ExportKey, Refused, Values, find_key, pair_rows

KEY = ExportKey(2026, datetime(2026, 7, 1, 9, 30), 1234)


def test_a_key_is_found_again_in_any_text() -> None:
    assert str(KEY) == "QB-2026-20260701-093000-1234"
    assert find_key(f"<vt:lpwstr>{KEY}</vt:lpwstr>") == KEY


@pytest.mark.parametrize("text", ["", "QB-2026", "QB-2026-20261341-996000-1", "QB-2026-20260701-0930-1"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert find_key(text) is None


A: Values = ("10", "1", "Miete", 100)
B: Values = ("10", "2", "Druck", 200)
C: Values = ("11", "1", "Honorar", 300)


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs"),
    [
        ([A, B, C], [C, A, B], [(0, 1), (1, 2), (2, 0)]),  # sorted anew
        ([A, B], [B], [(0, None), (1, 0)]),
        ([A], [A, B], [(0, 0), (None, 1)]),
        ([A, B], [("10", "2", "Plakate", 999), A], [(0, 1), (1, 0)]),  # by key, though two values differ
        ([A, A], [A, A, A], [(0, 0), (1, 1), (None, 2)]),  # truly identical lines by occurrence
        ([A, A], [("10", "1", "Miete", 150), A], [(0, 1), (1, 0)]),
        ([A, B], [("12", "1", "Miete", 100), B], [(0, 0), (1, 1)]),  # the key itself was corrected
        ([], [A], [(None, 0)]),
        ([A], [], [(0, None)]),
        # Without a key, what has most in common.
        ([(None, None, "Miete", 100, "AWO")], [(None, None, "Miete", 120, "ASB")], [(0, None), (None, 0)]),
        ([(None, None, "Miete", 100, "AWO", 1)], [(None, None, "Miete", 120, "AWO", 2)], [(0, 0)]),
    ],
)
def test_rows_find_each_other(ours: list[Values], theirs: list[Values], pairs: list[object]) -> None:
    assert pair_rows(ours, theirs, [0, 1]) == pairs


def test_the_most_similar_of_several_with_one_key_is_taken() -> None:
    day = date(2026, 1, 1)
    ours: list[Values] = [("10", None, "Miete", 100, day), ("10", None, "Druck", 200, day)]
    theirs: list[Values] = [("10", None, "Druck", 210, None), ("10", None, "Miete", 90, None)]
    assert pair_rows(ours, theirs, [0, 1]) == [(0, 1), (1, 0)]


def test_a_refusal_says_that_nothing_was_written() -> None:
    assert "nichts geschrieben" in Refused({3: "Der Betrag fehlt."}).sentence
    assert Refused({3: "a", 4: "b"}).sentence.startswith("2 Änderungen")
