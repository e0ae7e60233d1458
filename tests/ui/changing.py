"""Changing a field of several records as a person does: by the context menu of the list, in the dialog."""

from typing import Any

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.ui.kit.change_field import FieldDialog
from app.ui.kit.table.frame import GridFrame
from tests.ui.words import entry, field, shown


def open_for(table: GridFrame[Any], *positions: int) -> FieldDialog[Any]:
    """The dialog for the rows at these positions."""
    table.grid.clearSelection()
    model = table.grid.selectionModel()
    for position in positions:
        model.select(table.model.index(position, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)
    model.setCurrentIndex(table.model.index(positions[0], 0), model.SelectionFlag.NoUpdate)
    entry(table.row_menu(), "Feld ändern …").trigger()
    return shown(FieldDialog)


def choose(dialog: FieldDialog[Any], title: str) -> None:
    """Choose the field by its title."""
    found = field(dialog, "Feld")
    assert isinstance(found, QComboBox)
    position = found.findText(title)
    assert position >= 0, [found.itemText(place) for place in range(found.count())]
    found.setCurrentIndex(position)
    found.activated.emit(position)


def field_titles(dialog: FieldDialog[Any]) -> list[str]:
    """The fields that can be changed; each is chosen once, to see that it can be."""
    names = [one.title for one in dialog.fields]
    for name in names:
        choose(dialog, name)
    return names


def saved(qtbot: QtBot, dialog: FieldDialog[Any]) -> None:
    """Press "Ändern" and wait until it is done."""
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
