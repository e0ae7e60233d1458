"""The demo data: always the same for a day, sound for any day, with something of everything."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.agreements.agreements import Stage
from app.domain.errors import Cancelled
from app.services.agreements import agreement_register
from app.services.budgets import budgets
from app.services.deadlines import deadlines
from app.sheets.master_data.plan import RecordState
from app.sheets.reading.read import read_workbook
from app.workflows.demo import build, write_finance_file
from app.workflows.demo.finance_file import finance_lines
from app.workflows.demo.postings import LINES, is_known, postings
from app.workflows.master_data import master_data
from db.database import Database, open_database
from db.identity import DATABASE_ID
from db.models import Booking, Model

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    database = open_database(build(tmp_path_factory.mktemp("demo") / "demo.db", DAY), writer=False)
    yield database
    database.close()


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Model.metadata.tables.items()
        }


def test_there_is_something_of_everything(demo: Database) -> None:
    found = counts(demo)
    assert (found["quarter"], found["actor"], found["offer"], found["agreement"]) == (10, 40, 120, 30)
    assert 1350 <= found["booking"] <= 1600
    assert found["contact"] >= 40
    for name in (
        "goal",
        "grant",
        "plan_item",
        "draw_down",
        "commitment",
        "transfer",
        "member",
        "indicator_value",
    ):
        assert found[name] > 0, name
    with demo.read() as session:
        assert {row.stage for row in agreement_register.rows(session, DAY)} == set(Stage)
        rows = budgets.rows(session, budgets.BudgetSelection(year=DAY.year))
        assert {row.year for row in budgets.rows(session)} == {2024, 2025, 2026}
        assert any(row.figures.overspent_cents for row in rows)
        assert any(0.93 < (row.figures.used_share or 0) <= 1 for row in rows)
        free = budgets.unassigned(session, DAY.year)
        assert free.count > 0
        assert session.scalar(select(func.count()).where(Booking.is_income)) or 0 > 10
        due = deadlines.deadlines(session, DAY, 400)
    assert sum(d.day < DAY for d in due) >= 3
    assert sum(DAY <= d.day <= date(2026, 12, 24) for d in due) >= 8
    assert sum(d.day > date(2026, 12, 24) for d in due) >= 20


def test_demo_is_sound_master_data(demo: Database, tmp_path: Path) -> None:
    path = master_data.export(demo, tmp_path / "aus.xlsx")
    plan = master_data.prepare(demo, path).plan
    assert plan.count(RecordState.UNCHANGED) == sum(len(sheet.rows) for sheet in plan.sheets)


def test_same_day_gives_the_same_data(demo: Database, tmp_path: Path) -> None:
    again = open_database(build(tmp_path / "nochmal.db", DAY), writer=False)
    try:
        first, second = contents(demo), contents(again)
    finally:
        again.close()
    assert first == second


OF_THE_MOMENT = frozenset({"command", "change", "checksum", "deadline_mark", "file_state"})
"""Tables that carry when or by which run the file was made, and sums of such rows."""


def contents(database: Database) -> dict[str, list[Any]]:
    with database.read() as session:
        return {
            name: [
                tuple(row)
                for row in session.execute(select(table).order_by(*table.primary_key.columns))
                if DATABASE_ID not in row  # no other one has it
            ]
            for name, table in Model.metadata.tables.items()
            if name not in OF_THE_MOMENT
        }


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 2), date(2028, 2, 29), date(2027, 12, 31)])
def test_any_day_will_do(tmp_path: Path, day: date) -> None:
    database = open_database(build(tmp_path / "demo.db", day), writer=False)
    try:
        assert counts(database)["booking"] > 1200
    finally:
        database.close()
    assert write_finance_file(tmp_path, day).stat().st_size > 5000


def test_finance_sends_news_and_corrections() -> None:
    sent = {(line.document_number, line.line): line for line in finance_lines(DAY)}
    there = {(line.document_number, line.line): line for line in postings(DAY) if line.day.year == 2026}
    known = {key for key, line in there.items() if is_known(line, DAY)}
    assert len(known - sent.keys()) == 1
    assert sum(sent[key] != there[key] for key in known & sent.keys()) == 2
    assert len(sent.keys() - known) > 15
    assert len(sent) == len(finance_lines(DAY))
    assert abs(len(postings(DAY)) - LINES) < 150


def test_finance_file_reads_as_finance_writes_it(tmp_path: Path) -> None:
    sheet = read_workbook(write_finance_file(tmp_path, DAY)).sheets[0]
    assert sheet.rows[3][0] == "Buchungsdatum"
    assert sheet.rows[-1][:2] == ["**", "Gesamt"]
    sums = [row for row in sheet.rows if row and row[0] == "*"]
    assert len(sums) == 11


def test_half_a_demo_does_not_stay(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    with pytest.raises(OverflowError):
        build(path, date.max)  # what lies ahead of that day has no date
    assert not path.exists()
    open_database(build(path, DAY), writer=False).close()  # and it can be made again in its place


def test_a_cancelled_demo_leaves_nothing(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        build(tmp_path / "demo.db", DAY, cancel)
    assert seen == [(1, 3), (2, 3)]
    assert not (tmp_path / "demo.db").exists()
