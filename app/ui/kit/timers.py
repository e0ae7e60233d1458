"""Calls that wait: until nobody types any more, or for the next turn of the event loop."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, call: Callable[[], object], after_ms: int = 0) -> QTimer:
    """A timer that calls once, so many milliseconds after it was started last; 0: in the next turn of the loop."""
    timer = QTimer(owner, singleShot=True, interval=after_ms)
    timer.timeout.connect(call)
    return timer
