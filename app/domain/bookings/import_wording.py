"""Says the control and the report of an import in German, the same on screen, paper and in the workbook."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.import_control import ImportControl
from app.domain.bookings.import_report import Correction, ImportOutcome, ImportReport
from app.domain.bookings.import_sums import Item, PlaceControl, Why
from app.domain.bookings.import_total import LeftOut, TotalControl
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.money import amount, euro

NO_ORDER = "ohne Innenauftrag"


# --- the file's total ------------------------------------------------------------------------------------------


def total_sentence(total: TotalControl) -> str:
    """The file's own total against its rows, and which rows make the difference."""
    said = sums_sentence(total)
    return f"{said} {_explained(total)}" if total.difference_cents else said


def sums_sentence(total: TotalControl) -> str:
    """The file's own total against its rows."""
    if total.total_cents is None:
        return f"Summe der Zeilen {euro(total.sum_cents)}. Die Datei hat keine eigene Gesamtsumme zum Vergleichen."
    if total.agrees:
        return f"Summe der Zeilen {euro(total.sum_cents)}: stimmt mit der Gesamtsumme der Datei überein."
    return (
        f"Die Gesamtsumme der Datei ist {euro(total.total_cents)}, die Summe der Zeilen {euro(total.sum_cents)}: "
        f"Unterschied {euro(total.difference_cents or 0)}."
    )


def _explained(total: TotalControl) -> str:
    rest = total.unexplained_cents or 0
    with_amount = [one for one in total.left_out if one.amount_cents]
    if not rest:
        return f"Er erklärt sich ganz durch {_rows_not_taken(with_amount)}."
    parts = []
    if total.explained_cents:
        parts.append(f"{euro(total.explained_cents)} erklären sich durch {_rows_not_taken(with_amount)}.")
    if total.suspect is not None:
        parts.append(f"{euro(rest)} sind genau Zeile {total.suspect.row}, die als Summenzeile gilt.")
    else:
        unexplained = "Keine ausgelassene Zeile erklärt ihn; er sollte geklärt werden, hindert aber nicht."
        parts.append(f"{euro(rest)} bleiben ungeklärt." if total.explained_cents else unexplained)
        if total.unreadable:
            rows = [one for one in total.left_out if one.amount_cents is None]
            parts.append(f"Nicht lesbar ist der Betrag in {_rows(rows)}; dort kann der Rest stehen.")
    return " ".join(parts)


def _rows_not_taken(rows: Sequence[LeftOut]) -> str:
    if len(rows) <= 5:
        return f"nicht übernommene {_rows(rows)}"
    return counted(len(rows), "nicht übernommene Zeile", "nicht übernommene Zeilen")


def _rows(rows: Sequence[LeftOut]) -> str:
    """ "Zeile 7", "Zeilen 7, 9 und 12", "15 Zeilen"."""
    if len(rows) > 5:
        return counted(len(rows), "Zeile", "Zeilen")
    numbers = [str(one.row) for one in rows]
    if len(numbers) == 1:
        return f"Zeile {numbers[0]}"
    return f"Zeilen {', '.join(numbers[:-1])} und {numbers[-1]}"


# --- orders and months -----------------------------------------------------------------------------------------


def places_sentence(control: ImportControl, *, after: bool) -> str:
    """Orders and months against the database, in a sentence; `after`: it is written."""
    if not control.places:
        return ""
    when = "stimmt der Bestand" if after else "stimmt der Bestand danach"
    all_of_them = counted(len(control.places), "Auftrag und Monat", "Aufträgen und Monaten")
    if not control.differing:
        return f"Bei {'allen ' if len(control.places) > 1 else ''}{all_of_them} {when} mit der Datei überein."
    differing = len(control.differing)
    verb = "weicht" if differing == 1 else "weichen"
    rest = len(control.unexplained)
    how = f"{rest} davon ungeklärt" if rest else "jede Abweichung ist erklärt"
    return f"Von {all_of_them} {verb} {differing} im Bestand {'' if after else 'danach '}von der Datei ab; {how}."


