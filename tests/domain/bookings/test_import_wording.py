"""What an import's control says in German, on screen, paper and in the workbook: figures, rows and states in words."""

from datetime import date

import pytest

from app.domain.bookings.bookings import RowState, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_sums import ControlPlace, Item, PlaceControl, Why
from app.domain.bookings.import_total import LeftOut, TotalControl
from app.domain.bookings.import_wording import (
    item_reason,
    item_where,
    month_words,
    place_name,
    place_state,
    places_sentence,
    row_ranges,
    skipped_groups,
    total_sentence,
)

MARCH = date(2026, 3, 1)
DIFFERS = "Die Gesamtsumme der Datei ist 31,00 €, die Summe der Zeilen 30,00 €: Unterschied 1,00 €."


def left_out(row: int, cents: int | None) -> LeftOut:
    return LeftOut(row, RowState.REJECTED, cents, "Summenzeile")


@pytest.mark.parametrize(
    ("rows", "explained"),
    [
        ([(9, 100)], "Er erklärt sich ganz durch nicht übernommene Zeile 9."),
        ([(7, 60), (9, 40)], "Er erklärt sich ganz durch nicht übernommene Zeilen 7 und 9."),
        ([(7, 60), (9, 30), (12, 10)], "Er erklärt sich ganz durch nicht übernommene Zeilen 7, 9 und 12."),
        ([(7, 60), (8, None), (9, 40)], "Er erklärt sich ganz durch nicht übernommene Zeilen 7 und 9."),
        ([(row, 10) for row in range(10)], "Er erklärt sich ganz durch 10 nicht übernommene Zeilen."),
        ([(9, 60)], "0,60 € erklären sich durch nicht übernommene Zeile 9. 0,40 € bleiben ungeklärt."),
        (
            [(9, 60), (12, None)],
            "0,60 € erklären sich durch nicht übernommene Zeile 9. 0,40 € bleiben ungeklärt. "
            "Nicht lesbar ist der Betrag in Zeile 12; dort kann der Rest stehen.",
        ),
        (
            [(row, None) for row in range(3, 9)],
            "Keine ausgelassene Zeile erklärt ihn; er sollte geklärt werden, hindert aber nicht. "
            "Nicht lesbar ist der Betrag in 6 Zeilen; dort kann der Rest stehen.",
        ),
        ([], "Keine ausgelassene Zeile erklärt ihn; er sollte geklärt werden, hindert aber nicht."),
    ],
)
def test_a_difference_of_the_total_names_its_rows(rows: list[tuple[int, int | None]], explained: str) -> None:
    total = TotalControl(3100, 3000, 0, tuple(left_out(*one) for one in rows), None)
    assert total_sentence(total) == f"{DIFFERS} {explained}"


def test_a_row_that_looks_like_a_total_is_named_for_what_remains() -> None:
    suspect = LeftOut(14, RowState.SKIPPED, 40, "Summenzeile", is_total=True)
    total = TotalControl(3100, 3000, 0, (left_out(9, 60),), suspect)
    assert total_sentence(total) == (
        f"{DIFFERS} 0,60 € erklären sich durch nicht übernommene Zeile 9. "
        "0,40 € sind genau Zeile 14, die als Summenzeile gilt."
    )


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (3000, "Summe der Zeilen 30,00 €: stimmt mit der Gesamtsumme der Datei überein."),
        (None, "Summe der Zeilen 30,00 €. Die Datei hat keine eigene Gesamtsumme zum Vergleichen."),
    ],
)
def test_a_total_that_agrees_or_is_not_there_needs_no_rows(total: int | None, said: str) -> None:
    assert total_sentence(TotalControl(total, 3000, 0, (left_out(9, 60),), None)) == said


def place(
    file: int, database: int, *items: Item, order: str | None = "570", account: str | None = None
) -> PlaceControl:
    return PlaceControl(
        ControlPlace(order, MARCH, is_income=False, account=account), 1, file, database, items
    )


