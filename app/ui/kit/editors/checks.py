"""Several of a few values, each with a box of its own."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.choices import Option
from app.ui.kit.layout import grid
from app.ui.kit.plain import CheckBox


class ChecksEditor(Editor):
    """The value is a tuple in the order of the options; `columns` of boxes stand beside each other."""

    def __init__(self, options: Sequence[Option], *, columns: int = 2) -> None:
        held = QWidget()
        super().__init__(held)
        self.boxes: dict[Hashable, QCheckBox] = {value: CheckBox(words) for value, words in options}
        rows = -(-len(options) // columns)
        places = grid(on=held, shares=(1,) * columns, spacing=(16, 8))
        for place, box in enumerate(self.boxes.values()):
            places.addWidget(box, place % rows, place // rows)
            box.toggled.connect(self.changed)
            box.clicked.connect(self.finished)
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> tuple[Any, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Iterable[Any] | None) -> None:
        wanted = set(value or ())
        for key, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(key in wanted)

    def set_name(self, name: str) -> None:
        """Each box has words of its own; the name says what they choose."""
        for box in self.boxes.values():
            box.setAccessibleDescription(name)
