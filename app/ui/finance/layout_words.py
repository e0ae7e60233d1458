"""Words for a layout in a list, and for what an export does to each of its sheets."""

from typing import TYPE_CHECKING

from app.services.finance.finance_layouts import LayoutRow, SheetMapping

if TYPE_CHECKING:  # the spreadsheet libraries load with it
    from app.sheets.layout.view import LayoutPlace


def filled_sheets(row: LayoutRow) -> str:
    """Which sheets are filled with what: "Buchungen: Einzelposten (6 Spalten)"."""
    return " · ".join(
        f"{one.sheet}: {one.listed} ({_columns(len(one.fields))})"
        for one in row.mapping
        if one.listed and one.fields
    )


def place_sentence(mapping: SheetMapping, place: "LayoutPlace | None") -> str:
    """What an export does to a sheet."""
    if mapping.listed is None:
        return "Dieses Blatt bleibt, wie es ist."
    if place is None:
        return "Bitte mindestens einer Spalte ein Feld zuordnen."
    if place.last < place.first:
        where = f"Die Zeilen kommen ab Zeile {place.first} dazu"
    elif place.last == place.first:
        where = f"Zeile {place.first} ist das Muster und wird ersetzt"
    else:
        where = f"Die Zeilen {place.first} bis {place.last} sind das Muster und werden ersetzt"
    return f"{where}; Formeln und Formate gehen mit, was darunter steht, rückt nach unten."


def _columns(count: int) -> str:
    return "1 Spalte" if count == 1 else f"{count} Spalten"
