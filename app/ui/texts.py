"""German words of the window that are not words of the domain (those are in app.domain.terms)."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

TABLES: dict[str, str] = {
    "actor": "Träger",
    "agreement": "Vereinbarungen",
    "batch": "Importe",
    "booking": "Buchungen",
    "budget": "Budgets",
    "building_block": "Bausteine",
    "city_district": "Stadtbezirke",
    "city_part": "Stadtteile",
    "column_profile": "Spaltenprofile",
    "commitment": "Mittelbindungen",
    "contact": "Kontakte",
    "deadline_mark": "Vermerke zu Fristen",
    "draw_down": "Mittelabrufe",
    "finance_export": "Exporte für die Finanzabteilung",
    "goal": "Ziele",
    "grant": "Förderungen",
    "indicator": "Indikatoren",
    "indicator_value": "Indikatorwerte",
    "member": "Mitglieder",
    "offer": "Angebote",
    "offer_target_group": "Zielgruppen der Angebote",
    "assignment_rule": "Zuordnungsregeln",
    "finance_layout": "Vorlagen der Finanzabteilung",
    "paper": "Dokumente",
    "party": "Vertragsparteien",
    "picture": "Bilder",
    "plan_item": "Finanzierungsplan",
    "quarter": "Quartiere",
    "quarter_city_part": "Stadtteile der Quartiere",
    "setting": "Einstellungen",
    "target_group": "Zielgruppen",
    "transfer": "Umschichtungen",
}
"""What a person calls the rows of each table of the store; for histories and change notices."""


def tr(text: str) -> str:
    """The text in the person's language; German is the language it is written in."""
    return QCoreApplication.translate("app", text)


def clock_time(moment: datetime) -> str:
    """ "12:04" """
    return moment.strftime("%H:%M")


def backup_age(taken_at: datetime | None, today: date) -> str:
    """How old the newest backup is, for the status bar."""
    if taken_at is None:
        return tr("Noch keine Sicherung")
    days = (today - taken_at.date()).days
    if days <= 0:
        return tr("Sicherung heute, {time}").format(time=clock_time(taken_at))
    if days == 1:
        return tr("Sicherung gestern")
    return tr("Sicherung vor {days} Tagen").format(days=days)