def place_name(place: PlaceControl) -> str:
    """The order, and what narrows it down."""
    name = place.place.internal_order or NO_ORDER
    if place.place.account is not None:
        name += f" / {place.place.account}"
    return f"{name} (Einnahmen)" if place.place.is_income else name


def month_words(month: date | None, shape: Shape) -> str:
    """ "03/2026"; of a sum so far "bis 03/2026"."""
    if month is None:
        return "ohne Datum"
    return f"{'bis ' if shape is Shape.CUMULATIVE else ''}{month:%m/%Y}"


def place_state(place: PlaceControl) -> str:
    """Whether file and database are the same, in a word."""
    if place.unexplained_cents:
        return "ungeklärt"
    return "erklärt" if place.difference_cents else "stimmt"


def item_where(item: Item) -> str:
    """Which row or booking an item is."""
    parts = [f"Zeile {item.row}" if item.row is not None else "Buchung"]
    if item.day is not None:
        parts.append(german(item.day))
    if item.document_number:
        parts.append(f"Beleg {item.document_number}")
    if item.text:
        parts.append(item.text)
    return " · ".join(parts)


def item_reason(item: Item) -> str:
    """Why it makes a difference."""
    if item.why is Why.OTHER and item.batch_id is not None:
        return f"aus Lieferung {item.batch_id}"
    if item.why is Why.ELSEWHERE and item.day is not None:
        return f"ist die Buchung vom {german(item.day)}"
    return item.why.word


# --- the report ------------------------------------------------------------------------------------------------


def outcome_sentence(report: ImportReport) -> str:
    """What became of the file."""
    moment = f"am {german(report.made_at.date())} um {report.made_at:%H:%M} Uhr"
    by = f" von {report.made_by}" if report.made_by else ""
    if report.outcome is ImportOutcome.IMPORTED:
        number = f" als Lieferung {report.batch}" if report.batch is not None else ""
        said = f"Übernommen{number} {moment}{by}."
        if report.undone_at is not None:
            said += f" Zurückgenommen am {german(report.undone_at.date())} um {report.undone_at:%H:%M} Uhr."
        return said
    if report.outcome is ImportOutcome.REFUSED:
        return f"Geprüft {moment}{by}. Nicht übernommen: Die Datei hat abgelehnte Zeilen."
    return f"Geprüft {moment}{by}. Es ist nichts übernommen."


def corrections(correction: Correction) -> list[str]:
    """What finance corrected, field by field: "Betrag 10,00 (bisher 9,00)"."""
    old, new = correction.old, correction.new
    values: dict[BookingField, tuple[str, str]] = {
        BookingField.AMOUNT: (amount(old.amount_cents), amount(new.amount_cents)),
        BookingField.DAY: (_day(old.day), _day(new.day)),
        BookingField.INTERNAL_ORDER: (old.internal_order or "keiner", new.internal_order or "keiner"),
        BookingField.ACCOUNT: (old.account or "keines", new.account or "keines"),
    }
    found = []
    for of in correction.fields:
        name = "Datum" if of is BookingField.DAY else of.word
        if of in values:
            before, after = values[of]
            found.append(f"{name} {after} (bisher {before})")
        else:
            found.append(name)
    return found


def skipped_groups(skipped: Iterable[LeftOut]) -> list[tuple[str, str]]:
    """Reason and rows of what was skipped: ("Summenzeile", "12, 40–42")."""
    by_reason: dict[str, list[int]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one.row)
    return [(reason, row_ranges(rows)) for reason, rows in by_reason.items()]


def row_ranges(rows: Iterable[int]) -> str:
    """ "2, 5–9, 12"; beyond twelve of them the rest is counted."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    if len(words) > 12:
        return f"{', '.join(words[:12])} und weitere"
    return ", ".join(words)


def _day(day: date | None) -> str:
    return german(day) if day is not None else "keines"
