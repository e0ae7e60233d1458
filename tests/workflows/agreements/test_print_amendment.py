"""An amendment on paper, read as a reader of the PDF would; frozen when it goes out."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from app.domain.agreements.agreements import AgreementKind, GoalAction
from app.domain.errors import UserError
from app.services import office
from app.services.agreements import amendment_signing, amendments, signatories
from app.services.agreements.agreements import PartyInput
from app.services.agreements.amendments import AmendmentInput, GoalChangeInput
from app.services.papers import papers
from app.workflows.agreements.print_agreement import freeze as freeze_agreement
from app.workflows.agreements.print_agreement import printout as printout_of_agreement
from app.workflows.agreements.print_amendment import freeze, printout
from db.database import Database
from db.models import Actor, Agreement, Amendment, Party
from tests.services.agreements.life_samples import ON, agreement_in_force, letterhead, signing

AT = datetime(2026, 7, 1, 9, 30)
DATA = AmendmentInput(
    title="Mehr Öffnungstage",
    text="Grund ist die große **Nachfrage** <im Quartier>.\n\n- mehr Tage\n- mehr Leute",
    effective_from=date(2026, 8, 1),
    changes_amount=True,
    amount_cents=30_000_00,
    goals=(
        GoalChangeInput("1", GoalAction.CHANGE, "Offener Treff", target="5 Tage", due=date(2026, 12, 31)),
    ),
)


@pytest.fixture
def amendment_id(database: Database) -> int:
    letterhead(database)
    agreement_id = agreement_in_force(database)
    with database.write("Nachtrag") as session:
        for actor in session.query(Actor):
            actor.street, actor.postcode, actor.city = "Weg 1", "30163", "Hannover"
            actor.represented_by = "Ada Muster"
        return amendments.save(session, agreement_id, None, DATA)


def text(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def ready(database: Database, amendment_id: int) -> None:
    with database.write("reif") as session:
        amendment_signing.set_ready(session, amendment_id, True)


def test_the_draft_says_old_and_new_and_who_signs(database: Database, amendment_id: int) -> None:
    with database.read() as session:
        found = printout(session, amendment_id, ON)
    said = text(found.pdf)
    assert (found.draft, found.missing, found.kept) == (True, (), None)
    for words in (
        "Nachtrag 1",
        "zur Zielvereinbarung ZV-2026-01 Mehr Öffnungstage",
        "wird der folgende Nachtrag geschlossen",
        "„Quartierszentrum Döhren“ vom 03.12.2025, wie es in § 2 steht.",
        "Grund ist die große Nachfrage <im Quartier>.",
        "Was Bisher Neu",
        "Betrag der Förderung 24.000,00 € 30.000,00 €",
        "Ziel 1 Soll: 4 Tage Soll: 5 Tage",
        "Der Nachtrag gilt ab dem 01.08.2026.",
        "Im Übrigen gilt die Zielvereinbarung unverändert fort.",
        "Unterschriften",
        "Nachtrag 1 zu ZV-2026-01 · Entwurf vom 01.07.2026",
        "ENTWURF",
    ):
        assert words in said
    assert said.count("Ort, Datum") == 3


def test_what_goes_out_stays_as_it_was_also_after_it_holds(database: Database, amendment_id: int) -> None:
    with pytest.raises(UserError, match="noch ein Entwurf"):
        freeze(database, amendment_id, AT)
    ready(database, amendment_id)
    kept = freeze(database, amendment_id, AT)
    with pytest.raises(UserError, match="schon eine Fassung"):
        freeze(database, amendment_id, AT)
    with database.read() as session:
        before = printout(session, amendment_id, ON)
        agreement_id = kept.agreement_id
        assert papers.valid(session, agreement_id) is None  # the agreement's own paper is another
    assert before.kept == kept
    assert "ENTWURF" not in text(before.pdf)
    for party_id in signing(database, agreement_id):
        with database.write("Unterschrift") as session:
            amendment_signing.sign(session, amendment_id, party_id, ON)
    with database.read() as session:
        assert printout(session, amendment_id, ON).pdf == before.pdf


def test_who_cannot_sign_yet_is_named(database: Database, amendment_id: int) -> None:
    ready(database, amendment_id)
    with database.write("Vertretung fehlt") as session:
        actor = session.query(Actor).filter_by(short="DIAK").one()
        actor.represented_by = None
        office.save(session, replace(office.load(session), signatories=()))
    with pytest.raises(UserError, match="Vertretung: Diakonie Süd gGmbH"):
        freeze(database, amendment_id, AT)


def test_an_incomplete_one_prints_with_its_gaps(database: Database, amendment_id: int) -> None:
    with database.write("leer") as session:
        amendments.save(session, 1, amendment_id, AmendmentInput())
        found = printout(session, amendment_id, ON)
    said = text(found.pdf)
    assert "[Titel fehlt]" in said
    assert "[Gilt ab fehlt]" in said
    assert "§ 2 Geltung" in said
    assert found.missing[:2] == ("Titel", "Tag, ab dem der Nachtrag gilt")


@pytest.mark.parametrize(
    ("kind", "partner"),
    [(AgreementKind.TARGET, "eines Trägers"), (AgreementKind.COOPERATION, "eines Kooperationspartners")],
)
def test_who_joins_and_leaves_is_said_and_signs(
    database: Database, amendment_id: int, kind: AgreementKind, partner: str
) -> None:
    with database.write("Partner") as session:
        session.execute(update(Agreement).values(kind=kind))
        new = Actor(short="SUED", name="Südstern e.V.", street="Weg 2", postcode="30163", city="Hannover")
        session.add(new)
        session.flush()
        agreement_id = session.get_one(Amendment, amendment_id).agreement_id
        (leaving,) = session.scalars(select(Actor.id).where(Actor.short == "DIAK"))
        moved = replace(
            amendments.load(session, amendment_id), joining=(PartyInput(new.id),), leaving=(leaving,)
        )
        amendments.save(session, agreement_id, amendment_id, moved)
    with database.read() as session:
        found = printout(session, amendment_id, ON)
    said = text(found.pdf)
    assert any("Südstern e.V." in gap for gap in found.missing)
    for words in (
        "Partner Nachbarschaft Nord e.V. Diakonie Süd gGmbH Nachbarschaft Nord e.V. Südstern e.V.",
        "§ 3 Beitritt und Ausscheiden",
        "Südstern e.V. tritt der Vereinbarung ab dem 01.08.2026 bei",
        f"alle Rechte und Pflichten {partner} nach dieser Vereinbarung",
        "Diakonie Süd gGmbH scheidet mit Beginn des 01.08.2026 aus der Vereinbarung aus.",
        "Nachweis, Aufbewahrung und Rückzahlung",
    ):
        assert words in said
    assert said.count("Ort, Datum") == 4
    with database.write("eine Kooperation ohne Geld") as session:
        agreement = session.get_one(Agreement, agreement_id)
        agreement.kind, agreement.amount_cents = AgreementKind.COOPERATION, None
        said = text(printout(session, amendment_id, ON).pdf)
    assert "alle Rechte und Pflichten eines Kooperationspartners" in said
    assert "bleiben bestehen." in said


@pytest.mark.parametrize("leaving", [False, True])
def test_with_a_second_partner_holds_what_is_agreed_for_several(
    database: Database, amendment_id: int, leaving: bool
) -> None:
    with database.write("Partner") as session:
        agreement_id = session.get_one(Amendment, amendment_id).agreement_id
        nord, diak = session.scalars(select(Party).order_by(Party.position))
        session.delete(diak)
        session.flush()
        moved = replace(
            amendments.load(session, amendment_id),
            joining=(PartyInput(diak.actor_id),),
            leaving=(nord.actor_id,) if leaving else (),
        )
        amendments.save(session, agreement_id, amendment_id, moved)
    with database.read() as session:
        said = text(printout(session, amendment_id, ON).pdf)
    assert ("§ 3 Beitritt und Ausscheiden" if leaving else "§ 3 Beitritt Diakonie") in said
    for words in ("Außerdem gilt von da an: Mehrere Träger", "Förderung mehrerer Träger", "§ 427 BGB"):
        assert (words in said) is not leaving


def test_an_agreement_that_was_changed_is_not_signed_again(database: Database, amendment_id: int) -> None:
    """Its paper says what holds today, with parties that never signed it."""
    with database.write("unterzeichnet") as session:
        agreement_id = session.get_one(Amendment, amendment_id).agreement_id
        day = amendments.load(session, amendment_id).effective_from
        assert day is not None
        for who in signatories.of_amendment(session, session.get_one(Amendment, amendment_id)):
            amendment_signing.sign(session, amendment_id, who.party_id, ON, None, who.seat)
    with pytest.raises(UserError, match="Unterschrieben wird der Nachtrag"):
        freeze_agreement(database, agreement_id, datetime.combine(day, time(12)))
    with database.read() as session:
        assert printout_of_agreement(session, agreement_id, day).pdf.startswith(b"%PDF")
