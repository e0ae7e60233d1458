"""What differs from the signed paper, and what explains it: an amendment, a correction, or nothing on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import GoalAction, Stage
from app.domain.agreements.instalments import MOST
from app.domain.agreements.what_is_signed import AGREED, STAGE, Difference, Place, Proof, deviations
from app.domain.dates import german
from app.services.agreements import agreed, corrections, signed, signed_state
from app.services.agreements.agreement_history import Words, table_words
from app.services.agreements.amendments import GOAL_FIELDS
from app.services.agreements.corrections import CorrectionRow
from db.models import Actor, Amendment, AmendmentGoal, Party

ALL_INSTALMENTS = frozenset(("instalment", str(nr)) for nr in range(1, MOST + 1))
"""Another amount changes them all."""


@dataclass(frozen=True, slots=True)
class Said:
    """A difference in German words; `proofs`: what explains it, empty if nothing does."""

    what: str
    old: str
    new: str
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MendedRow:
    """A correction in German words."""

    day: date
    reason: str
    changes: tuple[Said, ...]

    @property
    def words(self) -> str:
        """How it is named as the proof of a difference."""
        return _correction_words(self.day, self.reason)


@dataclass(frozen=True, slots=True)
class Deviations:
    """What is agreed now against what was signed.

    `signed`: somebody has signed. `since`: the day of the first signature. `comparable`: what was signed, or before
    that what was printed, is kept. `at_signature`: it was kept at the signature itself, not later.
    """

    signed: bool
    since: date | None
    comparable: bool
    at_signature: bool
    differences: tuple[Said, ...]
    corrections: tuple[MendedRow, ...]

    @property
    def unexplained(self) -> int:
        """How many differences no amendment and no correction explains."""
        return sum(not one.proofs for one in self.differences)


def load(session: Session, agreement_id: int) -> Deviations:
    """All differences of an agreement to its signed paper; before the signature, to the one that is out for it."""
    is_signed = signed.is_signed(session, agreement_id)
    kept = signed_state.kept_state(session, agreement_id)
    start, since, at_signature = kept or (signed_state.printed_state(session, agreement_id), None, True)
    mended = corrections.rows(session, agreement_id)
    found: list[Said] = []
    if start is not None or mended:
        speak = _Speaker(session)
        if start is not None:
            proofs = [*_amendments(session, agreement_id), *map(_correction, mended)]
            for one in deviations(start, signed_state.state(session, agreement_id), proofs):
                found.append(speak.said(one.difference, one.proofs))
    return Deviations(
        signed=is_signed,
        since=since or (signed.since(session, agreement_id) if is_signed else None),
        comparable=start is not None,
        at_signature=at_signature,
        differences=tuple(found),
        corrections=tuple(
            MendedRow(one.day, one.reason, tuple(speak.said(change) for change in one.changes))
            for one in mended
        ),
    )


class _Speaker:
    """Says places and values in German; names are read once."""

    def __init__(self, session: Session) -> None:
        self._words: Words = table_words(session)
        self._actors: Mapping[int, str] = dict(session.execute(select(Actor.id, Actor.name)).all())

    def said(self, one: Difference, proofs: tuple[str, ...] = ()) -> Said:
        place = one.place
        old, new = self._value(place, one.old), self._value(place, one.new)
        if place.table != "party":
            return Said(place.words, old, new, proofs)
        name = self._actors.get(int(place.row), "gelöscht")
        if place.column == "position":
            return Said("Partner", _presence(name, one.old), _presence(name, one.new), proofs)
        return Said(f"{AGREED[place.table][place.column]}, {name}", old, new, proofs)

    def _value(self, place: Place, value: str | int | None) -> str:
        if value is None:
            return "–"
        if place == STAGE:
            return Stage(str(value)).word
        return self._words[place.table].written(place.table, place.column, value)


def _presence(name: str, at: str | int | None) -> str:
    """A party that is there, and at which place."""
    return "–" if at is None else f"{name} (an {at}. Stelle)"


def _amendments(session: Session, agreement_id: int) -> list[Proof]:
    """What each amendment brought that acts today, in their order; instalments follow one also before its day."""
    signed_ones = [one.id for one in agreed.amendments_of(session, agreement_id).get(agreement_id, ())]
    if not signed_ones:
        return []
    acting = [one.id for one in agreed.acting_of(session, agreement_id, date.today()).amendments]
    coming = (session.get_one(Amendment, key) for key in signed_ones if key not in acting)
    return [
        *(Proof(_amendment_words(one), {}, ALL_INSTALMENTS) for one in coming if one.changes_amount),
        *(_proof(session, session.get_one(Amendment, key)) for key in acting),
    ]


def _proof(session: Session, record: Amendment) -> Proof:
    brought: dict[Place, str | int | None] = {}
    for name in agreed.changed_fields(record.changed_fields):
        brought[Place("agreement", "", name)] = signed_state.stored(getattr(record, name))
    if record.changes_amount:
        brought[Place("agreement", "", "amount_cents")] = record.amount_cents
    rows: set[tuple[str, str]] = set(ALL_INSTALMENTS if record.changes_amount else ())
    moved = or_(Party.joins_with == record.id, Party.leaves_with == record.id)
    rows.update(("party", str(actor_id)) for actor_id in session.scalars(select(Party.actor_id).where(moved)))
    for goal in session.scalars(select(AmendmentGoal).where(AmendmentGoal.amendment_id == record.id)):
        rows.add(("goal", goal.nr))
        for name in GOAL_FIELDS:
            dropped = goal.action is GoalAction.DROP
            brought[Place("goal", goal.nr, name)] = (
                None if dropped else signed_state.stored(getattr(goal, name))
            )
    return Proof(_amendment_words(record), brought, frozenset(rows))


def _amendment_words(record: Amendment) -> str:
    day = f" vom {german(record.signed_on)}" if record.signed_on else ""
    return f"Nachtrag {record.nr}{day}"


def _correction(row: CorrectionRow) -> Proof:
    one_sided = {one.place[:2] for one in row.changes if one.place.row and None in (one.old, one.new)}
    brought = {one.place: one.new for one in row.changes}
    return Proof(_correction_words(row.day, row.reason), brought, frozenset(one_sided))


def _correction_words(day: date, reason: str) -> str:
    return f"Korrektur vom {german(day)}: {reason}"
