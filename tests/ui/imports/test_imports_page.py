"""The page Import with the real file, context and workbooks: nothing is written before the last step."""

import csv
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.domain.bookings.bookings import BookingField, RowState
from app.services import steps
from app.services.bookings import batches, column_profiles
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.ui.context import Context
from app.ui.imports.booking_rows import PreviewRow
from app.ui.imports.page import APPLY, CHECK, COLUMNS, FILE, ImportsPage
from app.ui.kit.table.table import Table
from app.ui.kit.widgets.figures import OldNew
from app.ui.shell.errors import ErrorReporter
from app.workflows.bookings import import_bookings
from db.models import Booking
from tests.paths import SAMPLES
from tests.ui.words import answer, press

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Betrag", "Text"]
LINES = [
    ["10.03.2026", "19", "1", "570", "4271000", "10,00", "Miete"],
    ["11.03.2026", "19", "2", "570", "4271000", "20,00", "Druck"],
    ["12.03.2026", "20", "1", "571", "4271000", "30,00", "Honorar"],
]


def written(path: Path, *lines: list[str], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *lines])
    return path


def bookings(context: Context) -> int:
    return context.ask(lambda session: session.scalar(select(func.count()).select_from(Booking)) or 0)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportsPage:
    with context.database.write("Budget") as session:
        budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100000, internal_order="570"))
    page = ImportsPage(context)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    page.show()
    return page


def read(qtbot: QtBot, page: ImportsPage, path: Path, step: int = CHECK) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page.stepper.current == step and not page.context.jobs.running)


def write(qtbot: QtBot, page: ImportsPage) -> None:
    page.go_forward()
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def preview(page: ImportsPage) -> Table[PreviewRow]:
    assert page.check_step.table is not None
    return page.check_step.table


def counts(page: ImportsPage) -> dict[str, int]:
    return {str(key): one.count for key, one in page.check_step.filter.buttons.items() if one.count}


def test_from_the_file_to_the_bookings(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, SAMPLES / "einzelposten_2026-03.xlsx")
    assert counts(page) == {"new": 66, "skipped": 5}
    assert "stimmt mit der Gesamtsumme" in page.check_step.control.text
    assert "nichts geschrieben" in page.check_step.hint.text()
    assert bookings(page.context) == 0
    page.go_forward()
    assert (page.stepper.current, bookings(page.context)) == (APPLY, 0)
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert bookings(page.context) == 66
    assert not page.back.isVisible()
    page.start_again()
    qtbot.waitUntil(lambda: page.header.sentence.startswith("1 Lieferung"))
    assert (page.stepper.current, len(page.file_step.table.rows())) == (FILE, 1)


