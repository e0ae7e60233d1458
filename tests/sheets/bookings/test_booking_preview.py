"""What would come of a file, from its first rows, and where it ends."""

from typing import Any

import pytest

from app.domain.bookings.bookings import BookingField, Rejected, RowState
from app.domain.bookings.read_settings import HeaderLines, ReadSettings
from app.sheets.bookings.preview import ROWS_READ, end_mark, end_row, preview
from app.sheets.reading.cells import Sheet

COLUMNS = {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe"}
HEADER = ["Tag", "Summe"]
SETTINGS = ReadSettings(header_row=1)


def sheet(*rows: list[Any]) -> Sheet:
    return Sheet("Blatt", [HEADER, *rows])


def test_bookings_refusals_and_skipped_rows_in_their_order() -> None:
    shown = preview(
        sheet(["15.01.2026", "1,00"], ["Hinweis", None], ["32.01.2026", "2,00"], ["Summe", "1,00"]),
        False,
        "liste.csv",
        COLUMNS,
        SETTINGS,
    )
    assert [(line.id, line.state) for line in shown.lines] == [
        (2, RowState.NEW),
        (3, RowState.SKIPPED),
        (4, RowState.REJECTED),
        (5, RowState.SKIPPED),
    ]
    rejected = shown.lines[2].read
    assert isinstance(rejected, Rejected)
    assert (rejected.column, rejected.amount_cents) == ("Tag", 200)
    assert (shown.whole, shown.sum_cents, shown.problem) == (True, 100, "")


def test_only_the_first_rows_are_read_and_no_total_is_told() -> None:
    rows = [["15.01.2026", "1,00"]] * (ROWS_READ + 10)
    shown = preview(sheet(*rows, ["Gesamtsumme", "9,00"]), False, "liste.csv", COLUMNS, SETTINGS)
    assert shown.file is not None
    assert (shown.whole, len(shown.file.postings), shown.file.control_total_cents) == (False, ROWS_READ, None)
    ended = preview(sheet(*rows), False, "liste.csv", COLUMNS, ReadSettings(header_row=1, last_row=100))
    assert ended.file is not None
    assert (ended.whole, len(ended.file.postings)) == (True, 99)


@pytest.mark.parametrize(
    ("rows", "settings", "said"),
    [
        ([["15.01.2026", "1,00"]], ReadSettings(header_lines=HeaderLines.NONE), "keine Kopfzeile"),
        ([["Hinweis", None]], SETTINGS, "keine Buchung"),
    ],
)
def test_why_there_is_nothing(rows: list[list[Any]], settings: ReadSettings, said: str) -> None:
    shown = preview(sheet(*rows), False, "liste.csv", COLUMNS, settings)
    assert (shown.file, said in shown.problem) == (None, True)


def test_the_end_of_this_file_and_of_the_next() -> None:
    first = sheet(["15.01.2026", "1,00"], [None, " "], ["Erstellt am 1.4.2026", None], ["1.2.2026", "9,00"])
    mark = end_mark(first, 2)
    assert (mark, end_mark(first, None), end_mark(first, 5)) == ("erstelltam", "", "")
    second = sheet(
        ["15.01.2026", "1,00"], ["16.01.2026", "2,00"], ["Erstellt am 1.5.2026", None], ["x", None]
    )
    assert end_row(second, False, COLUMNS, ReadSettings(end_mark=mark)) == 3
    assert end_row(second, False, COLUMNS, ReadSettings(last_row=2, end_mark=mark)) == 2
    assert end_row(second, False, COLUMNS, ReadSettings()) is None
