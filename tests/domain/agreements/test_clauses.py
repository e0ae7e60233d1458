"""When clauses apply, and which placeholders and tables their text can name."""

from itertools import product

import pytest

from app.domain.agreements.clauses import (
    PLACEHOLDERS,
    ClauseCondition,
    ClauseTable,
    applies,
    table_of,
    text_problems,
    unknown_placeholders,
)
from app.domain.papers.markup import parse, placeholders
from app.domain.papers.paper_text import plain


def test_a_table_that_does_not_exist_stays_visible() -> None:
    (paragraph,) = parse("{Tabelle: Quatsch}")
    assert table_of(paragraph) is None
    assert plain(paragraph.words) == "{Tabelle: Quatsch}"
    assert [table_of(one) for one in parse("{Tabelle: Ziele}\n\n- {Tabelle: Ziele}")] == [
        ClauseTable.GOALS,
        None,
    ]
    assert unknown_placeholders("{Tabelle: Quatsch} {Titel} {§ziele} {§x}", {"ziele"}) == [
        "Tabelle: Quatsch",
        "§x",
    ]


def test_every_table_can_be_chosen() -> None:
    assert {f"Tabelle: {table}" for table in ClauseTable} <= PLACEHOLDERS.keys()
    assert placeholders("{Titel} und {Titel}, {Beginn}") == ["Titel", "Beginn"]


@pytest.mark.parametrize(
    ("condition", "true_of"),
    [
        (None, ""),
        (ClauseCondition.FUNDED, "funded"),
        (ClauseCondition.WITH_GOALS, "goals"),
        (ClauseCondition.SEVERAL, "several"),
        (ClauseCondition.SEVERAL_FUNDED, "several funded"),
    ],
)
def test_conditions(condition: ClauseCondition | None, true_of: str) -> None:
    for said in product((False, True), repeat=3):
        facts = dict(zip(("funded", "goals", "several"), said, strict=True))
        assert applies(condition, **facts) is all(facts[name] for name in true_of.split())
        assert applies(ClauseCondition.UNFUNDED, **facts) is not facts["funded"]
        assert applies(ClauseCondition.WITHOUT_GOALS, **facts) is not facts["goals"]


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
