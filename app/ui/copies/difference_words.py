"""What differs between two states of a record, in the words of the lists."""

from app.domain.master_data.sheets import SHEETS
from app.services.record_changes import TableWords
from db.comparing import FieldDifference, RecordDifference, Side
from db.table_words import TABLES

_TITLES = {sheet.name: {column.field: column.name for column in sheet.columns} for sheet in SHEETS}
_WORDS = {
    "account": "Sachkonto", "account_name": "Kontobezeichnung", "action": "Änderung", "actor_id": "Träger",
    "added_at": "Angehängt am", "agreed": "Vereinbartes", "agreement_clause_id": "Klausel",
    "agreement_id": "Vereinbarung", "amendment_id": "Nachtrag", "amount_cents": "Betrag",
    "amount_from_cents": "Betrag ab", "amount_to_cents": "Betrag bis", "arrived_on": "Eingegangen am",
    "as_of": "Stand vom", "assigned_by": "Zugeordnet durch", "at_signature": "Bei Unterschrift festgehalten",
    "author": "Von", "batch_id": "Import", "budget_id": "Budget", "budget_year": "Haushaltsjahr",
    "building_block_id": "Baustein", "changed_count": "Geändert", "changed_fields": "Geänderte Felder",
    "changes": "Änderungen", "changes_amount": "Ändert den Betrag", "changes_term": "Ändert die Laufzeit",
    "city_district_id": "Stadtbezirk", "city_part_id": "Stadtteil",
    "city_signed_by": "Für die Stadt unterschrieben von", "city_signed_on": "Unterschrift der Stadt",
    "clause_id": "Klausel", "clause_version_id": "Fassung der Klausel", "columns": "Spalten",
    "command_id": "Schritt", "commitment_id": "Mittelbindung", "condition": "Voraussetzung", "content": "Inhalt",
    "control_total_cents": "Kontrollsumme", "cost_centre": "Kostenstelle", "dated": "Datiert", "day": "Tag",
    "decision": "Beschluss", "direction": "Richtung", "document_date": "Belegdatum",
    "document_number": "Belegnummer", "due": "Fällig am", "effective_from": "Wirksam ab", "end": "Ende",
    "ends_on": "Endet am", "evidence": "Nachweis", "exported_at": "Erstellt am", "figure": "Zahl",
    "file_name": "Datei", "fingerprint": "Erkennungszeichen", "function": "Funktion", "goal_id": "Ziel",
    "goal_report_id": "Bericht zum Ziel", "grant_id": "Förderung", "imported_at": "Importiert am",
    "indicator": "Indikator", "indicator_id": "Indikator", "interim_months": "Zwischennachweis, Monate",
    "internal_order": "Innenauftrag", "is_active": "Aktiv", "is_default": "Vorgabe",
    "is_extraordinary": "Außerordentlich", "is_included": "Aufgenommen", "is_income": "Einnahme",
    "is_numbered": "Nummeriert", "is_obligatory": "Pflicht", "is_scan": "Scan des Unterschriebenen",
    "joins_with": "Tritt bei mit", "key": "Schlüssel", "kind": "Art", "known_count": "Vorhanden",
    "last_change_id": "Letzte Änderung", "latitude": "Breite", "layout": "Layout", "leaves_with": "Scheidet aus mit",
    "line": "Position", "longitude": "Länge", "made_at": "Erstellt am", "mapping": "Zuordnung",
    "marked_at": "Vermerkt am", "measure": "Maßnahme", "media_type": "Dateiart",
    "minimum_until": "Mindestlaufzeit bis", "missing_count": "Entfallen", "name": "Name", "new_count": "Neu",
    "note": "Notiz", "notes": "Notizen", "notice": "Kündigungsfrist", "notice_effect": "Kündigung zum",
    "notice_unit": "Einheit der Frist", "nr": "Nummer", "number": "Nummer", "occurrence": "Vorkommen",
    "offer_id": "Angebot", "origin_year": "Herkunftsjahr", "other_income_cents": "Weitere Einnahmen",
    "overspending_reason": "Grund der Überziehung", "participants": "Teilnehmende", "party_id": "Partei",
    "payee": "Empfänger", "payment_date": "Zahldatum", "plan_item_id": "Position im Finanzierungsplan",
    "position": "Reihenfolge", "printed_at": "Gedruckt am", "profile": "Profil", "proof_months": "Nachweis, Monate",
    "quarter_id": "Quartier", "reason": "Grund", "record_id": "Eintrag", "refund_threshold_cents": "Bagatellgrenze",
    "rejected_count": "Abgelehnt", "reminder_days": "Erinnern, Tage vorher", "renewal_months": "Verlängerung Monate",
    "replaced": "Ersetzt", "replaced_because": "Ersetzt, weil", "replaced_on": "Ersetzt am", "report": "Bericht",
    "represented_by": "Vertreten durch", "responsible": "Verantwortlich", "result": "Ergebnis",
    "retention_years": "Aufbewahrung, Jahre", "retired_on": "Außer Gebrauch seit", "rules_as_of": "Regeln vom",
    "seat": "Unterschrift Nr.", "sent_at": "Gesendet am", "settings": "Einstellungen", "settled_on": "Erledigt am",
    "sha256": "Prüfsumme", "shape": "Form", "sheet": "Blatt", "short": "Kürzel", "signed_by": "Unterschrieben von",
    "signed_on": "Unterschrift", "since": "Seit", "size": "Größe", "skipped_count": "Übersprungen",
    "source": "Quelle", "stage": "Stand", "standard_as_of": "Standard vom", "state": "Stand",
    "statistic_unit": "Statistischer Bezirk", "successor_id": "Folgevereinbarung", "sum_cents": "Summe",
    "table": "Liste", "target": "Soll", "target_group_id": "Zielgruppe", "target_value": "Zielwert",
    "template_id": "Vorlage", "template_version_id": "Vorlage", "text": "Text", "title": "Titel",
    "uncertain_count": "Unsicher", "undone_at": "Zurückgenommen am", "unit": "Einheit", "until": "Bis",
    "until_year": "Bis Jahr", "usage_weeks": "Verwendungsfrist, Wochen", "value": "Wert", "who": "Wer",
    "withdrawn_at": "Zurückgezogen am", "withdrawn_because": "Zurückgezogen, weil", "year": "Jahr",
}  # fmt: skip


