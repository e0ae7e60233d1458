"""Reckons the end that a notice of termination reaches, counted from the day it arrives (domain.md, Dates)."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.agreements.agreement_wording import COUNTING_RULE, notice_rule
from app.domain.agreements.term import (
    SENDING_WORKING_DAYS,
    NoticeEffect,
    PossibleEnd,
    Term,
    TermKind,
    admissible_ends,
    last_receipt,
    outlook,
    possible_ends,
)
from app.domain.dates import ONE_DAY, german, is_working_day


@dataclass(frozen=True, slots=True)
class NoticeEnd:
    """The answer to "when does it end, if the notice arrives that day?".

    `reached`: the end and its last day of receipt; None: an ordinary notice reaches none. `missed`: the earlier
    end that was meant and for which it comes too late. `sentence` says both, `rule` where it comes from.
    """

    reached: PossibleEnd | None
    missed: PossibleEnd | None
    sentence: str
    rule: str


def notice_end(term: Term, arrived: date, wanted: date | None = None) -> NoticeEnd:
    """The earliest end reachable by an ordinary notice that arrives on `arrived`.

    `wanted`: the end named in the letter; the first possible one not before it counts.
    """
    reached = next(possible_ends(term, arrived, wanted), None)
    if reached is None:
        return NoticeEnd(None, None, _unreachable(term), COUNTING_RULE)
    missed = _missed(term, arrived, wanted)
    if missed is not None:
        late = (arrived - missed.receipt).days
        sentence = (
            f"Für den {german(missed.end)} kommt sie {late} {'Tag' if late == 1 else 'Tage'} zu spät "
            f"(letzter Tag für den Zugang: {german(missed.receipt)}). "
            f"Sie beendet die Vereinbarung zum {german(reached.end)}."
        )
    else:
        sentence = (
            f"Geht sie am {german(arrived)} zu, endet die Vereinbarung zum {german(reached.end)}; "
            f"letzter Tag für den Zugang: {german(reached.receipt)}."
        )
    if wanted is not None and reached.end > wanted and missed is None:
        sentence = f"Zum {german(wanted)} kann nicht gekündigt werden. {sentence}"
    return NoticeEnd(reached, missed, sentence, notice_rule(term, reached))


def expected_arrival(sent: date) -> date:
    """When a letter is reckoned to arrive: the third working day after it was sent, as the sending date reckons."""
    count = SENDING_WORKING_DAYS
    while count > 0:
        sent += ONE_DAY
        count -= is_working_day(sent)
    return sent


def _missed(term: Term, arrived: date, wanted: date | None) -> PossibleEnd | None:
    if wanted is None:
        return outlook(replace(term, terminated_to=None), arrived).missed
    meant = next(admissible_ends(term, arrived, wanted), None)
    if meant is None:
        return None
    receipt = last_receipt(meant, term.notice or 0, term.unit)
    return PossibleEnd(meant, receipt) if receipt < arrived else None


def _unreachable(term: Term) -> str:
    if term.kind is TermKind.FIXED and term.end is not None:
        if term.notice is not None and term.effect is not NoticeEffect.END_OF_TERM:
            return (
                f"Vor dem festen Ende am {german(term.end)} gibt es keinen Tag mehr, zu dem diese Kündigung wirken "
                "kann; die Vereinbarung endet dann von selbst."
            )
        return (
            f"Die feste Laufzeit endet von selbst am {german(term.end)}; vorher endet sie nur durch eine "
            "außerordentliche Kündigung oder einvernehmlich."
        )
    return (
        "Ohne Kündigungsfrist lässt sich kein Ende berechnen. Bitte die Frist in der Vereinbarung "
        "eintragen oder das Ende hier von Hand nennen."
    )
