"""Two wordings compared word by word."""

import pytest

from app.domain.papers.paper_text import Look
from app.domain.papers.wording_difference import difference


def pieces(before: str, after: str) -> list[tuple[Look, str]]:
    return [(run.look, run.text) for run in difference(before, after)]


def test_differences_are_shown_by_words() -> None:
    assert pieces("Er zahlt jeden Monat Geld.", "Er zahlt jedes Jahr Geld.") == [
        (Look.PLAIN, "Er zahlt "),
        (Look.REMOVED, "jeden Monat "),
        (Look.ADDED, "jedes Jahr "),
        (Look.PLAIN, "Geld."),
    ]
    assert pieces("gleich", "gleich") == [(Look.PLAIN, "gleich")]


@pytest.mark.parametrize(
    ("before", "after"), [("", "neu"), ("alt", ""), ("a b c", "c b a"), ("a\n\n- b", "a\n- b")]
)
def test_a_difference_loses_nothing(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(text for look, text in found if look is not Look.ADDED) == before
    assert "".join(text for look, text in found if look is not Look.REMOVED) == after
