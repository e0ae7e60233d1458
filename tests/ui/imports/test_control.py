"""The control in the window: in the check, beside the last step, and in the report of a delivery."""

import re
from dataclasses import replace
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
from tests.ui.imports.test_check_step import NEW, OLD, written
from tests.ui.words import answer, press, shown, texts, tips

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


def test_a_saved_report_names_what_will_not_print(
    qtbot: QtBot, page: ImportsPage, context: Context, tmp_path: Path
) -> None:
    report = replace(kept_report(context.database, 1), notices=("Kopfzeile „مرحبا“ übergangen.",))
    dialog = ImportReportDialog(context, report, lambda: report, page)
    for name, named in (("bericht.pdf", True), ("bericht.xlsx", False)):
        with qtbot.waitSignal(context.saved) as saved:
            dialog.save_to(tmp_path / name)
        assert ("Auf dem Papier steht ▯ statt „م“ (U+0645)" in saved.args[0]) is named
        assert str(tmp_path / name) in saved.args[0]


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


def cells(dialog: ImportReportDialog, title: str) -> list[list[str]]:
    """What a tab of the report shows, cell by cell."""
    titles = [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]
    dialog.tabs.setCurrentIndex(titles.index(title))
    [table] = [one for one in dialog.findChildren(Table) if one.isVisible()]
    return [[column.text(row) for column in table.shown_columns()] for row in table.shown_rows()]


def test_an_unsure_row_stands_beside_the_booking_it_may_be(
    page: ImportsPage, context: Context, tmp_path: Path
) -> None:
    taken(context, written(tmp_path / "a.csv", *OLD))
    dialog = open_batch_report(context, page, taken(context, written(tmp_path / "b.csv", *NEW)))
    assert cells(dialog, "Unsicher 2") == [
        ["2", "11.03.2026", "570", "Miete 03 März", "10.03.2026 · Miete März", "10,00"],
        ["3", "12.03.2026", "570", "Druck", "12.03.2026 · Druck", "20,00"],
    ]
    changed = cells(dialog, "Geändert 2")
    assert changed[0][4:] == ["Betrag 31,00 (bisher 30,00)", "31,00 (vorher 30,00)", "übernommen"]
    assert changed[1][4:] == [
        "Datum 15.03.2026 (bisher 14.03.2026); Sachkonto 43 (bisher 42)", "40,00", "übernommen",
    ]  # fmt: skip
    assert [row[-1] for row in cells(dialog, "Entfallen 3")] == ["behalten"] * 3
    dialog.reject()


def test_what_was_decided_stands_in_the_report(
    qtbot: QtBot, page: ImportsPage, context: Context, tmp_path: Path
) -> None:
    taken(context, written(tmp_path / "a.csv", *OLD))
    read(qtbot, page, written(tmp_path / "b.csv", *NEW))
    page.check_step.decide_all("check.leave")
    page.check_step.decide_all("check.remove")
    page.go_forward()
    page.apply_step.write_button.click()
    idle(qtbot, page)
    dialog = open_batch_report(context, page, 3)
    assert [row[-1] for row in cells(dialog, "Geändert 2")] == ["nicht übernommen"] * 2
    assert [(row[3], row[-1]) for row in cells(dialog, "Entfallen 3")] == [
        ("Strom", "entfernt"), ("Bücher", "entfernt"), ("Tee", "entfernt"),
    ]  # fmt: skip
    dialog.reject()


def test_refused_cells_are_listed_with_their_place(page: ImportsPage, context: Context) -> None:
    dialog = open_batch_report(context, page, taken(context, SAMPLES / "einzelposten_fehler.xlsx"))
    refused = cells(dialog, "Abgelehnt 3")
    assert refused[0] == ["3", "Betrag in Hauswährung", "zwölf", "„zwölf“ ist kein Betrag.", ""]
    assert [row[0] for row in refused] == ["3", "5", "6"]
    assert refused[1][-1] == "270,61"
    dialog.reject()


def test_the_report_of_a_delivery_taken_back_says_so(page: ImportsPage, context: Context) -> None:
    import_bookings.undo(context.database, 1)
    dialog = open_batch_report(context, page, 1)
    assert "Diese Lieferung wurde zurückgenommen" in texts(dialog)
    dialog.reject()


@pytest.mark.parametrize("words", ["Als PDF speichern …", "Als Excel speichern …"])
def test_the_buttons_ask_where_and_save(
    qtbot: QtBot, page: ImportsPage, context: Context, tmp_path: Path, words: str
) -> None:
    dialog = open_batch_report(context, page, 1)
    press(dialog, words)
    target = tmp_path / ("bericht.pdf" if "PDF" in words else "bericht.xlsx")
    answer(target)
    idle(qtbot, page)
    assert target.read_bytes()[:4] == (b"%PDF" if "PDF" in words else b"PK\x03\x04")
    dialog.reject()


def test_the_same_file_leads_to_the_report_it_left(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, MARCH)
    page.earlier.action.click()
    dialog = shown(ImportReportDialog)
    assert "Übernommen als Lieferung 1 am" in texts(dialog)
    dialog.reject()


def test_single_lines_that_replace_a_sum_are_listed(
    page: ImportsPage, context: Context, tmp_path: Path
) -> None:
    sums = tmp_path / "k.csv"
    sums.write_text("Innenauftrag;Monat;Ist kumuliert\n999;07/2026;100,00\n", encoding="utf-8")
    taken(context, sums)
    lines = [["03.07.2026", "50", "1", "999", "42", "60,00", "Miete", "1"]]
    dialog = open_batch_report(context, page, taken(context, written(tmp_path / "b.csv", *lines)))
    assert cells(dialog, "Ersetzt 1") == [["31.07.2026", "999", "100,00", "0,00"]]
    dialog.reject()


def test_a_total_that_differs_is_marked_in_the_list_of_deliveries(
    page: ImportsPage, context: Context
) -> None:
    taken(context, SAMPLES / "einzelposten_summe_falsch.xlsx")
    page.refresh_if_stale()
    table = page.file_step.table
    control = next(column for column in table.model.columns if column.key == "control")
    said = {row.id: control.text(row) for row in table.rows()}
    assert said == {1: "stimmt", 2: "weicht ab"}
