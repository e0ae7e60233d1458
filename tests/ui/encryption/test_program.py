"""An encrypted file in the window: the first start, the password, locking, another password, the recovery sheet."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.agreements.agreements import AgreementKind
from app.domain.encryption.recovery_key import printed
from app.services import office
from app.ui import preferences
from app.ui.encryption.password_dialog import PasswordDialog
from app.ui.encryption.sheet_dialog import SheetDialog
from app.ui.encryption.unlock import UnlockDialog, UnlockWindow
from app.ui.kit.form_dialog import FormDialog
from app.ui.settings.encryption_section import EncryptionSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.errors import ErrorReporter
from app.ui.shell.locking import LOOK_EVERY_MS, Locking
from app.ui.shell.main_window import MainWindow
from app.ui.shell.program import Program
from app.ui.shell.start_window import Beginning
from db.attachments import AttachmentStore
from db.copies.copying import take_snapshot
from db.copies.taking import daily_snapshot
from db.database import create_database, open_database
from db.encryption import keys
from db.encryption.changing import change
from db.encryption.keys import Secret
from db.encryption.opening import salt_of
from db.encryption.unlocking import is_locked, unlock
from db.file.opened import is_open_here
from db.models import Agreement, Attachment
from tests.ui.words import press
from tests.ui.words import shown as dialog_shown

PASSWORD = "Tasse Ufer Licht Mond"
AT = datetime(2026, 11, 30, 8)
OTHER = "Regen Lampe Vogel Kreis"


@pytest.fixture
def secret(tmp_path: Path) -> Secret:
    """Of an encrypted file at tmp_path / "buero.db", which is closed."""
    path = tmp_path / "buero.db"
    create_database(path).close()
    made = keys.stretched(PASSWORD, keys.new_salt())
    change(path, made)
    keys.forget_all()
    return made


@pytest.fixture
def path(tmp_path: Path, secret: Secret) -> Path:
    return tmp_path / "buero.db"


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def locking_of(program: Program) -> Locking:
    assert program.protection.locking is not None
    return program.protection.locking


def question(program: Program, qtbot: QtBot) -> UnlockWindow:
    qtbot.waitUntil(lambda: program.protection.window is not None)
    assert program.protection.window is not None
    return program.protection.window


def enter(asked: UnlockWindow | UnlockDialog, text: str) -> None:
    asked.fields.line.setText(text)
    asked.fields.go()


def started(program: Program, path: Path, qtbot: QtBot) -> MainWindow:
    program.start(path)
    enter(question(program, qtbot), PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None and bool(program.window.pages))
    return window_of(program)


def keep_one_snapshot(path: Path) -> None:
    """With an attached file, whose name the key alone can tell."""
    unlock(path, PASSWORD)
    database = open_database(path, writer=True)
    stored = AttachmentStore.of(path).put_bytes(b"%PDF-1.7", "Scan.pdf")
    with database.write("Anlage") as session:
        session.add(Agreement(id=1, number="ZV-1", kind=AgreementKind.TARGET, title="T"))
        session.flush()
        session.add(
            Attachment(
                agreement_id=1, file_name="Scan.pdf", size=stored.size, sha256=stored.sha256, added_at=AT
            )
        )
    database.close()
    daily_snapshot(path, AT)
    keys.forget_all()


def choose_password(dialog: FormDialog, password: str) -> None:  # type: ignore[type-arg]
    for name in ("password", "again"):
        dialog.body.fields[name].editor.set_value(password)
    dialog.save()


def section_of(window: MainWindow) -> EncryptionSection:
    window.open_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.show_section("encryption")
    section = page.section
    assert isinstance(section, EncryptionSection)
    return section


def words(widget: QWidget) -> str:
    """All that a screen reader can find in a window."""
    found = [widget.windowTitle()]

    def walk(one: object) -> None:
        assert hasattr(one, "childCount")
        found.extend(one.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value))  # type: ignore[attr-defined]
        for place in range(one.childCount()):
            child = one.child(place)  # type: ignore[attr-defined]
            if child is not None:
                walk(child)

    walk(QAccessible.queryAccessibleInterface(widget))
    return " ".join(found)


def test_the_first_start_proposes_a_password_and_the_sheet(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "neu" / "buero.db"
    program.start(path)
    assert program.start_window is not None
    program.start_window.name.setText("Alter im Quartier")
    program.start_window.choices[Beginning.EXCEL].click()
    dialog = dialog_shown(PasswordDialog)
    choose_password(dialog, "kurz")
    assert "mindestens 10 Zeichen" in dialog.body.fields["password"].problem
    choose_password(dialog, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None)
    window = window_of(program)
    assert window.context.ask(office.load).name == "Alter im Quartier"
    assert salt_of(path) is not None
    assert window.stack.currentWidget() is window.pages["imports"]
    qtbot.waitUntil(lambda: bool(QApplication.activeModalWidget()))
    sheet = dialog_shown(SheetDialog)
    assert sheet.pdf.startswith(b"%PDF")


def test_the_password_of_a_damaged_file_leads_to_the_ways_out(
    program: Program, path: Path, qtbot: QtBot, reporter: ErrorReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", reporter.handle)
    keep_one_snapshot(path)
    path.write_bytes(path.read_bytes()[:100] + bytes(1900) + path.read_bytes()[2000:])
    program.start(path)
    enter(question(program, qtbot), PASSWORD)
    qtbot.waitUntil(lambda: program.ways_out.window is not None)
    assert program.protection.window is None
    window = program.ways_out.window
    assert window is not None
    window.main.click()
    asked = QApplication.activeModalWidget()
    assert asked is not None
    press(asked, "Wiederherstellen")
    qtbot.waitUntil(lambda: program.window is not None and bool(program.window.pages))
    assert not program.ways_out.is_shown
    assert (
        "Sicherung vom 30.11.2026, 08:00 Uhr; die beschädigte Datei liegt"
        in window_of(program).status.news.sentence.text()
    )


def test_a_damaged_head_hides_that_a_file_has_a_password_but_its_snapshots_ask_for_it(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    keep_one_snapshot(path)
    path.write_bytes(bytes(range(100)) + path.read_bytes()[100:])
    program.start(path)
    window = program.ways_out.window
    assert window is not None
    assert [row.is_locked for row in window.table.rows()] == [True]
    window.main.click()
    asked = QApplication.activeModalWidget()
    assert asked is not None
    press(asked, "Wiederherstellen")
    enter(dialog_shown(UnlockDialog), PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None and bool(program.window.pages))
    assert window_of(program).context.ask(office.load)


def test_an_encrypted_file_shows_nothing_before_its_password(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.start(path)
    asked = question(program, qtbot)
    assert program.window is None
    assert asked.fields.line.echoMode() is QLineEdit.EchoMode.Password
    enter(asked, "falsch")
    qtbot.waitUntil(lambda: "passt nicht" in asked.fields.error.text())
    assert is_locked(path)
    assert asked.fields.line.accessibleDescription() == asked.fields.error.text()
    asked.fields.line.clear()
    qtbot.keyClicks(asked.fields.line, PASSWORD)
    assert asked.fields.error.text() == ""
    qtbot.keyClick(asked.fields.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    assert not isValid(asked) or not asked.isVisible()


def test_the_sheet_opens_it_and_a_new_password_is_set(
    program: Program, path: Path, secret: Secret, qtbot: QtBot
) -> None:
    program.start(path)
    asked = question(program, qtbot)
    press(asked, "Kennwort vergessen …")
    groups = printed(secret.value)
    enter(asked, " ".join([groups[0], groups[0], *groups[2:]]))
    qtbot.waitUntil(lambda: "Gruppe 2" in asked.fields.error.text())
    enter(asked, " ".join(groups).lower())
    qtbot.waitUntil(lambda: program.window is not None)
    choose_password(dialog_shown(PasswordDialog), OTHER)
    qtbot.waitUntil(lambda: salt_of(path) not in (None, secret.salt))
    qtbot.waitUntil(lambda: program.window is not None and QApplication.activeModalWidget() is not None)
    assert dialog_shown(SheetDialog).pdf


def test_locked_nothing_is_left_to_see_or_hear_and_work_goes_on_afterwards(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    window = started(program, path, qtbot)
    window.open_page("actors")
    press(window, "Träger anlegen")
    form = dialog_shown(FormDialog)
    editor = form.body.fields["name"].editor
    editor.set_value("Frau Geheimnis")
    locking = locking_of(program)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert locking.eventFilter(form, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, both))
    qtbot.waitUntil(lambda: locking.cover is not None)
    assert locking.cover is not None
    qtbot.waitUntil(
        lambda: [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [locking.cover]
    )
    assert "Geheimnis" not in words(locking.cover)
    qtbot.waitUntil(lambda: is_locked(path))
    assert window.context.is_resting
    assert not is_open_here(path)  # connections know the key
    window.new_day.look()  # what looks by itself asks nothing meanwhile
    window.file_watch.settle()
    window.copies.take_daily()
    assert window.context.jobs.running == []
    enter(locking.cover, "falsch")
    qtbot.waitUntil(lambda: locking.cover is not None and "passt nicht" in locking.cover.fields.error.text())
    locking.cover.close()
    assert locking.cover is not None  # a locked window does not go away by its frame
    enter(locking.cover, PASSWORD)
    qtbot.waitUntil(lambda: locking.cover is None)
    assert window.isVisible()
    assert form.isVisible()
    assert editor.value() == "Frau Geheimnis"
    assert window.context.ask(office.load) is not None


def test_nothing_is_told_over_the_cover(
    program: Program, path: Path, reporter: ErrorReporter, qtbot: QtBot
) -> None:
    window = started(program, path, qtbot)
    window.commands["file.lock"].trigger()
    locking = locking_of(program)
    reporter.tell("„Brief an Frau Geheimnis.pdf“ ist nicht gespeichert.")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [locking.cover]
    assert locking.cover is not None
    enter(locking.cover, PASSWORD)
    qtbot.waitUntil(lambda: locking.cover is None)
    told = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    assert ["Geheimnis" in one.text() for one in told] == [True]
    assert told[0].isModal()


def test_a_closed_window_looks_into_its_file_no_more(program: Program, path: Path, qtbot: QtBot) -> None:
    window = started(program, path, qtbot)
    owners = (window, window.context)
    program.leave_window()
    assert not any(timer.isActive() for owner in owners for timer in owner.findChildren(QTimer))
    assert window.context.is_resting
    assert not is_open_here(path)


def test_it_locks_after_a_time_without_work_and_after_sleep(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    window = started(program, path, qtbot)
    now = [1000.0]
    locking = Locking(window, program.protection._jobs, lambda: now[0])
    preferences.LOCK_MINUTES.set(5)

    def pass_by(seconds: float) -> None:
        for _ in range(int(seconds * 1000 // LOOK_EVERY_MS)):
            now[0] += LOOK_EVERY_MS / 1000
            locking.look()

    pass_by(4 * 60)
    locking.eventFilter(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    pass_by(4 * 60)
    assert locking.cover is None
    pass_by(70)
    assert locking.cover is not None
    enter(locking.cover, PASSWORD)
    qtbot.waitUntil(lambda: locking.cover is None)
    preferences.LOCK_MINUTES.set(0)
    pass_by(60 * 60)
    assert locking.cover is None
    now[0] += 3600  # the computer slept
    locking.look()
    assert locking.cover is not None


def test_an_unencrypted_file_is_not_locked(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "offen.db"
    create_database(path).close()
    program.start(path)
    window = window_of(program)
    assert not window.commands["file.lock"].isEnabled()
    window.context.lock_wanted.emit()
    assert locking_of(program).cover is None


def test_the_settings_encrypt_and_decrypt(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "offen.db"
    create_database(path).close()
    program.start(path)
    qtbot.waitUntil(lambda: bool(window_of(program).pages))
    section = section_of(window_of(program))
    assert "nicht verschlüsselt" in section.state.text
    press(section, "Verschlüsseln …")
    choose_password(dialog_shown(PasswordDialog), PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None and salt_of(path) is not None)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog_shown(SheetDialog).reject()
    section = section_of(window_of(program))
    assert section.state.text.startswith("Datei, Sicherungen und Anlagen sind verschlüsselt.")
    qtbot.waitUntil(lambda: "keinen Schlüsselbund" in section._remembered.text())
    press(section, "Entschlüsseln …")
    enter(dialog_shown(UnlockDialog), PASSWORD)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    answer = dialog_shown(QMessageBox)
    press(answer, "Entschlüsseln")
    qtbot.waitUntil(lambda: program.window is not None and salt_of(path) is None)


def test_a_backup_with_an_earlier_password_asks_for_it(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    keys.forget_all()
    old = tmp_path / "stick" / "fremd.db"
    other = tmp_path / "anderswo.db"
    create_database(other).close()
    change(other, keys.stretched(OTHER, keys.new_salt()))
    take_snapshot(other, old)
    keys.forget_all()
    window = started(program, path, qtbot)
    window.files.open_wanted.emit(old)
    enter(dialog_shown(UnlockDialog), OTHER)
    qtbot.waitUntil(lambda: window_of(program).context.database.path == old)
