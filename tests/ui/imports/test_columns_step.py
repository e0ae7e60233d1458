"""The step "Spalten" through the real page: an odd list becomes the right amounts, and the next one needs no step."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.bookings.bookings import BookingField, Posting, RowState
from app.domain.bookings.read_settings import AmountSign, DateOrder, DebitCredit, HeaderLines, Unit
from app.services.bookings import column_profiles
from app.ui.context import Context
from app.ui.imports.columns_step import ColumnsStep
from app.ui.imports.page import APPLY, CHECK, COLUMNS, ImportsPage
from app.ui.kit.editors import WholeEditor
from app.ui.kit.form import Field as FormField
from app.ui.kit.widgets.figures import Pill
from db.models import Batch, Booking

LONG = "Verausgabter Betrag des laufenden Haushaltsjahres einschließlich aller Nachträge und Umbuchungen"
ODD = f"""Stadt Beispielhausen - Kasse;;;;
Ausgabenliste Quartiersarbeit;;;;
Wann gebucht wurde;Vorgangs-Kennzeichen;Bereich;{LONG};Zweck
03/15/2026;A-100;57001000;-12,5;Miete
03/04/2026;A-101;57001000;-0,845;Druck
12/01/2026;A-102;57002000;-1,2;Honorar
03/20/2026;A-103;57002000;0,2;Gutschrift
;;;-14,345;Summe
Erstellt am 03.04.2026 von Kasse;;;;
04/03/2026;;;-99,9;alte Liste
"""
NEXT = """Noch eine Titelzeile;;;;
""" + ODD.replace("A-1", "B-1").replace("03.04.2026", "05.05.2026")
WHERE, WHAT = "Wann gebucht wurde", "Vorgangs-Kennzeichen"


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportsPage:
    page = ImportsPage(context)
    qtbot.addWidget(page)
    page.resize(1040, 740)
    page.show()
    return page


def opened(qtbot: QtBot, page: ImportsPage, path: Path, text: str, step: int = COLUMNS) -> ColumnsStep:
    path.write_text(text, encoding="utf-8")
    page.open_file(path)
    qtbot.waitUntil(lambda: page.stepper.current == step and not page.context.jobs.running)
    return page.columns_step


def forward(qtbot: QtBot, page: ImportsPage) -> None:
    page.go_forward()
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)


def choose(field: FormField, value: object) -> None:
    field.editor.set_value(value)
    field.editor.changed.emit()


def assign_odd(step: ColumnsStep) -> None:
    for of, title in (
        (BookingField.DAY, WHERE),
        (BookingField.DOCUMENT_NUMBER, WHAT),
        (BookingField.INTERNAL_ORDER, "Bereich"),
        (BookingField.AMOUNT, LONG),
        (BookingField.TEXT, "Zweck"),
    ):
        choose(step.fields[of], title)
    choose(step.pane.date_order, DateOrder.MONTH_FIRST)
    choose(step.pane.unit, Unit.THOUSAND)
    choose(step.pane.sign, AmountSign.SPENDING_NEGATIVE)


def result(step: ColumnsStep) -> list[tuple[date, int]]:
    step.show_result()
    read = [line.read for line in step.result.table.rows()]
    return [(one.day, one.amount_cents) for one in read if isinstance(one, Posting)]


def test_an_odd_list_from_the_file_to_the_bookings(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "maerz.csv", ODD)
    assert step.pane.header_row.editor.value() == 3
    assert not page.forward.isEnabled()
    assign_odd(step)
    step.rows.table.select(8)
    qtbot.keyClick(step.rows.table.grid, Qt.Key.Key_L)
    expected = [
        (date(2026, 3, 15), 1_250_000),
        (date(2026, 3, 4), 84_500),
        (date(2026, 12, 1), 120_000),
        (date(2026, 3, 20), -20_000),
    ]
    assert result(step) == expected
    said = step.result.note.text.replace("\xa0", " ")
    assert (
        said
        == "4 Buchungen, 0 abgelehnt, 1 übersprungen · Summe 14.345,00 € · Kontrollsumme 14.345,00 € stimmt"
    )
    step.name.setText("Kasse")
    step.keep.click()
    assert "Gemerkt als „Kasse“" in step.keep_hint.text()
    forward(qtbot, page)
    assert page.prepared is not None
    assert (page.prepared.profile, page.prepared.result().rejected) == ("Kasse", ())
    page.go_forward()
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    amounts = page.context.ask(
        lambda session: list(session.scalars(select(Booking.amount_cents).order_by(Booking.id)))
    )
    assert amounts == [cents for _, cents in expected]
    assert page.context.ask(lambda session: session.scalars(select(Batch.profile)).all()) == ["Kasse"]

    opened(qtbot, page, tmp_path / "april.csv", NEXT, CHECK)
    assert (page.prepared.profile, page.prepared.result().rejected) == ("Kasse", ())
    assert [(p.day, p.amount_cents) for p in page.prepared.file.postings] == expected
    assert page.prepared.file.control_total_cents == 1_434_500
    page.go_back()
    assert (step.profile.editor.value(), step.pane.last_row.editor.value()) == ("Kasse", 9)
    assert step.chosen().name == "Kasse"


def test_from_the_check_back_to_the_columns_and_on(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    known = "Buchungsdatum;Betrag;Ersatz\n15.01.2026;1,00;7,00\n"
    step = opened(qtbot, page, tmp_path / "a.csv", known, CHECK)
    assert page.prepared is not None
    assert page.prepared.result().sum_cents == 100
    page.go_back()
    assert step.fields[BookingField.AMOUNT].editor.value() == "Betrag"
    choose(step.fields[BookingField.AMOUNT], "Ersatz")
    choose(step.pane.sign, AmountSign.SPENDING_NEGATIVE)
    forward(qtbot, page)
    assert (page.prepared.result().sum_cents, page.prepared.profile) == (-700, None)
    page.go_back()
    assert step.fields[BookingField.AMOUNT].editor.value() == "Ersatz"
    assert step.pane.sign.editor.value() is AmountSign.SPENDING_NEGATIVE


def test_samples_and_titles_say_what_is_read(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "a.csv", ODD)
    assign_odd(step)
    titles = [column.title for column in step.rows.table.model.columns]
    assert titles[:4] == ["Zeile", "Das ist", "A · Buchungsdatum", "B · Belegnummer"]
    assert step.fields[BookingField.AMOUNT].editor.toolTip() == LONG
    assert step.pane.minimumSizeHint().width() < 400


def test_the_rows_are_marked_in_words(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "a.csv", ODD)
    step.take_last(8)
    mark = step.rows.table.model.columns[1]
    words = [mark.text(row) for row in step.rows.table.rows()]
    assert words == [
        "darüber",
        "darüber",
        "Kopfzeile",
        "",
        "",
        "",
        "",
        "letzte Zeile",
        "zählt nicht",
        "zählt nicht",
    ]
    assert isinstance(mark.value(step.rows.table.rows()[2]), Pill)
    step.take_last(8)
    assert step.pane.last_row.editor.value() is None


def test_another_header_row_by_keyboard_and_what_was_assigned_stays(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    text = "Liste der Kasse;mit vielen;Worten\nTag;Summe;\n15.01.2026;1,00;x\nTag;Summe;Notiz\n16.01.2026;2,00;y\n"
    step = opened(qtbot, page, tmp_path / "a.csv", text)
    step.rows.table.select(2)
    qtbot.keyClick(step.rows.table.grid, Qt.Key.Key_K)
    assert step.pane.header_row.editor.value() == 2
    choose(step.fields[BookingField.DAY], "Tag")
    choose(step.fields[BookingField.AMOUNT], "Summe")
    choose(step.fields[BookingField.TEXT], "Spalte C")
    assert result(step) == [(date(2026, 1, 15), 100), (date(2026, 1, 16), 200)]
    step.rows.table.select(4)
    step.rows.as_header.click()
    assert step.fields[BookingField.TEXT].editor.value() is None
    assert result(step) == [(date(2026, 1, 16), 200)]
    choose(step.fields[BookingField.TEXT], "Notiz")
    actions = [action.text().split("\t")[0] for action in step.rows.row_menu().actions()]
    assert actions[:2] == ["Als Kopfzeile", "Als letzte Zeile"]


def test_a_header_row_is_typed_and_found_again_when_emptied(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    text = "Tag;Summe\n15.01.2026;1,00\n" + "Tag;Summe\n16.01.2026;2,00\n" * 6
    step = opened(qtbot, page, tmp_path / "a.csv", text)
    choose(step.fields[BookingField.DAY], "Tag")
    choose(step.fields[BookingField.AMOUNT], "Summe")
    editor = step.pane.header_row.editor
    assert isinstance(editor, WholeEditor)
    editor.line.clear()
    qtbot.keyClicks(editor.line, "13")
    assert step.fields[BookingField.DAY].editor.value() == "Tag"
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert result(step) == [(date(2026, 1, 16), 200)]
    editor.line.clear()
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == 1
    assert len(result(step)) == 7


def test_two_header_lines(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    text = "Wann;Wie viel\ngebucht;ausgegeben\n15.01.2026;1,00\n"
    step = opened(qtbot, page, tmp_path / "a.csv", text)
    step.take_header(2)
    step.pane.header_lines.editor.set_value(HeaderLines.TWO)
    step.pane.header_lines.editor.changed.emit()
    choose(step.fields[BookingField.DAY], "Wann gebucht")
    choose(step.fields[BookingField.AMOUNT], "Wie viel ausgegeben")
    assert result(step) == [(date(2026, 1, 15), 100)]
    forward(qtbot, page)
    page.go_back()
    assert step.pane.header_lines.editor.value() is HeaderLines.TWO
    assert step.fields[BookingField.DAY].editor.value() == "Wann gebucht"


def test_no_header_and_a_profile_chosen_by_name(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "a.csv", "15.01.2026;x;1,00\n16.01.2026;y;2,00\n")
    choose(step.pane.header_lines, HeaderLines.NONE)
    choose(step.fields[BookingField.DAY], "Spalte A")
    choose(step.fields[BookingField.AMOUNT], "Spalte C")
    assert result(step) == [(date(2026, 1, 15), 100), (date(2026, 1, 16), 200)]
    assert "nicht von selbst" in step.keep_hint.text()
    step.name.setText("Ohne Kopf")
    forward(qtbot, page)  # a new name is kept on the way
    assert page.context.ask(column_profiles.names) == ["Ohne Kopf"]
    step = opened(qtbot, page, tmp_path / "b.csv", "17.01.2026;x;3,00\n")
    step.profile.editor.set_value("Ohne Kopf")
    step.profile.editor.finished.emit()
    assert result(step) == [(date(2026, 1, 17), 300)]
    forward(qtbot, page)
    assert page.prepared is not None
    assert page.prepared.profile == "Ohne Kopf"


def test_a_kept_profile_is_not_changed_by_going_on(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "a.csv", "Tag;Summe\n15.01.2026;1,00\n")
    choose(step.fields[BookingField.DAY], "Tag")
    choose(step.fields[BookingField.AMOUNT], "Summe")
    step.name.setText("Kasse")
    step.save_profile()
    choose(step.pane.sign, AmountSign.SPENDING_NEGATIVE)
    assert step.keep.isEnabled()
    forward(qtbot, page)
    assert page.prepared is not None
    assert page.prepared.profile is None
    kept = page.context.ask(column_profiles.load, "Kasse")
    assert kept.settings.sign is AmountSign.SPENDING_POSITIVE


def test_refusals_are_shown_with_their_reason(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    text = "Buchungsdatum;Betrag;S/H\n15.01.2026;1,00;S\n32.01.2026;1,00;H\n"
    step = opened(qtbot, page, tmp_path / "a.csv", text, CHECK)
    page.go_back()
    step.show_result()
    assert [line.state for line in step.result.table.rows()] == [RowState.NEW, RowState.REJECTED]
    assert "1 abgelehnt" in step.result.note.text
    assert "Zeile 3, Buchungsdatum: " in step.result.note.text
    choose(step.pane.debit_credit, DebitCredit.IGNORE)
    choose(step.pane.last_row, 1)
    step.show_result()
    assert "keine Buchung" in step.result.note.text
    choose(step.fields[BookingField.DAY], None)
    assert not page.forward.isEnabled()
    step.show_result()
    assert "Bitte Buchungsdatum" in step.result.note.text


def test_the_result_follows_by_itself(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    step = opened(qtbot, page, tmp_path / "a.csv", "Tag;Summe\n15.01.2026;1,00\n")
    choose(step.fields[BookingField.DAY], "Tag")
    choose(step.fields[BookingField.AMOUNT], "Summe")
    qtbot.waitUntil(lambda: len(step.result.table.rows()) == 1)


def test_a_long_file_is_read_in_part_and_says_so(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    lines = "".join(f"15.01.2026;{n};1,00\n" for n in range(3000))
    step = opened(qtbot, page, tmp_path / "a.csv", "Tag;Nummer;Summe\n" + lines)
    choose(step.fields[BookingField.DAY], "Tag")
    choose(step.fields[BookingField.AMOUNT], "Summe")
    step.show_result()
    assert step.result.note.text.startswith("In den ersten 2000 Zeilen: 2.000 Buchungen")
    shown = step.rows.table.rows()
    assert (len(shown), shown[-1].id) == (301, 3001)
    assert shown[200].cells == ["… 2701 weitere Zeilen …"]
