"""A workbook for finance comes back edited: recognised, held against its export, taken over row by row."""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from app.domain.errors import Cancelled, UserError
from app.domain.finance.finance_return import Difference, DifferenceStanding, Refused
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput, BudgetSelection
from app.services.finance import finance_exports
from app.workflows.finance import finance_return
from app.workflows.finance.export_finance import export_finance, mark_as_sent
from app.workflows.finance.finance_return import ReturnedWorkbook, compare_file
from db.connection import connect
from db.database import Database, create_database
from db.models import Booking, Budget, Commitment, FinanceExport, Quarter, Transfer

NOW = datetime(2026, 7, 1, 9, 30)
Edit = Callable[[Workbook], object]


@pytest.fixture
def exported(database: Database, tmp_path: Path) -> Path:
    """A workbook of a year with two budgets, a commitment, a transfer and five bookings, two of them identical."""
    with database.write("Jahr") as session:
        b1 = budgets.save(session, None, BudgetInput("B1", "Treff", 2026, 100_000, internal_order="570"))
        b2 = budgets.save(session, None, BudgetInput("007", "Öffentlichkeit", 2026, 50_000))
        session.add(Commitment(number="MB1", budget_id=b1, title="Honorar", amount_cents=5_000))
        session.add(
            Transfer(number="UM1", kind="shift", from_budget_id=b1, to_budget_id=b2, amount_cents=1_000)
        )
        twin: dict[str, Any] = {"document_number": "20", "amount_cents": 300, "text": "gleich"}
        lines: tuple[dict[str, Any], ...] = (
            {"document_number": "19", "line": "1", "amount_cents": 1_000, "text": "Miete"},
            {"document_number": "19", "line": "2", "amount_cents": 2_000, "text": "-Druck"},
            twin,
            twin | {"occurrence": 2},
            {"source": "manual", "amount_cents": 700, "text": "Von Hand"},
        )
        for values in lines:
            given = {"source": "finance", "day": date(2026, 3, 1), "budget_year": 2026, "budget_id": b1}
            session.add(Booking(**given | values))
    return export_finance(database, tmp_path / "liste.xlsx", 2026, now=NOW).file


def edited(path: Path, edit: Edit) -> Path:
    """As a program without formulas saves it: what was calculated has no stored result any more."""
    book = openpyxl.load_workbook(path)
    edit(book)
    target = path.with_name("zurueck.xlsx")
    book.save(target)
    return target


def compared(database: Database, path: Path, edit: Edit) -> ReturnedWorkbook:
    return compare_file(database, edited(path, edit))


def place(book: Workbook, sheet: str, row: int, header: str) -> Any:
    page = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == header)
    return page.cell(row, column)


def set_cell(sheet: str, row: int, header: str, value: object) -> Edit:
    def edit(book: Workbook) -> None:
        place(book, sheet, row, header).value = value

    return edit


def brief(one: Difference) -> tuple[str, str, str, str, str]:
    return one.key, one.column, one.ours, one.theirs, one.standing.value


def both(*edits: Edit) -> Edit:
    return lambda book: [edit(book) for edit in edits]


# --- recognised ------------------------------------------------------------------------------------------------


def test_untouched_workbook_has_no_differences(database: Database, exported: Path) -> None:
    returned = compare_file(database, exported)
    assert returned.differences == ()
    assert (returned.export.year, returned.export.file_name) == (2026, "liste.xlsx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_by_libreoffice_it_is_the_same_workbook(
    database: Database, exported: Path, tmp_path: Path, kind: str
) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to", kind,
         "--outdir", str(tmp_path / "lo"), str(exported)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert compare_file(database, tmp_path / "lo" / f"liste.{kind}").differences == ()


def test_without_its_notes_it_is_known_by_its_properties(database: Database, exported: Path) -> None:
    returned = compared(database, exported, lambda book: book.remove(book["Hinweise"]))
    assert [one.standing for one in returned.differences] == [DifferenceStanding.LAYOUT]


def test_other_workbooks_are_refused_with_a_sentence(
    database: Database, exported: Path, tmp_path: Path
) -> None:
    foreign = openpyxl.Workbook()
    foreign.save(tmp_path / "fremd.xlsx")
    with pytest.raises(UserError, match="keine Kennung"):
        compare_file(database, tmp_path / "fremd.xlsx")
    other = create_database(tmp_path / "andere.db")
    try:
        with pytest.raises(UserError, match="anderen Datei"):
            compare_file(other, exported)
    finally:
        other.close()


