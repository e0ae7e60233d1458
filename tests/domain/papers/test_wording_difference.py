"""How two wordings differ, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers.paper_text import Look, Run
from app.domain.papers.wording_difference import difference

TEXT = st.text(st.characters(exclude_categories=("C",)) | st.sampled_from(" \n"), max_size=60)


def test_differences_are_shown_by_words() -> None:
    assert difference("Er zahlt jeden Monat Geld.", "Er zahlt jedes Jahr Geld.") == (
        Run("Er zahlt "),
        Run("jeden Monat ", look=Look.REMOVED),
        Run("jedes Jahr ", look=Look.ADDED),
        Run("Geld."),
    )
    assert difference("gleich", "gleich") == (Run("gleich"),)


@pytest.mark.parametrize(
    ("before", "after"), [("", "neu"), ("alt", ""), ("a b c", "c b a"), ("a\n\n- b", "a\n- b")]
)
def test_a_difference_loses_nothing(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(run.text for run in pieces if run.look is not Look.ADDED) == before
    assert "".join(run.text for run in pieces if run.look is not Look.REMOVED) == after


@given(TEXT, TEXT)
def test_whatever_the_wordings_are_both_can_be_read_from_it(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(run.text for run in pieces if run.look is not Look.ADDED) == before
    assert "".join(run.text for run in pieces if run.look is not Look.REMOVED) == after
