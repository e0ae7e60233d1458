"""Records of a text table: quoted cells over several lines, and stray quotation marks that must swallow nothing."""

import csv
import io
import re
from collections.abc import Iterator

from app.sheets.reading.cells import Row

_MAX_BREAKS_IN_CELL = 50
"""More lines than this in one cell are no text, but a stray quotation mark."""

_LARGEST_CELL = 10_000_000  # characters; csv's own limit of 131.072 ends a good file
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_EXCEL_TEXT = re.compile(r'="([^"]*)"')


class StrayQuoteError(ValueError):
    """The quotation marks of a text do not fit together."""


def lines_of(text: str) -> list[str]:
    """The lines of a text with the break at their end, of whichever kind."""
    return _LINES.findall(text)


def records(text: str, separator: str) -> Iterator[Row]:
    """The rows of a text in which all quotation marks fit; raises StrayQuoteError where one does not."""
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        strict=True,
        skipinitialspace=separator != " " and f'{separator} "' in text,
    )
    lines = 0
    try:
        for record in reader:
            if reader.line_num - lines > 1 and _swallowed(record, separator):
                raise StrayQuoteError
            lines = reader.line_num
            yield [cell or None for cell in record]
    except csv.Error as error:
        raise StrayQuoteError from error


def mended_records(text: str, separator: str) -> Iterator[tuple[Row, bool]]:
    """The same line by line: where quotation marks do not fit, a line is taken as it stands (and True is said)."""
    lines = lines_of(text)
    number = 0
    while number < len(lines):
        line = lines[number]
        if '"' not in line:
            yield [cell or None for cell in line.rstrip("\r\n").split(separator)], False
            number += 1
            continue
        many = _lines_of_record(lines, number)
        row = _strict("".join(lines[number : number + many]), separator) if many else None
        if row is None:
            yield [_unquoted(cell) for cell in line.rstrip("\r\n").split(separator)], True
            number += 1
        else:
            yield row, False
            number += many


def plain_records(text: str, separator: str) -> Iterator[Row]:
    """Rows of a text in which quotation marks mean nothing."""
    for line in lines_of(text):
        yield [cell or None for cell in line.rstrip("\r\n").split(separator)]


def without_excel_text(row: Row) -> Row:
    """Cells written as ="00123" so that Excel leaves them alone, without that."""
    return [
        (found[1] or None) if isinstance(cell, str) and (found := _EXCEL_TEXT.fullmatch(cell)) else cell
        for cell in row
    ]


def _swallowed(record: list[str], separator: str) -> bool:
    """Whether a cell over several lines holds whole lines of the table: it began with a stray quotation mark."""
    many = max(2, len(record) - 1)
    for cell in record:
        inner = cell.splitlines() if "\n" in cell or "\r" in cell else ()
        if len(inner) > _MAX_BREAKS_IN_CELL or any(line.count(separator) >= many for line in inner):
            return True
    return False


def _lines_of_record(lines: list[str], first: int) -> int:
    """How many lines belong together because a quotation mark is open; 0 if it never closes."""
    marks = 0
    for many, line in enumerate(lines[first : first + _MAX_BREAKS_IN_CELL], start=1):
        marks += line.count('"')
        if marks % 2 == 0:
            return many
    return 0


def _strict(text: str, separator: str) -> Row | None:
    try:
        found = list(records(text, separator))
    except StrayQuoteError:
        return None
    return found[0] if len(found) == 1 else None


def _unquoted(cell: str) -> str | None:
    text = cell.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"') or None
    return cell or None
