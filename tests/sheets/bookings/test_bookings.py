"""Rows of finance's lists in all shapes: what counts as a booking, what is skipped, what is refused and why."""

from datetime import date
from typing import Any

import pytest

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.errors import UserError
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import candidates, read_bookings
from app.sheets.reading.cells import NO_RESULT, CellError, Sheet, Workbook

HEADER = ["Buchungsdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Betrag", "Währung", "Text"]
DAY = date(2026, 1, 15)


def parse(
    *rows: list[Any], profile: dict[BookingField, str] | None = None, base_1904: bool = False
) -> BookingFile:
    return read_bookings(Workbook([Sheet("Blatt", list(rows))], base_1904), "liste.xlsx", profile)


def line(
    day: Any = DAY,
    document: Any = "1900",
    position: Any = 1.0,
    order: Any = "570",
    account: Any = "4271000",
    amount: Any = 12.5,
    currency: Any = "EUR",
    text: Any = "Miete",
) -> list[Any]:
    return [day, document, position, order, account, amount, currency, text]


def test_a_simple_line() -> None:
    file = parse(HEADER, line())
    (posting,) = file.postings
    assert (file.shape, file.sheet, posting.row) == (Shape.POSTINGS, "Blatt", 2)
    assert posting.day == DAY
    assert (posting.budget_year, posting.amount_cents, posting.document_number) == (2026, 1250, "1900")
    assert (posting.line, posting.internal_order, posting.account, posting.text) == (
        "1",
        "570",
        "4271000",
        "Miete",
    )


@pytest.mark.parametrize(
    "name",
    [
        "Betrag in Hauswährung",
        "BETRAG IN HAUSWÄHRUNG",
        "Betrag in\nHauswährung",
        " Betrag  in Haus-\nwährung ",
        "Betrag in Hauswaehrung",
        "Betrag in HauswÃ¤hrung",
        "Betrag HW",
        "Wert/KWähr",
        "Wert/BWähr",
        "Betrag",
        "Betrag (EUR)",
        "Betrag in €",
        "Betrag:",
    ],
)
@pytest.mark.parametrize(
    "day", ["Buchungsdatum", "Buch.dat.", "Buchungsdat.", "buchungsdatum*", "Buchungs-\ndatum"]
)
def test_names_of_needed_columns(name: str, day: str) -> None:
    file = parse([name, day], [12.5, DAY])
    assert [posting.amount_cents for posting in file.postings] == [1250]
    assert file.columns.header(BookingField.AMOUNT) == name.strip()


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Belegdatum", BookingField.DOCUMENT_DATE),
        ("Ausgleichsdatum", BookingField.PAYMENT_DATE),
        ("Zahldatum", BookingField.PAYMENT_DATE),
        ("Valuta", BookingField.PAYMENT_DATE),
        ("Geschäftsjahr", BookingField.BUDGET_YEAR),
        ("Haushaltsjahr", BookingField.BUDGET_YEAR),
        ("Belegnummer", BookingField.DOCUMENT_NUMBER),
        ("Belegnr.", BookingField.DOCUMENT_NUMBER),
        ("Beleg-Nr.", BookingField.DOCUMENT_NUMBER),
        ("Dokumentnummer", BookingField.DOCUMENT_NUMBER),
        ("Position", BookingField.LINE),
        ("Pos.", BookingField.LINE),
        ("Buchungszeile", BookingField.LINE),
        ("BuZei", BookingField.LINE),
        ("Innenauftrag", BookingField.INTERNAL_ORDER),
        ("Auftrag", BookingField.INTERNAL_ORDER),
        ("PSP-Element/Auftrag", BookingField.INTERNAL_ORDER),
        ("Kostenstelle", BookingField.COST_CENTRE),
        ("KoSt", BookingField.COST_CENTRE),
        ("Sachkonto", BookingField.ACCOUNT),
        ("Kostenart", BookingField.ACCOUNT),
        ("Konto", BookingField.ACCOUNT),
        ("Kostenartenbezeichnung", BookingField.ACCOUNT_NAME),
        ("Sachkontobezeichnung", BookingField.ACCOUNT_NAME),
        ("Kontobezeichnung", BookingField.ACCOUNT_NAME),
        ("S/H", BookingField.DEBIT_CREDIT),
        ("Soll/Haben", BookingField.DEBIT_CREDIT),
        ("Buchungstext", BookingField.TEXT),
        ("Text", BookingField.TEXT),
        ("Positionstext", BookingField.TEXT),
        ("Bezeichnung", BookingField.TEXT),
        ("Kreditor", BookingField.PAYEE),
        ("Name des Gegenkontos", BookingField.PAYEE),
        ("Empfänger", BookingField.PAYEE),
        ("Lieferant", BookingField.PAYEE),
        ("Währung", BookingField.CURRENCY),
    ],
)
def test_names_seen(name: str, field: BookingField) -> None:
    file = parse(["Betrag", name.upper(), "Buch.dat."], [1.0, None, DAY])
    assert file.columns.index[field] == 1


