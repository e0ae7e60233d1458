"""Which budget follows which, by number and by order."""

from app.domain.budgets.budget_lines import KnownBudget, line_of, successors

KNOWN = {
    one.id: one
    for one in (
        KnownBudget(1, "B25-N", 2025, "570"),
        KnownBudget(2, "B26-N", 2026, "570"),
        KnownBudget(3, "B27-N", 2027, None),
        KnownBudget(4, "PERS", 2026, "580"),
        KnownBudget(5, "P27", 2027, "580"),
        KnownBudget(6, "X", 2026, "590"),
        KnownBudget(7, "Y1", 2027, "590"),
        KnownBudget(8, "Y2", 2027, "590"),
        KnownBudget(9, "Q", 2025, "600"),
        KnownBudget(10, "Q-2026", 2026, "600"),
        KnownBudget(11, "Q2", 2025, "600"),
        KnownBudget(12, "Z1", 2025, "610"),
        KnownBudget(13, "Z2", 2025, "610"),
        KnownBudget(14, "Z", 2026, "610"),
    )
}
FOLLOWS = successors(KNOWN.values())


def test_by_number_else_by_the_only_one_with_the_order() -> None:
    assert FOLLOWS == {1: 2, 2: 3, 4: 5, 9: 10, 11: 10, 12: 14, 13: 14}


def test_a_line_goes_both_ways_as_far_as_it_is_clear() -> None:
    everywhere = {2025: 1, 2026: 2, 2027: 3}
    assert [line_of(one, KNOWN, FOLLOWS) for one in (1, 2, 3)] == [everywhere] * 3
    assert line_of(6, KNOWN, FOLLOWS) == {2026: 6}  # two could follow
    assert line_of(10, KNOWN, FOLLOWS) == {2025: 9, 2026: 10}  # its number says which came before
    assert line_of(14, KNOWN, FOLLOWS) == {2026: 14}  # two came before
    assert line_of(12, KNOWN, FOLLOWS) == {2025: 12, 2026: 14}
