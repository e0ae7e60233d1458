"""What must stand before an agreement is printed for signature."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.signature_checklist import (
    BudgetFacts,
    ChecklistFacts,
    PartyFacts,
    checklist,
    hard_points,
    notice_problem,
)
from app.domain.agreements.term import NoticeUnit, Term

TERM = Term(date(2027, 1, 1), date(2027, 12, 31), None, 12, 3, NoticeUnit.MONTHS)
GOAL = AgreedGoal(
    "1", "Treff", indicator="Tage", target="4", responsible="Nachbarschaft", due=date(2027, 6, 30)
)
COMPLETE = ChecklistFacts(
    AgreementKind.TARGET,
    TERM,
    (PartyFacts(7, "Diakonie", True, True),),
    (GOAL,),
    amount_cents=1_000_00,
    instalments=((date(2027, 2, 1), 600_00), (date(2028, 2, 1), 400_00)),
    budget=BudgetFacts("B27-LIN", 2027, 600_00),
    decision="Sitzung am 03.11.2026, TOP 4",
)


def open_points(**changes: Any) -> dict[str, tuple[str, ...]]:
    found = checklist(replace(COMPLETE, **changes))
    return {check.title: check.open_points for check in found if not check.is_done}


def test_a_complete_agreement_has_nothing_open() -> None:
    assert open_points() == {}
    assert hard_points(checklist(COMPLETE)) == []
    assert all(check.said for check in checklist(COMPLETE))


@pytest.mark.parametrize(
    ("changes", "title", "sentence"),
    [
        ({"parties": ()}, "Partner", "Es fehlt ein Partner."),
        ({"parties": (PartyFacts(7, "D", False, True),)}, "Partner", "D: Die Anschrift fehlt."),
        ({"parties": (PartyFacts(7, "D", True, False),)}, "Partner", "D: Es fehlt, wer unterschreibt."),
        ({"city_lacks": ("Die Anschrift der Stadt fehlt.",)}, "Stadt", "Die Anschrift der Stadt fehlt."),
        ({"term": replace(TERM, begin=None)}, "Laufzeit", "Der Beginn fehlt."),
        ({"term": replace(TERM, notice=None)}, "Laufzeit", "Die Kündigungsfrist fehlt."),
        ({"term": replace(TERM, end=date(2026, 1, 1))}, "Laufzeit", "Das Ende liegt vor dem Beginn."),
        ({"goals": ()}, "Ziele", "Es fehlt mindestens ein Ziel."),
        ({"goals": (replace(GOAL, indicator=" "),)}, "Ziele", "Ziel 1: Indikator fehlt."),
        ({"goals": (replace(GOAL, responsible=""),)}, "Ziele", "Ziel 1: Verantwortliche fehlen."),
        ({"goals": (replace(GOAL, target="", due=None),)}, "Ziele", "Ziel 1: Soll, Frist fehlen."),
        ({"amount_cents": None}, "Förderung", "Der Betrag fehlt (0, wenn es keine Förderung gibt)."),
        (
            {"amount_cents": 1_100_00},
            "Raten",
            "Die Raten ergeben 1.000,00 €, vereinbart sind 1.100,00 €.",
        ),
        ({"gaps": ("Quartier fehlt.",)}, "Text ohne Lücken", "Quartier fehlt."),
    ],
)
def test_hard_points_are_said(changes: dict[str, Any], title: str, sentence: str) -> None:
    assert sentence in open_points(**changes)[title]
    assert f"{title}: {sentence}" in hard_points(checklist(replace(COMPLETE, **changes)))


@pytest.mark.parametrize(
    ("changes", "title", "sentence"),
    [
        ({"budget": None}, "Budget", "Es ist kein Budget zugeordnet."),
        (
            {"budget": BudgetFacts("B27-LIN", 2027, 599_99)},
            "Budget",
            "B27-LIN reicht nicht: 600,00 € im Jahr 2027 gebraucht, 599,99 € verfügbar.",
        ),
        (
            {"budget": BudgetFacts("B26-LIN", 2026, 9_000_00)},
            "Budget",
            "B26-LIN ist ein Budget für 2026, die Raten sind 2027 und 2028 fällig.",
        ),
        ({"decision": " "}, "Beschluss", "Es ist kein Beschluss des Beirats eingetragen."),
        ({"open_comments": 1}, "Kommentare", "1 Kommentar ist noch offen."),
        ({"open_comments": 3}, "Kommentare", "3 Kommentare sind noch offen."),
        ({"left_out": ("Datenschutz",)}, "Pflichtklauseln", "„Datenschutz“ ist weggelassen."),
        (
            {"goals": (replace(GOAL, due=date(2026, 12, 31)),)},
            "Fristen der Ziele",
            "Ziel 1 wäre schon vor dem Beginn fällig.",
        ),
        (
            {"term": replace(TERM, renewal_months=None), "goals": (replace(GOAL, due=date(2028, 1, 1)),)},
            "Fristen der Ziele",
            "Ziel 1 wäre erst nach dem Ende fällig.",
        ),
        (
            {"term": replace(TERM, renewal_months=None, notice=13)},
            "Kündigungsfrist",
            "Die Kündigungsfrist ist länger als die Laufzeit: Vor dem 31.12.2027, dem festen Ende, lässt sich "
            "nicht ordentlich kündigen.",
        ),
    ],
)
def test_the_others_are_asked_for_and_forbid_nothing(
    changes: dict[str, Any], title: str, sentence: str
) -> None:
    assert open_points(**changes) == {title: (sentence,)}
    assert hard_points(checklist(replace(COMPLETE, **changes))) == []


def test_what_the_budget_covers_is_said_exactly() -> None:
    def said(**changes: Any) -> str:
        return next(
            check.said for check in checklist(replace(COMPLETE, **changes)) if check.title == "Budget"
        )

    assert said() == "B27-LIN deckt die Raten des Jahres 2027, zusammen 600,00 €"
    assert said(instalments=(), amount_cents=600_00) == "B27-LIN deckt den Betrag"


def test_without_money_nobody_asks_for_budget_and_decision() -> None:
    bare = {"amount_cents": 0, "instalments": (), "budget": None, "decision": ""}
    assert open_points(**bare) == {}
    assert open_points(kind=AgreementKind.COOPERATION, goals=(), **(bare | {"amount_cents": None})) == {}


@pytest.mark.parametrize(
    ("notice", "unit", "problem"),
    [(12, NoticeUnit.MONTHS, True), (11, NoticeUnit.MONTHS, False), (53, NoticeUnit.WEEKS, True)],
)
def test_a_notice_longer_than_the_term(notice: int, unit: NoticeUnit, problem: bool) -> None:
    assert bool(notice_problem(replace(TERM, notice=notice, notice_unit=unit))) is problem
