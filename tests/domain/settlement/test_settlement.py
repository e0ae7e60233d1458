"""Which booking settles which commitment, with which reasons, and what it leaves open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.settlement.settlement import (
    Balance,
    SettlementKind,
    SettlementProposal,
    Step,
    Strength,
    balances,
    ordered,
    sensible_kinds,
)
from app.domain.settlement.settlement_credits import Settled
from app.domain.settlement.settlement_evidence import CommitmentFacts, Payment, says_final
from app.domain.settlement.settlement_matching import propose
from app.domain.settlement.settlement_names import words

BUDGET, OTHER = 1, 2
PARTIAL, FINAL = SettlementKind.PARTIAL, SettlementKind.FINAL


def commitment(
    number: int = 7, cents: int = 90_000, title: str = "Möbel Treff", **more: Any
) -> CommitmentFacts:
    made = CommitmentFacts(
        id=number,
        number=f"MB26-{number}",
        title=words(title),
        budget_ids=frozenset({BUDGET}),
        day=date(2026, 3, 1),
        amount_cents=cents,
        booked_cents=0,
        recipients=("Tischlerei Brandt",),
    )
    return replace(made, **more)


def payment(cents: int = 90_000, number: int = 1, **more: Any) -> Payment:
    made = Payment(
        id=number,
        day=date(2026, 4, number),
        amount_cents=cents,
        text="Rechnung",
        payee="Tischlerei Brandt",
        document_number=f"19000{number}",
        budget_ids=(BUDGET,),
        has_budget=True,
    )
    return replace(made, **more)


def found(
    payments: list[Payment],
    commitments: list[CommitmentFacts],
    settled: list[Settled] | None = None,
    **more: Any,
) -> dict[int, tuple[int, Strength]]:
    return {
        one.payment.id: (one.commitment.id, one.strength)
        for one in propose(payments, commitments, settled or [], **more)
    }


def only(payments: list[Payment], commitments: list[CommitmentFacts], **more: Any) -> SettlementProposal:
    (one,) = propose(payments, commitments, [], **more)
    return one


# --- one booking, one commitment -------------------------------------------------------------------------------

NOBODY = {"recipients": ()}
STRANGER = {"payee": "Stadtkasse"}


@pytest.mark.parametrize(
    ("booked", "committed", "strength", "reason"),
    [
        ({}, {}, Strength.SURE, "Betrag ist genau der offene Betrag"),
        ({"text": "Rg MB-2026-07", **STRANGER}, {}, Strength.LIKELY, "Text nennt MB26-7"),
        ({"text": "Rg MB 26/7", "payee": None, "amount_cents": 1_234}, {}, Strength.SURE, "Text nennt MB26-7"),
        ({"amount_cents": 33_000}, {}, Strength.POSSIBLE, "Empfänger stimmt überein"),
        ({"amount_cents": 30_000}, {}, Strength.LIKELY, "Betrag ist eine von 3 gleichen Raten"),
        ({"amount_cents": 33_000, "text": "Möbel für Treff"}, {}, Strength.LIKELY, "Text passt zur Bezeichnung"),
        ({"payee": "Tischlerei Brand"}, {}, Strength.LIKELY, "Empfänger ist ähnlich geschrieben"),
        ({"payee": "Barkasse", "text": "Tischlerei Brandt"}, {}, Strength.LIKELY, "Empfänger steht im Buchungstext"),
        ({"payee": None}, {}, Strength.POSSIBLE, "Betrag ist genau der offene Betrag"),
        ({}, NOBODY, Strength.POSSIBLE, "Betrag ist genau der offene Betrag"),
        ({"amount_cents": 95_000}, {}, Strength.POSSIBLE, "50,00 € mehr als offen"),
        ({"amount_cents": 4_000}, {"instalments": {4_000}}, Strength.SURE, "Betrag ist eine Rate der Vereinbarung"),
        ({"text": "ZV 26/1"}, {"agreement": "ZV-2026-01"}, Strength.SURE, "Text nennt die Vereinbarung ZV-2026-01"),
        ({"day": date(2026, 2, 20)}, {}, Strength.LIKELY, "gebucht vor dem 01.03.2026, dem Datum der Mittelbindung"),
        ({"has_budget": False}, {}, Strength.SURE, "noch ohne Budget, der Innenauftrag passt"),
        (
            {"has_budget": False, "budget_ids": (), "text": "MB26-7"},
            {},
            Strength.LIKELY,
            "noch ohne Budget, der Innenauftrag passt nicht",
        ),
        ({"text": "MB26-7"}, {"is_closed": True}, Strength.LIKELY, "MB26-7 ist schon geschlossen"),
    ],
)  # fmt: skip
def test_what_speaks_for_a_proposal(
    booked: dict[str, Any], committed: dict[str, Any], strength: Strength, reason: str
) -> None:
    agreements = ["ZV-2026-01"]
    one = only(
        [payment(**({"cents": booked.pop("amount_cents", 90_000)} | booked))],
        [commitment(**committed)],
        agreements=agreements,
    )
    assert (one.strength, reason in (*one.reasons, *one.doubts)) == (strength, True), one


@pytest.mark.parametrize(
    ("booked", "committed"),
    [
        (STRANGER, {}),
        ({"budget_ids": (OTHER,)}, {}),
        ({"budget_ids": (OTHER,), "text": "MB26-7"}, {}),
        ({"has_budget": False, "budget_ids": (OTHER,)}, {}),
        ({"day": date(2026, 1, 31)}, {}),
        ({}, {"is_closed": True}),
        ({}, {"booked_cents": 90_000}),
        ({"amount_cents": 200_000}, {}),
        ({"text": "Rechnung zu MB26-8"}, {}),  # another commitment is meant
        ({"text": "ZV-2026-02"}, {"agreement": "ZV-2026-01"}),
        ({"payee": None, "amount_cents": 33_000}, {}),
    ],
)
def test_what_is_not_proposed(booked: dict[str, Any], committed: dict[str, Any]) -> None:
    booked = dict(booked)
    made = payment(booked.pop("amount_cents", 90_000), **booked)
    agreements = ["ZV-2026-01", "ZV-2026-02"]
    assert found([made], [commitment(**committed)], other_numbers=["MB26-8"], agreements=agreements) == {}


def test_the_strongest_reason_comes_first() -> None:
    assert only([payment(text="MB26-7 Möbel")], [commitment()]).reasons == (
        "Text nennt MB26-7",
        "Empfänger stimmt überein",
        "Betrag ist genau der offene Betrag",
        "Text passt zur Bezeichnung",
        "selbes Budget",
    )


def test_a_commitment_into_later_years_takes_bookings_of_the_later_budget() -> None:
    later = payment(budget_ids=(OTHER,), day=date(2027, 2, 1))
    assert found([later], [commitment(budget_ids=frozenset({BUDGET, OTHER}))]) == {1: (7, Strength.SURE)}


def test_what_she_has_declined_does_not_come_again() -> None:
    assert found([payment()], [commitment()], declined=[(1, 7)]) == {}
    assert found([payment()], [commitment(), commitment(8)], declined=[(1, 7)]) == {1: (8, Strength.SURE)}


# --- the best matching -----------------------------------------------------------------------------------------


def test_nothing_is_used_twice() -> None:
    commitments = [commitment(7, 90_000), commitment(8, 40_000)]
    bookings = [payment(90_000, 1), payment(40_000, 2)]
    assert found(bookings, commitments) == {1: (7, Strength.SURE), 2: (8, Strength.SURE)}


def test_one_booking_that_fits_two_commitments_goes_to_the_first_and_says_so() -> None:
    one = only([payment()], [commitment(7), commitment(8)])
    assert (one.commitment.id, one.strength) == (7, Strength.LIKELY)
    assert one.doubts == ("passt ebenso zu MB26-8",)


def test_two_equal_bookings_for_one_commitment_are_one_proposal_less_sure() -> None:
    one = only([payment(number=1), payment(number=2)], [commitment()])
    assert (one.payment.id, one.strength) == (1, Strength.LIKELY)
    assert one.doubts == ("dieselbe Zahlung gibt es auch am 02.04.2026",)


def test_bookings_fill_a_commitment_until_it_is_used_up() -> None:
    bookings = [payment(33_000, number) for number in (1, 2, 3)]
    assert set(found(bookings, [commitment()])) == {1, 2}  # the third would be 90 EUR too much


def test_the_number_wins_over_everything_else() -> None:
    bookings = [payment(number=1), payment(number=2, text="MB26-7")]
    assert found(bookings, [commitment()])[2] == (7, Strength.SURE)


def test_a_text_that_names_two_commitments_is_not_sure() -> None:
    one = only([payment(text="MB26-7 und MB26-8")], [commitment(7), commitment(8, 40_000)])
    assert (one.commitment.id, one.strength) == (7, Strength.SURE)  # recipient and amount say so, too
    one = only([payment(10_000, text="MB26-7 und MB26-8")], [commitment(7), commitment(8)])
    assert one.strength is Strength.POSSIBLE


def test_several_bookings_that_are_together_what_is_open() -> None:
    bookings = [payment(40_100, 1), payment(7_000, 2), payment(49_900, 3)]
    proposals = {one.payment.id: one for one in propose(bookings, [commitment()], [])}
    for number in (1, 3):
        assert "mit einer weiteren Buchung genau der offene Betrag" in proposals[number].reasons
        assert proposals[number].strength is not Strength.POSSIBLE
    assert 2 not in proposals


def test_instalments_use_up_a_commitment_one_by_one() -> None:
    bookings = [payment(30_000, number) for number in (1, 2, 3, 4)]
    proposals = ordered(propose(bookings, [commitment()], []))
    assert [(one.payment.id, one.strength) for one in proposals] == [(n, Strength.LIKELY) for n in (1, 2, 3)]
    kinds = sensible_kinds(proposals)
    assert [kinds[number] for number in (1, 2, 3)] == [PARTIAL, PARTIAL, FINAL]


def test_the_matching_is_the_same_whatever_the_order() -> None:
    bookings = [payment(20_000 + 5_000 * (number % 3), number) for number in range(1, 12)]
    commitments = [commitment(number, 60_000) for number in range(1, 5)]
    once = found(bookings, commitments)
    assert once == found(bookings[::-1], commitments[::-1])
    assert len(once) == len(set(once))


# --- credit notes ----------------------------------------------------------------------------------------------


def on(commitment: int, booked: Payment) -> Settled:
    return Settled(commitment, booked)


def test_a_credit_note_goes_where_its_booking_went() -> None:
    original = payment(50_000, 1)
    credit = payment(-50_000, 9)
    assert found([credit], [commitment(), commitment(8)], [on(7, original)]) == {9: (7, Strength.SURE)}


def test_a_credit_note_that_names_the_document_or_the_commitment() -> None:
    originals = [on(7, payment(50_000, 1)), on(8, payment(50_000, 2))]
    commitments = [commitment(7), commitment(8)]
    named = payment(-1_000, 9, text="Gutschrift zu 190002", payee=None)
    assert found([named], commitments, originals) == {9: (8, Strength.SURE)}
    told = payment(-1_000, 9, text="Gutschrift MB26-7")
    assert found([told], commitments, originals) == {9: (7, Strength.SURE)}


def test_a_credit_note_follows_a_booking_that_is_only_proposed() -> None:
    assert found([payment(90_000, 1), payment(-90_000, 9)], [commitment()]) == {
        1: (7, Strength.SURE),
        9: (7, Strength.SURE),
    }


@pytest.mark.parametrize(
    ("credit", "original"),
    [
        (payment(-60_000, 9), payment(50_000, 1)),  # takes back more than there was
        (payment(-50_000, 9, **STRANGER), payment(50_000, 1)),
        (payment(-50_000, 9, day=date(2026, 3, 1)), payment(50_000, 1)),
        (payment(-50_000, 9, budget_ids=(OTHER,)), payment(50_000, 1)),
    ],
)
def test_a_credit_note_of_something_else(credit: Payment, original: Payment) -> None:
    assert found([credit], [commitment()], [on(7, original)]) == {}


def test_a_booking_is_taken_back_only_once() -> None:
    credits = [payment(-50_000, 8), payment(-50_000, 9)]
    assert set(found(credits, [commitment()], [on(7, payment(50_000, 1))])) == {8}


def test_a_credit_note_takes_nothing_back_from_another_one() -> None:
    earlier = on(7, payment(-50_000, 1))
    named = payment(-50_000, 9, text="Gutschrift zu 190001")
    assert found([named], [commitment()], [earlier]) == {}
    assert found([named], [commitment()], [earlier, on(7, payment(50_000, 2))]) == {9: (7, Strength.SURE)}


def test_a_credit_note_whose_booking_may_lie_elsewhere_is_less_sure() -> None:
    elsewhere = payment(50_000, 2, day=date(2026, 1, 5))  # too early for any commitment
    proposals = found([elsewhere, payment(-50_000, 9)], [commitment()], [on(7, payment(50_000, 1))])
    assert proposals == {9: (7, Strength.LIKELY)}


def test_a_declined_credit_note_stays_away() -> None:
    assert found([payment(-50_000, 9)], [commitment()], [on(7, payment(50_000, 1))], declined=[(9, 7)]) == {}


# --- what it leaves open ---------------------------------------------------------------------------------------


def step(number: int, cents: int, kind: SettlementKind = PARTIAL, **more: Any) -> Step:
    return Step(number, cents, kind, 7, 90_000, 0, is_closed=False)._replace(**more)


def test_balances_run_on_from_booking_to_booking() -> None:
    assert balances([step(1, 30_000), step(2, 59_999), step(3, 1, FINAL)]) == {
        1: Balance(90_000, 60_000),
        2: Balance(60_000, 1),
        3: Balance(1, 0),
    }


@pytest.mark.parametrize(
    ("only_step", "balance"),
    [
        (step(1, 80_000, FINAL), Balance(90_000, 0, freed=10_000)),
        (step(1, 95_000), Balance(90_000, 0, over=5_000)),
        (step(1, 95_000, FINAL), Balance(90_000, 0, over=5_000)),
        (step(1, 10_000, booked_cents=95_000), Balance(0, 0, over=10_000)),
        (step(1, -5_000, booked_cents=30_000), Balance(60_000, 65_000)),
        (step(1, -5_000, booked_cents=95_000), Balance(0, 0)),
        (step(1, -5_000, booked_cents=30_000, is_closed=True), Balance(0, 0)),
    ],
)
def test_what_a_booking_does_to_its_commitment(only_step: Step, balance: Balance) -> None:
    assert balances([only_step]) == {1: balance}


@pytest.mark.parametrize(
    ("cents", "text", "kind"),
    [
        (90_000, "Rechnung", FINAL),
        (80_000, "Rechnung", PARTIAL),
        (80_000, "Schlussrechnung Möbel", FINAL),
        (80_000, "Restzahlung", FINAL),
        (80_000, "letzte Rate", FINAL),
        (95_000, "Abschlag", FINAL),
    ],
)
def test_the_sensible_kind(cents: int, text: str, kind: SettlementKind) -> None:
    one = only([payment(cents, text=text)], [commitment()])
    assert sensible_kinds([one]) == {1: kind}


@pytest.mark.parametrize("text", ["Restaurant", "Schlussfolgerung", "2. Rate", None])
def test_words_that_only_look_final(text: str | None) -> None:
    assert not says_final(text)
