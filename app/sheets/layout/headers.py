"""Where the headers of a sheet are and what they mean: proposals for a layout that is stored for the first time."""

from collections.abc import Iterable, Mapping

from app.services.finance.finance_layouts import ColumnMapping, SheetMapping
from app.sheets.layout.book import Book, Corners, corners
from app.sheets.layout.grid import Row, SheetGrid
from app.sheets.layout.lists import BY_NAME, BY_SHEET, comparable

_WITHIN = 60  # rows in which a header is looked for
_LEAST = 2  # columns that must be recognised


def merges(grid: SheetGrid) -> list[Corners]:
    """The merged cells of a sheet."""
    holder = grid.find("mergeCells")
    if holder is None:
        return []
    return [corners(one.attrib["ref"]) for one in holder.iterchildren("{*}mergeCell")]


def header_texts(book: Book, sheet: str, row: int) -> dict[int, str]:
    """Column -> text of a header row; cells merged with those above have their text."""
    grid = book.grid(sheet)
    span = grid.row(row)
    texts = {} if span is None else _texts(book, grid, span)
    for merge in merges(grid):
        if merge.top < row <= merge.bottom and merge.left not in texts:
            above = grid.row(merge.top)
            text = _texts(book, grid, above).get(merge.left) if above else None
            if text:
                texts[merge.left] = text
    return dict(sorted(texts.items()))


def header_bottom(grid: SheetGrid, row: int, columns: Iterable[int]) -> int:
    """The last row of a header whose cells are merged downwards."""
    wanted = set(columns)
    return max(
        (
            merge.bottom
            for merge in merges(grid)
            if merge.top <= row <= merge.bottom and wanted & set(range(merge.left, merge.right + 1))
        ),
        default=row,
    )


def propose(book: Book, sheet: str) -> SheetMapping:
    """The list, header row and fields that fit a sheet best."""
    best: tuple[int, str | None] = (1, None)
    best_score = (0, 0.0)
    likely, most = 1, 0
    grid = book.grid(sheet)
    hint = BY_SHEET.get(comparable(sheet))
    for span in grid.rows:
        if span.number > _WITHIN:
            break
        texts = header_texts(book, sheet, span.number)
        if len(texts) > most:
            likely, most = span.number, len(texts)
        for listed, names in BY_NAME.items():
            found = {names[name] for text in texts.values() if (name := comparable(text)) in names}
            score = (len(found), 0.5 if listed == hint else 0.0)
            if len(found) >= _LEAST and sum(score) > sum(best_score):
                best, best_score = (span.number, listed), score
    row, list_found = best if best[1] else (likely, None)
    mapping = assign(book, sheet, list_found, row)
    if list_found and len(mapping.fields) < _LEAST:  # most of it is computed: an evaluation, not a list
        return assign(book, sheet, None, likely)
    return mapping


def assign(
    book: Book, sheet: str, listed: str | None, row: int, before: Mapping[str, str | None] | None = None
) -> SheetMapping:
    """The columns below a header row with proposed fields; those with formulas are left alone.

    `before`: comparable header -> field as it was chosen for an older file.
    """
    grid = book.grid(sheet)
    texts = header_texts(book, sheet, row)
    sample = grid.row(header_bottom(grid, row, texts) + 1)
    formulas = {cell.column for cell in grid.cells(sample) if cell.formula is not None} if sample else set()
    names = BY_NAME[listed] if listed else {}
    taken: set[str] = set()
    columns = []
    for column, text in texts.items():
        name = comparable(text)
        field = before[name] if before and name in before else names.get(name)
        if column in formulas or field in taken:
            field = None
        if field:
            taken.add(field)
        columns.append(ColumnMapping(column, text, field))
    return SheetMapping(sheet, listed, row, tuple(columns))


def _texts(book: Book, grid: SheetGrid, span: Row) -> dict[int, str]:
    found = {cell.column: " ".join(book.text(cell).split()) for cell in grid.cells(span) if cell.is_filled}
    return {column: text for column, text in found.items() if text}