def test_the_first_name_that_is_there_wins() -> None:
    file = parse(["Buchungsdatum", "Betrag", "Betrag in Hauswährung", "Wert/KWähr"], [DAY, 1.0, 2.0, 3.0])
    assert file.postings[0].amount_cents == 200
    file = parse(["Buchungsdatum", "Betrag", "Wert/BWähr", "Wert/KWähr"], [DAY, 1.0, 2.0, 3.0])
    assert file.postings[0].amount_cents == 300


def test_titles_above_the_header_and_columns_in_any_order() -> None:
    file = parse(
        ["Einzelposten 01.01.2026 - 31.03.2026", None, 1234.5, date(2026, 7, 2)],
        ["Stand:", date(2026, 7, 2), "Betrag", None],
        [],
        ["Teilhaushalt 57", "1.234,56 €"],
        [None],
        ["Betrag", "Text", "Innenauftrag", "Belegnummer", "Buchungsdatum"],
        [],
        [5.0, "Miete", "570", "1900", DAY],
    )
    assert file.columns.header_row == 5
    assert (file.postings[0].row, file.postings[0].amount_cents, file.skipped) == (8, 500, [])


def test_a_header_over_two_rows() -> None:
    file = parse(["Buchungs-", "Betrag in", "Beleg-"], ["datum", "Hauswährung", "nummer"], [DAY, 5.0, "1900"])
    assert (file.postings[0].row, file.postings[0].document_number) == (3, "1900")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEADER, "Kopfzeile"),
        ([None, "Belegnummer", None, None, None, "Betrag"], "Kopfzeile"),
        (["*", "Summe 01/2026", None, None, None, 12.5, "EUR"], "Summenzeile"),
        (["**", "Gesamt", None, None, None, 12.5], "Summenzeile"),
        (["* Summe", None, None, None, None, 12.5], "Summenzeile"),
        (["Zwischensumme", None, None, None, None, "12,50"], "Summenzeile"),
        ([None, None, None, "570 Ergebnis", None, 12.5], "Summenzeile"),
        (["Gesamtergebnis", None, None, None, None, 12.5], "Summenzeile"),
        (["*", None, None, "570", None, 12.5], "Summenzeile"),
        ([None, None, None, None, None, 12.5, None, "Übertrag"], "Summenzeile"),
        (["SUMME", None, None, None, None, 12.5, "USD"], "Summenzeile"),
        (["Bitte beachten: vorläufige Zahlen"], "Hinweis"),
        ([None, "Quelle: SAP, Stand 02.07.2026"], "Hinweis"),
        (["Summe", None, None, None, None, NO_RESULT], "Hinweis"),
        ([DAY, None, None, None, None, None, None, "nur ein Hinweis"], "Hinweis"),
        ([None, None, None, None, None, "siehe Anlage"], "Hinweis"),
    ],
)
def test_skipped_rows(row: list[Any], reason: str) -> None:
    file = parse(HEADER, line(), row, line(position=2.0))
    assert len(file.postings) == 2
    assert file.rejected == []
    assert [(skipped.row, reason in skipped.reason) for skipped in file.skipped] == [(3, True)]


def test_empty_rows_do_not_count() -> None:
    file = parse(HEADER, [], line(), [None, "  ", "\u00a0"], line())
    assert ([posting.row for posting in file.postings], file.skipped) == ([3, 5], [])


