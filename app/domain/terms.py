"""The German word of every enum value, the same in workbook, on paper and on screen (exchange.md)."""

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


def _words(kind: type[StrEnum], **words: str) -> tuple[type[StrEnum], dict[StrEnum, str]]:
    """The words of an enum by the names of its members."""
    return kind, {kind[name]: text for name, text in words.items()}


WORDS: dict[type[StrEnum], dict[StrEnum, str]] = dict(
    [
        _words(AgreementKind, TARGET="Zielvereinbarung", COOPERATION="Kooperationsvereinbarung"),
        _words(
            Stage,
            DRAFT="Entwurf",
            NEGOTIATION="in Abstimmung",
            READY_TO_SIGN="unterschriftsreif",
            SIGNED="unterzeichnet",
            IN_FORCE="in Kraft",
            AMENDED="geändert durch",
            TERMINATED="gekündigt zum",
            ENDED="beendet",
        ),
        _words(NoticeUnit, DAYS="Tage", WEEKS="Wochen", MONTHS="Monate"),
        _words(
            NoticeEffect,
            END_OF_TERM="Laufzeitende",
            END_OF_MONTH="Monatsende",
            END_OF_QUARTER="Quartalsende",
            END_OF_HALF_YEAR="Halbjahresende",
            END_OF_YEAR="Jahresende",
        ),
        _words(TermKind, FIXED="festes Ende", RENEWING="verlängert sich", OPEN_ENDED="unbefristet"),
        _words(
            GoalState,
            OPEN="offen",
            RUNNING="läuft",
            REACHED="erreicht",
            PARTLY="teilweise",
            MISSED="verfehlt",
        ),
        _words(
            GoalLight,
            OVERDUE="überfällig",
            AT_RISK="gefährdet",
            UNREPORTED="noch kein Bericht",
            MISSED="verfehlt",
            PARTLY="teilweise erreicht",
            ON_TRACK="auf gutem Weg",
            REACHED="erreicht",
        ),
        _words(
            ClauseCondition,
            FUNDED="nur mit Förderung",
            UNFUNDED="nur ohne Förderung",
            WITH_GOALS="nur mit Zielen",
            WITHOUT_GOALS="nur ohne Ziele",
        ),
        _words(
            Fate,
            SAME="unverändert",
            CHANGED="geändert",
            MOVED="verschoben",
            MOVED_CHANGED="verschoben und geändert",
            ADDED="neu",
            REMOVED="entfallen",
        ),
        _words(GoalAction, ADD="kommt dazu", CHANGE="wird geändert", DROP="entfällt"),
        _words(NoticeDirection, SENT="die Stadt", RECEIVED="der Partner"),
        _words(
            PaperKind,
            AGREEMENT="Vereinbarung",
            AMENDMENT="Nachtrag",
            TERMINATION="Kündigung",
            REMINDER="Erinnerung",
            INVITATION="Einladung zum Jahresgespräch",
            YEARLY_TALK="Bogen zum Jahresgespräch",
            CONFIRMATION="Bestätigung einer Kündigung",
            LETTER="Brief",
        ),
        _words(TransferKind, SHIFT="Umschichtung", CARRY_OVER="Übertragung"),
        _words(BookingSource, FINANCE="Finanzliste", DIFFERENCE="Differenzbuchung", MANUAL="von Hand"),
        _words(AssignedBy, ORDER="Innenauftrag", RULE="Regel", HAND="von Hand"),
        _words(Strength, SURE="sicher", LIKELY="wahrscheinlich", POSSIBLE="möglich"),
        _words(SettlementKind, PARTIAL="Teilzahlung", FINAL="Schlussrechnung"),
        _words(
            FinancingKind,
            SHARE="Anteilfinanzierung",
            DEFICIT="Fehlbedarfsfinanzierung",
            FIXED="Festbetragsfinanzierung",
        ),
        _words(RuleSetName, ANBEST_GK="ANBest-Gk", ANBEST_P="ANBest-P"),
        _words(Light, GREEN="im Plan", YELLOW="über Plan, geduldet", RED="über Plan"),
        _words(Origin, RULE_SET="Regelwerk", NOTICE="Bescheid", HAND="von Hand", ASSUMED="angenommen"),
        _words(CareSetting, OUTPATIENT="ambulant", INPATIENT="stationär", FLEXIBLE="flexibel"),
        _words(
            BookingField,
            DAY="Buchungsdatum",
            AMOUNT="Betrag",
            DEBIT_CREDIT="Soll/Haben",
            INTERNAL_ORDER="Innenauftrag",
            DOCUMENT_NUMBER="Belegnummer",
            LINE="Position",
            BUDGET_YEAR="Haushaltsjahr",
            ACCOUNT="Sachkonto",
            ACCOUNT_NAME="Kontobezeichnung",
            COST_CENTRE="Kostenstelle",
            TEXT="Buchungstext",
            PAYEE="Empfänger",
            DOCUMENT_DATE="Belegdatum",
            PAYMENT_DATE="Zahldatum",
            CURRENCY="Währung",
            MONTH="Monat",
            CUMULATED="Ist kumuliert",
        ),
        _words(AmountSign, SPENDING_POSITIVE="positiv", SPENDING_NEGATIVE="negativ"),
        _words(DebitCredit, AUTOMATIC="selbst erkennen", TURN="H dreht immer", IGNORE="nicht beachten"),
        _words(Unit, AUTOMATIC="selbst erkennen", EURO="Euro", THOUSAND="Tausend (T€)"),
        _words(DateOrder, AUTOMATIC="Tag zuerst", MONTH_FIRST="Monat zuerst", YEAR_FIRST="Jahr zuerst"),
        _words(HeaderLines, ONE="eine Zeile", TWO="zwei Zeilen", NONE="keine Kopfzeile"),
        _words(
            DeadlineKind,
            TERM_END="Laufzeitende",
            NOTICE="Kündigung",
            GOAL="Ziel",
            YEARLY_TALK="Jahresgespräch",
            PROOF_OF_USE="Verwendungsnachweis",
            INTERIM_PROOF="Zwischennachweis",
            ACTOR_PROOF="Nachweis des Trägers",
            PAYOUT_USE_BY="Mittel verwenden",
            GRANT_END="Ende der Förderung",
            GRANT_APPLICATION="Förderantrag",
            RETENTION_END="Ende der Aufbewahrung",
            MEETING_INVITATION="Einladung zur Sitzung",
            SECOND_MEETING="Zweite Sitzung im Jahr",
            DECISION="Beschluss umsetzen",
            OFFER_CONFIRMATION="Angebot bestätigen",
            CONTACT_DELETION="Kontakt löschen",
        ),
    ]
)
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
