"""The filter of one column as a spreadsheet has it: some of its values, or those between two bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.dates import month_name
from app.ui.kit.table.columns import Kind, written
from app.ui.kit.table.conditions import Test, value_test

EMPTY_WORD = "(leer)"
FEW = 3
"""So many chosen values are named; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class ValueFilter:
    """`values`: which are shown (as `listed`), None: all. `least`, `most`: bounds as they are typed, "" is none."""

    values: frozenset[str] | None = None
    least: str = ""
    most: str = ""

    @property
    def active(self) -> bool:
        """It keeps rows from being shown."""
        return self.values is not None or bool(self.least or self.most)

    def tests(self, kind: Kind) -> list[Test]:
        """Tests of the sort key for the bounds. Raises ValueError with a German sentence for an unreadable one."""
        found = []
        for sign, bound in ((">=", self.least), ("<=", self.most)):
            if bound:
                test = value_test(f"{sign} {bound}", kind)
                if test is None:
                    raise ValueError(f"„{bound}“ ist {_NAMES[kind]}.")
                found.append(test)
        return found

    def words(self, kind: Kind) -> str:
        """What it lets through: "läuft, beendet", "von 10 bis 20"."""
        bounds = [f"{word} {bound}" for word, bound in (("von", self.least), ("bis", self.most)) if bound]
        parts = [" ".join(bounds)] if bounds else []
        if self.values is not None:
            named = [value_words(value, kind) for value in sorted(self.values)]
            parts.insert(0, ", ".join(named) if len(named) <= FEW else f"{len(named)} Werte")
        return ", ".join(parts)


_NAMES: Mapping[Kind, str] = {
    Kind.AMOUNT: "kein Betrag",
    Kind.NUMBER: "keine Zahl",
    Kind.DATE: "kein Datum",
}


def listed(value: Any, kind: Kind) -> str:
    """What stands for a value in the list of its column: its words, of a date its month ("2026-03")."""
    return f"{value.year}-{value.month:02}" if isinstance(value, date) else written(value, kind)


def value_words(value: str, kind: Kind) -> str:
    """The words for something `listed`."""
    if not value:
        return EMPTY_WORD
    if kind is Kind.DATE:
        year, month = value.split("-")
        return month_name(date(int(year), int(month), 1))
    return value
