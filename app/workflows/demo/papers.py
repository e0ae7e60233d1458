"""Demo data of signatures: who signed, what was printed for it, scans and other attached files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.file_names import dated_pdf
from app.resources import RESOURCES
from app.services import office
from app.services.agreements import corrections, goals, signatories, signed_state
from app.services.papers import attachments, papers
from app.services.papers.attachments import Belonging
from app.workflows.agreements.print_agreement import load_paper
from app.workflows.demo.making import agreements
from db.attachments import AttachmentStore
from db.database import Database
from db.models import Actor, Agreement, Party

SHOWN = 4
"""So many running target agreements have their papers in the demo; more would only make it larger."""


@dataclass(frozen=True, slots=True)
class _File:
    belongs: Belonging
    name: str
    content: bytes
    at: datetime
    note: str | None = None


def make_papers(database: Database, day: date) -> None:
    """Signatures for what is signed, printed versions and files for a few agreements."""
    with database.write("Unterschriften und Anlagen angelegt", undoable=False) as session:
        _sign(session)
        store = AttachmentStore.of(database.path)
        for file in (*_signed(session, day), *_waiting(session, day)):
            stored = store.put_bytes(file.content, file.name)
            attachments.add(session, file.belongs, file.name, stored, file.at, file.note)
        signed_state.settle_all(session, at_signature=True)
        _mend(session, day)


def _mend(session: Session, day: date) -> None:
    """A slip that was found after the signature: a day of a goal, as the paper says it."""
    record = agreements(session, Stage.IN_FORCE, kind=AgreementKind.TARGET)[0]
    line = next(line for line in goals.rows(session, day, record.id) if line.goal.due is not None)
    assert line.goal.due is not None
    mended = replace(goals.load(session, line.id), due=line.goal.due + timedelta(days=1))
    reason = "Tippfehler beim Eintragen; im Papier steht der richtige Tag."
    corrections.correct(
        session, record.id, reason, day - timedelta(days=40), goals.save, record.id, line.id, mended
    )


def _sign(session: Session) -> None:
    """Whoever represents an actor has signed for it, and for the city all who sign for it."""
    people = office.load(session).signatories
    query = select(Agreement, Party, Actor).join(Party, Party.agreement_id == Agreement.id).join(Actor)
    for agreement, party, actor in session.execute(query.where(Agreement.signed_on.is_not(None))):
        for seat, person in enumerate(people, start=1):
            signatories.sign_for_city(session, agreement, seat, agreement.signed_on, person.name)
        party.signed_by = party.represented_by or actor.represented_by
    session.flush()


def _signed(session: Session, day: date) -> list[_File]:
    """Running agreements: the paper from before the signatures, a scan for each, and what came with them."""
    found: list[_File] = []
    for agreement in agreements(session, Stage.IN_FORCE, kind=AgreementKind.TARGET)[:SHOWN]:
        assert agreement.signed_on is not None
        pdf = _print(session, agreement, agreement.signed_on - timedelta(days=6))
        signed = datetime.combine(agreement.signed_on, time(11, 5))
        for party, actor in _parties(session, agreement):
            scan = Belonging(agreement.id, party_id=party.id, is_scan=True)
            found.append(_File(scan, f"{agreement.number} unterschrieben {actor.short}.pdf", pdf, signed))
            own = Belonging(agreement.id, party_id=party.id)
            bylaws = _page(f"Satzung {actor.name}", ("Zweck", "Mitglieder", "Vorstand und Vertretung"))
            found.append(_File(own, f"Satzung {actor.short}.pdf", bylaws, signed, "Vertretung geprüft"))
        whole = Belonging(agreement.id, is_scan=True)
        found.append(_File(whole, f"{agreement.number} unterschrieben Stadt.pdf", pdf, signed))
        plan = b"Posten;Betrag\r\nPersonal;12.400,00\r\nRaum und Nebenkosten;3.600,00\r\n"
        found.append(_File(Belonging(agreement.id), "Kostenplan.csv", plan, signed, "Stand der Verhandlung"))
        visit = datetime.combine(day - timedelta(days=20), time(9, 40))
        logo = (RESOURCES / "demo" / "logo.png").read_bytes()
        found.append(_File(Belonging(agreement.id), "Logo für Aushänge.png", logo, visit))
    return found


def _waiting(session: Session, day: date) -> list[_File]:
    """Those that are out for signature: a first version was withdrawn, the second one counts."""
    found: list[_File] = []
    for agreement in agreements(session, Stage.READY_TO_SIGN, kind=AgreementKind.TARGET):
        _print(session, agreement, day - timedelta(days=9))
        first = papers.valid(session, agreement.id)
        if first is None:
            continue
        papers.withdraw(session, first.id, datetime.combine(day - timedelta(days=6), time(8, 50)))
        pdf = _print(session, agreement, day - timedelta(days=6))
        party, actor = _parties(session, agreement)[0]
        party.signed_on, party.signed_by = day - timedelta(days=2), actor.represented_by
        scan = Belonging(agreement.id, party_id=party.id, is_scan=True)
        at = datetime.combine(day - timedelta(days=1), time(14, 15))
        found.append(_File(scan, f"{agreement.number} unterschrieben {actor.short}.pdf", pdf, at))
    session.flush()
    return found


def _parties(session: Session, agreement: Agreement) -> list[tuple[Party, Actor]]:
    query = select(Party, Actor).join(Actor).where(Party.agreement_id == agreement.id)
    return [(party, actor) for party, actor in session.execute(query.order_by(Party.position))]


def _print(session: Session, agreement: Agreement, day: date) -> bytes:
    """The agreement as it went out for signature, without the moment at which the demo is made."""
    from reportlab import rl_config

    from app.reports.agreements.pdf import agreement_pdf  # the PDF library loads with it

    at = datetime.combine(day, time(10, 20))
    before, rl_config.invariant = rl_config.invariant, 1
    try:
        pdf = agreement_pdf(load_paper(session, agreement.id, day))
    finally:
        rl_config.invariant = before
    says = signed_state.content(session, agreement.id)
    papers.keep(session, agreement.id, dated_pdf(agreement.number, at), pdf, at, agreed=says)
    return pdf


def _page(title: str, points: Sequence[str]) -> bytes:
    """A page of somebody else's paper."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setTitle(title)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(70, 760, title)
    canvas.setFont("Helvetica", 11)
    for place, point in enumerate(points, 1):
        canvas.drawString(70, 760 - 40 * place, f"§ {place} {point}")
    canvas.save()
    return target.getvalue()
