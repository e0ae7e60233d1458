"""Formulas of other people's workbooks: where their references point, moved along when rows are put in or copied.

The language is that of the file (English function names, A1 references); text, names, structured references
(`Tabelle[Spalte]`), whole columns and references into other files stay as they are.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.sheets.layout.moves import MAX_COLUMN, MAX_ROW, Moves
from app.sheets.reading.cells import column_index, column_letters
from app.sheets.reading.safe_xml import Element

LOST = "#REF!"
"""What stands where a reference has lost its cell."""

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#[A-Z/0!?_]+[\w$:]*)
  | (?P<prefix>(?:'(?:[^']|'')+'|(?:\[[^\[\]]+\])?[\w.\\]+(?::[\w.\\]+)?)!)?
    (?:(?P<cells>(?P<a>\$?[A-Z]{1,3})(?P<fix>\$?)(?P<row>[0-9]{1,7})
         (?::(?P<b>\$?[A-Z]{1,3})(?P<fix2>\$?)(?P<row2>[0-9]{1,7}))?)
     | (?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})
     | (?P<rows>(?P<rfix>\$?)(?P<top>[0-9]{1,7}):(?P<rfix2>\$?)(?P<bottom>[0-9]{1,7})))
    (?![\w.(!\[\\])
  | (?P<word>(?:'(?:[^']|'')+'!)|[\w\\.?]+)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_AGGREGATES = frozenset(
    {"SUM", "SUBTOTAL", "AVERAGE", "COUNT", "COUNTA", "MIN", "MAX", "AGGREGATE", "PRODUCT"}
)
OTHER_FILE = "["
"""As sheet of a reference: it points into another file or through several sheets."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells or whole rows or columns that a formula names. Columns keep their `$`; rows are None for whole columns.

    `sheet` None: the formula's own. `alone`: one cell as the only thing an aggregate such as SUM reads there.
    """

    prefix: str
    sheet: str | None
    column: str
    fixed: bool
    row: int | None
    column2: str | None
    fixed2: bool
    row2: int | None
    alone: bool = False

    @property
    def is_range(self) -> bool:
        return self.column2 is not None

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column, from 0."""
        if not self.column:
            return 0, MAX_COLUMN - 1
        first = column_index(self.column.strip("$").upper())
        last = column_index((self.column2 or self.column).strip("$").upper())
        return min(first, last), max(first, last)

    @property
    def span(self) -> tuple[int, int]:
        """First and last row, from 1."""
        if self.row is None:
            return 1, MAX_ROW
        last = self.row if self.row2 is None else self.row2
        return min(self.row, last), max(self.row, last)

    def text(self, row: str | None, row2: str | None) -> str:
        """The reference written with other rows."""
        if row is None:
            return f"{self.prefix}{self.column}:{self.column2}"
        start = f"{self.column}{'$' if self.fixed else ''}{row}"
        if row2 is None:
            return self.prefix + start
        return f"{self.prefix}{start}:{self.column2 or self.column}{'$' if self.fixed2 else ''}{row2}"


class Token(NamedTuple):
    """A piece of a formula; `call`: it is the name of a function."""

    text: str
    reference: Reference | None = None
    word: bool = False
    call: bool = False


def tokens(formula: str) -> Iterator[Token]:
    """The formula in pieces that add up to it."""
    place, size = 0, len(formula)
    calls: list[str] = []
    before = word = ""
    while place < size:
        found = _TOKEN.match(formula, place)
        assert found is not None  # the last alternative takes any character
        text, end = found[0], found.end()
        reference = None
        is_word = found["word"] is not None
        if found["cells"] or found["columns"] or found["rows"]:
            following = formula[end:].lstrip()[:1]
            alone = (
                bool(calls) and calls[-1] in _AGGREGATES and before in ("(", ",") and following in (",", ")")
            )
            reference = _reference(found, alone)
            if (
                reference.columns[1] >= MAX_COLUMN
                or not 1 <= reference.span[0] <= reference.span[1] <= MAX_ROW
            ):
                reference = None  # a name that only looks like a cell
        elif text == "[" or (is_word and formula[end : end + 1] == "["):
            end = _after_brackets(formula, end if is_word else place)
            text, is_word = formula[place:end], False
        elif text == "(":
            calls.append(word.upper().removeprefix("_XLFN."))
        elif text == ")" and calls:
            calls.pop()
        is_call = is_word and formula[end : end + 1] == "("
        yield Token(text, reference, is_word and reference is None, is_call)
        if not found["space"]:
            before, word = text, text if is_word else ""
        place = end


def rewrite(formula: str, change: Callable[[Reference], str | None]) -> str:
    """The formula with every reference as `change` writes it; None leaves it."""
    parts = []
    for token in tokens(formula):
        new = change(token.reference) if token.reference is not None else None
        parts.append(token.text if new is None else new)
    return "".join(parts)


def moved(formula: str, own: str, moves: Moves, *, stretch: bool = False) -> str:
    """The formula after rows were put in or taken out on some sheets; `own` is the sheet it stands on.

    `stretch`: a single cell means the list that begins there, as in charts and names.
    """

    def change(reference: Reference) -> str | None:
        move = moves.get((own if reference.sheet is None else reference.sheet).casefold())
        if move is None or reference.row is None:
            return None
        top, bottom = reference.row, reference.row2
        if bottom is None:
            whole = (stretch or reference.alone) and move.old == 1 and top == move.first and move.new > 1
            if whole:
                return _stretched(reference, move.new_last)
            row = move.row(top)
            return LOST if row is None else reference.text(str(row), None)
        if stretch and top == bottom and reference.columns[0] != reference.columns[1]:
            row = move.row(top)  # a series along a row does not become a rectangle
            return LOST if row is None else reference.text(str(row), str(row))
        span = move.span(*sorted((top, bottom)))
        if span is None:
            return LOST
        first, last = span if top <= bottom else reversed(span)
        return reference.text(str(first), str(last))

    return rewrite(formula, change)


