"""Prints an agreement: loads what belongs on paper, sets it, saves it, and keeps what goes out for signature."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import DRAFT_STAGES, PaperKind, Stage
from app.domain.agreements.signature_checklist import Check, hard_points
from app.domain.errors import UserError
from app.domain.file_names import dated_pdf
from app.reports.agreements.data import (
    AgreementPaper,
    PaperClause,
    PaperContact,
    PaperInstalment,
    PaperParty,
)
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.text import missing
from app.services import office
from app.services.actors import actors, contacts
from app.services.agreements import agreement_register, agreement_text, amendments, instalments, signed_state
from app.services.agreements.agreement_register import AgreementDetail, PartyRow
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.workflows.agreements.signature_check import amended, check
from app.workflows.files import write_file
from db.database import Database
from db.models import Agreement

CONTACTS_ON_PAPER = 2
"""An agreement names the first contacts of each actor, not all of them."""


@dataclass(frozen=True, slots=True)
class Printout:
    """An agreement or an amendment as PDF; `number`: of the agreement.

    `kept` is the paper out for signature, of which `pdf` is then the exact copy. `open_points`: what forbids the
    signature besides gaps; one that is to be signed and lacks something is marked as a draft.
    """

    number: str
    pdf: bytes
    file_name: str
    missing: tuple[str, ...] = ()
    draft: bool = False
    open_points: tuple[str, ...] = ()
    kept: PaperRow | None = None


def find_agreement(session: Session, number: str) -> int:
    """The id of the agreement with this number. Raises UserError if there is none."""
    found = session.scalar(select(Agreement.id).where(Agreement.number == number.strip()))
    if found is None:
        raise UserError(
            f"Eine Vereinbarung mit der Nummer „{number}“ gibt es nicht. Bitte die Nummer prüfen."
        )
    return found


def printout(session: Session, agreement_id: int, on: date) -> Printout:
    """The agreement as it would be printed on a day; once a version is out for signature, that one."""
    kept = papers.valid(session, agreement_id)
    if kept is not None:
        number = session.get_one(Agreement, agreement_id).number
        return Printout(number, papers.content(session, kept.id), kept.file_name, kept=kept)
    paper = load_paper(session, agreement_id, on)
    gaps = tuple(missing(paper))
    unsettled: tuple[str, ...] = ()
    if session.get_one(Agreement, agreement_id).stage is Stage.READY_TO_SIGN:
        unsettled = tuple(hard_points(check(session, agreement_id, paper)))
        paper = replace(paper, draft=bool(gaps or unsettled))
    name = dated_pdf(paper.number, on)
    return Printout(paper.number, agreement_pdf(paper), name, gaps, paper.draft, unsettled)


def print_agreement(database: Database, number: str, target: Path, on: date) -> tuple[str, ...]:
    """Save the agreement with this number as PDF; German phrases for what it lacks, or what forbids the signature.

    Raises UserError for an unknown number, OutputError if the file cannot be written.
    """
    with database.read() as session:
        result = printout(session, find_agreement(session, number), on)
    write_file(target, result.pdf)
    return result.missing or result.open_points


def freeze(database: Database, agreement_id: int, at: datetime) -> PaperRow:
    """Print the agreement for signature and keep exactly this PDF, outside undo.

    Raises UserError before the stage "unterschriftsreif", while something is missing or a hard point of the
    checklist is open, while another version is out, and once an amendment acts.
    """
    with database.read() as session:
        paper = load_paper(session, agreement_id, at.date())
        open_points = hard_points(check(session, agreement_id, paper))
        changed = amended(session, agreement_id, at.date())
    if changed:
        raise UserError(f"{paper.number} wird nicht mehr für die Unterschrift gedruckt. {changed}")
    if paper.draft:
        raise UserError(
            f"{paper.number} ist noch ein Entwurf. Bitte zuerst den Stand auf „unterschriftsreif“ setzen."
        )
    gaps = missing(paper)
    if gaps:
        raise UserError(f"Für die Unterschrift fehlt in {paper.number} noch: {', '.join(gaps)}.")
    if open_points:
        raise UserError(
            f"Vor der Unterschrift ist in {paper.number} noch offen: {' '.join(open_points)} "
            "Die Seite „Abstimmung“ der Vereinbarung zeigt die ganze Liste."
        )
    return keep_for_signature(database, paper.number, agreement_pdf(paper), at, agreement_id)


def keep_for_signature(
    database: Database,
    name: str,
    pdf: bytes,
    at: datetime,
    agreement_id: int,
    amendment_id: int | None = None,
) -> PaperRow:
    """Keep what was printed of an agreement, or of one of its amendments, outside undo.

    Raises UserError while another version is out.
    """
    kind = PaperKind.AGREEMENT if amendment_id is None else PaperKind.AMENDMENT
    with database.write(f"{name} für die Unterschrift gedruckt", undoable=False) as session:
        if amendment_id is None:
            says = signed_state.content(session, agreement_id)
        else:
            says = amendments.said(session, amendment_id)
        papers.keep(
            session,
            agreement_id,
            dated_pdf(name, at),
            pdf,
            at,
            kind=kind,
            amendment_id=amendment_id,
            agreed=says,
        )
        kept = papers.valid(session, agreement_id, amendment_id)
    assert kept is not None
    return kept


def signature_check(session: Session, agreement_id: int, on: date) -> list[Check]:
    """The checklist before signature as it stands on a day."""
    return check(session, agreement_id, load_paper(session, agreement_id, on))


def withdraw(database: Database, paper: PaperRow, at: datetime, because: str | None = None) -> None:
    """Withdraw a version that is out for signature: an entry of its own, outside undo.

    Raises Invalid for a signed one without a reason; both versions stay.
    """
    with database.write(f"{paper.file_name} zurückgezogen", undoable=False) as session:
        papers.withdraw(session, paper.id, at, because)


def load_paper(session: Session, agreement_id: int, on: date) -> AgreementPaper:
    """Everything that belongs on the paper of an agreement."""
    detail = agreement_register.detail(session, agreement_id, on)
    row = detail.row
    return AgreementPaper(
        number=row.number,
        kind=row.kind,
        title=row.title,
        office=office.load(session),
        day=on,
        draft=row.stage in DRAFT_STAGES,
        term=row.term,
        quarter=row.quarter or _parent_quarter(session, detail, on),
        amount_cents=row.amount_cents,
        proof_months=detail.data.proof_months,
        belongs_to=detail.belongs_to or "",
        parties=tuple(paper_party(session, party) for party in detail.parties),
        goals=detail.goals,
        contacts=tuple(
            PaperContact(
                party.name, person.name, person.function or "", person.phone or "", person.email or ""
            )
            for party in detail.parties
            for person in contacts.rows(session, party.actor_id)[:CONTACTS_ON_PAPER]
        ),
        clauses=tuple(
            PaperClause(clause.title, clause.text, clause.key or "", clause.condition, clause.is_numbered)
            for clause in agreement_text.text(session, agreement_id).clauses
            if clause.is_included
        ),
        instalments=tuple(
            PaperInstalment(one.nr, one.amount_cents, one.due, one.condition or "")
            for one in instalments.records(session, agreement_id)
        ),
        decision=session.get_one(Agreement, agreement_id).decision or "",
    )


def paper_party(session: Session, party: PartyRow) -> PaperParty:
    """A party with its address."""
    actor = actors.load(session, party.actor_id)
    place = " ".join(filter(None, (actor.postcode, actor.city)))
    return PaperParty(actor.name, actor.street or "", place, party.represented_by, party.function)


def _parent_quarter(session: Session, detail: AgreementDetail, on: date) -> str:
    """A cooperation agreement without a quarter of its own belongs where its target agreement belongs."""
    parent = detail.data.belongs_to_id
    return agreement_register.detail(session, parent, on).row.quarter if parent is not None else ""
