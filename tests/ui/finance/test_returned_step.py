"""A workbook for finance that came back, on the import page: shown, decided, taken over, refused at its row."""

import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event, select

from app.domain.finance.finance_return import DifferenceStanding
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.ui.context import Context
from app.ui.imports.page import APPLY, CHECK, FILE, ImportsPage
from app.ui.kit.jobs import JobDialog
from app.workflows.finance.export_finance import export_finance
from db.models import Booking, Budget
from tests.ui.conftest import PATIENCE_MS
from tests.ui.imports.test_cancel import at_once, said
from tests.ui.words import ask_for_menu, pick, press, shown, texts

__all__ = ["at_once", "said"]

NOW = datetime(2026, 7, 1, 9, 30)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportsPage:
    with context.database.write("Budgets") as session:
        for number, title in (("B1", "Treff"), ("B2", "Küche")):
            budgets.save(session, None, BudgetInput(number, title, 2026, 100_000))
    page = ImportsPage(context)
    qtbot.addWidget(page)
    page.resize(1080, 700)
    page.show()
    return page


@pytest.fixture
def file(page: ImportsPage, tmp_path: Path) -> Path:
    """B1 has another title and amount, B2 a negative amount."""
    path = export_finance(page.context.database, tmp_path / "liste.xlsx", 2026, now=NOW).file
    book = openpyxl.load_workbook(path)
    book["Übersicht"]["B2"] = "Treff Mitte"
    book["Übersicht"]["F2"] = "1.234,00"
    book["Übersicht"]["F3"] = -5
    book.save(path)
    return path


