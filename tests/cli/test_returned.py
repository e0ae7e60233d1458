"""compare-finance: what finance changed in a workbook that was exported here."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from tests.paths import DATA


@pytest.fixture
def exported(file: Path, tmp_path: Path, call: Call) -> Path:
    master = DATA / "stammdaten.xlsx"
    assert call("import-master", master, "--database", file).code == 0
    out = tmp_path / "finanzen.xlsx"
    assert call("export-finance", out, "--year", "2026", "--database", file).code == 0
    return out


def test_without_changes_there_is_nothing(call: Call, file: Path, exported: Path) -> None:
    called = call("compare-finance", exported, "--database", file, "--json")
    assert called.code == 0
    assert called.data["differences"] == []
    assert called.data["export"]["year"] == 2026
    assert "Keine Unterschiede" in call("compare-finance", exported, "--database", file).out


def test_a_difference_is_told_with_its_place(call: Call, file: Path, exported: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(exported)
    number, before = book["Übersicht"]["A2"].value, book["Übersicht"]["B2"].value
    book["Übersicht"]["B2"] = "Anders"
    book.save(tmp_path / "zurueck.xlsx")
    called = call("compare-finance", tmp_path / "zurueck.xlsx", "--database", file, "--json")
    assert called.code == 0
    assert called.data["differences"] == [
        {
            "sheet": "Übersicht", "row": 2, "key": number, "column": "Bezeichnung", "ours": before, "now": before,
            "theirs": "Anders", "state": "open", "takeable": True, "reason": "",
        }
    ]  # fmt: skip
    text = call("compare-finance", tmp_path / "zurueck.xlsx", "--database", file).out
    assert "übernehmbar" in text
    assert "1 Unterschied" in text


def test_what_is_not_ours_ends_with_3(call: Call, file: Path, tmp_path: Path) -> None:
    called = call("compare-finance", DATA / "stammdaten.xlsx", "--database", file, "--json")
    assert called.code == 3
    assert "keine Kennung" in called.data["error"]
    assert call("compare-finance", tmp_path / "fehlt.xlsx", "--database", file).code == 3
