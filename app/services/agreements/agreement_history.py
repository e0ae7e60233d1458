"""The history of an agreement and of all that belongs to it in words, for the tab of its record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import PaperKind
from app.domain.agreements.what_is_signed import AGREED
from app.domain.dates import german
from app.domain.master_data.sheets import titles
from app.services.agreements.agreement_register import AgreementChoices, choices
from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history
from db.models import Actor, Amendment, Budget, Party, Template, TemplateVersion

PARTS = (
    "party", "city_signature", "goal", "attachment", "instalment", "amendment", "notice", "yearly_talk",
    "agreement_clause", "paper", "agreement_draft", "correction",
)  # fmt: skip
"""Tables whose rows name the agreement."""
NESTED = (
    ("goal_report", "goal_id", "goal"),
    ("clause_comment", "agreement_clause_id", "agreement_clause"),
    ("amendment_goal", "amendment_id", "amendment"),
    ("amendment_signature", "amendment_id", "amendment"),
)
"""Tables whose rows name a part of it."""

Words = Mapping[str, TableWords]


def agreement_history(session: Session, agreement_id: int) -> list[HistoryEntry]:
    """Everything that was done to an agreement, newest first."""
    changes = record_history(
        session, "agreement", agreement_id, owned=[(part, "agreement_id") for part in PARTS], nested=NESTED
    )
    return entries(changes, table_words(session))


def table_words(session: Session) -> Words:
    """How rows and columns of an agreement and its parts are called; also what their ids stand for."""
    offered, parties = choices(session), _parties(session)
    return _agreed(session, offered) | _party(session, offered) | _life(offered, parties) | _papers(parties)


def _agreed(session: Session, names: AgreementChoices) -> dict[str, TableWords]:
    agreements = dict(names.agreements)
    budgets = dict(session.execute(select(Budget.id, Budget.number)).all())
    return {
        "agreement": TableWords(
            titles(
                "Vereinbarungen",
                **dict(AGREED["agreement"]) | {"notice_unit": "Einheit der Frist"},
                budget_id="Budget",
                successor_id="Folgevereinbarung",
                template_version_id="Vorlage",
                reminder_days="Erinnern, Tage vorher",
                notes="Notizen",
            ),
            names={
                "quarter_id": dict(names.quarters),
                "budget_id": budgets,
                "belongs_to_id": agreements,
                "successor_id": agreements,
                "template_version_id": _templates(session),
            },
            lists=("reminder_days",),
        ),
        "city_signature": TableWords(
            {"signed_on": "Unterschrift", "signed_by": "Unterschrieben von"},
            lambda values: f"{values.get('seat', '')}. Unterschrift der Stadt",
        ),
        "goal": TableWords(
            titles(
                "Ziele",
                nr="Nummer",
                title="Wortlaut",
                target_value="Zielwert",
                unit="Einheit",
            ),
            lambda values: f"Ziel {values.get('nr', '')}",
            {"building_block_id": dict(names.building_blocks), "agreement_id": agreements},
        ),
        "instalment": TableWords(
            {"due": "Fällig am", "amount_cents": "Betrag", "condition": "Voraussetzung"},
            lambda values: f"Rate {values.get('nr', '')}",
        ),
        "agreement_clause": TableWords(
            {
                "title": "Überschrift",
                "text": "Wortlaut",
                "is_included": "Klausel aufgenommen",
                "is_numbered": "nummeriert",
            },
            lambda values: f"Klausel „{values.get('title', '')}“",
            many="Klauseln",
        ),
    }


def _party(session: Session, names: AgreementChoices) -> dict[str, TableWords]:
    actors = {actor.id: actor.name for actor in names.actors}
    amendments = {key: f"Nachtrag {nr}" for key, nr in session.execute(select(Amendment.id, Amendment.nr))}

    def party(values: Mapping[str, Any]) -> str:
        """One that joins by an amendment is in the record before it is a party."""
        joins = values.get("joins_with")
        by = f" durch {amendments.get(joins, 'einen gelöschten Nachtrag')}" if joins else ""
        return f"Partner {actors.get(values.get('actor_id', 0), 'gelöscht')}{by}"

    titles = {
        "actor_id": "Partner",
        "represented_by": "Vertreten durch",
        "function": "Funktion",
        "signed_on": "Unterschrift",
        "signed_by": "Unterschrieben von",
        "joins_with": "Tritt bei durch",
        "leaves_with": "Scheidet aus durch",
    }
    moves = {"joins_with": amendments, "leaves_with": amendments}
    return {"party": TableWords(titles, party, {"actor_id": actors} | moves)}


def _life(names: AgreementChoices, parties: Mapping[int, str]) -> dict[str, TableWords]:
    blocks = dict(names.building_blocks)
    return {
        "amendment": TableWords(
            {
                "title": "Titel",
                "text": "Text",
                "effective_from": "Gilt ab",
                "stage": "Stand",
                "signed_on": "Von allen unterzeichnet am",
                "city_signed_on": "Unterschrift der Stadt",
                "end": "Neues Ende",
                "amount_cents": "Neuer Betrag",
            },
            lambda values: f"Nachtrag {values.get('nr', '')}",
        ),
        "amendment_goal": TableWords(
            {"action": "Im Nachtrag", **{name: AGREED["goal"][name] for name in _GOAL_IN_AMENDMENT}},
            lambda values: f"Ziel {values.get('nr', '')} im Nachtrag",
            {"building_block_id": blocks},
        ),
        "amendment_signature": TableWords(
            {"signed_on": "Tag", "signed_by": "Unterschrieben von"},
            lambda values: f"Unterschrift von {parties.get(values.get('party_id', 0), 'gelöscht')}",
        ),
        "notice": TableWords(
            {
                "direction": "Wer kündigt",
                "party_id": "Kündigung von oder an",
                "dated": "Schreiben vom",
                "arrived_on": "Zugegangen am",
                "ends_on": "Beendet zum",
                "note": "Notiz",
            },
            lambda values: "Kündigung",
            {"party_id": parties},
        ),
        "yearly_talk": TableWords(
            {"day": "Geführt am", "participants": "Beteiligte", "result": "Ergebnis"},
            lambda values: "Jahresgespräch",
        ),
        "goal_report": TableWords(
            {
                "day": "Tag des Berichts",
                "state": "Stand",
                "figure": "Zahl",
                "text": "Bericht",
                "author": "Von",
            },
            lambda values: f"Bericht vom {_day(values, 'day')}",
        ),
        "correction": TableWords({}, lambda values: f"Korrektur („{values.get('reason', '')}“)"),
    }


def _papers(parties: Mapping[int, str]) -> dict[str, TableWords]:
    return {
        "attachment": TableWords(
            {
                "file_name": "Name",
                "note": "Notiz",
                "party_id": "Gehört zu",
                "replaced_on": "Ersetzt am",
                "replaced_because": "Ersetzt, weil",
            },
            lambda values: f"Anlage {values.get('file_name', '')}",
            {"party_id": parties},
        ),
        "paper": TableWords(
            {"withdrawn_at": "Zurückgezogen am", "withdrawn_because": "Ersetzt, weil"}, _paper
        ),
        "agreement_draft": TableWords(
            {"title": "Titel"},
            lambda values: f"Entwurf {values.get('number', '')}",
        ),
        "clause_comment": TableWords(
            {"text": "Kommentar", "author": "Von", "settled_on": "Erledigt am"},
            lambda values: f"Kommentar vom {_day(values, 'day')}",
        ),
    }


_GOAL_IN_AMENDMENT = (
    "title", "building_block_id", "measure", "indicator", "target", "due", "responsible", "evidence",
)  # fmt: skip


def _paper(values: Mapping[str, Any]) -> str:
    kind = values.get("kind")
    return f"{PaperKind(kind).word if kind else 'Schriftstück'} {values.get('file_name', '')}".strip()


def _day(values: Mapping[str, Any], name: str) -> str:
    return german(date.fromisoformat(values[name])) if values.get(name) else ""


def _parties(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Party.id, Actor.name).join(Actor, Actor.id == Party.actor_id)).all())


def _templates(session: Session) -> dict[int, str]:
    """Each version of a template by its name."""
    query = select(TemplateVersion.id, Template.name).join(
        Template, Template.id == TemplateVersion.template_id
    )
    return dict(session.execute(query).all())
