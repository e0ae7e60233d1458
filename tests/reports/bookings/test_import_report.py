"""The import report on paper, read as a reader of the PDF would."""

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from pypdf import PdfReader

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.import_report import ImportOutcome, Refusal
from app.reports.bookings.import_report import LONGEST_LIST, import_report_pdf
from tests.reports.agreements.agreement_samples import OFFICE
from tests.reports.bookings.import_samples import report


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def flat(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pages(content)))


def test_all_that_is_worth_a_look_is_on_paper() -> None:
    text = flat(import_report_pdf(report(), OFFICE))
    for words in (
        "Importbericht",
        "Übernommen als Lieferung 7 am 12.05.2026 um 09:30 Uhr von Frau Ahrens.",
        "zusammen 40,00 €",
        "Unterschied 5,00 €. Er erklärt sich ganz durch nicht übernommene Zeile 5.",
        "Von 3 Aufträgen und Monaten weichen 2 im Bestand von der Datei ab; jede Abweichung ist erklärt.",
        "entfallen, aber behalten",
        "Betrag 12,00 (bisher 10,00)",
        "Ähnlich",
        "<Büro> & Co.",
        "Summenzeile 9",
        "1 Umlaut wurde repariert.",
    ):
        assert words in text, words
    assert "Seite 1 von" in text


def test_months_that_agree_stand_on_one_line_and_sums_so_far_alone() -> None:
    text = flat(import_report_pdf(report(), OFFICE))
    assert "571 03/2026 30,00 30,00 0,00 stimmt" in text


def test_what_became_of_the_file() -> None:
    checked = replace(report(), outcome=ImportOutcome.CHECKED, batch=None)
    assert "Es ist nichts übernommen" in flat(import_report_pdf(checked, OFFICE))
    refused = replace(checked, outcome=ImportOutcome.REFUSED)
    assert "Nicht übernommen: Die Datei hat abgelehnte Zeilen" in flat(import_report_pdf(refused, OFFICE))
    undone = replace(report(), undone_at=datetime(2026, 5, 13, 8, 0))
    assert "Zurückgenommen am 13.05.2026 um 08:00 Uhr." in flat(import_report_pdf(undone, OFFICE))
    old = replace(report(), complete=False)
    assert "noch kein Bericht aufgehoben" in flat(import_report_pdf(old, OFFICE))


def test_a_long_list_repeats_its_header_and_says_where_the_rest_is() -> None:
    rejected = tuple(
        Refusal(row, "Betrag", "zehn", "„zehn“ ist kein Betrag.", None) for row in range(2, LONGEST_LIST + 5)
    )
    found = pages(import_report_pdf(replace(report(), rejected=rejected), OFFICE))
    with_rows = [page for page in found if "ist kein Betrag" in page]
    assert len(with_rows) > 20
    assert all("Grund" in page and "Spalte" in page for page in with_rows)
    assert "3 weitere Zeilen stehen in der Excel-Fassung dieses Berichts." in re.sub(
        r"\s+", " ", "".join(found)
    )


def test_corrections_of_day_and_order() -> None:
    plain = report()
    one = plain.changed[0]
    moved = one._replace(
        old=one.old._replace(day=date(2026, 3, 1), internal_order=None),
        fields=(BookingField.DAY, BookingField.INTERNAL_ORDER, BookingField.BUDGET_YEAR),
        kept=True,
    )
    text = flat(import_report_pdf(replace(plain, changed=(moved,)), OFFICE))
    for words in (
        "Datum 10.03.2026 (bisher 01.03.2026)",
        "Innenauftrag 570 (bisher keiner)",
        "Haushaltsjahr",
        "nicht übernommen",
    ):
        assert words in text, words
