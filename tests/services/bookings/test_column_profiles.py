"""Column profiles: kept by name, found by the headers, renamed, deleted."""

import pytest

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import AmountSign, ReadSettings, Unit
from app.domain.errors import Invalid, UserError
from app.services.bookings import column_profiles
from app.services.bookings.column_profiles import Profile
from db.database import Database

COLUMNS = {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe", BookingField.LINE: ""}


def save(database: Database, *profiles: Profile) -> None:
    with database.write("Profil") as session:
        for profile in profiles:
            column_profiles.save(session, profile)


def test_columns_and_settings_come_back(database: Database) -> None:
    settings = ReadSettings(
        AmountSign.SPENDING_NEGATIVE, unit=Unit.THOUSAND, header_row=3, last_row=90, end_mark="erstelltam"
    )
    save(database, Profile("Kasse", COLUMNS, "abc", settings))
    with database.read() as session:
        kept = column_profiles.load(session, "kasse ")
    assert (kept.name, kept.columns, kept.fingerprint) == ("Kasse", COLUMNS, "abc")
    assert kept.settings == ReadSettings(
        AmountSign.SPENDING_NEGATIVE, unit=Unit.THOUSAND, header_mark="abc", end_mark="erstelltam"
    )


def test_the_newest_profile_with_one_of_the_headers_is_found(database: Database) -> None:
    save(database, Profile("A", COLUMNS, "a"), Profile("B", COLUMNS, "b"), Profile("Ohne Kopf", COLUMNS, ""))
    with database.read() as session:
        found = column_profiles.for_headers(session, {"a", "b", "c"})
        assert found is not None
        assert found.name == "B"
        assert column_profiles.for_headers(session, {"c", ""}) is None


def test_saving_again_changes_the_profile_whatever_the_case_of_its_name(database: Database) -> None:
    save(database, Profile("Kasse", COLUMNS, "a"), Profile("KASSE", {BookingField.DAY: "Datum"}, "b"))
    with database.read() as session:
        (row,) = column_profiles.rows(session)
    assert (row.profile.name, row.profile.columns, row.profile.fingerprint) == (
        "Kasse",
        {BookingField.DAY: "Datum"},
        "b",
    )


def test_rename_and_remove(database: Database) -> None:
    save(database, Profile("Kasse", COLUMNS), Profile("Überweisungen", COLUMNS))
    with database.read() as session:
        first, second = (row.id for row in column_profiles.rows(session))
    with database.write("Umbenannt") as session:
        column_profiles.rename(session, first, " Stadtkasse ")
        column_profiles.rename(session, second, "überweisungen")
    with database.read() as session:
        assert column_profiles.names(session) == ["Stadtkasse", "überweisungen"]
    with database.write("Gelöscht") as session:
        column_profiles.remove(session, first)
    with database.read() as session:
        assert column_profiles.names(session) == ["überweisungen"]


@pytest.mark.parametrize(("name", "said"), [("", "Namen geben"), ("KASSE", "gibt es schon")])
def test_names_that_cannot_be(database: Database, name: str, said: str) -> None:
    save(database, Profile("Kasse", COLUMNS), Profile("Andere", COLUMNS))
    with database.write("Umbenannt") as session:
        other = next(row.id for row in column_profiles.rows(session) if row.profile.name == "Andere")
        with pytest.raises(Invalid, match=said):
            column_profiles.rename(session, other, name)


def test_what_is_unknown_is_said_with_what_is_there(database: Database) -> None:
    save(database, Profile("Kasse", COLUMNS))
    with (
        database.read() as session,
        pytest.raises(UserError, match=r"„KSB1“ gibt es nicht.*Vorhanden: „Kasse“"),
    ):
        column_profiles.load(session, "KSB1")
