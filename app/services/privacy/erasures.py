"""Forgetting a person (Art. 17 GDPR): what goes, what stays and why, and what was forgotten before."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.privacy import people
from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Person
from app.services.privacy import findings, privacy_settings
from app.services.records import field_names, filled
from db import erasing
from db.copies.erased import KnownErasure
from db.erasing import Place
from db.models import Actor, Contact, Erasure

REASONS = (
    "Löschtag erreicht",
    "Verlangen der Person (Art. 17 DSGVO)",
    "Einwilligung widerrufen",
    "Zweck entfallen",
)
"""Proposed reasons; she may write another."""
MOST_WORDS = 4
"""Of a name; more are a sentence."""


@dataclass(frozen=True, slots=True)
class Staying:
    """Something that names the person and stays: what, of which record, why, until when."""

    title: str
    record: str
    reason: str
    end: str

    @property
    def words(self) -> str:
        what = f"{self.title} {self.record}".strip()
        return f"{what}: {self.reason}" + ("" if self.end in self.reason else f", bis {self.end}")


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """A person that was forgotten; nothing says who it was. `erased`: how many rows of what."""

    id: int
    erased_at: datetime
    reason: str
    mark: str
    erased: tuple[tuple[str, int], ...]
    kept: tuple[Staying, ...]
    copies_until: date

    @property
    def erased_words(self) -> str:
        return ", ".join(f"{count} × {title}" for title, count in self.erased) or "nichts"


@dataclass(frozen=True, slots=True)
class DueContact:
    """A contact whose day of deletion has come."""

    id: int
    name: str
    actor_id: int
    actor: str
    delete_on: date
    purpose: str | None


def rows(session: Session) -> list[ErasureRow]:
    """What was forgotten, newest first."""
    found = session.scalars(select(Erasure).order_by(Erasure.erased_at.desc(), Erasure.id.desc()))
    return [
        filled(
            ErasureRow,
            one,
            erased=tuple((title, count) for title, count in json.loads(one.erased)),
            kept=tuple(Staying(**values) for values in json.loads(one.kept)),
        )
        for one in found
    ]


def due(session: Session, on: date) -> list[DueContact]:
    """The contacts past their day, the oldest first."""
    query = (
        select(Contact, Actor.name)
        .join(Actor, Actor.id == Contact.actor_id)
        .where(Contact.delete_on <= on)
        .order_by(Contact.delete_on, Contact.id)
    )
    return [
        filled(DueContact, one, name=" ".join(filter(None, (one.first_name, one.last_name))), actor=actor)
        for one, actor in session.execute(query)
    ]


def mark_for(session: Session, on: date) -> str:
    """What stands in place of a person from now on; each person of a day has a mark of its own."""
    day = func.date(Erasure.erased_at) == on.isoformat()
    before = session.scalar(select(func.count()).where(day)) or 0
    return people.mark(on, before + 1)


def staying(person: Person, found: Iterable[Finding], mark: str = "…") -> list[Staying]:
    """What of the findings must stay, without her name."""
    kept = ((one, one.kept) for one in found if one.kept is not None)
    return list(
        dict.fromkeys(
            Staying(one.title, person.replaced(one.record, mark), why.reason, why.end) for one, why in kept
        )
    )


def copies_until(session: Session, on: date) -> date:
    """By which day the last copy that holds somebody who is erased today is gone."""
    return on + timedelta(days=privacy_settings.load(session).copy_days or 0)


def forget(
    session: Session,
    person: Person,
    chosen: Sequence[Finding],
    reason: str,
    at: datetime,
    first_without: int,
) -> ErasureRow:
    """Erase the person in the chosen rows, but for what must stay, and keep a record of it without the name.

    `first_without`: the number of the next copy, the first that will not hold her.
    """
    mark = mark_for(session, at.date())
    going = [one for one in chosen if one.kept is None]
    places = [
        Place(one.table, one.row_id, one.columns, one.whole, erasing.born(session, one.table, one.row_id))
        for one in going
    ]
    kept = [asdict(one) for one in staying(person, chosen, mark)]
    counts = Counter(one.title for one in going)
    record = Erasure(
        erased_at=at,
        reason=person.replaced(reason, mark),
        mark=mark,
        erased=json.dumps(sorted(counts.items()), ensure_ascii=False),
        kept=json.dumps(kept, ensure_ascii=False),
        places=json.dumps([asdict(place) for place in places], ensure_ascii=False),
        copies_until=copies_until(session, at.date()),
        first_without=first_without,
    )
    erasing.erase(session, person, places, mark)
    session.add(record)
    session.flush()
    return next(row for row in rows(session) if row.id == record.id)


def lacking(session: Session, known: Iterable[KnownErasure]) -> list[KnownErasure]:
    """The erasures that this file does not know of: it is an older copy that came back."""
    own = {(one.erased_at, one.mark, one.places) for one in session.scalars(select(Erasure))}
    return [one for one in known if (one.erased_at, one.mark, one.places) not in own]


def repeat(session: Session, known: KnownErasure) -> bool:
    """Erase the same person again in an older copy; False if nothing in the places says who it was.

    Only in rows that are the same as then: an id may have been given again.
    """
    places = [
        place
        for place in _places(known.places)
        if place.born == erasing.born(session, place.table, place.row_id)
    ]
    person = _person_in(session, places)
    if person is not None:
        erasing.erase(session, person, places, known.mark)
    session.add(Erasure(**{name: getattr(known, name) for name in field_names(KnownErasure)}))
    session.flush()
    return person is not None or not any(erasing.values_at(session, place) for place in places)


def erase_again(session: Session, then: Session, taken: Mapping[tuple[str, int], int]) -> int:
    """Erase once more who comes back with single rows of an older copy; how many people.

    `then`: the copy; `taken`: the rows by what they were there, with the id they have now.
    """
    people_found = 0
    for one in session.scalars(select(Erasure)).all():
        places = [
            replace(place, row_id=taken[place.table, place.row_id], born=0)
            for place in _places(one.places)
            if (place.table, place.row_id) in taken
            and place.born == erasing.born(then, place.table, place.row_id)
        ]
        if (person := _person_in(session, places)) is not None:
            erasing.erase(session, person, places, one.mark)
            people_found += 1
    return people_found


def _places(text: str) -> list[Place]:
    return [Place(**{**values, "columns": tuple(values["columns"])}) for values in json.loads(text)]


def _person_in(session: Session, places: Sequence[Place]) -> Person | None:
    """Who stands in these rows: as the contact says it, else as a column does that is a name and nothing else."""
    for place in sorted(places, key=lambda one: not one.whole):
        values = erasing.values_at(session, place) or {}
        if place.whole and values:
            return findings.person_of(session, place.row_id)
        for name in erasing.names_of(place):
            words = (values.get(name) or "").split()
            if 1 < len(words) <= MOST_WORDS:
                return Person(words[-1], " ".join(words[:-1]))
    return None
