"""Prints an amendment: loads what belongs on paper, sets it, and keeps what goes out for signature."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreements.agreement_life import PaperKind
from app.domain.agreements.agreements import Stage
from app.domain.errors import UserError
from app.domain.file_names import dated_pdf
from app.reports.agreements.amendment import AmendmentPaper, amendment_pdf
from app.reports.agreements.text import compose
from app.services.agreements import agreements, amendment_register, amendments
from app.services.agreements.amendments import AmendmentInput
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.workflows.agreements.print_agreement import load_paper
from db.database import Database
from db.models import Agreement, Amendment


@dataclass(frozen=True, slots=True)
class AmendmentPrintout:
    """An amendment as PDF. `kept` is the paper out for signature, of which `pdf` is then the exact copy."""

    name: str  # "Nachtrag 1 zu ZV-2026-01"
    pdf: bytes
    missing: tuple[str, ...]
    draft: bool
    kept: PaperRow | None
    file_name: str


def printout(session: Session, amendment_id: int, on: date) -> AmendmentPrintout:
    """The amendment as it would be printed on a day; once a version is out for signature, that one."""
    record = session.get_one(Amendment, amendment_id)
    number = session.get_one(Agreement, record.agreement_id).number
    name = f"Nachtrag {record.nr} zu {number}"
    kept = papers.valid(session, record.agreement_id, amendment_id)
    if kept is not None:
        pdf = papers.content(session, kept.id)
        return AmendmentPrintout(name, pdf, (), draft=False, kept=kept, file_name=kept.file_name)
    paper = load_amendment(session, amendment_id, on)
    return AmendmentPrintout(
        name,
        amendment_pdf(paper),
        tuple(lacking(session, amendment_id, paper)),
        draft=paper.agreement.draft,
        kept=None,
        file_name=dated_pdf(name, on),
    )


def load_amendment(session: Session, amendment_id: int, on: date) -> AmendmentPaper:
    """Everything that belongs on the paper of an amendment."""
    record = session.get_one(Amendment, amendment_id)
    data = amendments.load(session, amendment_id)
    paper = _paper(session, record.agreement_id, record.nr, data, on, draft=record.stage is Stage.DRAFT)
    return replace(paper, changes=amendment_register.row(session, amendment_id).changes)


def lacking(session: Session, amendment_id: int, paper: AmendmentPaper) -> list[str]:
    """German phrases for what the paper still lacks: of the amendment, and of those who sign it."""
    row = amendment_register.row(session, amendment_id)
    signing = replace(paper.agreement, goals=(), contacts=(), clauses=(), instalments=())
    people = [gap for gap in compose(signing).missing if not gap.startswith("Ansprechperson")]
    return [*row.missing, *people]


def freeze(database: Database, amendment_id: int, at: datetime) -> PaperRow:
    """Print an amendment for signature and keep exactly this PDF, outside undo.

    Raises UserError while it is a draft, while something lacks, and while another version is out.
    """
    with database.read() as session:
        record = session.get_one(Amendment, amendment_id)
        agreement_id = record.agreement_id
        paper = load_amendment(session, amendment_id, at.date())
        gaps = lacking(session, amendment_id, paper)
    if paper.agreement.draft:
        raise UserError(f"{paper.name} ist noch ein Entwurf. Bitte ihn zuerst „unterschriftsreif“ setzen.")
    if gaps:
        raise UserError(f"Für die Unterschrift fehlt in {paper.name} noch: {', '.join(gaps)}.")
    pdf = amendment_pdf(paper)
    with database.write(f"{paper.name} für die Unterschrift gedruckt", undoable=False) as session:
        papers.keep(
            session,
            agreement_id,
            dated_pdf(paper.name, at),
            pdf,
            at,
            kind=PaperKind.AMENDMENT,
            amendment_id=amendment_id,
        )
        kept = papers.valid(session, agreement_id, amendment_id)
    assert kept is not None
    return kept


def _paper(
    session: Session, agreement_id: int, nr: int, data: AmendmentInput, on: date, *, draft: bool
) -> AmendmentPaper:
    agreement = session.get_one(Agreement, agreement_id)
    return AmendmentPaper(
        agreement=replace(load_paper(session, agreement_id, on), draft=draft),
        nr=nr,
        title=data.title,
        text=data.text or "",
        effective_from=data.effective_from,
        changes=tuple(amendments.changes(session, agreements.load(session, agreement_id), data)),
        signed_on=agreement.signed_on,
    )
