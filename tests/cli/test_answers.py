"""The other commands: master data, figures, deadlines, papers - JSON for scripts, tables for people."""

from pathlib import Path

import openpyxl
import pytest

from app.cli.answer import table
from db.database import open_database
from tests.cli.conftest import SAMPLES, Call
from tests.ics import read


def test_master_data_out_and_in_again_changes_nothing(filled: Path, tmp_path: Path, call: Call) -> None:
    out = tmp_path / "stamm.xlsx"
    assert call("export-master", out, "--database", filled, "--json").data == {"file": str(out)}
    again = call("import-master", out, "--database", filled, "--json")
    assert again.code == 0
    assert again.data["written"] is False
    assert {(s["new"], s["changed"], len(s["rejected"])) for s in again.data["sheets"].values()} == {
        (0, 0, 0)
    }


def test_the_template_needs_no_database(tmp_path: Path, call: Call) -> None:
    out = tmp_path / "vorlage.xlsx"
    called = call("template", out, "--database", tmp_path / "fort.db", "--json")
    assert (called.code, called.data) == (0, {"file": str(out)})
    assert out.stat().st_size > 1000


def test_rejected_master_data(file: Path, call: Call) -> None:
    source = SAMPLES / "stammdaten_fehler.xlsx"
    refused = call("import-master", source, "--database", file, "--json")
    assert (refused.code, refused.data["written"]) == (3, False)
    assert "Budgets, Zeile 3, Ansatz" in refused.err
    taken = call("import-master", source, "--skip-rejected", "--database", file, "--json")
    assert (taken.code, taken.data["written"]) == (0, True)


def test_a_dry_run_of_master_data_writes_nothing(file: Path, call: Call) -> None:
    looked = call("import-master", SAMPLES / "stammdaten.xlsx", "--dry-run", "--database", file, "--json")
    assert (looked.code, looked.data["written"]) == (0, False)
    assert looked.data["sheets"]["Budgets"]["new"] == 7
    assert call("budget", "--year", "2026", "--database", file, "--json").data["budgets"] == []


def test_budget_figures(filled: Path, call: Call) -> None:
    data = call("budget", "--year", "2026", "--database", filled, "--json").data
    assert set(data) == {"budgets", "unassigned", "total"}
    assert data["budgets"][0] == {
        "number": "B26-DOE",
        "planned": "6000.00",
        "transfers": "0.00",
        "committed": "600.00",
        "actual": "0.00",
        "available": "5400.00",
    }
    assert data["total"]["planned"] == "80000.50"
    assert data["unassigned"] == {"count": 0, "sum": "0.00"}
    text = call("budget", "--year", "2026", "--database", filled).out
    assert "Starterbudget Döhren 2026" in text
    assert "74.349,75" in text


def test_a_year_without_budgets_is_an_empty_answer(filled: Path, call: Call) -> None:
    called = call("budget", "--year", "2031", "--database", filled, "--json")
    assert (called.code, called.data["budgets"]) == (0, [])


def test_grant(filled: Path, call: Call) -> None:
    data = call("grant", "LAND", "--on", "2026-06-30", "--database", filled, "--json").data
    assert set(data) == {"granted", "eligible", "final", "received", "refund", "items", "payouts"}
    assert data["payouts"][0] == {
        "nr": 1,
        "received": "9000.00",
        "used": "0.00",
        "open": "9000.00",
        "use_by": "2026-03-20",
    }
    unknown = call("grant", "BUND", "--database", filled, "--json")
    assert unknown.code == 3
    assert unknown.data["error"] == "Eine Förderung „BUND“ gibt es nicht. Vorhanden: LAND."


def test_deadlines_for_scripts_people_and_calendars(filled: Path, tmp_path: Path, call: Call) -> None:
    calendar = tmp_path / "fristen.ics"
    data = call("deadlines", "--on", "2026-07-01", "--ics", calendar, "--database", filled, "--json").data[
        "deadlines"
    ]
    assert set(data[0]) == {"date", "kind", "record", "title", "rule"}
    assert [entry["date"] for entry in data] == sorted(entry["date"] for entry in data)
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == len(data)
    shown = call("deadlines", "--on", "2026-07-01", "--days", "0", "--database", filled)
    assert "überfällig" in shown.out
    assert "15.10.2026" not in shown.out


