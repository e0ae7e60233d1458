"""Identity of single lines: occurrence, missing columns, corrections, uncertain rows, rows that fell away."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment.assignment_rules import Conditions, Rule, RuleBook, Target
from app.domain.bookings.booking_plan import BookingPlan, Decision, MatchingFacts, WhyUnassigned, decided
from app.domain.bookings.bookings import BookingField, Posting, Rejected, RowState, StoredBooking
from app.domain.bookings.posting_matching import match_postings
from app.domain.budgets.budgets import AssignedBy, BookingSource

DAY = date(2026, 3, 10)
ALL = frozenset(BookingField) - {BookingField.BUDGET_YEAR}


def row(number: int = 2, **values: Any) -> Posting:
    plain: dict[str, Any] = {
        "day": DAY, "budget_year": 2026, "amount_cents": 1000, "document_number": "19", "line": "1",
        "internal_order": "570", "account": "42",
    }  # fmt: skip
    return Posting(number, **(plain | values))


def stored(number: int = 1, **values: Any) -> StoredBooking:
    plain: dict[str, Any] = {
        "source": BookingSource.FINANCE, "batch_id": 1, "day": DAY, "budget_year": 2026, "amount_cents": 1000,
        "document_number": "19", "line": "1", "occurrence": 1, "internal_order": "570", "account": "42",
        "is_income": False, "budget_id": 7, "assigned_by": AssignedBy.ORDER, "text": None, "payee": None,
    }  # fmt: skip
    return StoredBooking(number, **(plain | values))


def plan(
    rows: list[Posting],
    there: list[StoredBooking],
    given_fields: frozenset[BookingField] = ALL,
    rejected: list[Rejected] | None = None,
) -> BookingPlan:
    rules = RuleBook([Rule(1, Conditions(2026, "573"), {2026: Target(8)})])
    facts = MatchingFacts(there, {("570", 2026): [7], ("571", 2026): [8], ("572", 2026): [7, 8]}, rules)
    return match_postings(rows, rejected or [], given_fields, facts)


def states(made: BookingPlan) -> list[RowState]:
    return [one.state for one in made.rows]


NEW, CHANGED, KNOWN, UNCERTAIN = RowState.NEW, RowState.CHANGED, RowState.KNOWN, RowState.UNCERTAIN


@pytest.mark.parametrize(
    ("posting", "state", "changes"),
    [
        ({}, KNOWN, ()),
        ({"amount_cents": 1100}, CHANGED, (BookingField.AMOUNT,)),
        ({"day": date(2026, 3, 11)}, CHANGED, (BookingField.DAY,)),
        ({"internal_order": "571"}, CHANGED, (BookingField.INTERNAL_ORDER,)),
        ({"internal_order": None}, CHANGED, (BookingField.INTERNAL_ORDER,)),
        ({"account": "43"}, CHANGED, (BookingField.ACCOUNT,)),
        ({"amount_cents": -1000, "account": None}, CHANGED, (BookingField.AMOUNT, BookingField.ACCOUNT)),
        ({"text": "anders", "payee": "anders", "cost_centre": "1"}, KNOWN, ()),
        ({"line": "2"}, NEW, ()),
        ({"document_number": "20"}, NEW, ()),
        ({"budget_year": 2025, "day": date(2025, 3, 10)}, NEW, ()),
    ],
)
def test_a_line_with_its_number(
    posting: dict[str, Any], state: RowState, changes: tuple[BookingField, ...]
) -> None:
    (made,) = plan([row(**posting)], [stored()]).rows
    assert (made.state, made.changes) == (state, changes)
    assert (made.stored is None) == (state is NEW)


@pytest.mark.parametrize(
    ("missing", "posting"),
    [
        (BookingField.INTERNAL_ORDER, {"internal_order": None}),
        (BookingField.ACCOUNT, {"account": None}),
        (BookingField.LINE, {"line": None}),
    ],
)
def test_a_column_that_the_file_lacks_never_makes_a_change(
    missing: BookingField, posting: dict[str, Any]
) -> None:
    made = plan([row(**posting)], [stored()], ALL - {missing})
    assert (states(made), made.missing) == ([KNOWN], [])


def test_a_line_column_that_comes_later() -> None:
    assert states(plan([row(line="1"), row(3, line="2")], [stored(line=None), stored(2, line=None)])) == [
        KNOWN,
        KNOWN,
    ]


@pytest.mark.parametrize("year_given", [True, False])
def test_a_budget_year_that_only_one_of_the_files_says(year_given: bool) -> None:
    if year_given:
        made = plan([row(budget_year=2025)], [stored()], ALL | {BookingField.BUDGET_YEAR})
        assert [one.changes for one in made.rows] == [(BookingField.BUDGET_YEAR,)]
    else:
        assert states(plan([row()], [stored(budget_year=2025)])) == [KNOWN]


def test_truly_identical_lines_are_kept_as_often_as_they_stand_there() -> None:
    twice = [row(2, line=None), row(3, line=None)]
    assert states(plan(twice, [])) == [NEW, NEW]
    both = [stored(1, line=None), stored(2, line=None, occurrence=2)]
    assert states(plan(twice, both)) == [KNOWN, KNOWN]
    assert states(plan([*twice, row(4, line=None)], both)) == [KNOWN, KNOWN, NEW]
    one_left = plan(twice[:1], both)
    assert (states(one_left), [one.id for one in one_left.missing]) == ([KNOWN], [2])


def test_identical_lines_with_one_number_pair_with_what_they_equal() -> None:
    there = [stored(1, amount_cents=500), stored(2, amount_cents=700)]
    made = plan([row(2, amount_cents=700), row(3, amount_cents=600)], there)
    assert [(one.state, one.stored and one.stored.id) for one in made.rows] == [(KNOWN, 2), (CHANGED, 1)]


def test_without_a_line_the_amount_is_part_of_the_identity() -> None:
    made = plan([row(line=None, amount_cents=900)], [stored(line=None)])
    assert (states(made), [one.id for one in made.missing]) == ([NEW], [1])
    moved = plan([row(line=None, day=date(2026, 3, 12))], [stored(line=None)])
    assert [one.changes for one in moved.rows] == [(BookingField.DAY,)]


@pytest.mark.parametrize(
    ("days", "cents", "order", "state"),
    [
        (0, 1000, "570", UNCERTAIN),
        (4, 1000, "570", UNCERTAIN),
        (-4, 1000, "570", UNCERTAIN),
        (5, 1000, "570", NEW),
        (0, 1001, "570", NEW),
        (0, 1000, "571", NEW),
    ],
)
def test_a_line_without_a_document_number(days: int, cents: int, order: str, state: RowState) -> None:
    posting = row(
        document_number=None, line=None, day=DAY + timedelta(days), amount_cents=cents, internal_order=order
    )
    made = plan([posting], [stored()])
    assert states(made) == [state]
    if state is UNCERTAIN:
        assert made.missing == []
        assert made.rows[0].stored == stored()


@pytest.mark.parametrize(("days", "state"), [(0, UNCERTAIN), (14, UNCERTAIN), (15, NEW)])
def test_an_entry_by_hand_that_resembles_the_line(days: int, state: RowState) -> None:
    by_hand = stored(source=BookingSource.MANUAL, document_number=None, line=None, day=DAY - timedelta(days))
    made = plan([row()], [by_hand])
    assert (states(made), made.missing) == ([state], [])


@pytest.mark.parametrize(
    ("there", "posting"),
    [
        ({"document_number": None, "line": None}, {"document_number": None, "line": None}),
        ({"source": BookingSource.MANUAL, "document_number": None, "line": None}, {}),
    ],
)
def test_identical_uncertain_lines_are_held_against_as_many_bookings(
    there: dict[str, Any], posting: dict[str, Any]
) -> None:
    made = plan([row(2, **posting), row(3, **posting)], [stored(1, **there), stored(2, **there)])
    assert states(made) == [UNCERTAIN, UNCERTAIN]
    assert [one.stored.id for one in made.rows if one.stored] == [1, 2]
    assert made.missing == []


def test_her_decision_on_uncertain_rows() -> None:
    by_hand = stored(source=BookingSource.MANUAL, document_number=None, line=None)
    made = plan([row(), row(3, document_number="20")], [by_hand])
    answers = {2: Decision.NEW, 3: Decision.KNOWN}
    after = decided(made, lambda one: answers.get(one.posting.row))
    assert [(one.state, one.stored) for one in after.rows] == [(NEW, None), (KNOWN, by_hand)]
    assert states(decided(made, lambda one: None)) == [UNCERTAIN, UNCERTAIN]


@pytest.mark.parametrize(
    ("booking", "falls"),
    [
        ({}, True),
        ({"day": date(2026, 3, 1)}, True),
        ({"day": date(2026, 2, 28)}, False),
        ({"day": date(2026, 4, 1)}, False),
        ({"internal_order": "571"}, False),
        ({"internal_order": None}, False),
        ({"source": BookingSource.MANUAL}, False),
        ({"source": BookingSource.DIFFERENCE}, False),
    ],
)
def test_what_fell_away(booking: dict[str, Any], falls: bool) -> None:
    rows = [
        row(2, document_number="20", day=date(2026, 3, 1), amount_cents=1),
        row(3, document_number="21", day=date(2026, 3, 31), amount_cents=1),
    ]
    assert [one.id for one in plan(rows, [stored(**booking)]).missing] == ([1] if falls else [])


@pytest.mark.parametrize(
    ("rejected", "stands"),
    [
        ({"document_number": "19", "line": "1"}, True),
        ({"document_number": "19"}, True),
        ({"document_number": "19", "line": "2"}, False),
        ({"document_number": "99", "line": "1"}, False),
        ({"internal_order": "570", "amount_cents": 1000}, True),
        ({"internal_order": "570", "day": DAY}, True),
        ({"internal_order": "570", "amount_cents": 2}, False),
        ({"internal_order": "571"}, False),
    ],
)
def test_a_rejected_row_stands_for_its_booking(rejected: dict[str, Any], stands: bool) -> None:
    others = [row(2, document_number="20", amount_cents=1)]
    made = plan(others, [stored()], rejected=[Rejected(9, "Betrag", "x", "kein Betrag.", **rejected)])
    assert (made.missing == []) == stands


@pytest.mark.parametrize(("document", "falls"), [("19", False), ("20", True)])
def test_a_booking_of_a_whole_document_is_excused_by_a_rejected_line_of_it(
    document: str, falls: bool
) -> None:
    """It came from a file without a column for the line, so any line of its document may be the one."""
    others = [row(2, document_number="21", amount_cents=1)]
    refused = Rejected(9, "Betrag", "x", "kein Betrag.", document_number=document, line="4")
    made = plan(others, [stored(line=None)], rejected=[refused])
    assert [one.id for one in made.missing] == ([1] if falls else [])


@pytest.mark.parametrize(
    ("order", "budget", "by", "why"),
    [
        ("570", 7, AssignedBy.ORDER, None),
        ("573", 8, AssignedBy.RULE, None),
        ("572", None, None, WhyUnassigned.SEVERAL_BUDGETS),
        ("999", None, None, WhyUnassigned.NO_BUDGET),
        (None, None, None, WhyUnassigned.NO_ORDER),
    ],
)
def test_the_budget_of_a_new_line(order: str, budget: int, by: AssignedBy, why: WhyUnassigned) -> None:
    found = plan([row(internal_order=order)], []).rows[0].assignment
    assert (found.budget_id, found.by, found.why_not) == (budget, by, why)


@pytest.mark.parametrize(
    ("by", "budget"), [(AssignedBy.ORDER, 8), (AssignedBy.RULE, 8), (None, 8), (AssignedBy.HAND, 7)]
)
def test_a_corrected_order(by: AssignedBy | None, budget: int) -> None:
    made = plan([row(internal_order="571")], [stored(assigned_by=by)])
    assert made.rows[0].assignment.budget_id == budget


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        (date(2026, 7, 3), [None]),
        (date(2026, 6, 3), [4000]),
        (date(2026, 3, 3), []),
        (date(2026, 8, 3), []),
    ],
)
def test_single_lines_replace_a_difference(day: date, cents: list[int | None]) -> None:
    there = [
        stored(1, source=BookingSource.DIFFERENCE, account=None, document_number=None, day=date(2026, 4, 30)),
        stored(
            2,
            source=BookingSource.DIFFERENCE,
            account=None,
            document_number=None,
            day=date(2026, 7, 31),
            amount_cents=5000,
        ),
    ]
    made = plan([row(day=day)], there)
    replaced = [one for one in made.replaced if one.stored.id == 2]
    assert [one.amount_cents for one in replaced] == cents


@pytest.mark.parametrize(
    ("account", "difference", "replaces"),
    [
        ("42", "42", True),
        ("43", "42", False),
        (None, "42", False),
        ("42", None, True),
        (None, None, True),
        ("3500000", None, False),  # income is not part of a sum over all spending
    ],
)
def test_a_line_replaces_only_a_difference_that_sums_its_account(
    account: str | None, difference: str | None, replaces: bool
) -> None:
    there = [stored(1, source=BookingSource.DIFFERENCE, account=difference, document_number=None)]
    made = plan([row(account=account)], there)
    assert [one.stored.id for one in made.replaced] == ([1] if replaces else [])


lines = st.lists(
    st.builds(
        row,
        document_number=st.sampled_from(["19", "20"]),
        line=st.sampled_from([None, "1", "2"]),
        internal_order=st.sampled_from(["570", "571"]),
        amount_cents=st.sampled_from([100, 200]),
        day=st.sampled_from([DAY, date(2026, 3, 20)]),
    ),
    max_size=8,
)


@given(lines)
def test_importing_the_same_again_brings_nothing(rows: list[Posting]) -> None:
    there = [
        stored(
            number,
            day=one.day,
            amount_cents=one.amount_cents,
            document_number=one.document_number,
            line=one.line,
            internal_order=one.internal_order,
        )
        for number, one in enumerate(rows, 1)
    ]
    made = plan(rows, there)
    assert Counter(states(made)) == Counter({KNOWN: len(rows)} if rows else {})
    assert made.missing == []
