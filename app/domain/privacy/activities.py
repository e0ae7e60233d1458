"""What each processing activity is for, on which basis, from whom and for whom, and when its data go (Art. 30 GDPR)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.privacy.personal_data import Activity, Keep, PersonalTable

SUPERVISORY_AUTHORITY = (
    "Der Landesbeauftragte für den Datenschutz Niedersachsen, Prinzenstraße 5, 30159 Hannover"
)
PUBLIC_TASK = "Art. 6 Abs. 1 lit. e DSGVO mit § 3 NDSG (öffentliche Aufgabe)"
CONTRACT = "Art. 6 Abs. 1 lit. b und e DSGVO mit § 3 NDSG"
BUDGET_LAW = "Art. 6 Abs. 1 lit. c und e DSGVO mit dem Haushaltsrecht der Stadt und dem Zuwendungsbescheid"


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """In words. `people`: whose data; `data`: which; `rule`: when they go, with {agreement} and {booking} for years."""

    purpose: str
    basis: str
    people: str
    data: str
    recipients: str
    source: str
    rule: str


FACTS: Mapping[Activity, ActivityFacts] = {
    Activity.CONTACTS: ActivityFacts(
        "Zusammenarbeit mit Trägern im Quartier: erreichen, einladen, anschreiben",
        f"{PUBLIC_TASK}; wo beim Kontakt eingetragen: Vertrag oder Einwilligung",
        "Ansprechpersonen und Vertretungen von Trägern",
        "Name, Anrede, Funktion, dienstliche Telefonnummer und E-Mail, Zweck, Rechtsgrundlage, Quelle, Löschtag",
        "nur das Büro; auf Briefen die angeschriebene Person selbst",
        "die Person selbst, ihr Träger oder öffentlich zugängliche Angaben, wie beim Kontakt eingetragen",
        "am Löschtag, der bei jedem Kontakt steht; die Übersicht erinnert daran",
    ),
    Activity.AGREEMENTS: ActivityFacts(
        "Ziel- und Kooperationsvereinbarungen aushandeln, schließen, begleiten und nachweisen",
        CONTRACT,
        "Personen, die Träger oder Stadt vertreten, unterschreiben, berichten oder kommentieren",
        "Name, Funktion, Tag der Unterschrift, Berichte und Kommentare mit Namen, Schriftstücke und Anlagen",
        "die Partner der Vereinbarung; Rechnungsprüfung und Zuwendungsgeber auf Verlangen",
        "die Partner der Vereinbarung und das Büro",
        "Unterzeichnetes und Gedrucktes {agreement} Jahre nach dem Jahr, in dem die Vereinbarung endet; alles andere, "
        "sobald es nicht mehr gebraucht wird, spätestens auf Verlangen",
    ),
    Activity.FINANCE: ActivityFacts(
        "Budgets bewirtschaften, Zuwendungen verwenden und nachweisen",
        BUDGET_LAW,
        "Empfängerinnen und Empfänger von Zahlungen, soweit es Personen sind",
        "Name, Buchungstext, Betrag, Tag und Belegnummer",
        "Finanzabteilung der Stadt; Zuwendungsgeber und Rechnungsprüfung",
        "Buchungslisten der Finanzabteilung und eigene Einträge",
        "Buchungen {booking} Jahre nach dem Haushaltsjahr; eigene Notizen auf Verlangen",
    ),
    Activity.PLACES: ActivityFacts(
        "Überblick über Quartiere und Angebote",
        PUBLIC_TASK,
        "Ansprechpersonen von Quartieren und Angeboten",
        "Name in Beschreibungen und Notizen",
        "nur das Büro",
        "Träger und eigene Beobachtung",
        "sobald die Person nicht mehr zuständig ist, spätestens auf Verlangen",
    ),
    Activity.BOARD: ActivityFacts(
        "Geschäfte des Steuerungsbeirats führen",
        PUBLIC_TASK,
        "Mitglieder und Vertretungen des Beirats",
        "Name, Einrichtung, Funktion, Zeit der Mitgliedschaft, Stimmrecht",
        "Mitglieder des Beirats; mit öffentlichen Niederschriften die Öffentlichkeit",
        "entsendende Einrichtungen",
        "nach dem Ende der Mitgliedschaft, spätestens auf Verlangen; Niederschriften bleiben",
    ),
    Activity.OFFICE: ActivityFacts(
        "Büro führen; Änderungen nachvollziehen und zurücknehmen",
        PUBLIC_TASK,
        "Beschäftigte des Büros; Personen, deren Einträge geändert wurden",
        "Name und Funktion im Briefkopf; frühere Werte der Einträge im Verlauf",
        "nur das Büro",
        "das Büro",
        "der Verlauf wird mit jeder Löschung bereinigt; Angaben im Briefkopf, sobald sie geändert werden",
    ),
}
RIGHTS = (
    "Auskunft über die gespeicherten Daten (Art. 15 DSGVO)",
    "Berichtigung falscher und Ergänzung unvollständiger Daten (Art. 16 DSGVO)",
    "Löschung, soweit keine Pflicht zur Aufbewahrung entgegensteht (Art. 17 DSGVO)",
    "Einschränkung der Verarbeitung (Art. 18 DSGVO)",
    "Widerspruch gegen die Verarbeitung aus Gründen der besonderen Situation (Art. 21 DSGVO)",
    "Widerruf einer Einwilligung mit Wirkung für die Zukunft (Art. 7 Abs. 3 DSGVO)",
    "Beschwerde bei der Aufsichtsbehörde (Art. 77 DSGVO)",
)
ENCRYPTED = "Datei, Sicherungen und Anlagen sind verschlüsselt und mit einem Kennwort geschützt"
NOT_ENCRYPTED = "Datei, Sicherungen und Anlagen sind nicht verschlüsselt; es schützt das Benutzerkonto"
MEASURES = (
    "Einzelplatz: eine Datei auf dem Rechner des Büros, ohne Netzdienst und ohne Anmeldung Dritter; Zugang hat, "
    "wer das Benutzerkonto hat",
    "Gelöschtes wird überschrieben, die Datei nach jeder Löschung einer Person neu geschrieben",
    "tägliche Sicherungen mit Prüfung; nach einer Löschung verschwinden ältere Sicherungen in der gesetzten Zeit",
    "jede Änderung steht mit Zeit im Verlauf",
    "Zielgruppen nur als Gruppe, keine Gesundheits- oder Einkommensdaten zu Personen",
)


def rule_of(entry: PersonalTable, agreement_years: int, booking_years: int) -> tuple[str, str, str]:
    """(class, start, time) after which the data of a table go, in plain words (DIN 66398)."""
    if entry.whole:
        return "A", "Erfassung", "bis zum Löschtag des Eintrags"
    match entry.keep:
        case Keep.SIGNED | Keep.PAPER:
            return "B", "Ende des Jahres, in dem die Vereinbarung endet", f"{agreement_years} Jahre"
        case Keep.BOOKING:
            return "C", "Ende des Haushaltsjahres", f"{booking_years} Jahre"
    return "D", "Wegfall des Zwecks oder Verlangen", "unverzüglich"
