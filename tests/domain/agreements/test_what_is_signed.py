"""What is signed is agreed: every column is decided on, differences are found and explained."""

from datetime import date

import pytest

from app.domain.agreements.agreements import Stage
from app.domain.agreements.what_is_signed import (
    AGREED,
    FILLABLE,
    FREE,
    HEADS,
    Difference,
    Place,
    Proof,
    changed_after_signing,
    deviations,
    differences,
    goes_back,
    refusal,
)
from db.models import Model

AMOUNT = Place("agreement", "", "amount_cents")
DECISION = Place("agreement", "", "decision")


def goal(nr: str, column: str = "title") -> Place:
    return Place("goal", nr, column)


@pytest.mark.parametrize("table", list(AGREED))
def test_every_column_is_either_agreed_or_free(table: str) -> None:
    columns = {column.name for column in Model.metadata.tables[table].columns} - {"id", "agreement_id"}
    assert set(AGREED[table]) | FREE[table] == columns
    assert not set(AGREED[table]) & FREE[table]
    assert FILLABLE.get(table, frozenset()) <= set(AGREED[table])
    assert HEADS.get(table, "number") in AGREED[table]


def test_a_row_on_one_side_is_one_difference() -> None:
    before = {goal("1"): "Treff", goal("1", "target"): "4 Tage", goal("2"): "Rat"}
    after = {
        goal("1"): "Treff",
        goal("1", "target"): "5 Tage",
        goal("10"): "Neu",
        goal("10", "due"): "2027-01-01",
    }
    assert differences(before, after) == [
        Difference(goal("1", "target"), "4 Tage", "5 Tage"),
        Difference(goal("2"), "Rat", None),
        Difference(goal("10"), None, "Neu"),
    ]


def test_what_was_empty_may_be_noted_where_that_is_declared() -> None:
    signature = Place("party", "7", "signed_on")
    party = Place("party", "7", "position")
    assert changed_after_signing({party: 1}, {party: 1, signature: "2026-01-01", DECISION: "TOP 4"}) == []
    assert changed_after_signing({}, {AMOUNT: 100}) == [Difference(AMOUNT, None, 100)]
    assert changed_after_signing({party: 1, signature: "2026-01-01"}, {party: 1}) == [
        Difference(signature, "2026-01-01", None)
    ]


def test_each_difference_is_explained_by_what_brought_it() -> None:
    signed = {AMOUNT: 100, goal("1"): "Treff", goal("2"): "Rat", goal("2", "due"): "2026-12-31"}
    now = {AMOUNT: 300, goal("1"): "Café"}
    proofs = [
        Proof("Nachtrag 1", {AMOUNT: 200}),
        Proof("Nachtrag 2", {AMOUNT: 300, goal("2"): None}, frozenset({("goal", "2")})),
    ]
    assert [(one.difference.place, one.proofs) for one in deviations(signed, now, proofs)] == [
        (AMOUNT, ("Nachtrag 1", "Nachtrag 2")),
        (goal("1"), ()),
        (goal("2"), ("Nachtrag 2",)),
    ]


def test_a_value_that_nobody_brought_is_not_explained() -> None:
    (found,) = deviations({AMOUNT: 100}, {AMOUNT: 999}, [Proof("Nachtrag 1", {AMOUNT: 200})])
    assert found.proofs == ()


@pytest.mark.parametrize(
    ("before", "after", "back"),
    [
        (Stage.IN_FORCE, Stage.DRAFT, True),
        (Stage.ENDED, Stage.READY_TO_SIGN, True),
        (Stage.READY_TO_SIGN, Stage.NEGOTIATION, True),
        (Stage.READY_TO_SIGN, Stage.SIGNED, False),
        (Stage.NEGOTIATION, Stage.READY_TO_SIGN, False),
        (Stage.IN_FORCE, Stage.ENDED, False),
    ],
)
def test_a_stage_does_not_go_back_behind_the_signature(before: Stage, after: Stage, back: bool) -> None:
    assert goes_back(before, after) is back


def test_the_refusal_names_the_fields_and_the_way() -> None:
    assert refusal(["Betrag"], date(2026, 3, 12)) == (
        "„Betrag“ ist seit dem 12.03.2026 vereinbart und unterschrieben. Ändern lässt sich das durch einen Nachtrag, "
        "ein Schreibfehler durch „Korrigieren …“ mit einer Begründung."
    )
    assert refusal(["Betrag", "Ende", "Ziel 1"], None).startswith(
        "„Betrag“, „Ende“ und „Ziel 1“ sind vereinbart"
    )