@pytest.mark.parametrize(
    ("values", "column", "value"),
    [
        ({"amount": "zwölf"}, "Betrag", "zwölf"),
        ({"amount": None}, "Betrag", ""),
        ({"amount": "1,234"}, "Betrag", "1,234"),
        ({"amount": 12.345}, "Betrag", "12,345"),
        ({"amount": CellError("#N/A")}, "Betrag", "#N/A"),
        ({"amount": NO_RESULT}, "Betrag", "Formel ohne Ergebnis"),
        ({"amount": DAY}, "Betrag", "15.01.2026"),
        ({"amount": True}, "Betrag", "True"),
        ({"day": "31.02.2026"}, "Buchungsdatum", "31.02.2026"),
        ({"day": None}, "Buchungsdatum", ""),
        ({"day": "00.00.0000"}, "Buchungsdatum", "00.00.0000"),
        ({"day": CellError("#REF!")}, "Buchungsdatum", "#REF!"),
        ({"day": None, "document": None}, "Buchungsdatum", ""),
        ({"day": None, "order": None}, "Buchungsdatum", ""),
        ({"day": None, "document": None, "order": None, "text": "ohne Datum"}, "Buchungsdatum", ""),
        ({"amount": "?", "document": None, "order": None}, "Betrag", "?"),
        ({"currency": "USD"}, "Währung", "USD"),
        ({"order": CellError("#N/A")}, "Innenauftrag", "#N/A"),
        ({"document": CellError("#N/A")}, "Belegnummer", "#N/A"),
        ({"day": None, "document": None, "text": "Summe der Mieten"}, "Buchungsdatum", ""),
        ({"day": "*", "amount": 1.0}, "Buchungsdatum", "*"),
    ],
)
def test_rejected_rows(values: dict[str, Any], column: str, value: str) -> None:
    file = parse(HEADER, line(), line(**values))
    (rejected,) = file.rejected
    assert (rejected.row, rejected.column, rejected.value) == (3, column, value)
    assert rejected.reason.endswith((".", "?"))
    assert len(file.postings) == 1


def test_the_column_is_named_as_it_stands_in_the_file() -> None:
    file = parse(["Buch.dat.", "Betrag in\nHauswährung", "Belegnr."], [DAY, "abc", "1"])
    assert file.rejected[0].column == "Betrag in\nHauswährung"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0057001000", "57001000"),
        (57001000.0, "57001000"),
        (57001000, "57001000"),
        ("57001000", "57001000"),
        ("57001000.0", "57001000"),
        (" 57001000\u00a0", "57001000"),
        ("P-57/1", "P-57/1"),
        ("000000", None),
        ("", None),
        (None, None),
    ],
)
def test_codes(written: Any, code: str | None) -> None:
    assert parse(HEADER, line(order=written)).postings[0].internal_order == code


@pytest.mark.parametrize(
    ("written", "number"), [(1.0, "1"), (1, "1"), ("1", "1"), ("001", "1"), ("000", "0"), (None, None)]
)
def test_lines(written: Any, number: str | None) -> None:
    assert parse(HEADER, line(position=written)).postings[0].line == number


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20260115", DAY),
        (20260115.0, DAY),
        ("15.01.26", DAY),
        ("2026-01-15", DAY),
        (46037.0, DAY),
        (DAY, DAY),
    ],
)
def test_dates(written: Any, day: date) -> None:
    assert parse(HEADER, line(day=written)).postings[0].day == day


def test_serial_dates_of_the_1904_system() -> None:
    assert parse(HEADER, line(day=46037.0 - 1462), base_1904=True).postings[0].day == DAY


@pytest.mark.parametrize("written", ["2025", 2025.0, 2025, date(2025, 12, 31)])
def test_budget_year(written: Any) -> None:
    file = parse(["Buchungsdatum", "Betrag", "Geschäftsjahr"], [DAY, 1.0, written], [DAY, 1.0, None])
    assert [posting.budget_year for posting in file.postings] == [2025, 2026]


@pytest.mark.parametrize("written", ["25/26", "bald", 1989.0, 2200.0, 20.25])
def test_what_is_no_budget_year_refuses_its_row(written: Any) -> None:
    file = parse(["Buchungsdatum", "Betrag", "Geschäftsjahr"], [DAY, 1.0, 2026.0], [DAY, 2.5, written])
    assert [posting.amount_cents for posting in file.postings] == [100]
    [refused] = file.rejected
    assert (refused.row, refused.column, refused.reason) == (
        3,
        "Geschäftsjahr",
        "Das ist kein Haushaltsjahr.",
    )
    assert refused.amount_cents == 250


