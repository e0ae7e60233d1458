"""An agreement in force with two parties and three goals, for tests of what happens to it later."""

from datetime import date

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.services import office
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.office import OfficeInput, Signatory
from db.database import Database
from db.models import Actor, Contact, Party

ON = date(2026, 7, 1)


def letterhead(database: Database) -> None:
    """The office with all that a letterhead needs."""
    with database.write("Büro") as session:
        office.save(
            session,
            OfficeInput(
                name="Alter im Quartier",
                authority="Landeshauptstadt Hannover",
                street="Musterstraße 5",
                postcode="30449",
                city="Hannover",
                signatories=(Signatory("Dr. Weiß", "Leitung"),),
            ),
        )


def agreement_in_force(database: Database, **changes: object) -> int:
    """ZV-2026-01, 01.01. to 31.12.2026, renews by 12 months, 3 months to the end of the term.

    With a stage from before the signature nobody has signed it.
    """
    signed = changes.get("stage") not in (Stage.DRAFT, Stage.NEGOTIATION, Stage.READY_TO_SIGN)
    with database.write("Vereinbarung angelegt") as session:
        nord = Actor(
            short="TNORD",
            name="Nachbarschaft Nord e.V.",
            street="Nordring 1",
            postcode="30163",
            city="Hannover",
        )
        diak = Actor(short="DIAK", name="Diakonie Süd gGmbH")
        session.add_all([nord, diak])
        session.flush()
        session.add(Contact(actor_id=nord.id, last_name="Öztürk", first_name="Sabine", salutation="Frau Dr."))
        values: dict[str, object] = {
            "number": "ZV-2026-01",
            "kind": AgreementKind.TARGET,
            "title": "Quartierszentrum Döhren",
            "parties": (
                PartyInput(nord.id, "Sabine Öztürk", signed_on=date(2025, 12, 1) if signed else None),
                PartyInput(diak.id, signed_on=date(2025, 12, 3) if signed else None),
            ),
            "goals": (
                GoalInput("1", "Offener Treff", target="4 Tage", due=date(2026, 12, 31)),
                GoalInput("2", "Sprechstunde", state=GoalState.RUNNING, due=date(2026, 9, 30)),
                GoalInput("3", "Mittagstisch", state=GoalState.REACHED),
            ),
            "stage": Stage.IN_FORCE,
            "signed_on": date(2025, 12, 3) if signed else None,
            "begin": date(2026, 1, 1),
            "end": date(2026, 12, 31),
            "renewal_months": 12,
            "notice": 3,
            "notice_unit": NoticeUnit.MONTHS,
            "notice_effect": NoticeEffect.END_OF_TERM,
            "amount_cents": 24_000_00,
        }
        return agreements.save(session, None, AgreementInput(**{**values, **changes}))  # type: ignore[arg-type]


def negotiated(database: Database) -> int:
    """The same before anybody has signed it."""
    return agreement_in_force(database, stage=Stage.READY_TO_SIGN)


def parties(database: Database, agreement_id: int) -> list[int]:
    """The ids of its parties in their order."""
    with database.read() as session:
        found = session.query(Party).filter_by(agreement_id=agreement_id).order_by(Party.position)
        return [party.id for party in found]


def signing(database: Database, agreement_id: int) -> list[int | None]:
    """Who signs: the city, then the parties."""
    return [None, *parties(database, agreement_id)]
