"""German words of the window that are not words of the domain (those are in app.domain.terms)."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.dates import german

TABLES: dict[str, str] = {
    "actor": "Träger",
    "agreement": "Vereinbarungen",
    "agreement_clause": "Klauseln der Vereinbarungen",
    "agreement_draft": "Entwürfe",
    "amendment": "Nachträge",
    "amendment_goal": "Ziele der Nachträge",
    "amendment_signature": "Unterschriften der Nachträge",
    "assignment_rule": "Zuordnungsregeln",
    "attachment": "Anlagen",
    "batch": "Importe",
    "booking": "Buchungen",
    "budget": "Budgets",
    "building_block": "Bausteine",
    "city_district": "Stadtbezirke",
    "city_part": "Stadtteile",
    "city_signature": "Unterschriften der Stadt",
    "clause": "Klauseln",
    "clause_comment": "Anmerkungen zu Klauseln",
    "clause_version": "Fassungen der Klauseln",
    "column_profile": "Spaltenprofile",
    "commitment": "Mittelbindungen",
    "contact": "Kontakte",
    "deadline_mark": "Vermerke zu Fristen",
    "draw_down": "Mittelabrufe",
    "finance_export": "Exporte für die Finanzabteilung",
    "finance_layout": "Vorlagen der Finanzabteilung",
    "goal": "Ziele",
    "goal_report": "Berichte zu Zielen",
    "grant": "Förderungen",
    "indicator": "Indikatoren",
    "indicator_value": "Indikatorwerte",
    "instalment": "Raten",
    "member": "Mitglieder",
    "notice": "Kündigungen",
    "offer": "Angebote",
    "offer_target_group": "Zielgruppen der Angebote",
    "paper": "Dokumente",
    "party": "Vertragsparteien",
    "picture": "Bilder",
    "plan_item": "Finanzierungsplan",
    "quarter": "Quartiere",
    "quarter_city_part": "Stadtteile der Quartiere",
    "setting": "Einstellungen",
    "correction": "Korrekturen",
    "signed_state": "Unterschriebenes",
    "stage_change": "Stände",
    "target_group": "Zielgruppen",
    "template": "Vorlagen",
    "template_clause": "Klauseln der Vorlagen",
    "template_version": "Fassungen der Vorlagen",
    "transfer": "Umschichtungen",
    "yearly_talk": "Jahresgespräche",
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
    if days < 0:  # a clock was ahead, or is behind now
        return tr("Sicherung vom {day}? Bitte die Uhr prüfen").format(day=german(taken_at.date()))
    if days == 0:
        return tr("Sicherung heute, {time}").format(time=clock_time(taken_at))
    if days == 1:
        return tr("Sicherung gestern")
    return tr("Sicherung vor {days} Tagen").format(days=days)


def second_place_age(taken_at: datetime | None, today: date) -> str:
    """How old the newest backup at the second place is, behind `backup_age`."""
    if taken_at is None:
        return tr("zweiter Ort: noch keine")
    days = (today - taken_at.date()).days
    if days < 0:
        return tr("zweiter Ort: vom {day}").format(day=german(taken_at.date()))
    words = {0: tr("zweiter Ort: heute"), 1: tr("zweiter Ort: gestern")}
    return words.get(days) or tr("zweiter Ort: vor {days} Tagen").format(days=days)
