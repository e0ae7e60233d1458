"""Menus said as data: one list of entries, one place that builds them.

menu(self, [
    Entry("Bearbeiten", self.edit, "edit"),
    None,  # a line
    Entry("Löschen", self.remove, "trash", keys="Del"),
]).popup(place)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.ui.kit import icons
from app.ui.kit.actions import key_text
from app.ui.kit.choosing import choose_for_menu
from app.ui.kit.mnemonics import letter_menu
from app.ui.kit.plain import plain

B = TypeVar("B", QPushButton, QToolButton)

MOST_LETTERS = 80
"""A longer name loses its middle in a menu, so that the menu stays on the screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `keys` are shown, not bound: the widget listens to them itself.

    `checked`: None is no check mark; with one, `call` happens at every change of it.
    """

    text: str
    call: Callable[[], object]
    icon: str = ""
    keys: str = ""
    enabled: bool = True
    checked: bool | None = None


Entries = Iterable[Entry | QMenu | None]
"""Entries in order; a menu becomes a submenu, None a line between entries."""


class Menu(QMenu):
    """Each entry gets a letter when it opens; who fills it just then asks for them afterwards."""

    def __init__(self, *said: Any) -> None:
        super().__init__(*said)
        self.aboutToShow.connect(self._letter)

    def _letter(self) -> None:
        letter_menu(self)


class StayOpenMenu(Menu):
    """Clicking or pressing the space bar on a checkable entry leaves the menu open."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.toggle()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.toggle()
            return
        super().keyPressEvent(event)


def menu(
    parent: QWidget, entries: Entries = (), *, passing: bool = False, title: str = "", icon: str = ""
) -> QMenu:
    """A menu of these entries; a `passing` one, such as a context menu, goes away when it closes.

    `title` and `icon` are how it stands as a submenu in another one.
    """
    result = Menu(title, parent)
    result.setToolTipsVisible(True)
    if icon:
        result.setIcon(icons.icon(icon))
    if passing:
        result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    fill(result, entries)
    return result


def fill(target: QMenu, entries: Entries) -> list[QAction]:
    """Put entries at the end of a menu; the actions that were made for them, in order."""
    made = []
    for entry in entries:
        if entry is None:
            target.addSeparator()
        elif isinstance(entry, QMenu):
            target.addMenu(entry)
        else:
            made.append(_add(target, entry))
    return made


def opens_menu(control: B, entries: Entries | QMenu = ()) -> B:
    """The same button, which now opens a menu and shows that it does."""
    control.setProperty("menu", True)
    control.setMenu(entries if isinstance(entries, QMenu) else menu(control, entries))
    if isinstance(control, QToolButton):
        control.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return control


def opens_fresh_menu(control: B, entries: Callable[[], Entries]) -> B:
    """The same button, which now opens a menu that is filled anew each time."""
    target = menu(control)

    def refill() -> None:
        target.clear()
        fill(target, entries())
        letter_menu(target)

    target.aboutToShow.connect(refill)
    return opens_menu(control, target)


def _add(target: QMenu, entry: Entry) -> QAction:
    shown = entry.text
    if len(shown) > MOST_LETTERS:  # the end may be what tells it from another one
        shown = f"{shown[: MOST_LETTERS * 2 // 3]}…{shown[-MOST_LETTERS // 3 :]}"
    text = shown.replace("&", "&&")  # a sign of the name, not of a key
    action = target.addAction(f"{text}\t{key_text(entry.keys)}" if entry.keys else text)
    if shown != entry.text:
        action.setToolTip(plain(entry.text))
        target.setToolTipsVisible(True)
    if entry.icon:
        action.setIcon(icons.icon(entry.icon))
    action.setEnabled(entry.enabled)
    if entry.checked is not None:
        action.setCheckable(True)
        action.setChecked(entry.checked)
    changed = action.triggered if entry.checked is None else action.toggled
    changed.connect(lambda _checked=False: entry.call())
    return action


def right_click(widget: QWidget, build: Callable[[], QMenu]) -> None:
    """A right click, or the menu key, pops up what `build` makes just then; in a list, for the row it is about."""
    place = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget

    def pop_up(at: QPoint) -> None:
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            at = choose_for_menu(widget, at)
        shown = build()
        if shown.isEmpty():
            shown.deleteLater()
        else:
            shown.popup(place.mapToGlobal(at))

    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(pop_up)


def popup_below(control: QWidget, shown: QMenu) -> None:
    """Pop a menu up under a button."""
    shown.popup(control.mapToGlobal(QPoint(0, control.height() + 2)))
