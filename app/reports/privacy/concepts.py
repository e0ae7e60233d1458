"""The record of processing activities (Art. 30 GDPR) and the deletion concept (after DIN 66398, in plain form).

Both are made from the declared tables, so that they say what the program does.
"""

from collections.abc import Iterator
from datetime import date

from app.domain.dates import german
from app.domain.papers.paper_text import Block, PaperTable, Paragraph
from app.domain.privacy.activities import ENCRYPTED, FACTS, MEASURES, NOT_ENCRYPTED, rule_of
from app.domain.privacy.findings import TITLES
from app.domain.privacy.personal_data import TABLES, Activity, PersonalTable
from app.reports.privacy.paper import PrivacyPaper
from app.reports.privacy.words import facts, heading, items, responsible
from app.services.office import OfficeInput
from app.services.privacy.erasures import ErasureRow
from app.services.privacy.privacy_settings import PrivacyInput

CLASSES = (
    ("A", "Kontakte", "Löschtag beim Eintrag; ohne Löschtag wird „Angaben fehlen“ angezeigt"),
    ("B", "Unterzeichnetes und Gedrucktes", "{agreement} Jahre nach dem Jahr, in dem die Vereinbarung endet"),
    ("C", "Buchungen", "{booking} Jahre nach dem Ende des Haushaltsjahres"),
    ("D", "Übriges", "unverzüglich, wenn der Zweck wegfällt oder die Person es verlangt"),
)  # fmt: skip


def record_paper(
    office: OfficeInput, settings: PrivacyInput, on: date, *, is_encrypted: bool
) -> PrivacyPaper:
    """The record of processing activities; `is_encrypted`: whether the file is."""
    title = f"des Büros „{office.name}“" if office.name else "des Büros"
    blocks = tuple(_record(office, settings, is_encrypted))
    return PrivacyPaper(office, "Verzeichnis von Verarbeitungstätigkeiten", title, on, blocks)


def deletion_paper(
    office: OfficeInput, settings: PrivacyInput, on: date, done: list[ErasureRow]
) -> PrivacyPaper:
    """The deletion concept, with what was erased so far."""
    title = f"des Büros „{office.name}“" if office.name else "des Büros"
    return PrivacyPaper(office, "Löschkonzept", title, on, tuple(_concept(office, settings, done)))


def _years(settings: PrivacyInput) -> dict[str, int]:
    return {"agreement": settings.agreement_years or 0, "booking": settings.booking_years or 0}


def _record(office: OfficeInput, settings: PrivacyInput, is_encrypted: bool) -> Iterator[Block]:
    yield Paragraph("Nach Art. 30 Abs. 1 DSGVO, erstellt aus dem Programm Quartiersbüro.")
    yield heading("Verantwortlich")
    yield facts(responsible(office))
    for number, activity in enumerate(Activity, 1):
        known = FACTS[activity]
        yield heading(f"{number}. {activity.word}")
        yield facts(
            (
                ("Zweck", known.purpose),
                ("Rechtsgrundlage", known.basis),
                ("Betroffene Personen", known.people),
                ("Kategorien von Daten", known.data),
                ("Empfänger", known.recipients),
                ("Drittland", "keine Übermittlung"),
                ("Löschfristen", known.rule.format(**_years(settings))),
                ("Wo gespeichert", ", ".join(one.title for one in TABLES if one.activity is activity)),
            )
        )
    yield heading("Technische und organisatorische Maßnahmen (Art. 32 DSGVO)")
    yield from items((*MEASURES, ENCRYPTED if is_encrypted else NOT_ENCRYPTED))


def _concept(office: OfficeInput, settings: PrivacyInput, done: list[ErasureRow]) -> Iterator[Block]:
    years = _years(settings)
    yield Paragraph(
        "Regelt, wann welche personenbezogenen Daten im Programm Quartiersbüro gelöscht werden, in Anlehnung an "
        "DIN 66398. "
        "Die Fristen der Klassen B und C sind angenommen, bis sie mit den Regeln der Stadt abgeglichen sind; "
        "eine längere "
        "städtische Frist geht vor."
    )
    yield heading("Verantwortlich")
    yield facts(responsible(office))
    yield heading("Löschklassen")
    rows = tuple((name, what, rule.format(**years)) for name, what, rule in CLASSES)
    yield PaperTable(("Klasse", "Was", "Regel"), (18, 52, 95), rows)
    yield heading("Datenarten")
    for activity in Activity:
        entries = [entry for entry in TABLES if entry.activity is activity]
        yield Paragraph(activity.word)
        yield PaperTable(
            ("Datenart", "Felder mit Personenbezug", "Klasse", "Beginn der Frist", "Frist"),
            (36, 48, 18, 36, 27),
            tuple(_kind_row(entry, settings) for entry in entries),
        )
    yield from _how(settings)
    yield heading("Bisherige Löschungen")
    if done:
        yield PaperTable(
            ("Am", "Grund", "Gelöscht", "In Sicherungen bis"),
            (22, 45, 66, 32),
            tuple(
                (german(one.erased_at.date()), one.reason, one.erased_words, german(one.copies_until)) for one in done
            ),
        )  # fmt: skip
    else:
        yield Paragraph("Noch keine.")


def _kind_row(entry: PersonalTable, settings: PrivacyInput) -> tuple[str, ...]:
    years = _years(settings)
    name, start, time = rule_of(entry, years["agreement"], years["booking"])
    fields = ", ".join(dict.fromkeys(TITLES[column] for column in entry.columns))
    return entry.title, fields, name, start, time


def _how(settings: PrivacyInput) -> Iterator[Block]:
    yield heading("Wie gelöscht wird")
    yield from items(
        (
            "Die Übersicht zeigt jeden Kontakt, dessen Löschtag kommt oder vorbei ist; „Löschen“ führt zur Liste aller "
            "Stellen, an denen die Person steht.",
            "Das Büro entscheidet je Stelle, ob diese Person gemeint ist. Ihr Name wird überall durch „(gelöscht "
            "am …)“ "
            "ersetzt: in den Einträgen, im Verlauf und in den Bezeichnungen der Schritte. Zahlen ändern sich nicht.",
            "Das lässt sich nicht rückgängig machen; frühere Schritte holen die Person nicht zurück.",
            "Die Datei wird danach neu geschrieben, sodass auch in freien Bereichen nichts übrig bleibt.",
            "Vereinbarungen, Schriftstücke und Buchungen, die bleiben müssen, werden mit Grund und Ende genannt.",
        )
    )
    yield heading("Sicherungen")
    yield Paragraph(
        f"Sicherungen aus der Zeit vor einer Löschung verschwinden spätestens nach {settings.copy_days} Tagen. "
        "Wird vorher "
        "eine davon wiederhergestellt, wird die Löschung in ihr wiederholt. Kopien, die von Hand an andere Orte gelegt "
        "wurden, sind von Hand zu löschen."
    )
    yield heading("Aussetzen")
    yield Paragraph(
        "Solange eine Pflicht zur Aufbewahrung läuft oder Ansprüche geltend gemacht werden, unterbleibt die "
        "Löschung der "
        "betroffenen Stelle; der Grund steht im Löschprotokoll (Einstellungen – Datenschutz)."
    )
