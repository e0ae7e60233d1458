"""The context menu of a line of the matrix."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.table.menus import add_entry

Entry = tuple[str, str, Callable[[], object]]
"""Text, icon name (or ""), what happens."""


def line_menu(parent: QWidget, entries: Sequence[Entry | None]) -> QMenu:
    """A menu that goes away by itself; None is a line between entries."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            add_entry(menu, *entry)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
