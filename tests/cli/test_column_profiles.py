"""import-bookings --profile: columns and settings of a kept profile, without a window."""

from pathlib import Path

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import AmountSign, DateOrder, ReadSettings, Unit
from app.services.bookings import column_profiles
from app.services.bookings.column_profiles import Profile
from db.database import open_database
from tests.cli.conftest import Call

SETTINGS = ReadSettings(
    AmountSign.SPENDING_NEGATIVE,
    unit=Unit.THOUSAND,
    date_order=DateOrder.MONTH_FIRST,
    header_row=2,
    end_mark="erstelltam",
)
LIST = (
    "Titel;\nNoch ein Titel;\nTag;Summe\n03/15/2026;-12,5\n03/04/2026;2,5\nErstellt am 1.4.;\n04/04/2026;-1\n"
)


def keep(file: Path, profile: Profile) -> None:
    database = open_database(file, writer=True)
    with database.write("Profil") as session:
        column_profiles.save(session, profile)
    database.close()


def test_a_profile_is_read_with_its_settings(filled: Path, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "kasse.csv"
    path.write_text(LIST, encoding="utf-8")
    refused = call("import-bookings", path, "--database", filled, "--json")
    assert (refused.code, "Spalten im Programm zuordnen" in refused.data["error"]) == (3, True)
    keep(filled, Profile("Kasse", {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe"}, None, SETTINGS))
    taken = call("import-bookings", path, "--profile", "kasse", "--database", filled, "--json")
    assert (taken.code, taken.data["new"], taken.data["skipped"], taken.data["rejected"]) == (0, 2, 0, [])
    assert taken.data["sum"] == "10000.00"


def test_an_unknown_profile_is_3(filled: Path, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "kasse.csv"
    path.write_text(LIST, encoding="utf-8")
    refused = call("import-bookings", path, "--profile", "KSB1", "--database", filled, "--json")
    assert refused.code == 3
    assert "Ein Spaltenprofil „KSB1“ gibt es nicht." in refused.data["error"]
