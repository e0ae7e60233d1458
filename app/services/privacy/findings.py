"""Looks for a person in everything that is stored: all declared texts, and the log of how they were before."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.privacy.findings import TITLES, Finding
from app.domain.privacy.people import Match, Person
from app.domain.privacy.personal_data import BY_NAME, TABLES, PersonalTable
from app.domain.privacy.stored_words import leaves
from app.services.privacy.belonging import Owners
from app.services.privacy.keeping import Keeping
from db.erasing import log_of, states
from db.models import Actor, Contact, DeadlineMark, Model

AROUND = 60
"""Letters of a long text beside the name that are shown."""
LONGEST = 200

Row = tuple[str, int]


def person_of(session: Session, contact_id: int) -> Person:
    """Who a contact is; an address that others have, too, such as the telephone of the house, does not name her."""
    contact = session.get_one(Contact, contact_id)
    addresses = tuple(
        address
        for address in (contact.email, contact.phone)
        if address and not _is_shared(session, contact_id, address)
    )
    before = {
        str(values.get("last_name") or "") for values in states(session, Contact.__tablename__, contact_id)
    }
    return Person(
        contact.last_name, contact.first_name, addresses, tuple(sorted(before - {"", contact.last_name}))
    )


def find(session: Session, person: Person, on: date, contact_id: int | None = None) -> list[Finding]:
    """Every row that may mean the person, what is hers for sure first; `contact_id`: the contact that she is."""
    search = _Search(session, person, on, contact_id)
    return sorted(search.findings(), key=_order)


def _order(found: Finding) -> tuple[bool, bool, bool, int, str, int]:
    place = [entry.table for entry in TABLES].index(found.table)
    return (
        found.match is not Match.EXACT,
        not found.whole,
        found.only_log,
        place,
        found.record,
        found.row_id,
    )


def _is_shared(session: Session, contact_id: int, address: str) -> bool:
    others = select(Contact.id).where(
        Contact.id != contact_id, or_(Contact.email == address, Contact.phone == address)
    )
    house = select(Actor.id).where(or_(Actor.email == address, Actor.phone == address))
    return any(session.scalar(query.limit(1)) is not None for query in (others, house))


class _Search:
    """One search."""

    def __init__(self, session: Session, person: Person, on: date, contact_id: int | None) -> None:
        self._session, self._person = session, person
        self._hers = None if contact_id is None else (Contact.__tablename__, contact_id)
        self._owners = Owners(session)
        self._keeping = Keeping(session, on, self._owners)
        self._live: dict[Row, dict[str, Any]] = {}
        self._matches: dict[Row, dict[str, Match]] = defaultdict(dict)
        self._logged: dict[Row, dict[str, tuple[Match, str]]] = defaultdict(dict)

    def findings(self) -> Iterator[Finding]:
        for entry in TABLES:
            self._look_into(entry)
        self._look_into_log()
        if self._hers is not None:
            self._matches.setdefault(self._hers, {})
            self._add_marks(self._hers[1])
        for key in {**self._matches, **self._logged}:
            yield from self._of_row(key)

    def _look_into(self, entry: PersonalTable) -> None:
        table = Model.metadata.tables[entry.table]
        texts = [table.c[name] for name in entry.columns]
        hints = self._person.hints or ("",)
        named = or_(*(text.icontains(hint, autoescape=True) for text in texts for hint in hints))
        for row in self._session.execute(select(table.c.id, *texts).where(named)):
            key, values = (entry.table, row.id), dict(row._mapping)
            for name, match in self._named(entry, values):
                self._matches[key][name] = match
                self._live[key] = values

    def _named(self, entry: PersonalTable, values: dict[str, Any]) -> Iterator[tuple[str, Match]]:
        """The columns that name the person; the names of a row that is a person are read as one."""
        together = " ".join(str(values.get(name) or "") for name in reversed(entry.names))
        for name in entry.columns:
            text = values.get(name)
            if isinstance(text, str) and self._person.found_in(text):
                is_name = entry.whole and name in entry.names
                if match := self._person.found_in(together if is_name else text):
                    yield name, match

    def _look_into_log(self) -> None:
        for table, row_id, values in log_of(self._session, self._person):
            known = self._logged[table, row_id]
            for name, match in self._named(BY_NAME[table], values):
                known.setdefault(name, (match, values[name]))
        for key in [key for key, found in self._logged.items() if not found]:
            del self._logged[key]

    def _add_marks(self, contact_id: int) -> None:
        """What was noted on the deadline to delete her."""
        noted = select(DeadlineMark.id).where(
            DeadlineMark.table == Contact.__tablename__, DeadlineMark.record_id == contact_id
        )
        for mark_id in self._session.scalars(noted.where(DeadlineMark.reason.is_not(None))):
            self._matches[DeadlineMark.__tablename__, mark_id]["reason"] = Match.EXACT

    def _of_row(self, key: Row) -> Iterator[Finding]:
        """What may go and what must stay of a row are findings of their own."""
        entry = BY_NAME[key[0]]
        now, before = self._matches.get(key, {}), self._logged.get(key, {})
        if entry.whole and (key == self._hers or set(entry.names) & ({**now, **before}).keys()):
            yield self._finding(entry, key, entry.columns, whole=True)
            return
        kept = [name for name in entry.kept if name in now]
        why = self._keeping.of(entry, key[1]) if kept else None
        if why is not None:
            about = [name for name in entry.about_them if name in entry.kept and set(kept) & set(entry.names)]
            yield self._finding(entry, key, (*kept, *about), kept=why)
        going = [name for name in entry.columns if name in {**now, **before}]
        if why is not None:
            going = [name for name in going if name not in kept]
        if set(going) & set(entry.names):
            going += [name for name in entry.about_them if name not in going]
        if going:
            yield self._finding(entry, key, tuple(going))

    def _finding(self, entry: PersonalTable, key: Row, columns: tuple[str, ...], **more: Any) -> Finding:
        now, before = self._matches.get(key, {}), self._logged.get(key, {})
        values = self._live.get(key) or self._values(key)
        only_log = not any(name in now for name in columns) and key != self._hers
        if not values or only_log:
            values = {name: text for name, (_, text) in before.items()}
        matches = [now[name] for name in columns if name in now]
        matches += [before[name][0] for name in columns if name in before]
        exact = key == self._hers or Match.EXACT in matches
        texts = tuple((TITLES[name], str(values[name])) for name in columns if values.get(name))
        return Finding(
            key[0],
            key[1],
            columns,
            Match.EXACT if exact else Match.SIMILAR,
            entry.title,
            self._owners.words(*key),
            texts,
            "; ".join(f"{title}: {self._excerpt(text)}" for title, text in texts)[:LONGEST],
            only_log=only_log,
            **more,
        )

    def _values(self, key: Row) -> dict[str, Any]:
        table = Model.metadata.tables[key[0]]
        columns = [table.c[name] for name in BY_NAME[key[0]].columns]
        row = self._session.execute(select(*columns).where(table.c.id == key[1])).one_or_none()
        return {} if row is None else dict(row._mapping)

    def _excerpt(self, text: str) -> str:
        """The words around the name."""
        text = next((words for words in leaves(text) if self._person.found_in(words)), text)
        if len(text) <= 2 * AROUND:
            return " ".join(text.split())
        at = self._person.exact.search(text) or self._person.similar.search(text)
        start = max(0, at.start() - AROUND) if at else 0
        shown = " ".join(text[start : start + 2 * AROUND].split())
        return f"{'…' if start else ''}{shown}…"
