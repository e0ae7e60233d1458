"""Our lists as they can go into finance's own workbook: fields, the names others use for them, and the rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.bookings.bookings import BookingField
from app.services.finance.finance_exports import FinanceData
from app.sheets.bookings.columns import NAMES, folded
from app.sheets.finance.rows import (
    BOOKINGS,
    CHANGES,
    COMMITMENTS,
    LISTS,
    OVERVIEW,
    TRANSFERS,
    UNASSIGNED,
    Rows,
)
from app.sheets.list_writer import Cell

RUNNING = "Laufende Nummer"
"""A field of every list: 1, 2, 3 ..."""

_UNIT = re.compile(r"(in)?(eur|€|euro)$")
FIELDS: Mapping[str, tuple[str, ...]] = {
    listed: (
        *(name for name, _ in columns),
        *(("Kostenstelle", "Haushaltsjahr") if listed == OVERVIEW else ()),
        RUNNING,
    )
    for listed, columns in LISTS.items()
}
"""List -> its fields, named as in the workbook that we make ourselves (exchange.md, section 3)."""

_RUNNING_NAMES = ("Lfd. Nr.", "Lfd.-Nr.", "Lfd", "Nr.", "Nr", "#", "Zeile")
_SHEET_NAMES: Mapping[str, tuple[str, ...]] = {
    OVERVIEW: (OVERVIEW, "Budgets", "Budget", "Budgetübersicht", "Haushaltsübersicht", "Mittelübersicht"),
    BOOKINGS: (BOOKINGS, "Buchungen", "Buchungsliste", "Belegliste", "Belege", "Ausgaben", "Einzelnachweis"),
    COMMITMENTS: (COMMITMENTS, "Mittelbindung", "Obligo", "Verpflichtungen", "Festlegungen", "Aufträge"),
    TRANSFERS: (TRANSFERS, "Umschichtung", "Umbuchungen", "Mittelumschichtung"),
    CHANGES: (CHANGES, "Änderung", "Änderungsliste", "Abweichungen"),
}
_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    OVERVIEW: {
        "Nummer": ("Budgetnummer", "Budget-Nr.", "Budget Nr", "Budget"),
        "Bezeichnung": ("Budgetbezeichnung", "Titel", "Zweck", "Budgetname", "Name"),
        "Quartier": ("Stadtteil", "Quartierszentrum"),
        "Art": ("Budgetart", "Art des Budgets"),
        "Innenauftrag": NAMES[BookingField.INTERNAL_ORDER],
        "Kostenstelle": NAMES[BookingField.COST_CENTRE],
        "Haushaltsjahr": NAMES[BookingField.BUDGET_YEAR],
        "Ansatz": ("Planansatz", "Plan", "Haushaltsansatz", "Soll", "bewilligt"),
        "Umschichtung": ("Umschichtungen", "Umbuchungen", "Veränderungen"),
        "Gebunden": ("Mittelbindung", "Mittelbindungen", "Obligo", "offene Mittelbindungen", "vorgemerkt"),
        "Ist": ("Ist-Ausgaben", "Ausgaben", "Verbraucht", "Gebucht", "Anordnungssoll"),
        "Verfügbar": ("verfügbare Mittel", "Rest", "Restmittel", "noch verfügbar", "Saldo"),
        "Einnahmen": ("Einnahme", "Erträge", "Ist-Einnahmen"),
    },
    BOOKINGS: {
        "Budget": ("Budgetnummer", "Budget-Nr.", "Nummer des Budgets"),
        "Buchungsdatum": (*NAMES[BookingField.DAY], "Datum"),
        "Belegdatum": NAMES[BookingField.DOCUMENT_DATE],
        "Zahldatum": NAMES[BookingField.PAYMENT_DATE],
        "Haushaltsjahr": NAMES[BookingField.BUDGET_YEAR],
        "Belegnummer": (*NAMES[BookingField.DOCUMENT_NUMBER], "Beleg"),
        "Position": NAMES[BookingField.LINE],
        "Innenauftrag": NAMES[BookingField.INTERNAL_ORDER],
        "Kostenstelle": NAMES[BookingField.COST_CENTRE],
        "Sachkonto": NAMES[BookingField.ACCOUNT],
        "Kontobezeichnung": NAMES[BookingField.ACCOUNT_NAME],
        "Betrag": (*NAMES[BookingField.AMOUNT], "Ausgabe", "Summe"),
        "Text": (*NAMES[BookingField.TEXT], "Verwendungszweck", "Zweck"),
        "Empfänger": (*NAMES[BookingField.PAYEE], "Zahlungsempfänger"),
        "Einnahme": ("Einnahme ja/nein",),
    },
    COMMITMENTS: {
        "Nummer": ("Mittelbindung", "Bindungsnummer", "Auftragsnummer", "Obligo-Nr."),
        "Budget": ("Budgetnummer", "Budget-Nr."),
        "Bezeichnung": ("Zweck", "Text", "Gegenstand", "Titel"),
        "Empfänger": NAMES[BookingField.PAYEE],
        "Datum": ("Datum der Bindung", "gebunden am", "vom"),
        "Betrag": ("Auftragswert", "gebunden", "Summe"),
        "Gebucht": ("abgerufen", "bezahlt", "verbraucht"),
        "Offen": ("Rest", "Restbetrag", "offener Betrag", "noch offen"),
        "Reicht bis": ("bis Jahr", "gültig bis"),
        "Geschlossen am": ("erledigt am", "geschlossen"),
    },
    TRANSFERS: {
        "Nummer": ("Umschichtung",),
        "Von Budget": ("von", "abgebendes Budget", "aus Budget"),
        "Nach Budget": ("nach", "an", "aufnehmendes Budget", "zu Budget"),
        "Betrag": ("Summe",),
        "Datum": ("vom",),
        "Grund": ("Begründung", "Anlass", "Bemerkung"),
        "Aus dem Jahr": ("Herkunftsjahr", "aus Jahr"),
    },
    CHANGES: {
        "Was": ("Gegenstand", "Bereich"),
        "Vorgang": ("Änderung", "Aktion"),
        "Betrag bisher": ("bisher", "alt", "alter Betrag"),
        "Betrag neu": ("neu", "neuer Betrag"),
        "Geändert": ("Einzelheiten", "was geändert wurde", "Details"),
    },
}


def comparable(header: str) -> str:
    """A header without case, blanks, signs and unit."""
    return _UNIT.sub("", folded(header))


def _by_name(listed: str) -> dict[str, str]:
    """Comparable name -> field; the field's own name goes before the names of others."""
    fields = FIELDS[listed]
    names = {comparable(field): field for field in fields}
    for field, others in (*_NAMES[listed].items(), (RUNNING, _RUNNING_NAMES)):
        for other in others:
            names.setdefault(comparable(other), field)
    names.pop("", None)
    return names


BY_NAME: Mapping[str, Mapping[str, str]] = {listed: _by_name(listed) for listed in FIELDS}
BY_SHEET: Mapping[str, str] = {
    comparable(name): listed for listed, names in _SHEET_NAMES.items() for name in names
}


@dataclass(frozen=True, slots=True)
class ListRows:
    """A list with its values; `Money` without formulas, as the layout calculates by its own."""

    fields: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def list_rows(data: FinanceData, listed: str) -> ListRows:
    """The rows of one of our lists. Bookings that have no budget are never left out of the overview."""
    made = Rows(data)
    rows = _overview(made, data) if listed == OVERVIEW else made.of(listed)
    return ListRows(FIELDS[listed], [(*row, number) for number, row in enumerate(rows, 1)])


def _overview(made: Rows, data: FinanceData) -> Iterator[Sequence[Cell]]:
    *budgets, unassigned, _total = made.overview()
    for row, budget in zip(budgets, data.budgets, strict=True):
        yield (*row, budget.cost_centre, budget.year)
    if any(line.budget is None for line in data.bookings):
        yield (UNASSIGNED, *unassigned[1:], None, data.year)