AGREES = place(100, 100)
EXPLAINED = place(100, 170, Item(Why.MANUAL, 70))
UNEXPLAINED = place(100, 170, Item(Why.MANUAL, 50))


@pytest.mark.parametrize(
    ("places", "after", "said"),
    [
        ([], True, ""),
        ([AGREES], True, "Bei 1 Auftrag und Monat stimmt der Bestand mit der Datei überein."),
        (
            [AGREES, AGREES],
            False,
            "Bei allen 2 Aufträgen und Monaten stimmt der Bestand danach mit der Datei überein.",
        ),
        (
            [AGREES, EXPLAINED],
            True,
            "Von 2 Aufträgen und Monaten weicht 1 im Bestand von der Datei ab; jede Abweichung ist erklärt.",
        ),
        (
            [AGREES, EXPLAINED, UNEXPLAINED],
            False,
            "Von 3 Aufträgen und Monaten weichen 2 im Bestand danach von der Datei ab; 1 davon ungeklärt.",
        ),
    ],
)
def test_orders_and_months_in_a_sentence(places: list[PlaceControl], after: bool, said: str) -> None:
    control = ImportControl(TotalControl(None, 0, 0, (), None), tuple(places))
    assert places_sentence(control, after=after) == said


def test_a_place_in_words() -> None:
    assert [place_state(one) for one in (AGREES, EXPLAINED, UNEXPLAINED)] == [
        "stimmt",
        "erklärt",
        "ungeklärt",
    ]
    assert place_name(place(1, 1, account="4271000")) == "570 / 4271000"
    assert place_name(place(1, 1, order=None)) == "ohne Innenauftrag"
    income = PlaceControl(ControlPlace("570", MARCH, is_income=True, account=None), 1, 1, 1, ())
    assert place_name(income) == "570 (Einnahmen)"
    assert month_words(MARCH, Shape.POSTINGS) == "03/2026"
    assert month_words(MARCH, Shape.CUMULATIVE) == "bis 03/2026"
    assert month_words(None, Shape.POSTINGS) == "ohne Datum"


@pytest.mark.parametrize(
    ("item", "where", "reason"),
    [
        (Item(Why.REJECTED, -1, row=9), "Zeile 9", "Zeile abgelehnt"),
        (
            Item(Why.ELSEWHERE, -1, row=9, day=date(2026, 2, 1), document_number="19", text="Miete"),
            "Zeile 9 · 01.02.2026 · Beleg 19 · Miete",
            "ist die Buchung vom 01.02.2026",
        ),
        (Item(Why.ELSEWHERE, -1, row=9), "Zeile 9", "Buchung steht an anderer Stelle"),
        (Item(Why.OTHER, 1, day=MARCH, batch_id=4), "Buchung · 01.03.2026", "aus Lieferung 4"),
        (Item(Why.OTHER, 1, text="Bar"), "Buchung · Bar", "nicht in dieser Datei"),
    ],
)
def test_what_makes_the_difference_in_words(item: Item, where: str, reason: str) -> None:
    assert (item_where(item), item_reason(item)) == (where, reason)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([2], "2"),
        ([9, 5, 2, 6, 8, 7], "2, 5–9"),
        (list(range(2, 50, 2)), "2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24 und weitere"),
        (list(range(2, 26, 2)), "2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24"),
    ],
)
def test_rows_in_words(rows: list[int], said: str) -> None:
    assert row_ranges(rows) == said


def test_skipped_rows_stand_together_by_their_reason() -> None:
    skipped = [
        LeftOut(12, RowState.SKIPPED, None, "Summenzeile"),
        LeftOut(3, RowState.SKIPPED, None, "Leerzeile"),
        LeftOut(13, RowState.SKIPPED, None, "Summenzeile"),
    ]
    assert skipped_groups(skipped) == [("Summenzeile", "12–13"), ("Leerzeile", "3")]
