"""A report of an import with something in every list."""

from datetime import date, datetime

from app.domain.bookings.bookings import BookingField, RowState, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_counts import ImportCounts
from app.domain.bookings.import_report import (
    Correction,
    Doubt,
    FileFacts,
    Gone,
    ImportOutcome,
    ImportReport,
    Refusal,
    Replaced,
    ReportLine,
)
from app.domain.bookings.import_sums import ControlPlace, Item, PlaceControl, Why
from app.domain.bookings.import_total import LeftOut, TotalControl

MARCH = date(2026, 3, 1)


def line(row: int | None, cents: int, text: str) -> ReportLine:
    return ReportLine(
        row, date(2026, 3, 10), "0019", "1", "570", "4271000", cents, text, "<Büro> & Co.", "B1"
    )


def report() -> ImportReport:
    left_out = LeftOut(5, RowState.REJECTED, 500, "Buchungsdatum: Das ist kein Datum.")
    places = (
        PlaceControl(
            ControlPlace("570", MARCH, False, None), 3, 5900, 6100,
            (Item(Why.MISSING, 200, None, date(2026, 3, 11), "19", "Druck", 1),),
        ),
        PlaceControl(
            ControlPlace("570", None, False, None), 1, 500, 0,
            (Item(Why.REJECTED, -500, 5, None, "22", "Das ist kein Datum."),),
        ),
        PlaceControl(ControlPlace("571", MARCH, False, None), 1, 3000, 3000, ()),
    )  # fmt: skip
    return ImportReport(
        FileFacts("liste.csv", "ab" * 32, "Tabelle1", Shape.POSTINGS, "SAP"),
        ImportOutcome.IMPORTED,
        datetime(2026, 5, 12, 9, 30),
        "Frau Ahrens",
        ImportCounts(1, 1, 1, 1, 1, 1, 1, 0, 1),
        4000,
        ImportControl(TotalControl(8700, 8200, -100, (left_out,), None), places),
        rejected=(Refusal(5, "Buchungsdatum", "bald", "Das ist kein Datum.", 500),),
        changed=(Correction(line(None, 1000, "Miete"), line(2, 1200, "Miete"), (BookingField.AMOUNT,)),),
        uncertain=(Doubt(line(6, 700, "Blumen"), line(None, 700, "Ähnlich")),),
        missing=(Gone(line(None, 200, "Druck"), 1, removed=False),),
        replaced=(Replaced(line(None, 900, "Differenz"), None),),
        skipped=(LeftOut(9, RowState.SKIPPED, 8700, "Summenzeile", True),),
        notices=("1 Umlaut wurde repariert.",),
        new=(line(4, 4000, "=1+1"),),
        batch=7,
    )
