"""What a block of a spreadsheet means in the table of a form: which cell goes where, read as the form reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.counting import counted
from app.ui.kit.editors.rows_model import RowColumn
from app.ui.kit.table.folding import folded

Block = Sequence[Sequence[str]]
MOST_NAMED = 5
"""So many unreadable cells are named; of the others it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows after pasting, how many of them are new, and the block's place: first line, last line, columns."""

    rows: tuple[Any, ...]
    added: int
    first: int
    last: int
    places: tuple[int, ...]
    left_out: tuple[str, ...]

    @property
    def written(self) -> set[tuple[int, int]]:
        """The cells that were written."""
        return {(line, place) for line in range(self.first, self.last + 1) for place in self.places}

    @property
    def sentence(self) -> str:
        """What was done, for the line below the table."""
        replaced = self.last - self.first + 1 - self.added
        parts = [f"{counted(replaced, 'Zeile', 'Zeilen')} überschrieben"] if replaced else []
        parts += [f"{counted(self.added, 'neue Zeile', 'neue Zeilen')} eingefügt"] if self.added else []
        words = ", ".join(parts)
        if not self.left_out:
            return f"{words}."
        names = ", ".join(f"„{title}“" for title in self.left_out)
        return f"{words}. Ausgelassen, weil es die Spalte hier nicht gibt: {names}."


def paste(
    block: Block,
    columns: Sequence[RowColumn],
    rows: Sequence[Any],
    at: tuple[int, int],
    new_row: Callable[[Sequence[Any], Mapping[str, Any]], Any],
    *,
    shown: int,
) -> Pasted:
    """Put a block over the cells from `at` (line, column) on; lines below the last row become new ones.

    Where the first line of the block names columns, it says where the others go; only so cells reach the `columns` that
    are not `shown`. An empty cell empties, but leaves what must be chosen, and in a new row what is proposed.
    Raises ValueError with a German sentence when a cell cannot be read or has no place; then nothing is pasted.
    """
    line, place = at
    titles = _named_columns(block, columns)
    if titles is None:
        width = len(block[0])
        if place + width > shown:
            raise ValueError(
                f"Zu breit: {counted(width, 'Spalte', 'Spalten')} in der Zwischenablage, ab „{columns[place].title}“ "
                f"ist hier Platz für {shown - place}. Bitte weiter links einfügen oder die Überschriften mitkopieren."
            )
        targets: list[int | None] = list(range(place, place + width))
        left_out: tuple[str, ...] = ()
    else:
        targets = titles
        left_out = tuple(
            cell.strip()
            for cell, target in zip(block[0], titles, strict=True)
            if target is None and cell.strip()
        )
        block = block[1:]
    entered = _read(block, columns, targets)
    result = list(rows)
    for offset, values in enumerate(entered):
        if line + offset < len(rows):
            given = {name: value for name, value in values.items() if value is not _LEFT}
            result[line + offset] = replace(result[line + offset], **given)
        else:
            given = {name: value for name, value in values.items() if value not in (None, _LEFT, ())}
            result.append(new_row(result, given))
    places = tuple(sorted(target for target in targets if target is not None and target < shown))
    added = len(result) - len(rows)
    return Pasted(tuple(result), added, line, line + len(block) - 1, places, left_out)


_LEFT = object()
"""An empty cell where something must be chosen: what stands there stays."""


def _named_columns(block: Block, columns: Sequence[RowColumn]) -> list[int | None] | None:
    """The columns that the first line names; None if it is no line of titles but one of values."""
    if len(block) < 2:
        return None
    known = {_key(column.title): place for place, column in enumerate(columns)}
    found = [known.get(_key(cell)) for cell in block[0]]
    named = [place for place in found if place is not None]
    filled = sum(bool(cell.strip()) for cell in block[0])
    all_named = len(named) == filled
    most_named = len(named) >= 2 and 2 * len(named) > filled
    if len(set(named)) < len(named) or not named or not (all_named or most_named):
        return None
    return found


def _key(title: str) -> str:
    return folded("".join(sign for sign in title if sign.isalnum()))


def _read(block: Block, columns: Sequence[RowColumn], targets: Sequence[int | None]) -> list[dict[str, Any]]:
    """The values of each line by the names of their fields. Raises ValueError that names the cells it cannot read."""
    editors = {
        place: columns[place].editor() for place in targets if place is not None and not columns[place].fixed
    }
    problems = []
    lines = []
    for number, cells in enumerate(block, start=1):
        values: dict[str, Any] = {}
        for cell, place in zip(cells, targets, strict=True):
            if place is None or place not in editors:
                continue
            try:
                values[columns[place].name] = editors[place].value_of(cell)
            except ValueError as error:
                if cell.strip():
                    problems.append(f"Zeile {number}, {columns[place].title}: {error}")
                else:
                    values[columns[place].name] = _LEFT
        lines.append(values)
    if problems:
        named = "\n".join(problems[:MOST_NAMED])
        more = len(problems) - MOST_NAMED
        rest = f"\nund {counted(more, 'weitere Zelle', 'weitere Zellen')}" if more > 0 else ""
        raise ValueError(f"Nichts eingefügt, weil sich nicht alles lesen lässt.\n{named}{rest}")
    return lines