def test_contents_are_kept_of_sent_and_of_the_last_ones(
    database: Database, exported: Path, tmp_path: Path
) -> None:
    with database.read() as session:
        first = finance_exports.rows(session)[0].id
    sent = export_finance(database, tmp_path / "gesendet.xlsx", 2026, now=NOW)
    assert sent.export_id is not None
    mark_as_sent(database, sent.export_id)
    with database.write("viele", undoable=False) as session:
        data = finance_exports.gather(session, 2026, NOW)
        for _ in range(finance_exports.KEPT):
            finance_exports.keep(session, data, "f.xlsx", b"inhalt")
    with database.read() as session:
        kept = session.scalars(select(FinanceExport.id).where(FinanceExport.content.is_not(None))).all()
    assert first not in kept
    assert sent.export_id in kept
    assert len(kept) == finance_exports.KEPT + 1


# --- what is said ----------------------------------------------------------------------------------------------


def test_values_are_compared_by_meaning(database: Database, exported: Path) -> None:
    same = both(
        set_cell("Übersicht", 3, "Ansatz", "1.000,00 "),
        set_cell("Übersicht", 3, "Innenauftrag", 570),
        set_cell("Übersicht", 3, "Bezeichnung", " Treff  "),
        set_cell("Einzelposten", 2, "Buchungsdatum", "01.03.26"),
        set_cell("Einzelposten", 2, "Belegnummer", 19),
        set_cell("Einzelposten", 2, "Position", "1.0"),
        set_cell("Einzelposten", 2, "Budget", "B1 "),
    )
    assert compared(database, exported, same).differences == ()


def test_order_does_not_matter_and_twins_are_told_apart_by_number(database: Database, exported: Path) -> None:
    def turn(book: Workbook) -> None:
        page = book["Einzelposten"]
        rows = list(page.iter_rows(min_row=2, values_only=True))
        page.delete_rows(2, len(rows))
        for row in reversed(rows):
            page.append(row)

    assert compared(database, exported, turn).differences == ()

    def drop_one(book: Workbook) -> None:
        turn(book)
        book["Einzelposten"].delete_rows(3)  # one of the two identical lines

    returned = compared(database, exported, drop_one)
    assert [brief(one)[::4] for one in returned.differences] == [("20", "removed")]


def test_title_rows_and_a_renamed_sheet_are_seen_through(database: Database, exported: Path) -> None:
    def dress(book: Workbook) -> None:
        page = book["Mittelbindungen"]
        page.insert_rows(1, 3)
        page["A1"] = "Aufstellung der Kämmerei"
        page.title = "Bindungen"
        page["C5"] = "Honorarvertrag"

    returned = compared(database, exported, dress)
    assert "heißt jetzt „Bindungen“" in returned.differences[0].reason
    assert [(brief(one), one.row, one.sheet) for one in returned.differences[1:]] == [
        (("MB1", "Bezeichnung", "Honorar", "Honorarvertrag", "open"), 5, "Bindungen")
    ]


def test_columns_and_sheets_that_changed_are_said(database: Database, exported: Path) -> None:
    def change(book: Workbook) -> None:
        page = book["Einzelposten"]
        place(book, "Einzelposten", 1, "Text").value = "Verwendungszweck"
        page.cell(1, 18).value = "Vermerk"
        page.cell(3, 18).value = "bitte prüfen"
        page.cell(4, 19).value = "am Rand"
        page.delete_cols(2)
        page.insert_cols(1)
        book.remove(book["Umschichtungen"])
        book.create_sheet("Neu")["A1"] = 1
        book["Hinweise"]["A40"] = "Bitte Rückruf"

    returned = compared(database, exported, change)
    layout = " ".join(one.reason for one in returned.differences if one.standing is DifferenceStanding.LAYOUT)
    for words in (
        "„Text“ heißt jetzt „Verwendungszweck“",
        "„Buchungsdatum“ fehlt",
        "„Vermerk“ ist neu",
        "„Umschichtungen“ fehlt",
        "„Neu“ ist neu",
    ):
        assert words in layout
    remarks = [brief(one) for one in returned.differences if one.standing is DifferenceStanding.REMARK]
    assert remarks == [
        ("19/2", "Vermerk", "", "bitte prüfen", "remark"),
        ("20", "Spalte S", "", "am Rand", "remark"),
        ("", "Spalte A", "", "Bitte Rückruf", "remark"),
    ]


