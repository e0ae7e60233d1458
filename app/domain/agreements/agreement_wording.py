"""Says in German sentences what the dates of an agreement mean, each with the rule behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile

from app.domain.agreements.term import (
    NoticeEffect,
    NoticeUnit,
    Outlook,
    PossibleEnd,
    Term,
    TermKind,
    outlook,
    term_ends,
)
from app.domain.dates import german

COUNTING_RULE = "Fristen nach §§ 187, 188 BGB."
RENEWAL_RULE = "Jede Verlängerung zählt ab dem Ende davor (§§ 187, 188, 190 BGB)."
RECEIPT_RULE = (
    "Es zählt der Zugang; Wochenenden und Feiertage verschieben den Tag nicht (§ 193 BGB gilt dafür nicht)."
)
COMING_RULE = (
    "Ein Nachtrag wirkt ab dem Tag, ab dem er gilt. Eine Kündigung, die vorher zugeht, richtet sich nach dem, "
    "was bei ihrem Zugang galt."
)
SENDING_RULE = "Vorschlag: dritter Arbeitstag davor (Mo–Fr ohne Feiertage in Niedersachsen)."

SINGULAR = {NoticeUnit.DAYS: "1 Tag", NoticeUnit.WEEKS: "1 Woche", NoticeUnit.MONTHS: "1 Monat"}


class FindingTone(StrEnum):
    """How loud a finding is on screen."""

    PLAIN = "plain"
    MAIN = "main"
    NEWS = "news"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One computed date: what it is, the day, a sentence and the rule it follows from."""

    label: str
    day: date | None
    sentence: str
    rule: str
    tone: FindingTone = FindingTone.PLAIN


def span(count: int, unit: NoticeUnit) -> str:
    """`3 Monate`, `1 Woche`."""
    return SINGULAR[unit] if count == 1 else f"{count} {unit.word}"


def notice_phrase(term: Term) -> str:
    """`3 Monate zum Laufzeitende`; `zu jedem Tag` for an open-ended agreement without another effect.

    A term that renews itself runs at least to its end: `3 Monate zum Quartalsende, frühestens zum Laufzeitende`.
    """
    if term.notice is None:
        return "keine Kündigungsfrist eingetragen"
    if term.kind is TermKind.OPEN_ENDED and term.effect is NoticeEffect.END_OF_TERM:
        return f"{span(term.notice, term.unit)} zu jedem Tag"
    least = ", frühestens zum Laufzeitende" if bound_by_term(term) else ""
    return f"{span(term.notice, term.unit)} zum {term.effect.word}{least}"


def bound_by_term(term: Term) -> bool:
    """Notice acts at quarter ends and the like, but never before the end of the running term."""
    return term.kind is TermKind.RENEWING and term.effect is not NoticeEffect.END_OF_TERM


def term_phrase(term: Term) -> str:
    """The kind of term in a few words: `verlängert sich um 12 Monate`."""
    if term.kind is TermKind.RENEWING:
        return f"verlängert sich um {span(term.renewal_months or 0, NoticeUnit.MONTHS)}"
    if term.kind is TermKind.OPEN_ENDED and term.minimum_until:
        return f"unbefristet, mindestens bis {german(term.minimum_until)}"
    return term.kind.word


def notice_rule(term: Term, reachable: PossibleEnd) -> str:
    """The rule of a last day of receipt, in one line."""
    notice = f"{notice_phrase(term)}, Ende {german(reachable.end)}"
    return f"{_sentence(notice)} {COUNTING_RULE} {RECEIPT_RULE}"


def term_end_rule(term: Term) -> str:
    """Why the agreement ends."""
    if term.terminated_to and (term.end is None or term.renewal_months or term.terminated_to < term.end):
        return f"Gekündigt zum {german(term.terminated_to)}."
    return "Festes Ende ohne Verlängerung: endet von selbst (§ 188 BGB)."


@dataclass(frozen=True, slots=True)
class ComingTerm:
    """What a signed amendment makes of the term from a day on that is still to come."""

    nr: int
    day: date
    term: Term


def coming_words(coming: Iterable[ComingTerm], until: date) -> str:
    """What will hold by a day, where an amendment acts up to it; to be put behind a rule, empty if none does."""
    found = [one for one in coming if one.day <= until]
    return "".join(
        f" Ab {german(one.day)} gilt Nachtrag {one.nr}: "
        f"{f'Ende {german(one.term.end)}' if one.term.end else 'kein Ende'}, {term_phrase(one.term)}, "
        f"{notice_phrase(one.term)}."
        for one in found[-1:]
    )


