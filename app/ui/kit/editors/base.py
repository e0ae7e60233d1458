"""The bases of all editors, so that a form can treat them alike, and the line that most of them are typed into."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.parsing import plain_text
from app.ui.kit.layout import row
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import RIGHT
from app.ui.kit.widgets.text import set_property

V = TypeVar("V")


class Editor(QWidget):
    """A field for one value.

    `changed` comes with every change a person makes, `finished` when she leaves the field.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        row(inner, on=self)
        self.setFocusProxy(inner)

    def value(self) -> Any:
        """What was entered, None if nothing. Raises ValueError with a German sentence."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def value_of(self, text: str) -> Any:
        """What the text of a spreadsheet's cell means here, None if it is empty; the field itself stays as it is.

        Raises ValueError with a German sentence.
        """
        raise NotImplementedError

    def state(self) -> object:
        """What stands in the field, readable or not; tells whether something was changed."""
        return self.value()

    def tell(self) -> None:
        """Something was picked, put in or taken away: changed, and complete at once."""
        self.changed.emit()
        self.finished.emit()

    def set_invalid(self, invalid: bool) -> None:
        """Show that something is wrong here."""
        set_property(self.inner, "invalid", invalid)

    def set_name(self, name: str) -> None:
        """What a screen reader says where the keyboard goes."""
        (self.focusProxy() or self.inner).setAccessibleName(name)

    def set_read_only(self, read_only: bool) -> None:
        """Shown, not edited."""
        self.inner.setEnabled(not read_only)


class UnitLine(QLineEdit):
    """A line that shows its unit inside, at the right."""

    def __init__(self, unit: str = "", *, right: bool = False) -> None:
        super().__init__()
        self._unit = unit
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self._make_room()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(QColor(tokens(self.palette()).muted))
            room = self.rect().adjusted(0, 0, -11, 0)
            painter.drawText(room, RIGHT, self._unit)
            painter.end()

    def _make_room(self) -> None:
        if self._unit:
            self.setTextMargins(0, 0, QFontMetrics(self.font()).horizontalAdvance(self._unit) + 6, 0)


class LineEditor(Editor, Generic[V]):
    """An editor whose value is typed into one line; blanks around it do not count, and an empty line is None."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.line = line
        line.textEdited.connect(self.changed)
        line.editingFinished.connect(self.finished)

    def read(self, text: str) -> V | None:
        """What a text that is not empty means. Raises ValueError with a German sentence."""
        raise NotImplementedError

    def written(self, value: V) -> str:
        """A value as it stands in the line."""
        return str(value)

    def value(self) -> V | None:
        text = self.line.text().strip()
        return self.read(text) if text else None

    def value_of(self, text: str) -> V | None:
        text = plain_text(text)
        if not text:
            return None
        if len(text) > self.line.maxLength():
            raise ValueError(f"Der Text ist zu lang: höchstens {self.line.maxLength()} Zeichen.")
        return self.read(text)

    def set_value(self, value: V | None) -> None:
        self.line.setText("" if value is None else self.written(value))

    def state(self) -> object:
        return self.line.text().strip()

    def readable(self) -> V | None:
        """The value; None also where what stands there cannot be read (yet)."""
        try:
            return self.value()
        except ValueError:
            return None

    def tidy_when_left(self) -> None:
        """Write a value as it should be when the field is left; what cannot be read stays, the form says why."""
        self.line.editingFinished.connect(self._tidy)

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except ValueError:
            return

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class NoWheel(QObject):
    """Keeps the mouse wheel from changing a field, or taking the keyboard to it, while the form only scrolls by."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
