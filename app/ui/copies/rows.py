"""What a list of snapshots shows: day, age, contents, whether they are sound."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.copies.clock import Doubt, age_in_days
from app.domain.counting import counted, dotted
from app.domain.dates import german
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills
from db.attachments import AttachmentStore, folder_for
from db.copies.proof import Proof, Soundness, known_proof
from db.copies.snapshots import Snapshot, doubted, moment_in, snapshots
from db.encryption.unlocking import is_locked
from db.table_words import called
from db.triggers import UNLOGGED_TABLES

NAMED = (
    ("agreement", "Vereinbarung", "Vereinbarungen"),
    ("actor", "Träger", "Träger"),
    ("offer", "Angebot", "Angebote"),
    ("booking", "Buchung", "Buchungen"),
    ("budget", "Budget", "Budgets"),
    ("attachment", "Anlage", "Anlagen"),
)
"""The tables by which a state is recognised, and their words."""
SOUND = pills(
    {
        Soundness.WHOLE: (Tone.SUCCESS, "success"),
        Soundness.INCOMPLETE: (Tone.WARNING, "half-circle"),
        Soundness.CHANGED: (Tone.WARNING, "warning"),
        Soundness.FAULTY: (Tone.DANGER, "stop"),
    }
)
NOT_YET = Pill("noch nicht geprüft", Tone.NEUTRAL, "dashed-circle", len(SOUND))
LOCKED = Pill("mit Kennwort", Tone.NEUTRAL, "lock", len(SOUND))


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A snapshot and what is known of it.

    `proof` None: it has not been looked into yet, or cannot be, because nobody gave its password (`is_locked`).
    """

    snapshot: Snapshot
    proof: Proof | None
    doubt: Doubt | None
    age: str
    is_locked: bool = False

    @property
    def path(self) -> Path:
        return self.snapshot.path

    @property
    def contents(self) -> str:
        """ "40 Vereinbarungen · 31 Träger · 1.204 Buchungen" """
        rows = {} if self.proof is None else self.proof.rows
        return " · ".join(counted(rows[table], one, more) for table, one, more in NAMED if rows.get(table))

    @property
    def all_contents(self) -> str:
        """Every list with its rows, for the tip."""
        rows = {} if self.proof is None else self.proof.rows
        named = [
            (called(table), count) for table, count in rows.items() if table not in UNLOGGED_TABLES and count
        ]
        return "\n".join(f"{name}: {dotted(count)}" for name, count in sorted(named))

    @property
    def last_step(self) -> str:
        step = None if self.proof is None else self.proof.last_step
        if step is None:
            return ""
        return f"{german(step.at.date())}, {clock_time(step.at)}" + (f": {step.label}" if step.label else "")


def snapshot_rows(database: Path, now: datetime) -> list[SnapshotRow]:
    """All snapshots beside a file, the newest first. Quick: of each only the first bytes are read."""
    found = snapshots(database)
    wrong = doubted(found, now)
    one_of_each = {one.path.parent: one.path for one in found}
    there = {folder: AttachmentStore(folder_for(path)).listing() for folder, path in one_of_each.items()}

    def told(one: Snapshot) -> SnapshotRow:
        doubt = wrong.get(one.path)
        proof = known_proof(one.path, there[one.path.parent])
        return SnapshotRow(one, proof, doubt, _age(one, doubt, now), is_locked=is_locked(one.path))

    return [told(one) for one in found]


def called_by_day(database: Path, snapshot: Path) -> str:
    """What follows on "Sicherung": "vom 24.11.2026, 08:30 Uhr", or the name of a file that was called otherwise."""
    at = moment_in(database, snapshot.name)
    return f"„{snapshot.name}“" if at is None else f"vom {german(at.date())}, {clock_time(at)} Uhr"


def _age(snapshot: Snapshot, doubt: Doubt | None, now: datetime) -> str:
    if doubt is not None:
        return doubt.word
    days = age_in_days(snapshot.taken_at, now)
    return {0: "heute", 1: "gestern", None: ""}.get(days) or f"vor {days} Tagen"


def columns() -> tuple[Column[SnapshotRow], ...]:
    """Of every list of snapshots."""
    return (
        Column(
            "at",
            "Gesichert",
            lambda row: row.snapshot.taken_at,
            Kind.DATE,
            width=150,
            strong=True,
            tip=lambda row: str(row.path),
            sort=lambda row: (row.snapshot.number, row.snapshot.taken_at),
            contains="Wann die Sicherung laut Uhr entstand. Sortiert wird nach ihrer laufenden Nummer, falls die Uhr "
            "einmal falsch ging.",
        ),
        Column(
            "age",
            "Alter",
            lambda row: row.age,
            width=120,
            least=120,
            tip=_doubt,
            sort=lambda row: -row.snapshot.number,
        ),
        Column(
            "contents",
            "Darin",
            lambda row: row.contents,
            width=300,
            least=270,
            stretch=True,
            tip=_contents,
        ),
        Column("step", "Letzter Schritt", lambda row: row.last_step, width=220, hidden=True, roomy=True),
        Column("state", "Zustand", _pill, Kind.PILL, width=170, tip=_problems),
        Column("why", "Anlass", lambda row: row.snapshot.reason.word, width=150, hidden=True, roomy=True),
        Column("size", "Größe", _size, width=84, least=84, sort=lambda row: row.snapshot.size),
        Column("name", "Datei", lambda row: row.path.name, width=240, hidden=True),
    )


def _contents(row: SnapshotRow) -> str:
    step = f"Letzter Schritt: {row.last_step}" if row.last_step else ""
    return "\n".join(filter(None, (f"Anlass: {row.snapshot.reason.word}", step, row.all_contents)))


def _pill(row: SnapshotRow) -> Pill:
    if row.proof is None:
        return LOCKED if row.is_locked else NOT_YET
    return SOUND[row.proof.soundness]


def _problems(row: SnapshotRow) -> str:
    if row.proof is None:
        return "Sie wird im Hintergrund geprüft."
    return (
        "\n".join(row.proof.problems[:8])
        or "Geöffnet, geprüft und mit der Datei verglichen: Alles ist darin."
    )


def _doubt(row: SnapshotRow) -> str:
    return {
        Doubt.FUTURE: "Ihr Datum liegt nach dem heutigen: Entweder ging die Uhr damals vor, oder sie geht jetzt nach.",
        Doubt.MISDATED: "Ihr Datum passt nicht zu den Sicherungen davor und danach: Damals ging die Uhr falsch.",
        None: "",
    }[row.doubt]


def _size(row: SnapshotRow) -> str:
    return f"{row.snapshot.size / 1_000_000:.1f} MB".replace(".", ",")
