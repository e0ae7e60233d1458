"""Letters about an agreement: proposes their words from the record, sets them, and keeps what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import NoticeDirection, PaperKind
from app.domain.agreements.notices import expected_arrival, notice_end
from app.domain.agreements.term import possible_ends
from app.domain.errors import Invalid
from app.domain.file_names import dated_pdf
from app.domain.papers.delivery import Delivery
from app.reports.agreements.letters import (
    DECLARATIONS,
    PAPER_KINDS,
    TITLES,
    LetterFacts,
    LetterKind,
    NoticeFacts,
    gaps,
    letter_text,
)
from app.reports.glyphs import named, unprintable
from app.reports.papers.letter import LetterData, letter_pdf
from app.services import office
from app.services.agreements import agreed, agreement_register, notices, recipients, yearly_talks
from app.services.agreements.notices import NoticeRow
from app.services.agreements.recipients import Recipient
from app.services.papers import papers
from db.database import Database


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
    """A letter to begin with, and who else it could go to.

    `all_partners`: where it must go to each of several partners, to whom; else empty. `left_out`: a sentence on the
    contacts that nothing is sent to any more.
    """

    letter: LetterInput
    recipients: tuple[Recipient, ...]
    all_partners: tuple[Recipient, ...] = ()
    left_out: str = ""


def propose(session: Session, agreement_id: int, kind: LetterKind, on: date) -> LetterProposal:
    """The letter that the record suggests: to the main partner's first contact, a declaration to who represents it."""
    facts = letter_facts(session, agreement_id, on)
    text = letter_text(kind, facts)
    found = recipients.of_agreement(session, agreement_id, on)
    partners = recipients.representatives(session, agreement_id, on) if kind in DECLARATIONS else []
    found = list(dict.fromkeys([*partners, *found]))
    letter = LetterInput(
        kind=PAPER_KINDS[kind],
        label=f"{TITLES[kind]} {facts.number}",
        reference=facts.number,
        delivery=Delivery.LETTER_BOX.value if kind in DECLARATIONS else None,
        subject=text.subject,
        body=text.body,
    )
    all_partners = tuple(partners) if len(partners) > 1 else ()
    left_out = recipients.left_out_words(recipients.left_out(session, on, agreements=[agreement_id]))
    first = addressed(letter, found[0]) if found else letter
    return LetterProposal(first, tuple(found), all_partners, left_out)


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
        partners=tuple(party.name for party in detail.parties),
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
    parts = {
        "in der Anschrift": letter.recipient,
        "im Betreff": letter.subject,
        "in der Anrede": letter.salutation,
        "im Text": letter.body,
        "bei den Anlagen": letter.enclosures or "",
    }
    found += [
        f"Nicht druckbar {place}: {named(signs)}."
        for place, text in parts.items()
        if (signs := unprintable(text))
    ]
    return found


def check_all(letters: Sequence[LetterInput]) -> list[str]:
    """The same for letters to several: what only one of them lacks is said with its addressee."""
    found = {letter: check(letter) for letter in letters}
    common = [said for said in found[letters[0]] if all(said in lacking for lacking in found.values())]
    own = [
        f"{_who(letter)}: {said}"
        for letter, lacking in found.items()
        for said in lacking
        if said not in common
    ]
    return [*common, *own]


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


def letters_pdf(session: Session, letters: Sequence[LetterInput], on: date, *, draft: bool = False) -> bytes:
    """One letter, or the letters to several one after the other."""
    return _bound(letters, [letter_pdf_of(session, letter, on, draft=draft) for letter in letters])


def keep_letters(
    database: Database, agreement_id: int, letters: Sequence[LetterInput], at: datetime
) -> bytes:
    """Print letters for good: exactly these PDFs stay with the agreement, outside undo; all of them in one.

    Raises Invalid while something lacks.
    """
    lacking = check_all(letters)
    if lacking:
        raise Invalid({"letter": " ".join(lacking)})
    with database.read() as session:
        pdfs = [letter_pdf_of(session, letter, at.date()) for letter in letters]
    with database.write(f"{letters[0].label} abgelegt", undoable=False) as session:
        for letter, pdf in zip(letters, pdfs, strict=True):
            to = f" {_who(letter)}" if len(letters) > 1 else ""
            name = dated_pdf(f"{letter.label}{to}", at.date())
            papers.keep(session, agreement_id, name, pdf, at, kind=letter.kind)
    return _bound(letters, pdfs)


def _bound(letters: Sequence[LetterInput], pdfs: Sequence[bytes]) -> bytes:
    if len(pdfs) == 1:
        return pdfs[0]
    from app.reports.papers.bound_papers import bound  # loads the PDF library

    return bound([(_who(letter), pdf) for letter, pdf in zip(letters, pdfs, strict=True)], letters[0].label)


def _who(letter: LetterInput) -> str:
    return next(iter(_lines(letter.recipient)), "")


def _noticed(session: Session, agreement_id: int, notice: NoticeRow) -> NoticeFacts:
    assert notice.arrived_on is not None
    term = agreed.term(session, agreement_id, notice.arrived_on)
    reckoned = None if notice.is_extraordinary else notice_end(term, notice.arrived_on, None)
    return NoticeFacts(notice.dated, notice.arrived_on, notice.ends_on, reckoned)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
