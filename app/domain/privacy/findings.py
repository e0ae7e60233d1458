"""What was found about a person: a row, which words of it name her, and whether it may go."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import german
from app.domain.privacy.people import Match
from app.domain.privacy.personal_data import Keep

TITLES = {
    "agreed": "Gedruckter Inhalt", "author": "Von", "changes": "Geändert", "city_signed_by": "Für die Stadt",
    "columns": "Spalten", "condition": "Voraussetzung", "contact_person": "Ansprechperson", "content": "Inhalt",
    "decision": "Beschluss", "description": "Beschreibung", "email": "E-Mail", "evidence": "Nachweis",
    "file_name": "Datei", "first_name": "Vorname", "function": "Funktion", "funder": "Zuwendungsgeber",
    "indicator": "Indikator", "institution": "Einrichtung", "last_name": "Nachname",
    "legal_basis": "Rechtsgrundlage", "measure": "Maßnahme", "name": "Name", "note": "Notiz", "notes": "Notizen",
    "overspending_reason": "Begründung", "participants": "Teilnehmende", "payee": "Empfänger", "phone": "Telefon",
    "place": "Ort", "purpose": "Zweck", "reason": "Grund", "recipient": "Empfänger", "replaced": "Bisher galt",
    "replaced_because": "Ersetzt, weil", "report": "Importbericht", "represented_by": "Vertreten durch",
    "responsible": "Zuständig", "result": "Ergebnis", "salutation": "Anrede", "short": "Kürzel",
    "signed_by": "Unterschrieben von", "source": "Quelle", "street": "Straße", "summary": "Eintrag",
    "target": "Soll", "text": "Text", "title": "Titel", "value": "Angabe", "who": "Wer",
    "withdrawn_because": "Ersetzt, weil",
}  # fmt: skip
"""What the columns of personal data are called."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Why something stays, and until when. `until` None: it hangs on an agreement whose end nobody knows yet."""

    keep: Keep
    years: int
    until: date | None

    @property
    def reason(self) -> str:
        if self.keep is Keep.BOOKING:
            return f"Haushaltsrecht: Buchungen {self.years} Jahre nach Ende des Haushaltsjahres"
        return f"Nachweis des Vereinbarten: {self.years} Jahre nach Ende der Vereinbarung"

    @property
    def end(self) -> str:
        """ "31.12.2036", or what it depends on."""
        return german(self.until) if self.until else f"{self.years} Jahre nach Ende der Vereinbarung"


@dataclass(frozen=True, slots=True)
class Finding:
    """Columns of a row that name a person. `texts`: what they say; `only_log`: they said so once, the log knows it.

    `whole`: the row is the person. `record`: what it belongs to, in words.
    """

    table: str
    row_id: int
    columns: tuple[str, ...]
    match: Match
    title: str
    record: str
    texts: tuple[tuple[str, str], ...]
    excerpt: str
    whole: bool = False
    only_log: bool = False
    kept: Kept | None = None

    @property
    def id(self) -> tuple[str, int, bool]:
        """What names it among the findings of one search."""
        return self.table, self.row_id, self.kept is not None
