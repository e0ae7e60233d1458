"""The preview of an agreement: pages, gaps, keeping a version and withdrawing it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.services import office
from app.services.actors import actors, contacts
from app.services.agreements import (
    agreements,
    amendment_register,
    amendment_signing,
    amendments,
    clause_comments,
)
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.amendments import AmendmentInput
from app.services.agreements.clause_comments import CommentInput
from app.services.office import OfficeInput, Signatory
from app.services.papers import papers
from app.services.quarters import quarters
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.papers.preview import AgreementPaperDialog
from app.ui.papers.printing import print_pages
from app.workflows.agreements.print_agreement import find_agreement
from db.models import Instalment
from tests.ui.words import answer, press, sentences, shown


def seed(session: Session) -> int:
    office.save(
        session,
        OfficeInput(
            name="Alter im Quartier",
            authority="Landeshauptstadt Hannover",
            street="Musterstraße 5",
            postcode="30449",
            city="Hannover",
            contact_person="K. Łukasz",
            signatories=(Signatory("Dr. Weiß", "Leitung"),),
        ),
    )
    quarter = quarters.save(session, None, quarters.QuarterInput("LIN", "Linden-Süd"))
    actor = actors.save(
        session,
        None,
        actors.ActorInput("DIAK", "Diakonie", street="Weg 1", city="Hannover", represented_by="S. Öztürk"),
    )
    contacts.save(session, None, contacts.ContactInput(actor, "Yıldız", "Mehmet"))
    return agreements.save(
        session,
        None,
        AgreementInput(
            "ZV-2026-01",
            AgreementKind.TARGET,
            "Treff",
            (PartyInput(actor),),
            (GoalInput("1", "Öffnen", None, None, "Tage", "4", date(2026, 9, 1), "S. Öztürk"),),
            quarter_id=quarter,
            begin=date(2026, 1, 1),
            end=date(2026, 12, 31),
            amount_cents=None,
        ),
    )


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> AgreementPaperDialog:
    agreement = context.do("Probe", seed)
    opened = AgreementPaperDialog(context, agreement)
    qtbot.addWidget(opened)
    opened.show()
    return opened


def texts(dialog: AgreementPaperDialog) -> str:
    return " ".join(found.text() for found in dialog.side.findChildren(QLabel))


def set_amount(context: Context, agreement: int, cents: int) -> None:
    def change(session: Session) -> None:
        agreements.save(session, agreement, replace(agreements.load(session, agreement), amount_cents=cents))

    context.do("Betrag", change)


def test_gaps_stand_beside_the_draft(dialog: AgreementPaperDialog) -> None:
    assert "Betrag der Förderung" in texts(dialog)
    assert dialog.state.accessibleName() == "Entwurf"
    assert dialog.paper.document.pageCount() >= 4
    assert not dialog.sign_button.isEnabled()


def test_what_is_entered_elsewhere_is_shown_at_once(dialog: AgreementPaperDialog, context: Context) -> None:
    set_amount(context, context.ask(find_agreement, dialog.printout.number), 100_00)
    assert dialog.printout.missing == ()
    assert "Alles ausgefüllt." in texts(dialog)
    dialog.make_ready()
    assert dialog.sign_button.isEnabled()


def test_what_is_still_to_be_settled_is_said_where_it_is_printed(
    dialog: AgreementPaperDialog, context: Context
) -> None:
    agreement = context.ask(find_agreement, dialog.printout.number)
    set_amount(context, agreement, 100_00)
    dialog.make_ready()
    assert "Vorher noch zu klären (2) •  Budget: Es ist kein Budget zugeordnet." in texts(dialog)
    assert dialog.sign_button.isEnabled()
    set_amount(context, agreement, 0)
    assert "Bereit für die Unterschrift." in texts(dialog)
    assert "zu klären" not in texts(dialog)


def test_one_that_was_changed_is_looked_at_and_not_signed_again(
    dialog: AgreementPaperDialog, context: Context
) -> None:
    agreement, today = context.ask(find_agreement, dialog.printout.number), context.today()
    set_amount(context, agreement, 100_00)

    def change(session: Session) -> None:
        agreements.save(
            session, agreement, replace(agreements.load(session, agreement), stage=Stage.IN_FORCE)
        )
        words = AmendmentInput(title="Text", text="Mehr Werbung.", effective_from=today)
        amendment_id = amendments.save(session, agreement, None, words)
        for who in amendment_register.row(session, amendment_id).signatures:
            amendment_signing.sign(session, amendment_id, who.party_id, today, None, who.seat)

    context.do("Nachtrag", change)
    assert "Nachtrag 1 gilt" in texts(dialog)
    assert "zu klären" not in texts(dialog)
    assert dialog.sign_button.isHidden()


def test_keep_and_withdraw(
    dialog: AgreementPaperDialog, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_amount(context, context.ask(find_agreement, dialog.printout.number), 0)
    dialog.make_ready()
    sent: list[str] = []
    monkeypatch.setattr("app.ui.papers.paper_dialog.ask_and_print", lambda _doc, name, *_: sent.append(name))
    dialog.sign()
    assert sent == ["ZV-2026-01"]
    kept = dialog.printout.kept
    assert kept is not None
    assert not dialog.sign_button.isVisible()
    dialog.withdraw(kept)
    box = dialog.findChild(QMessageBox)
    assert box is not None
    next(b for b in box.buttons() if b.text() == "Zurückziehen").click()
    assert dialog.printout.kept is None
    assert "zurückgezogen am" in texts(dialog)
    (row,) = context.ask(papers.rows, context.ask(find_agreement, dialog.printout.number))
    dialog.show_kept(row)
    assert dialog.paper.document.pageCount() >= 4


def test_leafing_and_zoom(dialog: AgreementPaperDialog, qtbot: QtBot) -> None:
    dialog.paper.go_to(2)
    qtbot.waitUntil(lambda: dialog.paper.page == 2)
    dialog.paper.go_to(99)
    assert dialog.paper.page == 2
    dialog.paper.fit_page()
    before = dialog.paper.view.zoomFactor()
    dialog.paper.zoom(4)
    assert dialog.paper.view.zoomFactor() != before


def test_save_and_print_give_the_same_pages(
    dialog: AgreementPaperDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.save_to(tmp_path / "saved.pdf")
    qtbot.waitUntil((tmp_path / "saved.pdf").exists)
    qtbot.waitUntil(lambda: not dialog.context.jobs.running)
    pages = len(PdfReader(tmp_path / "saved.pdf").pages)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    print_pages(dialog.paper.document, printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == pages == dialog.paper.document.pageCount()


def test_the_draft_goes_out_as_a_word_file(
    dialog: AgreementPaperDialog, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    said = sentences(context)
    assert dialog.word_button.isVisible()
    press(dialog, "Als Word-Datei")
    answer(tmp_path / "entwurf.docx")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [f"Gespeichert: {tmp_path / 'entwurf.docx'} (als Entwurf 1 festgehalten)"]
    assert (tmp_path / "entwurf.docx").read_bytes().startswith(b"PK")


def test_instalments_that_do_not_sum_up_forbid_the_signature(
    dialog: AgreementPaperDialog, context: Context
) -> None:
    agreement = context.ask(find_agreement, dialog.printout.number)
    set_amount(context, agreement, 100_00)
    rate = Instalment(agreement_id=agreement, nr=1, due=date(2026, 2, 1), amount_cents=90_00)
    context.do("Rate", lambda session: session.add(rate))
    dialog.make_ready()
    assert "Raten: Die Raten ergeben 90,00 €, vereinbart sind 100,00 €." in texts(dialog)
    assert not dialog.sign_button.isEnabled()


def test_the_draft_is_asked_for_as_a_word_file(
    dialog: AgreementPaperDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    press(dialog, "Als Word-Datei")
    answer(tmp_path / "entwurf.docx")
    qtbot.waitUntil((tmp_path / "entwurf.docx").exists)
    qtbot.waitUntil(lambda: not dialog.context.jobs.running)


@pytest.mark.parametrize("chosen", [True, False])
def test_remarks_of_the_office_go_out_only_when_chosen(
    dialog: AgreementPaperDialog, context: Context, tmp_path: Path, qtbot: QtBot, chosen: bool
) -> None:
    agreement = context.ask(find_agreement, dialog.printout.number)
    remark = CommentInput(1, date(2026, 3, 1), "Koordination", "Intern: hier nachgeben")
    context.do("Kommentar", clause_comments.save, agreement, None, remark)
    press(dialog, "Als Word-Datei")
    asked = shown(FormDialog)
    box = asked.findChild(QCheckBox)
    assert box.text() == "1 offenen Kommentar in die Datei schreiben"
    assert not box.isChecked()
    box.setChecked(chosen)
    press(asked, "Weiter …")
    answer(tmp_path / "entwurf.docx")
    qtbot.waitUntil((tmp_path / "entwurf.docx").exists)
    qtbot.waitUntil(lambda: not dialog.context.jobs.running)
    assert ("word/comments.xml" in ZipFile(tmp_path / "entwurf.docx").namelist()) is chosen


def test_the_draft_is_asked_for_as_a_pdf_and_its_words_are_kept(
    dialog: AgreementPaperDialog, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    said = sentences(context)
    press(dialog, "Als PDF speichern …")
    answer(tmp_path / "entwurf.pdf")
    qtbot.waitUntil(lambda: bool(said))
    assert (tmp_path / "entwurf.pdf").read_bytes().startswith(b"%PDF")
    assert said == [f"Gespeichert: {tmp_path / 'entwurf.pdf'} (als Entwurf 1 festgehalten)"]


def test_what_was_signed_for_is_saved_as_it_was_printed(
    dialog: AgreementPaperDialog, context: Context, tmp_path: Path
) -> None:
    set_amount(context, context.ask(find_agreement, dialog.printout.number), 0)
    dialog.make_ready()
    dialog.sign()
    asked = shown(QPrintDialog)
    asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asked.printer().setOutputFileName(str(tmp_path / "drucker.pdf"))
    said = sentences(context)
    QDialog.accept(asked)  # the system's own would look for printers
    assert said == ["ZV-2026-01 an den Drucker gegeben"]
    assert len(PdfReader(tmp_path / "drucker.pdf").pages) == dialog.paper.document.pageCount()
    press(dialog, "Als PDF speichern …")
    answer(tmp_path / "kopie.pdf")
    (row,) = context.ask(papers.rows, context.ask(find_agreement, dialog.printout.number))
    assert (tmp_path / "kopie.pdf").read_bytes() == context.ask(papers.content, row.id)
