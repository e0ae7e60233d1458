"""The history of an agreement, its parties, goals and papers in words, for the tab of its record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.master_data.sheets import titles
from app.services.agreements.agreement_register import AgreementChoices, choices
from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history
from db.models import Budget

PARTS = ("party", "city_signature", "goal", "attachment", "instalment", "amendment", "notice", "yearly_talk")


def agreement_history(session: Session, agreement_id: int) -> list[HistoryEntry]:
    """Everything that was done to an agreement, newest first."""
    changes = record_history(
        session, "agreement", agreement_id, owned=[(part, "agreement_id") for part in PARTS]
    )
    budgets = dict(session.execute(select(Budget.id, Budget.number)).all())
    return entries(changes, _words(choices(session), budgets))


def _words(names: AgreementChoices, budgets: dict[int, str]) -> dict[str, TableWords]:
    actors = {actor.id: actor.name for actor in names.actors}
    return {
        "agreement": TableWords(
            titles(
                "Vereinbarungen",
                renewal_months="Verlängerung um Monate",
                notice_unit="Einheit der Frist",
                city_signed_on="Unterschrift der Stadt",
                city_signed_by="Für die Stadt unterschrieben",
                budget_id="Budget",
                decision="Beschluss",
                reminder_days="Erinnern, Tage vorher",
                notes="Notizen",
            ),
            names={
                "quarter_id": dict(names.quarters),
                "budget_id": budgets,
                "belongs_to_id": dict(names.agreements),
            },
            lists=("reminder_days",),
        ),
        "party": TableWords(
            {
                "represented_by": "Vertreten durch",
                "function": "Funktion",
                "signed_on": "Unterschrift",
                "signed_by": "Unterschrieben von",
            },
            lambda values: f"Partner {actors.get(values.get('actor_id', 0), 'gelöscht')}",
        ),
        "city_signature": TableWords(
            {"signed_on": "Unterschrift", "signed_by": "Unterschrieben von"},
            lambda values: f"{values.get('seat', '')}. Unterschrift der Stadt",
        ),
        "attachment": TableWords(
            {"file_name": "Name", "note": "Notiz"},
            lambda values: f"Anlage {values.get('file_name', '')}",
        ),
        "amendment": TableWords(
            {
                "title": "Titel des Nachtrags",
                "text": "Text",
                "effective_from": "Gilt ab",
                "stage": "Stand des Nachtrags",
                "signed_on": "Von allen unterzeichnet am",
                "city_signed_on": "Unterschrift der Stadt",
                "end": "Neues Ende",
                "amount_cents": "Neuer Betrag",
            },
            lambda values: f"Nachtrag {values.get('nr', '')}",
        ),
        "notice": TableWords(
            {
                "direction": "Wer kündigt",
                "dated": "Schreiben vom",
                "arrived_on": "Zugegangen am",
                "ends_on": "Beendet zum",
                "note": "Notiz zur Kündigung",
            },
            lambda values: "Kündigung",
        ),
        "yearly_talk": TableWords(
            {"day": "Geführt am", "participants": "Beteiligte", "result": "Ergebnis"},
            lambda values: "Jahresgespräch",
        ),
        "instalment": TableWords(
            {"due": "Fällig am", "amount_cents": "Betrag der Rate", "condition": "Voraussetzung"},
            lambda values: f"Rate {values.get('nr', '')}",
        ),
        "goal": TableWords(
            titles("Ziele", nr="Nummer des Ziels", due="Frist des Ziels", state="Stand des Ziels"),
            lambda values: f"Ziel {values.get('nr', '')}",
            {"building_block_id": dict(names.building_blocks)},
        ),
    }
