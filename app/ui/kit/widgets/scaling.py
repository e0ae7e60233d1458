"""Measures that follow the size of the text, also when it is changed while the window is open."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

NORMAL_POINTS = 10


def text_scale(widget: QWidget) -> float:
    """How much larger the text is than normal; never less than 1, because icons and bars do not become smaller."""
    return max(1.0, widget.font().pointSizeF() / NORMAL_POINTS)


class _Follower(QObject):
    def __init__(self, widget: QWidget, apply: Callable[[int], object], pixels: int) -> None:
        super().__init__(widget)
        self._widget, self._apply, self._pixels = widget, apply, pixels
        widget.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self._apply(round(self._pixels * text_scale(self._widget)))


def follow_text(widget: QWidget, apply: Callable[[int], object], pixels: int) -> None:
    """`apply`, such as `widget.setFixedWidth`, gets as many pixels as `pixels` are for normal text.

    Now, and whenever the text of the widget gets another size.
    """
    _Follower(widget, apply, pixels)
