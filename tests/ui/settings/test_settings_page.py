"""The settings page, the dialog for finance and the preview of master data, on a real file."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import UserError
from app.services import office
from app.services.finance import finance_exports
from app.services.master_data import catalogues
from app.services.master_data.catalogues import Catalogue
from app.services.papers import attachments
from app.services.papers.attachments import Belonging
from app.ui import preferences
from app.ui.context import Context
from app.ui.finance.finance_dialog import FinanceDialog
from app.ui.master_data.master_preview import MasterPreview
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.office_form import LogoEditor, office_dialog
from app.ui.settings.page import SECTIONS, SettingsPage
from app.ui.settings.sections import ExportsSection, catalogue_dialog
from app.workflows.demo.making import RESOURCES
from app.workflows.master_data import master_data
from db.attachments import Stored
from db.copies.snapshots import snapshots
from db.models import Agreement, Budget
from tests.paths import DATA
from tests.ui import words
from tests.ui.conftest import PATIENCE_MS


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(1060, 740)
    page.show()
    return page


def budget(context: Context) -> None:
    with context.database.write("Budget") as session:
        session.add(Budget(number="B26", title="Budget", year=2026, planned_cents=100))


def test_each_section_shows_itself_with_its_action(page: SettingsPage) -> None:
    for name, made in SECTIONS:
        page.show_section(name)
        assert isinstance(page.section, made)
        assert page.header.sentence == made.sentence
        assert page.header.primary is not None
        assert page.header.primary.isVisible() is bool(made.action[0])


def test_chosen_section_is_remembered(page: SettingsPage, context: Context, qtbot: QtBot) -> None:
    page.show_section("groups")
    again = SettingsPage(context)
    qtbot.addWidget(again)
    assert again.section.title == "Zielgruppen"


def test_office_is_edited_in_one_form(page: SettingsPage, context: Context, qtbot: QtBot) -> None:
    dialog = office_dialog(context, page)
    dialog.open()
    dialog.body["name"].editor.set_value("Alter im Quartier")
    logo = dialog.body["logo"].editor
    assert isinstance(logo, LogoEditor)
    logo.take(RESOURCES / "demo" / "logo.png")
    dialog.body["signatories"].editor.set_value((office.Signatory("Rita Muster", "Leitung"),))
    dialog.save()
    stored = context.ask(office.load)
    assert (stored.name, stored.street, stored.signatories[0].name) == (
        "Alter im Quartier",
        "",
        "Rita Muster",
    )
    assert stored.logo is not None
    assert context.database.undo_label == "Angaben zum Büro gespeichert"


def test_a_logo_is_chosen_and_taken_away_again(page: SettingsPage, context: Context, tmp_path: Path) -> None:
    dialog = office_dialog(context, page)
    dialog.open()
    dialog.body["name"].editor.set_value("Alter im Quartier")
    logo = dialog.body["logo"].editor
    assert isinstance(logo, LogoEditor)
    assert not logo.remove_button.isEnabled()
    logo.choose_button.click()
    words.answer(RESOURCES / "demo" / "logo.png")
    assert logo.value() == (RESOURCES / "demo" / "logo.png").read_bytes()
    dialog.save()
    assert context.ask(office.load).logo is not None
    again = office_dialog(context, page)
    again.open()
    editor = again.body["logo"].editor
    assert isinstance(editor, LogoEditor)
    editor.remove_button.click()
    again.save()
    assert context.ask(office.load).logo is None


def test_a_logo_that_is_too_large_or_gone_is_refused(
    page: SettingsPage, context: Context, tmp_path: Path
) -> None:
    dialog = office_dialog(context, page)
    logo = dialog.body["logo"].editor
    assert isinstance(logo, LogoEditor)
    (tmp_path / "gross.png").write_bytes(bytes(office.LOGO_LIMIT + 1))
    with pytest.raises(UserError, match="größer als 2 MB"):
        logo.take(tmp_path / "gross.png")
    with pytest.raises(UserError, match=r"weg\.png.*lässt sich nicht lesen"):
        logo.take(tmp_path / "weg.png")
    assert logo.value() is None


def test_logo_that_is_none_is_said_at_its_field(page: SettingsPage, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"kein Bild")
    dialog = office_dialog(context, page)
    dialog.open()
    dialog.body["name"].editor.set_value("Büro")
    logo = dialog.body["logo"].editor
    assert isinstance(logo, LogoEditor)
    logo.take(path)
    dialog.save()
    assert "PNG" in dialog.body["logo"].problem


def test_catalogue_is_edited_as_a_list(page: SettingsPage, context: Context) -> None:
    page.show_section("blocks")
    dialog = catalogue_dialog(context, Catalogue.BUILDING_BLOCKS, "Bausteine", page)
    dialog.open()
    editor = dialog.body["entries"].editor
    entries = editor.value()
    editor.set_value((*entries[1:], entries[0]))
    dialog.save()
    names = [entry.name for entry in context.ask(catalogues.load, Catalogue.BUILDING_BLOCKS).entries]
    assert names[-1] == "Begegnung"


def test_backup_now_lies_beside_the_file_and_at_the_second_place(
    page: SettingsPage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_section("backups")
    section = page.section
    assert isinstance(section, BackupSection)
    assert section.age.text.startswith("Noch keine Sicherung")
    stick = tmp_path / "stick"
    stick.mkdir()
    section.set_second_place(str(stick))
    assert preferences.SECOND_BACKUP_PLACE.get() == str(stick)
    section.act()
    qtbot.waitUntil(lambda: len(section.table.rows()) == 1)
    assert section.age.text.startswith("Sicherung heute")
    qtbot.waitUntil(lambda: "Zweiter Ort: heute" in section.place.text())
    assert len(snapshots(context.database.path, stick)) == 1
    section.set_second_place("")
    assert not section.forget_button.isVisible()


def test_everything_is_checked_with_the_attached_files(
    page: SettingsPage, context: Context, qtbot: QtBot
) -> None:
    page.show_section("backups")
    section = page.section
    assert isinstance(section, BackupSection)
    section.age.action.click()
    qtbot.waitUntil(lambda: section.findings.text.startswith("Geprüft"))
    with context.database.write("x") as session:
        agreement = Agreement(number="ZV-1", kind=AgreementKind.TARGET, title="Treff")
        session.add(agreement)
        session.flush()
        stored = Stored("ab" * 32, 12, is_new=True)
        attachments.add(session, Belonging(agreement.id), "Scan.pdf", stored, datetime(2026, 7, 1))
    section.age.action.click()
    qtbot.waitUntil(lambda: "Scan.pdf" in section.findings.text)
    assert "Die Datei fehlt" in section.findings.text


def test_checking_everything_can_be_cancelled(page: SettingsPage, context: Context, qtbot: QtBot) -> None:
    with context.database.write("x") as session:
        agreement = Agreement(number="ZV-1", kind=AgreementKind.TARGET, title="Treff")
        session.add(agreement)
        session.flush()
        stored = Stored("ab" * 32, 12, is_new=True)
        attachments.add(session, Belonging(agreement.id), "Scan.pdf", stored, datetime(2026, 7, 1))
    page.show_section("backups")
    section = page.section
    assert isinstance(section, BackupSection)
    said: list[str] = []
    context.said.connect(said.append)
    turn = threading.Event()
    for _ in range(2):  # both workers are busy: what is begun now waits its turn
        context.jobs.start("", lambda _progress: turn.wait(PATIENCE_MS / 1000), lambda _: None)
    section.age.action.click()
    qtbot.waitUntil(lambda: bool(context.jobs.running[-1].dialog))
    words.press(words.shown(QDialog), "Abbrechen")
    turn.set()
    qtbot.waitUntil(lambda: not context.jobs.running)
    assert said == ["Prüfung: abgebrochen, nichts geändert"]
    assert section.findings.text == ""


def test_workbook_for_finance_is_saved_and_marked_as_sent(
    page: SettingsPage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    budget(context)
    dialog = FinanceDialog(context, page, 2026).shown()
    dialog.save_to(tmp_path / "f.xlsx")
    qtbot.waitUntil(lambda: dialog.sent_button.isVisible())
    assert (tmp_path / "f.xlsx").exists()
    assert "0 Buchungen" in dialog.outcome.text
    qtbot.mouseClick(dialog.sent_button, Qt.MouseButton.LeftButton)
    assert context.ask(finance_exports.rows)[0].sent_at is not None


def test_workbooks_can_be_marked_later_and_withdrawn(
    page: SettingsPage, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    from app.workflows.finance.export_finance import export_finance

    budget(context)
    export_finance(context.database, tmp_path / "f.xlsx", 2026)
    page.show_section("exports")
    section = page.section
    assert isinstance(section, ExportsSection)
    assert section.table.shown_columns()[3].text(section.table.rows()[0]) == "nicht gesendet"
    for press, word in ((section.sent_button, "gesendet"), (section.withdraw_button, "nicht gesendet")):
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda word=word: state(section) == word)


def state(section: ExportsSection) -> str:
    return section.table.shown_columns()[3].text(section.table.rows()[0])


def test_preview_of_master_data_filters_by_state(context: Context, qtbot: QtBot) -> None:
    plan = master_data.prepare(context.database, DATA / "stammdaten_fehler.xlsx").plan
    preview = MasterPreview()
    qtbot.addWidget(preview)
    preview.set_plan(plan)
    preview.show()
    counts = {key: one.count for key, one in preview.filter.buttons.items()}
    assert counts == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 3}
    assert "Unbekanntes Blatt" in preview.ignored.text
    assert [row.row for row in preview.table.shown_rows()] == [3, 4, 5, 2]
    remark = next(column for column in preview.table.shown_columns() if column.key == "remark")
    assert remark.text(preview.table.shown_rows()[0]) == "Ansatz: „abc“ ist kein Betrag."
    qtbot.mouseClick(preview.filter.buttons["new"], Qt.MouseButton.LeftButton)
    assert [row.row for row in preview.table.shown_rows()] == [2]
    assert not preview.filter.buttons["changed"].isEnabled()


def test_preview_shows_old_and_new_and_goes_to_the_sheet(
    context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    import openpyxl

    prepared = master_data.prepare(context.database, DATA / "stammdaten.xlsx")
    master_data.apply(context.database, prepared)
    book = openpyxl.load_workbook(DATA / "stammdaten.xlsx")
    book["Budgets"]["F2"] = 40_000
    book["Mitglieder"]["B2"] = "Ratsfraktion B"
    book.save(tmp_path / "neu.xlsx")
    preview = MasterPreview()
    qtbot.addWidget(preview)
    preview.set_plan(master_data.prepare(context.database, tmp_path / "neu.xlsx").plan)
    preview.show()
    preview.filter.choose("changed")
    shown = [preview.sheets.item(place) for place in range(preview.sheets.count())]
    assert [item.text().split("\n")[0] for item in shown if not item.isHidden()] == ["Budgets", "Mitglieder"]
    row = preview.table.shown_rows()[0]
    planned = next(column for column in preview.table.shown_columns() if column.title == "Ansatz")
    assert planned.text(row) == "40.000,00 (vorher 36.000,00)"


def test_the_second_place_is_chosen_as_a_folder(page: SettingsPage, tmp_path: Path) -> None:
    page.show_section("backups")
    stick = tmp_path / "stick"
    stick.mkdir()
    words.press(page.section, "Ordner wählen …")
    words.answer(stick)
    assert preferences.SECOND_BACKUP_PLACE.get() == str(stick)


def test_how_often_an_entry_is_used_is_shown_and_kept(
    page: SettingsPage, context: Context, qtbot: QtBot
) -> None:
    dialog = catalogue_dialog(context, Catalogue.TARGET_GROUPS, "Zielgruppen", page)
    dialog.open()
    editor = dialog.body["entries"].editor
    before = editor.value()
    editor.grid.setCurrentIndex(editor.rows_model.index(0, 1))
    qtbot.keyClick(editor.grid, Qt.Key.Key_F2)
    assert editor.value() == before
    dialog.reject()
