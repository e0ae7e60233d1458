"""Blocks of cells on the clipboard, as Excel and LibreOffice put them there and take them from there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.ui.kit.table.columns import Kind

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_BREAK = re.compile(r"\r\n|\r|\n")
_HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
    "<style>br {mso-data-placement: same-cell}</style></head><body><table>"
)


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """A cell to copy: its text as a person reads it, and for a figure the number that it is."""

    text: str
    number: str = ""


def number_of(value: Any, kind: Kind) -> str:
    """The number that a figure is, with a decimal point; "" where it is none. Cents become Euro."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    return str(Decimal(value).scaleb(-2) if kind is Kind.AMOUNT else value)


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


def _quoted(text: str) -> str:
    if not re.search(r"[\t\r\n]", text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _html_row(row: Sequence[CopiedCell]) -> str:
    return f"<tr>{''.join(map(_html_cell, row))}</tr>"


def _html_cell(cell: CopiedCell) -> str:
    words = escape(cell.text).replace("\n", "<br>")
    if cell.number:
        # Excel reads the first, LibreOffice the second; neither depends on the language it is set to.
        return f'<td align="right" x:num="{cell.number}" sdval="{cell.number}">{words}</td>'
    as_text = "" if _is_date(cell.text) else " style='mso-number-format:\"\\@\"'"
    return f"<td{as_text}>{words}</td>"


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d\d\.\d\d\.\d{4}", text) is not None
