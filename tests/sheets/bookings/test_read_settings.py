"""What is set by hand for a file is honoured: sign, S/H, unit, order of dates, header row, last row."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.read_settings import (
    AmountSign,
    DateOrder,
    DebitCredit,
    HeaderLines,
    ReadSettings,
    Unit,
)
from app.domain.errors import UserError
from app.sheets.bookings.columns import find_columns, fingerprints, headers_of
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import read_bookings
from app.sheets.reading.cells import Sheet, Workbook

HEADER = ["Buchungsdatum", "Belegnummer", "Innenauftrag", "Betrag", "S/H"]
PLAIN = ReadSettings()
THOUSANDS = ReadSettings(unit=Unit.THOUSAND)
NEGATIVE = ReadSettings(AmountSign.SPENDING_NEGATIVE)


def parse(
    settings: ReadSettings,
    *rows: list[Any],
    profile: dict[BookingField, str] | None = None,
    name: str = "Blatt",
) -> BookingFile:
    return read_bookings(Workbook([Sheet(name, list(rows))]), "liste.csv", profile, settings)


def line(amount: Any, side: Any = None, day: Any = "15.01.2026", document: Any = "19") -> list[Any]:
    return [day, document, "570", amount, side]


def amounts(file: BookingFile) -> list[int]:
    return [posting.amount_cents for posting in file.postings]


@pytest.mark.parametrize(
    ("settings", "cells", "cents"),
    [
        (PLAIN, [("10,00", "S"), ("4,00", "H")], [1000, -400]),
        (PLAIN, [("10,00", "S"), ("-4,00", "H")], [1000, -400]),
        (PLAIN, [("-10,00", None), ("4,00", None)], [-1000, 400]),
        (NEGATIVE, [("-10,00", None), ("4,00", None)], [1000, -400]),
        (NEGATIVE, [("10,00", "H"), ("4,00", "S")], [1000, -400]),
        (NEGATIVE, [("-10,00", "H"), ("4,00", "S")], [1000, -400]),
        (ReadSettings(debit_credit=DebitCredit.TURN), [("10,00", "S"), ("-4,00", "H")], [1000, 400]),
        (ReadSettings(debit_credit=DebitCredit.IGNORE), [("10,00", "S"), ("4,00", "H")], [1000, 400]),
        (ReadSettings(debit_credit=DebitCredit.IGNORE), [("10,00", "x")], [1000]),
        (THOUSANDS, [("12,5", None), ("1,234", None), (0.5, None)], [1250000, 123400, 50000]),
        (replace(THOUSANDS, sign=AmountSign.SPENDING_NEGATIVE), [("-12,5", None)], [1250000]),
    ],
)
def test_sign_side_and_unit(settings: ReadSettings, cells: list[tuple[Any, Any]], cents: list[int]) -> None:
    file = parse(settings, HEADER, *(line(*cell, document=str(n)) for n, cell in enumerate(cells, 1)))
    assert (amounts(file), file.rejected) == (cents, [])


@pytest.mark.parametrize(
    ("settings", "total", "side", "cents"),
    [
        (PLAIN, "6,00", None, 600),
        (PLAIN, "6,00", "H", -600),
        (NEGATIVE, "-6,00", None, 600),
        (NEGATIVE, "6,00", "H", 600),
        (THOUSANDS, "6,0", None, 600000),
        (ReadSettings(debit_credit=DebitCredit.TURN), "-6,00", "H", 600),
        (ReadSettings(debit_credit=DebitCredit.IGNORE), "6,00", "H", 600),
    ],
)
def test_the_control_total_is_read_alike(
    settings: ReadSettings, total: str, side: str | None, cents: int
) -> None:
    file = parse(settings, HEADER, line("1,0", "S"), ["Gesamtsumme", None, None, total, side])
    assert file.control_total_cents == cents


def test_more_decimals_than_cents_are_rejected() -> None:
    file = parse(THOUSANDS, HEADER, line("12,34567"), line("12,345678", document="20"))
    assert amounts(file) == [1234567]
    assert [(r.row, r.reason) for r in file.rejected] == [
        (3, "„12,345678“ hat mehr als fünf Nachkommastellen.")
    ]


def test_an_unknown_side_is_rejected_where_it_always_turns() -> None:
    file = parse(ReadSettings(debit_credit=DebitCredit.TURN), HEADER, line("-1,00", "x"), line("2,00", "S"))
    assert (amounts(file), [r.row for r in file.rejected]) == ([200], [2])


def test_a_unit_found_in_the_file_holds_until_she_says_otherwise() -> None:
    columns = headers_of(Sheet("Blatt", [list(HEADER)]), 0)
    columns.unit = Unit.THOUSAND
    assert BookingFile("a", "b", Shape.POSTINGS, columns).unit is Unit.THOUSAND
    assert BookingFile("a", "b", Shape.POSTINGS, columns, ReadSettings(unit=Unit.EURO)).unit is Unit.EURO


@pytest.mark.parametrize(
    ("order", "written", "day"),
    [
        (DateOrder.AUTOMATIC, "03/04/2026", date(2026, 4, 3)),
        (DateOrder.MONTH_FIRST, "03/04/2026", date(2026, 3, 4)),
        (DateOrder.YEAR_FIRST, "26/03/04", date(2026, 3, 4)),
    ],
)
def test_the_order_of_dates(order: DateOrder, written: str, day: date) -> None:
    file = parse(ReadSettings(date_order=order), HEADER, line("1,00", day=written))
    assert file.postings[0].day == day


def test_months_of_a_cumulative_file_in_american_dates() -> None:
    settings = ReadSettings(date_order=DateOrder.MONTH_FIRST)
    file = parse(settings, ["Innenauftrag", "Monat", "Ist kumuliert"], ["570", "03/31/2026", "5,00"])
    assert (file.shape, file.postings[0].day) == (Shape.CUMULATIVE, date(2026, 3, 31))


def test_rows_after_the_last_are_not_counted() -> None:
    rows = [HEADER, line("1,00"), line("2,00", document="20"), line("3,00", document="21"), ["Ende", "x"]]
    file = parse(ReadSettings(last_row=3), *rows)
    assert (amounts(file), file.skipped, file.rejected) == ([100, 200], [], [])
    with pytest.raises(UserError, match="keine Buchung"):
        parse(ReadSettings(last_row=1), *rows)


def test_the_end_is_known_again_by_how_it_begins() -> None:
    junk = [["Erstellt am 03.04.2026", None, None, None], line("99,00", document="77")]
    file = parse(
        ReadSettings(end_mark="erstelltam"), HEADER, line("1,00"), line("2,00", document="20"), *junk
    )
    assert (amounts(file), file.skipped, file.rejected) == ([100, 200], [], [])


def test_a_booking_is_never_the_end() -> None:
    header = ["Empfänger", "Buchungsdatum", "Betrag"]
    rows = [["Erstellt GmbH", "15.01.2026", "1,00"], ["Maler", "16.01.2026", "2,00"]]
    assert amounts(parse(ReadSettings(end_mark="erstelltgmbh"), header, *rows)) == [100, 200]


PROFILE = {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe"}


def test_a_header_row_by_hand() -> None:
    rows = [["Tag", "Summe"], ["aus alter Liste", "x"], ["Tag", "Summe"], ["15.01.2026", "1,00"]]
    file = parse(ReadSettings(header_row=3), *rows, profile=PROFILE)
    assert (file.columns.header_row, amounts(file), file.rejected, file.skipped) == (2, [100], [], [])


def test_a_header_over_two_rows_by_hand() -> None:
    rows = [["Buchungs", "Betrag"], ["Tag", "1"], ["15.01.2026", "1,00"]]
    settings = ReadSettings(header_row=2, header_lines=HeaderLines.TWO)
    profile = {BookingField.DAY: "Buchungs Tag", BookingField.AMOUNT: "Betrag 1"}
    file = parse(settings, *rows, profile=profile)
    assert (file.columns.headers, amounts(file)) == (["Buchungs Tag", "Betrag 1"], [100])


def test_no_header() -> None:
    settings = ReadSettings(header_lines=HeaderLines.NONE)
    rows = [["Liste der Kasse"], ["15.01.2026", "x", "1,00"], ["16.01.2026", "y", "2,00"]]
    file = parse(settings, *rows, profile={BookingField.DAY: "Spalte A", BookingField.AMOUNT: "Spalte C"})
    assert (amounts(file), [p.row for p in file.postings]) == ([100, 200], [2, 3])
    assert file.columns.fingerprint == ""
    with pytest.raises(UserError, match="fehlt eine Spalte für den Betrag"):
        parse(settings, *rows, profile={BookingField.DAY: "Spalte A"})


def test_columns_without_a_name_and_with_the_same_name() -> None:
    header = ["Datum", "Datum", "", "Text"]
    profile = {BookingField.DAY: "Datum (Spalte B)", BookingField.AMOUNT: "Spalte C"}
    file = parse(
        ReadSettings(header_row=1), header, ["01.01.2026", "15.01.2026", "1,00", "x"], profile=profile
    )
    assert file.columns.titles == ["Datum", "Datum (Spalte B)", "Spalte C", "Text"]
    assert (file.postings[0].day, amounts(file)) == (date(2026, 1, 15), [100])


def test_a_header_is_found_again_by_its_mark_wherever_it_stands() -> None:
    first = Sheet(
        "Blatt", [["Titel"], ["Tag", "Summe", "Buchungsdatum Betrag"], ["15.01.2026", "1,00", None]]
    )
    mark = headers_of(first, 1).fingerprint
    moved = [["Titel"], ["Buchungsdatum", "Betrag"], [], ["summe", "TAG", "Buchungsdatum Betrag"]]
    columns = find_columns(Sheet("Blatt", moved), PROFILE, ReadSettings(header_mark=mark))
    assert columns is not None
    assert (columns.header_row, columns.index[BookingField.DAY]) == (3, 1)
    assert fingerprints(Sheet("Blatt", moved))[mark] == (3, HeaderLines.ONE)


def test_without_the_known_header_the_names_decide() -> None:
    file = parse(ReadSettings(header_mark="0" * 32), HEADER, line("1,00"))
    assert amounts(file) == [100]


def test_the_word_of_a_total_counts_also_in_a_column_that_means_nothing() -> None:
    header = ["Buchungsdatum", "Betrag", "Bemerkung"]
    file = parse(PLAIN, header, ["15.01.2026", "12,5", "x"], [None, "12,5", "Summe"])
    assert ([s.row for s in file.skipped], file.rejected, file.control_total_cents) == ([3], [], 1250)
