"""Text: one line, several lines, or free text with proposals."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from app.domain.parsing import plain_text
from app.ui.kit.editors.base import Editor, LineEditor, NoWheel, UnitLine
from app.ui.kit.editors.popups import Combo, Completer


class TextEditor(LineEditor[str]):
    """One line of text; blanks around it do not count, empty is None."""

    def __init__(self, placeholder: str = "", *, unit: str = "", longest: int = 0) -> None:
        super().__init__(UnitLine(unit))
        self.line.setPlaceholderText(placeholder)
        if longest:
            self.line.setMaxLength(longest)

    def read(self, text: str) -> str:
        return text

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self.line.setCursorPosition(0)


class MultilineEditor(Editor):
    """Text of several lines; Tab goes on to the next field. `grows`: it takes the room that is left."""

    def __init__(self, placeholder: str = "", *, lines: int = 4, grows: bool = False) -> None:
        self.edit = QPlainTextEdit()
        self.edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        super().__init__(self.edit)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setTabChangesFocus(True)
        self._lines, self._grows = lines, grows
        self._fit()
        self.edit.textChanged.connect(self._text_changed)
        self.edit.installEventFilter(self)

    def _fit(self) -> None:
        height = self._lines * self.edit.fontMetrics().lineSpacing() + 18
        self.edit.setMinimumHeight(height)
        if not self._grows:
            self.edit.setMaximumHeight(height)

    def value(self) -> str | None:
        return self.edit.toPlainText().strip() or None

    def value_of(self, text: str) -> str | None:
        return text.strip() or None

    def set_value(self, value: str | None) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(value or "")

    def state(self) -> object:
        return self.edit.toPlainText().strip()

    def _text_changed(self) -> None:
        self.changed.emit()

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)


class ComboEditor(Editor):
    """A line with words to pick from below it; typing finds every one that contains what was typed."""

    def __init__(self, placeholder: str) -> None:
        self.combo = Combo()
        super().__init__(self.combo)
        # A line of its own: Qt's is gone for us before it tells that it was left, when its dialog goes.
        self.line = QLineEdit()
        self.combo.setLineEdit(self.line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setCompleter(Completer(self.combo.model(), self.combo))
        NoWheel(self.combo)
        self.line.setPlaceholderText(placeholder)
        self.combo.editTextChanged.connect(self.changed)

    @property
    def text(self) -> str:
        """What stands in the field, without blanks around it."""
        return self.combo.currentText().strip()

    def set_text(self, text: str) -> None:
        """Other words in the field, without telling."""
        with QSignalBlocker(self.combo):
            self.combo.setEditText(text)

    def offer(self, words: Sequence[str]) -> None:
        """Other words to pick from; what stands in the field stays."""
        text = self.combo.currentText()
        with QSignalBlocker(self.combo):
            self.combo.clear()
            self.combo.addItems(list(words))
            self.combo.setCurrentIndex(-1)
            self.combo.setEditText(text)

    def state(self) -> object:
        return self.text

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.line.setAccessibleName(name)


class SuggestEditor(ComboEditor):
    """One line of her own words, with proposals to pick from."""

    def __init__(self, suggestions: Sequence[str] = (), placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.offer(suggestions)
        self.line.editingFinished.connect(self.finished)

    def value(self) -> str | None:
        return self.text or None

    def value_of(self, text: str) -> str | None:
        return plain_text(text) or None

    def set_value(self, value: str | None) -> None:
        self.set_text(value or "")