def test_without_the_key_column_a_list_is_not_compared(database: Database, exported: Path) -> None:
    returned = compared(database, exported, lambda book: book["Mittelbindungen"].delete_cols(1))
    assert "Ohne die Spalte „Nummer“" in returned.differences[-1].reason
    assert {one.standing for one in returned.differences} == {DifferenceStanding.LAYOUT}


def test_computed_and_unreadable_cells_and_what_is_finances_own(database: Database, exported: Path) -> None:
    changes = both(
        set_cell("Übersicht", 3, "Verfügbar", 12),
        set_cell("Übersicht", 5, "Ansatz", 1),  # the total row
        set_cell("Übersicht", 2, "Ansatz", "viel"),
        set_cell("Einzelposten", 2, "Betrag", 11),
        set_cell("Übersicht", 2, "Quartier", "Döhren"),
    )
    found = {(one.key, one.column): one for one in compared(database, exported, changes).differences}
    assert found["B1", "Verfügbar"].standing is DifferenceStanding.COMPUTED
    assert found["Summe", "Ansatz"].standing is DifferenceStanding.COMPUTED
    assert "kein Betrag" in found["007", "Ansatz"].reason
    assert "nächsten Liste" in found["19/1", "Betrag"].reason
    assert found["007", "Quartier"].standing is DifferenceStanding.REMARK
    assert all(one.edit is None for one in found.values())


# --- taken over ------------------------------------------------------------------------------------------------

CHANGES = both(
    set_cell("Übersicht", 3, "Bezeichnung", "Treff Mitte"),
    set_cell("Übersicht", 3, "Ansatz", "1.234,50"),
    set_cell("Übersicht", 3, "Art", "Starterbudget"),
    set_cell("Übersicht", 3, "Innenauftrag", 571),
    set_cell("Mittelbindungen", 2, "Betrag", 60),
    set_cell("Mittelbindungen", 2, "Empfänger", "AWO"),
    set_cell("Umschichtungen", 2, "Grund", "Plakate"),
    set_cell("Einzelposten", 2, "Budget", "007"),
    set_cell("Einzelposten", 3, "Text", "@SUMME(A1)"),
    set_cell("Einzelposten", 4, "Budget", None),
    lambda book: book["Übersicht"].append(["NEU", "Nachtrag", None, None, "580", 100]),
    lambda book: book["Mittelbindungen"].append(
        ["MB9", "NEU", "Vertrag", None, None, None, None, None, None, 5]
    ),
    lambda book: book["Einzelposten"].append(["B1", "01.04.2026", None, None, "33", "1"]),
    lambda book: book["Einzelposten"].append(["Summe", None, None, None, None, None]),
)


def test_everything_proposed_is_taken_over_in_one_step(database: Database, exported: Path) -> None:
    returned = compared(database, exported, CHANGES)
    added = {one.key: one.reason for one in returned.differences if one.standing is DifferenceStanding.ADDED}
    assert "mit der Liste der Finanzabteilung einlesen" in added["33/1"]
    assert any("vermutlich eine Summe" in reason for reason in added.values())
    chosen = {one.id for one in returned.differences if one.proposed}
    result = finance_return.take_over(database, returned, chosen)
    assert (result.changed, result.added, result.fields) == (6, 2, 10)
    with database.read() as session:
        budget = session.scalars(select(Budget).where(Budget.number == "B1")).one()
        assert (budget.title, budget.planned_cents, budget.kind, budget.internal_order) == (
            "Treff Mitte", 123_450, "Starterbudget", "571",
        )  # fmt: skip
        promised = session.scalars(select(Commitment).where(Commitment.number == "MB1")).one()
        assert (promised.amount_cents, promised.recipient) == (6_000, "AWO")
        assert session.scalar(select(Transfer.reason)) == "Plakate"
        new = session.scalars(select(Budget).where(Budget.number == "NEU")).one()
        assert (new.title, new.year, new.planned_cents) == ("Nachtrag", 2026, 10_000)
        assert session.scalar(select(Commitment.budget_id).where(Commitment.number == "MB9")) == new.id
        bookings = session.scalars(select(Booking).order_by(Booking.id)).all()
        assert [b.assigned_by for b in bookings[:2]] == ["hand", None]
        assert sum(b.budget_id is None for b in bookings[2:4]) == 1  # of two identical lines it is all one
        assert bookings[1].text == "@SUMME(A1)"
        assert len(bookings) == 5
    again = compare_file(database, returned.opened.path)
    assert not any(one.edit for one in again.differences)
    assert again.count(DifferenceStanding.SAME) == 12
    label = database.undo()
    assert label == "Änderungen aus „zurueck.xlsx“ übernommen"
    assert compare_file(database, returned.opened.path).differences == returned.differences


