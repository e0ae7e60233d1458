"""How long an agreement runs: renewals, the last day of a notice, when it acts (domain.md, Dates; exchange.md, 1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from app.domain.dates import LAST_YEAR, ONE_DAY, add_months, last_of_month, renewed, working_days_before
from app.domain.terms import Worded


class NoticeUnit(Worded):
    """In what a notice period counts (BGB 188)."""

    DAYS = "days", "Tage", "Tag"
    WEEKS = "weeks", "Wochen", "Woche"
    MONTHS = "months", "Monate", "Monat"


class NoticeEffect(Worded):
    """When a notice may take effect."""

    END_OF_TERM = "end_of_term", "Laufzeitende", "Ende der Laufzeit"
    END_OF_MONTH = "end_of_month", "Monatsende", "Ende des Monats"
    END_OF_QUARTER = "end_of_quarter", "Quartalsende", "Ende des Quartals"
    END_OF_HALF_YEAR = "end_of_half_year", "Halbjahresende", "Ende des Halbjahres"
    END_OF_YEAR = "end_of_year", "Jahresende", "Ende des Jahres"


class TermKind(Worded):
    """How an agreement ends: by itself, only if not renewed, or by notice alone; it follows from the term."""

    FIXED = "fixed", "festes Ende"
    RENEWING = "renewing", "verlängert sich"
    OPEN_ENDED = "open_ended", "unbefristet"


SENDING_WORKING_DAYS = 3
"""A notice is sent so many working days before its last day of receipt."""


@dataclass(frozen=True, slots=True)
class Term:
    """What an agreement says about its duration.

    `end` without `renewal_months` is a fixed end, with it the first end of a term that renews itself;
    without `end` the agreement is open-ended, and `minimum_until` bounds it. A notice without a unit counts
    in months, one without an effect acts at the end of the term (open-ended: on any day).
    """

    begin: date | None = None
    end: date | None = None
    minimum_until: date | None = None
    renewal_months: int | None = None
    notice: int | None = None
    notice_unit: NoticeUnit | None = None
    notice_effect: NoticeEffect | None = None
    terminated_to: date | None = None

    @property
    def kind(self) -> TermKind:
        if self.end is None:
            return TermKind.OPEN_ENDED
        return TermKind.RENEWING if self.renewal_months else TermKind.FIXED

    @property
    def unit(self) -> NoticeUnit:
        return self.notice_unit or NoticeUnit.MONTHS

    @property
    def effect(self) -> NoticeEffect:
        return self.notice_effect or NoticeEffect.END_OF_TERM


@dataclass(frozen=True, slots=True)
class PossibleEnd:
    """A day on which a notice can end an agreement, with the last day on which it must have arrived."""

    end: date
    receipt: date

    @property
    def sending(self) -> date:
        """The proposed day to send the notice: the third working day before the last day of receipt."""
        return working_days_before(self.receipt, SENDING_WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where an agreement stands on a day.

    `runs_until`: end of the running term (None: open-ended). `final`: it ends then by itself or by notice.
    `missed`: the end of the running term that can no longer be reached by a notice. `next_possible_end`: the next
    end that can. `over`: the last term has passed.
    """

    runs_until: date | None
    final: date | None
    missed: PossibleEnd | None
    next_possible_end: PossibleEnd | None
    over: bool


def last_receipt(end: date, notice: int, unit: NoticeUnit) -> date:
    """The last day on which a notice must have arrived to end an agreement on `end`.

    Months: the latest day R with R + n months <= end; weeks and days: counted back.
    """
    if unit is NoticeUnit.WEEKS:
        return end - timedelta(weeks=notice)
    if unit is NoticeUnit.DAYS:
        return end - timedelta(days=notice)
    if end == last_of_month(end):  # every day of the month before clamps to it
        return last_of_month(add_months(end, -notice))
    return add_months(end, -notice)


def earliest_effect(day: date, notice: int, unit: NoticeUnit) -> date:
    """The first day a notice that arrives on `day` can act on; the inverse of `last_receipt`."""
    if unit is NoticeUnit.WEEKS:
        return day + timedelta(weeks=notice)
    if unit is NoticeUnit.DAYS:
        return day + timedelta(days=notice)
    return add_months(day, notice)


MONTHS_OF_EFFECT = {
    NoticeEffect.END_OF_MONTH: 1,
    NoticeEffect.END_OF_QUARTER: 3,
    NoticeEffect.END_OF_HALF_YEAR: 6,
    NoticeEffect.END_OF_YEAR: 12,
}


