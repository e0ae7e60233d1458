"""A booking as it is stored and a line of the file, field by field; what differs is marked by sign, weight and tint."""

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.domain.bookings.booking_comparison import Compared, Value
from app.domain.bookings.bookings import BookingField
from app.domain.money import euro
from app.ui.imports.booking_rows import FIELD_WORDS
from app.ui.kit.layout import grid
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.text import label

_NAME, _OLD, _SIGN, _NEW = range(4)
_LONG_WORD = re.compile(r"\w{11}(?=\w{3})")
"""Where a word may be broken that is wider than its side."""


class ComparisonGrid(QWidget):
    """Left what is stored, right what the file says; with one side only a list of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = grid(on=self, shares=(0, 1, 0, 1), spacing=(8, 2))

    def show_fields(self, fields: Sequence[Compared], old: str, new: str) -> None:
        """`old`, `new`: what the two sides are called; an empty name leaves its side out."""
        clear_layout(self._grid)
        for column, words in ((_OLD, old), (_NEW, new)):
            if words:
                self._grid.addWidget(label(words, "field"), 0, column)
        for line, one in enumerate(fields, 1):
            self._add(line, one, old, new)

    def _add(self, line: int, one: Compared, old: str, new: str) -> None:
        both = bool(old and new)
        name = FIELD_WORDS[one.field]
        if both and one.differs:
            ground = QFrame()
            ground.setProperty("role", "note")
            ground.setProperty("tone", "warning")
            self._grid.addWidget(ground, line, 0, 1, 4)
        caption = label(name, "field" if one.differs else "caption")
        caption.setContentsMargins(6, 3, 0, 3)
        self._grid.addWidget(caption, line, _NAME, Qt.AlignmentFlag.AlignTop)
        if old:
            self._grid.addWidget(_value(one.field, one.old, strong=False), line, _OLD)
        if new:
            lacking = both and not one.is_given and one.new is None
            value = label("nicht in der Datei", "caption") if lacking else None
            self._grid.addWidget(value or _value(one.field, one.new, strong=one.differs), line, _NEW)
        if both:
            alike = "=" if one.new == one.old else ""
            sign = label("≠", "strong") if one.differs else label(alike, "muted")
            sign.setAccessibleName(_spoken(name, one))
            sign.setContentsMargins(0, 3, 0, 3)
            self._grid.addWidget(sign, line, _SIGN, Qt.AlignmentFlag.AlignTop)


def written(field: BookingField, value: Value) -> str:
    """A field's value in German; "–" if there is none."""
    match value:
        case None | "":
            return "–"
        case date():
            return f"{value:%d.%m.%Y}"
        case int():
            return euro(value) if field is BookingField.AMOUNT else str(value)
    return value


def _value(field: BookingField, value: Value, *, strong: bool) -> QLabel:
    text = written(field, value)
    words = label(_LONG_WORD.sub("\\g<0>\u200b", text), "strong" if strong else "", wrap=True)
    words.setAccessibleName(text)
    words.setContentsMargins(0, 3, 4, 3)
    # Both sides get the same room, however long their words are.
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return words


def _spoken(name: str, one: Compared) -> str:
    if not one.differs:
        return f"{name}: kein Unterschied"
    old, new = written(one.field, one.old), written(one.field, one.new)
    return f"{name} unterschiedlich: gespeichert {old}, in der Datei {new}"
