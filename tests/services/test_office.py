"""The office's letterhead comes back as it was entered."""

from dataclasses import replace

import pytest

from app.domain.errors import Invalid
from app.services import office
from app.services.office import OfficeInput, Signatory
from db.database import Database

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
FULL = OfficeInput(
    name="Alter im Quartier",
    authority="Landeshauptstadt Hannover",
    street="Musterstraße 5",
    email="q@hannover.example",
    signatories=(Signatory("Dr. Weiß", "Leitung"), Signatory("Şahin")),
    logo=PNG,
)


def test_a_new_database_has_an_empty_office(database: Database) -> None:
    with database.read() as session:
        assert office.load(session) == OfficeInput()
        assert not office.is_named(session)


def test_round_trip_and_emptying(database: Database) -> None:
    with database.write("Büro") as session:
        office.save(session, FULL)
    with database.read() as session:
        assert office.load(session) == FULL
        assert office.is_named(session)
    lean = replace(FULL, street="", signatories=(), logo=None)
    with database.write("Büro") as session:
        office.save(session, lean)
    with database.read() as session:
        assert office.load(session) == lean
    assert database.undo() == "Büro"
    with database.read() as session:
        assert office.load(session) == FULL


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "keine"}, "email"),
        ({"income_account_classes": "drei"}, "income_account_classes"),
        ({"signatories": (Signatory("", "Leitung"),)}, "signatories"),
        ({"logo": b"GIF89a"}, "logo"),
        ({"logo": PNG + bytes(office.LOGO_LIMIT)}, "logo"),
    ],
)
def test_problems_are_said_at_the_field(database: Database, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught, database.write("Büro") as session:
        office.save(session, replace(FULL, **changes))  # type: ignore[arg-type]
    assert set(caught.value.problems) == {field}
