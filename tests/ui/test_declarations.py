"""What is declared as data is complete: credits, tables, settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from app.ui import preferences
from app.ui.kit.texts import backup_age
from app.ui.preferences import Preference, page_state, recent_files, remember_file
from db.models import Model
from db.table_words import TABLES

SETTINGS = [value for value in vars(preferences).values() if isinstance(value, Preference)]


def test_every_table_has_its_german_name() -> None:
    assert set(TABLES) == set(Model.metadata.tables)


def test_no_two_settings_share_a_key() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_what_is_stored_wrongly_counts_as_not_stored(setting: Preference[object]) -> None:
    assert setting.get() == setting.default
    for wrong in ("{", '{"a": 1}', "null", "1.5"):
        QSettings().setValue(setting.key, wrong)
        assert setting.get() == setting.default


def test_settings_come_back() -> None:
    preferences.TEXT_SIZE.set(12)
    page_state("budget").set({"Jahr": 2026, "Quartier": ["Döhren"]})
    assert preferences.TEXT_SIZE.get() == 12
    assert page_state("budget").get() == {"Jahr": 2026, "Quartier": ["Döhren"]}


def test_recent_files_are_few_unique_and_there(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.db" for number in range(12)]
    for path in paths:
        path.touch()
        remember_file(path)
    remember_file(paths[5])
    assert recent_files()[0] == paths[5]
    assert len(recent_files()) == preferences.RECENT_FILES_KEPT
    paths[5].unlink()
    assert paths[5] not in recent_files()


def test_the_age_of_a_backup_in_words() -> None:
    from datetime import date, datetime

    taken = datetime(2026, 3, 1, 8, 5)
    assert backup_age(None, date(2026, 3, 1)) == "Noch keine Sicherung"
    assert backup_age(taken, date(2026, 3, 1)) == "Sicherung heute, 08:05"
    assert backup_age(taken, date(2026, 3, 2)) == "Sicherung gestern"
    assert backup_age(taken, date(2026, 3, 9)) == "Sicherung vor 8 Tagen"
