"""Words that people typed, for places where Qt guesses whether they are plain text or marked up.

A label says what it holds (`Words`). Tooltips, what F1 shows and the letters of buttons are guessed at: `<img src=...>`
in a name would be loaded from the disk or the network, `<a href>` would be a link, and "&" would vanish.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # what is mixed in is none of Qt's: it has one of them for each widget

_MARK = re.compile("[<&]")
_JOINED = "\\g<0>\u2060"
"""The sign, and after it one that is neither seen nor heard; no tag begins so."""


def plain(words: str) -> str:
    """The words as a tooltip that shows them as they were typed."""
    return _MARK.sub(_JOINED, words) if Qt.mightBeRichText(words) else words


class AsWritten(_Button):
    """Mixed into a button: "&" is a sign of its words and not of a key. Letters are found by `mnemonics`."""

    def setText(self, text: str) -> None:
        super().setText(text.replace("&", "&&"))

    def text(self) -> str:
        return super().text().replace("&&", "&")


class CheckBox(AsWritten, QCheckBox):
    """A box to tick, beside words."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setText(text)