def test_cancelled_in_the_middle_it_leaves_everything_as_it_was(database: Database, exported: Path) -> None:
    returned = compared(database, exported, CHANGES)
    chosen = {one.id for one in returned.differences if one.proposed}
    before = content(database)
    seen: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        if done == total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        finance_return.take_over(database, returned, chosen, cancel)
    assert seen == [(done, 8) for done in range(5)]
    assert content(database) == before
    assert database.undo_label == "Jahr"
    seen.clear()
    finance_return.take_over(database, returned, chosen, lambda done, total: seen.append((done, total)))
    assert seen == [(done, 8) for done in range(9)]


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(connect(database.path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for (name,) in tables
        }


def test_what_we_changed_too_is_marked_and_not_proposed(database: Database, exported: Path) -> None:
    with database.write("Titel") as session:
        session.execute(update(Budget).where(Budget.number == "B1").values(title="Unser Treff"))
    returned = compared(database, exported, set_cell("Übersicht", 3, "Bezeichnung", "Ihr Treff"))
    (one,) = returned.differences
    assert (one.ours, one.now, one.theirs, one.standing) == (
        "Treff", "Unser Treff", "Ihr Treff", DifferenceStanding.CONFLICT,
    )  # fmt: skip
    assert not one.proposed
    finance_return.take_over(database, returned, {one.id})
    with database.read() as session:
        assert session.scalar(select(Budget.title).where(Budget.number == "B1")) == "Ihr Treff"


def test_what_the_rules_refuse_is_said_at_its_row_and_nothing_is_written(
    database: Database, exported: Path
) -> None:
    wrong = both(
        set_cell("Übersicht", 3, "Bezeichnung", "gut"),
        set_cell("Übersicht", 2, "Ansatz", -5),
        set_cell("Umschichtungen", 2, "Betrag", None),
        set_cell("Einzelposten", 2, "Budget", "GIBTSNICHT"),
    )
    returned = compared(database, exported, wrong)
    with pytest.raises(Refused) as refused:
        finance_return.take_over(database, returned, {one.id for one in returned.differences})
    keys = {returned.differences[place].key: words for place, words in refused.value.problems.items()}
    assert set(keys) == {"007", "UM1", "19/1"}
    assert "negativ" in keys["007"]
    assert "GIBTSNICHT" in keys["19/1"]
    with database.read() as session:
        assert session.scalar(select(Budget.title).where(Budget.number == "B1")) == "Treff"
        assert session.scalar(select(func.count()).select_from(Budget)) == 2


def test_new_rows_name_quarters_and_budgets_by_what_stands_in_them(
    database: Database, exported: Path
) -> None:
    with database.write("Quartier") as session:
        session.add(Quarter(short="DÖ", name="Döhren"))
    added = both(
        lambda book: book["Übersicht"].append(["NEU", "Nachtrag", "DÖ", None, None, 100]),
        lambda book: book["Umschichtungen"].append(
            ["UM9", None, "01.05.2026", "B1", "NEU", "25,50", "Nachtrag"]
        ),
    )
    returned = compared(database, exported, added)
    result = finance_return.take_over(database, returned, {one.id for one in returned.differences})
    assert (result.changed, result.added) == (0, 2)
    with database.read() as session:
        new = session.scalars(select(Budget).where(Budget.number == "NEU")).one()
        assert session.scalar(select(Quarter.name).where(Quarter.id == new.quarter_id)) == "Döhren"
        moved = session.scalars(select(Transfer).where(Transfer.number == "UM9")).one()
        assert (moved.to_budget_id, moved.amount_cents, moved.day) == (new.id, 2_550, date(2026, 5, 1))
        assert budgets.figures(session, BudgetSelection(budget_id=new.id)).available_cents == 12_550


def test_new_rows_that_name_nothing_we_know_are_refused_each_with_its_reason(
    database: Database, exported: Path
) -> None:
    added = both(
        lambda book: book["Übersicht"].append(["NEU", "Nachtrag", "Atlantis", None, None, 100]),
        lambda book: book["Umschichtungen"].append(["UM8", None, None, "B1", "GIBTSNICHT", 5]),
        lambda book: book["Umschichtungen"].append(["UM9", None, None, None, "B1", 5]),
    )
    returned = compared(database, exported, added)
    with pytest.raises(Refused) as refused:
        finance_return.take_over(database, returned, {one.id for one in returned.differences})
    keys = {returned.differences[place].key: words for place, words in refused.value.problems.items()}
    assert keys == {
        "NEU": "Ein Quartier „Atlantis“ gibt es nicht.",
        "UM8": "Ein Budget „GIBTSNICHT“ gibt es nicht.",
        "UM9": "Das Budget fehlt.",
    }
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Transfer)) == 1
        assert session.scalar(select(func.count()).select_from(Budget)) == 2


