"""Printing for many from the lists: what is chosen, what is missing, what is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import LETTERS
from app.services import office
from app.services.office import OfficeInput
from app.services.papers import papers
from app.ui.actors.page import ActorsPage
from app.ui.agreements.page import AgreementsPage
from app.ui.context import Context
from app.ui.papers.labels_dialog import OWN, LabelsDialog
from app.ui.papers.serial_dialog import SerialDialog
from app.workflows.papers.serial_plan import Audience, SerialKind
from db.database import Database
from db.models import Actor, Agreement
from tests.services.agreements.life_samples import agreement_in_force
from tests.ui.words import answer, press, shown


@pytest.fixture
def agreement_id(database: Database) -> int:
    with database.write("Büro") as session:
        office.save(
            session, OfficeInput("Alter im Quartier", street="Weg 5", postcode="30449", city="Hannover")
        )
    return agreement_in_force(database)


@pytest.fixture
def dialog(context: Context, agreement_id: int, qtbot: QtBot) -> Iterator[SerialDialog]:
    parent = QWidget()  # a closed dialog is gone before the test ends
    qtbot.addWidget(parent)
    opened = SerialDialog(context, (agreement_id,), parent, agreements=True)
    opened.show()
    yield opened
    parent.deleteLater()


def choose(dialog: SerialDialog, kind: SerialKind, to: Audience = Audience.MAIN) -> None:
    dialog.form.audience.set_value(to)
    dialog.form.kind.set_value(kind)
    dialog.form.kind.changed.emit()


def test_letters_are_saved_as_one_pdf_and_kept(
    dialog: SerialDialog, context: Context, agreement_id: int, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(dialog, SerialKind.INVITATION, Audience.PARTIES)
    assert [bool(item.lacks) for item in dialog.items] == [False, True]
    assert dialog.note.text == "1 Schriftstück; 1 ist unvollständig und bleibt weg."
    dialog.form.keep.set_value(True)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_to(tmp_path / "alle.pdf")
    assert len(PdfReader(tmp_path / "alle.pdf").outline) == 1
    assert len(context.ask(papers.rows, agreement_id, LETTERS)) == 1


def test_single_files_ask_before_they_replace(dialog: SerialDialog, tmp_path: Path, qtbot: QtBot) -> None:
    name = dialog.items[0].file_name
    (tmp_path / name).write_bytes(b"alt")
    dialog.ask_and_save_each(tmp_path)
    box = dialog.findChild(QMessageBox)
    assert box is not None
    assert name in box.text()
    with qtbot.waitSignal(dialog.accepted):
        next(one for one in box.buttons() if one.text() == "Ersetzen").click()
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.glob("*.pdf")] == [name]


def test_printing_keeps_the_letters_once(
    dialog: SerialDialog, context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    choose(dialog, SerialKind.INVITATION)
    dialog.form.keep.set_value(True)
    dialog.print()
    qtbot.waitUntil(lambda: dialog.findChild(QPrintDialog) is not None)
    asked = dialog.findChild(QPrintDialog)
    assert asked is not None
    asked.reject()
    assert not dialog.form.keep.value()
    assert len(context.ask(papers.rows, agreement_id, LETTERS)) == 1


def test_one_pdf_is_proposed_by_what_it_holds(
    dialog: SerialDialog, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(dialog, SerialKind.INVITATION)
    press(dialog, "Als ein PDF …")
    asking = shown(QFileDialog)
    assert Path(asking.selectedFiles()[0]).name == (
        f"Einladungen zum Jahresgespräch {context.today():%Y-%m-%d}.pdf"
    )
    with qtbot.waitSignal(dialog.accepted):
        answer(tmp_path / "alle.pdf")
    assert len(PdfReader(tmp_path / "alle.pdf").pages) >= 1


def test_what_is_with_the_printer_closes_the_dialog(
    dialog: SerialDialog, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(dialog, SerialKind.INVITATION)
    said: list[str] = []
    context.said.connect(said.append)
    press(dialog, "Drucken")
    qtbot.waitUntil(lambda: dialog.findChild(QPrintDialog) is not None)
    asked = shown(QPrintDialog)
    asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asked.printer().setOutputFileName(str(tmp_path / "drucker.pdf"))
    with qtbot.waitSignal(dialog.accepted):
        QDialog.accept(asked)  # the system's own would look for printers
    assert said[-1].endswith("an den Drucker gegeben")
    assert len(PdfReader(tmp_path / "drucker.pdf").pages) == 1


def test_a_free_letter_asks_for_its_words_and_takes_placeholders(dialog: SerialDialog) -> None:
    choose(dialog, SerialKind.FREE)
    assert "Betreff und Text" in dialog.note.text
    assert not dialog.save_button.isEnabled()
    dialog.form.subject.set_value("Zu")
    dialog.form.insert("Nummer")
    dialog.refresh()
    assert dialog.items[0].letter is not None
    assert dialog.items[0].letter.body == "ZV-2026-01"
    assert dialog.save_button.isEnabled()


def test_gaps_get_fields_that_fill_all_letters(dialog: SerialDialog) -> None:
    choose(dialog, SerialKind.REMINDER_PROOF)
    assert dialog.items[0].lacks
    for field in dialog.form.gap_fields:
        field.editor.set_value("2025")
    dialog.refresh()
    assert dialog.items[0].lacks == ()


def test_what_is_missing_leads_to_its_record(dialog: SerialDialog, context: Context, qtbot: QtBot) -> None:
    choose(dialog, SerialKind.INVITATION, Audience.PARTIES)
    with qtbot.waitSignal(context.opened) as opened:
        dialog.go_to_record(dialog.items[1])
    assert opened.args == ["actors", dialog.items[1].actor_id]
    assert not dialog.isVisible()


def test_many_agreements_are_read_beside_the_window(
    context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    def more(session: Session) -> list[int]:
        first = session.get_one(Agreement, agreement_id)
        new = [Agreement(number=f"KV-{n}", kind=first.kind, title="T") for n in range(9)]
        session.add_all(new)
        session.flush()
        return [one.id for one in new]

    ids = context.do("Mehr", more)
    dialog = SerialDialog(context, (agreement_id, *ids), agreements=True)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.items) == 10)
    assert dialog.items[0].number == "ZV-2026-01"
    assert dialog.print_button.isEnabled()


def test_several_selected_rows_are_meant_else_all_that_are_shown(
    context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    page = AgreementsPage(context)
    actors = ActorsPage(context)
    for one in (page, actors):
        qtbot.addWidget(one)
        one.show()
    shown = page.register.serial.button()
    qtbot.addWidget(shown)
    shown.menu().actions()[0].trigger()
    opened = page.findChild(SerialDialog)
    assert opened is not None
    assert [item.number for item in opened.items] == ["ZV-2026-01"]
    choose(opened, SerialKind.FREE)
    opened.form.text.set_value("Noch nicht fertig")
    opened.reject()
    shown.menu().actions()[0].trigger()
    again = page.findChildren(SerialDialog)[-1]
    assert again.form.order().body == "Noch nicht fertig"
    actors.table.grid.selectAll()
    actors.serial.labels(actors.table.selected())
    labels = actors.findChild(LabelsDialog)
    assert labels is not None
    assert labels.note.text.startswith("2 Etiketten. Unvollständig: Diakonie Süd gGmbH")
    assert "Brief an mehrere …" in [action.text() for action in actors.table.row_menu().actions()]


def test_labels_on_a_sheet_of_her_own(
    context: Context, database: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    agreement_in_force(database)
    with database.read() as session:
        ids = tuple(actor.id for actor in session.query(Actor))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LabelsDialog(context, ids, parent, agreements=False)
    dialog.show()
    dialog.body["sheet"].editor.set_value(OWN)
    dialog.body["columns"].editor.set_value(4)
    dialog.refresh()
    assert "über den Bogen" in dialog.body["width"].problem
    assert not dialog.save_button.isEnabled()
    dialog.body["columns"].editor.set_value(2)
    dialog.body["first"].editor.set_value(16)
    dialog.refresh()
    dialog.save_to(tmp_path / "etiketten.pdf")
    assert len(PdfReader(tmp_path / "etiketten.pdf").pages) == 2
    again = LabelsDialog(context, ids, parent, agreements=False)
    assert (again.chosen.sheet, again.chosen.columns, again.chosen.first) == (OWN, 2, 1)


def test_labels_are_printed_and_lead_to_who_lacks_an_address(
    context: Context, database: Database, qtbot: QtBot
) -> None:
    agreement_in_force(database)
    with database.read() as session:
        ids = tuple(actor.id for actor in session.query(Actor))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LabelsDialog(context, ids, parent, agreements=False)
    dialog.show()
    sheet = dialog.body["sheet"].editor
    sheet.combo.setCurrentIndex(1)
    sheet.combo.activated.emit(1)
    first = dialog.chosen.format()
    dialog.body["frames"].editor.box.click()
    sheet.set_value(OWN)
    sheet.set_value(first.name)
    sheet.changed.emit()  # her own measures begin with those of this sheet
    sheet.set_value(OWN)
    assert (dialog.chosen.format().width, dialog.chosen.format().columns) == (first.width, first.columns)
    press(dialog, "Drucken")
    printing = dialog.findChild(QPrintDialog)
    assert printing is not None
    printing.reject()
    with qtbot.waitSignal(context.opened) as opened:
        dialog.note.action.click()
    assert opened.args[0] == "actors"


def test_single_files_go_into_a_folder(dialog: SerialDialog, tmp_path: Path, qtbot: QtBot) -> None:
    press(dialog, "Einzelne Dateien …")
    with qtbot.waitSignal(dialog.accepted):
        answer(tmp_path)
    assert [path.suffix for path in tmp_path.glob("*.pdf")] == [".pdf"]
