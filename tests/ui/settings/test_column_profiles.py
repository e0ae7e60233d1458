"""The section of the settings with the column profiles, on a real file."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import (
    AmountSign,
    DateOrder,
    DebitCredit,
    HeaderLines,
    ReadSettings,
    Unit,
)
from app.services.bookings import column_profiles
from app.services.bookings.column_profiles import Profile
from app.ui.context import Context
from app.ui.settings.page import SettingsPage
from app.ui.settings.profiles_section import ProfilesSection, rename_dialog, settings_words

COLUMNS = {BookingField.DAY: "Tag", BookingField.AMOUNT: "Summe in\nEUR", BookingField.LINE: ""}


@pytest.fixture
def section(context: Context, qtbot: QtBot) -> ProfilesSection:
    for name in ("Kasse", "KSB1"):
        context.do("Profil", column_profiles.save, Profile(name, COLUMNS, name))
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_section("profiles")
    assert isinstance(page.section, ProfilesSection)
    return page.section


def shown(section: ProfilesSection) -> list[str]:
    return [row.profile.name for row in section.table.rows()]


def test_what_a_profile_does_is_said(section: ProfilesSection) -> None:
    row = section.table.rows()[0]
    texts = [column.text(row) for column in section.table.model.columns]
    assert texts == ["KSB1", "wie üblich", "Buchungsdatum: Tag, Betrag: Summe in EUR"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ReadSettings(), ""),
        (
            ReadSettings(
                AmountSign.SPENDING_NEGATIVE, DebitCredit.TURN, Unit.THOUSAND, DateOrder.MONTH_FIRST
            ),
            "Ausgaben negativ, H dreht immer, in Tausend (T€), Datum: Monat zuerst",
        ),
        (
            ReadSettings(
                debit_credit=DebitCredit.IGNORE, header_lines=HeaderLines.NONE, end_mark="erstelltam"
            ),
            "Soll/Haben nicht beachtet, keine Kopfzeile, Ende wird erkannt",
        ),
    ],
)
def test_settings_in_words(settings: ReadSettings, words: str) -> None:
    assert settings_words(settings) == words


def test_rename(section: ProfilesSection, context: Context, qtbot: QtBot) -> None:
    dialog = rename_dialog(context, section.table.rows()[0], section)
    dialog.open()
    dialog.body["name"].editor.set_value("kasse")
    dialog.save()
    assert "gibt es schon" in dialog.body["name"].problem
    dialog.body["name"].editor.set_value("Bezirk")
    dialog.save()
    qtbot.waitUntil(lambda: shown(section) == ["Bezirk", "Kasse"])


def test_deleted_and_taken_back(section: ProfilesSection, context: Context, qtbot: QtBot) -> None:
    assert not section.remove_button.isEnabled()
    section.table.select_position(0)
    section.remove_button.click()
    qtbot.waitUntil(lambda: shown(section) == ["Kasse"])
    context.undo()
    qtbot.waitUntil(lambda: shown(section) == ["KSB1", "Kasse"])
