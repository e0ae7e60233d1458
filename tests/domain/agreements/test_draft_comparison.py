"""What became of each part of a draft."""

import pytest

from app.domain.agreements.draft_comparison import DraftWords, Fate, Part, Topic, changes, compare
from app.domain.papers.paper_text import Look, Run


def clause(key: str, text: str = "", title: str = "") -> Part:
    return Part(key, title or f"Titel {key}", text or f"Text von {key}")


def fates(before: str, after: str) -> list[tuple[str, str]]:
    """Clauses by their letters; a capital one is reworded."""

    def parts(letters: str) -> tuple[Part, ...]:
        return tuple(
            clause(letter.lower(), "ganz anders gesagt" if letter.isupper() else "") for letter in letters
        )

    entries = compare(DraftWords(clauses=parts(before)), DraftWords(clauses=parts(after)))
    return [(entry.title[-1], entry.fate.value) for entry in changes(entries)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", []),
        ("abc", "abxc", [("x", "added")]),
        ("abc", "ac", [("b", "removed")]),
        ("abc", "aBc", [("b", "changed")]),
        ("abcd", "bcda", [("a", "moved")]),
        ("abcd", "dabc", [("d", "moved")]),
        ("abcd", "Dabc", [("d", "moved_changed")]),
        ("abc", "", [("a", "removed"), ("b", "removed"), ("c", "removed")]),
        ("", "ab", [("a", "added"), ("b", "added")]),
        (
            "abc",
            "xBd",
            [("a", "removed"), ("b", "changed"), ("c", "removed"), ("d", "added"), ("x", "added")],
        ),
    ],
)
def test_clauses_are_added_removed_moved_and_changed(
    before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted(fates(before, after)) == sorted(expected)


def test_removed_clauses_stand_where_they_stood() -> None:
    entries = compare(
        DraftWords(clauses=(clause("a"), clause("b"), clause("c"))),
        DraftWords(clauses=(clause("a"), clause("c"))),
    )
    assert [entry.fate for entry in entries] == [Fate.SAME, Fate.REMOVED, Fate.SAME]


def test_a_clause_of_its_own_is_known_by_its_title_or_its_words() -> None:
    long = "Der Träger kann den Treff im Sommer bis zu drei Wochen schließen und kündigt das an."
    before = DraftWords(clauses=(clause("", "Alt.", "Umbau"), clause("", long, "Schließzeit")))
    after = DraftWords(
        clauses=(
            clause("", "Neu.", "Umbau"),
            clause("", long.replace("drei", "vier"), "Sommer"),
            clause("", "Etwas.", "Drittes"),
        )
    )
    assert [entry.fate for entry in compare(before, after)] == [Fate.CHANGED, Fate.CHANGED, Fate.ADDED]


def test_the_words_of_both_are_told_apart() -> None:
    before = DraftWords(facts=(Part("Ende", "Laufzeit", "bis zum 31.12.2026"),))
    after = DraftWords(facts=(Part("Ende", "Laufzeit", "bis zum 30.06.2027"),))
    (entry,) = compare(before, after)
    assert (entry.topic, entry.fate) == (Topic.FACT, Fate.CHANGED)
    assert entry.side(Look.REMOVED) == (Run("bis zum "), Run("31.12.2026", look=Look.REMOVED))
    assert entry.side(Look.ADDED) == (Run("bis zum "), Run("30.06.2027", look=Look.ADDED))


def test_a_new_title_is_shown_above_the_words() -> None:
    before = DraftWords(clauses=(Part("a", "Räume und Küche", "Der Saal."),))
    after = DraftWords(clauses=(Part("a", "Räume und Inventar", "Der Saal."),))
    (entry,) = compare(before, after)
    shown = entry.side(Look.ADDED)
    assert shown is not None
    assert "".join(run.text for run in shown) == "Räume und Inventar\nDer Saal."
    assert [run.text for run in shown if run.look is Look.ADDED] == ["Inventar"]
    assert compare(DraftWords(), after)[0].side(Look.REMOVED) is None


def test_parties_goals_and_instalments_are_compared_too() -> None:
    before = DraftWords(parties=(Part("p", "Küche", "Weg 1"),), goals=(Part("1", "Ziel 1", "4 Tage"),))
    after = DraftWords(goals=(Part("1", "Ziel 1", "5 Tage"),), instalments=(Part("1", "Rate 1", "100,00 €"),))
    assert [(entry.topic, entry.fate) for entry in compare(before, after)] == [
        (Topic.PARTY, Fate.REMOVED),
        (Topic.GOAL, Fate.CHANGED),
        (Topic.INSTALMENT, Fate.ADDED),
    ]