class Held:
    """The first budget is written, its transaction is not at its end and waits until it may go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def wait(self, *_: object) -> None:
        self.reached.set()
        assert self.go_on.wait(PATIENCE_MS / 1000)


@pytest.fixture
def held() -> Iterator[Held]:
    held = Held()
    event.listen(Budget, "after_update", held.wait)
    yield held
    held.go_on.set()
    event.remove(Budget, "after_update", held.wait)


def settle(qtbot: QtBot, page: ImportsPage) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.running)


def open_file(qtbot: QtBot, page: ImportsPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(lambda: page.stepper.current == CHECK and not page.context.jobs.running)


def choose(page: ImportsPage, number: str, column: str) -> int:
    """Select the row of a difference."""
    step = page.returned_step
    row = next(r for r in step.table.rows() if (r.difference.key, r.difference.column) == (number, column))
    assert step.table.select(row.difference.id)
    return row.difference.id


def titles(page: ImportsPage) -> dict[str, tuple[str, int]]:
    def ask(session: object) -> dict[str, tuple[str, int]]:
        found = session.execute(select(Budget.number, Budget.title, Budget.planned_cents))  # type: ignore[attr-defined]
        return {number: (title, cents) for number, title, cents in found}

    return page.context.ask(ask)


def test_it_is_recognised_and_what_can_be_taken_is_proposed(
    qtbot: QtBot, page: ImportsPage, file: Path
) -> None:
    open_file(qtbot, page, file)
    step = page.returned_step
    assert page.stack.currentWidget() is step
    assert "Finanzliste 2026 vom 01.07.2026, 09:30 Uhr" in step.note.text
    assert step.filter.buttons[DifferenceStanding.OPEN].count == 3
    assert not step.filter.buttons[DifferenceStanding.CONFLICT].isVisible()
    assert "3 Unterschiede, 3 werden übernommen. Noch ist nichts geschrieben." in step.hint.text()
    page.go_back()
    assert page.stepper.current == FILE
    assert page.returned_step.returned is None


def test_decided_by_row_written_in_one_step_and_undone(qtbot: QtBot, page: ImportsPage, file: Path) -> None:
    open_file(qtbot, page, file)
    choose(page, "B2", "Ansatz")
    page.returned_step.leave.click()
    assert len(page.returned_step.chosen) == 2
    page.returned_step.table.opened.emit(page.returned_step.table.selected()[0])
    assert len(page.returned_step.chosen) == 3
    page.returned_step.leave.click()
    page.go_forward()
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    settle(qtbot, page)
    assert titles(page) == {"B1": ("Treff Mitte", 123_400), "B2": ("Küche", 100_000)}
    page.context.undo()
    qtbot.waitUntil(lambda: page.stepper.current == FILE)
    assert titles(page)["B1"] == ("Treff", 100_000)


def test_a_refusal_stands_at_its_row_and_nothing_is_written(
    qtbot: QtBot, page: ImportsPage, file: Path
) -> None:
    open_file(qtbot, page, file)
    page.go_forward()
    page.apply_step.write_button.click()
    settle(qtbot, page)
    step = page.returned_step
    assert page.stepper.current == CHECK
    assert step.refusal.isVisible()
    assert [row.problem for row in step.table.selected()] == ["Der Ansatz darf nicht negativ sein."]
    assert titles(page)["B1"] == ("Treff", 100_000)
    step.leave.click()
    page.go_forward()
    page.apply_step.write_button.click()
    settle(qtbot, page)
    assert titles(page)["B1"] == ("Treff Mitte", 123_400)


def begin_writing(qtbot: QtBot, page: ImportsPage, file: Path, held: Held) -> JobDialog:
    """Take over a title and an amount of B1 and another amount of B2; the first of the two is written."""
    book = openpyxl.load_workbook(file)
    book["Übersicht"]["F3"] = 5
    book.save(file)
    open_file(qtbot, page, file)
    press(page, "Weiter")
    page.apply_step.write_button.click()
    qtbot.waitUntil(lambda: held.reached.is_set() and bool(page.context.jobs.running[0].dialog))
    return shown(JobDialog)


def test_it_is_cancelled_in_its_dialog_and_nothing_is_half_done(
    qtbot: QtBot, page: ImportsPage, file: Path, held: Held, at_once: None, said: list[str]
) -> None:
    dialog = begin_writing(qtbot, page, file, held)
    assert dialog.windowTitle() == "Änderungen werden übernommen"
    press(dialog, "Abbrechen")
    held.go_on.set()
    settle(qtbot, page)
    assert said == ["Änderungen werden übernommen: abgebrochen, nichts geändert"]
    assert titles(page) == {"B1": ("Treff", 100_000), "B2": ("Küche", 100_000)}
    assert page.context.database.undo_label == "Budgets"
    assert page.stepper.current == APPLY
    page.apply_step.write_button.click()
    settle(qtbot, page)
    assert titles(page) == {"B1": ("Treff Mitte", 123_400), "B2": ("Küche", 500)}


def test_how_far_it_is_is_shown(
    qtbot: QtBot, page: ImportsPage, file: Path, held: Held, at_once: None
) -> None:
    dialog = begin_writing(qtbot, page, file, held)
    seen: list[str] = []
    dialog.bar.valueChanged.connect(lambda done: seen.append(f"{done} von {dialog.bar.maximum()}"))
    held.go_on.set()
    settle(qtbot, page)
    assert seen[-1] == "2 von 2"


def test_what_changes_here_meanwhile_is_compared_again(qtbot: QtBot, page: ImportsPage, file: Path) -> None:
    open_file(qtbot, page, file)
    budget_id = page.context.ask(lambda session: session.scalars(select(Budget.id)).first())
    assert budget_id is not None
    changed = BudgetInput("B1", "Unser Treff", 2026, 100_000)
    page.context.do("Titel", budgets.save, budget_id, changed)
    qtbot.waitUntil(lambda: page.returned_step.filter.buttons[DifferenceStanding.CONFLICT].count == 1)
    settle(qtbot, page)
    row = next(r for r in page.returned_step.table.rows() if r.difference.column == "Bezeichnung")
    assert row.difference.now == "Unser Treff"
    assert not row.chosen
    assert page.returned_step.table.select(row.difference.id)
    assert page.returned_step.current.text() == (
        "Übersicht, Zeile 2, B1, Bezeichnung – exportiert: Treff · jetzt hier: Unser Treff · "
        "in der Datei: Treff Mitte – Auch hier seit dem Export geändert."
    )


def test_the_report_can_be_saved(qtbot: QtBot, page: ImportsPage, file: Path, tmp_path: Path) -> None:
    open_file(qtbot, page, file)
    page.returned_step.table.export_to(tmp_path / "bericht.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "bericht.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][:9] == (
        "Übernehmen", "Stand", "Blatt", "Zeile", "Nummer", "Spalte", "Exportiert", "Jetzt hier", "In der Datei",
    )  # fmt: skip
    assert rows[1][4:9] == ("B1", "Bezeichnung", "Treff", None, "Treff Mitte")


def test_a_filter_shows_only_its_rows(qtbot: QtBot, page: ImportsPage, file: Path) -> None:
    book = openpyxl.load_workbook(file)
    book["Übersicht"]["C2"] = "Döhren"
    book.save(file)
    open_file(qtbot, page, file)
    page.returned_step.filter.buttons[DifferenceStanding.REMARK].click()
    assert [row.difference.column for row in page.returned_step.table.shown_rows()] == ["Quartier"]


def test_it_can_be_read_as_a_list_of_bookings_after_all(
    qtbot: QtBot, page: ImportsPage, tmp_path: Path
) -> None:
    with page.context.database.write("Buchung") as session:
        session.add(
            Booking(
                source="finance", day=date(2026, 3, 1), budget_year=2026, document_number="19", line="1",
                amount_cents=1_000, internal_order="570",
            )
        )  # fmt: skip
    path = export_finance(page.context.database, tmp_path / "liste.xlsx", 2026, now=NOW).file
    open_file(qtbot, page, path)
    assert "Keine Unterschiede" in page.returned_step.hint.text()
    page.returned_step.note.action.click()
    qtbot.waitUntil(lambda: page.prepared is not None and not page.context.jobs.running)
    assert page.stack.currentWidget() is page.check_step
    assert page.prepared is not None
    assert page.prepared.result().counts.known == 1


def write_back(file: Path, **cells: object) -> None:
    """Cells of the overview as finance would have filled them in."""
    book = openpyxl.load_workbook(file)
    for place, value in cells.items():
        book["Übersicht"][place] = value
    book.save(file)


def test_what_will_be_lost_or_new_is_said_before_and_what_is_overspent_after(
    qtbot: QtBot, page: ImportsPage, file: Path
) -> None:
    with page.context.database.write("Gebucht") as session:
        budget_id = session.scalars(select(Budget.id).where(Budget.number == "B1")).one()
        budgets.save(session, budget_id, BudgetInput("B1", "Unser Treff", 2026, 100_000))
        session.add(
            Booking(
                source="finance", day=date(2026, 3, 1), budget_year=2026, amount_cents=200, budget_id=budget_id
            )
        )  # fmt: skip
    book = openpyxl.load_workbook(file)
    book["Übersicht"].append(["NEU", "Nachtrag", None, None, None, 100])
    book.save(file)
    write_back(file, F2=1, F3=500)
    open_file(qtbot, page, file)
    choose(page, "B1", "Bezeichnung")
    ask_for_menu(page.returned_step.table.grid)
    pick("Übernehmen")
    assert len(page.returned_step.chosen) == 4
    press(page, "Weiter")
    said = texts(page.apply_step)
    assert "3 geänderte Felder mit dem Wert der Finanzabteilung" in said
    assert "1 Zeile neu angelegt" in said
    assert "davon wurde 1 auch hier geändert; der Wert hier geht verloren" in said
    page.apply_step.write_button.click()
    settle(qtbot, page)
    assert titles(page) == {"B1": ("Treff Mitte", 100), "B2": ("Küche", 50_000), "NEU": ("Nachtrag", 10_000)}
    words = "B1 ist damit überzogen. Der Grund lässt sich beim Budget eintragen."
    qtbot.waitUntil(lambda: words in texts(page.apply_step))
    assert "3 Felder in 2 Zeilen übernommen, 1 Zeile neu angelegt." in texts(page.apply_step)
