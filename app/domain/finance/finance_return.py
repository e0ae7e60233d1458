"""A workbook for finance that comes back edited: which rows belong together, and what became of each field."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.errors import UserError
from app.domain.terms import Worded

# --- what a workbook is recognised by --------------------------------------------------------------------------

KEY = re.compile(r"QB-(?P<year>\d{4})-(?P<moment>\d{8}-\d{6})-(?P<change>\d{1,15})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExportKey:
    """Year, moment and last entry of the change log of an export: together they name one workbook."""

    year: int
    as_of: datetime
    last_change_id: int

    def __str__(self) -> str:
        return f"QB-{self.year}-{self.as_of:%Y%m%d-%H%M%S}-{self.last_change_id}"


def find_key(text: str) -> ExportKey | None:
    """The key that stands somewhere in a text."""
    for found in KEY.finditer(text):
        try:
            moment = datetime.strptime(found["moment"], "%Y%m%d-%H%M%S")
        except ValueError:
            continue
        return ExportKey(int(found["year"]), moment, int(found["change"]))
    return None


# --- differences -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is not what its column asks for; `reason` is a German sentence."""

    text: str
    reason: str


Meaning = str | int | date | Unread | None
"""What a cell means: text, whole cents or a whole number, a day; None is empty."""


class ReturnedRecord(StrEnum):
    """What a row of the workbook stands for."""

    BUDGET = "budget"
    COMMITMENT = "commitment"
    TRANSFER = "transfer"
    BOOKING = "booking"


class DifferenceStanding(Worded):
    """What is to be said of a difference."""

    OPEN = "open", "übernehmbar"  # finance changed it, we did not: can be taken over
    CONFLICT = "conflict", "beide geändert"  # both changed it since the export
    ADDED = "added", "neue Zeile"
    REMOVED = "removed", "entfernt"
    REMARK = "remark", "nur gelesen"  # seen, but not to be taken over from here
    SAME = "same", "schon gleich"  # stands here already
    COMPUTED = "computed", "berechnet"  # the result of a formula
    LAYOUT = "layout", "Aufbau"  # sheets and columns, not rows


@dataclass(frozen=True, slots=True)
class Edit:
    """What taking a difference over would write; `record_id` None: a new record."""

    record: ReturnedRecord
    record_id: int | None
    values: tuple[tuple[str, Meaning], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, row, column or sheet that is not as it was exported; all values as a person reads them.

    `row`: of their sheet, from 1. `key`: how a person names that row. `now`: what stands here today, "" where that is
    as exported. `column` "": the row as a whole. `id`: its place among all that were found.
    """

    sheet: str
    standing: DifferenceStanding
    row: int | None = None
    key: str = ""
    column: str = ""
    ours: str = ""
    now: str = ""
    theirs: str = ""
    reason: str = ""
    edit: Edit | None = None
    id: int = 0

    @property
    def proposed(self) -> bool:
        """Whether taking it over is proposed: it can be, and nothing of ours gets lost by it."""
        return self.edit is not None and self.standing is not DifferenceStanding.CONFLICT


class Refused(UserError):
    """Nothing was taken over; `problems`: why, by the id of the difference."""

    def __init__(self, problems: dict[int, str]) -> None:
        count = len(problems)
        what = "Eine Änderung lässt" if count == 1 else f"{count} Änderungen lassen"
        super().__init__(
            f"{what} sich nicht übernehmen, deshalb wurde nichts geschrieben. Der Grund steht in der Zeile; "
            "bitte sie auslassen oder vorher hier berichtigen."
        )
        self.problems = problems


# --- which rows belong together --------------------------------------------------------------------------------

Values = tuple[Meaning, ...]
Pair = tuple[int | None, int | None]
"""Index of our row and of theirs; None: there is none."""

_MOST_COMPARED = 300
"""Larger heaps of rows without a key are not searched for the most similar one."""


def pair_rows(ours: Sequence[Values], theirs: Sequence[Values], key: Sequence[int]) -> list[Pair]:
    """Which row of theirs is which of ours, whatever the order; added ones in the end.

    `key`: places of the key columns, the first decides whether there is a key at all. First rows that are equal, by
    occurrence; then those with the same key, the most similar first; then those that differ in a single column (also
    a key that was corrected); rows without a key at last by what they have in common.
    """
    left: dict[int, None] = dict.fromkeys(range(len(ours)))
    right: dict[int, None] = dict.fromkeys(range(len(theirs)))
    found: dict[int, int] = {}

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for mine, other in pairs:
            if mine in left and other in right:
                del left[mine], right[other]
                found[mine] = other

    def by(name: Callable[[Values], object], *, alike: bool = False) -> None:
        if not left or not right:
            return
        mine, others = _groups(ours, left, name), _groups(theirs, right, name)
        for value, members in mine.items():
            if value is not None and (these := others.get(value)):
                single = not alike or len(members) == len(these) == 1
                take(zip(members, these, strict=False) if single else _alike(ours, theirs, members, these))

    by(lambda values: values)
    by(lambda values: tuple(values[at] for at in key) if values[key[0]] is not None else None, alike=True)
    for place in range(len(ours[0]) if ours else 0):
        by(lambda values, place=place: (*values[:place], *values[place + 1 :]))  # type: ignore[misc]
    rest, others = (
        [at for at in some if rows[at][key[0]] is None] for some, rows in ((left, ours), (right, theirs))
    )
    if max(len(rest), len(others)) <= _MOST_COMPARED:
        take(_alike(ours, theirs, rest, others, least=0.5))
    return [(mine, found.get(mine)) for mine in range(len(ours))] + [(None, other) for other in right]


def _groups(
    rows: Sequence[Values], some: Iterable[int], name: Callable[[Values], object]
) -> dict[object, list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for at in some:
        groups[name(rows[at])].append(at)
    return groups


def _alike(
    ours: Sequence[Values], theirs: Sequence[Values], mine: list[int], others: list[int], least: float = 0.0
) -> Iterable[tuple[int, int]]:
    """Pairs, those with most values in common first; `least`: the share of filled values that must be equal."""
    scored = []
    for one in mine:
        filled = sum(value is not None for value in ours[one]) or 1
        for other in others:
            common = sum(a is not None and a == b for a, b in zip(ours[one], theirs[other], strict=True))
            if common >= least * filled:
                scored.append((-common, one, other))
    return ((one, other) for _, one, other in sorted(scored))
