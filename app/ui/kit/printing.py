"""What Ctrl+P prints: the part of the window that is looked at, if it can be printed."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QWidget

NOTHING = "Hier gibt es nichts zu drucken."


@runtime_checkable
class Printable(Protocol):
    """A page, a record, a list that can be put on paper as it is shown."""

    def print_shown(self) -> object:
        """Begin to print what is shown."""


def printable(root: QWidget) -> Printable | None:
    """The largest part of `root` that can be printed and has the keyboard in it; else the first that is shown."""
    around: list[QWidget] = []
    part = QApplication.focusWidget()
    while part is not None and root.isAncestorOf(part):
        around.append(part)
        part = part.parentWidget()
    with_keyboard = [one for one in reversed([*around, root]) if isinstance(one, Printable)]
    shown = (one for one in root.findChildren(QWidget) if isinstance(one, Printable) and one.isVisible())
    return next(iter(with_keyboard), None) or next(shown, None)