def test_the_same_file_again_has_nothing_to_write(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", *LINES)
    read(qtbot, page, path)
    write(qtbot, page)
    read(qtbot, page, path)
    assert counts(page) == {"known": 3}
    page.go_forward()
    assert not page.apply_step.write_button.isVisible()


def test_what_was_checked_stays_until_another_file_is_read(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    step = page.check_step
    read(qtbot, page, written(tmp_path / "a.csv", *LINES))
    (broken := tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 kaputt")
    with qtbot.captureExceptions() as found:
        page.open_file(broken)
        qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert "b.xlsx" in str(found[0][1])
    assert (step.isEnabled(), counts(page)) == (True, {"new": 3})
    step.clear()
    assert not step.all_button.isEnabled()
    read(qtbot, page, written(tmp_path / "c.csv", *LINES[:2]))
    assert (step.isEnabled(), counts(page)) == (True, {"new": 2})


def test_old_and_new_stand_in_the_cell(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    read(qtbot, page, written(tmp_path / "a.csv", *LINES))
    write(qtbot, page)
    read(
        qtbot,
        page,
        written(tmp_path / "b.csv", ["11.03.2026", "19", "1", "571", "4271000", "11,00", "Miete"]),
    )
    (row,) = [row for row in preview(page).rows() if row.key == RowState.CHANGED]
    values = {column.key: column.value(row) for column in preview(page).model.columns}
    assert values["amount"] == OldNew("10,00", "11,00")
    assert values["day"] == OldNew("10.03.", "11.03.2026")
    assert values["order"] == OldNew("570", "571")


def test_what_was_put_right_is_said(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    read(qtbot, page, written(tmp_path / "gut.csv", *LINES))
    assert not page.check_step.notices.isVisible()
    read(qtbot, page, written(tmp_path / "umlaute.csv", [*LINES[0][:-1], "MÃ¼ller"]))
    assert page.check_step.notices.isVisible()
    assert "Müller" in page.check_step.notices.text


def test_counts_filter_the_rows(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    read(qtbot, page, written(tmp_path / "a.csv", *LINES, ["31.02.2026", "21", "1", "570", "", "1,00", ""]))
    assert [row.key for row in preview(page).shown_rows()] == [RowState.REJECTED]
    assert "31.02.2026" in preview(page).shown_rows()[0].reason
    page.check_step.filter.choose()
    assert len(preview(page).shown_rows()) == 4


def test_rejected_rows_are_left_out_only_when_she_says_so(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    read(qtbot, page, written(tmp_path / "a.csv", *LINES, ["31.02.2026", "21", "1", "570", "", "1,00", ""]))
    page.go_forward()
    assert not page.apply_step.write_button.isEnabled()
    assert page.apply_step.skip is not None
    page.apply_step.skip.setChecked(True)
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    assert bookings(page.context) == 3


def test_columns_assigned_by_hand_and_kept(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        ["10.03.2026", "5,00", "x"],
        ["11.03.2026", "6,00", "y"],
        header=["Tag", "Summe", "Notiz"],
    )
    read(qtbot, page, path, COLUMNS)
    step = page.columns_step
    assert not page.forward.isEnabled()
    step.fields[BookingField.DAY].editor.set_value("Tag")
    step.fields[BookingField.AMOUNT].editor.set_value("Summe")
    step.changed.emit()
    assert page.forward.isEnabled()
    step.name.setText("Kasse")
    step.keep.click()
    assert page.context.ask(column_profiles.names) == ["Kasse"]
    page.go_forward()
    qtbot.waitUntil(lambda: page.stepper.current == CHECK)
    assert counts(page) == {"new": 2}
    page.start_again()
    read(qtbot, page, path)
    assert page.prepared is not None
    assert page.prepared.profile == "Kasse"
    page.go_back()
    assert page.stepper.current == COLUMNS
    assert step.fields[BookingField.AMOUNT].editor.value() == "Summe"


def test_a_delivery_is_taken_back(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    read(qtbot, page, written(tmp_path / "a.csv", *LINES))
    write(qtbot, page)
    page.open_record(1)
    qtbot.waitUntil(lambda: len(page.file_step.table.rows()) == 1)
    page.file_step.table.select(1)
    assert page.file_step.undo_button.isEnabled()
    page.file_step.undo_button.click()
    qtbot.waitUntil(lambda: bookings(page.context) == 0)
    rows = page.context.ask(batches.rows)
    assert rows[0].undone_at is not None


def test_after_an_undo_nothing_says_that_it_was_written(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    read(qtbot, page, written(tmp_path / "a.csv", *LINES))
    write(qtbot, page)
    assert page.stepper.current == APPLY
    page.context.undo()
    qtbot.waitUntil(lambda: page.stepper.current == FILE)
    assert bookings(page.context) == 0


def test_nor_after_it_went_with_an_earlier_step(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    budget = BudgetInput("B26-1", "Treff", 2026, 100_00)
    page.context.do("Budget angelegt", budgets.save, None, budget)
    read(qtbot, page, written(tmp_path / "a.csv", *LINES))
    write(qtbot, page)
    page.context.undo(page.context.ask(steps.rows)[1].id)
    qtbot.waitUntil(lambda: page.stepper.current == FILE)
    assert bookings(page.context) == 0


def test_a_change_elsewhere_makes_the_check_again(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", *LINES)
    read(qtbot, page, path)
    import_bookings.apply(page.context.database, import_bookings.prepare(page.context.database, path))
    qtbot.waitUntil(lambda: counts(page) == {"known": 3})


def test_master_data_come_in_on_the_same_page(qtbot: QtBot, page: ImportsPage) -> None:
    read(qtbot, page, SAMPLES / "stammdaten.xlsx")
    assert page.stack.currentWidget() is page.master_step
    write(qtbot, page)
    numbers = page.context.ask(lambda session: [row.number for row in budgets.rows(session)])
    assert "B26-DOE" in numbers


def test_lines_that_replace_a_sum_are_shown_before_they_do(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    sums = written(
        tmp_path / "k.csv", ["570", "04/2026", "100,00"], header=["Innenauftrag", "Monat", "Ist kumuliert"]
    )
    read(qtbot, page, sums)
    write(qtbot, page)
    read(qtbot, page, written(tmp_path / "a.csv", ["20.04.2026", "30", "1", "570", "4271000", "65,00", "x"]))
    [row] = [one for one in preview(page).rows() if one.reason.startswith("Die Einzelposten ersetzen")]
    assert (row.reason, row.budget) == ("Die Einzelposten ersetzen diese Differenzbuchung", "B1")
    write(qtbot, page)
    total = select(func.sum(Booking.amount_cents))
    assert page.context.ask(lambda session: session.scalar(total)) == 6_500


def test_master_data_are_asked_for_below_the_lists_of_bookings(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path, reporter: ErrorReporter
) -> None:
    reporter.install()
    press(page, "Stammdaten aus Excel übernehmen …")
    answer(SAMPLES / "stammdaten.xlsx")
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)
    assert page.stack.currentWidget() is page.master_step
    page.start_again()
    press(page, "Stammdaten aus Excel übernehmen …")
    answer(written(tmp_path / "a.csv", *LINES))
    qtbot.waitUntil(lambda: bool(reporter.shown))
    assert ["In „a.csv“ ist kein Blatt der Stammdaten" in one.text for one in reporter.shown] == [True]
    assert page.stepper.current == FILE
