"""The declaration of a column of a table: where its value comes from, how it is written, sorted and filtered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from app.domain.money import amount
from app.ui.kit.table.folding import natural
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track

R = TypeVar("R")


class Kind(StrEnum):
    """How the values of a column are shown. The value function returns, in this order:

    text; whole cents; date; number; yes or no; Pill; Bar; Track; each may be None.
    """

    TEXT = "text"
    AMOUNT = "amount"
    DATE = "date"
    NUMBER = "number"
    CHECK = "check"
    PILL = "pill"
    BAR = "bar"
    TRACK = "track"


RIGHT_ALIGNED = frozenset({Kind.AMOUNT, Kind.NUMBER})
NEVER_CUT = RIGHT_ALIGNED | {Kind.DATE, Kind.CHECK, Kind.PILL}
LEAST_SHARE, LEAST_STRONG = 0.5, 0.7
"""Of its declared width a column keeps so much where room is short."""
WIDTHS = {
    Kind.TEXT: 150,
    Kind.AMOUNT: 110,
    Kind.DATE: 96,
    Kind.NUMBER: 70,
    Kind.CHECK: 70,
    Kind.PILL: 130,
    Kind.BAR: 130,
    Kind.TRACK: 150,
}


@dataclass(frozen=True)  # no slots: "Column[Row](...)" cannot set its type on them
class Column(Generic[R]):
    """One column. `key` is remembered, so it must not change. `value` reads a row.

    `width`: pixels at 100 % that it gets before others get more; where all have enough, `stretch` (one column of a
    table) takes what is left. `least`: pixels at 100 % that it keeps where room is short; figures, dates and states
    are never cut. `hidden`: shown only when she chooses it; `roomy`: also as long as there is room for it.
    `total`: its sum stands in the totals row.
    `tip`: a longer text on hover. `contains`: what its figures are made of, told at its title and on F1. `spoken`:
    what a screen reader says where that is not the text. `sort`: a key of its own. `strong`: semi-bold, for what
    names the row. `whole_end`: cut in the middle, as the end of a file's name says what it is.
    """

    key: str
    title: str
    value: Callable[[R], Any]
    kind: Kind = Kind.TEXT
    width: int = 0
    hidden: bool = False
    roomy: bool = False
    stretch: bool = False
    least: int = 0
    total: bool = False
    strong: bool = False
    whole_end: bool = False
    tip: Callable[[R], str] | None = None
    contains: str = ""
    spoken: Callable[[R], str] | None = None
    sort: Callable[[R], Any] | None = None

    @property
    def start_width(self) -> int:
        """Width in pixels at 100 % before somebody changed it."""
        return self.width or WIDTHS[self.kind]

    @property
    def least_width(self) -> int:
        """What it keeps where room is short, in pixels at 100 %; what names the row keeps more, a number all.

        Cut, numbers would look the same: "KV-2026..." five times.
        """
        share = (LEAST_STRONG if self.stretch else 1) if self.strong else LEAST_SHARE
        return self.least or round(self.start_width * share)

    def sum_text(self, rows: Iterable[R]) -> str:
        """The sum over some rows as written; "" for a column without one."""
        return written(sum(self.value(row) or 0 for row in rows), self.kind) if self.total else ""

    def heard(self, row: R) -> str:
        """What a screen reader says of the value: the text, unless more is to be said than can be read."""
        return self.said(self.text(row)) if self.spoken is None else self.spoken(row)

    def said(self, text: str) -> str:
        """A value of this column as it is said: of an amount, which stands there without its unit, also "€"."""
        return f"{text} €" if text and self.kind is Kind.AMOUNT else text

    def text(self, row: R) -> str:
        """The value as a person reads and copies it."""
        return written(self.value(row), self.kind)


def sort_key(value: Any) -> Any:
    """What orders a value: numbers, ordinals of dates, folded text; None for empty values."""
    match value:
        case None | "":
            return None
        case str():
            return natural(value)
        case datetime():
            return value.timestamp()
        case date():
            return value.toordinal()
        case bool() | int() | float() | Decimal():
            return value
        case Bar():
            return value.used
        case Track():
            return value.step
        case Pill():
            return value.rank if value.rank is not None else natural(value.text)
        case OldNew():
            return natural(value.new)
    return natural(str(value))


def written(value: Any, kind: Kind) -> str:
    """A value of a kind of column in German."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "ja" if value else "nein"
        case datetime():
            return f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case int():
            return amount(value) if kind is Kind.AMOUNT else str(value)
        case float() | Decimal():
            return str(value).replace(".", ",")
        case Pill():
            return value.text
        case Bar() | Track() | OldNew():
            return value.sentence
    return str(value)
