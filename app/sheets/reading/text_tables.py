"""Tables in text files: any encoding, any separator, quoted or not, or framed as SAP writes lists."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from app.domain.errors import UserError
from app.sheets.reading.cells import MAX_SIGNS, Row, Sheet, Workbook
from app.sheets.reading.file_kinds import too_large, too_long
from app.sheets.reading.framed_lists import framed_rows, is_framed
from app.sheets.reading.text_encodings import decode
from app.sheets.reading.text_records import (
    StrayQuoteError,
    lines_of,
    mended_records,
    plain_records,
    records,
    without_excel_text,
)
from app.sheets.reading.total_marks import marks

SEPARATORS = (";", "\t", "|", ",", "~", "^", "#", ":", "¦", "!", "\x1f")
"""In the order of preference when two of them divide a file equally well."""

T = TypeVar("T")

_SAMPLE_LINES = 400
_SAMPLE_SIGNS = 1_000_000
_AT_ONCE = 2000
_STATED = re.compile(r'"?sep=(?P<separator>\\t|[^"\r\n])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_CUT_OFF_WIDTH = 3  # columns a file must have before a short last line says anything


def read_text(path: Path, max_cells: int, progress: Callable[[int, int], None]) -> Workbook:
    """The file as one sheet named like the file; cells are text or None. Raises UserError if it is too large."""
    text, taken_for = decode(path.read_bytes())
    notices = []
    if taken_for:
        notices.append(
            f"Die Zeichen der Datei wurden als {taken_for}-Zeichen gelesen. Bitte die Umlaute ansehen."
        )
    if "\ufffd" in text:
        notices.append(
            "Die Datei enthält Zeichen, die schon beim Speichern verloren gingen (zu sehen als „\ufffd“). Bitte die "
            "betroffenen Texte ansehen."
        )
    if zeros := text.count("\x00"):
        text = text.replace("\x00", "")
        notices.append(f"{zeros} Nullzeichen ohne Bedeutung wurden beim Lesen ausgelassen.")
    text = text.lstrip("\ufeff").rstrip("\x1a")
    rows = _table(path.name, text, max_cells, progress, notices)
    notices += _cut_off(text, rows)
    return Workbook([Sheet(path.stem, rows)], notices=notices)


def _table(
    name: str, text: str, max_cells: int, progress: Callable[[int, int], None], notices: list[str]
) -> list[Row]:
    sample = text[:_SAMPLE_SIGNS].splitlines()[:_SAMPLE_LINES]
    if is_framed(sample):
        _refuse_too_much(name, text, "|", max_cells)
        return framed_rows([line.rstrip("\r\n") for line in lines_of(text)])
    if stated := _STATED.match(text):
        separator = stated["separator"].replace("\\t", "\t")
        text = text[stated.end() :]
    else:
        separator = best_separator(sample)
    _refuse_too_much(name, text, separator, max_cells)
    try:
        rows = list(_counted(records(text, separator), progress))
    except StrayQuoteError:
        mended = list(_counted(mended_records(text, separator), progress))
        rows = [row for row, _ in mended]
        if stray := [number for number, (_, is_stray) in enumerate(mended, 1) if is_stray]:
            notices.append(
                f"In {_lines(len(stray))} stehen einzelne Anführungszeichen; sie wurden als Text gelesen "
                f"(zuerst in Zeile {stray[0]})."
            )
    return [without_excel_text(row) for row in rows] if '="' in text else rows


def _lines(many: int) -> str:
    return "1 Zeile" if many == 1 else f"{many} Zeilen"


def _counted(rows: Iterable[T], progress: Callable[[int, int], None]) -> Iterator[T]:
    """The same, telling `progress` now and then, which may end the reading."""
    for number, row in enumerate(rows):
        if number % _AT_ONCE == 0:
            progress(number, 0)
        yield row


def _refuse_too_much(name: str, text: str, separator: str, max_cells: int) -> None:
    if text.count(separator) + text.count("\n") + text.count("\r") > max_cells:
        raise UserError(too_large(name))
    if len(text) > MAX_SIGNS and any(len(line) > MAX_SIGNS for line in io.StringIO(text, newline=None)):
        raise UserError(too_long(name))


def best_separator(sample: list[str]) -> str:
    """The separator that divides most of these lines into the same number of columns, and into the most."""
    return max(SEPARATORS, key=lambda separator: _fit("\n".join(sample), separator))


def _fit(sample: str, separator: str) -> int:
    """How well a separator divides the sample: lines of the most frequent width times their columns."""
    if separator not in sample:
        return 0
    try:
        rows = list(records(sample, separator))
    except StrayQuoteError:
        rows = list(plain_records(sample, separator))
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _cut_off(text: str, rows: list[Row]) -> list[str]:
    """A remark if the last line ends early, without a line break and shorter than all before it."""
    if len(rows) < 3 or not rows[-1] or text.endswith(("\n", "\r")):
        return []
    usual, many = Counter(len(row) for row in rows[-50:-1]).most_common(1)[0]
    is_list = usual >= _CUT_OFF_WIDTH and many * 2 > len(rows[-50:-1])
    if not is_list or len(rows[-1]) >= usual or marks(rows[-1]).any:
        return []
    return [
        f"Die Datei endet mitten in Zeile {len(rows)}; vielleicht wurde sie nicht ganz übertragen. Bitte mit dem "
        "Original vergleichen oder neu anfordern."
    ]
