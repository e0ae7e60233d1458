"""Prints an amendment: loads what belongs on paper, sets it, and keeps what goes out for signature."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.domain.errors import UserError
from app.domain.file_names import dated_pdf
from app.reports.agreements.amendment import AmendmentPaper, amendment_pdf, unprintable_signs
from app.reports.agreements.text import compose
from app.services.agreements import agreement_register, amendment_register, signatories
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.workflows.agreements.print_agreement import Printout, keep_for_signature, load_paper, paper_party
from db.database import Database
from db.models import Agreement, Amendment


def printout(session: Session, amendment_id: int, on: date) -> Printout:
    """The amendment as it would be printed on a day; once a version is out for signature, that one."""
    agreement_id = session.get_one(Amendment, amendment_id).agreement_id
    kept = papers.valid(session, agreement_id, amendment_id)
    if kept is not None:
        number = session.get_one(Agreement, agreement_id).number
        return Printout(number, papers.content(session, kept.id), kept.file_name, kept=kept)
    paper = load_amendment(session, amendment_id, on)
    gaps = tuple(lacking(session, amendment_id, paper))
    is_ready = session.get_one(Amendment, amendment_id).stage is Stage.READY_TO_SIGN
    marked = replace(
        paper, agreement=replace(paper.agreement, draft=paper.agreement.draft or (is_ready and bool(gaps)))
    )
    return Printout(
        paper.agreement.number,
        amendment_pdf(marked),
        dated_pdf(paper.name, on),
        gaps,
        paper.agreement.draft,
    )


def load_amendment(session: Session, amendment_id: int, on: date) -> AmendmentPaper:
    """Everything that belongs on the paper of an amendment."""
    record = session.get_one(Amendment, amendment_id)
    agreement = load_paper(session, record.agreement_id, on)
    parties = signatories.amendment_parties(session, record)
    return AmendmentPaper(
        agreement=replace(
            agreement,
            draft=record.stage is Stage.DRAFT,
            parties=tuple(paper_party(session, agreement_register.party_row(*found)) for found in parties),
        ),
        nr=record.nr,
        title=record.title,
        text=record.text or "",
        effective_from=record.effective_from,
        changes=amendment_register.row(session, amendment_id).changes,
        signed_on=session.get_one(Agreement, record.agreement_id).signed_on,
        joining=tuple(actor.name for party, actor in parties if party.joins_with == amendment_id),
        leaving=tuple(actor.name for party, actor in parties if party.leaves_with == amendment_id),
    )


def lacking(session: Session, amendment_id: int, paper: AmendmentPaper) -> list[str]:
    """German phrases for what the paper still lacks: of the amendment, and of those who sign it."""
    row = amendment_register.row(session, amendment_id)
    signing = replace(paper.agreement, goals=(), contacts=(), clauses=(), instalments=())
    people = [gap for gap in compose(signing).missing if not gap.startswith("Ansprechperson")]
    return [*row.missing, *people, *unprintable_signs(paper)]


def freeze(database: Database, amendment_id: int, at: datetime) -> PaperRow:
    """Print an amendment for signature and keep exactly this PDF, outside undo.

    Raises UserError while it is a draft, while something lacks, and while another version is out.
    """
    with database.read() as session:
        agreement_id = session.get_one(Amendment, amendment_id).agreement_id
        paper = load_amendment(session, amendment_id, at.date())
        gaps = lacking(session, amendment_id, paper)
    if paper.agreement.draft:
        raise UserError(f"{paper.name} ist noch ein Entwurf. Bitte ihn zuerst „unterschriftsreif“ setzen.")
    if gaps:
        raise UserError(f"Für die Unterschrift fehlt in {paper.name} noch: {', '.join(gaps)}.")
    return keep_for_signature(database, paper.name, amendment_pdf(paper), at, agreement_id, amendment_id)