def test_a_comparison_that_is_out_of_date_writes_nothing(database: Database, exported: Path) -> None:
    returned = compared(database, exported, set_cell("Übersicht", 3, "Bezeichnung", "neu"))
    with database.write("Notiz") as session:
        session.execute(update(Budget).values(notes="unbeteiligt"))
    with database.write("Titel") as session:
        session.execute(update(Budget).where(Budget.number == "B1").values(title="anders"))
    with pytest.raises(UserError, match="seit dem Vergleich"):
        finance_return.take_over(database, returned, {0})


def test_records_that_are_gone_are_not_taken_over(database: Database, exported: Path) -> None:
    with database.write("weg") as session:
        session.delete(session.scalars(select(Commitment)).one())
    returned = compared(database, exported, set_cell("Mittelbindungen", 2, "Betrag", 1))
    assert [(one.reason, one.edit) for one in returned.differences] == [("Steht hier nicht mehr.", None)]


def test_overspending_is_said_and_does_not_block(database: Database, exported: Path) -> None:
    returned = compared(database, exported, set_cell("Übersicht", 3, "Ansatz", 1))
    result = finance_return.take_over(database, returned, {one.id for one in returned.differences})
    assert result.overspent == ("B1",)


def test_a_workbook_that_is_no_longer_kept_says_so(
    database: Database, exported: Path, tmp_path: Path
) -> None:
    kept = exported.read_bytes()
    with database.read() as session:
        data = finance_exports.gather(session, 2026, NOW)
    with database.write("Viele Exporte", undoable=False) as session:
        for _ in range(finance_exports.KEPT):
            finance_exports.keep(session, data, "spaeter.xlsx", b"")
    (tmp_path / "alt.xlsx").write_bytes(kept)
    with pytest.raises(UserError, match=r"„alt\.xlsx“ ist die Finanzliste vom 01\.07\.2026.*nicht mehr vor"):
        compare_file(database, tmp_path / "alt.xlsx")


def test_a_list_without_its_headers_is_said_and_not_guessed(database: Database, exported: Path) -> None:
    returned = compared(database, exported, lambda book: book["Mittelbindungen"].delete_rows(1))
    assert [one.reason for one in returned.differences if one.sheet == "Mittelbindungen"] == [
        "Die Kopfzeile ist nicht zu finden; das Blatt wurde nicht verglichen."
    ]


def test_a_new_row_that_cannot_be_read_and_a_column_that_stands_twice(
    database: Database, exported: Path
) -> None:
    def change(book: Workbook) -> None:
        book["Übersicht"].append(["NEU", "Nachtrag", None, None, None, "viel"])
        page = book["Mittelbindungen"]
        page.cell(1, 14).value = "Betrag"
        page.cell(2, 14).value = 999

    returned = compared(database, exported, change)
    added = next(one for one in returned.differences if one.key == "NEU")
    assert added.edit is None
    assert added.reason.startswith("Ansatz: ")
    twice = [one.reason for one in returned.differences if one.sheet == "Mittelbindungen"]
    assert twice == ["Die Spalte „Betrag“ steht doppelt da; verglichen wurde die erste."]
