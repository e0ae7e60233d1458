"""The markup people type, read once into paper text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clean_text import clean
from app.domain.papers.markup import filled, parse, parse_line, typed
from app.domain.papers.paper_text import Look, Run, bold, gap, plain, plain_text, words


def read(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, plain(block.words)) for block in parse(text)]


def test_paragraphs_lists_and_tables() -> None:
    text = "Erster\nAbsatz\n\n\n{Tabelle: Ziele}\n\nDer Träger\n- tut dies,\n- und\n  das.\r\n\r\nSchluss"
    assert read(text) == [
        ("text", "Erster Absatz"),
        ("text", "{Tabelle: Ziele}"),
        ("text", "Der Träger"),
        ("item", "tut dies,"),
        ("item", "und das."),
        ("text", "Schluss"),
    ]


def test_a_list_behind_an_empty_line_goes_on() -> None:
    assert read("Die Stadt\n- zahlt,\n\n– hilft.\n\nEnde") == [
        ("text", "Die Stadt"),
        ("item", "zahlt,"),
        ("item", "hilft."),
        ("text", "Ende"),
    ]
    assert read("• allein") == [("item", "allein")]


@pytest.mark.parametrize("text", ["", "  \n \n", "\n\n\n"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert parse(text) == []


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("einfach", (Run("einfach"),)),
        ("**fett** und *nicht*", (Run("fett", bold=True), Run(" und *nicht*"))),
        ("ab {Beginn}.", (Run("ab "), Run("{Beginn}", look=Look.PLACEHOLDER), Run("."))),
        ("**{Titel} neu**", (Run("{Titel}", bold=True, look=Look.PLACEHOLDER), Run(" neu", bold=True))),
        ("**offen", (Run("**offen"),)),
        ("****", (Run("****"),)),
        ('a < b & c > d "e"', (Run('a < b & c > d "e"'),)),
        ("", ()),
    ],
)
def test_runs_of_a_line(line: str, runs: tuple[Run, ...]) -> None:
    assert parse_line(line) == runs
    assert typed(parse_line(line)) == line


def test_a_bold_placeholder_has_a_bold_value() -> None:
    values = {"Titel": "Treff & Café", "Ort": gap("Ort")}
    assert filled(parse_line("**{Titel}** in {Ort}"), values.__getitem__) == words(
        bold("Treff & Café"), " in ", gap("Ort")
    )


def test_a_value_is_text_whatever_somebody_typed() -> None:
    assert filled(parse_line("{Titel} gilt"), lambda _name: "Treff **x** {Nix}") == (
        Run("Treff **x** {Nix} gilt"),
    )


def test_filling_in_nothing_leaves_single_blanks() -> None:
    assert plain(filled(parse_line("{leer} Wort {leer} Wort {leer}"), lambda _name: "")) == "Wort Wort"


@given(st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=("Cc", "Cs")), max_size=80))
def test_any_line_says_the_same_typed_again(line: str) -> None:
    read_once = parse_line(line)
    assert plain(parse_line(typed(read_once))) == plain(read_once)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")), max_size=200))
def test_no_sign_of_a_line_is_lost(line: str) -> None:
    said = "".join(run.text for block in parse(line) for run in words(block.words))
    assert said.replace("*", "") == clean(line).replace("*", "")


@given(st.text(st.sampled_from("ab *{}-\n„“<&")))
def test_any_text_says_the_same_typed_again(text: str) -> None:
    for block in parse(text):
        assert plain(parse_line(typed(words(block.words)))) == plain(block.words)


@given(st.lists(st.text(st.sampled_from("abc äß.,„“<>&"), min_size=1).filter(str.strip), max_size=5))
def test_plain_paragraphs_come_back_as_they_were_typed(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs)
    assert plain_text(parse(text)) == text
