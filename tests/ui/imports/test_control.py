"""The control in the window: in the check, beside the last step, and in the report of a delivery."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.bookings.import_report import ImportReport
from app.ui.context import Context
from app.ui.finance.changes_dialog import FinanceChangesDialog
from app.ui.imports.control_table import ControlTable
from app.ui.imports.page import APPLY, CHECK, FILE, ImportsPage
from app.ui.imports.report_dialog import ImportReportDialog, open_batch_report
from app.ui.kit.table.table import Table
from app.workflows.bookings import import_bookings
from app.workflows.bookings.save_import_report import kept_report
from tests.paths import SAMPLES
from tests.ui.words import press, shown, tips

MARCH, JUNE = SAMPLES / "einzelposten_2026-03.xlsx", SAMPLES / "einzelposten_2026-06.xlsx"


def taken(context: Context, path: Path) -> int:
    database = context.database
    batch = import_bookings.apply(database, import_bookings.prepare(database, path), skip_rejected=True).batch
    assert batch is not None
    return batch


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportsPage:
    taken(context, MARCH)
    page = ImportsPage(context)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    return page


def read(qtbot: QtBot, page: ImportsPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)


def idle(qtbot: QtBot, page: ImportsPage) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def states(control: ControlTable) -> set[str]:
    state = next(column for column in control.table.model.columns if column.key == "state")
    return {state.text(row) for row in control.table.rows()}


def test_the_same_file_is_said_before_reading_on(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, MARCH)
    assert "schon als Lieferung 1 übernommen" in page.earlier.text
    assert page.earlier.isVisible()
    page.start_again()
    assert not page.earlier.isVisible()
    import_bookings.undo(page.context.database, 1)
    read(qtbot, page, MARCH)
    assert "zurückgenommen. Sie lässt sich wieder übernehmen" in page.earlier.text
    page.start_again()
    read(qtbot, page, JUNE)
    assert not page.earlier.isVisible()


def test_a_difference_is_explained_in_the_check(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, SAMPLES / "einzelposten_summe_falsch.xlsx")
    assert "Unterschied 10,00 €" in page.check_step.control.text
    qtbot.waitUntil(lambda: "Keine ausgelassene Zeile erklärt ihn" in page.check_step.control.text)
    page.check_step.control.action.click()
    qtbot.waitUntil(lambda: page.findChild(ImportReportDialog) is not None)
    dialog = page.findChild(ImportReportDialog)
    assert dialog is not None
    assert states(dialog.control) == {"stimmt"}
    dialog.reject()


def test_forecast_and_truth_stand_beside_the_last_step(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, JUNE)
    page.go_forward()
    idle(qtbot, page)
    panel = page.apply_step.control
    assert panel.isVisible()
    assert "stimmt mit der Gesamtsumme" in panel.total.text
    before = list(panel.places.table.rows())
    assert states(panel.places) == {"stimmt", "erklärt"}
    (shown,) = panel.places.table.shown_rows()  # only what differs, and it is chosen
    assert [item.text for item in panel.places.items.rows()] == [shown.items[0].text]
    panel.places.only.setChecked(False)
    assert len(panel.places.table.shown_rows()) == len(before) > 20
    page.apply_step.write_button.click()
    idle(qtbot, page)
    assert page.stepper.current == APPLY
    assert list(panel.places.table.rows()) == before
    assert panel.total.action.isVisible()


def test_a_delivery_opens_its_report(qtbot: QtBot, page: ImportsPage) -> None:
    taken(page.context, JUNE)
    page.start_again()
    page.refresh_if_stale()
    assert page.stepper.current == FILE
    assert not page.file_step.report_button.isEnabled()
    page.file_step.table.select(2)
    qtbot.mouseClick(page.file_step.report_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(ImportReportDialog)
    assert dialog is not None
    titles = [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]
    assert titles == ["Übersicht", "Kontrolle", "Geändert 2", "Entfallen 1", "Übersprungen 8"]
    dialog.tabs.setCurrentIndex(titles.index("Geändert 2"))
    [changed] = [one for one in dialog.findChildren(Table) if one.isVisible()]
    said = [[column.text(row) for column in changed.shown_columns()] for row in changed.rows()]
    assert [row[-1] for row in said] == ["übernommen", "übernommen"]
    dialog.reject()


def test_a_report_is_saved_from_the_dialog(
    qtbot: QtBot, page: ImportsPage, context: Context, tmp_path: Path
) -> None:
    batch = taken(context, JUNE)
    dialog = open_batch_report(context, page, batch)
    target = tmp_path / "bericht.pdf"
    dialog.save_to(target)
    idle(qtbot, page)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(target.read_bytes())).pages)
    assert f"Übernommen als Lieferung {batch}" in re.sub(r"\s+", " ", text)
    dialog.reject()
    report: ImportReport = kept_report(context.database, batch)
    assert report.batch == batch


def test_a_delivery_says_how_its_sum_stands_and_what_it_changed(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: len(page.file_step.table.rows()) == 1)
    found = tips(page.file_step.table.model)
    assert any(tip.startswith("Summe der Zeilen ") and "Gesamtsumme der Datei" in tip for tip in found)
    page.file_step.table.select_position(0)
    press(page.file_step, "Was ist anders? …")
    changes = shown(FinanceChangesDialog)
    assert changes.isVisible()
    changes.reject()
