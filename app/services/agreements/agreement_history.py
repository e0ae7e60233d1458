"""What was done to an agreement, its parties and goals, in words."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreement_life import NoticeDirection
from app.domain.agreements.agreements import AgreementKind, GoalState, NoticeEffect, NoticeUnit, Stage
from app.services.agreements.agreement_register import AgreementChoices, choices
from app.services.record_changes import (
    HistoryEntry,
    TableWords,
    day_value,
    entries,
    euro_value,
    named_value,
    word_value,
)
from db.history import record_history
from db.models import Budget

PARTS = (
    ("party", "agreement_id"),
    ("goal", "agreement_id"),
    ("attachment", "agreement_id"),
    ("instalment", "agreement_id"),
    ("amendment", "agreement_id"),
    ("notice", "agreement_id"),
    ("yearly_talk", "agreement_id"),
)


def agreement_history(session: Session, agreement_id: int) -> list[HistoryEntry]:
    """Everything that was done to an agreement, newest first."""
    changes = record_history(session, "agreement", agreement_id, owned=PARTS)
    budgets = [(key, number) for key, number in session.execute(select(Budget.id, Budget.number))]
    return entries(changes, _words(choices(session), budgets))


def _words(names: AgreementChoices, budgets: Sequence[tuple[int, str]]) -> dict[str, TableWords]:
    actors = {actor.id: actor.name for actor in names.actors}
    return {
        "agreement": TableWords(
            lambda values: "",
            {
                "number": ("Nummer", str),
                "kind": ("Art", word_value(AgreementKind)),
                "title": ("Titel", str),
                "quarter_id": ("Quartier", named_value(dict(names.quarters))),
                "stage": ("Stand", word_value(Stage)),
                "signed_on": ("Unterzeichnet am", day_value),
                "city_signed_on": ("Unterschrift der Stadt", day_value),
                "city_signed_by": ("Für die Stadt unterschrieben", str),
                "begin": ("Beginn", day_value),
                "end": ("Ende", day_value),
                "minimum_until": ("Mindestlaufzeit bis", day_value),
                "renewal_months": ("Verlängerung um Monate", str),
                "notice": ("Kündigungsfrist", str),
                "notice_unit": ("Einheit der Frist", word_value(NoticeUnit)),
                "notice_effect": ("Kündigung zum", word_value(NoticeEffect)),
                "terminated_to": ("Gekündigt zum", day_value),
                "amount_cents": ("Betrag", euro_value),
                "budget_id": ("Budget", named_value(dict(budgets))),
                "decision": ("Beschluss", str),
                "belongs_to_id": ("Gehört zu", named_value(dict(names.agreements))),
                "reminder_days": ("Erinnern, Tage vorher", lambda value: value.replace(";", ", ")),
                "notes": ("Notizen", str),
            },
        ),
        "party": TableWords(
            lambda values: f"Partner {actors.get(values.get('actor_id', 0), 'gelöscht')}",
            {
                "represented_by": ("Vertreten durch", str),
                "function": ("Funktion", str),
                "signed_on": ("Unterschrift", day_value),
                "signed_by": ("Unterschrieben von", str),
            },
        ),
        "attachment": TableWords(
            lambda values: f"Anlage {values.get('file_name', '')}",
            {"file_name": ("Name", str), "note": ("Notiz", str)},
        ),
        "amendment": TableWords(
            lambda values: f"Nachtrag {values.get('nr', '')}",
            {
                "title": ("Titel des Nachtrags", str),
                "text": ("Text", str),
                "effective_from": ("Gilt ab", day_value),
                "stage": ("Stand des Nachtrags", word_value(Stage)),
                "signed_on": ("Von allen unterzeichnet am", day_value),
                "city_signed_on": ("Unterschrift der Stadt", day_value),
                "end": ("Neues Ende", day_value),
                "amount_cents": ("Neuer Betrag", euro_value),
            },
        ),
        "notice": TableWords(
            lambda values: "Kündigung",
            {
                "direction": ("Wer kündigt", word_value(NoticeDirection)),
                "dated": ("Schreiben vom", day_value),
                "arrived_on": ("Zugegangen am", day_value),
                "ends_on": ("Beendet zum", day_value),
                "note": ("Notiz zur Kündigung", str),
            },
        ),
        "yearly_talk": TableWords(
            lambda values: "Jahresgespräch",
            {
                "day": ("Geführt am", day_value),
                "participants": ("Beteiligte", str),
                "result": ("Ergebnis", str),
            },
        ),
        "instalment": TableWords(
            lambda values: f"Rate {values.get('nr', '')}",
            {
                "due": ("Fällig am", day_value),
                "amount_cents": ("Betrag der Rate", euro_value),
                "condition": ("Voraussetzung", str),
            },
        ),
        "goal": TableWords(
            lambda values: f"Ziel {values.get('nr', '')}",
            {
                "title": ("Ziel", str),
                "building_block_id": ("Baustein", named_value(dict(names.building_blocks))),
                "measure": ("Maßnahme", str),
                "indicator": ("Indikator", str),
                "target": ("Soll", str),
                "due": ("Frist des Ziels", day_value),
                "responsible": ("Verantwortlich", str),
                "evidence": ("Nachweis", str),
                "state": ("Stand des Ziels", word_value(GoalState)),
            },
        ),
    }
