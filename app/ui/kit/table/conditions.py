"""Understands entries of the filter row below a header: words, comparisons and ranges."""

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from app.domain.parsing import parse_amount, parse_date
from app.ui.kit.table.columns import Kind
from app.ui.kit.table.folding import folded

Test = Callable[[Any], bool]
COMPARED = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DATE})
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
_RULE = re.compile(r"^(>=|<=|>|<|=)\s*(.+)$")
_RANGE = re.compile(r"^(.+?)\s*(?:\.\.\.?|bis)\s*(.+)$")

HINT_TEXT = "Enthält … · „leer“ oder „nicht leer“"
HINT_COMPARED = "Enthält … · > 100, <= 31.12.2026, 10 .. 20 · „leer“ oder „nicht leer“"


def value_test(entry: str, kind: Kind) -> Test | None:
    """A test of the sort key for comparisons and emptiness; None when the words are simply looked for.

    Raises nothing: what cannot be read as a comparison is looked for as text.
    """
    entry = entry.strip()
    if folded(entry) == "leer":
        return lambda key: key is None
    if folded(entry) == "nicht leer":
        return lambda key: key is not None
    if kind not in COMPARED:
        return None
    try:
        if rule := _RULE.match(entry):
            compare, bound = _SIGNS[rule[1]], _bound(rule[2], kind, last=rule[1] == "<=")
            return lambda key: key is not None and compare(key, bound)
        if found := _RANGE.match(entry):
            low, high = _bound(found[1], kind), _bound(found[2], kind, last=True)
            return lambda key: key is not None and low <= key <= high
    except ValueError:
        return None
    return None


def _bound(text: str, kind: Kind, *, last: bool = False) -> float:
    """The value to compare with, as a sort key; of a year its first day, or its `last`."""
    if kind is Kind.AMOUNT:
        return parse_amount(text)
    if kind is Kind.DATE:
        if re.fullmatch(r"\d{4}", text.strip()):
            return (date(int(text), 12, 31) if last else date(int(text), 1, 1)).toordinal()
        return parse_date(text).toordinal()
    return float(text.strip().replace(",", "."))
