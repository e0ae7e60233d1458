"""Municipal budget lists (HÜL): title block, merged header of two lines, sub-totals, T€, sums without bookings."""

from datetime import date
from typing import Any

import pytest

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.read_settings import Unit
from app.domain.errors import UserError
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import read_bookings
from app.sheets.bookings.stated_codes import stated_codes
from app.sheets.bookings.stated_unit import stated_unit
from app.sheets.reading.cells import Sheet, Workbook

DAY = date(2026, 3, 12)


def parse(*rows: list[Any]) -> BookingFile:
    return read_bookings(Workbook([Sheet("HÜL", list(rows))]), "huel.xlsx")


TITLES = [
    ["Landeshauptstadt", None, None, None, None, None, None, "Stand: 31.03.2026"],
    ["Haushaltsüberwachungsliste 2026"],
    ["Fachbereich Senioren", None, None, "Ansatz 2026:", 12000.0],
    [],
]


def test_orders_and_payments_side_by_side() -> None:
    """The name above the pair of columns was merged; only what was paid is money spent."""
    file = parse(
        *TITLES,
        ["lfd.", "Innen-", "Empfänger /", "Auftrag", None, "Anordnung", None, "noch"],
        ["Nr.", "auftrag", "Grund", "Datum", "Betrag", "Datum", "Betrag", "verfügbar"],
        [1.0, "57001201", "Malerei Kunz", DAY, 900.0, date(2026, 3, 20), 850.5, 11149.5],
        [2.0, "57001201", "Druckhaus", DAY, 100.0, None, None, 11049.5],
        [None, None, "Zwischensumme", None, 1000.0, None, 850.5, None],
        [3.0, "57001202", "Kaffee", None, None, date(2026, 3, 21), "12,40-", 11061.9],
        [None, None, "Gesamtsumme", None, 1000.0, None, 838.1, None],
    )
    assert file.columns.headers[3:7] == [
        "Auftrag Datum",
        "Auftrag Betrag",
        "Anordnung Datum",
        "Anordnung Betrag",
    ]
    assert [(one.day, one.amount_cents, one.internal_order) for one in file.postings] == [
        (date(2026, 3, 20), 85050, "57001201"),
        (date(2026, 3, 21), -1240, "57001202"),
    ]
    assert file.control_total_cents == 83810
    assert file.postings[0].payee == "Malerei Kunz"
    assert len(file.postings) + len(file.rejected) + len(file.skipped) == 5


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("Betrag in T€", None),
        ("Betrag (T €)", None),
        ("Betrag TEUR", None),
        ("Betrag (Tsd. €)", None),
        ("Betrag", "Alle Angaben in T€"),
        ("Betrag", "(Beträge in Tausend Euro)"),
    ],
)
def test_thousands(header: str, title: str | None) -> None:
    file = parse([title], ["Buchungsdatum", "Innenauftrag", header], [DAY, "570", 1.25], [DAY, "570", "12,5"])
    assert file.unit is Unit.THOUSAND
    assert "T€" in file.notices[0]
    assert [one.amount_cents for one in file.postings] == [125000, 1250000]


@pytest.mark.parametrize(
    ("headers", "titles", "unit"),
    [
        (["Betrag in €"], ["Angaben in T€"], Unit.EURO),
        (["Betrag"], ["Bewilligt wurden 12 T€"], Unit.EURO),
        (["Betrag"], ["12 T€ bewilligt, Angaben in TEUR"], Unit.THOUSAND),
        (["Text"], ["ART Euro"], Unit.EURO),
        ([], [], Unit.EURO),
    ],
)
def test_what_states_a_unit(headers: list[str], titles: list[str], unit: Unit) -> None:
    assert stated_unit(headers, titles) is unit


def test_sums_by_month_in_thousands() -> None:
    file = parse(
        ["Haushaltsüberwachung 2026"],
        ["Innenauftrag", "Ansatz", "Jan. (T€)", "Feb. (T€)"],
        ["570", 12.0, 1.5, 2.25],
    )
    assert file.shape is Shape.CUMULATIVE
    assert [(one.day, one.amount_cents) for one in file.postings] == [(date(2026, 2, 28), 225000)]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (["Innenauftrag: 57001201 Quartier Linden"], {BookingField.INTERNAL_ORDER: "57001201"}),
        (["Innenauftrag", None, "57001201"], {BookingField.INTERNAL_ORDER: "57001201"}),
        (
            ["Innenauftrag:", 57001201.0, "Sachkonto", 4271000.0],
            {BookingField.INTERNAL_ORDER: "57001201", BookingField.ACCOUNT: "4271000"},
        ),
        (["Auftrag 57001202 Treff"], {BookingField.INTERNAL_ORDER: "57001202"}),
        (["Kostenstelle-Nr.: 5701"], {BookingField.COST_CENTRE: "5701"}),
        (["Auftragsnummer: 57001"], {BookingField.INTERNAL_ORDER: "57001"}),
        (["Auftrag 120 Stühle"], {}),
        (["Auftrag vom 12.03.2026"], {}),
        (["Innenauftrag: 57001201 bis 57001299"], {}),
        (["Kontostand: 1234567"], {}),
        (["Auftrag", "Betrag"], {}),
    ],
)
def test_codes_in_a_title(row: list[Any], codes: dict[BookingField, str]) -> None:
    assert stated_codes(row) == codes


def test_an_order_in_the_title_holds_for_the_rows_below() -> None:
    header = ["Buchungsdatum", "Beleg-Nr.", "Text", "Betrag"]
    file = parse(
        ["Haushaltsüberwachungsliste", None, "Innenauftrag:", 57001201.0],
        ["Sachkonto 4271000 Geschäftsaufwendungen"],
        header,
        [DAY, "1", "Miete", 10.0],
        ["Innenauftrag 57001202 Treff Süd"],
        [DAY, "2", "Strom", 20.0],
        ["Innenauftrag", "57001203"],
        [DAY, "3", "Gas", 30.0],
        ["Summe Innenauftrag 57001203", None, None, 60.0],
    )
    assert [(one.internal_order, one.account) for one in file.postings] == [
        ("57001201", "4271000"),
        ("57001202", "4271000"),
        ("57001203", "4271000"),
    ]
    assert [one.row for one in file.skipped] == [5, 7, 9]
    assert not file.rejected
    assert BookingField.INTERNAL_ORDER in file.given
    assert any("Innenauftrag" in notice for notice in file.notices)


def test_a_column_goes_before_the_title() -> None:
    file = parse(
        ["Innenauftrag: 570"],
        ["Buchungsdatum", "Innenauftrag", "Betrag"],
        [DAY, None, 1.0],
        [DAY, "571", 1.0],
    )
    assert [one.internal_order for one in file.postings] == [None, "571"]
    assert file.notices == []


@pytest.mark.parametrize(
    "header",
    [
        ["Sachkonto", "Bezeichnung", "Ansatz", "Anordnungen", "verfügbar"],
        ["Innenauftrag", "Bezeichnung", "Haushaltsansatz", "Anordnungssoll", "Noch verfügbar", "Aufträge"],
        ["Konto", "Planansatz", "Ist", "Rest"],
    ],
)
def test_sums_only_are_refused_with_what_is_missing(header: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        parse(*TITLES, header, ["4271000", "Geschäftsaufwendungen", 12000.0, 850.5, 11149.5])
    for words in ("huel.xlsx", "Haushaltsüberwachungsliste", "Buchungsdatum", "Bitte"):
        assert words in refused.value.sentence
