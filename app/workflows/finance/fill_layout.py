"""Finance's own workbook as a layout: read and proposed when it is stored, filled when it is exported."""

from pathlib import Path

from app.domain.errors import UserError
from app.services.finance.finance_exports import FinanceData
from app.services.finance.finance_layouts import Layout, SheetMapping
from app.sheets.layout.fill import fill_layout
from app.sheets.layout.lists import list_rows
from app.sheets.layout.package import Progress
from app.sheets.layout.view import LayoutView, read_layout


def new_layout(path: Path, progress: Progress, before: Layout | None = None) -> tuple[Layout, LayoutView]:
    """A workbook of finance with the mapping proposed for it; not stored yet.

    `before`: a layout whose workbook is replaced by a newer one; its mapping goes on where the headers do. Raises
    UserError with one sentence for a file that cannot be a layout.
    """
    content = read_layout(path)
    view = LayoutView(content, path.name, progress)
    name = path.stem + _suffix(view)
    mapping = view.proposed(before.mapping if before else ())
    _find_places(view, mapping)
    if before is None:
        return Layout(None, path.stem, name, content, mapping), view
    return Layout(before.id, before.name, name, content, mapping), view


def viewed(layout: Layout, progress: Progress) -> LayoutView:
    """A stored layout, read so that it can be looked at. Raises UserError."""
    view = LayoutView(layout.content, layout.file_name, progress)
    _find_places(view, layout.mapping)
    return view


def _find_places(view: LayoutView, mapping: tuple[SheetMapping, ...]) -> None:
    """In a layout full of old rows this takes its time, and whoever shows it is in a hurry."""
    for one in mapping:
        view.place(one)


def filled(layout: Layout, data: FinanceData, target: Path, progress: Progress | None) -> bytes:
    """The layout with the rows of a budget year. Raises UserError, also if the target's name has the wrong ending."""
    suffix = Path(layout.file_name).suffix
    if target.suffix.lower() != suffix:
        why = "enthält Makros" if suffix == ".xlsm" else "enthält keine Makros"
        raise UserError(
            f"Die Vorlage „{layout.name}“ {why}: Bitte die Datei mit der Endung {suffix} speichern, nicht als "
            f"„{target.name}“."
        )
    lists = {one.listed: list_rows(data, one.listed) for one in layout.mapping if one.listed and one.fields}
    return fill_layout(layout, lists, progress or _silent)


def _suffix(view: LayoutView) -> str:
    """How a filled workbook has to end: spreadsheet programs refuse macros in an .xlsx."""
    return ".xlsm" if view.has_macros else ".xlsx"


def _silent(_done: int, _total: int) -> None:
    """Nobody waits for news."""
