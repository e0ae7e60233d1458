"""Describes the master data workbook in one table: its sheets, their columns, keys and references.

Names and stars are a promise to people outside (exchange.md, section 1). Reading, planning, writing, storing and
showing the workbook all follow this table.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum, auto

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.grants.grant_standing import UNLIMITED, FinancingKind, RuleSetName
from app.domain.offers.offers import CareSetting
from app.domain.terms import Worded

Value = str | int | Decimal | date | bool | StrEnum | tuple[str, ...] | None
"""What a cell means: amounts are cents, references the name of what they point to, lists a tuple of names."""


class CellKind(Enum):
    """How a cell of a column is read and written."""

    TEXT = auto()
    CODE = auto()  # an identifier: a number in the cell is its digits
    AMOUNT = auto()  # cents
    WHOLE = auto()
    DECIMAL = auto()
    DATE = auto()
    CHOICE = auto()  # a closed list of words
    YES_NO = auto()
    LINK = auto()  # names one record of another sheet or catalogue
    LINKS = auto()  # several, separated by ";"


CITY_PART, CITY_DISTRICT, AREA = "Stadtteil", "Stadtbezirk", "Gebiet"
BUILDING_BLOCK, TARGET_GROUP = "Baustein", "Zielgruppe"
"""What a reference may name besides sheets; an area is a city part or a quarter."""

SEPARATOR = ";"
GUIDE_SHEET = "Anleitung"
"""The sheet of explanations in our own workbooks; never read."""

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class MasterColumn:
    """A column: its header, the field of the record behind it, and what its cells hold."""

    name: str
    field: str
    kind: CellKind = CellKind.TEXT
    required: bool = False
    key: bool = False
    choices: type[Worded] | None = None
    target: str = ""  # of a LINK or LINKS: a sheet or one of the names above
    within: str = ""  # the column whose record the target belongs to
    default: Value = None  # what a field becomes that cannot be empty
    least: int | None = None
    most: int | None = None
    named: tuple[str, int] | None = None  # a word that stands for a number: ("unbegrenzt", -1)
    tree: bool = False  # of a LINK to the same sheet: following it must never lead back
    ordered: bool = False  # of LINKS: the order of the names means something
    width: int = 16  # characters
    hint: str = ""  # German, for people who fill in the workbook


@dataclass(frozen=True, slots=True)
class MasterSheet:
    """A sheet: one kind of record. `table` is the table of the store, `one` a single record in German."""

    name: str
    table: str
    one: str
    columns: tuple[MasterColumn, ...]
    periods: tuple[tuple[str, str], ...] = ()  # pairs of columns: the first not after the second

    @property
    def keys(self) -> tuple[MasterColumn, ...]:
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> MasterColumn:
        return next(column for column in self.columns if column.name == name)


def _key(
    name: str, field: str, kind: CellKind = CellKind.CODE, *, target: str = "", width: int = 14
) -> MasterColumn:
    return MasterColumn(name, field, kind, required=True, key=True, target=target, width=width)


def _must(
    name: str, field: str, kind: CellKind = CellKind.TEXT, *, width: int = 30, target: str = ""
) -> MasterColumn:
    return MasterColumn(name, field, kind, required=True, width=width, target=target)


def _link(
    name: str, field: str, target: str, *, width: int = 14, hint: str = "", tree: bool = False
) -> MasterColumn:
    return MasterColumn(name, field, CellKind.LINK, target=target, width=width, hint=hint, tree=tree)


def _day(name: str, field: str, *, required: bool = False, hint: str = "") -> MasterColumn:
    return MasterColumn(name, field, CellKind.DATE, required=required, width=14, hint=hint)


def _amount(name: str, field: str, *, required: bool = False, least: int | None = None) -> MasterColumn:
    return MasterColumn(name, field, CellKind.AMOUNT, required=required, width=14, least=least)


def _year(name: str, field: str, *, key: bool = False) -> MasterColumn:
    return MasterColumn(
        name, field, CellKind.WHOLE, required=True, key=key, least=FIRST_YEAR, most=LAST_YEAR, width=14
    )


def _whole(name: str, field: str, *, least: int = 0, most: int = 100_000, hint: str = "") -> MasterColumn:
    return MasterColumn(name, field, CellKind.WHOLE, least=least, most=most, width=14, hint=hint)


def _choice(
    name: str,
    field: str,
    choices: type[Worded],
    *,
    required: bool = False,
    default: StrEnum | None = None,
) -> MasterColumn:
    return MasterColumn(
        name, field, CellKind.CHOICE, required=required, choices=choices, default=default, width=24,
    )  # fmt: skip


SHEETS: tuple[MasterSheet, ...] = (
    MasterSheet("Quartiere", "quarter", "Quartier", (
        _key("Kürzel", "short"),
        _must("Name", "name"),
        MasterColumn("Stadtteile", "city_parts", CellKind.LINKS, target=CITY_PART, width=34,
               hint="Mehrere mit Semikolon trennen: Döhren; Waldhausen"),
        _link("Stadtbezirk", "city_district_id", CITY_DISTRICT, width=24),
        MasterColumn("Phase", "phase", width=20),
        MasterColumn("Beschreibung", "description", width=50),
        MasterColumn("Ansprechperson", "contact_person", width=24),
    )),
    MasterSheet("Indikatoren", "indicator_value", "Indikator", (
        MasterColumn("Gebiet", "area", CellKind.LINK, required=True, key=True, target=AREA, width=22,
               hint="Ein Stadtteil oder das Kürzel eines Quartiers"),
        _key("Indikator", "indicator_id", CellKind.TEXT, width=40),
        _year("Jahr", "year", key=True),
        _must("Wert", "value", CellKind.DECIMAL, width=14),
        MasterColumn("Einheit", "unit"),
        MasterColumn("Quelle", "source", width=40),
    )),
    MasterSheet("Träger", "actor", "Träger", (
        _key("Kürzel", "short"),
        _must("Name", "name", width=40),
        MasterColumn("Art", "kind", width=22),
        MasterColumn("Straße", "street", width=28),
        MasterColumn("PLZ", "postcode", CellKind.CODE, width=8),
        MasterColumn("Ort", "city"),
        MasterColumn("Telefon", "phone", CellKind.CODE, width=20),
        MasterColumn("E-Mail", "email", width=30),
        MasterColumn("Vertreten durch", "represented_by", width=26),
        MasterColumn("Funktion", "function", width=22),
    )),
    MasterSheet("Kontakte", "contact", "Kontakt", (
        _key("Träger", "actor_id", CellKind.LINK, target="Träger"),
        _key("Nachname", "last_name", CellKind.TEXT, width=20),
        MasterColumn("Vorname", "first_name", key=True, default="", width=18),
        MasterColumn("Anrede", "salutation", width=10),
        MasterColumn("Funktion", "function", width=24),
        MasterColumn("Telefon", "phone", CellKind.CODE, width=20),
        MasterColumn("E-Mail", "email", width=30),
        MasterColumn("Zweck", "purpose", width=30, hint="Wofür die Daten gebraucht werden"),
        MasterColumn("Rechtsgrundlage", "legal_basis", width=26),
        MasterColumn("Quelle", "source", width=24, hint="Woher die Daten kommen"),
        _day("Löschen am", "delete_on"),
    )),
    MasterSheet("Angebote", "offer", "Angebot", (
        _key("Quartier", "quarter_id", CellKind.LINK, target="Quartiere"),
        _key("Träger", "actor_id", CellKind.LINK, target="Träger"),
        _key("Titel", "title", CellKind.TEXT, width=34),
        _link("Baustein", "building_block_id", BUILDING_BLOCK, width=28),
        MasterColumn("Zielgruppen", "target_groups", CellKind.LINKS, target=TARGET_GROUP, width=34,
               hint="Mehrere mit Semikolon trennen"),
        MasterColumn("Rhythmus", "rhythm"),
        MasterColumn("Wochentag", "weekday", width=14),
        MasterColumn("Beginn", "begins", width=10, hint="Uhrzeit oder Monat, wie es passt: 14:30"),
        MasterColumn("Ende", "ends", width=10),
        MasterColumn("Ort", "place", width=26),
        _whole("Plätze", "seats"),
        MasterColumn("Hauptamtliche Stunden", "paid_hours", CellKind.DECIMAL, least=0, width=14,
                     hint="Stunden in der Woche"),
        _whole("Ehrenamtliche", "volunteers"),
        _choice("Versorgungsform", "care_setting", CareSetting),
        _day("Bestätigt am", "confirmed_on"),
    )),
    MasterSheet("Vereinbarungen", "agreement", "Vereinbarung", (
        _key("Nummer", "number"),
        _choice("Art", "kind", AgreementKind, required=True),
        _link("Quartier", "quarter_id", "Quartiere"),
        MasterColumn("Träger", "parties", CellKind.LINKS, required=True, target="Träger", ordered=True, width=20,
               hint="Kürzel; mehrere mit Semikolon, die Hauptpartnerin zuerst"),
        _must("Titel", "title", width=40),
        _choice("Stand", "stage", Stage, default=Stage.DRAFT),
        _day("Unterzeichnet am", "signed_on"),
        _day("Beginn", "begin"),
        _day("Ende", "end", hint="Leer: unbefristet"),
        _day("Mindestlaufzeit bis", "minimum_until"),
        _whole("Verlängerung Monate", "renewal_months", least=1, most=600, hint="Leer: endet von selbst"),
        _whole("Kündigungsfrist", "notice", most=3660),
        _choice("Kündigungsfrist Einheit", "notice_unit", NoticeUnit),
        _choice("Kündigung zum", "notice_effect", NoticeEffect),
        _day("Gekündigt zum", "terminated_to"),
        _amount("Betrag", "amount_cents", least=0),
        _link("Gehört zu", "belongs_to_id", "Vereinbarungen",
              hint="Nummer der Zielvereinbarung, zu der eine Kooperation gehört", tree=True),
    )),
    MasterSheet("Ziele", "goal", "Ziel", (
        _key("Vereinbarung", "agreement_id", CellKind.LINK, target="Vereinbarungen"),
        _key("Nr", "nr", width=6),
        _must("Ziel", "title", width=40),
        _link("Baustein", "building_block_id", BUILDING_BLOCK, width=28),
        MasterColumn("Maßnahme", "measure", width=30),
        MasterColumn("Indikator", "indicator", width=26),
        MasterColumn("Soll", "target", width=12),
        _day("Frist", "due"),
        MasterColumn("Verantwortlich", "responsible", width=26),
        MasterColumn("Nachweis", "evidence", width=26),
        _choice("Stand", "state", GoalState, default=GoalState.OPEN),
    )),
    MasterSheet("Förderungen", "grant", "Förderung", (
        _key("Kürzel", "short"),
        _must("Zuwendungsgeber", "funder", width=40),
        MasterColumn("Aktenzeichen", "reference", CellKind.CODE, width=22),
        _day("Bescheid vom", "notice_date"),
        _day("Beginn", "begin", required=True),
        _day("Ende", "end", required=True),
        _amount("Bewilligt", "granted_cents", required=True, least=0),
        _choice("Finanzierungsart", "financing_kind", FinancingKind, default=FinancingKind.SHARE),
        _amount("Eigen- und Drittmittel", "own_funds_cents", least=0),
        _choice("Regelwerk", "rule_set", RuleSetName, default=RuleSetName.ANBEST_GK),
        MasterColumn("Toleranz Prozent", "tolerance_percent", CellKind.WHOLE, least=0, most=1000, width=14,
               named=("unbegrenzt", UNLIMITED), hint="Leer: wie im Regelwerk; eine Zahl oder „unbegrenzt“"),
        _whole("Verwendungsfrist Monate", "usage_months", most=600, hint="Leer: wie im Regelwerk"),
        _day("Nachweis bis", "proof_due", hint="Leer: wie im Regelwerk"),
    ), periods=(("Beginn", "Ende"),)),
    MasterSheet("Finanzierungsplan", "plan_item", "Einzelansatz", (
        _key("Förderung", "grant_id", CellKind.LINK, target="Förderungen"),
        _key("Position", "position", width=10),
        _must("Bezeichnung", "title", width=40),
        _amount("Ansatz", "planned_cents", required=True),
    )),
    MasterSheet("Mittelabrufe", "draw_down", "Mittelabruf", (
        _key("Förderung", "grant_id", CellKind.LINK, target="Förderungen"),
        MasterColumn("Nr", "nr", CellKind.WHOLE, required=True, key=True, least=1, most=100_000, width=6),
        _day("Angefordert am", "requested_on"),
        _amount("Angefordert", "requested_cents"),
        _day("Erhalten am", "received_on"),
        _amount("Erhalten", "received_cents"),
    )),
    MasterSheet("Budgets", "budget", "Budget", (
        _key("Nummer", "number"),
        _must("Bezeichnung", "title", width=40),
        _link("Quartier", "quarter_id", "Quartiere"),
        MasterColumn("Art", "kind", width=22),
        _year("Haushaltsjahr", "year"),
        _amount("Ansatz", "planned_cents", required=True, least=0),
        MasterColumn("Innenauftrag", "internal_order", CellKind.CODE),
        MasterColumn("Kostenstelle", "cost_centre", CellKind.CODE),
        _link("Förderung", "grant_id", "Förderungen"),
        MasterColumn("Position", "plan_item_id", CellKind.LINK, target="Finanzierungsplan", within="Förderung",
               width=10, hint="Position im Finanzierungsplan der Förderung"),
    )),
    MasterSheet("Umschichtungen", "transfer", "Umschichtung", (
        _key("Nummer", "number"),
        _must("Von Budget", "from_budget_id", CellKind.LINK, target="Budgets", width=16),
        _must("Nach Budget", "to_budget_id", CellKind.LINK, target="Budgets", width=16),
        _amount("Betrag", "amount_cents", required=True, least=1),
        _day("Datum", "day"),
        MasterColumn("Grund", "reason", width=40),
    )),
    MasterSheet("Mittelbindungen", "commitment", "Mittelbindung", (
        _key("Nummer", "number"),
        _must("Budget", "budget_id", CellKind.LINK, target="Budgets", width=16),
        _must("Bezeichnung", "title", width=40),
        _amount("Betrag", "amount_cents", required=True, least=0),
        _day("Datum", "day"),
        MasterColumn("Empfänger", "recipient", width=30),
        _link("Vereinbarung", "agreement_id", "Vereinbarungen"),
        MasterColumn("Beschluss", "decision", width=24),
        _day("Geschlossen am", "closed_on"),
    ), periods=(("Datum", "Geschlossen am"),)),
    MasterSheet("Mitglieder", "member", "Mitglied", (
        _key("Name", "name", CellKind.TEXT, width=26),
        _must("Institution", "institution"),
        MasterColumn("Funktion", "function", width=22),
        MasterColumn("Stimmberechtigt", "voting", CellKind.YES_NO, default=True, hint="ja oder nein"),
        _link("Träger", "actor_id", "Träger"),
        _day("Von", "begin"),
        _day("Bis", "end"),
        _link("Vertretung für", "substitute_for_id", "Mitglieder", width=26),
    ), periods=(("Von", "Bis"),)),
)  # fmt: skip
"""In an order in which a sheet refers only to itself and to sheets before it."""

BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def titles(sheet: str, **others: str) -> dict[str, str]:
    """The headers of a sheet by the fields behind them, for other lists of the same fields; `others` go before them."""
    return {column.field: column.name for column in BY_NAME[sheet].columns} | others
