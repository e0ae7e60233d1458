"""What differs between two files, in words, as a list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.master_data.sheets import SHEETS
from app.services.record_changes import TableWords
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from db.comparing import FieldDifference, RecordDifference, Side
from db.table_words import TABLES

_TITLES = {sheet.name: {column.field: column.name for column in sheet.columns} for sheet in SHEETS}


def _written(found: RecordDifference, one: FieldDifference, value: object) -> str:
    if isinstance(value, bytes):
        return f"{len(value):,} Bytes".replace(",", ".")
    words = TableWords({})
    try:
        return words.written(found.table, one.column, value)
    except (KeyError, ValueError):  # of another version, or the name of what is referred to
        return str(value)


def said(found: RecordDifference) -> str:
    """What differs, field by field; of a record that only one file has, what stands in it."""
    titles = _TITLES.get(TABLES.get(found.table, ""), {})
    lines = []
    for field in found.fields:
        title = titles.get(field.column) or titles.get(field.column.removesuffix("_id")) or field.column
        one, other = _written(found, field, field.one), _written(found, field, field.other)
        if found.side is Side.BOTH:
            lines.append(f"{title}: {one} ≠ {other}")
        elif (there := one if found.side is Side.ONE else other) != "leer":
            lines.append(f"{title}: {there}")
    return "; ".join(lines)


class DifferencesDialog(Dialog):
    """A line for each record that differs. `one` and `other` are what she calls the two files."""

    def __init__(
        self,
        found: Sequence[RecordDifference],
        one: str,
        other: str,
        parent: QWidget | None = None,
    ) -> None:
        sentence = f"Links vom ≠ steht, was in „{one}“ steht, rechts davon, was in „{other}“ steht."
        super().__init__(parent, "Was ist anders?", sentence, size=(1000, 600))
        sides = {Side.BOTH: "anders", Side.ONE: f"nur {one}", Side.OTHER: f"nur {other}"}
        columns: tuple[Column[RecordDifference], ...] = (
            Column("table", "Liste", lambda row: TABLES.get(row.table, row.table), width=160),
            Column(
                "name",
                "Eintrag",
                lambda row: ", ".join(filter(None, (row.of, row.name))) or f"Zeile {row.row_id}",
                width=220,
                strong=True,
            ),
            Column("side", "Wo", lambda row: sides[row.side], width=150),
            Column("fields", "Was", said, width=380, stretch=True, tip=said),
        )
        self.table: Table[RecordDifference] = Table(
            "differences",
            columns,
            title="Unterschiede",
            empty=EmptyState("check", "Kein Unterschied", hint="In beiden Dateien steht dasselbe."),
        )
        self.table.set_rows(list(found))
        close = self.close_button("Schließen")
        close.setDefault(True)
        self.build(grow(self.table), foot=(STRETCH, close))
