"""DATEV's Buchungsstapel: two header lines, days without year, both sides of a booking."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.bookings.bookings import BookingField
from app.domain.errors import UserError
from app.sheets.bookings import datev
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import read_bookings
from app.sheets.reading.read import read_workbook

HEADER = (
    '"EXTF";700;21;"Buchungsstapel";13;20260405101530000;;"RE";"";"";1001;1;20260101;7;20260301;20260331;"März";"";1;0;'
    '0;"EUR";;"";;;"04";;;"";""'
)
NAMES = [
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz",
    "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto",
    "Buchungstext", "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "Generalumkehr (GU)",
]  # fmt: skip


def line(
    amount: str = "97,32",
    side: str = "S",
    account: str = "4271000",
    contra: str = "70000123",
    day: str = "1503",
    *,
    currency: str = "EUR",
    euro: str = "",
    key: str = "",
    cost_centre: str = "5701",
    order: str = "57001201",
    reversed_: str = "",
) -> str:
    cells = [
        amount, f'"{side}"', f'"{currency}"', "", euro, '"EUR"' if euro else '""', account, contra, f'"{key}"', day,
        '"RE-4711"', '""', "", '"Miete; März"', f'"{cost_centre}"', f'"{order}"', "", reversed_,
    ]  # fmt: skip
    return ";".join(cells)


def batch(tmp_path: Path, *lines: str, header: str = HEADER) -> BookingFile:
    path = tmp_path / "EXTF_Buchungsstapel.csv"
    path.write_bytes("\r\n".join([header, ";".join(NAMES), *lines, ""]).encode("cp1252"))
    return read_bookings(datev.understood(path, read_workbook(path)), path.name)


def test_a_batch(tmp_path: Path) -> None:
    file = batch(tmp_path, line())
    (posting,) = file.postings
    assert (posting.row, posting.day, posting.budget_year, posting.amount_cents) == (
        3,
        date(2026, 3, 15),
        2026,
        9732,
    )
    assert (posting.document_number, posting.line, posting.text) == ("RE-4711", None, "Miete; März")
    assert (posting.internal_order, posting.cost_centre, posting.account) == ("57001201", "5701", "4271000")
    assert file.columns.header(BookingField.DAY) == "Belegdatum"
    assert posting.document_date is None


@pytest.mark.parametrize(
    ("row", "account", "cents"),
    [
        (line(), "4271000", 9732),
        (line(side="H"), "4271000", -9732),
        (line(side="H", account="70000123", contra="4271000"), "4271000", 9732),
        (line(side="S", account="70000123", contra="4271000"), "4271000", -9732),
        (line(side="H", account="1711000", contra="4271000"), "4271000", 9732),
        (line(side="S", account="1711000", contra="3461000"), "3461000", -9732),
        (line(amount="-97,32"), "4271000", -9732),
        (line(reversed_="1"), "4271000", -9732),
        (line(key="20"), "4271000", -9732),
        (line(key="9"), "4271000", 9732),
        (line(key="20", side="H", account="70000123", contra="4271000"), "4271000", -9732),
        (line(currency="USD", amount="100,00", euro="92,10"), "4271000", 9210),
        (line(account="0821000", contra="70000123"), "821000", 9732),
        (line(account="4271000", contra="4431000"), "4271000", 9732),
    ],
)
def test_which_side_is_spending(tmp_path: Path, row: str, account: str, cents: int) -> None:
    (posting,) = batch(tmp_path, row).postings
    assert (posting.account, posting.amount_cents) == (account, cents)


def test_mixed_sides_add_up(tmp_path: Path) -> None:
    file = batch(tmp_path, line(amount="1.000,00"), line(side="H", amount="250,00"), line(amount="-50,00"))
    assert [posting.amount_cents for posting in file.postings] == [100000, -25000, -5000]


def test_foreign_money_without_euro_is_refused(tmp_path: Path) -> None:
    file = batch(tmp_path, line(currency="USD"), line())
    assert [(one.row, one.column) for one in file.rejected] == [(3, "WKZ Umsatz")]


def test_mere_payments_are_left_aside_and_said(tmp_path: Path) -> None:
    payment = line(account="70000123", contra="1711000", cost_centre="", order="")
    file = batch(tmp_path, line(), payment)
    assert len(file.postings) == 1
    assert [(one.row, "Zahlung" in one.reason) for one in file.skipped] == [(4, True)]
    assert len(batch(tmp_path, line(account="70000123", contra="1711000")).postings) == 1


@pytest.mark.parametrize(
    ("day", "header", "expected"),
    [
        ("103", HEADER, None),
        ("0103", HEADER, date(2026, 3, 1)),
        ("103", HEADER.replace("20260301", "20260101"), None),
        ("3103", HEADER, date(2026, 3, 31)),
        ("0204", HEADER, date(2026, 4, 2)),
        ("2902", HEADER, None),
        ("1501", HEADER.replace("20260101", "20250701").replace("20260301;20260331", ";"), date(2026, 1, 15)),
        ("1508", HEADER.replace("20260101", "20250701").replace("20260301;20260331", ";"), date(2025, 8, 15)),
        ("3112", HEADER.replace("20260301;20260331", "20251201;20260331"), date(2025, 12, 31)),
        ("15032026", HEADER, None),
    ],
)
def test_days_get_their_year(tmp_path: Path, day: str, header: str, expected: date | None) -> None:
    file = batch(tmp_path, line(day=day), line(), header=header)
    if expected is None and day == "103":
        expected = date(2026, 3, 1)
    assert (file.postings[0].day if len(file.postings) == 2 else None) == expected
    assert len(file.postings) + len(file.rejected) == 2


def test_other_datev_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Debitoren"):
        batch(
            tmp_path,
            line(),
            header=HEADER.replace("21;", "16;", 1).replace("Buchungsstapel", "Debitoren/Kreditoren"),
        )
    path = tmp_path / "ohne.csv"
    path.write_text(f"{HEADER}\n{line()}\n", "cp1252")
    with pytest.raises(UserError, match="zweite Zeile"):
        datev.understood(path, read_workbook(path))