def test_text_that_was_decoded_wrongly() -> None:
    assert parse(HEADER, line(text=" MÃ¼ller & SÃ¶hne ")).postings[0].text == "Müller & Söhne"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["Müller", "Miete"], []),
        ([" MÃ¼ller ", "MÃ¼ller", "StraÃŸe"], ["2 Texte", "aus „MÃ¼ller“ wurde „Müller“"]),
        (["Mu\u0308ller"], ["Ein Text", "etwa „Müller“"]),
        (["Mu\u0308ller", "StraÃŸe"], ["2 Texte", "„Straße“"]),
    ],
)
def test_what_was_put_right_is_said(texts: list[str], words: list[str]) -> None:
    file = parse(HEADER, *(line(text=text, document=str(n)) for n, text in enumerate(texts)))
    assert len(file.notices) == bool(words)
    assert all(word in file.notices[0] for word in words)
    assert not any("Ã" in (one.text or "") or "\u0308" in (one.text or "") for one in file.postings)


def test_broken_headers_are_said() -> None:
    assert "HauswÃ¤hrung" in parse(["Betrag in HauswÃ¤hrung", "Buchungsdatum"], [1.0, DAY]).notices[0]


def test_debit_and_credit() -> None:
    header = ["Buchungsdatum", "Betrag", "S/H"]
    file = parse(header, [DAY, 5.0, "S"], [DAY, 3.0, "H"], [DAY, 2.0, "haben"], [DAY, 1.0, None])
    assert [posting.amount_cents for posting in file.postings] == [500, -300, -200, 100]
    signed = parse(header, [DAY, 5.0, "S"], [DAY, -3.0, "H"], [DAY, 2.0, "H"])
    assert [posting.amount_cents for posting in signed.postings] == [500, -300, 200]
    odd = parse(header, [DAY, 5.0, "S"], [DAY, 3.0, "X"])
    assert [(one.row, one.column, one.value) for one in odd.rejected] == [(3, "S/H", "X")]


def test_amounts_of_rows_that_are_not_taken_explain_the_control_total() -> None:
    header = ["Buchungsdatum", "Belegnummer", "Betrag", "S/H"]
    total = ["Summe", None, 4.0, "H"]
    file = parse(header, [DAY, "1", 5.0, "S"], ["bald", "2", 9.0, "H"], ["bald", "3", "abc", "H"], total)
    assert [(one.row, one.amount_cents) for one in file.rejected] == [(3, -900), (4, None)]
    assert [(one.row, one.amount_cents) for one in file.skipped] == [(5, -400)]
    assert file.control_total_cents == -400
    signed = parse(header, [DAY, "1", -5.0, "S"], ["bald", "2", 9.0, "H"])
    assert [one.amount_cents for one in signed.rejected] == [900]


def stars(mark: str, amount: Any) -> list[Any]:
    return [mark, None, None, None, None, amount]


TOTAL = ["**", "Gesamt", None, None, None, 99.0]


@pytest.mark.parametrize(
    ("rows", "control"),
    [
        ([line()], None),
        ([line(), ["**", "Gesamt", None, None, None, 99.0]], 9900),
        ([line(), ["Summe", None, None, None, None, 99.0]], 9900),
        ([line(), ["*", None, None, None, None, 99.0]], 9900),
        ([line(), ["*", "Summe 01", None, None, None, 1.0], line(), ["*", "Summe 02", None, None, None, 2.0]], None),
        ([line(), ["*", "Summe 01", None, None, None, 1.0], line(), TOTAL], 9900),
        ([line(), ["Summe 01", None, None, None, None, 1.0], ["Summe", None, None, None, None, 99.0]], 9900),
        ([line(), stars("*", 1.0), stars("**", 2.0), stars("***", 99.0)], 9900),
        ([line(), stars("*", 1.0), stars("**", 2.0), line(), stars("*", 1.0), stars("**", 2.0)], 200),
        ([line(), ["Summe", None, None, None, None, 1.0], line()], None),
        ([["Gesamt", None, None, None, None, 99.0], line(), line()], 9900),
        ([line(), ["Übertrag", None, None, None, None, 1.0], line()], None),
        ([line(), ["Übertrag", None, None, None, None, 1.0], line(), TOTAL], 9900),
        ([line(), stars("570 Ergebnis", 1.0), stars("Gesamtergebnis", "99,00")], 9900),
        ([line(), ["Gesamt", None, None, None, None, NO_RESULT]], None),
    ],
)  # fmt: skip
def test_the_files_own_grand_total(rows: list[list[Any]], control: int | None) -> None:
    assert parse(HEADER, *rows).control_total_cents == control


