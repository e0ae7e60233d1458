"""A raw cell as a person sees it, for reasons and previews."""

from datetime import date

from app.sheets.reading.cells import Cell, CellError

_SHORT = 200  # characters


def shown(cell: Cell) -> str:
    """A cell as a person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, CellError):
        return cell.code
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(cell)


def shown_short(cell: Cell) -> str:
    """The same where it stands beside a reason: enough to recognise it by."""
    text = shown(cell)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
