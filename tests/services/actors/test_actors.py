"""Actors and the persons at them: what is missing or twice is said at its field."""

from dataclasses import replace

import pytest

from app.domain.errors import Invalid
from app.services.actors import actors, contacts
from app.services.actors.actors import ActorInput
from app.services.actors.contacts import ContactInput
from db.database import Database

DIAK = ActorInput("DIAK", "Diakonie Süd gGmbH", email="info@diak.de")


@pytest.fixture
def diak(database: Database) -> int:
    with database.write("Träger") as session:
        return actors.save(session, None, DIAK)


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (
            ActorInput(),
            {
                "short": "Bitte ein Kürzel eintragen, zum Beispiel „DIAK“.",
                "name": "Bitte den Namen des Trägers eintragen.",
            },
        ),
        (ActorInput("DIAK", "Andere"), {"short": "Das Kürzel DIAK hat schon ein anderer Träger."}),
        (
            ActorInput("A", "AWO", email="@awo"),
            {"email": "Das ist keine E-Mail-Adresse. Beispiel: info@traeger.de"},
        ),
    ],
)
def test_an_actor_needs_a_name_and_a_kuerzel_of_its_own(
    database: Database, diak: int, data: ActorInput, problems: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught, database.write("Träger") as session:
        actors.save(session, None, data)
    assert caught.value.problems == problems
    with database.write("Träger") as session:  # its own Kürzel is no other's
        assert actors.save(session, diak, replace(DIAK, name="Diakonie")) == diak


def test_a_person_stands_once_at_an_actor(database: Database, diak: int) -> None:
    person = ContactInput(diak, "Yıldız", "Mehmet")
    with database.write("Kontakt") as session:
        made = contacts.save(session, None, person)
        contacts.save(session, None, replace(person, first_name="Ayşe"))
        contacts.save(session, made, replace(person, phone="0511 1"))
    for data, field in (
        (person, "last_name"),
        (replace(person, last_name=""), "last_name"),
        (replace(person, last_name="Weiß", email="weiss"), "email"),
    ):
        with pytest.raises(Invalid) as caught, database.write("Kontakt") as session:
            contacts.save(session, None, data)
        assert list(caught.value.problems) == [field]
    with database.read() as session:
        assert [row.name for row in contacts.rows(session, diak)] == ["Mehmet Yıldız", "Ayşe Yıldız"]
