"""What is stored about a person as a workbook (Art. 15 GDPR): the rows of the paper, to be searched and passed on."""

from dataclasses import replace

from app.domain.privacy.activities import FACTS, RIGHTS, SUPERVISORY_AUTHORITY
from app.services.privacy.disclosure import Disclosure
from app.sheets.list_writer import LOOK, WRAPPED, Columns, ListBook

STORED: Columns = (("Tätigkeit", 32), ("Wo", 40), ("Feld", 22), ("Inhalt", 80))
LOG: Columns = (("Wann", 18), ("Schritt", 44), ("Wo", 40), ("Feld", 22), ("Vorher", 40), ("Nachher", 40))
PURPOSES: Columns = (
    ("Tätigkeit", 32), ("Zweck", 40), ("Rechtsgrundlage", 40), ("Daten", 40), ("Empfänger", 40), ("Herkunft", 40),
    ("Dauer", 50),
)  # fmt: skip
KEPT: Columns = (("Was", 44), ("Grund", 60), ("Bis", 40))
FACTS_OF: Columns = (("Angabe", 32), ("Inhalt", 90))
_LOOK = replace(LOOK, text={**LOOK.text, **WRAPPED})


def disclosure_workbook(told: Disclosure) -> bytes:
    """The workbook as bytes."""
    years = {"agreement": told.settings.agreement_years, "booking": told.settings.booking_years}
    office = told.office
    with ListBook(_LOOK, f"Auskunft nach Art. 15 DSGVO: {told.name}", office.name) as book:
        stored = [(one.activity.word, one.place, one.field, one.text) for one in told.stored]
        book.add_list("Gespeicherte Daten", STORED, stored)
        known = [(one, FACTS[one]) for one in told.activities]
        purposes = [
            (one.word, f.purpose, f.basis, f.data, f.recipients, f.source, f.rule.format(**years))
            for one, f in known
        ]
        book.add_list("Zwecke und Dauer", PURPOSES, purposes)
        kept = [(f"{one.title} {one.record}".strip(), one.reason, one.end) for one in told.kept]
        if kept:
            book.add_list("Aufbewahrung", KEPT, kept)
        log = [(one.at, one.label, one.place, one.field, one.before, one.after) for one in told.log]
        book.add_list("Verlauf", LOG, log)
        officer = ", ".join(filter(None, (office.data_protection_officer, office.data_protection_contact)))
        facts = [
            ("Person", told.name),
            *told.contacts,
            ("Verantwortlich", ", ".join(filter(None, (office.authority, office.head, office.department)))),
            (
                "Büro",
                ", ".join(filter(None, (office.name, office.contact_person, office.phone, office.email))),
            ),
            ("Datenschutzbeauftragte", officer),
            ("Aufsichtsbehörde", office.supervisory_authority or SUPERVISORY_AUTHORITY),
            *(("Recht", right) for right in RIGHTS),
        ]
        book.add_list("Verantwortliche, Rechte", FACTS_OF, facts)
    return book.content
