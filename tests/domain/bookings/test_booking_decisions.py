"""Her decisions about a plan: no booking twice, taken back, and kept where the same file is checked again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.bookings.booking_decisions import Decisions
from app.domain.bookings.booking_plan import (
    BookingPlan,
    Decision,
    MatchingFacts,
    PlannedRow,
    SameBooking,
    decided,
)
from app.domain.bookings.bookings import BookingField, Posting, RowState, Shape, StoredBooking
from app.domain.bookings.import_counts import import_counts
from app.domain.bookings.posting_matching import match_postings
from app.domain.budgets.budgets import AssignedBy, BookingSource

DAY = date(2026, 3, 10)
GIVEN = frozenset(BookingField) - {BookingField.BUDGET_YEAR}


def row(number: int, days: int = 0, **values: Any) -> Posting:
    plain: dict[str, Any] = {"amount_cents": 1000, "internal_order": "570", "account": "42", "text": "Miete"}
    return Posting(number, DAY + timedelta(days), 2026, **(plain | values))


def stored(number: int, days: int = 0, **values: Any) -> StoredBooking:
    plain: dict[str, Any] = {
        "source": BookingSource.FINANCE, "batch_id": 1, "day": DAY + timedelta(days), "budget_year": 2026,
        "amount_cents": 1000, "document_number": None, "line": None, "occurrence": 1, "internal_order": "570",
        "account": "42", "is_income": False, "budget_id": 7, "assigned_by": AssignedBy.HAND, "text": "Miete",
        "payee": None,
    }  # fmt: skip
    return StoredBooking(number, **(plain | values))


def decisions(rows: list[Posting], there: list[StoredBooking]) -> Decisions:
    return Decisions(match_postings(rows, [], GIVEN, MatchingFacts(there, {})), there, GIVEN)


def after(made: Decisions) -> BookingPlan:
    return decided(made.plan, made.answer)


def states(plan: BookingPlan) -> list[tuple[RowState, int | None]]:
    return [(one.state, one.stored.id if one.stored else None) for one in plan.rows]


NEW, CHANGED, KNOWN, UNCERTAIN = RowState.NEW, RowState.CHANGED, RowState.KNOWN, RowState.UNCERTAIN


def test_a_row_becomes_what_she_says_and_again_what_it_was() -> None:
    made = decisions([row(2), row(3, 1)], [stored(1), stored(2, 1)])
    first, second = made.plan.rows
    assert made.undecided == 2
    assert made.same(first)
    made.new(second)
    assert (states(after(made)), made.undecided) == ([(KNOWN, 1), (NEW, None)], 0)
    made.undo(first)
    assert (states(after(made)), made.undecided) == ([(UNCERTAIN, 1), (NEW, None)], 1)
    assert made.taken_cents() == 1000


def test_known_is_assigned_as_the_booking_is() -> None:
    made = decisions([row(2)], [stored(1)])
    made.same(made.plan.rows[0])
    (one,) = after(made).rows
    assert (one.assignment.budget_id, one.assignment.by) == (7, AssignedBy.HAND)


def test_no_two_rows_are_the_same_booking() -> None:
    made = decisions([row(2), row(3)], [stored(1)])
    first, second = made.plan.rows
    assert [one.stored and one.stored.id for one in made.plan.rows] == [1, 1]
    assert made.same(second)
    assert not made.same(first)
    assert [one.held_by for one in made.candidates(first)] == [3]
    assert [one.held_by for one in made.candidates(second)] == [None]
    assert states(after(made)) == [(UNCERTAIN, 1), (KNOWN, 1)]
    made.undo(second)
    assert made.same(first)


def test_a_booking_that_a_row_is_by_its_number_is_nobody_elses() -> None:
    made = decisions([row(2, document_number="19"), row(3)], [stored(1, document_number="19")])
    assert states(made.plan) == [(KNOWN, 1), (UNCERTAIN, 1)]
    assert not made.same(made.plan.rows[1])
    assert states(decided(made.plan, lambda one: Decision.KNOWN)) == [(KNOWN, 1), (UNCERTAIN, 1)]


def test_another_candidate_is_chosen_and_the_next_row_gets_what_is_left() -> None:
    there = [stored(1, text="Miete"), stored(2, 1, text="Strom"), stored(3, 2, text="Miete alt")]
    made = decisions([row(2), row(3, 2)], there)
    first, second = made.plan.rows
    assert [one.booking.id for one in made.candidates(first)] == [1, 3, 2]
    assert made.same(first, there[2])
    assert [one.booking.id for one in made.candidates(first)] == [3, 1, 2]
    assert [one.id for one in after(made).missing] == [2, 1]
    assert made.same(second)
    assert [one.id for one in after(made).missing] == [2]
    assert states(after(made)) == [(KNOWN, 3), (KNOWN, 1)]


def test_what_a_row_left_for_another_booking_falls_away() -> None:
    there = [stored(1), stored(2, 1, text="Strom")]
    made = decisions([row(2), row(3, 2, amount_cents=5)], there)  # a span of dates in which both lie
    assert [one.id for one in made.plan.missing] == [2]
    made.removed = {2}
    made.same(made.plan.rows[0], there[1])
    assert [one.id for one in made.missing()] == [1]
    assert made.removed_now() == frozenset()
    made.new(made.plan.rows[0])
    assert [one.id for one in made.missing()] == [2]
    assert made.removed_now() == frozenset({2})


def test_a_correction_that_is_not_taken_over() -> None:
    there = [stored(1, document_number="19", line="1")]
    made = decisions([row(2, document_number="19", line="1", amount_cents=1100)], there)
    (one,) = made.plan.rows
    made.keep(one)
    kept = after(made)
    assert (kept.rows[0].state, kept.rows[0].kept, kept.rows[0].is_correction) == (CHANGED, True, False)
    assert (import_counts(kept).changed, made.taken_cents()) == (1, 1100)
    made.undo(one)
    assert after(made).rows[0].is_correction


def test_sums_so_far_are_always_corrected() -> None:
    posting = row(2)
    changed = PlannedRow(
        posting, CHANGED, 1, MatchingFacts((), {}).by_order("570", 2026), stored(1), (BookingField.AMOUNT,)
    )
    made = Decisions(BookingPlan(Shape.CUMULATIVE, [changed], []), [], GIVEN)
    made.keep(changed)
    assert made.answer(changed) is None


def test_the_next_check_of_the_file_knows_what_was_decided() -> None:
    there = [stored(1), stored(2, 1), stored(3, document_number="19", line="1"), stored(4, 1, text="weg")]
    rows = [
        row(2),
        row(3, 1),
        row(4, document_number="19", line="1", amount_cents=5),
        row(5, 1, account="43"),
    ]
    made = decisions(rows, there)
    made.same(made.plan.rows[0], there[1])
    made.new(made.plan.rows[1])
    made.keep(made.plan.rows[2])
    made.removed = {4}
    again = decisions(rows, [*there[:2], there[2]._replace(budget_id=9), there[3]])
    again.take_over(made)
    assert [again.answer(one) for one in again.plan.rows[:3]] == [
        SameBooking(there[1]),
        Decision.NEW,
        Decision.KEPT,
    ]
    assert again.undecided == 1

    other = decisions([rows[0]._replace(text="anders"), rows[1], rows[2]._replace(amount_cents=6)], there[:1])
    other.take_over(made)
    assert [other.answer(one) for one in other.plan.rows] == [None, Decision.NEW, None]
    gone = decisions(rows, [there[0]])
    gone.take_over(made)
    assert gone.answer(gone.plan.rows[0]) is None
    assert gone.removed == set()


postings = st.lists(
    st.builds(
        row,
        st.just(0),
        st.integers(0, 5),
        text=st.sampled_from(["Miete", "Strom", None]),
        document_number=st.sampled_from([None, None, "19"]),
        amount_cents=st.sampled_from([1000, 2000]),
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: [one._replace(row=number) for number, one in enumerate(rows, 2)])
bookings = st.lists(
    st.builds(
        stored,
        st.just(0),
        st.integers(0, 5),
        text=st.sampled_from(["Miete", "Strom"]),
        source=st.sampled_from([BookingSource.FINANCE, BookingSource.FINANCE, BookingSource.MANUAL]),
        document_number=st.sampled_from([None, "19"]),
    ),
    max_size=6,
).map(lambda rows: [one._replace(id=number) for number, one in enumerate(rows, 1)])


@settings(max_examples=150)
@given(postings, bookings, st.data())
def test_whatever_is_decided_no_row_is_lost_and_no_booking_counts_twice(
    rows: list[Posting], there: list[StoredBooking], data: st.DataObject
) -> None:
    made = decisions(rows, there)
    for _ in range(data.draw(st.integers(0, 10))):
        one = data.draw(st.sampled_from(made.plan.rows))
        if one.state is UNCERTAIN:
            wanted = data.draw(st.sampled_from(["same", "new", "back", "choose"]))
            if wanted == "choose":
                made.same(one, data.draw(st.sampled_from(made.candidates(one))).booking)
            else:
                {"same": made.same, "new": made.new, "back": made.undo}[wanted](one)
    plan = after(made)
    assert [one.posting for one in plan.rows] == [one.posting for one in made.plan.rows]
    held = [one.stored.id for one in plan.rows if one.stored and one.state in (KNOWN, CHANGED)]
    assert len(held) == len(set(held))
    assert import_counts(plan).uncertain == made.undecided
    assert [one.id for one in plan.missing] == [one.id for one in made.missing()]
    assert not {one.id for one in plan.missing} & set(held)
    taken = [one.posting.amount_cents for one in plan.rows if one.state is not UNCERTAIN]
    assert made.taken_cents() == sum(taken)
    again = Decisions(replace(made.plan), there, GIVEN)
    again.take_over(made)
    assert decided(made.plan, again.answer) == plan
