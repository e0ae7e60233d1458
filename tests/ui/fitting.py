"""What finds no room in a window: words that are cut, fields that are too low, things that lie over each other."""

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedLayout,
    QToolButton,
    QWidget,
)

ALWAYS_WHOLE = 22
"""Words of so many letters are never cut; longer ones may be, and are then said on hover."""
HAIR = 1
"""Pixels by which rounding may err."""


def faults(window: QWidget) -> list[str]:
    """Everything visible in `window` that has less room than it needs."""
    return [fault for widget in window.findChildren(QWidget) if _seen(widget) for fault in _of(widget)]


def _seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.isWindow() and widget.width() > 0


def _of(widget: QWidget) -> Iterator[str]:
    name = f"{type(widget).__name__} {words(widget)[:60]!r}"
    if isinstance(widget, QLabel) and widget.text():
        yield from _label(widget, name)
    elif isinstance(widget, QPushButton):
        yield from _button(widget, name)
    elif isinstance(widget, QCheckBox | QRadioButton | QToolButton):
        hint = widget.minimumSizeHint()
        if widget.width() + HAIR < hint.width() or widget.height() + HAIR < hint.height():
            yield f"{name}: {widget.size().toTuple()} statt {hint.toTuple()}"
    elif isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QComboBox):
        pass  # the box around it is what has a frame
    elif isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox):
        least = min(widget.minimumSizeHint().height(), widget.sizeHint().height())
        if widget.height() + HAIR < least:
            yield f"{name}: {widget.height()} hoch statt {least}"
    yield from _place(widget, name)


def _label(label: QLabel, name: str) -> Iterator[str]:
    if label.wordWrap():
        height = label.heightForWidth(label.width())
        if label.height() + HAIR < height:
            yield f"{name}: {label.height()} hoch statt {height}"
        return
    hint = label.sizeHint()
    if label.height() + HAIR < hint.height():
        yield f"{name}: {label.height()} hoch statt {hint.height()}"
    if label.width() + HAIR < hint.width() and (len(label.text()) <= ALWAYS_WHOLE or not label.toolTip()):
        yield f"{name}: {label.width()} breit statt {hint.width()}"


def _button(button: QPushButton, name: str) -> Iterator[str]:
    hint = button.sizeHint()
    if button.height() + HAIR < hint.height():
        yield f"{name}: {button.height()} hoch statt {hint.height()}"
    if button.width() + HAIR < hint.width() and (len(button.text()) <= ALWAYS_WHOLE or not button.toolTip()):
        yield f"{name}: {button.width()} breit statt {hint.width()}"


def _place(widget: QWidget, name: str) -> Iterator[str]:
    """Inside the widget it belongs to, and beside the others there; what scrolls may reach beyond its opening."""
    around = widget.parentWidget()
    if around is None or _scrolls(around) or around.layout() is None:
        return
    if not around.rect().adjusted(-HAIR, -HAIR, HAIR, HAIR).contains(widget.geometry()):
        yield f"{name}: ragt über {type(around).__name__} hinaus"
    if isinstance(around.layout(), QStackedLayout):
        return
    for other in around.children():
        if isinstance(other, QWidget) and other is not widget and _seen(other):
            common = widget.geometry().intersected(other.geometry())
            if common.width() > HAIR and common.height() > HAIR:
                yield f"{name}: liegt über {type(other).__name__} {words(other)[:60]!r}"


def _scrolls(widget: QWidget) -> bool:
    """Whether it is the opening of an area that scrolls, or such an area itself."""
    return isinstance(widget, QAbstractScrollArea) or isinstance(widget.parentWidget(), QAbstractScrollArea)


def words(widget: QWidget) -> str:
    """What tells it from others."""
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else widget.accessibleName()
