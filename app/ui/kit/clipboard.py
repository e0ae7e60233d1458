"""Blocks of cells on the clipboard, as Excel and LibreOffice put them there and take them from there."""

import atexit
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

from app.domain.money import plain
from app.ui.kit.table.columns import Kind, written

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_AS_TEXT = 'style=\'mso-number-format:"\\@"\' sdnum="1033;0;@"'
_FIRST_DAY = date(1899, 12, 30)
_BREAK = re.compile(r"\r\n|\r|\n")
_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
    "<style>br {mso-data-placement: same-cell}</style></head><body><table>"
)


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """A cell to copy: its text as a person reads it; of a figure or a day also the number, and how it is shown."""

    text: str
    number: str = ""
    shown: "Shown | None" = None


class Shown(Enum):
    """How a spreadsheet shows a number: its format for Excel and for LibreOffice."""

    AMOUNT = "#\\,##0\\.00", "1033;1031;#.##0,00"
    NUMBER = "General", "1033;"
    DATE = "dd\\.mm\\.yyyy", "1033;1031;TT.MM.JJJJ"


def copied(value: Any, kind: Kind) -> CopiedCell:
    """The cell for a value of a kind of column."""
    text = written(value, kind)
    match value:
        case datetime() | bool():
            return CopiedCell(text)
        case date():
            return CopiedCell(text, str((value - _FIRST_DAY).days), Shown.DATE)
        case int() if kind is Kind.AMOUNT:
            return CopiedCell(text, plain(value), Shown.AMOUNT)
        case int() | float() | Decimal():
            return CopiedCell(text, str(value), Shown.NUMBER)
    return CopiedCell(text)


def block(text: str) -> list[list[str]]:
    """The cells of a text with tabs, row by row, all of the same width; what is empty at the ends is left out.

    A cell is in quotation marks where it has line breaks, tabs or doubled marks; others keep the marks they have.
    """
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        found = _CELL.match(text, at)
        assert found is not None  # an empty cell fits everywhere
        rows[-1].append(_unquoted(found))
        at = found.end()
        if text[at : at + 1] == "\t":
            at += 1
            if at == len(text):
                rows[-1].append("")
        elif line_end := _BREAK.match(text, at):
            at = line_end.end()
            rows.append([])
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _unquoted(found: re.Match[str]) -> str:
    inner = found[1]
    if inner is None:
        return found[2]
    if '""' in inner or re.search(r"[\t\r\n]", inner):
        return _BREAK.sub("\n", inner.replace('""', '"'))
    return found[0]


def pasted() -> list[list[str]]:
    """The block that lies on the clipboard; no rows where it is empty or holds no text."""
    return block(QGuiApplication.clipboard().text())


def copy(rows: Sequence[Sequence[CopiedCell]]) -> None:
    """Put a block on the clipboard: as text with tabs, and as a table in which figures are numbers."""
    data = QMimeData()
    data.setText("\n".join("\t".join(_quoted(cell.text) for cell in row) for row in rows))
    data.setHtml(f"{_HEAD}{''.join(map(_html_row, rows))}</table></body></html>")
    QGuiApplication.clipboard().setMimeData(data)
    _leave_text_at_the_end()


@cache
def _leave_text_at_the_end() -> None:
    """Qt keeps what lies on the clipboard longer than Python lives, and would fall over an object of Python's."""
    if app := QCoreApplication.instance():
        app.aboutToQuit.connect(_leave_text)
    atexit.register(_leave_text)  # a program that ends without its loop, such as a test


def _leave_text() -> None:
    if QCoreApplication.instance() is None:
        return
    clipboard = QGuiApplication.clipboard()
    data: QMimeData | None = clipboard.mimeData()  # None once it was emptied
    if data is not None and data.html().startswith(_HEAD):  # it is still ours
        clipboard.setText(clipboard.text())


def _quoted(text: str) -> str:
    if "\t" not in text and "\n" not in text and "\r" not in text:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _html_row(row: Sequence[CopiedCell]) -> str:
    return f"<tr>{''.join(map(_html_cell, row))}</tr>"


def _html_cell(cell: CopiedCell) -> str:
    """Excel reads `x:num` and the style, LibreOffice `sdval` and `sdnum`; neither then guesses what a text may mean."""
    words = escape(cell.text).replace("\n", "<br>")
    if cell.shown is None:
        return f"<td {_AS_TEXT}>{words}</td>" if words else "<td></td>"
    excel, calc = cell.shown.value
    number = f'x:num="{cell.number}" sdval="{cell.number}" sdnum="{calc}"'
    return f'<td align="right" style=\'mso-number-format:"{excel}"\' {number}>{words}</td>'
