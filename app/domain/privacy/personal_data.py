"""Which tables hold personal data, about whom, why, how long: the one list that everything about privacy follows.

The search for a person, its erasure, what is told to it, the record of processing activities and the deletion concept
are made from it. A new table is one more entry; a test fails for a column of text that stands in no list here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.terms import Worded


class Keep(Worded):
    """Why a row stays although a person in it is to be forgotten."""

    NOTHING = "nothing", "bleibt nicht"
    SIGNED = "signed", "unterzeichnete Vereinbarung"
    PAPER = "paper", "gedrucktes Schriftstück"
    BOOKING = "booking", "Buchung der Finanzen"


class Activity(Worded):
    """A processing activity (Art. 30 GDPR): what people's data are used for."""

    CONTACTS = "contacts", "Kontakte bei Trägern"
    AGREEMENTS = "agreements", "Vereinbarungen mit Trägern"
    FINANCE = "finance", "Budgets, Buchungen und Förderungen"
    PLACES = "places", "Quartiere und Angebote"
    BOARD = "board", "Steuerungsbeirat"
    OFFICE = "office", "Büro und Verlauf der Datei"


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table with personal data. `names`: columns that are the name of a person; `about_them`: what else is said of
    the one who is named, it goes with the name; `words`: texts in which names may stand. `whole`: the row is a person
    and goes altogether. `kept`: of these columns what stays, for the reason `keep`.
    """

    table: str
    title: str
    activity: Activity
    names: tuple[str, ...] = ()
    about_them: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    whole: bool = False
    keep: Keep = Keep.NOTHING
    kept: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.names, *self.about_them, *self.words)


_GOAL = ("title", "measure", "indicator", "target", "responsible", "evidence")

TABLES: tuple[PersonalTable, ...] = (
    PersonalTable(
        "contact", "Kontakt", Activity.CONTACTS, ("last_name", "first_name"),
        ("salutation", "function", "phone", "email", "purpose", "legal_basis", "source"), whole=True,
    ),
    PersonalTable(
        "actor", "Träger", Activity.CONTACTS, ("represented_by",), ("function",),
        ("name", "short", "street", "phone", "email", "notes"),
    ),
    PersonalTable(
        "agreement", "Vereinbarung", Activity.AGREEMENTS, ("city_signed_by",), (), ("title", "decision", "notes"),
        keep=Keep.SIGNED, kept=("city_signed_by", "title", "decision"),
    ),
    PersonalTable(
        "party", "Partner der Vereinbarung", Activity.AGREEMENTS, ("represented_by", "signed_by"), ("function",),
        keep=Keep.SIGNED, kept=("represented_by", "signed_by", "function"),
    ),
    PersonalTable(
        "city_signature", "Unterschrift für die Stadt", Activity.AGREEMENTS, ("signed_by",),
        keep=Keep.SIGNED, kept=("signed_by",),
    ),
    PersonalTable(
        "goal", "Ziel", Activity.AGREEMENTS, words=_GOAL, keep=Keep.SIGNED, kept=_GOAL,
    ),
    PersonalTable(
        "goal_report", "Bericht zu einem Ziel", Activity.AGREEMENTS, ("author",), (), ("text",),
    ),
    PersonalTable(
        "yearly_talk", "Jahresgespräch", Activity.AGREEMENTS, words=("participants", "result"),
    ),
    PersonalTable(
        "stage_change", "Stufe der Abstimmung", Activity.AGREEMENTS, ("who",), (), ("note",),
    ),
    PersonalTable(
        "signed_state", "Stand bei der Unterschrift", Activity.AGREEMENTS, words=("content",),
        keep=Keep.SIGNED, kept=("content",),
    ),
    PersonalTable(
        "correction", "Berichtigung", Activity.AGREEMENTS, words=("reason", "changes"),
        keep=Keep.SIGNED, kept=("reason", "changes"),
    ),
    PersonalTable(
        "amendment", "Nachtrag", Activity.AGREEMENTS, ("city_signed_by",), (), ("title", "text", "replaced"),
        keep=Keep.SIGNED, kept=("city_signed_by", "title", "text", "replaced"),
    ),
    PersonalTable(
        "amendment_goal", "Ziel eines Nachtrags", Activity.AGREEMENTS, words=_GOAL, keep=Keep.SIGNED, kept=_GOAL,
    ),
    PersonalTable(
        "amendment_signature", "Unterschrift unter einem Nachtrag", Activity.AGREEMENTS, ("signed_by",),
        keep=Keep.SIGNED, kept=("signed_by",),
    ),
    PersonalTable("notice", "Kündigung", Activity.AGREEMENTS, words=("note",)),
    PersonalTable("instalment", "Rate", Activity.AGREEMENTS, words=("condition",)),
    PersonalTable(
        "agreement_clause", "Klausel der Vereinbarung", Activity.AGREEMENTS, words=("title", "text"),
        keep=Keep.SIGNED, kept=("title", "text"),
    ),
    PersonalTable(
        "clause_comment", "Kommentar zu einer Klausel", Activity.AGREEMENTS, ("author",), (), ("text",),
    ),
    PersonalTable(
        "agreement_draft", "Entwurf", Activity.AGREEMENTS, words=("title", "content"),
    ),
    PersonalTable(
        "paper", "Gedrucktes Schriftstück", Activity.AGREEMENTS, words=("file_name", "withdrawn_because", "agreed"),
        keep=Keep.PAPER, kept=("file_name", "withdrawn_because", "agreed"),
    ),
    PersonalTable(
        "attachment", "Anlage", Activity.AGREEMENTS, words=("file_name", "note", "replaced_because"),
    ),
    PersonalTable("template", "Vorlage", Activity.AGREEMENTS, words=("name", "note")),
    PersonalTable("clause_version", "Klausel", Activity.AGREEMENTS, words=("title", "text", "note")),
    PersonalTable(
        "booking", "Buchung", Activity.FINANCE, ("payee",), (), ("text", "note"),
        keep=Keep.BOOKING, kept=("payee", "text"),
    ),
    PersonalTable(
        "batch", "Eingelesene Liste", Activity.FINANCE, words=("file_name", "report"),
        keep=Keep.BOOKING, kept=("report",),
    ),
    PersonalTable("assignment_rule", "Zuordnungsregel", Activity.FINANCE, words=("title", "text")),
    PersonalTable("budget", "Budget", Activity.FINANCE, words=("title", "overspending_reason", "notes")),
    PersonalTable("transfer", "Umschichtung", Activity.FINANCE, words=("reason",)),
    PersonalTable(
        "commitment", "Mittelbindung", Activity.FINANCE, ("recipient",), (), ("title", "decision", "notes"),
    ),
    PersonalTable("grant", "Förderung", Activity.FINANCE, words=("funder", "notes")),
    PersonalTable("plan_item", "Position des Finanzierungsplans", Activity.FINANCE, words=("title",)),
    PersonalTable("finance_export", "Liste für die Finanzen", Activity.FINANCE, words=("file_name",)),
    PersonalTable("finance_layout", "Mappe der Finanzen", Activity.FINANCE, words=("name", "file_name")),
    PersonalTable("column_profile", "Spaltenprofil", Activity.FINANCE, words=("name", "columns")),
    PersonalTable(
        "quarter", "Quartier", Activity.PLACES, ("contact_person",), (), ("name", "description", "notes"),
    ),
    PersonalTable("offer", "Angebot", Activity.PLACES, words=("title", "place", "notes")),
    PersonalTable("indicator_value", "Bedarfsindikator", Activity.PLACES, words=("source",)),
    PersonalTable(
        "member", "Mitglied des Beirats", Activity.BOARD, ("name",), ("function",), ("institution",),
    ),
    PersonalTable("deadline_mark", "Vermerk zu einer Frist", Activity.OFFICE, words=("reason",)),
    PersonalTable("sent_event", "Eintrag im Kalender", Activity.OFFICE, words=("summary",)),
    PersonalTable("setting", "Angabe des Büros", Activity.OFFICE, words=("value",)),
)  # fmt: skip
"""All tables whose texts may name a person."""

BY_NAME: Mapping[str, PersonalTable] = {entry.table: entry for entry in TABLES}

WITHOUT_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "actor": ("kind", "postcode", "city"),
    "agreement": ("number", "reminder_days"),
    "amendment": ("changed_fields",),
    "amendment_goal": ("nr", "unit"),
    "attachment": ("media_type", "sha256"),
    "batch": ("sha256", "shape", "profile", "sheet"),
    "booking": ("document_number", "line", "internal_order", "cost_centre", "account", "account_name"),
    "assignment_rule": ("internal_order", "cost_centre", "account"),
    "budget": ("number", "kind", "internal_order", "cost_centre"),
    "building_block": ("name",),
    "city_district": ("name",),
    "city_part": ("name", "statistic_unit"),
    "clause": ("key",),
    "column_profile": ("fingerprint", "settings"),
    "commitment": ("number",),
    "deadline_mark": ("table",),
    "erasure": ("reason", "mark", "erased", "kept", "places"),
    "file_state": ("stretch", "after"),
    "finance_export": ("sha256", "layout"),
    "finance_layout": ("sha256", "mapping"),
    "goal": ("nr", "unit"),
    "grant": ("short", "reference"),
    "indicator": ("name",),
    "indicator_value": ("unit",),
    "offer": ("rhythm", "weekday", "begins", "ends"),
    "paper": ("sha256",),
    "picture": ("name", "media_type"),
    "plan_item": ("position",),
    "quarter": ("short", "phase"),
    "sent_event": ("uid", "digest"),
    "setting": ("name",),
    "target_group": ("name",),
    "transfer": ("number",),
}
"""Columns of text in which no person stands: numbers, codes, catalogues, words of closed lists."""

LOG: Mapping[str, tuple[str, ...]] = {"command": ("label",), "change": ("table_name", "before", "after")}
"""The change log; it is cleaned with the rows it tells of."""
