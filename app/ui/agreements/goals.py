"""The goals of an agreement in its form: a table, and below it all that belongs to the goal chosen there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.agreements.agreements import GoalState
from app.domain.dates import german
from app.domain.terms import word
from app.services.agreements.agreements import GoalInput
from app.ui.kit.editors import (
    ChoiceEditor,
    DateEditor,
    Editor,
    RecordEditor,
    RowColumn,
    RowsEditor,
    TextEditor,
    words_of,
)
from app.ui.kit.editors.choices import Option
from app.ui.kit.form import Field
from app.ui.kit.layout import column
from app.ui.kit.widgets.text import label

MORE = (
    ("measure", "Maßnahme", "Was getan wird"),
    ("responsible", "Verantwortlich", "Person oder Stelle"),
    ("indicator", "Indikator", "Woran man es misst"),
    ("target", "Soll", "Zielwert"),
    ("evidence", "Nachweis", "Wie es belegt wird"),
)
"""Fields of a goal that have no column: name, title, placeholder."""


class GoalsEditor(Editor):
    """The value is a tuple of goals. `columns` None: those of an agreement; `blank` makes a new row."""

    def __init__(
        self,
        building_blocks: Sequence[Option],
        columns: Sequence[RowColumn] | None = None,
        blank: Callable[[Sequence[Any]], Any] | None = None,
    ) -> None:
        box = QWidget()
        super().__init__(box)
        columns = columns or (
            RowColumn("nr", "Nr.", TextEditor, width=60, required=True),
            RowColumn("title", "Ziel", TextEditor, width=200, stretch=True, required=True),
            block_column(building_blocks),
            RowColumn("due", "Frist", DateEditor, day_text, width=110),
            RowColumn("state", "Stand", lambda: ChoiceEditor(words_of(GoalState)), word, width=110),
        )
        self.rows = RowsEditor(
            columns, blank or _blank, add_text="Ziel hinzufügen", empty="Noch keine Ziele", visible_rows=3
        )
        self.rows.grid.setMaximumHeight(self.rows.grid.minimumHeight() + 80)
        self.more = {name: Field(name, title, TextEditor(hint)) for name, title, hint in MORE}
        self._details, self._whose = QWidget(), label("", "muted")
        self._lay_out(box)
        self.setFocusProxy(self.rows)
        self.rows.changed.connect(self._rows_changed)
        self.rows.finished.connect(self.finished)
        self.rows.grid.selectionModel().currentChanged.connect(lambda *_: self._show())
        for name, field in self.more.items():
            field.editor.changed.connect(lambda name=name: self._enter(name))
        self._show()

    def value(self) -> tuple[Any, ...]:
        return self.rows.value()

    def set_value(self, value: Sequence[Any] | None) -> None:
        self.rows.set_value(value)
        if value:
            self.rows.grid.setCurrentIndex(self.rows.rows_model.index(0, 0))
        self._show()

    def state(self) -> object:
        return self.rows.state()

    def set_name(self, name: str) -> None:
        self.rows.set_name(name)

    def set_invalid(self, invalid: bool) -> None:
        self.rows.set_invalid(invalid)

    def _place(self) -> int:
        place = self.rows.grid.currentIndex().row()
        return place if place < len(self.rows.rows_model.rows) else -1

    def _rows_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """What belongs to the goal that is chosen; nothing while none is."""
        place = self._place()
        self._details.setVisible(place >= 0)
        if place < 0:
            return
        goal = self.rows.rows_model.rows[place]
        self._whose.setText(" · ".join(filter(None, (f"Mehr zu Ziel {goal.nr}", goal.title))))
        for name, field in self.more.items():
            if not field.editor.inner.hasFocus():
                field.editor.set_value(getattr(goal, name))

    def _enter(self, name: str) -> None:
        place = self._place()
        if place >= 0:
            rows = self.rows.rows_model.rows
            rows[place] = replace(rows[place], **{name: self.more[name].editor.value()})
            self.changed.emit()

    def _lay_out(self, box: QWidget) -> None:
        grid = QGridLayout(self._details)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._whose, 0, 0, 1, 3)
        grid.addWidget(self.more["measure"], 1, 0, 1, 2)
        grid.addWidget(self.more["responsible"], 1, 2)
        for place, name in enumerate(("indicator", "target", "evidence")):
            grid.addWidget(self.more[name], 2, place)
        column(self.rows, self._details, on=box, spacing=8)


def block_column(building_blocks: Sequence[Option]) -> RowColumn:
    """The building block of a goal."""
    blocks = dict(building_blocks)
    return RowColumn(
        "building_block_id",
        "Baustein",
        lambda: RecordEditor(building_blocks),
        lambda key: str(blocks.get(key, "")),
        width=130,
    )


def _blank(rows: Sequence[Any]) -> GoalInput:
    numbers = [int(goal.nr) for goal in rows if goal.nr.isdecimal()]
    return GoalInput(str(max(numbers, default=0) + 1), "")


def day_text(value: date | None) -> str:
    """A date in a cell."""
    return "" if value is None else german(value)
