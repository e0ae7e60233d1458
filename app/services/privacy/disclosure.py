"""All that is stored about a person (Art. 15 GDPR): what stands where, what stood there, and what it is for."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dates import german
from app.domain.privacy.findings import TITLES, Finding
from app.domain.privacy.people import Person
from app.domain.privacy.personal_data import BY_NAME, Activity
from app.domain.privacy.stored_words import leaves
from app.services import office
from app.services.office import OfficeInput
from app.services.privacy import privacy_settings
from app.services.privacy.erasures import Staying, staying
from app.services.privacy.privacy_settings import PrivacyInput
from db.erasing import born
from db.models import Change, Command, Contact

LONGEST = 600
"""Letters of a text that are told in full; of a longer one the part around the name is."""
AROUND = 120
OTHER = "(andere Angabe)"


@dataclass(frozen=True, slots=True)
class StoredText:
    """A value about the person. `place`: "Partner der Vereinbarung ZV-2026-01"."""

    activity: Activity
    place: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """What the log still knows of a value about the person."""

    at: datetime
    label: str
    place: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is told to a person. `contacts`: purpose, legal basis, source and end as stored with her own record."""

    office: OfficeInput
    settings: PrivacyInput
    name: str
    day: date
    stored: tuple[StoredText, ...]
    log: tuple[LoggedChange, ...]
    kept: tuple[Staying, ...]
    contacts: tuple[tuple[str, str], ...]

    @property
    def activities(self) -> list[Activity]:
        """Those in which she stands, in their order."""
        return [one for one in Activity if any(text.activity is one for text in self.stored)]


def disclosure(session: Session, person: Person, chosen: Sequence[Finding], on: date) -> Disclosure:
    """What is stored about the person in the chosen rows."""
    return Disclosure(
        office.load(session),
        privacy_settings.load(session),
        person.name,
        on,
        tuple(text for one in chosen if not one.only_log for text in _stored(session, person, one)),
        tuple(sorted(_logged(session, person, chosen), key=lambda change: change.at)),
        tuple(staying(person, chosen, person.name)),
        tuple(fact for one in chosen if one.whole for fact in _own_facts(session, one)),
    )


def _place(found: Finding) -> str:
    return f"{found.title} {found.record}".strip()


def _stored(session: Session, person: Person, found: Finding) -> Iterator[StoredText]:
    activity = BY_NAME[found.table].activity
    for title, text in found.texts:
        yield StoredText(activity, _place(found), title, told(person, text))
    if found.whole and (contact := session.get(Contact, found.row_id)) and contact.delete_on:
        yield StoredText(activity, _place(found), "Löschen am", german(contact.delete_on))


def _own_facts(session: Session, found: Finding) -> Iterator[tuple[str, str]]:
    contact = session.get(Contact, found.row_id)
    if contact is None:
        return
    yield "Zweck", contact.purpose or "nicht eingetragen"
    yield "Rechtsgrundlage", contact.legal_basis or "nicht eingetragen"
    yield "Herkunft", contact.source or "nicht eingetragen"
    yield "Gespeichert bis", german(contact.delete_on) if contact.delete_on else "kein Tag eingetragen"


def _of_her(found: Finding, person: Person, text: str) -> str:
    """What was there before or came afterwards may be about somebody else, who is not to be told of."""
    if not text or found.whole or person.found_in(text):
        return told(person, text) if text else ""
    return OTHER


def told(person: Person, text: str) -> str:
    """A text in full, or of a long one what stands around the name: the rest is not about her."""
    of_her = [words for words in leaves(text) if person.found_in(words)]
    if of_her and of_her != [text]:
        return "\n".join(told(person, words) for words in dict.fromkeys(of_her))
    if len(text) <= LONGEST:
        return text
    parts = []
    for at in (person.exact if person.exact.search(text) else person.similar).finditer(text):
        start, end = max(0, at.start() - AROUND), min(len(text), at.end() + AROUND)
        parts.append(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")
    return "\n".join(parts[:5]) or f"{text[:LONGEST]}…"


def _logged(session: Session, person: Person, chosen: Sequence[Finding]) -> Iterator[LoggedChange]:
    """Her columns in the log of the chosen rows, where a change wrote, changed or took them."""
    for found in chosen:
        entries = (
            select(Command.at, Command.label, Change.before, Change.after)
            .join(Change, Change.command_id == Command.id)
            .where(Change.table_name == found.table, Change.row_id == found.row_id)
            .where(Change.id >= born(session, found.table, found.row_id))
            .order_by(Change.id)
        )
        for at, label, *states in session.execute(entries):
            before, after = (json.loads(state) if state else {} for state in states)
            for name in found.columns:
                old, new = str(before.get(name) or ""), str(after.get(name) or "")
                about_her = found.whole or any(map(person.found_in, (old, new)))
                if old != new and about_her:
                    yield LoggedChange(
                        at=at, label=label, place=_place(found), field=TITLES[name],
                        before=_of_her(found, person, old), after=_of_her(found, person, new),
                    )  # fmt: skip