def test_the_best_sheet() -> None:
    good = [HEADER, line(), line()]
    sheets = [
        Sheet("Deckblatt", [["Betrag", "Buchungsdatum"]][:0]),
        Sheet("Pivot", [["Innenauftrag", "Betrag"], ["570", 1.0]]),
        Sheet("Alt", good, visible=False),
        Sheet("Kurz", [["Buchungsdatum", "Betrag"], [DAY, 1.0], [DAY, 1.0], [DAY, 1.0]]),
        Sheet("Einzelposten", good),
    ]
    file = read_bookings(Workbook(sheets), "liste.xlsx")
    assert file.sheet == "Einzelposten"
    assert "Auch „Kurz“, „Alt“ (ausgeblendet) sehen nach Buchungen aus" in file.notices[0]


def test_a_pivot_table_does_not_win_over_the_list_it_was_made_from() -> None:
    short = ["Buchungsdatum", "Innenauftrag", "Betrag"]
    pivot = [HEADER, line(), line(), line()]
    for sheets in (
        [Sheet("Pivot", pivot), Sheet("Liste", [short] + [[DAY, "570", 1.0]] * 200)],
        [Sheet("Liste", [short] + [[DAY, "570", 1.0]] * 200), Sheet("Pivot", [*pivot, *([[]] * 500)])],
    ):
        file = read_bookings(Workbook(sheets), "liste.xlsx")
        assert file.sheet == "Liste"
        assert "„Pivot“ sieht nach Buchungen aus" in file.notices[0]


def test_a_hidden_sheet_is_named_but_does_not_win() -> None:
    sheets = [Sheet("Alt", [HEADER] + [line()] * 50, visible=False), Sheet("Neu", [HEADER, line()])]
    file = read_bookings(Workbook(sheets), "liste.xlsx")
    assert file.sheet == "Neu"
    assert "„Alt“ (ausgeblendet)" in file.notices[0]
    assert read_bookings(Workbook(sheets[:1]), "liste.xlsx").sheet == "Alt"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ["keine Daten"]),
        ([["irgend", "etwas"], [1.0, 2.0]], ["Kopfzeile"]),
        ([["Buchungsdatum", "Summe"], [DAY, 1.0]], ["Blatt", "den Betrag"]),
        ([["Datum", "Betrag"], [DAY, 1.0]], ["das Buchungsdatum"]),
        ([HEADER], ["keine Buchung"]),
        ([HEADER, ["Gesamt", None, None, None, None, 0.0]], ["keine Buchung"]),
    ],
)
def test_an_empty_import_never_looks_like_success(rows: list[list[Any]], words: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        parse(*rows)
    for word in ["liste.xlsx", "Bitte", *words]:
        assert word in refused.value.sentence


def test_columns_assigned_by_hand() -> None:
    header = ["Tag", "Summe EUR", "Betrag", "Notiz", "Text"]
    profile = {BookingField.DAY: "tag", BookingField.AMOUNT: "Summe\nEUR", BookingField.TEXT: ""}
    (posting,) = parse(["Titel"], header, [DAY, 7.0, 1.0, "n", "t"], profile=profile).postings
    assert (posting.day, posting.amount_cents, posting.text) == (DAY, 700, None)


def test_the_fingerprint_of_headers_knows_no_order() -> None:
    first, second = (
        candidates(Workbook([Sheet("x", [header])]))[0].columns.fingerprint
        for header in (["Buchungsdatum", "Betrag", "Foo"], ["foo", "Betrag", "BUCHUNGSDATUM"])
    )
    assert first == second


# --- cumulative ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "month",
    [
        "07/2026", "7/2026", "07.2026", "2026-07", "202607", 202607.0, "Juli 2026", "Jul. 26", date(2026, 7, 1),
        "15.07.2026", "1.7.2026",
    ],
)  # fmt: skip
def test_sums_by_order_and_month(month: Any) -> None:
    file = parse(["Bericht"], ["Innenauftrag", "Monat", "Ist kumuliert"], ["570", month, "5.039,05"])
    (posting,) = file.postings
    assert (file.shape, posting.day, posting.budget_year) == (Shape.CUMULATIVE, date(2026, 7, 31), 2026)
    assert (posting.internal_order, posting.amount_cents) == ("570", 503905)


