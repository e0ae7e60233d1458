"""What was amended goes out as it holds today; coming back, it changes nothing, and agreed values are refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.domain.agreements.agreements import GoalAction
from app.services.agreements import agreements, amendment_signing, amendments
from app.services.agreements.amendments import GoalChangeInput
from app.workflows.master_data import master_data
from db.database import Database
from tests.services.agreements.life_samples import agreement_in_force, signing

BEGIN, SOON, FAR = date(2020, 1, 1), date(2021, 1, 1), date(2090, 1, 1)


def amended(database: Database) -> int:
    """One amendment acts since 2021, another one does not before 2090."""
    agreement_id = agreement_in_force(database, begin=BEGIN, end=date(2020, 12, 31))
    changed = {"changes_term": True, "notice": 6, "changes_amount": True, "amount_cents": 30_000_00}
    goals = (
        GoalChangeInput("1", GoalAction.CHANGE, "Offener Treff", target="5 Tage"),
        GoalChangeInput("2", GoalAction.DROP),
    )
    later = {"changes_amount": True, "amount_cents": 1_00}
    added = (GoalChangeInput("4", GoalAction.ADD, "Gang"),)
    for day, values, words in ((SOON, changed, goals), (FAR, later, added)):
        with database.write("Nachtrag") as session:
            blank = amendments.blank(session, agreement_id, day)
            data = replace(blank, title="Nachtrag", effective_from=day, goals=words, **values)  # type: ignore[arg-type]
            amendment_id = amendments.save(session, agreement_id, None, data)
            for party_id in signing(database, agreement_id):
                amendment_signing.sign(session, amendment_id, party_id, date(2020, 6, 1))
    return agreement_id


def answers(database: Database, agreement_id: int) -> list[agreements.AgreementInput]:
    with database.read() as session:
        return [agreements.load(session, agreement_id, day) for day in (BEGIN, SOON, FAR)]


def test_out_and_in_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    agreement_id = amended(database)
    path = master_data.export(database, tmp_path / "stammdaten.xlsx")
    book = load_workbook(path)
    row = dict(
        zip(*([cell.value for cell in line] for line in book["Vereinbarungen"].iter_rows()), strict=True)
    )
    assert (row["Stand"], row["Kündigungsfrist"], row["Betrag"]) == ("geändert durch", 6, 30_000)
    goals = [line[1].value for line in book["Ziele"].iter_rows(min_row=2)]
    assert [str(nr) for nr in goals] == ["1", "3"]
    before = answers(database, agreement_id)
    prepared = master_data.prepare(database, path)
    assert not prepared.plan.brings_something
    assert answers(database, agreement_id) == before


def test_what_is_agreed_is_not_changed_by_a_workbook(database: Database, tmp_path: Path) -> None:
    """Neither what was signed nor what an amendment says: the cell is refused by name, and nothing is written."""
    agreement_id = amended(database)
    path = master_data.export(database, tmp_path / "stammdaten.xlsx")
    book = load_workbook(path)
    sheet = book["Vereinbarungen"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Betrag")
    sheet.cell(2, column).value = 31_000
    book.save(path)
    before = answers(database, agreement_id)
    result = master_data.apply(database, master_data.prepare(database, path))
    (rejected,) = result.sheets["Vereinbarungen"].rejected
    assert (rejected.row, rejected.column) == (2, "Betrag")
    assert "vereinbart" in rejected.reason
    assert not result.written
    assert answers(database, agreement_id) == before