def test_an_empty_calendar_is_said_and_not_written(file: Path, tmp_path: Path, call: Call) -> None:
    calendar = tmp_path / "fristen.ics"
    asked = ("deadlines", "--on", "2026-01-01", "--days", "10", "--ics", calendar, "--database", file)
    for called in (call(*asked), call(*asked, "--json")):
        assert called.code == 0
        assert "keine Kalenderdatei gespeichert" in called.err
    assert not calendar.exists()


def test_a_calendar_beside_an_open_window_is_written_and_says_so(
    filled: Path, tmp_path: Path, call: Call
) -> None:
    window = open_database(filled, writer=True)
    calendar = tmp_path / "fristen.ics"
    called = call("deadlines", "--on", "2026-07-01", "--ics", calendar, "--database", filled, "--json")
    window.close()
    assert called.code == 0
    assert "nicht vermerkt" in called.err
    assert read(calendar.read_bytes()).parts


def test_nothing_due_is_said(file: Path, call: Call) -> None:
    shown = call("deadlines", "--on", "2026-01-01", "--days", "10", "--database", file)
    assert (shown.code, shown.out.strip()) == (0, "Es ist nichts fällig.")


def test_an_agreement_is_printed_with_what_it_lacks(filled: Path, tmp_path: Path, call: Call) -> None:
    out = tmp_path / "zv.pdf"
    called = call("print-agreement", "ZV-2026-01", out, "--database", filled, "--json")
    assert called.code == 0
    assert called.data["file"] == str(out)
    assert called.data["missing"]
    assert out.read_bytes().startswith(b"%PDF")
    unknown = call("print-agreement", "ZV-1999-01", out, "--database", filled, "--json")
    assert unknown.code == 3
    assert "ZV-1999-01" in unknown.data["error"]


def test_the_workbook_for_finance(filled: Path, tmp_path: Path, call: Call) -> None:
    out = tmp_path / "finanz.xlsx"
    call("import-bookings", SAMPLES / "einzelposten_2026-03.xlsx", "--database", filled)
    called = call("export-finance", out, "--year", "2026", "--database", filled, "--json")
    assert (called.code, called.data) == (0, {"file": str(out), "bookings": 66, "total": "33106.33"})
    assert call("export-finance", out, "--year", "2001", "--database", filled).code == 3


@pytest.mark.parametrize(
    "command",
    [
        ("template",),
        ("export-master",),
        ("export-finance", "--year", "2026"),
        ("print-agreement", "ZV-2026-01"),
        ("deadlines", "--ics"),
    ],
    ids=lambda command: command[0],
)
def test_an_output_that_cannot_be_written_is_5(
    filled: Path, tmp_path: Path, call: Call, command: tuple[str, ...]
) -> None:
    missing = tmp_path / "fort" / "datei"
    called = call(*command, missing, "--database", filled, "--json")
    assert called.code == 5
    assert str(missing.parent) in called.data["error"]
    folder = call(*command, tmp_path, "--database", filled, "--json")
    assert folder.code == 5


def test_a_table_of_no_rows_has_its_headers() -> None:
    assert table(("A", "Betrag"), [], right=(1,)) == "A  Betrag\n-  ------"


def test_a_list_does_not_change_what_is_signed(call: Call, filled: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vereinbarungen"
    for row in (("Nummer", "Stand", "Träger", "Betrag"), ("ZV-2026-01", "Entwurf", "AWOX", 1)):
        sheet.append(row)
    source = tmp_path / "signed.xlsx"
    book.save(source)
    refused = call("import-master", source, "--database", filled, "--json")
    rejected = refused.data["sheets"]["Vereinbarungen"]["rejected"]
    assert (refused.code, refused.data["written"]) == (3, False)
    assert [(one["row"], one["column"], one["value"]) for one in rejected] == [
        (2, "Stand", "Entwurf"),
        (2, "Träger", "AWOX"),
        (2, "Betrag", "1"),
    ]
    assert all("unterschrieben" in one["reason"] for one in rejected)
    skipped = call("import-master", source, "--skip-rejected", "--database", filled, "--json")
    assert (skipped.code, skipped.data["written"]) == (0, False)
