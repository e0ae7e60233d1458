"""The German word of every enum value, one for workbook, paper and screen alike (exchange.md)."""

from enum import StrEnum
from typing import TypeVar

from app.domain.agreements.agreement_life import GoalAction, NoticeDirection, PaperKind
from app.domain.agreements.agreements import (
    AgreementKind,
    GoalState,
    NoticeEffect,
    NoticeUnit,
    Stage,
    TermKind,
)
from app.domain.agreements.clauses import ClauseCondition
from app.domain.agreements.draft_comparison import Fate
from app.domain.agreements.goal_light import GoalLight
from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import AmountSign, DateOrder, DebitCredit, HeaderLines, Unit
from app.domain.budgets.budgets import AssignedBy, BookingSource, TransferKind
from app.domain.deadlines.deadlines import DeadlineKind
from app.domain.grants.grant_rules import Origin
from app.domain.grants.grants import FinancingKind, Light, RuleSetName
from app.domain.offers.offers import CareSetting
from app.domain.settlement.settlement import SettlementKind, Strength

E = TypeVar("E", bound=StrEnum)

WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    AgreementKind: {
        AgreementKind.TARGET: "Zielvereinbarung",
        AgreementKind.COOPERATION: "Kooperationsvereinbarung",
    },
    Stage: {
        Stage.DRAFT: "Entwurf",
        Stage.NEGOTIATION: "in Abstimmung",
        Stage.READY_TO_SIGN: "unterschriftsreif",
        Stage.SIGNED: "unterzeichnet",
        Stage.IN_FORCE: "in Kraft",
        Stage.AMENDED: "geändert durch",
        Stage.TERMINATED: "gekündigt zum",
        Stage.ENDED: "beendet",
    },
    NoticeUnit: {
        NoticeUnit.DAYS: "Tage",
        NoticeUnit.WEEKS: "Wochen",
        NoticeUnit.MONTHS: "Monate",
    },
    NoticeEffect: {
        NoticeEffect.END_OF_TERM: "Laufzeitende",
        NoticeEffect.END_OF_MONTH: "Monatsende",
        NoticeEffect.END_OF_QUARTER: "Quartalsende",
        NoticeEffect.END_OF_HALF_YEAR: "Halbjahresende",
        NoticeEffect.END_OF_YEAR: "Jahresende",
    },
    TermKind: {
        TermKind.FIXED: "festes Ende",
        TermKind.RENEWING: "verlängert sich",
        TermKind.OPEN_ENDED: "unbefristet",
    },
    GoalState: {
        GoalState.OPEN: "offen",
        GoalState.RUNNING: "läuft",
        GoalState.REACHED: "erreicht",
        GoalState.PARTLY: "teilweise",
        GoalState.MISSED: "verfehlt",
    },
    GoalLight: {
        GoalLight.OVERDUE: "überfällig",
        GoalLight.AT_RISK: "gefährdet",
        GoalLight.UNREPORTED: "noch kein Bericht",
        GoalLight.MISSED: "verfehlt",
        GoalLight.PARTLY: "teilweise erreicht",
        GoalLight.ON_TRACK: "auf gutem Weg",
        GoalLight.REACHED: "erreicht",
    },
    ClauseCondition: {
        ClauseCondition.FUNDED: "nur mit Förderung",
        ClauseCondition.UNFUNDED: "nur ohne Förderung",
        ClauseCondition.WITH_GOALS: "nur mit Zielen",
        ClauseCondition.WITHOUT_GOALS: "nur ohne Ziele",
    },
    Fate: {
        Fate.SAME: "unverändert",
        Fate.CHANGED: "geändert",
        Fate.MOVED: "verschoben",
        Fate.MOVED_CHANGED: "verschoben und geändert",
        Fate.ADDED: "neu",
        Fate.REMOVED: "entfallen",
    },
    GoalAction: {
        GoalAction.ADD: "kommt dazu",
        GoalAction.CHANGE: "wird geändert",
        GoalAction.DROP: "entfällt",
    },
    NoticeDirection: {
        NoticeDirection.SENT: "die Stadt",
        NoticeDirection.RECEIVED: "der Partner",
    },
    PaperKind: {
        PaperKind.AGREEMENT: "Vereinbarung",
        PaperKind.AMENDMENT: "Nachtrag",
        PaperKind.TERMINATION: "Kündigung",
        PaperKind.REMINDER: "Erinnerung",
        PaperKind.INVITATION: "Einladung zum Jahresgespräch",
        PaperKind.YEARLY_TALK: "Bogen zum Jahresgespräch",
        PaperKind.CONFIRMATION: "Bestätigung einer Kündigung",
        PaperKind.LETTER: "Brief",
    },
    TransferKind: {
        TransferKind.SHIFT: "Umschichtung",
        TransferKind.CARRY_OVER: "Übertragung",
    },
    BookingSource: {
        BookingSource.FINANCE: "Finanzliste",
        BookingSource.DIFFERENCE: "Differenzbuchung",
        BookingSource.MANUAL: "von Hand",
    },
    AssignedBy: {
        AssignedBy.ORDER: "Innenauftrag",
        AssignedBy.RULE: "Regel",
        AssignedBy.HAND: "von Hand",
    },
    Strength: {
        Strength.SURE: "sicher",
        Strength.LIKELY: "wahrscheinlich",
        Strength.POSSIBLE: "möglich",
    },
    SettlementKind: {
        SettlementKind.PARTIAL: "Teilzahlung",
        SettlementKind.FINAL: "Schlussrechnung",
    },
    FinancingKind: {
        FinancingKind.SHARE: "Anteilfinanzierung",
        FinancingKind.DEFICIT: "Fehlbedarfsfinanzierung",
        FinancingKind.FIXED: "Festbetragsfinanzierung",
    },
    RuleSetName: {
        RuleSetName.ANBEST_GK: "ANBest-Gk",
        RuleSetName.ANBEST_P: "ANBest-P",
    },
    Light: {
        Light.GREEN: "im Plan",
        Light.YELLOW: "über Plan, geduldet",
        Light.RED: "über Plan",
    },
    Origin: {
        Origin.RULE_SET: "Regelwerk",
        Origin.NOTICE: "Bescheid",
        Origin.HAND: "von Hand",
        Origin.ASSUMED: "angenommen",
    },
    CareSetting: {
        CareSetting.OUTPATIENT: "ambulant",
        CareSetting.INPATIENT: "stationär",
        CareSetting.FLEXIBLE: "flexibel",
    },
    BookingField: {
        BookingField.DAY: "Buchungsdatum",
        BookingField.AMOUNT: "Betrag",
        BookingField.DEBIT_CREDIT: "Soll/Haben",
        BookingField.INTERNAL_ORDER: "Innenauftrag",
        BookingField.DOCUMENT_NUMBER: "Belegnummer",
        BookingField.LINE: "Position",
        BookingField.BUDGET_YEAR: "Haushaltsjahr",
        BookingField.ACCOUNT: "Sachkonto",
        BookingField.ACCOUNT_NAME: "Kontobezeichnung",
        BookingField.COST_CENTRE: "Kostenstelle",
        BookingField.TEXT: "Buchungstext",
        BookingField.PAYEE: "Empfänger",
        BookingField.DOCUMENT_DATE: "Belegdatum",
        BookingField.PAYMENT_DATE: "Zahldatum",
        BookingField.CURRENCY: "Währung",
        BookingField.MONTH: "Monat",
        BookingField.CUMULATED: "Ist kumuliert",
    },
    AmountSign: {
        AmountSign.SPENDING_POSITIVE: "positiv",
        AmountSign.SPENDING_NEGATIVE: "negativ",
    },
    DebitCredit: {
        DebitCredit.AUTOMATIC: "selbst erkennen",
        DebitCredit.TURN: "H dreht immer",
        DebitCredit.IGNORE: "nicht beachten",
    },
    Unit: {
        Unit.AUTOMATIC: "selbst erkennen",
        Unit.EURO: "Euro",
        Unit.THOUSAND: "Tausend (T€)",
    },
    DateOrder: {
        DateOrder.AUTOMATIC: "Tag zuerst",
        DateOrder.MONTH_FIRST: "Monat zuerst",
        DateOrder.YEAR_FIRST: "Jahr zuerst",
    },
    HeaderLines: {
        HeaderLines.ONE: "eine Zeile",
        HeaderLines.TWO: "zwei Zeilen",
        HeaderLines.NONE: "keine Kopfzeile",
    },
    DeadlineKind: {
        DeadlineKind.TERM_END: "Laufzeitende",
        DeadlineKind.NOTICE: "Kündigung",
        DeadlineKind.GOAL: "Ziel",
        DeadlineKind.YEARLY_TALK: "Jahresgespräch",
        DeadlineKind.PROOF_OF_USE: "Verwendungsnachweis",
        DeadlineKind.INTERIM_PROOF: "Zwischennachweis",
        DeadlineKind.ACTOR_PROOF: "Nachweis des Trägers",
        DeadlineKind.PAYOUT_USE_BY: "Mittel verwenden",
        DeadlineKind.GRANT_END: "Ende der Förderung",
        DeadlineKind.GRANT_APPLICATION: "Förderantrag",
        DeadlineKind.RETENTION_END: "Ende der Aufbewahrung",
        DeadlineKind.MEETING_INVITATION: "Einladung zur Sitzung",
        DeadlineKind.SECOND_MEETING: "Zweite Sitzung im Jahr",
        DeadlineKind.DECISION: "Beschluss umsetzen",
        DeadlineKind.OFFER_CONFIRMATION: "Angebot bestätigen",
        DeadlineKind.CONTACT_DELETION: "Kontakt löschen",
    },
}
"""By class first: members of two enums with the same value would be one key."""

