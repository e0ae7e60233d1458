"""Words in which mail and web addresses can be clicked."""

import re
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel

from app.ui.kit.menu import Entry, menu
from app.ui.kit.outside import addresses, open_address, target_of
from app.ui.kit.widgets.text import label

BREAK = "\u200b"
"""Seen by nobody: a line of rich text may break here."""

_MAY_BREAK = re.compile(r"[@./_?&=-]|[^@./_?&=-]{16}")


class _Linked(QLabel):
    """Words with addresses; a long one goes on in the next line. What is copied is what was written."""

    def __init__(self, text: str, spans: list[tuple[int, int]], wrap: bool) -> None:
        super().__init__(_marked_up(text, spans))
        self._plain = text
        self._marked_up = self.text()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(wrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.linkActivated.connect(open_address)
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        """Links have the colour of the moment in which they are set."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_marked_up"):
            self.setText("")
            self.setText(self._marked_up)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Shift+Tab leaves from a link; Qt would find the same link again and never let the keyboard go."""
        if not forward and self.hasSelectedText():
            return QFrame.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu(self, [Entry("Kopieren", self._copy, "copy", "Ctrl+C")], passing=True).popup(event.globalPos())

    def _copy(self) -> None:
        chosen = self.selectedText().replace(BREAK, "")
        QGuiApplication.clipboard().setText(chosen or self._plain)


def linked(text: str, *, wrap: bool = True) -> QLabel:
    """A label to read, select and copy; addresses in it open by mouse, or by Tab and Enter."""
    spans = list(addresses(text))
    if not spans:
        return label(text, wrap=wrap, selectable=True)
    return _Linked(text, spans, wrap)


def _marked_up(text: str, spans: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in spans:
        address = text[start:end]
        parts += [
            escape(text[done:start]),
            f'<a href="{escape(target_of(address))}">{_breakable(address)}</a>',
        ]
        done = end
    return "".join([*parts, escape(text[done:])]).replace("\n", "<br>")


def _breakable(address: str) -> str:
    return escape(_MAY_BREAK.sub(lambda part: part[0] + BREAK, address))
