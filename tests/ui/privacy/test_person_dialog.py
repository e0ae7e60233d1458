"""A person from the contact's menu and from the settings: told as PDF and workbook, erased with all that is said."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.privacy.people import Person
from app.reports.privacy.concepts import deletion_paper, record_paper
from app.reports.privacy.paper import paper_docx, paper_pdf
from app.services import office
from app.services.actors import contacts
from app.services.actors.contacts import ContactInput
from app.services.privacy import erasures, findings, privacy_settings
from app.services.privacy.privacy_settings import PrivacyInput
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.theme import Theme
from app.ui.privacy.concept_dialog import ConceptDialog
from app.ui.privacy.disclosure_dialog import DisclosureDialog
from app.ui.privacy.person_dialog import PersonDialog
from app.ui.settings.page import SettingsPage
from app.ui.settings.privacy_section import PrivacySection, show_erasure, times_dialog
from db.database import Database
from db.models import Contact
from tests.services.privacy.long_life import FIRST, LAST, NAME, ON, bound, lived, traces
from tests.ui.words import shown, texts


@pytest.fixture
def context(database: Database, theme: Theme) -> Iterator[Context]:
    """On a fixed day."""
    opened = Context(database, clock=lambda: ON)
    yield opened
    opened.jobs.close()


def opened(context: Context, qtbot: QtBot, contact_id: int, *, erasing: bool = True) -> PersonDialog:
    person = context.ask(findings.person_of, contact_id)
    dialog = PersonDialog(context, person, contact_id=contact_id, erasing=erasing)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.table.rows()))
    return dialog


def pdf_text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_sure_places_are_chosen_and_she_decides_on_the_others(context: Context, qtbot: QtBot) -> None:
    dialog = opened(context, qtbot, lived(context.database))
    unsure = [row for row in dialog.table.rows() if not row.is_meant]
    assert [row.finding.title for row in unsure] == ["Vereinbarung"]
    dialog.table.select(unsure[0].id)
    qtbot.keyClick(dialog.table.grid, " ")
    assert all(row.is_meant for row in dialog.table.rows())
    assert dialog.sentence.text().startswith("9 Stellen von 9 gemeint")
    dialog.reject()


def test_she_is_told_all_of_it_as_paper_and_as_workbook(
    context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    contact_id = lived(context.database)
    bound(context.database)
    dialog = opened(context, qtbot, contact_id, erasing=False)
    dialog.tell_button.click()
    told = shown(DisclosureDialog)
    told.save_to(tmp_path / "auskunft.pdf")
    told.save_excel_to(tmp_path / "auskunft.xlsx")
    said = pdf_text((tmp_path / "auskunft.pdf").read_bytes())
    for wanted in (
        "Zweck", "Kategorien von Daten", "Empfänger", "Herkunft", "Dauer", "Rechtsgrundlage", "Art. 77",
        "Verantwortlich", "0511 98765432", "Brief_", "Verlauf", "Mirabellenstein", "31.12.2036",
    ):  # fmt: skip
        assert wanted in said, wanted
    assert "Sabine" not in said, "who represented the partner before is not hers to know"
    book = openpyxl.load_workbook(tmp_path / "auskunft.xlsx")
    assert book.sheetnames[0] == "Gespeicherte Daten"
    rows = list(book["Gespeicherte Daten"].iter_rows(min_row=2, values_only=True))
    assert ("Kontakte bei Trägern", "Kontakt Nachbarschaft Nord e.V.", "Nachname", LAST) in rows
    assert any(row[1] == "Buchung vom 01.12.2026" and row[3] == NAME for row in rows)
    told.reject()
    dialog.reject()


def test_erasing_says_what_stays_and_leaves_nothing_else(
    context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    contact_id = lived(context.database)
    preferences.page_state("actors").update(search=f"{LAST}")
    searched, other = QLineEdit(f"{LAST}"), QLineEdit("Diakonie")
    qtbot.addWidget(searched)
    qtbot.addWidget(other)
    dialog = opened(context, qtbot, contact_id)
    dialog.toggle([row for row in dialog.table.rows() if not row.is_meant])
    dialog.erase_button.click()
    form = shown(FormDialog)
    words = texts(form)
    assert "31.12.2026" in words
    assert "nicht rückgängig" in words
    assert form.body["reason"].editor.value() == "Löschtag erreicht"
    said: list[str] = []
    context.said.connect(said.append)
    form.save()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("Gelöscht: ")
    assert traces(tmp_path) == {}
    assert preferences.page_state("actors").get() == {}
    assert (searched.text(), other.text()) == ("", "Diakonie")
    assert context.ask(erasures.due, ON) == []


def test_the_settings_list_who_is_due_and_what_was_erased(context: Context, qtbot: QtBot) -> None:
    contact_id = lived(context.database)
    bound(context.database)
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show_section("privacy")
    section = page.section
    assert isinstance(section, PrivacySection)
    assert [row.id for row in section.due.rows()] == [contact_id]
    assert "1 Kontakt ist" in section.state.text
    page.show()
    section.erase_button.click()
    dialog = shown(PersonDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.rows()))
    dialog.erase()
    form = shown(FormDialog)
    form.save()
    qtbot.waitUntil(lambda: bool(context.ask(erasures.rows)))
    qtbot.waitUntil(lambda: not context.jobs.running)
    section.refresh()
    assert section.due.rows() == []
    (done,) = section.done.rows()
    assert (done.reason, done.copies_until) == ("Löschtag erreicht", date(2026, 12, 31))
    box = show_erasure(done, page)
    assert "Buchung vom 01.12.2026: Haushaltsrecht" in box.text()
    box.close()


def test_a_person_who_is_no_contact_is_found_by_name(context: Context, qtbot: QtBot) -> None:
    contact_id = lived(context.database)
    with context.database.write("weg") as session:
        contacts.remove(session, contact_id)
    dialog = PersonDialog(context, Person(LAST, FIRST))
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.table.rows()))
    (gone,) = (row.finding for row in dialog.table.rows() if row.finding.table == "contact")
    assert (gone.only_log, gone.whole) == (True, True)
    dialog.reject()


def test_both_concepts_are_true_to_the_program(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    with context.database.write("Büro") as session:
        office.save(
            session,
            office.OfficeInput(
                "Alter im Quartier", "Landeshauptstadt Hannover", data_protection_officer="Dr. Datenschutz"
            ),
        )
        privacy_settings.save(session, PrivacyInput(copy_days=20, agreement_years=7, booking_years=12))
    bureau, times = context.ask(office.load), context.ask(privacy_settings.load)
    record = record_paper(bureau, times, ON, is_encrypted=False)
    sealed = record_paper(bureau, times, ON, is_encrypted=True)
    dialog = ConceptDialog(context, record)
    assert "fehlen" not in dialog.note.text
    said = pdf_text(dialog.pdf)
    for wanted in ("Dr. Datenschutz", "Landeshauptstadt Hannover", "7 Jahre", "12 Jahre", "Steuerungsbeirat"):
        assert wanted in said
    assert ("nicht verschlüsselt" in said, "nicht verschlüsselt" in pdf_text(paper_pdf(sealed))) == (
        True,
        False,
    )
    concept = deletion_paper(bureau, times, ON, [])
    document = Document(BytesIO(paper_docx(concept)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in document.paragraphs), *cells])
    for wanted in ("20 Tagen", "Kontakt", "Buchung", "12 Jahre", "Noch keine."):
        assert wanted in text
    dialog.save_word_to(tmp_path / "v.docx")
    assert (tmp_path / "v.docx").stat().st_size


def test_times_are_kept_and_checked(context: Context, qtbot: QtBot) -> None:
    dialog = times_dialog(context, SettingsPage(context))
    dialog.open()
    dialog.body["copy_days"].editor.set_value(800)
    dialog.save()
    assert "0 bis 730" in dialog.body["copy_days"].problem
    dialog.body["copy_days"].editor.set_value(14)
    dialog.save()
    assert context.ask(privacy_settings.load).copy_days == 14


def test_a_contact_saved_without_a_day_is_not_due(context: Context) -> None:
    contact_id = lived(context.database)
    with context.database.write("x") as session:
        actor_id = session.get_one(Contact, contact_id).actor_id
        contacts.save(session, None, ContactInput(actor_id, "Ohne", "Tag"))
    assert [one.id for one in context.ask(erasures.due, ON)] == [contact_id]