SYNONYMS: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    AgreementKind: {
        AgreementKind.TARGET: ("ZV",),
        AgreementKind.COOPERATION: ("KV",),
    },
    Stage: {
        Stage.AMENDED: ("geändert",),
        Stage.TERMINATED: ("gekündigt",),
    },
    NoticeUnit: {
        NoticeUnit.DAYS: ("Tag",),
        NoticeUnit.WEEKS: ("Woche",),
        NoticeUnit.MONTHS: ("Monat",),
    },
    NoticeEffect: {
        NoticeEffect.END_OF_TERM: ("Ende der Laufzeit",),
        NoticeEffect.END_OF_MONTH: ("Ende des Monats",),
        NoticeEffect.END_OF_QUARTER: ("Ende des Quartals",),
        NoticeEffect.END_OF_HALF_YEAR: ("Ende des Halbjahres",),
        NoticeEffect.END_OF_YEAR: ("Ende des Jahres",),
    },
    GoalState: {
        GoalState.PARTLY: ("teilweise erreicht",),
        GoalState.MISSED: ("nicht erreicht",),
    },
    FinancingKind: {
        FinancingKind.SHARE: ("Anteilsfinanzierung", "Anteil"),
        FinancingKind.DEFICIT: ("Fehlbedarf",),
        FinancingKind.FIXED: ("Festbetrag",),
    },
}
"""Other ways in which people write a word; read, never written."""


def word(member: StrEnum) -> str:
    """The German word of an enum member."""
    return WORDS[type(member)][member]


def find(kind: type[E], text: str) -> E | None:
    """The member that `text` names, whatever its case, spaces and hyphens; None if there is none."""
    wanted = _folded(text)
    for member in kind:
        if wanted in map(_folded, (word(member), *SYNONYMS.get(kind, {}).get(member, ()))):
            return member
    return None


def words(kind: type[E]) -> list[str]:
    """All words of an enum, in its own order."""
    return [word(member) for member in kind]


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
