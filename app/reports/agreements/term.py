"""How duration and notice of an agreement are worded on paper (BGB 130, 187, 188, 314)."""

from datetime import date

from app.domain.agreements.agreement_wording import bound_by_term
from app.domain.agreements.term import (
    NoticeEffect,
    NoticeUnit,
    PossibleEnd,
    Term,
    TermKind,
    possible_ends,
)
from app.domain.dates import german

IN_WORDS = {
    NoticeUnit.DAYS: ("einem Tag", "Tagen"),
    NoticeUnit.WEEKS: ("einer Woche", "Wochen"),
    NoticeUnit.MONTHS: ("einem Monat", "Monaten"),
}
EFFECTS = {
    NoticeEffect.END_OF_TERM: "zum Ende der jeweiligen Laufzeit",
    NoticeEffect.END_OF_MONTH: "zum Ende eines Kalendermonats",
    NoticeEffect.END_OF_QUARTER: "zum Ende eines Kalendervierteljahres",
    NoticeEffect.END_OF_HALF_YEAR: "zum Ende eines Kalenderhalbjahres",
    NoticeEffect.END_OF_YEAR: "zum Ende eines Kalenderjahres",
}


def duration_sentences(term: Term) -> list[str]:
    """Names of the template's sentences about begin, end and renewal."""
    if term.kind is TermKind.FIXED:
        return ["fixed"]
    if term.kind is TermKind.RENEWING:
        return ["renewing", "renewal"]
    return ["open"]


def notice_sentences(term: Term) -> list[str]:
    """Names of the template's sentences about ordinary notice.

    A fixed term whose notice has no date of its own before the end cannot be ended early by ordinary notice.
    """
    if term.kind is TermKind.FIXED and (term.notice is None or term.effect is NoticeEffect.END_OF_TERM):
        return ["fixed_without_notice"]
    names = ["notice_at_once" if term.notice == 0 else "notice"]
    if term.minimum_until is not None:
        names.append("minimum")
    if term.kind is TermKind.RENEWING and term.notice and first_end(term):
        names.append("last_day")
    return names


def funding_sentences(term: Term) -> list[str]:
    """Names of the template's sentences about the time a grant of money is for (VV 12 to LHO 44)."""
    kinds = {TermKind.FIXED: "funding_fixed", TermKind.RENEWING: "funding_renewing"}
    return [kinds.get(term.kind, "funding_open")]


def term_facts(term: Term) -> dict[str, str | None]:
    """Values of the placeholders in those sentences; None is a gap."""
    first = first_end(term)
    renewal = term.renewal_months or 0
    return {
        "Beginn": _day(term.begin),
        "Ende": _day(term.end),
        "Verlängerung": "einen Monat" if renewal == 1 else f"{renewal} Monate",
        "Ende der Mindestlaufzeit": _day(term.minimum_until),
        "Kündigungsfrist": None if term.notice is None else _span(term.notice, term.unit),
        "Kündigungstermin": _effect(term),
        "Erstes Ende": _day(first.end if first else term.minimum_until),
        "Letzter Zugangstag": _day(first.receipt) if first else None,
    }


def first_end(term: Term) -> PossibleEnd | None:
    """The first end that a notice can reach from the begin on, with its last day of receipt, as it is reckoned."""
    return next(possible_ends(term, term.begin), None) if term.begin is not None else None


def _day(day: date | None) -> str | None:
    return german(day) if day else None


def _span(count: int, unit: NoticeUnit) -> str:
    one, many = IN_WORDS[unit]
    return one if count == 1 else f"{count} {many}"


def _effect(term: Term) -> str:
    """Empty for an open-ended agreement that can end on any day."""
    if term.kind is TermKind.OPEN_ENDED and term.effect is NoticeEffect.END_OF_TERM:
        return ""
    return f"{EFFECTS[term.effect]}{', frühestens zum Laufzeitende,' if bound_by_term(term) else ''}"
