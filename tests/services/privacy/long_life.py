"""A person with a name nobody else has, after a long life in the program, and where bytes of her may be."""

import json
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.budgets.budgets import BookingSource
from app.services.actors import actors, contacts
from app.services.actors.contacts import ContactInput
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from db.database import Database
from db.models import Agreement, Attachment, Booking, Goal, GoalReport, Offer, Quarter
from tests.services.agreements.life_samples import agreement_in_force

FIRST, LAST, BEFORE = "Xaverine", "Quittenbäumer", "Mirabellenstein"
NAME = f"{FIRST} {LAST}"
MAIL = "x.quittenbaeumer@traeger.example"
ON = date(2026, 12, 1)
MOMENT = datetime(2026, 11, 30, 12)


def spelled() -> set[bytes]:
    """All ways in which her name and address may lie in a file, in small letters."""
    texts = {FIRST, LAST, BEFORE, "Quittenbaeumer", unicodedata.normalize("NFD", LAST), MAIL}
    texts |= {json.dumps(text)[1:-1] for text in texts}
    low = {text.lower() for text in texts}
    return {text.encode(code) for text in low for code in ("utf-8", "utf-16-le", "utf-16-be")}


def traces(folder: Path) -> dict[str, int]:
    """The files of a folder, and their names, in which she is found; how often."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        content = path.read_bytes() if path.is_file() else b""
        low = name.lower().encode() + b"\0" + content.lower()
        low += content.decode("utf-8", "ignore").lower().encode()  # Ä in capitals
        if count := sum(low.count(way) for way in spelled()):
            found[name] = count
    return found


def lived(database: Database) -> int:
    """Makes her, edits, renames, undoes, redoes, names her in many places that may go; the id of her contact."""
    signed_id = agreement_in_force(database)
    with database.write("Quartier") as session:
        quarter = Quarter(short="Q", name="Döhren", contact_person=f"Frau {NAME}", notes="Nichts")
        session.add(quarter)
        session.flush()
        actor_id = agreements.load(session, signed_id).parties[0].actor_id
        other_id = agreements.load(session, signed_id).parties[1].actor_id
        session.add(
            Offer(quarter_id=quarter.id, actor_id=actor_id, title="Treff", notes=f"{LAST}, {FIRST} leitet")
        )
    person = ContactInput(actor_id, BEFORE, FIRST, "Frau", "Leitung", "0511 98765432", MAIL, "Verteiler")
    with database.write(f"Kontakt {BEFORE} gespeichert") as session:
        contact_id = contacts.save(session, None, person)
    person = replace(person, last_name=LAST, delete_on=date(2026, 11, 1), source=f"Visitenkarte {NAME}")
    with database.write(f"Kontakt {LAST} gespeichert") as session:
        contacts.save(session, contact_id, person)
    database.undo()
    database.redo()
    with database.write(f"Kontakt {NAME} gelöscht") as session:
        contacts.remove(session, contact_id)
    database.undo()
    with database.write(f"Träger von {NAME} gespeichert") as session:
        data = actors.load(session, actor_id)
        actors.save(session, actor_id, replace(data, represented_by=f"Dr. {NAME}", function="Vorständin"))
    with database.write("Vereinbarung") as session:
        draft = AgreementInput(
            number="ZV-2026-09",
            kind=AgreementKind.TARGET,
            title="Entwurf",
            parties=(PartyInput(other_id, NAME, "Leitung"),),
            stage=Stage.DRAFT,
            notes=f"Rückruf von Frau {LAST} – und Herrn Meier",
        )
        draft_id = agreements.save(session, None, draft)
    with database.write("Berichte") as session:
        goal = Goal(agreement_id=draft_id, nr="1", title="Ziel", responsible=NAME)
        session.add(goal)
        session.flush()
        report = GoalReport(goal_id=goal.id, day=ON, state=goal.state, author=NAME, text="Alles gut")
        session.add(report)
        session.add(
            Attachment(
                agreement_id=draft_id,
                file_name=f"Brief_{LAST}.pdf",
                size=1,
                sha256="a" * 64,
                added_at=MOMENT,
                note=f"von {NAME}",
            )
        )
    return contact_id


def bound(database: Database) -> None:
    """Names her where she has to stay: in a signed agreement and in a booking; and in notes beside them."""
    with database.write("Unterschrift") as session:
        (signed_id,) = session.scalars(select(Agreement.id).where(Agreement.stage == Stage.IN_FORCE))
        signed = agreements.load(session, signed_id, ON)
        parties = (replace(signed.parties[0], represented_by=NAME), *signed.parties[1:])
        agreements.save(session, signed_id, replace(signed, parties=parties, notes=f"Gruß an {NAME}"))
        session.add(
            Booking(
                source=BookingSource.MANUAL,
                day=ON,
                budget_year=2026,
                amount_cents=12_345,
                payee=NAME,
                text="Honorar",
                note=f"{NAME} hat recht",
            )
        )
