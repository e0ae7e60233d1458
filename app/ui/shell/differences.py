"""What differs between two files, in words, as a list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.copies.difference_words import record_word, side_by_side
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.empty import EmptyState
from db.comparing import RecordDifference, Side
from db.table_words import called


class DifferencesDialog(Dialog):
    """A line for each record that differs. `one` and `other` are what she calls the two files, after "in"."""

    def __init__(
        self,
        found: Sequence[RecordDifference],
        one: str,
        other: str,
        parent: QWidget | None = None,
    ) -> None:
        sentence = f"Links vom ≠ steht, was in {one} steht, rechts davon, was in {other} steht."
        super().__init__(parent, "Was ist anders?", sentence, size=(1000, 600))
        sides = {Side.BOTH: "anders", Side.ONE: f"nur in {one}", Side.OTHER: f"nur in {other}"}
        columns: tuple[Column[RecordDifference], ...] = (
            Column("table", "Liste", lambda row: called(row.table), width=160),
            Column(
                "name",
                "Eintrag",
                record_word,
                width=220,
                strong=True,
            ),
            Column("side", "Wo", lambda row: sides[row.side], width=150),
            Column("fields", "Was", side_by_side, width=380, stretch=True, tip=side_by_side),
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
