"""What a screen reader is told: what a widget of ours is, what it is worth, how it is pressed, and what just happened.

Qt knows its own controls. A widget that we paint or put together is `Heard`: it says what it is in plain attributes,
which are read whenever a screen reader asks. Its name and its description are Qt's own (`setAccessibleName`,
`setAccessibleDescription`).
"""

from typing import Any, NamedTuple, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget
from shiboken6 import VoidPtr, getCppPointer

from app.ui.kit.mnemonics import without

Role = QAccessible.Role
Kind = QAccessible.InterfaceType
Attribute = QAccessible.Attribute


class Amount(NamedTuple):
    """How much of how much there is, in any unit."""

    now: float
    most: float


class Heard:
    """Mixed into a widget, says what it is. It is to be made empty and to get its words afterwards.

    For Qt may ask about it as soon as it has words, and would take it for a plain widget before it is made.
    """

    heard_role: Role = Role.StaticText
    heard_value: str = ""
    """What it shows, in words, where its name does not say so."""
    heard_amount: Amount | None = None
    heard_selected: bool | None = None
    """Of an entry of a list: whether it is the chosen one."""
    heard_level: int = 0
    """Of a heading: 1 for the title of a page or a window."""

    @property
    def is_pressable(self) -> bool:
        """Whether it can be pressed."""
        return isinstance(self, QAbstractButton)

    def press(self) -> None:
        """Do what a click on it does."""
        if isinstance(self, QAbstractButton):
            self.click()


class Heading(Heard):
    """Mixed into a label that stands above what belongs to it."""

    heard_role = Role.Heading


def hear_all() -> None:
    """From now on screen readers are told of `Heard` widgets. Call once, when there is an application."""
    QAccessible.installFactory(_made)


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say what just happened, wherever the keyboard is; without one nothing happens."""
    if sentence and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def _made(_class_name: str, made_for: QObject) -> QAccessibleInterface | None:
    return _Interface(made_for) if isinstance(made_for, QWidget) and isinstance(made_for, Heard) else None


class _Interface(QAccessibleWidget):
    """What Qt asks about one widget. It belongs to Qt and goes with the widget, to which it therefore keeps no way."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._value: _Value | None = None
        self._attributes: _Attributes | None = None

    @property
    def heard(self) -> Heard:
        """The widget; one that is just going says nothing of itself."""
        found = self.object()
        return found if isinstance(found, Heard) else Heard()

    def role(self) -> Role:
        return self.heard.heard_role

    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Value:
            return self.heard.heard_value
        words = super().text(t)
        shown = self.object()
        if words or t != QAccessible.Text.Name:
            return words
        if isinstance(shown, QAbstractButton):
            return without(QAbstractButton.text(shown))
        return shown.text() if isinstance(shown, QLabel) else ""

    def state(self) -> QAccessible.State:
        result = super().state()
        selected = self.heard.heard_selected
        if selected is not None:
            result.selectable, result.selected = True, selected
        return result

    def actionNames(self) -> list[str]:
        names = super().actionNames()
        return [self.pressAction(), *names] if self.heard.is_pressable else names

    def doAction(self, name: str) -> None:
        if name == self.pressAction() and self.heard.is_pressable:
            self.heard.press()
        else:
            super().doAction(name)

    def interface_cast(self, t: Kind) -> int:
        """Qt wants an address: declared as a whole number, it comes and goes as a pointer, the empty one as None."""
        if t == Kind.ValueInterface and self.heard.heard_amount is not None:
            self._value = self._value or _Value(self)
            return _address(self._value)
        if t == Kind.AttributesInterface and self.heard.heard_level:
            self._attributes = self._attributes or _Attributes(self)
            return _address(self._attributes)
        found = super().interface_cast(t)
        return cast(int, VoidPtr(0)) if found is None else found


class _Value(QAccessibleValueInterface):
    """The amount of a widget; it can be read, not set."""

    def __init__(self, about: _Interface) -> None:
        super().__init__()
        self._about = about

    def currentValue(self) -> float:
        return self._amount().now

    def minimumValue(self) -> float:
        return 0.0

    def maximumValue(self) -> float:
        return self._amount().most

    def minimumStepSize(self) -> float:
        return 0.0

    def setCurrentValue(self, value: Any) -> None:
        """It is shown, not entered."""

    def _amount(self) -> Amount:
        return self._about.heard.heard_amount or Amount(0.0, 0.0)


class _Attributes(QAccessibleAttributesInterface):
    """The level of a heading."""

    def __init__(self, about: _Interface) -> None:
        super().__init__()
        self._about = about

    def attributeKeys(self) -> list[Attribute]:
        return [Attribute.Level]

    def attributeValue(self, key: Attribute) -> Any:
        return self._about.heard.heard_level if key == Attribute.Level else None


def _address(of: Any) -> int:
    return cast(int, VoidPtr(getCppPointer(of)[0]))
