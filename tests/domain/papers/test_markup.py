"""The markup that people type, and what it is read to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers.markup import filled, parse, parse_line, placeholders, typed
from app.domain.papers.paper_text import Kind, Look, Run, Text, bold, gap, plain, plain_text, words


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, plain(block.words)) for block in parse(text)]


def test_paragraphs_and_lists() -> None:
    text = "Erster\nAbsatz\n\n\n{Tabelle: Ziele}\n\nDer Träger\n- tut dies,\n- und\n  das.\r\n\r\nSchluss"
    assert kinds(text) == [
        (Kind.TEXT, "Erster Absatz"),
        (Kind.TEXT, "{Tabelle: Ziele}"),
        (Kind.TEXT, "Der Träger"),
        (Kind.ITEM, "tut dies,"),
        (Kind.ITEM, "und das."),
        (Kind.TEXT, "Schluss"),
    ]


def test_a_list_behind_an_empty_line_goes_on() -> None:
    assert [kind for kind, _ in kinds("Die Stadt\n- zahlt,\n\n- hilft.\n\nEnde")] == [
        Kind.TEXT, Kind.ITEM, Kind.ITEM, Kind.TEXT,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  \n \n", "\n\n\n"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert parse(text) == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", ()),
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("**b", (Run("**b"),)),
        ("****", (Run("****"),)),
        ("{A} {}", (Run("{A}", look=Look.PLACEHOLDER), Run(" {}"))),
        ("**x {A}**", (Run("x ", bold=True), Run("{A}", bold=True, look=Look.PLACEHOLDER))),
        ("„sagt ‚er‘“ \"so\" 'da' <b>&amp;", (Run("„sagt ‚er‘“ \"so\" 'da' <b>&amp;"),)),
        ("a\x07b", (Run("ab"),)),
    ],
)
def test_words_of_a_line(line: str, wanted: tuple[Run, ...]) -> None:
    assert parse_line(line) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("{Titel} gilt", words("Treff **x** {Nix} gilt")),  # a value is text, whatever somebody typed
        ("**{Titel}**", bold("Treff **x** {Nix}")),
        ("Ab {Leer} heute {Leer}", words("Ab heute")),
        ("{Fehlt}.", words(gap("Fehlt"), ".")),
        ("{Leer}", ()),
    ],
)
def test_placeholders_are_filled(line: str, wanted: tuple[Run, ...]) -> None:
    values: dict[str, Text] = {"Titel": "Treff **x** {Nix}", "Leer": "", "Fehlt": gap("Fehlt")}
    assert filled(parse_line(line), values.__getitem__) == wanted


def test_placeholders_are_named_once() -> None:
    assert placeholders("{Titel} und {Titel}, {Beginn}") == ["Titel", "Beginn"]


@given(st.text(st.sampled_from("ab *{}-\n„“<&")))
def test_what_is_read_is_typed_again_the_same(text: str) -> None:
    for block in parse(text):
        again = typed(words(block.words))
        assert plain(parse_line(again)) == plain(block.words)


@given(st.lists(st.text(st.sampled_from("abc äß.,„“<>&"), min_size=1).filter(str.strip), max_size=5))
def test_plain_paragraphs_come_back_as_they_were_typed(paragraphs: list[str]) -> None:
    given_words = [re.sub(" +", " ", part).strip() for part in paragraphs]
    assert plain_text(parse("\n\n".join(given_words))) == "\n\n".join(given_words)
