"""Letters about an agreement: proposes their words from the record, sets them, and keeps what was sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import NoticeDirection, PaperKind
from app.domain.agreements.notices import expected_arrival, notice_end
from app.domain.agreements.term import possible_ends
from app.domain.errors import Invalid
from app.domain.file_names import dated_pdf
from app.reports.agreements.letters import (
    PAPER_KINDS,
    REGISTERED,
    TITLES,
    LetterFacts,
    LetterKind,
    NoticeFacts,
    gaps,
    letter_text,
)
from app.reports.papers.letter import LetterData, letter_pdf
from app.services import office
from app.services.agreements import agreed, agreement_register, notices, recipients, yearly_talks
from app.services.agreements.notices import NoticeRow
from app.services.agreements.recipients import Recipient
from app.services.papers import papers
from db.database import Database

REGISTERED_MAIL = "Einschreiben mit Rückschein"


@dataclass(frozen=True, slots=True)
class LetterInput:
    """A letter as it can be edited before it is printed. `recipient` and `enclosures`: one thing on each line."""

    kind: PaperKind
    label: str  # in the footer: "Kündigung ZV-2026-01"
    reference: str = ""
    recipient: str = ""
    delivery: str | None = None
    subject: str = ""
    salutation: str = ""
    body: str = ""
    enclosures: str | None = None


@dataclass(frozen=True, slots=True)
class LetterProposal:
    """A letter to begin with, and who else it could go to."""

    letter: LetterInput
    recipients: tuple[Recipient, ...]


def propose(session: Session, agreement_id: int, kind: LetterKind, on: date) -> LetterProposal:
    """The letter that the record suggests, to the main partner's first contact."""
    facts = letter_facts(session, agreement_id, on)
    text = letter_text(kind, facts)
    found = recipients.of_agreement(session, agreement_id)
    letter = LetterInput(
        kind=PAPER_KINDS[kind],
        label=f"{TITLES[kind]} {facts.number}",
        reference=facts.number,
        delivery=REGISTERED_MAIL if kind in REGISTERED else None,
        subject=text.subject,
        body=text.body,
    )
    return LetterProposal(addressed(letter, found[0]) if found else letter, tuple(found))


def addressed(letter: LetterInput, to: Recipient) -> LetterInput:
    """The same letter to somebody."""
    return replace(letter, recipient="\n".join(to.lines), salutation=to.salutation)


def letter_facts(session: Session, agreement_id: int, on: date) -> LetterFacts:
    """What letters about an agreement say."""
    detail = agreement_register.detail(session, agreement_id, on)
    row, sender = detail.row, office.load(session)
    then = agreed.term(
        session, agreement_id, expected_arrival(on)
    )  # a notice is judged by what holds on its arrival
    place = f"{sender.postcode} {sender.city}".strip()
    received = [
        notice
        for notice in notices.rows(session, agreement_id)
        if notice.direction is NoticeDirection.RECEIVED and notice.arrived_on is not None
    ]
    return LetterFacts(
        kind=row.kind,
        number=row.number,
        title=row.title,
        on=on,
        term=row.term,
        signed_on=row.signed_on,
        goals=detail.goals,
        talk_due=yearly_talks.next_due(session, agreement_id, on),
        address=", ".join(filter(None, (sender.street, place))),
        reachable=next(possible_ends(then, expected_arrival(on)), None),
        noticed=_noticed(session, agreement_id, received[-1]) if received else None,
        notice_term=then,
    )


def check(letter: LetterInput) -> list[str]:
    """German sentences for what the letter still lacks; it can be printed as a draft all the same."""
    found = []
    if len([line for line in letter.recipient.splitlines() if line.strip()]) < 3:
        found.append("Die Anschrift ist nicht vollständig.")
    if not letter.subject.strip():
        found.append("Der Betreff fehlt.")
    if not letter.body.strip():
        found.append("Der Text fehlt.")
    found += [f"Im Text ist noch etwas auszufüllen: {gap}" for gap in gaps(letter.body)]
    return found


def letter_pdf_of(session: Session, letter: LetterInput, on: date, *, draft: bool = False) -> bytes:
    """The letter as PDF on the office's sheet."""
    return letter_pdf(
        LetterData(
            office=office.load(session),
            day=on,
            recipient=_lines(letter.recipient),
            subject=letter.subject.strip(),
            salutation=letter.salutation.strip(),
            body=letter.body,
            label=letter.label,
            reference=letter.reference,
            delivery=letter.delivery or "",
            enclosures=_lines(letter.enclosures or ""),
            draft=draft,
        )
    )


def keep_letter(database: Database, agreement_id: int, letter: LetterInput, at: datetime) -> bytes:
    """Print a letter for good: exactly this PDF stays with the agreement, outside undo.

    Raises Invalid while something lacks.
    """
    lacking = check(letter)
    if lacking:
        raise Invalid({"letter": " ".join(lacking)})
    with database.read() as session:
        pdf = letter_pdf_of(session, letter, at.date())
    with database.write(f"{letter.label} gedruckt", undoable=False) as session:
        papers.keep(session, agreement_id, dated_pdf(letter.label, at.date()), pdf, at, kind=letter.kind)
    return pdf


def _noticed(session: Session, agreement_id: int, notice: NoticeRow) -> NoticeFacts:
    assert notice.arrived_on is not None
    term = agreed.term(session, agreement_id, notice.arrived_on)
    reckoned = None if notice.is_extraordinary else notice_end(term, notice.arrived_on, None)
    return NoticeFacts(notice.dated, notice.arrived_on, notice.ends_on, reckoned)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
