"""Deciding in the preview: by keyboard, several at once, taken back; filters never change what is written."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from app.domain.bookings.booking_plan import MatchingFacts
from app.domain.bookings.bookings import BookingField, Posting, RowState, StoredBooking
from app.domain.bookings.posting_matching import match_postings
from app.domain.budgets.budgets import BookingSource
from app.services.bookings import manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.sheets.bookings.postings import read_bookings
from app.ui.context import Context
from app.ui.imports.booking_rows import MISSING, PreviewRow
from app.ui.imports.check_step import CheckStep
from app.ui.imports.decision_pane import DECISIONS
from app.ui.imports.page import APPLY, CHECK, COLUMNS, ImportsPage
from app.ui.kit.actions import spec
from app.ui.kit.mnemonics import without
from app.ui.kit.table.table import Table
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import BookingImport
from db.models import Booking

HEADER = [
    "Buchungsdatum",
    "Belegnummer",
    "Pos.",
    "Innenauftrag",
    "Sachkonto",
    "Betrag",
    "Text",
    "Kostenstelle",
]
OLD = [
    ["10.03.2026", "", "", "570", "42", "10,00", "Miete März", "1"],
    ["11.03.2026", "", "", "570", "42", "10,00", "Strom", "1"],
    ["12.03.2026", "", "", "570", "42", "20,00", "Druck", "1"],
    ["13.03.2026", "19", "1", "570", "42", "30,00", "Honorar", "1"],
    ["14.03.2026", "20", "1", "570", "42", "40,00", "Reise", "1"],
    ["15.03.2026", "21", "1", "570", "42", "50,00", "Bücher", "1"],
    ["16.03.2026", "22", "1", "570", "42", "60,00", "Tee", "1"],
]
NEW = [
    ["11.03.2026", "", "", "570", "42", "10,00", "Miete 03 März", "1"],  # row 2: may be both
    ["12.03.2026", "", "", "570", "42", "20,00", "Druck", "1"],  # row 3: as it is there
    ["13.03.2026", "19", "1", "570", "42", "31,00", "Honorar Kern", "2"],  # row 4: corrected
    ["15.03.2026", "20", "1", "570", "43", "40,00", "Reise", "1"],  # row 5: corrected
    ["18.03.2026", "", "", "570", "42", "70,00", "Kaffee", "1"],  # row 6: new
    ["01.03.2026", "", "", "570", "42", "5,00", "Porto", "1"],  # row 7: new
]


def written(path: Path, *lines: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    return path


@pytest.fixture
def page(qtbot: QtBot, context: Context, tmp_path: Path) -> ImportsPage:
    """At the check of a file with two uncertain rows, two corrections and three bookings that fell away."""
    with context.database.write("Budget") as session:
        budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100000, internal_order="570"))
    page = ImportsPage(context)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    with qtbot.waitExposed(page):
        page.show()
    read(qtbot, page, written(tmp_path / "a.csv", *OLD))
    write(qtbot, page)
    read(qtbot, page, written(tmp_path / "b.csv", *NEW))
    return page


def read(qtbot: QtBot, page: ImportsPage, path: Path, step: int = CHECK) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page.stepper.current == step and not page.context.jobs.running)


def write(qtbot: QtBot, page: ImportsPage) -> None:
    page.go_forward()
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def table(page: ImportsPage) -> Table[PreviewRow]:
    assert page.check_step.table is not None
    return page.check_step.table


def row(page: ImportsPage, key: str) -> PreviewRow:
    return next(one for one in table(page).rows() if one.id == key)


def decision(page: ImportsPage, key: str) -> str:
    column = next(one for one in table(page).model.columns if one.key == "decision")
    return column.text(row(page, key))


def current(page: ImportsPage) -> str:
    one = table(page).current()
    assert one is not None
    return one.id


def press(qtbot: QtBot, page: ImportsPage, *keys: Qt.Key) -> None:
    page.activateWindow()
    grid = table(page).grid
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    for key in keys:
        qtbot.keyClick(grid, key)


def bookings(context: Context) -> list[tuple[Any, ...]]:
    names = ("day", "document_number", "amount_cents", "account", "text", "cost_centre", "source", "note")
    query = select(*(getattr(Booking, name) for name in names)).order_by(Booking.id)
    return [tuple(one) for one in context.ask(lambda session: session.execute(query).all())]


def words(page: ImportsPage) -> list[str]:
    return [one.text() for one in page.check_step.pane.findChildren(QLabel) if one.isVisible()]


def test_the_head_says_what_must_be_decided(page: ImportsPage) -> None:
    assert page.header.sentence == (
        "2 unsichere Zeilen warten auf eine Entscheidung, 3 Buchungen sind entfallen (bleiben). "
        "Geschrieben wird erst im letzten Schritt."
    )
    assert {one.key for one in table(page).shown_rows()} == {RowState.UNCERTAIN, MISSING}
    assert current(page) == "p2"
    assert page.check_step.filter.buttons[RowState.UNCERTAIN].words == "unsicher, 2 offen"


def test_decided_by_keyboard_one_after_the_other(qtbot: QtBot, page: ImportsPage) -> None:
    press(qtbot, page, Qt.Key.Key_D)
    assert (decision(page, "p2"), current(page)) == ("dieselbe", "p3")
    press(qtbot, page, Qt.Key.Key_N)
    assert (decision(page, "p3"), current(page)) == ("neu", "p3")
    assert page.header.sentence.startswith("Alle unsicheren Zeilen sind entschieden")
    press(qtbot, page, Qt.Key.Key_Z)
    assert decision(page, "p3") == "offen"
    assert "1 unsichere Zeile wartet" in page.header.sentence
    before = len(bookings(page.context))
    write(qtbot, page)
    assert len(bookings(page.context)) == before + 2


def test_row_and_booking_stand_side_by_side(page: ImportsPage) -> None:
    shown = words(page)
    assert {
        "Gespeichert",
        "Datei, Zeile 2",
        "10.03.2026",
        "11.03.2026",
        "Miete März",
        "Miete 03 März",
    } <= set(shown)
    assert shown.count("≠") == 2
    assert "1: „a.csv“ vom" in " ".join(shown)
    signs = [one.accessibleName() for one in page.check_step.pane.findChildren(QLabel) if one.text() == "≠"]
    assert "Datum unterschiedlich: gespeichert 10.03.2026, in der Datei 11.03.2026" in signs


def test_another_candidate_is_chosen_with_the_arrow_keys(qtbot: QtBot, page: ImportsPage) -> None:
    pane = page.check_step.pane
    assert pane.place.text() == "Ähnliche Buchung 1 von 2"
    assert "Miete März" in words(page)
    press(qtbot, page, Qt.Key.Key_Right)
    assert pane.place.text() == "Ähnliche Buchung 2 von 2"
    assert "Strom" in words(page)
    press(qtbot, page, Qt.Key.Key_D)
    assert page.prepared is not None
    known = page.prepared.decided_plan.rows[0]
    assert known.stored is not None
    assert (known.state, known.stored.text) == (RowState.KNOWN, "Strom")
    fallen = [one.stored.text for one in table(page).rows() if one.key == MISSING and one.stored is not None]
    assert fallen == ["Bücher", "Tee", "Miete März"]


def test_a_booking_cannot_be_two_rows(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    twice = [["12.03.2026", "", "", "570", "42", "20,00", "Druck", "1"]] * 2
    read(qtbot, page, written(tmp_path / "c.csv", *twice))
    said: list[str] = []
    page.context.said.connect(said.append)
    page.check_step.decide_all("check.same")
    assert [decision(page, key) for key in ("p2", "p3")] == ["dieselbe", "offen"]
    assert said == ["1 Zeile bleibt offen: Jede ähnliche Buchung steht schon für eine andere Zeile"]
    table(page).select("p3")
    assert page.check_step.pane.warning.isVisible()
    assert not page.check_step.pane.buttons["check.same"].isEnabled()


def test_several_at_once_and_all(qtbot: QtBot, page: ImportsPage) -> None:
    table(page).grid.selectAll()
    assert page.check_step.pane.title.text() == "5 Zeilen gewählt"
    press(qtbot, page, Qt.Key.Key_N, Qt.Key.Key_E)
    assert [decision(page, key) for key in ("p2", "p3")] == ["neu", "neu"]
    assert len(page.check_step.removed) == 3
    press(qtbot, page, Qt.Key.Key_B)
    assert len(page.check_step.removed) == 0
    page.check_step.filter.choose(RowState.NEW)
    page.check_step.decide_all("check.open")
    page.check_step.decide_all("check.same")
    page.check_step.decide_all("check.leave")
    assert [decision(page, key) for key in ("p2", "p3", "p4", "p5")] == [
        "dieselbe",
        "dieselbe",
        "bleibt alt",
        "bleibt alt",
    ]


def test_the_menu_for_all_says_how_many(page: ImportsPage) -> None:
    menu = page.check_step.all_button.menu()
    menu.aboutToShow.emit()
    entries = [one for one in menu.actions() if one.text()]
    assert [without(one.text()) for one in entries][:3] == [
        "Alle offenen: dieselbe Buchung (2)",
        "Alle offenen: neue Buchung (2)",
        "Alle Korrekturen übernehmen (2)",
    ]
    assert [one.isEnabled() for one in entries][-1] is False
    entries[0].trigger()
    assert not page.check_step.waits


def test_a_correction_field_by_field_and_left_out(qtbot: QtBot, page: ImportsPage) -> None:
    page.check_step.filter.choose(RowState.CHANGED)
    table(page).select("p4")
    shown = words(page)
    assert {"Bisher", "Neu (Datei)", "30,00 €", "31,00 €", "Honorar", "Honorar Kern"} <= set(shown)
    assert shown.count("≠") == 3  # amount, text, cost centre
    press(qtbot, page, Qt.Key.Key_A)
    assert (decision(page, "p4"), decision(page, "p5"), current(page)) == ("bleibt alt", "wird neu", "p5")
    page.go_forward()
    said = " ".join(one.text() for one in page.apply_step.findChildren(QLabel))
    assert "1 Korrektur wird nicht geschrieben, der alte Stand bleibt" in said
    assert "2 Zeilen sind nicht entschieden und werden nicht geschrieben" in said
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: not page.context.jobs.running)
    stored = {one[1]: (one[2], one[3]) for one in bookings(page.context) if one[1]}
    assert (stored["19"], stored["20"]) == ((3000, "42"), (4000, "43"))


def test_what_fell_away_stays_or_goes_in_the_same_step_of_undo(qtbot: QtBot, page: ImportsPage) -> None:
    before = bookings(page.context)
    table(page).select("m6")
    assert "diese Buchung nicht mehr" in page.check_step.pane.reason.text()
    press(qtbot, page, Qt.Key.Key_E)
    assert current(page) == "m7"
    assert "3 Buchungen sind entfallen (1 davon wird entfernt)" in page.header.sentence
    write(qtbot, page)
    assert "Bücher" not in [one[4] for one in bookings(page.context)]
    page.context.undo()
    qtbot.waitUntil(lambda: bookings(page.context) == before)


def test_an_entry_by_hand_is_adopted_with_what_she_made_of_it(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    with page.context.database.write("Von Hand") as session:
        budget = budgets.rows(session)[0].id
        manual_bookings.save(
            session,
            None,
            ManualBookingInput(date(2026, 4, 1), 9900, budget, text="Flyer", note="bar bezahlt"),
        )
    read(
        qtbot,
        page,
        written(tmp_path / "c.csv", ["08.04.2026", "30", "1", "570", "42", "99,00", "Druck Flyer", "1"]),
    )
    assert "Ähnelt einer Buchung von Hand" in page.check_step.pane.reason.text()
    hers = {"bar bezahlt", "B1 (von Hand, bleibt)", "von Hand eingetragen"}
    qtbot.waitUntil(lambda: hers <= set(words(page)))
    press(qtbot, page, Qt.Key.Key_D)
    write(qtbot, page)
    last = bookings(page.context)[-1]
    assert last[1] == "30"
    assert last[-2:] == (BookingSource.FINANCE, "bar bezahlt")


def test_letters_typed_into_the_filter_row_decide_nothing(qtbot: QtBot, page: ImportsPage) -> None:
    page.activateWindow()
    table(page).show_filter_row(True)
    field = table(page).header.field(table(page).header.count() - 3)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "dn")
    assert page.check_step.waits
    assert decision(page, "p2") == "offen"


@pytest.mark.parametrize("filtered", ["buttons", "row", "both", "sorted"])
def test_filters_and_order_never_change_what_is_written(
    qtbot: QtBot, page: ImportsPage, filtered: str
) -> None:
    """The same decisions with everything in view and with almost nothing in view write the same."""
    page.check_step.filter.choose()
    page.check_step.decide_all("check.same")
    page.check_step.decide_all("check.remove")
    if filtered in ("buttons", "both"):
        page.check_step.filter.choose(RowState.NEW)
    if filtered in ("row", "both"):
        table(page).model.set_entry(0, "7")
    if filtered == "sorted":
        table(page).model.sort(1, Qt.SortOrder.DescendingOrder)
    assert len(table(page).shown_rows()) < 9 or filtered == "sorted"
    write(qtbot, page)
    texts = [one[4] for one in bookings(page.context)]
    assert texts == ["Miete März", "Druck", "Honorar Kern", "Reise", "Kaffee", "Porto"]


def test_state_buttons_and_filter_row_add_up(page: ImportsPage) -> None:
    page.check_step.filter.choose(RowState.CHANGED, RowState.NEW)
    table(page).model.set_entry(0, ">4")
    assert [one.id for one in table(page).shown_rows()] == ["p5", "p6", "p7"]
    page.check_step.filter.choose(RowState.CHANGED)
    assert [one.id for one in table(page).shown_rows()] == ["p5"]


def test_decisions_outlive_the_step_back_to_the_columns(qtbot: QtBot, page: ImportsPage) -> None:
    def check_again(cost_centre: str | None) -> None:
        page.go_back()
        assert page.stepper.current == COLUMNS
        page.columns_step.fields[BookingField.COST_CENTRE].editor.set_value(cost_centre)
        page.go_forward()
        qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)

    press(qtbot, page, Qt.Key.Key_Right, Qt.Key.Key_D)
    page.check_step.filter.choose()
    table(page).select("p4")
    press(qtbot, page, Qt.Key.Key_A)
    table(page).select("m6")
    press(qtbot, page, Qt.Key.Key_E)
    check_again("Kostenstelle")
    assert [decision(page, key) for key in ("p2", "p3", "p4", "p5")] == [
        "dieselbe",
        "offen",
        "bleibt alt",
        "wird neu",
    ]
    assert [decision(page, key) for key in ("m6", "m7")] == ["entfernen", "bleibt"]
    table(page).select("p2")
    assert page.check_step.pane.place.text() == "Ähnliche Buchung 1 von 2"
    assert "Strom" in words(page)
    check_again(None)  # without its cost centre it is another row
    assert decision(page, "p2") == "offen"


def test_decisions_outlive_a_change_elsewhere_but_not_another_file(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    press(qtbot, page, Qt.Key.Key_Right, Qt.Key.Key_D)
    first = table(page)
    with page.context.database.write("Notiz") as session:
        session.execute(update(Booking).where(Booking.id == 4).values(note="geprüft"))
    qtbot.waitUntil(lambda: table(page) is not first and not page.context.jobs.running)
    assert (decision(page, "p2"), decision(page, "p3")) == ("dieselbe", "offen")
    read(qtbot, page, written(tmp_path / "c.csv", *NEW, OLD[-1]))
    assert decision(page, "p2") == "offen"


def test_every_decision_has_its_key_on_the_button_and_in_the_sheet(page: ImportsPage) -> None:
    for action, button in page.check_step.pane.buttons.items():
        assert button.text() == f"{DECISIONS[action][0]}  {spec(action).keys[0]}"
        assert button.accessibleName() == DECISIONS[action][0]


def test_a_file_without_questions_has_no_pane(qtbot: QtBot, page: ImportsPage, tmp_path: Path) -> None:
    read(qtbot, page, written(tmp_path / "c.csv", ["08.06.2026", "90", "1", "570", "42", "1,00", "Neu", "1"]))
    assert not page.check_step.pane.isVisible()
    assert page.header.sentence.startswith("Nichts zu entscheiden.")


# --- 50.000 rows -----------------------------------------------------------------------------------------------

MANY = 50_000


def large_import(tmp_path: Path) -> BookingImport:
    """50.000 rows without document number, each with a booking of 50.000 that it may be."""
    path = written(tmp_path / "gross.csv", OLD[0])
    opened = import_bookings.open_file(path)
    file = read_bookings(opened.workbook, path.name)
    first = date(2026, 1, 1)
    stored = []
    for number in range(MANY):
        day, cents, text = first + timedelta(number * 364 // MANY), 100 + number % 900, f"Sachkosten {number}"
        file.postings.append(Posting(number + 3, day, 2026, cents, internal_order="570", text=text))
        stored.append(
            StoredBooking(
                number + 1, BookingSource.FINANCE, 1, day, 2026, cents, None, None, 1, "570", None, False, None, None,
                text, None,
            )
        )  # fmt: skip
    facts = MatchingFacts(stored, {})
    plan = match_postings(file.postings, [], file.given, facts)
    return BookingImport(opened, file, None, plan, facts, 0)


def test_decisions_among_50000_rows(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    step = CheckStep(context)
    qtbot.addWidget(step)
    step.resize(1100, 700)
    step.show()
    step.show_import(large_import(tmp_path))
    assert step.table is not None
    assert step.preview is not None
    assert step.preview.decisions.uncertain == MANY
    step.table.model.sort(1)
    step.table.select("p25000")
    for action in ("check.same", "check.new", "check.same", "check.open"):
        step.decide(action)
    assert step.preview.decisions.undecided == MANY - 3
    step.decide_all("check.same")
    assert not step.waits
