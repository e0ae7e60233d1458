"""Bookings from finance, for window and command line alike: read - plan - apply - undo (exchange.md, 2 and 4)."""

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.domain import money
from app.domain.bookings.booking_plan import BookingPlan, Decide, MatchingFacts, decided
from app.domain.bookings.bookings import Rejected, RowState, Shape
from app.domain.bookings.cumulative_matching import match_cumulative
from app.domain.bookings.import_counts import ImportCounts, import_counts
from app.domain.bookings.import_report import FileFacts, ImportOutcome
from app.domain.bookings.import_total import TAKEN
from app.domain.bookings.posting_matching import match_postings
from app.domain.errors import UserError
from app.services.bookings import booking_import, column_profiles, import_reports
from app.services.bookings.column_profiles import Profile
from app.sheets.bookings import datev
from app.sheets.bookings.columns import fingerprints
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import candidates, read_bookings
from app.sheets.reading.cells import Workbook
from app.sheets.reading.read import read_workbook
from app.workflows.bookings import import_report
from app.workflows.bookings.import_report import Examined
from db.database import Database
from db.history import last_change_id

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did or would do; `rejected` has each bad cell; sums in cents."""

    shape: Shape
    sheet: str
    counts: ImportCounts
    rejected: tuple[Rejected, ...]
    sum_cents: int
    control_total_cents: int | None
    batch: int | None

    def as_json(self) -> dict[str, Any]:
        """The JSON object that `import-bookings` prints (exchange.md, 4)."""
        counts, total = self.counts, self.control_total_cents
        states = ("rows", "new", "changed", "known", "uncertain", "missing", "skipped")
        cells = ("row", "column", "value", "reason")
        return {
            "shape": self.shape,
            "sheet": self.sheet,
            **{name: getattr(counts, name) for name in states},
            "rejected": [{name: getattr(one, name) for name in cells} for one in self.rejected],
            "sum": money.plain(self.sum_cents),
            "control_total": None if total is None else money.plain(total),
            "unassigned": counts.unassigned,
            "batch": self.batch,
        }


@dataclass(slots=True)
class OpenedFile:
    """A file that was read; its columns are not chosen yet."""

    path: Path
    sha256: str
    workbook: Workbook


@dataclass(slots=True)
class BookingImport:
    """A file that was read and held against the database; nothing is written yet.

    `facts_as_of`: the newest entry of the change log when the plan was made.
    """

    opened: OpenedFile
    file: BookingFile
    profile: str | None
    plan: BookingPlan
    facts: MatchingFacts
    facts_as_of: int
    by_hand: Profile | None = None  # what she chose for this file; without a name unless it is kept so
    decide: Decide = field(default=lambda row: None)

    @property
    def brings_something(self) -> bool:
        """Whether there is anything to write with her decisions so far (removing missing ones apart)."""
        return booking_import.brings_something(self.decided_plan)

    @property
    def decided_plan(self) -> BookingPlan:
        return decided(self.plan, self.decide)

    def examined(self, removed: Collection[int] = ()) -> Examined:
        """What control and report are made from, with her decisions so far; `removed`: ids of missing bookings."""
        facts = FileFacts(
            self.opened.path.name, self.opened.sha256, self.file.sheet, self.file.shape, self.profile
        )
        return Examined(facts, self.file, self.decided_plan, self.facts, frozenset(removed))

    def result(self, batch: int | None = None) -> ImportResult:
        """The counts of the plan with her decisions so far."""
        plan = self.decided_plan
        return ImportResult(
            shape=plan.shape,
            sheet=self.file.sheet,
            counts=import_counts(plan, len(self.file.skipped)),
            rejected=tuple(plan.rejected),
            sum_cents=sum(row.posting.amount_cents for row in plan.rows if row.state in TAKEN),
            control_total_cents=self.file.control_total_cents,
            batch=batch,
        )


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Python's search for cycles paused: rows have none, and looking through 50.000 costs a fifth of the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@_without_sweeping()
def open_file(path: Path, progress: Progress | None = None) -> OpenedFile:
    """Read a file; raises UserError with a sentence if it is no readable table."""
    workbook = datev.understood(path, read_workbook(path, progress) if progress else read_workbook(path))
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return OpenedFile(path, digest.hexdigest(), workbook)


def prepare(
    database: Database, path: Path, profile: str | None = None, progress: Progress | None = None
) -> BookingImport:
    """Read a file and plan its import with a named profile, or the one kept for these headers, or by the names seen.

    Raises UserError: unreadable file, unknown profile, needed column missing, no booking in it.
    """
    return plan_import(database, open_file(path, progress), profile)


@_without_sweeping()
def plan_import(
    database: Database, opened: OpenedFile, profile: str | None = None, by_hand: Profile | None = None
) -> BookingImport:
    """Plan the import of a file that was read; `by_hand` is what she has just chosen for it."""
    chosen = by_hand
    if chosen is None and profile is not None:
        with database.read() as session:
            chosen = column_profiles.load(session, profile)
    chosen = chosen or kept_profile(database, opened) or Profile("", {})
    file = read_bookings(opened.workbook, opened.path.name, chosen.columns, chosen.settings)
    with database.read() as session:
        as_of = last_change_id(session)
        facts = _facts(session, file)
    return BookingImport(
        opened=opened,
        file=file,
        profile=chosen.name or None,
        plan=_match(file, facts),
        facts=facts,
        facts_as_of=as_of,
        by_hand=by_hand,
    )


def kept_profile(database: Database, opened: OpenedFile) -> Profile | None:
    """The profile that was kept for files with these headers."""
    with database.read() as session:
        if not column_profiles.names(session):
            return None
    headers = {one.columns.fingerprint for one in candidates(opened.workbook)}
    headers.update(*(fingerprints(sheet) for sheet in opened.workbook.sheets))
    with database.read() as session:
        return column_profiles.for_headers(session, headers)


def _facts(session: Session, file: BookingFile) -> MatchingFacts:
    days = [posting.day for posting in file.postings]
    days += [rejected.day for rejected in file.rejected if rejected.day is not None]
    return booking_import.facts(session, file.postings, days)


def _match(file: BookingFile, facts: MatchingFacts) -> BookingPlan:
    if file.shape is Shape.CUMULATIVE:
        return match_cumulative(file.postings, file.rejected, facts)
    return match_postings(file.postings, file.rejected, file.given, facts)


@_without_sweeping()
def apply(
    database: Database,
    prepared: BookingImport,
    *,
    skip_rejected: bool = False,
    remove_missing: Collection[int] = (),
    progress: Progress | None = None,
) -> ImportResult:
    """Write a plan in one transaction, one step of undo, with her decisions so far.

    With rejected rows nothing is written unless `skip_rejected`; a file that brings nothing new leaves no batch.
    Raises UserError if the bookings have become others since the plan was made, and what `progress` raises up to the
    end of the transaction; nothing is written then.
    """
    result = prepared.result()
    if result.rejected and not skip_rejected:
        return result
    examined = prepared.examined(remove_missing)
    plan = examined.plan
    now = datetime.now().replace(microsecond=0)
    with database.write(f"Buchungen aus „{examined.about.name}“ übernommen") as session:
        if _changed_since(session, prepared):
            raise UserError(
                "Die Daten haben sich seit der Prüfung geändert; es wurde nichts übernommen. Bitte die Datei noch "
                "einmal prüfen lassen."
            )
        batch = booking_import.apply_plan(
            session,
            plan,
            examined.about,
            examined.total(),
            result.counts,
            prepared.file.given,
            remove_missing=remove_missing,
            classes=prepared.facts.income_classes,
            now=now,
        )
        if batch is not None:
            control = examined.after_writing(session)
            report = import_report.describe(
                session, examined, control, ImportOutcome.IMPORTED, now=now, with_new=False
            )
            new_rows = [row.posting.row for row in examined.plan.rows if row.state is RowState.NEW]
            import_reports.keep(session, batch, report, new_rows)
        if progress is not None:
            progress(len(plan.rows), len(plan.rows))
    return replace(result, batch=batch)


def _changed_since(session: Session, prepared: BookingImport) -> bool:
    """Whether the plan would be another one now."""
    if last_change_id(session) == prepared.facts_as_of:
        return False
    return _match(prepared.file, _facts(session, prepared.file)) != prepared.plan


def undo(database: Database, batch_id: int, progress: Progress | None = None) -> booking_import.Undone:
    """Undo a whole batch in one transaction.

    Raises UserError naming a later batch that touched the same bookings, and what `progress` raises up to the end of
    the transaction; nothing is taken back then.
    """
    with database.write(f"Lieferung {batch_id} zurückgenommen") as session:
        undone = booking_import.undo_batch(session, batch_id, now=datetime.now().replace(microsecond=0))
        if progress is not None:
            progress(undone.removed + undone.restored, undone.removed + undone.restored)
    return undone


def summary(result: ImportResult) -> str:
    """One German sentence on a result, for status bar and terminal."""
    counts = result.counts
    said = f"{counts.new} neu, {counts.changed} geändert, {counts.known} vorhanden"
    for number, word in (
        (counts.uncertain, "unsicher"),
        (counts.rejected, "abgelehnt"),
        (counts.missing, "entfallen"),
    ):
        if number:
            said += f", {number} {word}"
    if result.batch is not None:
        return f"Buchungen übernommen: {said}."
    if counts.rejected:
        return f"Nichts übernommen: {said}."
    if counts.new or counts.changed:
        return f"Geprüft, nichts geschrieben: {said}."
    return f"Nichts Neues: {said}."
