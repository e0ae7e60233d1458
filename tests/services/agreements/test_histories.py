"""Histories of quarters and actors say in German what was changed from what to what."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.services.actors import actors, contacts
from app.services.actors.actor_history import actor_history
from app.services.quarters import quarters
from app.services.quarters.quarter_history import quarter_history
from db.database import Database
from db.models import CityPart


def test_a_quarter_and_its_city_parts(database: Database) -> None:
    with database.read() as session:
        part, name = session.execute(select(CityPart.id, CityPart.name).order_by(CityPart.id)).first() or (
            0,
            "",
        )
    with database.write("Angelegt") as session:
        quarter = quarters.save(session, None, quarters.QuarterInput("LIN", "Linden"))
    with database.write("Geändert") as session:
        quarters.save(
            session, quarter, quarters.QuarterInput("LIN", "Linden", phase="Aufbau", city_part_ids=(part,))
        )
    with database.read() as session:
        newest, oldest = quarter_history(session, quarter)
    assert newest.label == "Geändert"
    assert newest.lines == ("Phase: leer → Aufbau", f"Stadtteil {name} hinzugefügt")
    assert oldest.lines == ("angelegt",)


def test_an_actor_and_its_contacts(database: Database) -> None:
    with database.write("Angelegt") as session:
        actor = actors.save(session, None, actors.ActorInput("DIAK", "Diakonie"))
        person = contacts.save(session, None, contacts.ContactInput(actor, "Yıldız", "Mehmet"))
    with database.write("Geändert") as session:
        actors.save(session, actor, actors.ActorInput("DIAK", "Diakonie", city="Hannover"))
        data = contacts.load(session, person)
        contacts.save(session, person, replace(data, delete_on=date(2030, 1, 31)))
    with database.write("Weg") as session:
        contacts.remove(session, person)
    with database.read() as session:
        gone, changed, made = actor_history(session, actor)
    assert gone.lines == ("Kontakt Mehmet Yıldız entfernt",)
    assert "Ort: leer → Hannover" in changed.lines
    assert "angelegt" in made.lines
    assert "Kontakt Mehmet Yıldız hinzugefügt" in made.lines


def test_a_contact_that_moves_names_both_actors(database: Database) -> None:
    with database.write("Angelegt") as session:
        diak = actors.save(session, None, actors.ActorInput("DIAK", "Diakonie"))
        awo = actors.save(session, None, actors.ActorInput("AWO", "AWO Hannover"))
        person = contacts.save(session, None, contacts.ContactInput(diak, "Yıldız"))
    with database.write("Umgezogen") as session:
        contacts.save(session, person, replace(contacts.load(session, person), actor_id=awo))
    with database.read() as session:
        assert actor_history(session, awo)[0].lines == ("Kontakt Yıldız, Träger: Diakonie → AWO Hannover",)
