"""Plans a series of papers: what each of many gets, and what is missing before it can go out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, PaperKind, Stage
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.file_names import distinct, safe_name
from app.domain.papers.letter_placeholders import AGREEMENT_PLACEHOLDERS, filled
from app.domain.terms import Worded
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.letters import TITLES, LetterKind, gaps
from app.reports.agreements.text import missing, placeholder_values
from app.services import office
from app.services.actors import actors
from app.services.agreements import recipients
from app.services.agreements.recipients import Recipient
from app.services.papers import papers
from app.workflows.agreements.print_agreement import load_paper
from app.workflows.agreements.print_letters import LetterInput, addressed, check, propose
from db.models import Agreement

INCOMPLETE_ADDRESS = "Die Anschrift ist nicht vollständig."


class SerialKind(Worded):
    """What is printed for many, in the order in which it is offered."""

    AGREEMENT = "agreement", "Vereinbarungen"
    INVITATION = "invitation", "Einladungen zum Jahresgespräch"
    TALK_SHEET = "talk_sheet", "Bögen zum Jahresgespräch"
    REMINDER_REPORT = "reminder_report", "Erinnerungen an einen Bericht"
    REMINDER_PROOF = "reminder_proof", "Erinnerungen an den Verwendungsnachweis"
    TERMINATION = "termination", "Kündigungen"
    FREE = "free", "Freier Brief"


LETTERS = frozenset(SerialKind) - {SerialKind.AGREEMENT, SerialKind.TALK_SHEET}


class Audience(StrEnum):
    """Who of an agreement, or of an actor, gets a letter."""

    MAIN = "main"
    PARTIES = "parties"
    CONTACTS = "contacts"


AUDIENCES: Mapping[Audience, str] = {
    Audience.MAIN: "Erster Partner",
    Audience.PARTIES: "Alle Vertragspartner",
    Audience.CONTACTS: "Alle Kontakte",
}
ACTOR_AUDIENCES: Mapping[Audience, str] = {
    Audience.PARTIES: "Erster Kontakt",
    Audience.CONTACTS: "Alle Kontakte",
}
"""Of an actor, rather than of an agreement."""


@dataclass(frozen=True, slots=True)
class SerialSelection:
    """The records it is about: agreements, or actors."""

    agreements: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SerialOrder:
    """What is wanted. Subject and body count for a free letter only; both may have placeholders."""

    kind: SerialKind
    audience: Audience = Audience.MAIN
    subject: str = ""
    body: str = ""
    enclosures: str = ""
    gaps: tuple[tuple[str, str], ...] = ()
    """What is filled into gaps of the proposed words, for all alike: ("[Zeitraum]", "2026")."""


@dataclass(frozen=True, slots=True)
class SerialItem:
    """One paper of the series. `lacks`: German sentences; `id`: its place."""

    agreement_id: int | None
    actor_id: int | None
    number: str
    who: str
    file_name: str
    lacks: tuple[str, ...] = ()
    letter: LetterInput | None = None
    draft: bool = False
    id: int = 0

    @property
    def title(self) -> str:
        """Of its bookmark."""
        return f"{self.number} {self.who}".strip()

    @property
    def where(self) -> tuple[str, int] | None:
        """Page and record where what is missing can be entered."""
        if self.actor_id is not None and (self.agreement_id is None or INCOMPLETE_ADDRESS in self.lacks):
            return "actors", self.actor_id
        return None if self.agreement_id is None else ("agreements", self.agreement_id)


Papers = dict[int, AgreementPaper]
"""What belongs on the paper of agreements, by id: it takes long to read, so a dialog keeps it between two plans."""


def needs_papers(kind: SerialKind) -> bool:
    """Whether a plan reads the papers of the agreements."""
    return kind not in LETTERS or kind is SerialKind.FREE


def read_paper(session: Session, papers_read: Papers, agreement_id: int, on: date) -> AgreementPaper:
    """The paper of an agreement, read once."""
    if agreement_id not in papers_read:
        papers_read[agreement_id] = load_paper(session, agreement_id, on)
    return papers_read[agreement_id]


def open_gaps(items: Sequence[SerialItem], kind: SerialKind) -> list[str]:
    """Gaps that one answer fills in all letters; those of a termination are different in each."""
    if kind in (SerialKind.TERMINATION, SerialKind.FREE):
        return []
    return list(dict.fromkeys(gap for item in items if item.letter for gap in gaps(item.letter.body)))


def plan(
    session: Session,
    selection: SerialSelection,
    order: SerialOrder,
    on: date,
    papers_read: Papers | None = None,
) -> list[SerialItem]:
    """What each of the selected gets, in their order. `papers_read` is looked into and filled."""
    known = {} if papers_read is None else papers_read
    if order.kind not in LETTERS:
        found = [_paper(session, agreement_id, order, on, known) for agreement_id in selection.agreements]
    else:
        found = [
            item
            for agreement_id in selection.agreements
            for item in _letters(session, agreement_id, order, on, known)
        ]
        found += [item for actor_id in selection.actors for item in _to_actor(session, actor_id, order, on)]
    names = distinct((safe_name(item.file_name) for item in found), ".pdf")
    return [replace(item, id=place, file_name=names[place]) for place, item in enumerate(found)]


def left_out(session: Session, selection: SerialSelection, on: date) -> str:
    """A sentence on the contacts among the selected to whom nothing is sent any more; empty if there are none."""
    return recipients.left_out_words(
        recipients.left_out(session, on, agreements=selection.agreements, actors=selection.actors)
    )


def describe(session: Session, selection: SerialSelection) -> str:
    """ "12 Vereinbarungen" or "1 Träger"."""
    if selection.agreements:
        return counted(len(selection.agreements), "Vereinbarung", "Vereinbarungen")
    if len(selection.actors) == 1:
        return actors.load(session, selection.actors[0]).name
    return f"{len(selection.actors)} Träger"


def _paper(session: Session, agreement_id: int, order: SerialOrder, on: date, known: Papers) -> SerialItem:
    """The agreement itself or the sheet for its talk: nothing is addressed, gaps are those of the paper."""
    paper = read_paper(session, known, agreement_id, on)
    frozen = papers.valid(session, agreement_id) is not None
    partners = ", ".join(party.name for party in paper.parties)
    sheet = order.kind is SerialKind.TALK_SHEET
    name = "Bogen zum Jahresgespräch" if sheet else paper.kind.word
    lacks = () if sheet or frozen else tuple(f"{phrase} fehlt." for phrase in missing(paper))
    main = paper.parties[0].name if paper.parties else ""
    return SerialItem(
        agreement_id,
        None,
        paper.number,
        partners,
        file_name=" ".join(filter(None, (paper.number, main, name))),
        lacks=lacks,
        draft=paper.draft and not sheet and not frozen,
    )


def _letters(
    session: Session, agreement_id: int, order: SerialOrder, on: date, known: Papers
) -> Iterator[SerialItem]:
    """The letters about an agreement; one without a partner is shown as well, since somebody waits for it."""
    values: dict[str, str | None] = {}
    wrong: tuple[str, ...] = ()
    if order.kind is SerialKind.FREE:
        paper = read_paper(session, known, agreement_id, on)
        said = placeholder_values(paper)
        values = {name: said.get(name) for name in (*AGREEMENT_PLACEHOLDERS, "Stadt", "Ort")}
        letter = LetterInput(PaperKind.LETTER, f"Brief {paper.number}", paper.number)
        found = recipients.of_agreement(session, agreement_id, on)
    else:
        proposal = propose(session, agreement_id, LetterKind(order.kind.value), on)
        letter, found = proposal.letter, list(proposal.recipients)
        wrong = _stage_problems(session.get_one(Agreement, agreement_id).stage, order.kind)
    letter = replace(letter, enclosures=order.enclosures or None)
    # a notice is declared to every partner, to who represents it
    audience = Audience.PARTIES if order.kind is SerialKind.TERMINATION else order.audience
    for to in chosen(found, audience):
        yield _letter(agreement_id, to, letter, order, values, wrong, on)
    if not found:
        lacks = ("Die Vereinbarung hat keinen Partner.", *wrong)
        yield SerialItem(agreement_id, None, letter.reference, "", letter.label, lacks, letter)


def _stage_problems(stage: Stage, kind: SerialKind) -> tuple[str, ...]:
    """A letter that supposes an agreement in force is wrong before its signature and after its end."""
    if kind is SerialKind.TERMINATION and stage is Stage.TERMINATED:
        return ("Die Vereinbarung ist schon gekündigt.",)
    return () if stage in BINDING_STAGES else (f"Die Vereinbarung läuft nicht: {stage.word}.",)


def _to_actor(session: Session, actor_id: int, order: SerialOrder, on: date) -> Iterator[SerialItem]:
    sender = office.load(session)
    letter = LetterInput(PaperKind.LETTER, "Brief", enclosures=order.enclosures or None)
    values: dict[str, str | None] = {"Stadt": sender.authority, "Ort": sender.city}
    for to in chosen(recipients.of_actor(session, actor_id, on), order.audience):
        yield _letter(None, to, letter, order, values, (), on)


def _letter(
    agreement_id: int | None,
    to: Recipient,
    letter: LetterInput,
    order: SerialOrder,
    values: Mapping[str, str | None],
    wrong: tuple[str, ...],
    on: date,
) -> SerialItem:
    letter = addressed(letter, to)
    lacks = [*wrong]
    if order.kind is SerialKind.FREE:
        letter = replace(letter, subject=order.subject.strip(), body=order.body.strip())
    for gap, words in order.gaps:
        letter = replace(letter, body=letter.body.replace(gap, words))
    lacks += check(letter)
    if order.kind is SerialKind.FREE:
        person = to.label.split(", ")[0] if to.contact_id is not None else None
        mine = {**values, "Name": person, "Träger": to.lines[0], "Datum": german(on)}
        subject, body = filled(letter.subject, mine), filled(letter.body, mine)
        letter = replace(letter, subject=subject.text, body=body.text)
        lacks += [*subject.lacks, *body.lacks]
    if to.lacks and INCOMPLETE_ADDRESS not in lacks:
        lacks.insert(0, INCOMPLETE_ADDRESS)
    kind = "Brief" if order.kind is SerialKind.FREE else TITLES[LetterKind(order.kind.value)]
    return SerialItem(
        agreement_id,
        to.actor_id,
        letter.reference,
        to.label,
        file_name=" ".join(filter(None, (letter.reference, to.label, kind))),
        lacks=tuple(dict.fromkeys(lacks)),
        letter=letter,
    )


def chosen(found: Sequence[Recipient], audience: Audience) -> list[Recipient]:
    """One for the main partner, one for each party, or all persons; a party without a person gets it itself."""
    if audience is Audience.MAIN:
        return list(found[:1])
    by_actor: dict[int, list[Recipient]] = {}
    for to in found:
        by_actor.setdefault(to.actor_id, []).append(to)
    if audience is Audience.PARTIES:
        return [group[0] for group in by_actor.values()]
    return [
        to
        for group in by_actor.values()
        for to in ([one for one in group if one.contact_id is not None] or group[:1])
    ]
