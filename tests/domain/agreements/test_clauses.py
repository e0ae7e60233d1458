"""The markup of clauses, when they apply, and how two wordings differ."""

import pytest

from app.domain.agreements.clauses import (
    PLACEHOLDERS,
    ClauseCondition,
    ClauseTable,
    Paragraph,
    Said,
    applies,
    blocks,
    difference,
    placeholders,
    text_problems,
    unknown_placeholders,
)


def test_paragraphs_lists_and_tables() -> None:
    text = "Erster\nAbsatz\n\n\n{Tabelle: Ziele}\n\nDer Träger\n- tut dies,\n- und\n  das.\r\n\r\nSchluss"
    assert blocks(text) == [
        Paragraph("Erster Absatz"),
        ClauseTable.GOALS,
        Paragraph("Der Träger", ("tut dies,", "und das.")),
        Paragraph("Schluss"),
    ]


def test_a_list_behind_an_empty_line_belongs_to_the_words_before_it() -> None:
    assert blocks("Die Stadt\n- zahlt,\n\n- hilft.\n\nEnde") == [
        Paragraph("Die Stadt", ("zahlt,", "hilft.")),
        Paragraph("Ende"),
    ]
    assert blocks("- allein\n\n{Tabelle: Ziele}\n\n- danach") == [
        Paragraph("", ("allein",)),
        ClauseTable.GOALS,
        Paragraph("", ("danach",)),
    ]


@pytest.mark.parametrize("text", ["", "  \n \n", "\n\n\n"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert blocks(text) == []


def test_a_table_that_does_not_exist_stays_visible() -> None:
    assert blocks("{Tabelle: Quatsch}") == [Paragraph("{Tabelle: Quatsch}")]
    assert unknown_placeholders("{Tabelle: Quatsch} {Titel} {§ziele} {§x}", {"ziele"}) == [
        "Tabelle: Quatsch",
        "§x",
    ]


def test_every_table_can_be_chosen() -> None:
    assert {f"Tabelle: {table}" for table in ClauseTable} <= PLACEHOLDERS.keys()
    assert placeholders("{Titel} und {Titel}, {Beginn}") == ["Titel", "Beginn"]


@pytest.mark.parametrize(
    ("condition", "funded", "goals", "wanted"),
    [
        (None, False, False, True),
        (ClauseCondition.FUNDED, True, False, True),
        (ClauseCondition.FUNDED, False, True, False),
        (ClauseCondition.UNFUNDED, False, True, True),
        (ClauseCondition.WITH_GOALS, False, True, True),
        (ClauseCondition.WITH_GOALS, True, False, False),
        (ClauseCondition.WITHOUT_GOALS, True, False, True),
    ],
)
def test_conditions(condition: ClauseCondition | None, funded: bool, goals: bool, wanted: bool) -> None:
    assert applies(condition, funded=funded, goals=goals) is wanted


def test_differences_are_shown_by_words() -> None:
    assert difference("Er zahlt jeden Monat Geld.", "Er zahlt jedes Jahr Geld.") == [
        (Said.SAME, "Er zahlt "),
        (Said.REMOVED, "jeden Monat "),
        (Said.ADDED, "jedes Jahr "),
        (Said.SAME, "Geld."),
    ]
    assert difference("gleich", "gleich") == [(Said.SAME, "gleich")]


@pytest.mark.parametrize(
    ("before", "after"), [("", "neu"), ("alt", ""), ("a b c", "c b a"), ("a\n\n- b", "a\n- b")]
)
def test_a_difference_loses_nothing(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(words for said, words in pieces if said is not Said.ADDED) == before
    assert "".join(words for said, words in pieces if said is not Said.REMOVED) == after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{Titel} ab {Beginn}, siehe {§ziele}.\n\n{Tabelle: Ziele}\n\n**fett** und **mehr**", []),
        ("{Betrg}", ["Den Platzhalter {Betrg} gibt es nicht. Gemeint ist vielleicht {Betrag}."]),
        ("{Xyzzy123}", ["Den Platzhalter {Xyzzy123} gibt es nicht."]),
        ("{§zile}", ["Den Platzhalter {§zile} gibt es nicht. Gemeint ist vielleicht {§ziele}."]),
        ("ab {Beginn an", ["Bei „{Beginn an“ fehlt eine geschweifte Klammer."]),
        (
            "Siehe {Tabelle: Ziele} hier.",
            ["{Tabelle: Ziele} muss allein in einem Absatz stehen, mit einer leeren Zeile davor und danach."],
        ),
        ("Ein **Wort\n\n- x**", ["Bei „**Wort“ fehlen die Sternchen am Ende der fetten Wörter."] * 1),
        ("{Tabelle:Ziele}", []),
    ],
)
def test_what_would_not_print_as_meant_is_said(text: str, said: list[str]) -> None:
    assert text_problems(text, {"ziele"})[: len(said)] == said
    assert bool(text_problems(text, {"ziele"})) is bool(said)
