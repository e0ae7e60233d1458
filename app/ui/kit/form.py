"""The body of a form: sections, fields with labels above and problems below, read and written as one frozen input."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.domain.errors import Invalid
from app.ui.kit.accessible import announce
from app.ui.kit.editors import CheckEditor, Editor, MultilineEditor, RowsEditor, TextEditor
from app.ui.kit.layout import STRETCH, add, aligned, column, grow, row
from app.ui.kit.tab_order import focus_place
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import label, rule, show_if

I = TypeVar("I")  # noqa: E741 - the input of a service

EMPTY_SENTENCE = "Bitte ausfüllen."


class Field(QWidget):
    """Label above, editor, and below it a hint or what is wrong. Without an editor it is a line of text."""

    def __init__(
        self,
        name: str,
        title: str,
        editor: Editor | None = None,
        *,
        required: bool = False,
        hint: str = "",
        stretch: int = 1,
    ) -> None:
        super().__init__()
        editor = TextEditor() if editor is None else editor
        self.name = name
        self.title = title
        self.editor = editor
        self.required = required
        self.stretch = stretch
        self._caption = label(title, "field")
        if "&" not in title:  # a sign of the title, which beside a field would be one of a key
            self._caption.setBuddy(focus_place(editor))
        self._hint = label(hint, "caption", wrap=True)
        show_if(self._hint, bool(hint))
        self._problem = _Problem()
        editor.set_name(f"{title}, erforderlich" if required else title)
        required_word = label("erforderlich", "required") if required else None
        column(
            None
            if isinstance(editor, CheckEditor)
            else row(self._caption, required_word, STRETCH, spacing=6),
            editor,
            self._hint,
            self._problem,
            None if isinstance(editor, RowsEditor | MultilineEditor) else STRETCH,
            on=self,
            spacing=4,
        )
        editor.changed.connect(self._changed)
        editor.finished.connect(self.check)

    @property
    def problem(self) -> str:
        """The sentence shown below the field."""
        return self._problem.text()

    def set_problem(self, sentence: str) -> None:
        """Show what is wrong; empty: nothing is."""
        self._problem.show_text(sentence)
        self.editor.set_invalid(bool(sentence))
        self.editor.inner.setAccessibleDescription(sentence)

    def set_hint(self, text: str) -> None:
        """A quiet line below the field."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def read(self) -> Any:
        """The value. Raises ValueError, also when a required one is missing."""
        value = self.editor.value()
        if self.required and value in (None, "", ()):
            raise ValueError(EMPTY_SENTENCE)
        return value

    def check(self) -> None:
        """Say what is wrong with what stands here; that it is empty is only said on saving."""
        try:
            self.editor.value()
        except ValueError as error:
            self.set_problem(str(error))

    def _changed(self) -> None:
        if self.problem:
            self.set_problem("")


class FormBody(QWidget):
    """Fields in sections. Fill it from a frozen input, collect the changed input from it."""

    changed = Signal()
    filled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._filled: dict[str, object] = {}
        self._layout = column(on=self, spacing=14, margins=(24, 16, 24, 16))

    # ---- building ----

    def section(self, title: str, hint: str = "") -> None:
        """Begin a section."""
        if self._layout.count():
            add(self._layout, 6, rule(), 2)
        add(self._layout, label(title, "section"), label(hint, "muted", wrap=True) if hint else None)

    def row(self, *fields: Field) -> None:
        """Related fields on one line."""
        for field in fields:
            self.fields[field.name] = field
            field.editor.changed.connect(self.changed)
        self._layout.addLayout(row(*(grow(field, field.stretch) for field in fields), spacing=12))

    def add(self, widget: QWidget) -> None:
        """Something else between the fields, such as a computed sentence."""
        self._layout.addWidget(widget)

    def add_first(self, widget: QWidget) -> None:
        """Something above all fields, such as what holds for them."""
        self._layout.insertWidget(0, widget)

    def finish(self) -> None:
        """After the last field: what room is left stays empty."""
        self._layout.addStretch(1)

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]

    # ---- values ----

    def fill(self, values: Any) -> None:
        """Show the attributes of an input that have a field."""
        for name, field in self.fields.items():
            field.editor.set_value(getattr(values, name))
            field.set_problem("")
        self.settle()
        self.filled.emit()

    def settle(self) -> None:
        """What stands here now counts as unchanged."""
        self._filled = {name: field.editor.state() for name, field in self.fields.items()}

    @property
    def dirty(self) -> bool:
        """Something was changed since it was filled."""
        return any(field.editor.state() != self._filled.get(name) for name, field in self.fields.items())

    def collect(self, values: I) -> I:
        """The input with what was entered. Raises Invalid with all that is wrong."""
        read, problems = self._read(Field.read)
        if problems:
            raise Invalid(problems)
        return replace(values, **read)  # type: ignore[type-var]

    def readable(self, values: I) -> I:
        """The input with what can be read so far; for figures that are shown while typing."""
        read, _ = self._read(
            lambda field: field.editor.value()
        )  # half-typed: the field says so when it is left
        return replace(values, **read)  # type: ignore[type-var]

    def _read(self, value: Callable[[Field], Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """The values that can be read, and what is wrong with the others, by the names of the fields."""
        read: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, field in self.fields.items():
            try:
                read[name] = value(field)
            except ValueError as error:
                problems[name] = str(error)
        return read, problems

    def show_problems(self, problems: Mapping[str, str]) -> list[str]:
        """Put each sentence below its field and go to the first; returns those that have no field."""
        for name, field in self.fields.items():
            field.set_problem(problems.get(name, ""))
        wrong = [field for name, field in self.fields.items() if name in problems]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            area = self._scroll_area()
            if area is not None:
                area.ensureWidgetVisible(wrong[0], 0, 40)
        return [sentence for name, sentence in problems.items() if name not in self.fields]

    def focus_first(self) -> None:
        """The keyboard goes to the first field."""
        if self.fields:
            next(iter(self.fields.values())).editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _scroll_area(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around


class _Problem(QWidget):
    """Icon and sentence in danger."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("warning", lambda colours: colours.ink(Tone.DANGER), 16)
        self._words = label("", "error", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row(aligned(self._icon, Qt.AlignmentFlag.AlignTop), grow(self._words), on=self, spacing=4)
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def show_text(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setVisible(bool(sentence))
        if self.isVisible():
            announce(self, sentence)
