"""The dialogs of finance's own workbooks: stored, mapped, used, deleted and brought back."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from app.services.finance import finance_layouts
from app.ui.context import Context
from app.ui.finance.finance_dialog import FinanceDialog
from app.ui.finance.layout_mapping import LayoutMappingDialog
from app.ui.finance.layouts_dialog import LayoutsDialog
from app.ui.shell.errors import ErrorReporter
from db.models import Model
from tests.sheets.layout.layout_samples import finance_book, with_macros
from tests.ui.words import answer, press

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(context: Context, window: QWidget) -> FinanceDialog:
    with context.database.write("Budget") as session:
        values = {"number": "B26", "title": "Eins", "year": 2026, "planned_cents": 100_00}
        session.execute(insert(Model.metadata.tables["budget"]).values(values))
        booking = {
            "source": "finance", "day": date(2026, 1, 2), "budget_year": 2026, "amount_cents": 7_50, "is_income": False,
            "occurrence": 1,
        }  # fmt: skip
        session.execute(insert(Model.metadata.tables["booking"]).values(booking))
    return FinanceDialog(context, window, 2026).shown()


@pytest.fixture
def layouts(dialog: FinanceDialog) -> LayoutsDialog:
    dialog.manage_layouts()
    return dialog.findChildren(LayoutsDialog)[0]


def mapping(layouts: LayoutsDialog, qtbot: QtBot) -> LayoutMappingDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in layouts.findChildren(LayoutMappingDialog)))
    return next(one for one in layouts.findChildren(LayoutMappingDialog) if one.isVisible())


def add(
    layouts: LayoutsDialog, qtbot: QtBot, path: Path, content: bytes | None = None
) -> LayoutMappingDialog:
    path.write_bytes(content or finance_book())
    layouts.add_file(path)
    return mapping(layouts, qtbot)


def test_a_layout_is_stored_and_filled(
    dialog: FinanceDialog, layouts: LayoutsDialog, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    form = add(layouts, qtbot, tmp_path / "Kämmerei.xlsx")
    assert form.name.editor.value() == "Kämmerei"
    assert form.listed.editor.value() == "Einzelposten"
    assert form.header.editor.value() == 5
    assert form.field_of("Betrag EUR").editor.value() == "Betrag"
    assert form.field_of("Brutto").editor.value() is None
    assert "Zeilen 6 bis 7" in form.note.text
    form.save()
    assert [row.name for row in layouts.table.rows()] == ["Kämmerei"]
    layouts.accept()
    assert dialog.layout_choice.value() == "Kämmerei"
    dialog.save_to(tmp_path / "aus.xlsx")
    qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    page = openpyxl.load_workbook(tmp_path / "aus.xlsx")["Buchungen"]
    assert [page["A6"].value, page["F6"].value, page["A7"].value] == ["nicht zugeordnet", 7.5, "Summe"]
    assert context.ask(finance_layouts.last_used) == "Kämmerei"


def test_mapping_is_changed_later(
    layouts: LayoutsDialog, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    add(layouts, qtbot, tmp_path / "Kämmerei.xlsx").save()
    layouts.edit(layouts.table.rows()[0])
    form = mapping(layouts, qtbot)
    form.name.editor.set_value("Stadtkasse")
    form.field_of("Brutto").editor.set_value("Belegdatum")
    form.field_of("Brutto").editor.changed.emit()
    form.choose_sheet("Nur Text")
    assert "bleibt, wie es ist" in form.note.text
    assert form.header.isHidden()
    form.save()
    row = context.ask(finance_layouts.rows)[0]
    assert row.name == "Stadtkasse"
    assert row.mapping[0].fields[6] == "Belegdatum"
    assert row.mapping[1].listed is None


def test_another_header_row_is_proposed_for_anew(
    layouts: LayoutsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    form = add(layouts, qtbot, tmp_path / "Kämmerei.xlsx")
    form.preview.header_wanted.emit(2)
    assert form.header.editor.value() == 2
    assert form.mapping[0].header_row == 2
    assert "mindestens einer Spalte" in form.note.text
    form.listed.editor.set_value(None)
    form.listed.editor.changed.emit()
    form.save()
    assert form.isVisible()
    assert "mindestens einem Blatt" in form.problem.text


def test_deleting_offers_undo(
    layouts: LayoutsDialog, qtbot: QtBot, tmp_path: Path, dialog: FinanceDialog
) -> None:
    add(layouts, qtbot, tmp_path / "Kämmerei.xlsx").save()
    layouts.remove(layouts.table.selected())
    assert layouts.table.rows() == []
    assert dialog.layout_choice.value() is None
    assert layouts.line.buttons[0].isVisible()
    layouts.line.buttons[0].click()
    assert [row.name for row in layouts.table.rows()] == ["Kämmerei"]


def test_newer_file_and_a_second_layout(
    layouts: LayoutsDialog, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    add(layouts, qtbot, tmp_path / "Kämmerei.xlsx").save()
    second = add(layouts, qtbot, tmp_path / "Kämmerei.xlsx")
    assert second.name.editor.value() == "Kämmerei (2)"
    second.reject()
    (tmp_path / "neu.xlsx").write_bytes(with_macros(finance_book()))
    layouts.replace_file(layouts.table.rows()[0], tmp_path / "neu.xlsx")
    mapping(layouts, qtbot).save()
    row = context.ask(finance_layouts.rows)[0]
    assert (row.name, row.file_name) == ("Kämmerei", "neu.xlsm")


def test_the_buttons_work_on_the_chosen_layout(
    layouts: LayoutsDialog, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("Kämmerei", "Stadtkasse"):
        add(layouts, qtbot, tmp_path / f"{name}.xlsx").save()
    assert [row.name for row in layouts.table.rows()] == ["Kämmerei", "Stadtkasse"]
    layouts.table.select_position(1)
    press(layouts, "Zuordnung ändern")
    form = mapping(layouts, qtbot)
    assert form.name.editor.value() == "Stadtkasse"
    form.field_of("Brutto").editor.set_value("Belegdatum")
    form.field_of("Brutto").editor.changed.emit()
    press(form, "Speichern")
    (tmp_path / "neu.xlsx").write_bytes(with_macros(finance_book()))
    press(layouts, "Datei ersetzen …")
    answer(tmp_path / "neu.xlsx")
    press(mapping(layouts, qtbot), "Speichern")
    first, second = context.ask(finance_layouts.rows)
    assert (first.name, first.file_name) == ("Kämmerei", "Kämmerei.xlsx")
    assert 6 not in first.mapping[0].fields
    assert (second.name, second.file_name) == ("Stadtkasse", "neu.xlsm")
    assert second.mapping[0].fields[6] == "Belegdatum"  # what was mapped before goes on
    press(layouts, "Löschen")
    assert layouts.line.sentence.text() == "Vorlage „Stadtkasse“ gelöscht"
    assert [row.name for row in context.ask(finance_layouts.rows)] == ["Kämmerei"]


def test_the_buttons_wait_until_one_layout_is_chosen(
    layouts: LayoutsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("Kämmerei", "Stadtkasse"):
        add(layouts, qtbot, tmp_path / f"{name}.xlsx").save()
    layouts.table.grid.selectAll()
    for words in ("Zuordnung ändern", "Datei ersetzen …"):
        [found] = [one for one in layouts.findChildren(QPushButton) if one.text() == words]
        assert not found.isEnabled()
    press(layouts, "Löschen")
    assert layouts.line.sentence.text() == "Vorlagen „Kämmerei“, „Stadtkasse“ gelöscht"


def test_a_first_layout_is_asked_for(layouts: LayoutsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "Kasse.xlsx").write_bytes(finance_book())
    [add_first] = [
        one
        for one in layouts.findChildren(QPushButton)
        if one.text() == "Vorlage anlegen …" and one.isVisible()
    ]
    add_first.click()
    answer(tmp_path / "Kasse.xlsx")
    press(mapping(layouts, qtbot), "Speichern")
    assert [row.name for row in layouts.table.rows()] == ["Kasse"]


def test_refused_file_is_said(
    layouts: LayoutsDialog, qtbot: QtBot, tmp_path: Path, reporter: ErrorReporter
) -> None:
    reporter.install()
    (tmp_path / "bild.xlsx").write_bytes(b"\x89PNG\r\n")
    layouts.add_file(tmp_path / "bild.xlsx")
    qtbot.waitUntil(lambda: bool(reporter.shown))
    assert "ein Bild" in reporter.shown[0].text


def test_the_target_is_asked_for_with_a_name(dialog: FinanceDialog, qtbot: QtBot, tmp_path: Path) -> None:
    press(dialog, "Speichern unter …")
    answer(tmp_path / "finanzen.xlsx")
    qtbot.waitUntil((tmp_path / "finanzen.xlsx").exists)
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
