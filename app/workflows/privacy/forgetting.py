"""Forgets a person: in the records and between them in the file, and again where an older copy comes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.errors import OutputError, StoreError, UserError
from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Person
from app.services.privacy import erasures
from app.services.privacy.erasures import ErasureRow
from db.connection import make_engine
from db.copies import taking_over
from db.copies.erased import KnownErasure, erasures_in
from db.copies.snapshots import next_number, snapshots
from db.copies.taking_over import Plan
from db.database import Database

LABEL = "Person gelöscht (Art. 17 DSGVO)"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done. `left_over`: a sentence on what is still in the file, empty if nothing is."""

    record: ErasureRow
    left_over: str

    @property
    def sentence(self) -> str:
        until = f"in alten Sicherungen noch bis {german(self.record.copies_until)}"
        return " ".join(filter(None, (f"Gelöscht: {self.record.erased_words}; {until}.", self.left_over)))


def forget(
    database: Database, person: Person, chosen: Sequence[Finding], reason: str, at: datetime
) -> Forgotten:
    """Erase the person in the chosen rows for good: outside undo, and the file is written anew afterwards."""
    with database.write(LABEL, undoable=False) as session:
        record = erasures.forget(session, person, chosen, reason, at, next_number(database.path))
    return Forgotten(record, wiped(database))


def wiped(database: Database) -> str:
    """Write the file anew; a sentence if that could not be done to its end."""
    try:
        done = database.wipe()
    except (OutputError, StoreError) as error:
        return f"Die Datei konnte danach nicht bereinigt werden: {error.sentence}"
    if done:
        return ""
    return (
        "Ein anderes Programm liest die Datei gerade; erst wenn es beendet ist, verschwindet auch der letzte Rest. "
        "Dann bitte das Programm einmal neu starten."
    )


def known_erasures(paths: Iterable[Path]) -> list[KnownErasure]:
    """All erasures that files tell of, each once; a file that cannot be read is left out."""
    found: dict[tuple[datetime, str, str], KnownErasure] = {}
    for path in paths:
        try:
            told = erasures_in(path)
        except (UserError, OSError):
            continue
        found |= {(one.erased_at, one.mark, one.places): one for one in told}
    return sorted(found.values(), key=lambda one: one.erased_at)


def known_around(database: Path) -> list[KnownErasure]:
    """The erasures that a file and its newest snapshot tell of, before an older one takes its place."""
    newest = (snapshot.path for snapshot in snapshots(database)[:1])
    return known_erasures(path for path in (database, *newest) if path.is_file())


def take_over(session: Session, database: Path, snapshot: Path, then: Path, found: Plan) -> int:
    """Take single records out of an older copy, as `taking_over` does; who was erased since stays erased.

    `then`: the copy as it can be read today. Returns how many people were erased again.
    """
    taking_over.take_over(session, database, snapshot, found)
    engine = make_engine(then, writes=False)
    try:
        with Session(engine) as old:
            taken = {key: found.new_ids.get(key, key[1]) for key in found.rows}
            return erasures.erase_again(session, old, taken)
    finally:
        engine.dispose()


def repeat_erasures(database: Database, known: Iterable[KnownErasure]) -> str:
    """Erase in a restored older copy whom newer files tell of; a sentence on it, empty if there was nothing to do."""
    with database.read() as session:
        lacking = erasures.lacking(session, known)
    if not lacking:
        return ""
    with database.write(f"{LABEL}, nach Wiederherstellung", undoable=False) as session:
        unknown = [one for one in lacking if not erasures.repeat(session, one)]
    people = counted(len(lacking), "Person", "Personen")
    said = f"Nach dieser Sicherung wurden {people} gelöscht; das wurde hier wiederholt."
    if unknown:
        days = ", ".join(dict.fromkeys(german(one.erased_at.date()) for one in unknown))
        said += (
            f" Zu {counted(len(unknown), 'Löschung', 'Löschungen')} vom {days} ließ sich nicht mehr feststellen, wer "
            "gemeint war: bitte unter Einstellungen – Datenschutz suchen und noch einmal löschen."
        )
    return " ".join(filter(None, (said, wiped(database))))
