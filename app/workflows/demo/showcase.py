"""Runs the main job on the demo, from finance's list to workbook and paper: what `make demo` shows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.file_names import dated_pdf
from app.domain.money import euro
from app.services.agreements import agreement_register
from app.services.budgets import budgets
from app.services.deadlines import deadlines
from app.workflows import demo
from app.workflows.agreements import drafts, print_agreement
from app.workflows.agreements.drafts import DraftFormat
from app.workflows.bookings import import_bookings
from app.workflows.finance import export_finance
from db.copies import taking
from db.database import Database, open_database

SHOWN_STAGES = (Stage.READY_TO_SIGN, Stage.SIGNED, Stage.IN_FORCE)
"""An agreement on paper is best shown without the mark of a draft."""


@dataclass(frozen=True, slots=True)
class Showcase:
    """What was made: the database, the files, and a few lines that say it."""

    database: Path
    files: tuple[Path, ...]
    lines: tuple[str, ...]


def make_showcase(work: Path, out: Path, day: date) -> Showcase:
    """Make the demo database in the empty folder `work`, import finance's list, write workbook and PDF to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    path = demo.build(work / "demo.db", day)
    finance_list = demo.write_finance_file(work, day)
    database = open_database(path, writer=True)
    try:
        prepared = import_bookings.prepare(database, finance_list)
        imported = import_bookings.apply(database, prepared)
        year = (day - timedelta(days=1)).year
        name = export_finance.proposed_name(year, datetime.combine(day, datetime.min.time()))
        exported = export_finance.export_finance(database, out / name, year)
        number = _number_to_print(database, day)
        paper = out / dated_pdf(number, datetime.combine(day, datetime.min.time()))
        gaps = print_agreement.print_agreement(database, number, paper, day)
        draft = _give_out_draft(database, out, day)
        lines = (
            f"Finanzliste „{finance_list.name}“: {import_bookings.summary(imported)}",
            *_figures(database, year, day),
            f"Arbeitsmappe für die Finanzabteilung: {exported.file}, {exported.bookings} Buchungen, "
            f"{euro(exported.total_cents)}",
            f"Vereinbarung {number}: {paper}"
            + (f", es fehlt noch: {', '.join(gaps)}" if gaps else ", vollständig"),
            f"Entwurf für den Partner als Word-Datei: {draft}",
        )
        taking.daily_snapshot(path, datetime.now())
    finally:
        database.close()
    return Showcase(path, (exported.file, paper, draft), lines)


def _give_out_draft(database: Database, out: Path, day: date) -> Path:
    """A draft of an agreement that is talked about, with what is said to it."""
    at = datetime.combine(day, time(9))
    with database.read() as session:
        rows = agreement_register.rows(session, day)
        chosen = next((row.id for row in reversed(rows) if row.stage is Stage.NEGOTIATION), rows[0].id)
        name = drafts.draft_file_name(session, chosen, DraftFormat.WORD, day)
    return drafts.give_out(database, chosen, out / name, DraftFormat.WORD, at).file


def _number_to_print(database: Database, day: date) -> str:
    """A target agreement from as far along the way as there is."""
    with database.read() as session:
        rows = agreement_register.rows(session, day)
    targets = [row for row in rows if row.kind is AgreementKind.TARGET]
    ready = [row for stage in SHOWN_STAGES for row in targets if row.stage is stage]
    return (ready or targets or rows)[0].number


def _figures(database: Database, year: int, day: date) -> tuple[str, ...]:
    with database.read() as session:
        total = budgets.figures(session, budgets.BudgetSelection(year=year))
        unassigned = budgets.unassigned(session, year)
        due = deadlines.deadlines(session, day, 30)
    overdue = sum(deadline.day < day for deadline in due)
    return (
        f"Budgets {year}: {euro(total.disposable_cents)} zu verplanen, {euro(total.actual_cents)} ausgegeben, "
        f"{euro(total.committed_cents)} gebunden, {euro(total.available_cents)} verfügbar",
        f"Nicht zugeordnet: {unassigned.count} Buchungen, {euro(unassigned.sum_cents)}",
        f"Fristen: {overdue} überfällig, {len(due) - overdue} in den nächsten 30 Tagen",
    )