def record_word(found: RecordDifference) -> str:
    """The record by its name, and what it belongs to."""
    return ", ".join(filter(None, (found.of, found.name))) or f"Zeile {found.row_id}"


def title(table: str, column: str) -> str:
    """What a person calls a column; one from another version keeps its own name."""
    titles = _TITLES.get(TABLES.get(table, ""), {})
    return titles.get(column) or titles.get(column.removesuffix("_id")) or _WORDS.get(column, column)


def written(table: str, column: str, value: object) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, bytes):
        return f"{len(value):,} Bytes".replace(",", ".")
    try:
        return TableWords({}).written(table, column, value)
    except (KeyError, ValueError, TypeError):  # of another version, or the name of what is referred to
        return str(value)


def differing(found: RecordDifference) -> list[tuple[str, str, str]]:
    """Title, then what stands in the one and in the other state, for each field that differs.

    Of a record that only one of them has, what is filled in.
    """
    lines = [(title(found.table, field.column), *_both(found, field)) for field in found.fields]
    if found.side is Side.BOTH:
        return lines
    return [line for line in lines if line[1:] not in (("leer", ""), ("", "leer"))]


def side_by_side(found: RecordDifference) -> str:
    """ "Titel: Treff ≠ Treff am Markt; Betrag: 100,00 € ≠ 120,00 €": the one, and the other."""
    return _in_a_line(found, "{one} ≠ {other}")


def then_and_now(found: RecordDifference) -> str:
    """ "Titel: Treff → Treff am Markt; Betrag: 100,00 € → 120,00 €": from the other to the one."""
    return _in_a_line(found, "{other} → {one}")


def _in_a_line(found: RecordDifference, both: str) -> str:
    pattern = both if found.side is Side.BOTH else "{one}{other}"
    return "; ".join(
        f"{name}: {pattern.format(one=one, other=other)}" for name, one, other in differing(found)
    )


def _both(found: RecordDifference, field: FieldDifference) -> tuple[str, str]:
    one = "" if found.side is Side.OTHER else written(found.table, field.column, field.one)
    other = "" if found.side is Side.ONE else written(found.table, field.column, field.other)
    return one, other