@pytest.mark.parametrize(
    "months",
    [
        ["05/2026", "06/2026", "07/2026", "08/2026"],
        ["Ist kumuliert 05/2026", "Ist kum. 06/2026", "Ist 07/2026", "Ist 08/2026"],
        ["Mai 2026", "Juni 2026", "Juli 2026", "August 2026"],
        [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)],
    ],
)
def test_a_column_for_each_month(months: list[Any]) -> None:
    file = parse(
        ["Auftrag", "Bezeichnung", *months],
        ["570", "Treff", 100.0, 200.0, 300.0, None],
        ["571", "Treff", 100.0, 200.0, 0.0, 0.0],
        ["572", "Treff", 0.0, 0.0, 0.0, 0.0],
        ["Gesamt", None, 200.0, 400.0, 300.0, None],
    )
    assert [(one.internal_order, one.day, one.amount_cents) for one in file.postings] == [
        ("570", date(2026, 7, 31), 30000),
        ("571", date(2026, 6, 30), 20000),
        ("572", date(2026, 5, 31), 0),
    ]
    assert (len(file.skipped), file.control_total_cents) == (1, 30000)


def test_month_names_take_their_year_from_the_title_or_the_row() -> None:
    titled = parse(["Haushalt 2025"], ["Auftrag", "Januar", "Februar"], ["570", 1.0, 2.0])
    assert titled.postings[0].day == date(2025, 2, 28)
    by_row = parse(
        ["Auftrag", "Haushaltsjahr", "Jan", "Feb"], ["570", 2024.0, 1.0, 2.0], ["570", 2025.0, 1.0, 2.0]
    )
    assert [one.day for one in by_row.postings] == [date(2024, 2, 29), date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["570", "07/2026", "abc"], "Ist kumuliert"),
        (["570", "07/2026", None], "Ist kumuliert"),
        (["570", "13/2026", 1.0], "Monat"),
        ([None, "07/2026", 1.0], "Innenauftrag"),
    ],
)
def test_sums_that_are_refused(row: list[Any], column: str) -> None:
    file = parse(["Innenauftrag", "Monat", "Ist kumuliert"], ["571", "07/2026", 1.0], row)
    assert [(one.row, one.column) for one in file.rejected] == [(3, column)]
    assert file.rejected[0].amount_cents == (100 if row[2] == 1.0 else None)


def test_a_month_by_its_number_takes_its_year_from_the_row() -> None:
    file = parse(
        ["Innenauftrag", "Haushaltsjahr", "Monat", "Ist kumuliert"],
        ["570", 2025.0, 3.0, 1.0],
        ["570", 2026.0, "3", 2.0],
        ["570", 2026.0, "03/2026", 3.0],
        ["570", "unbekannt", "04/2026", 4.0],
        ["570", 2026.0, 13.0, 5.0],
    )
    assert [(one.day, one.amount_cents) for one in file.postings] == [
        (date(2025, 3, 31), 100),
        (date(2026, 3, 31), 200),
        (date(2026, 3, 31), 300),
    ]
    assert [(one.row, one.column, one.amount_cents) for one in file.rejected] == [
        (5, "Haushaltsjahr", 400),
        (6, "Monat", 500),
    ]


def test_a_sum_in_another_currency_is_refused_with_its_amount() -> None:
    file = parse(
        ["Innenauftrag", "Monat", "Ist kumuliert", "Währung"],
        ["570", "07/2026", 1.0, "EUR"],
        ["571", "07/2026", 2.0, "CHF"],
    )
    assert [(one.row, one.column, one.amount_cents) for one in file.rejected] == [(3, "Währung", 200)]


def test_notes_and_headers_again_between_sums_are_skipped() -> None:
    header = ["Innenauftrag", "Monat", "Ist kumuliert"]
    file = parse(
        header, ["570", "07/2026", 1.0], header, [None, "Stand gestern", None], ["571", "07/2026", 2.0]
    )
    assert [one.internal_order for one in file.postings] == ["570", "571"]
    assert [one.row for one in file.skipped] == [3, 4]
    assert file.rejected == []
