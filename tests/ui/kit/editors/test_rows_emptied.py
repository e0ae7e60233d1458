"""Every list inside a form takes a new row, whatever stands, or no longer stands, in the rows it has."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.master_data.catalogues import Catalogue
from app.ui.agreements.goals import GoalsEditor
from app.ui.agreements.record.funding.instalments_form import InstalmentsBody
from app.ui.context import Context
from app.ui.grants.form import GrantForm
from app.ui.kit.editors import RowsEditor
from app.ui.settings.office_form import office_body
from app.ui.settings.sections import catalogue_dialog
from tests.ui.deadlines.test_calendar import TODAY

FORMS: dict[str, Callable[[Context], QWidget]] = {
    "goals": lambda _context: GoalsEditor([(1, "Treff")]),
    "grant": lambda _context: GrantForm(TODAY),
    "instalments": lambda _context: InstalmentsBody(100_000),
    "office": lambda _context: office_body(),
    "blocks": lambda context: catalogue_dialog(context, Catalogue.BUILDING_BLOCKS, "Bausteine", None),
}


def type_into(rows: RowsEditor, line: int, column: int, text: str) -> None:
    """Open a cell, write in place of what stood there, and leave it by Enter."""
    rows.cells.finish()  # of the cell before
    index = rows.rows_model.index(line, column)
    rows.grid.setCurrentIndex(index)
    rows.grid.edit(index)
    fields = rows.grid.viewport().findChildren(QLineEdit)
    for field in [one for one in fields if one.isVisible() and not one.isReadOnly()]:
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("text", ["", " ", "abc", "9" * 25, "0"])
@pytest.mark.parametrize("form", FORMS)
def test_a_row_can_be_added_after_one_that_was_emptied(
    qtbot: QtBot, context: Context, form: str, text: str
) -> None:
    shown = FORMS[form](context)
    qtbot.addWidget(shown)
    shown.show()
    lists = [shown] if isinstance(shown, RowsEditor) else shown.findChildren(RowsEditor)
    assert lists
    for rows in lists:
        before = len(rows.rows_model.rows)
        rows.add.click()
        for column in range(len(rows.rows_model.columns)):
            type_into(rows, before, column, text)
        rows.add.click()
        rows.move_row(-1)
        rows.add.click()
        assert len(rows.rows_model.rows) == before + 3
        assert "None" not in [index_text(rows, line) for line in range(before + 3)]
        rows.remove_row()
        assert len(rows.rows_model.rows) == before + 2


def index_text(rows: RowsEditor, line: int) -> str:
    """What the first cell of a row shows."""
    return str(rows.rows_model.index(line, 0).data())
