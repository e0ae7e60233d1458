"""Letters that are pressed with Alt: underlined in menus, and on buttons and captions while Alt is held.

They are found for the words that are shown together, so that no two of them share one; nobody writes them by hand.
"""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QMenu, QPushButton, QWidget
from shiboken6 import isValid

from app.ui.kit.tab_order import ZONE, Zone

Control = QAbstractButton | QLabel


def lettered(words: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """The words, each with "&" before a letter of its own: its first, or one that begins a word, or any.

    `taken` are letters that are not free. Words for which no letter is left stay as they are.
    """
    free_not = {letter.casefold() for letter in taken}
    places: dict[int, int] = {}
    for wanted in (_first, _beginnings, _letters):
        for at, text in enumerate(words):
            place = next((one for one in wanted(text) if text[one].casefold() not in free_not), None)
            if at not in places and place is not None:
                places[at] = place
                free_not.add(text[place].casefold())
    return [_marked(text, places.get(at)) for at, text in enumerate(words)]


def letter_of(text: str) -> str:
    """The letter after the sign, small; empty if there is none."""
    at = text.replace("&&", "  ").find("&")
    return text[at + 1].casefold() if at >= 0 else ""


def without(text: str) -> str:
    """Words as they are read, without the sign of a letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def letter_menu(menu: QMenu) -> None:
    """Give each entry of a menu a letter."""
    actions = [action for action in menu.actions() if not action.isSeparator()]
    parts = [action.text().partition("\t") for action in actions]
    marked = lettered([without(words) for words, _, _ in parts])
    for action, plain, (before, tab, keys) in zip(actions, marked, parts, strict=True):
        if "&&" not in before:  # a sign of a name: left alone
            action.setText(plain + tab + keys)


class Letters:
    """The letters of what a window shows, while Alt is held."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._shown: list[tuple[Control, str, str]] = []  # what it said before, and what it says now

    def show(self, bar: Sequence[QAction] = ()) -> None:
        """Mark buttons and captions of fields; letters of the menu bar are taken."""
        self.hide()
        controls = list(_controls(self._window))
        words = [control.text() for control in controls]
        taken = [letter_of(action.text()) for action in bar]
        for control, before, now in zip(controls, words, lettered(words, taken), strict=True):
            if now != before:
                _write(control, now)
                self._shown.append((control, before, now))

    def hide(self) -> None:
        """Take the marks away; what says something else by now keeps that."""
        shown, self._shown = self._shown, []
        for control, before, now in shown:
            if isValid(control) and control.text() == now:
                _write(control, before)


def _controls(window: QWidget) -> Iterator[Control]:
    """What can have a letter: first what ends a dialog, the same in each; buttons; captions."""
    parts = [one for one in window.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    buttons = [one for one in parts if isinstance(one, QPushButton | QCheckBox) and one.shortcut().isEmpty()]
    buttons.sort(key=lambda one: one.property(ZONE) != Zone.FOOT)
    captions = (one for one in parts if isinstance(one, QLabel) and one.buddy())
    yield from (one for one in (*buttons, *captions) if one.text() and "&" not in one.text())


def _write(control: Control, words: str) -> None:
    """With the sign of a letter: the kit's own buttons would show it (`AsWritten`)."""
    if isinstance(control, QAbstractButton):
        QAbstractButton.setText(control, words)
    else:
        control.setText(words)


def _marked(text: str, place: int | None) -> str:
    return text if place is None else f"{text[:place]}&{text[place:]}"


def _first(text: str) -> Iterator[int]:
    yield from (at for at in range(min(len(text), 1)) if text[at].isalnum())


def _beginnings(text: str) -> Iterator[int]:
    yield from (at for at, sign in enumerate(text) if sign.isalnum() and (not at or text[at - 1] in " -„("))


def _letters(text: str) -> Iterator[int]:
    yield from (at for at, sign in enumerate(text) if sign.isalpha())