def _stretched(reference: Reference, last: int) -> str:
    return (
        f"{reference.text(str(reference.row), None)}:{reference.column}{'$' if reference.fixed else ''}{last}"
    )


def copied(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads in a cell so many rows below and columns to the right, as shared formulas mean it."""

    def change(reference: Reference) -> str | None:
        parts = (
            _copied_column(reference.column, columns),
            _copied_row(reference.row, reference.fixed, rows),
            _copied_column(reference.column2, columns),
            _copied_row(reference.row2, reference.fixed2, rows),
        )
        if LOST in parts:
            return LOST
        column, row, column2, row2 = parts
        return replace(reference, column=column or "", column2=column2).text(row, row2)

    return rewrite(formula, change)


class SharedFormulas:
    """Formulas that several cells share: written out in the first of them, meant by the others relative to it."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, int, str]] = {}

    def text(self, element: Element, row: int, column: int) -> str:
        """What the formula element of a cell says; empty if the first cell of its group has not been met."""
        text: str = element.text or ""
        group = shared_group(element)
        if group is None:
            return text
        if text:
            self._first[group] = row, column, text
        elif group in self._first:
            first_row, first_column, shared = self._first[group]
            text = copied(shared, row - first_row, column - first_column)
        return text


def shared_group(element: Element) -> str | None:
    """The group of a formula that is shared with other cells."""
    return element.get("si") if element.get("t") == "shared" else None


def _copied_row(row: int | None, fixed: bool, rows: int) -> str | None:
    if row is None:
        return None
    target = row if fixed else row + rows
    return str(target) if 1 <= target <= MAX_ROW else LOST


def _copied_column(column: str | None, columns: int) -> str | None:
    if not column or column.startswith("$"):
        return column
    target = column_index(column.upper()) + columns
    return column_letters(target) if 0 <= target < MAX_COLUMN else LOST


@dataclass(frozen=True, slots=True)
class RowFormula:
    """A formula of a sample row, ready to be written for any row of the block."""

    pattern: str
    rows: tuple[int, ...]

    def at(self, offset: int) -> str:
        """The formula so many rows below the sample row."""
        return self.pattern % tuple(row + offset for row in self.rows)


def row_formula(formula: str, own: str, sample_row: int, moves: Moves) -> RowFormula:
    """What a formula in `sample_row` of a block becomes in each row: relative rows go along, `$` rows stay.

    A fixed range over the block covers all of the new block.
    """
    rows: list[int] = []
    parts: list[str] = []
    for token in tokens(formula):
        if token.reference is None:
            parts.append(token.text.replace("%", "%%"))
            continue
        reference = token.reference
        new = _in_row(reference, own, sample_row, moves)
        if new is None:
            parts.append(token.text.replace("%", "%%"))
            continue
        rows += [row for row, fixed in new if not fixed]
        written = [str(row) if fixed else "%d" for row, fixed in new]
        template = replace(reference, prefix=reference.prefix.replace("%", "%%"))
        parts.append(template.text(written[0], written[1] if len(written) > 1 else None) if new else LOST)
    return RowFormula("".join(parts), tuple(rows))


def _in_row(reference: Reference, own: str, sample_row: int, moves: Moves) -> list[tuple[int, bool]] | None:
    """The rows of a reference for the sample row itself, each with whether it stays; empty: lost; None: unchanged."""
    if reference.row is None or reference.sheet == OTHER_FILE:
        return None
    sheet = own if reference.sheet is None else reference.sheet
    move = moves.get(sheet.casefold())
    ends = [(reference.row, reference.fixed)]
    if reference.row2 is not None:
        ends.append((reference.row2, reference.fixed2))
    if move is None:
        return ends
    here = sheet.casefold() == own.casefold()
    both = move.span(*reference.span) if len(ends) == 2 and all(fixed for _, fixed in ends) else None
    if both is not None:
        return [(both[0], True), (both[1], True)]
    result = []
    for row, fixed in ends:
        if here and not fixed and move.first - 1 <= row <= move.last:
            result.append((row, False))  # beside it or in the row above: goes along
            continue
        new = move.row(row)
        if new is None:
            return []
        result.append((new, fixed))
    return result


def _reference(found: re.Match[str], alone: bool) -> Reference:
    prefix = found["prefix"] or ""
    sheet: str | None = None
    if prefix:
        sheet = prefix[:-1]
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        if "[" in sheet or ":" in sheet:
            sheet = OTHER_FILE
    if found["cells"]:
        row2 = int(found["row2"]) if found["row2"] else None
        return Reference(
            prefix, sheet, found["a"], bool(found["fix"]), int(found["row"]), found["b"], bool(found["fix2"]), row2,
            alone and row2 is None,
        )  # fmt: skip
    if found["columns"]:
        first, last = found["columns"].split(":")
        return Reference(prefix, sheet, first, False, None, last, False, None)
    top, bottom = int(found["top"]), int(found["bottom"])
    return Reference(prefix, sheet, "", bool(found["rfix"]), top, "", bool(found["rfix2"]), bottom)


def _after_brackets(formula: str, place: int) -> int:
    """The end of a structured reference that begins with the bracket at `place`; `'` escapes the next sign."""
    depth = 0
    while place < len(formula):
        sign = formula[place]
        if sign == "'":
            place += 1
        elif sign == "[":
            depth += 1
        elif sign == "]":
            depth -= 1
            if depth == 0:
                return place + 1
        place += 1
    return len(formula)
