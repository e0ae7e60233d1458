"""Tables in text files: any separator, UTF-8 (with or without mark), UTF-16 or Windows-1252."""

import csv
import io
from collections import Counter
from pathlib import Path

from app.domain.errors import UserError
from app.sheets.cells import Cell, Row, Sheet, Workbook
from app.sheets.file_kinds import damaged, too_large

SEPARATORS = (";", "\t", "|", ",", "~", "^", "#", ":")
"""In the order of preference when two of them divide a file equally well."""

_SAMPLE_LINES = 400
_MAX_BREAKS_IN_CELL = 50  # more: a stray quotation mark swallowed the following lines


def read_text(path: Path, max_cells: int) -> Workbook:
    """The file as one sheet named like the file; cells are text or None."""
    text = decode(path.read_bytes())
    separator, text = _separator(text)
    rows = _rows(text, separator, quoted=True)
    if rows is None:
        rows = _rows(text, separator, quoted=False)
    if rows is None:
        raise UserError(damaged(path.name))
    if sum(map(len, rows)) > max_cells:
        raise UserError(too_large(path.name))
    return Workbook([Sheet(path.stem, rows)])


def decode(content: bytes) -> str:
    """Text of unknown encoding: marks first, then strict UTF-8, else Windows-1252."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[:4096]:
        return content.decode("utf-16-le" if content[1:2] == b"\x00" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separator(text: str) -> tuple[str, str]:
    """The separator and the text without Excel's own first line "sep=;"."""
    first, _, rest = text.partition("\n")
    if first[:4].casefold() == "sep=" and len(first.rstrip("\r")) == 5:
        return first[4], rest
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator)), text


def _fit(sample: str, separator: str) -> int:
    """How well a separator divides the sample: lines of the most frequent width times their columns."""
    if separator not in sample:
        return 0
    rows = _rows(sample, separator, quoted=True) or _rows(sample, separator, quoted=False) or []
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _rows(text: str, separator: str, *, quoted: bool) -> list[Row] | None:
    """All rows, or None when the quotation marks do not fit the text."""
    rows: list[Row] = []
    try:
        for record in csv.reader(
            io.StringIO(text, newline=""),
            delimiter=separator,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        ):
            row: list[Cell] = [cell or None for cell in record]
            if quoted and any(cell.count("\n") > _MAX_BREAKS_IN_CELL for cell in record):
                return None
            rows.append(row)
    except csv.Error:
        return None
    return rows
