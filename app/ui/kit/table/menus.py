"""Menus of a table: what can be done with rows, and which columns are shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit import icons
from app.ui.kit.actions import key_text
from app.ui.kit.menu import StayOpenMenu
from app.ui.kit.table.columns import Column
from app.ui.kit.table.header import Header

R = TypeVar("R")


@dataclass(frozen=True)  # no slots: "RowAction[Row](...)" cannot set its type on them
class RowAction(Generic[R]):
    """An entry of the context menu that works on the selected rows. `allowed`: is it offered for them?"""

    text: str
    call: Callable[[list[R]], object]
    icon: str = ""
    allowed: Callable[[list[R]], bool] = bool


def one(rows: list[Any]) -> bool:
    """`allowed` of an action that works on a single row."""
    return len(rows) == 1


def add_entry(menu: QMenu, text: str, icon: str, call: Callable[[], object], keys: str = "") -> None:
    """One entry; `keys` are shown, not bound: the grid listens to them itself."""
    action = menu.addAction(f"{text}\t{key_text(keys)}" if keys else text)
    if icon:
        action.setIcon(icons.icon(icon))
    action.triggered.connect(lambda _checked=False: call())


def column_menu(
    parent: QWidget,
    header: Header,
    columns: Sequence[Column[Any]],
    show: Callable[[int, bool], None],
    forget: Callable[[], None],
    always: Collection[int] = (),
) -> QMenu:
    """A check mark for each column, and the way back to how it was declared. `always`: these cannot be hidden."""
    menu = StayOpenMenu("Spalten", parent)
    menu.setIcon(icons.icon("columns"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, not isinstance(parent, QMenu))
    for position, column in enumerate(columns):
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setEnabled(position not in always)
        action.setChecked(not header.isSectionHidden(position))
        action.toggled.connect(lambda on, position=position: show(position, on))
    menu.addSeparator()
    menu.addAction("Spalten wie am Anfang").triggered.connect(lambda _checked=False: forget())
    return menu
