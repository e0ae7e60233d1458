"""What became of the rows of a damaged file, and the report of it in plain German."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.domain.counting import counted, dotted
from app.domain.dates import german
from db.table_words import called

NAMED = 40
"""Rows of one table that are named one by one; of more the number is told."""
LOG = frozenset({"command", "change"})
"""Tables whose rows a person knows as the history."""
_NO_RECORDS = LOG | {"file_state", "checksum"}


@dataclass(slots=True)
class TableRescued:
    """What became of the rows of one table.

    `saved`: all in the new file, among them those from the log (`from_log`) and from a snapshot (`from_snapshot`), each
    proved by its checksum, and those of which nobody knows whether they changed since (`as_of_snapshot`).
    `doubtful`: saved, but perhaps not as they were; `lost`: known to have been there, not to be had. Both by name.
    `is_cut_off`: there were more, and nobody knows how many.
    """

    table: str
    saved: int = 0
    from_log: int = 0
    from_snapshot: int = 0
    as_of_snapshot: int = 0
    doubtful: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    is_cut_off: bool = False

    @property
    def sentence(self) -> str:
        """ "Buchungen: 120 gerettet, davon 3 aus dem Verlauf, 2 verloren"."""
        parts = [f"{dotted(self.saved)} gerettet"]
        if self.from_log:
            parts.append(f"davon {dotted(self.from_log)} aus dem Verlauf")
        if self.from_snapshot:
            parts.append(f"davon {dotted(self.from_snapshot)} unverändert aus einer Sicherung")
        if self.as_of_snapshot:
            as_then = f"davon {dotted(self.as_of_snapshot)} wie in der letzten Sicherung"
            parts.append(f"{as_then} (ob danach geändert, ist nicht bekannt)")
        if self.doubtful:
            parts.append(f"{dotted(len(self.doubtful))} bitte prüfen")
        if self.lost:
            parts.append(f"{dotted(len(self.lost))} verloren")
        if self.is_cut_off:
            parts.append("ob mehr fehlt, ist nicht bekannt")
        return f"{called(self.table)}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Rescued:
    """A new file at `target` with what was saved of `source`; `repaired`: references that led nowhere."""

    source: Path
    target: Path
    at: datetime
    tables: tuple[TableRescued, ...]
    repaired: tuple[str, ...]

    @property
    def records(self) -> list[TableRescued]:
        """The tables with something in them that is no history."""
        return [
            one
            for one in self.tables
            if one.table not in _NO_RECORDS and (one.saved or one.lost or one.is_cut_off)
        ]

    @property
    def saved(self) -> int:
        return sum(one.saved for one in self.records)

    @property
    def lost(self) -> int:
        return sum(len(one.lost) for one in self.records)

    @property
    def doubtful(self) -> int:
        return sum(len(one.doubtful) for one in self.records)

    @property
    def is_whole(self) -> bool:
        """Everything is there, as it was."""
        return not (self.lost or self.doubtful or self.repaired or self._is_cut_off)

    @property
    def headline(self) -> str:
        """One sentence: how much was saved, how much is lost."""
        saved = counted(self.saved, "Eintrag gerettet", "Einträge gerettet")
        if self.is_whole:
            return f"{saved}, nichts verloren."
        lost = counted(self.lost, "Eintrag ist verloren", "Einträge sind verloren") if self.lost else ""
        earlier = sum(one.as_of_snapshot for one in self.records)
        as_of = f"{dotted(earlier)} davon haben den Stand der letzten Sicherung" if earlier else ""
        unsure = f"{dotted(self.doubtful)} bitte prüfen" if self.doubtful else ""
        cut = "Ob mehr fehlt, ist nicht überall bekannt" if self._is_cut_off else ""
        return f"{'. '.join(part for part in (saved, as_of, lost, unsure, cut) if part)}."

    @property
    def _is_cut_off(self) -> bool:
        return any(one.is_cut_off for one in self.records)

    @property
    def report(self) -> str:
        """All of it, to be read and kept."""
        lines = [
            f"Gerettet am {german(self.at.date())}, {self.at:%H:%M} Uhr",
            f"aus: {self.source}",
            f"in: {self.target}",
            "",
            self.headline,
        ]
        lines += _listed("Verloren", {one.table: one.lost for one in self.records})
        lines += _listed(
            "Bitte prüfen, ob sie noch stimmen", {one.table: one.doubtful for one in self.records}
        )
        if self.repaired:
            lines += ["", "Verweise, die ins Leere führten", *(f"- {one}" for one in self.repaired)]
        lines += ["", *_NEXT, "", "Im Einzelnen", *(one.sentence for one in self.records), *self._history()]
        return "\n".join(lines) + "\n"

    @property
    def nameless_report(self) -> str:
        """To lie beside an encrypted file, where strangers can read it: rows by their numbers alone."""
        return re.sub(r" \(„.*“\)", "", self.report)

    def _history(self) -> list[str]:
        log = [one for one in self.tables if one.table in LOG]
        if not any(one.saved for one in log if one.table == "change"):
            return ["Verlauf: nicht zu retten"]
        missing = sum(len(one.lost) for one in log)
        short = any(one.is_cut_off for one in log)
        gone = (
            f", {dotted(missing)} Einträge fehlen" if missing else ", er ist unvollständig" if short else ""
        )
        return [f"Verlauf: gerettet{gone}. Rückgängig beginnt in der neuen Datei von vorn."]


def _listed(heading: str, rows: dict[str, list[str]]) -> list[str]:
    lines = []
    for table, named in rows.items():
        lines += [f"- {called(table)}, {one}" for one in named[:NAMED]]
        if len(named) > NAMED:
            lines.append(f"- {called(table)}: {dotted(len(named) - NAMED)} weitere")
    return ["", heading, *lines] if lines else []


_NEXT = (
    "Was jetzt zu tun ist",
    "- Die gerettete Datei öffnen und durchsehen, was oben genannt ist.",
    "- Die beschädigte Datei nicht löschen, bis alles nachgetragen ist; an ihr wurde nichts geändert.",
    "- Ist mehr verloren als seit der letzten Sicherung eingetragen wurde, lieber diese wiederherstellen.",
)
