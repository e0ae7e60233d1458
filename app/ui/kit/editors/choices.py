"""Choosing: one of a few, a record out of many, several at once, yes or no."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from app.domain.parsing import plain_text
from app.domain.terms import Worded
from app.ui.kit.editors.base import Editor, NoWheel
from app.ui.kit.editors.popups import Combo
from app.ui.kit.editors.text import ComboEditor
from app.ui.kit.plain import CheckBox
from app.ui.kit.table.folding import folded

Option = tuple[Hashable, str]
"""A value and the words for it."""
_YES = ("ja", "j", "x", "wahr", "true", "1")
_NO = ("", "nein", "n", "falsch", "false", "0")


def words_of(enum: type[Worded]) -> list[Option]:
    """All members of a list with their German words."""
    return [(member, member.word) for member in enum]


def matching(options: Sequence[Option], text: str) -> list[Option]:
    """The option with exactly these words, else those that contain them."""
    wanted = folded(text)
    exact = [option for option in options if folded(option[1]) == wanted]
    return exact[:1] or [option for option in options if wanted in folded(option[1])]


def _named(options: Sequence[Option], text: str) -> list[Option]:
    """The option with these words, or with another way in which people write them (terms.py)."""
    wanted = folded(text)

    def ways(option: Option) -> tuple[str, ...]:
        value, words = option
        return (words, *value.synonyms) if isinstance(value, Worded) else (words,)

    return [option for option in options if wanted in map(folded, ways(option))][:1]


class ChoiceEditor(Editor):
    """One of a few values. `empty`: the words for "none of them"; without it one must be chosen.

    `narrow`: its width does not depend on its words, which may be sentences.
    """

    def __init__(
        self, options: Sequence[Option] = (), *, empty: str | None = None, narrow: bool = False
    ) -> None:
        self.combo = Combo(narrow=narrow)
        super().__init__(self.combo)
        self._empty = empty
        self._values: list[Any] = []
        NoWheel(self.combo)
        self.set_options(options)
        self.combo.activated.connect(self.tell)

    def set_options(self, options: Sequence[Option]) -> None:
        """Other values; the chosen one stays where it can."""
        before = self.value() if self._values else None
        shown = ([(None, self._empty)] if self._empty is not None else []) + list(options)
        self._values = [value for value, _ in shown]
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItems([text for _, text in shown])
        self.set_value(before)

    def value(self) -> Any:
        index = self.combo.currentIndex()
        return self._values[index] if index >= 0 else None

    def value_of(self, text: str) -> Any:
        """An empty cell is "none of them"; raises ValueError where one must be chosen."""
        text = plain_text(text)
        if not text and self._empty is not None:
            return None
        words = [self.combo.itemText(place) for place in range(self.combo.count())]
        found = _named(list(zip(self._values, words, strict=True)), text)
        if not found:
            raise ValueError(f"„{text}“ gibt es hier nicht. Möglich: {', '.join(words)}.")
        return found[0][0]

    def set_value(self, value: Any) -> None:
        nothing = -1 if self._empty is None else 0
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else nothing)


class RecordEditor(ComboEditor):
    """One record out of many: typing finds it by any part of its words. The value is its id or None."""

    def __init__(self, options: Sequence[Option] = (), placeholder: str = "Tippen zum Suchen …") -> None:
        super().__init__(placeholder)
        self._options: list[Option] = []
        # Long words of one record must not make the whole form wider than its room.
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(12)
        self.set_options(options)
        self.combo.activated.connect(self.finished)
        self.line.editingFinished.connect(self._leave)

    def set_options(self, options: Sequence[Option]) -> None:
        """Other records; what is chosen stays."""
        self._options = list(options)
        self.offer([words for _, words in options])

    def value(self) -> Any:
        return self.value_of(self.text)

    def value_of(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        found = matching(self._options, text)
        if len(found) == 1:
            return found[0][0]
        if found:
            raise ValueError(f"„{text}“ ist nicht eindeutig. Bitte aus der Liste wählen.")
        raise ValueError(f"„{text}“ gibt es nicht. Bitte aus der Liste wählen.")

    def set_value(self, value: Any) -> None:
        self.set_text(dict(self._options).get(value, ""))
        self.line.setCursorPosition(0)

    def _leave(self) -> None:
        """A part of the words that fits one record only is completed."""
        found = matching(self._options, self.text) if self.text else []
        if len(found) == 1:
            self.set_value(found[0][0])
        self.finished.emit()


class CheckEditor(Editor):
    """Yes or no; the words stand beside the box."""

    def __init__(self, text: str) -> None:
        self.box = CheckBox(text)
        super().__init__(self.box)
        self.box.toggled.connect(self.changed)
        self.box.clicked.connect(self.finished)

    def value(self) -> bool:
        return self.box.isChecked()

    def value_of(self, text: str) -> bool:
        word = plain_text(text).casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise ValueError(f"„{text}“ ist weder „ja“ noch „nein“.")

    def set_value(self, value: bool | None) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))
