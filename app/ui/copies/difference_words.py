"""What differs between two states of a record, in the words of the lists."""

from app.domain.master_data.sheets import SHEETS
from app.services.record_changes import TableWords
from app.ui.kit.texts import TABLES
from db.comparing import FieldDifference, RecordDifference, Side

_TITLES = {sheet.name: {column.field: column.name for column in sheet.columns} for sheet in SHEETS}
_OFTEN = {
    "agreement_id": "Vereinbarung", "actor_id": "Träger", "quarter_id": "Quartier", "budget_id": "Budget",
    "grant_id": "Förderung", "notes": "Notizen", "note": "Notiz", "title": "Titel", "text": "Text", "nr": "Nummer",
    "day": "Tag", "name": "Name", "short": "Kürzel", "number": "Nummer", "amount_cents": "Betrag", "year": "Jahr",
    "stage": "Stand", "file_name": "Datei", "signed_on": "Unterschrift", "signed_by": "Unterschrieben von",
    "position": "Reihenfolge", "value": "Wert", "reason": "Grund", "due": "Fällig am", "party_id": "Partei",
}  # fmt: skip


def table_word(table: str) -> str:
    return TABLES.get(table, table)


def record_word(found: RecordDifference) -> str:
    """The record by its name, and what it belongs to."""
    return ", ".join(filter(None, (found.of, found.name))) or f"Zeile {found.row_id}"


def title(table: str, column: str) -> str:
    titles = _TITLES.get(TABLES.get(table, ""), {})
    return titles.get(column) or titles.get(column.removesuffix("_id")) or _OFTEN.get(column, column)


def written(table: str, column: str, value: object) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, bytes):
        return f"{len(value):,} Bytes".replace(",", ".")
    try:
        return TableWords({}).written(table, column, value)
    except (KeyError, ValueError, TypeError):  # of another version, or the name of what is referred to
        return str(value)


def differing(found: RecordDifference) -> list[tuple[str, str, str]]:
    """Title, then, now, for each field that differs; of what only one state has, what is filled in."""
    lines = [(title(found.table, one.column), *_both(found, one)) for one in found.fields]
    if found.side is Side.BOTH:
        return lines
    return [(name, then, now) for name, then, now in lines if (then, now) not in (("leer", ""), ("", "leer"))]


def _both(found: RecordDifference, one: FieldDifference) -> tuple[str, str]:
    then = "" if found.side is Side.ONE else written(found.table, one.column, one.other)
    now = "" if found.side is Side.OTHER else written(found.table, one.column, one.one)
    return then, now


def in_a_line(found: RecordDifference) -> str:
    """ "Titel: Treff → Treff am Markt; Betrag: 100,00 € → 120,00 €" """
    if found.side is Side.BOTH:
        return "; ".join(f"{name}: {then} → {now}" for name, then, now in differing(found))
    return "; ".join(f"{name}: {then or now}" for name, then, now in differing(found))
