"""`export-finance --layout`: finance's own workbook from the command line."""

import json
from pathlib import Path

from python_calamine import CalamineWorkbook

from app.services.finance import finance_layouts
from app.workflows.finance.fill_layout import new_layout
from db.database import open_database
from tests.cli.conftest import Call
from tests.sheets.layout.layout_samples import finance_book


def keep(database: Path, layout: Path) -> None:
    opened = open_database(database, writer=True)
    with opened.write("Vorlage gespeichert") as session:
        finance_layouts.save(session, new_layout(layout, lambda _done, _total: None)[0])
    opened.close()


def test_layout_is_filled_by_its_name(filled: Path, call: Call, tmp_path: Path) -> None:
    (tmp_path / "Kasse.xlsx").write_bytes(finance_book())
    keep(filled, tmp_path / "Kasse.xlsx")
    year = json.loads(call("budget", "--year", 2026, "--json", "--database", filled).out)
    assert year["budgets"]
    out = tmp_path / "aus.xlsx"
    called = call("export-finance", out, "--year", 2026, "--layout", "kasse", "--json", "--database", filled)
    assert called.code == 0
    assert called.data["file"] == str(out)
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("Buchungen").to_python()
    assert [row[0] for row in rows[5:7]] == ["", "Summe"], "no bookings yet"


def test_unknown_layout_is_input_refused(filled: Path, call: Call, tmp_path: Path) -> None:
    called = call(
        "export-finance", tmp_path / "x.xlsx", "--year", 2026, "--layout", "gibtsnicht", "--database", filled
    )
    assert called.code == 3
    assert "gibtsnicht" in called.err
    assert not (tmp_path / "x.xlsx").exists()
