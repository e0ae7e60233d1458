"""Every written form of amounts and dates that the rules name (exchange.md "Amounts", trap 10)."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bookings.read_settings import DateOrder
from app.domain.parsing import AmountError, DateError, parse_amount, parse_date, parse_whole, repair_text


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.234,56", 123456),
        ("1.234,56 €", 123456),
        ("1 234,56", 123456),
        ("1\u00a0234,56\u00a0€", 123456),
        ("1\u202f234,56", 123456),
        ("1'234,56", 123456),
        ("1234,56", 123456),
        ("1234.56", 123456),
        ("1,234.56", 123456),
        ("1,234,567", 123456700),
        ("12.800,00", 1280000),
        ("1.234", 123400),
        ("1.234.567", 123456700),
        ("1.234.567,8", 123456780),
        ("-1.234", -123400),
        ("-12,5", -1250),
        ("12,50-", -1250),
        ("12,50 -", -1250),
        ("- 12,50", -1250),
        ("(12,50)", -1250),
        ("( 1.234,56 €)", -123456),
        ("(12,50) EUR", -1250),
        ("\u221212,50", -1250),
        ("12,50\u2212", -1250),
        ("\u201312,50", -1250),
        ("+12,50", 1250),
        ("12,50 EUR", 1250),
        ("12,50EUR", 1250),
        ("EUR 12,50", 1250),
        ("€12,50", 1250),
        ("-€ 12,50", -1250),
        ("12,50 Euro", 1250),
        ("1.234,56 â‚¬", 123456),
        ("\u00a0 7 \u00a0", 700),
        ("0", 0),
        ("0,00", 0),
        (",50", 50),
        ("0,340", 34),
        ("1234,560", 123456),
        ("33,330000000000005", 3333),
        (12, 1200),
        (-12, -1200),
        (97.32, 9732),
        (1.1 + 2.2, 330),
        (0.1 + 0.7, 80),
        (33.33 * 3, 9999),
        (1234567.89, 123456789),
        (1e9 + 0.01, 100000000001),
        (Decimal("12.34"), 1234),
        (-0.0, 0),
    ],
)
def test_amounts(written: str | int | float | Decimal, cents: int) -> None:
    assert parse_amount(written) == cents


@pytest.mark.parametrize(
    "written",
    [
        "", "   ", "\u00a0", "zwölf", "1,234", "-1,234", "12,345", "(1,234)", "1,234 €", "12.3456", "1234.567",
        "1234,567", "12,3456", "0,345", "1.23,45", "1.2345,67", "1.234.56", "12 34,56", "1.234,56,7", "--12", "-12-",
        "(-12,50)", "(12,50)-", "12,-", "12,--", "12,", "12.", "1e3", "1,5E+03", "12,50 USD", "$ 12", "12 %", "-", "()",
        "€", "#N/A", "31.02.2026", "12abc", "1..2", ".", "1 2", "١٢", "99999999999999999999",
        12.345, 12.340001, float("nan"), float("inf"), -1e300, 10**20, True, False,
        Decimal("12.345"), Decimal("NaN"), Decimal("1e30"),
    ],
)  # fmt: skip
def test_not_amounts(written: str | float) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(written)
    assert refused.value.reason.endswith((".", "?"))


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("12,5", 1_250_000), ("1.234", 123_400_000), ("-0,8", -80_000), ("12,345", 1_234_500), (12.5, 1_250_000),
        (12.34567, 1_234_567), ("12,34567", 1_234_567), (Decimal("0.00001"), 1), (7, 700_000),
        ("1.234,5 T€", 123_450_000), ("12,5 TEUR", 1_250_000), ("T€ 3", 300_000), ("3,5 €", 350_000),
    ],
)  # fmt: skip
def test_amounts_in_thousands(written: str | float | Decimal, cents: int) -> None:
    assert parse_amount(written, unit=1000) == cents


@pytest.mark.parametrize("written", ["12,345678", 12.345678, Decimal("12.345678"), "x"])
def test_more_decimals_than_cents_are_refused_in_thousands_too(written: str | float | Decimal) -> None:
    with pytest.raises(AmountError):
        parse_amount(written, unit=1000)


def test_ambiguous_thousands_say_so() -> None:
    with pytest.raises(AmountError, match="mehrdeutig"):
        parse_amount("1,234")


@given(st.integers(-(10**13), 10**13))
def test_every_cent_survives_german_writing_and_number_cells(cents: int) -> None:
    german = f"{cents / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    if abs(cents) < 10**12:  # doubles hold the cents up to there in any case
        assert parse_amount(cents / 100) == cents
        assert parse_amount(german) == cents


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    with suppress(AmountError):
        assert isinstance(parse_amount(text), int)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20250115", date(2025, 1, 15)),
        (20250115, date(2025, 1, 15)),
        (20250115.0, date(2025, 1, 15)),
        ("15.01.25", date(2025, 1, 15)),
        ("15.1.25", date(2025, 1, 15)),
        ("15.01.2025", date(2025, 1, 15)),
        (" 15.01.2025\u00a0", date(2025, 1, 15)),
        ("15. 1. 2025", date(2025, 1, 15)),
        ("15.01.99", date(1999, 1, 15)),
        ("15.01.2025 00:00:00", date(2025, 1, 15)),
        ("2025-01-15", date(2025, 1, 15)),
        ("2025-01-15T10:20:30", date(2025, 1, 15)),
        ("2025-01-15T10:20:30.123Z", date(2025, 1, 15)),
        ("2025/01/15", date(2025, 1, 15)),
        ("15/01/2025", date(2025, 1, 15)),
        ("15-01-2025", date(2025, 1, 15)),
        ("15. Januar 2025", date(2025, 1, 15)),
        ("15. Mär. 2025", date(2025, 3, 15)),
        ("29.02.2028", date(2028, 2, 29)),
        (45672, date(2025, 1, 15)),
        (45672.75, date(2025, 1, 15)),
        ("45672", date(2025, 1, 15)),
        (date(2025, 1, 15), date(2025, 1, 15)),
        (datetime.fromisoformat("2025-01-15T23:59"), date(2025, 1, 15)),
    ],
)
def test_dates(written: str | float | date, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("03/04/2026", DateOrder.AUTOMATIC, date(2026, 4, 3)),
        ("03/04/2026", DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        ("3-4-26", DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        ("03.15.2026", DateOrder.MONTH_FIRST, date(2026, 3, 15)),
        ("3/4/2026 12:00:00 AM", DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        ("2026-03-04", DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        ("20260304", DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        (46085, DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        (date(2026, 3, 4), DateOrder.MONTH_FIRST, date(2026, 3, 4)),
        ("26.03.04", DateOrder.YEAR_FIRST, date(2026, 3, 4)),
        ("26/3/4", DateOrder.YEAR_FIRST, date(2026, 3, 4)),
        ("2026/03/04", DateOrder.YEAR_FIRST, date(2026, 3, 4)),
        ("04.03.2026", DateOrder.YEAR_FIRST, date(2026, 3, 4)),
        ("26.03.04", DateOrder.AUTOMATIC, date(2004, 3, 26)),
    ],
)
def test_orders_of_a_date(written: str | float | date, order: DateOrder, day: date) -> None:
    assert parse_date(written, order=order) == day


def test_a_day_first_where_the_month_stands_first_is_refused() -> None:
    with pytest.raises(DateError, match="Kalender"):
        parse_date("15.01.2026", order=DateOrder.MONTH_FIRST)


def test_serials_of_the_1904_system() -> None:
    assert parse_date(45672 - 1462, base_1904=True) == date(2025, 1, 15)


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "31.02.2026", "29.02.2027", "32.01.2026", "15.13.2026", "20250230", 20250230, "00.00.0000", "00000000",
        "Summe", "15.01", "01/2026", "2026", 2026, 5, 0, -45672, 1e12, float("nan"), True, "15.01.1825", "15.Foo.2025",
        date(1, 1, 1), time(12, 0), "15.01-2025", "150125",
    ],
)  # fmt: skip
def test_not_dates(written: str | float) -> None:
    with pytest.raises(DateError) as refused:
        parse_date(written)
    assert refused.value.reason.endswith(".")


@given(st.text(max_size=25) | st.floats() | st.integers())
def test_any_value_is_a_date_or_refused(value: str | float) -> None:
    with suppress(DateError):
        assert isinstance(parse_date(value), date)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (1, 1),
        (1.0, 1),
        ("1", 1),
        ("1.0", 1),
        ("1,0", 1),
        ("001", 1),
        ("1.000", 1000),
        ("-3", -3),
        (" 12 ", 12),
    ],
)
def test_whole_numbers(written: str | float, number: int) -> None:
    assert parse_whole(written) == number


@pytest.mark.parametrize("written", ["", "1,5", 1.5, "eins", float("nan"), True, "1,234"])
def test_not_whole_numbers(written: str | float) -> None:
    with pytest.raises(AmountError):
        parse_whole(written)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("MÃ¼ller", "Müller"),
        ("StraÃŸe", "Straße"),
        ("Ã„rzte, Ã–ffnung, Ãœbung", "Ärzte, Öffnung, Übung"),
        ("12 â‚¬", "12 €"),
        ("A â€“ B", "A – B"),
        ("â€žZitatâ€œ", "„Zitat“"),
        ("30Â°", "30°"),
        ("ï»¿Betrag", "Betrag"),
        ("YÄ±lmaz, ÅžimÅŸek", "Yılmaz, Şimşek"),
        ("Müller und MÃ¼ller", "Müller und Müller"),
        ("MÃƒÂ¼ller", "Müller"),
        ("Müller & Söhne", "Müller & Söhne"),
        ("„Spaß“", "„Spaß“"),
        ("MENÜ–Karte „MENÜ“", "MENÜ–Karte „MENÜ“"),
        ("", ""),
        ("Ã", "Ã"),
    ],
)
def test_mojibake(broken: str, whole: str) -> None:
    assert repair_text(broken) == whole
