"""Deadlines: a date somebody must act by, with the rule behind it."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.terms import Worded


class DeadlineKind(Worded):
    """Names are a promise to scripts (exchange.md, section 4)."""

    TERM_END = "term_end", "Laufzeitende"
    NOTICE = "notice", "Kündigung"
    GOAL = "goal", "Ziel"
    YEARLY_TALK = "yearly_talk", "Jahresgespräch"
    PROOF_OF_USE = "proof_of_use", "Verwendungsnachweis"
    INTERIM_PROOF = "interim_proof", "Zwischennachweis"
    ACTOR_PROOF = "actor_proof", "Nachweis des Trägers"
    INSTALMENT = "instalment", "Rate"
    PAYOUT_USE_BY = "payout_use_by", "Mittel verwenden"
    GRANT_END = "grant_end", "Ende der Förderung"
    GRANT_APPLICATION = "grant_application", "Förderantrag"
    RETENTION_END = "retention_end", "Ende der Aufbewahrung"
    MEETING_INVITATION = "meeting_invitation", "Einladung zur Sitzung"
    SECOND_MEETING = "second_meeting", "Zweite Sitzung im Jahr"
    DECISION = "decision", "Beschluss umsetzen"
    OFFER_CONFIRMATION = "offer_confirmation", "Angebot bestätigen"
    CONTACT_DELETION = "contact_deletion", "Kontakt löschen"


DEFAULT_REMINDERS = (90, 30, 7)
"""Days ahead of a deadline on which to remind (domain.md); each agreement may have its own."""


@dataclass(frozen=True, slots=True)
class RecordKey:
    """A row of a table, to open or to mark."""

    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date somebody must act by.

    `about` names the row the deadline hangs on (its mark: kind, row, day); `opens` is the record to show for
    it, `record` that record's number for people. `next_working_day` only for deliveries that fall on a
    weekend or holiday, `sending` only for notices. `reminders`: days ahead. `cycle` tells apart what one record
    owes again and again (the n-th term, talk or year), also after its dates were moved.
    """

    day: date
    kind: DeadlineKind
    title: str
    who: str
    rule: str
    source: str
    about: RecordKey
    opens: RecordKey
    record: str
    next_working_day: date | None = None
    sending: date | None = None
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    cycle: int = 0

    def reminded_since(self, on: date) -> date | None:
        """The day of the latest reminder up to `on`, so that none is lost on days nobody looked; None before it."""
        passed = [day for days in self.reminders if (day := self.day - timedelta(days=days)) <= on]
        return max(passed, default=None)

    def days_left(self, on: date) -> int:
        """Days from `on` until the date; negative when overdue."""
        return (self.day - on).days


def reminder_days(text: str) -> tuple[int, ...]:
    """`90;30;7` as numbers, longest first; what is no number is left out."""
    days = {int(part) for part in text.replace(",", ";").split(";") if part.strip().isdecimal()}
    return tuple(sorted(days, reverse=True))
