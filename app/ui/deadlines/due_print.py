"""The list of deadlines as it goes onto paper."""

from collections.abc import Sequence

from app.domain.list_sheet import ListSheet
from app.ui.deadlines.due import DueRow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.printing import sheet

COLUMNS: tuple[Column[DueRow], ...] = (
    Column("day", "Fällig am", lambda due: due.deadline.day, Kind.DATE),
    Column("left", "Noch", lambda due: due.pill.text),
    Column("title", "Was", lambda due: due.deadline.title),
    Column("record", "Wozu", lambda due: due.deadline.record),
    Column("who", "Wer", lambda due: due.deadline.who),
)


def due_sheet(dues: Sequence[DueRow]) -> ListSheet:
    """These, in their order."""
    return sheet("Was ist fällig", COLUMNS, dues, (len(dues), len(dues)), "")
