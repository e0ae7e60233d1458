"""The goals of an agreement in its form: a table, and below it all that belongs to the goal chosen there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from app.domain.agreements.agreements import GoalState
from app.domain.counting import next_number
from app.services.agreements.agreements import GoalInput
from app.ui.kit.editors import (
    ChoiceEditor,
    DateEditor,
    RowColumn,
    RowsEditor,
    TextEditor,
    record_column,
    words_of,
)
from app.ui.kit.editors.choices import Option
from app.ui.kit.form import Field
from app.ui.kit.layout import add
from app.ui.kit.widgets.text import label

MORE = (
    ("measure", "Maßnahme", "Was getan wird"),
    ("responsible", "Verantwortlich", "Person oder Stelle"),
    ("indicator", "Indikator", "Woran man es misst"),
    ("target", "Soll", "Zielwert"),
    ("evidence", "Nachweis", "Wie es belegt wird"),
)
"""Fields of a goal that have no column: name, title, placeholder."""


class GoalsEditor(RowsEditor):
    """Rows of goals, and below them the rest of the current one. `columns` None: those of an agreement."""

    def __init__(
        self,
        building_blocks: Sequence[Option],
        columns: Sequence[RowColumn] | None = None,
        blank: Callable[[Sequence[Any]], Any] | None = None,
        pasted: Callable[[Sequence[Any], Mapping[str, Any]], Any] | None = None,
    ) -> None:
        columns = columns or (
            RowColumn("nr", "Nr.", TextEditor, width=60, required=True),
            RowColumn("title", "Ziel", TextEditor, width=200, stretch=True, required=True),
            record_column("building_block_id", "Baustein", building_blocks, 130),
            RowColumn("due", "Frist", DateEditor, width=110),
            RowColumn(
                "state", "Stand", lambda: ChoiceEditor(words_of(GoalState)), attrgetter("word"), width=110
            ),
        )
        super().__init__(
            columns,
            blank or _blank,
            add_text="Ziel anlegen",
            empty="Noch keine Ziele",
            visible_rows=3,
            pasted=pasted,
            more=[RowColumn(name, title, TextEditor) for name, title, _ in MORE],
        )
        self.grid.setMaximumHeight(self.grid.minimumHeight() + 80)
        self.more = {name: Field(name, title, TextEditor(hint)) for name, title, hint in MORE}
        self._typed: tuple[int, str] | None = None  # what is typed in one field is one step
        self._details, self._whose = QWidget(), label("", "muted")
        self._lay_out()
        current_changed = self.grid.selectionModel().currentChanged
        for told in (self.rows_model.dataChanged, self.rows_model.modelReset, current_changed):
            told.connect(lambda *_: self._show())
        for name, field in self.more.items():
            field.editor.changed.connect(lambda name=name: self._enter(name))
        self._show()

    def set_value(self, value: Sequence[Any] | None) -> None:
        super().set_value(value)
        if value:
            self.grid.setCurrentIndex(self.rows_model.index(0, 0))

    def lock(self, fixed: Callable[[Any, str], bool] | None) -> None:
        super().lock(fixed)
        for field in self.more.values():
            field.editor.set_read_only(fixed is not None)

    def _place(self) -> int:
        place = self.grid.currentIndex().row()
        return place if place < len(self.rows_model.rows) else -1

    def _show(self) -> None:
        """What belongs to the goal that is chosen; nothing while none is."""
        place, self._typed = self._place(), None
        self._details.setVisible(place >= 0)
        if place < 0:
            return
        goal = self.rows_model.rows[place]
        self._whose.setText(" · ".join(filter(None, (f"Mehr zu Ziel {goal.nr or ''}".strip(), goal.title))))
        for name, field in self.more.items():
            if not field.editor.inner.hasFocus():
                field.editor.set_value(getattr(goal, name))

    def _enter(self, name: str) -> None:
        place = self._place()
        if place >= 0:
            if self._typed != (place, name):
                self.rows_model.keep()
                self._typed = (place, name)
            rows = self.rows_model.rows
            rows[place] = replace(rows[place], **{name: self.more[name].editor.value()})
            self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self._details)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._whose, 0, 0, 1, 3)
        grid.addWidget(self.more["measure"], 1, 0, 1, 2)
        grid.addWidget(self.more["responsible"], 1, 2)
        for place, name in enumerate(("indicator", "target", "evidence")):
            grid.addWidget(self.more[name], 2, place)
        layout = self.inner.layout()
        assert isinstance(layout, QBoxLayout)
        add(layout, 4, self._details)


def _blank(rows: Sequence[Any]) -> GoalInput:
    return GoalInput(str(next_number(goal.nr for goal in rows)), "")