def effective_day(effect: NoticeEffect, earliest: date) -> date:
    """The first day on or after `earliest` on which a notice may take effect."""
    months = MONTHS_OF_EFFECT.get(effect)
    if months is None:
        return earliest
    return last_of_month(date(earliest.year, -(-earliest.month // months) * months, 1))


def term_ends(term: Term) -> Iterator[date]:
    """The end of the first term and of each renewal after it; nothing for an open-ended agreement."""
    end = term.end
    while end is not None:
        yield end
        end = renewed(end, term.renewal_months) if term.renewal_months and end.year < LAST_YEAR else None


def running_end(term: Term, on: date) -> date | None:
    """The end of the term that runs on `on`, each tacit renewal included; the last end if all have passed."""
    last = None
    for last in term_ends(term):
        if last >= on:
            break
    return last


def final_end(term: Term) -> date | None:
    """When the agreement ends without anybody doing more: by its fixed end, or as notice was given."""
    if term.kind is TermKind.FIXED:
        return min(term.end, term.terminated_to) if term.end and term.terminated_to else term.end
    return term.terminated_to


def admissible_ends(term: Term, on: date, since: date) -> Iterator[date]:
    """The days from `since` on which an ordinary notice may take effect, asked on `on`; whether it is early enough
    is another question.

    Never before a minimum term. A renewing agreement ends with a term, or, where notice acts at quarter ends and the
    like, on such a day on or after the end of the term that runs on `on`. An open-ended one whose notice has no such
    day ends on any day. A fixed term can be ended early only where its notice has a day of its own.
    """
    since = max(day for day in (since, term.begin, term.minimum_until) if day)
    if term.effect is NoticeEffect.END_OF_TERM and term.kind is not TermKind.OPEN_ENDED:
        if term.kind is TermKind.RENEWING:
            yield from dropwhile(lambda end: end < since, term_ends(term))
        return
    running, last = running_end(term, on), date(LAST_YEAR, 1, 1)
    if term.kind is TermKind.FIXED and running is not None:
        last = min(last, running)
    elif running is not None:
        since = max(since, running)
    while (end := effective_day(term.effect, since)) < last:
        yield end
        since = end + ONE_DAY


def possible_ends(term: Term, arriving: date, since: date | None = None) -> Iterator[PossibleEnd]:
    """The ends that a notice arriving on that day can name, in order, from `since` on; a notice given before does not
    count. Several may share one last day of receipt. None if there is no right to give notice.
    """
    if term.notice is None and term.kind is not TermKind.RENEWING:
        return
    notice = term.notice or 0
    first = max(earliest_effect(arriving, notice, term.unit), since or arriving)
    for end in admissible_ends(term, arriving, first):
        yield PossibleEnd(end, last_receipt(end, notice, term.unit))


def next_possible_end(term: Term, on: date) -> PossibleEnd | None:
    """The first end that a notice arriving on `on` or later can still reach.

    None if it ends anyway, or if it is open-ended and no notice is entered.
    """
    return None if final_end(term) is not None else next(possible_ends(term, on), None)


def outlook(term: Term, on: date) -> Outlook:
    """Where the agreement stands on `on`."""
    final = final_end(term)
    running = running_end(term, on)
    reachable = next_possible_end(term, on)
    return Outlook(
        runs_until=final or running,
        final=final,
        missed=_missed_end(term, running, on) if reachable and running else None,
        next_possible_end=reachable,
        over=is_over(term, on),
    )


def is_over(term: Term, on: date) -> bool:
    """Its last term has passed."""
    final = final_end(term)
    return final is not None and final < on


def _missed_end(term: Term, running: date, on: date) -> PossibleEnd | None:
    """The end that goes with the running term, where a notice on `on` comes too late for it."""
    end = effective_day(term.effect, running)
    if running < on or (term.minimum_until and end < term.minimum_until):
        return None
    receipt = last_receipt(end, term.notice or 0, term.unit)
    return PossibleEnd(end, receipt) if receipt < on else None


LONGEST_NOTICE = {NoticeUnit.DAYS: 3660, NoticeUnit.WEEKS: 520, NoticeUnit.MONTHS: 120}
LONGEST_RENEWAL = 1200


def term_problems(term: Term) -> dict[str, str]:
    """Contradictions in a term: field -> German sentence. What is merely missing is no problem."""
    problems: dict[str, str] = {}
    if term.begin and term.end and term.end < term.begin:
        problems["end"] = "Das Ende liegt vor dem Beginn."
    if term.begin and term.minimum_until and term.minimum_until < term.begin:
        problems["minimum_until"] = "Die Mindestlaufzeit endet vor dem Beginn."
    if term.kind is TermKind.FIXED and term.end and term.minimum_until and term.minimum_until > term.end:
        problems["minimum_until"] = "Die Mindestlaufzeit reicht über das feste Ende hinaus."
    if term.begin and term.terminated_to and term.terminated_to < term.begin:
        problems["terminated_to"] = "„Gekündigt zum“ liegt vor dem Beginn."
    if term.renewal_months is not None and not 0 <= term.renewal_months <= LONGEST_RENEWAL:
        problems["renewal_months"] = f"Die Verlängerung muss zwischen 1 und {LONGEST_RENEWAL} Monaten liegen."
    longest = LONGEST_NOTICE[term.unit]
    if term.notice is not None and not 0 <= term.notice <= longest:
        problems["notice"] = f"Die Kündigungsfrist muss zwischen 0 und {longest} liegen."
    return problems
