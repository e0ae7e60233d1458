"""Compares two drafts of an agreement: clause by clause, and in parties, term, money and goals."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.domain.papers.paper_text import Look, Words, bold, words
from app.domain.papers.wording_difference import difference
from app.domain.terms import Worded

LIKE = 0.5
"""Two clauses without a common key are the same one reworded if so many of their pairs of words agree (0 to 1)."""


class Topic(StrEnum):
    """What part of a draft an entry is about."""

    FACT = "fact"
    PARTY = "party"
    CLAUSE = "clause"
    GOAL = "goal"
    INSTALMENT = "instalment"


class Fate(Worded):
    """What became of a part from one draft to the other."""

    SAME = "same", "unverändert"
    CHANGED = "changed", "geändert"
    MOVED = "moved", "verschoben"
    MOVED_CHANGED = "moved_changed", "verschoben und geändert"
    ADDED = "added", "neu"
    REMOVED = "removed", "entfallen"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a draft as plain words. `key` tells it from the others of its topic; empty: it has only its title."""

    key: str
    title: str
    text: str
    number: str = ""  # "§ 4", as it is printed


@dataclass(frozen=True, slots=True)
class DraftWords:
    """The printed words of a draft in the order of the paper."""

    facts: tuple[Part, ...] = ()
    parties: tuple[Part, ...] = ()
    clauses: tuple[Part, ...] = ()
    goals: tuple[Part, ...] = ()
    instalments: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One line of the comparison, with the parts of both drafts; None where it is not there."""

    topic: Topic
    fate: Fate
    before: Part | None
    after: Part | None

    @property
    def title(self) -> str:
        part = self.after or self.before
        return part.title if part else ""

    @property
    def name(self) -> str:
        """The title with its number: "§ 4 Aufgaben der Stadt"."""
        part = self.after or self.before
        return f"{part.number} {part.title}".strip() if part else ""

    def side(self, own: Look) -> Words | None:
        """The words of the newer (`Look.ADDED`) or the older draft (`Look.REMOVED`), what only it has in that look.

        None where it is not there.
        """
        if (self.after if own is Look.ADDED else self.before) is None:
            return None
        old, new = ((part.title, part.text) if part else ("", "") for part in (self.before, self.after))
        renamed = self.before and self.after and old[0] != new[0]
        title = words(bold(difference(old[0], new[0])), "\n") if renamed else ()
        both = words(title, difference(old[1], new[1]))
        return tuple(run for run in both if run.look in (Look.PLAIN, own))


def compare(before: DraftWords, after: DraftWords) -> list[ComparedPart]:
    """Everything of both drafts in the order of the newer one; what was removed stands where it stood."""
    return [
        *_compared(Topic.FACT, before.facts, after.facts),
        *_compared(Topic.PARTY, before.parties, after.parties),
        *_compared(Topic.CLAUSE, before.clauses, after.clauses),
        *_compared(Topic.GOAL, before.goals, after.goals),
        *_compared(Topic.INSTALMENT, before.instalments, after.instalments),
    ]


def changes(entries: Sequence[ComparedPart]) -> list[ComparedPart]:
    """Only what is not the same."""
    return [entry for entry in entries if entry.fate is not Fate.SAME]


def _compared(topic: Topic, before: Sequence[Part], after: Sequence[Part]) -> list[ComparedPart]:
    pairs = _paired(before, after)
    old_of = {new: old for old, new in pairs}
    staying = _in_order([old_of[new] for new in sorted(old_of)])
    entries: list[ComparedPart] = []
    gone = [place for place in range(len(before)) if place not in set(old_of.values())]
    for place, part in enumerate(after):
        old = old_of.get(place)
        if old is None:
            entries.append(ComparedPart(topic, Fate.ADDED, None, part))
            continue
        while gone and gone[0] < old and old in staying:
            entries.append(ComparedPart(topic, Fate.REMOVED, before[gone.pop(0)], None))
        entries.append(
            ComparedPart(topic, _fate(before[old], part, moved=old not in staying), before[old], part)
        )
    return entries + [ComparedPart(topic, Fate.REMOVED, before[place], None) for place in gone]


def _fate(before: Part, after: Part, *, moved: bool) -> Fate:
    same = (before.title, before.text) == (after.title, after.text)
    if moved:
        return Fate.MOVED if same else Fate.MOVED_CHANGED
    return Fate.SAME if same else Fate.CHANGED


def _paired(before: Sequence[Part], after: Sequence[Part]) -> list[tuple[int, int]]:
    """Which part became which: by key, then by title, then by words; each is used once."""
    pairs: list[tuple[int, int]] = []
    old, new = list(range(len(before))), list(range(len(after)))

    def pair(matches: Callable[[Part, Part], bool]) -> None:
        for place in list(old):
            found = next((other for other in new if matches(before[place], after[other])), None)
            if found is not None:
                pairs.append((place, found))
                old.remove(place)
                new.remove(found)

    pair(lambda a, b: bool(a.key) and a.key == b.key)
    pair(lambda a, b: not (a.key and b.key) and a.title == b.title)
    pair(lambda a, b: not (a.key and b.key) and _alike(a.text, b.text))
    return pairs


def _alike(before: str, after: str) -> bool:
    """By the words and the one after each: linear, where a full comparison of long clauses would take minutes."""
    old, new = (Counter(pairwise(["", *text.split(), ""])) for text in (before, after))
    return 2 * (old & new).total() >= LIKE * (old.total() + new.total())


def _in_order(places: Sequence[int]) -> set[int]:
    """The most of them that kept their order (longest increasing subsequence); the others were moved."""
    ends: list[int] = []  # the smallest last place of a run of each length
    runs: list[list[int]] = []
    for place in places:
        at = bisect_left(ends, place)
        run = [*(runs[at - 1] if at else []), place]
        if at == len(ends):
            ends.append(place)
            runs.append(run)
        else:
            ends[at], runs[at] = place, run
    return set(runs[-1]) if runs else set()
