"""Marks within marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers.markup import filled, parse_line
from app.domain.papers.paper_text import plain
from app.domain.papers.quotes import nested


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("„Treff „Nord““", "„Treff ‚Nord‘“"),
        ("„Treff ‚Nord‘“", "„Treff ‚Nord‘“"),
        ("„Treff ‚Nord „Ost“ Süd‘“", "„Treff ‚Nord „Ost“ Süd‘“"),
        ("„„Nord“ und „Süd“ – zwei“", "„‚Nord‘ und ‚Süd‘ – zwei“"),
        ('„Treff "Nord"“', "„Treff ‚Nord‘“"),
        ('Treff "Nord"', 'Treff "Nord"'),
        ("„Nord” und “South”", "„Nord“ und “South”"),
        ("‚Nord‘ allein, ‚Treff „Nord“‘", "‚Nord‘ allein, ‚Treff „Nord“‘"),
        ("geht’s „gut“", "geht’s „gut“"),
        ("nie „zu Ende", "nie „zu Ende"),
        ("ohne Anfang“", "ohne Anfang“"),
    ],
)
def test_marks_in_turn(typed: str, printed: str) -> None:
    assert nested(typed) == printed


def test_a_value_within_marks_has_inner_ones() -> None:
    line = parse_line("beim **Vorhaben „{Titel}“** und „{Titel}“")
    assert plain(filled(line, lambda _: "Treff „Nord“")) == "beim Vorhaben „Treff ‚Nord‘“ und „Treff ‚Nord‘“"


@given(st.text(alphabet='„“”‚‘"’ ab('))
def test_it_is_done_once_and_no_sign_is_lost(text: str) -> None:
    once = nested(text)
    assert len(once) == len(text)
    assert nested(once) == once
