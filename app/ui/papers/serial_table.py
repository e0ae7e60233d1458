"""The list of a series: who gets what, and what is missing on the paper."""

from collections.abc import Callable

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.workflows.papers.serial_plan import SerialItem


def serial_table(go_to_record: Callable[[SerialItem], None], *, agreements: bool) -> Table[SerialItem]:
    """One row for each paper; opening one leads to the record where what is missing can be entered."""
    columns: list[Column[SerialItem]] = [
        Column("number", "Nummer", lambda item: item.number, width=92, strong=True),
        Column("who", "An", lambda item: item.who, width=200, stretch=True),
        Column("state", "Stand", _pill, Kind.PILL, width=150, tip=lambda item: "\n".join(item.lacks)),
        Column("lacks", "Was fehlt", _lacks, width=260, tip=lambda item: "\n".join(item.lacks)),
    ]
    table: Table[SerialItem] = Table(
        "serial" if agreements else "serial_actors",
        columns if agreements else columns[1:],
        title="Schriftstücke",
        empty=EmptyState("mail", "Nichts zu drucken"),
    )
    table.opened.connect(go_to_record)
    table.set_actions([RowAction("Zur Akte", lambda rows: go_to_record(rows[0]), "external", _has_record)])
    return table


def _has_record(rows: list[SerialItem]) -> bool:
    return len(rows) == 1 and rows[0].where is not None


def _pill(item: SerialItem) -> Pill:
    if item.lacks:
        return Pill("unvollständig", Tone.WARNING, "warning", 0)
    if item.draft:
        return Pill("Entwurf", Tone.NEUTRAL, "edit", 1)
    return Pill("vollständig", Tone.SUCCESS, "check", 2)


def _lacks(item: SerialItem) -> str:
    """Short, for one line; the tooltip has the whole sentences."""
    return " ".join(one.removeprefix("Im Text ist noch etwas auszufüllen: ") for one in item.lacks)