def findings(term: Term, on: date, coming: Sequence[ComingTerm] = ()) -> list[Finding]:
    """Everything that follows from the term on `on`, most important first; empty if nothing is entered."""
    return [*_of_term(term, on), *map(_coming, coming)]


def _coming(one: ComingTerm) -> Finding:
    view = outlook(one.term, one.day)
    ends = f"Endet dann am {german(view.final)}." if view.final else ""
    if view.next_possible_end and not ends:
        possible = view.next_possible_end
        ends = (
            f"Nächstes mögliches Ende dann: {german(possible.end)}, Zugang bis {german(possible.receipt)}. "
            f"{_sentence(term_phrase(one.term))} Kündigungsfrist: {notice_phrase(one.term)}."
        )
    return Finding(
        f"Ab dann gilt Nachtrag {one.nr}",
        one.day,
        ends or _sentence(term_phrase(one.term)),
        COMING_RULE,
        FindingTone.NEWS,
    )


def _of_term(term: Term, on: date) -> list[Finding]:
    if not any((term.begin, term.end, term.minimum_until, term.terminated_to, term.notice)):
        return []
    if term.kind is TermKind.OPEN_ENDED and term.notice is None and term.terminated_to is None:
        return [_UNKNOWN]
    view = outlook(term, on)
    if view.final is not None:
        return [_ending(term, view.final, view.over)]
    found: list[Finding] = []
    if view.missed:
        found.append(_missed(view, view.missed))
    if view.next_possible_end:
        found += _reachable(term, view.next_possible_end, view.runs_until)
    if view.runs_until:
        found.append(_running(term, view.runs_until))
    return found


def _sentence(phrase: str) -> str:
    return f"{phrase[0].upper()}{phrase[1:]}."


_UNKNOWN = Finding(
    "Unbefristet",
    None,
    "Ohne Kündigungsfrist lässt sich kein mögliches Ende berechnen.",
    "Eine unbefristete Vereinbarung endet nur durch Kündigung.",
)


def _ending(term: Term, final: date, over: bool) -> Finding:
    sentence = (
        f"Seit dem {german(final)} beendet." if over else "Endet an diesem Tag, ohne dass jemand handelt."
    )
    return Finding(
        "Ende", final, sentence, term_end_rule(term), FindingTone.WARNING if over else FindingTone.MAIN
    )


def _missed(view: Outlook, missed: PossibleEnd) -> Finding:
    until = view.next_possible_end.end if view.next_possible_end else missed.end
    return Finding(
        "Kündigungsfrist verstrichen",
        missed.receipt,
        f"Ein Ende am {german(missed.end)} ist nicht mehr möglich; läuft jetzt mindestens bis {german(until)}.",
        RENEWAL_RULE,
        FindingTone.NEWS,
    )


def renewal_before(term: Term, reachable: PossibleEnd, runs_until: date | None) -> str:
    """A warning where the term renews itself before the last day of receipt: from then on its new end counts."""
    if runs_until is None or not bound_by_term(term) or reachable.receipt <= runs_until:
        return ""
    return f" Nach dem {german(runs_until)} ist die Laufzeit verlängert; dann zählt ihr neues Ende."


def _reachable(term: Term, reachable: PossibleEnd, runs_until: date | None) -> list[Finding]:
    open_ended = term.kind is TermKind.OPEN_ENDED
    return [
        Finding(
            "Nächstes mögliches Ende" if open_ended else "Kündigung zum",
            reachable.end,
            f"Wenn die Kündigung spätestens am {german(reachable.receipt)} zugeht.",
            f"Kündigungsfrist: {notice_phrase(term)}. {COUNTING_RULE}",
        ),
        Finding(
            "Letzter Tag für den Zugang",
            reachable.receipt,
            f"Beendet die Vereinbarung zum {german(reachable.end)}.{renewal_before(term, reachable, runs_until)}",
            RECEIPT_RULE,
            FindingTone.MAIN,
        ),
        Finding("Absenden bis", reachable.sending, "Damit sie sicher rechtzeitig ankommt.", SENDING_RULE),
    ]


def _running(term: Term, until: date) -> Finding:
    done = sum(1 for _ in takewhile(lambda end: end < until, term_ends(term)))
    times = (
        "Erste Laufzeit." if done == 0 else "Einmal verlängert." if done == 1 else f"{done} Mal verlängert."
    )
    return Finding("Laufende Laufzeit bis", until, f"{times} {_sentence(term_phrase(term))}", RENEWAL_RULE)
