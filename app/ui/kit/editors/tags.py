"""Several values at once, shown as tags that can be taken away."""

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from app.domain.parsing import plain_text
from app.ui.kit import icons
from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.choices import Option, matching
from app.ui.kit.editors.popups import Completer
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button

_BETWEEN = re.compile(r"[,;\n]")


class TagsEditor(Editor):
    """Tags and a line to find more. The value is a tuple in the order of the options."""

    def __init__(self, options: Sequence[Option]) -> None:
        frame = QFrame()
        frame.setProperty("role", "tags")
        super().__init__(frame)
        self._flow = FlowLayout(frame, 4)
        self._flow.setContentsMargins(5, 5, 5, 5)
        self._options: list[Option] = []
        self._chosen: list[Hashable] = []
        self._tags: dict[Hashable, QPushButton] = {}
        self.line = QLineEdit()
        self.line.setPlaceholderText("Wählen oder schreiben …")
        self.line.setProperty("role", "tag")
        follow_text(self.line, self.line.setMinimumWidth, 184)  # the placeholder is read whole
        self.line.installEventFilter(self)
        self.line.returnPressed.connect(self._enter, Qt.ConnectionType.QueuedConnection)
        self._free = QStringListModel(self)
        completer = Completer(self._free, self.line)
        completer.activated.connect(self._pick_words, Qt.ConnectionType.QueuedConnection)
        # Once: a line deletes the one it had, even while that one is at work.
        self.line.setCompleter(completer)
        self._flow.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Other values to choose from; those chosen that are no longer there go."""
        self._options = list(options)
        known = {value for value, _ in options}
        self._show([value for value in self._chosen if value in known])

    def value(self) -> tuple[Any, ...]:
        if text := self.line.text().strip():
            raise ValueError(f"„{text}“ ist noch nicht übernommen. Bitte aus der Liste wählen.")
        return tuple(self._chosen)

    def value_of(self, text: str) -> tuple[Any, ...]:
        """Several words stand behind commas, semicolons or line breaks."""
        found = []
        for word in filter(None, map(plain_text, _BETWEEN.split(text))):
            fitting = matching(self._options, word)
            if len(fitting) != 1:
                raise ValueError(f"„{word}“ gibt es nicht oder ist nicht eindeutig.")
            found.append(fitting[0][0])
        return tuple(key for key, _ in self._options if key in found)

    def set_value(self, value: Iterable[Any] | None) -> None:
        wanted = set(value or ())
        self._show([key for key, _ in self._options if key in wanted])

    def state(self) -> object:
        return (tuple(self._chosen), self.line.text().strip())

    def add(self, value: Hashable) -> None:
        """Choose one more."""
        if value not in self._chosen:
            chosen = {*self._chosen, value}
            self._show([key for key, _ in self._options if key in chosen])
            self.tell()

    def take(self, value: Hashable) -> None:
        """Choose one less."""
        self._show([key for key in self._chosen if key != value])
        self.line.setFocus()
        self.tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._chosen:
                self.take(self._chosen[-1])
                return True
            if event.key() == Qt.Key.Key_Down and not self.line.text():
                self.line.completer().setCompletionPrefix("")
                self.line.completer().complete()
                return True
        if event.type() == QEvent.Type.MouseButtonPress and not self.line.text():
            QTimer.singleShot(0, self.line, lambda: self.line.completer().complete())
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Take the first that is offered for what was typed."""
        text = self.line.text().strip()
        found = matching([option for option in self._options if option[0] not in self._chosen], text)
        if text and found:
            self._pick(found[0][0])

    def _pick_words(self, words: str) -> None:
        for value, text in self._options:
            if text == words:
                self._pick(value)

    def _pick(self, value: Hashable) -> None:
        self.line.clear()
        self.add(value)

    def _show(self, chosen: list[Hashable]) -> None:
        for tag in self._tags.values():
            self._flow.removeWidget(tag)
            tag.deleteLater()
        self._chosen = chosen
        words = dict(self._options)
        self._tags = {value: self._tag(value, words[value]) for value in chosen}
        for place, tag in enumerate(self._tags.values()):
            self._flow.insert(place, tag)
        self._free.setStringList([text for value, text in self._options if value not in chosen])
        self.updateGeometry()

    def _tag(self, value: Hashable, words: str) -> QPushButton:
        tag = button(words, lambda: self.take(value), role="tag", tip=f"{words} entfernen")
        tag.setIcon(icons.icon("x", Tone.ACCENT))
        tag.setIconSize(QSize(12, 12))
        tag.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        tag.setAccessibleName(f"{words} entfernen")
        return tag
