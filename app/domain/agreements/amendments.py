"""Amendments (Nachträge): what they change in the term of an agreement, and what contradicts itself in them."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.agreements.agreement_wording import notice_phrase, span
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term, TermKind, final_end, term_problems
from app.domain.dates import ONE_DAY, german


@dataclass(frozen=True, slots=True)
class AmendedPoint:
    """A line of the table "bisher / neu"; an empty text: there was, or will be, nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TermChange:
    """The fields of a term that an amendment puts in place of the old ones; begin and notice given stay."""

    end: date | None = None
    minimum_until: date | None = None
    renewal_months: int | None = None
    notice: int | None = None
    notice_unit: NoticeUnit | None = None
    notice_effect: NoticeEffect | None = None


def amended(term: Term, change: TermChange) -> Term:
    """The term with the change in it."""
    return replace(term, **{name: getattr(change, name) for name in TermChange.__slots__})


def term_change_of(term: Term) -> TermChange:
    """The term as it is, as the start of a change."""
    return TermChange(**{name: getattr(term, name) for name in TermChange.__slots__})


def term_changes(before: Term, after: Term) -> list[AmendedPoint]:
    """What differs between two terms, in the words of the paper."""
    lines = (
        AmendedPoint("Ende der Laufzeit", _end(before), _end(after)),
        AmendedPoint("Verlängerung", _renewal(before), _renewal(after)),
        AmendedPoint("Mindestlaufzeit", _day(before.minimum_until), _day(after.minimum_until)),
        AmendedPoint("Ordentliche Kündigung", _notice(before), _notice(after)),
    )
    return [line for line in lines if line.before != line.after]


def amendment_problems(before: Term, after: Term, effective_from: date | None) -> dict[str, str]:
    """Contradictions of an amendment: field -> German sentence. What is merely missing is no problem."""
    problems = {name: text for name, text in term_problems(after).items() if name != "terminated_to"}
    if effective_from and before.begin and effective_from < before.begin:
        problems["effective_from"] = (
            f"„Gilt ab“ liegt vor dem Beginn der Vereinbarung am {german(before.begin)}."
        )
    if effective_from and (last := final_end(before)) and effective_from > last + ONE_DAY:
        problems["effective_from"] = (
            f"„Gilt ab“ liegt nach dem Ende der Vereinbarung am {german(last)}; was beendet ist, ändert kein Nachtrag."
        )
    if effective_from and after.end and after.end != before.end and after.end < effective_from:
        problems.setdefault("end", "Das neue Ende liegt vor dem Tag, ab dem der Nachtrag gilt.")
    return problems


def _end(term: Term) -> str:
    return german(term.end) if term.end else "unbefristet"


def _renewal(term: Term) -> str:
    if term.kind is TermKind.OPEN_ENDED:
        return ""
    return f"um jeweils {span(term.renewal_months, NoticeUnit.MONTHS)}" if term.renewal_months else "keine"


def _day(day: date | None) -> str:
    return f"bis {german(day)}" if day else ""


def _notice(term: Term) -> str:
    return notice_phrase(term) if term.notice is not None else ""
