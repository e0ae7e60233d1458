"""What of a table is put on paper."""

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.printing import sheet
from app.ui.kit.widgets.figures import Bar, Track

COLUMNS = (
    Column[int]("nr", "Nr.", lambda row: row, Kind.NUMBER),
    Column[int]("cents", "Betrag", lambda row: row * 100, Kind.AMOUNT, total=True),
    Column[int]("bar", "Budget", lambda row: Bar(10_000, row * 4_000, 200), Kind.BAR),
    Column[int]("phase", "Phase", lambda row: Track(row, 7, "Aufbau"), Kind.TRACK),
)


def test_values_are_words_and_drawings_short_ones() -> None:
    found = sheet("Budgets", COLUMNS, [1, 3], (2, 5), "Jahr: 2026")
    assert found.titles == ("Nr.", "Betrag", "Budget", "Phase")
    assert found.rows == (
        ("1", "1,00", "42 % · verfügbar 58,00 €", "Aufbau (Schritt 1 von 7)"),
        ("3", "3,00", "122 % · überzogen um 22,00 €", "Aufbau (Schritt 3 von 7)"),
    )
    assert (found.right, found.totals) == ({0, 1}, ("", "4,00", "", ""))
    assert found.count == "2 von 5 Zeilen"


def test_without_sums_and_filters_nothing_is_said_of_them() -> None:
    found = sheet("Budgets", COLUMNS[:1], [1], (1, 1), "")
    assert (found.totals, found.count) == ((), "1 Zeile")
