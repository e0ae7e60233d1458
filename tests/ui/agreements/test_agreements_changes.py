"""The tab "Änderung und Ende" through the real page: amendment, notice, talk, letter, successor."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import LETTERS, GoalAction, NoticeDirection, Stage
from app.reports.agreements.letters import LetterKind
from app.services.agreements import (
    agreement_register,
    agreements,
    amendment_register,
    amendment_signing,
    amendments,
    notices,
    signatories,
    successors,
    yearly_talks,
)
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.agreements import PartyInput
from app.services.agreements.amendments import AmendmentInput, GoalChangeInput
from app.services.papers import papers
from app.ui.agreements.life.amendment_form import AmendmentPanel, open_amendment
from app.ui.agreements.life.letter_dialog import LetterDialog
from app.ui.agreements.life.notice_form import NoticePanel, open_notice
from app.ui.agreements.life.paper_dialog import AmendmentDialog, open_kept
from app.ui.agreements.life.talk_form import open_talk
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.parties import PartiesEditor
from app.ui.agreements.record.changes.amendments import open_amendment_signature
from app.ui.agreements.record.changes.tab import ChangesTab
from app.ui.context import Context
from app.ui.kit.editors.checks import ChecksEditor
from app.ui.kit.widgets.pills import PillLabel
from app.ui.shell.errors import ErrorReporter, ShownKind
from app.workflows.agreements.print_agreement import withdraw
from app.workflows.agreements.print_amendment import freeze, printout
from db.models import Actor, Agreement
from tests.services.agreements.life_samples import letterhead
from tests.ui.agreements.conftest import ON
from tests.ui.words import field, press, shown, texts


@pytest.fixture
def agreement_id(context: Context) -> int:
    with context.database.read() as session:
        return session.query(Agreement).filter_by(number="ZV-2025-01").one().id


def row_of(context: Context, agreement_id: int) -> AgreementRow:
    return context.ask(agreement_register.rows, ON, agreement_register.AgreementFilter(id=agreement_id))[0]


@pytest.fixture
def tab(page: AgreementsPage, agreement_id: int) -> ChangesTab:
    page.show_record(agreement_id, "changes")
    shown = page.record.tabs["changes"]
    assert isinstance(shown, ChangesTab)
    return shown


def signed_amendment(context: Context, agreement_id: int, data: AmendmentInput) -> int:
    with context.database.write("Nachtrag") as session:
        amendment_id = amendments.save(session, agreement_id, None, data)
        for who in amendment_register.row(session, amendment_id).signatures:
            amendment_signing.sign(session, amendment_id, who.party_id, ON, None, who.seat)
    return amendment_id


def links(widget: QWidget) -> dict[str, QPushButton]:
    """The buttons in it by their words, after the page has read again."""
    settle(widget)
    return {one.text(): one for one in widget.findChildren(QPushButton)}


def settle(widget: QWidget) -> None:
    page = widget.window()
    assert isinstance(page, AgreementsPage)
    page.refresh_if_stale()


def table(tab: ChangesTab) -> list[str]:
    settle(tab)
    grid = tab.line.table
    items = [grid.item(row, 1) for row in range(grid.rowCount())]
    return [item.text() for item in items if item is not None]


def test_an_amendment_is_written_signed_and_holds(
    tab: ChangesTab, context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    form = open_amendment(context, agreement_id, None, tab)
    panel = form.findChild(AmendmentPanel)
    body = form.body
    assert not body["end"].isEnabled()
    body["title"].editor.set_value("Längere Laufzeit")
    body["changes_term"].editor.box.click()  # type: ignore[attr-defined]
    assert body["end"].isEnabled()
    body["end"].editor.set_value(date(2025, 1, 1))
    form.save()
    assert "vor dem Beginn" in body["end"].problem
    body["end"].editor.set_value(date(2027, 12, 31))
    body["effective_from"].editor.set_value(date(2026, 8, 1))
    body.changed.emit()
    changes = context.ask(
        amendments.changes, context.ask(agreements.load, agreement_id), body.readable(form._values)
    )
    assert [(one.before, one.after) for one in changes] == [("31.08.2026", "31.12.2027")]
    assert panel.comparison.isVisibleTo(form)
    form.save()
    assert "Unterschrift eintragen …" in links(tab)
    for place in range(3):
        row = context.ask(amendment_register.rows, agreement_id)[0]
        open_amendment_signature(tab, row, row.signatures[place]).save()
    now = context.ask(agreements.load, agreement_id)
    assert (now.end, now.stage) == (date(2027, 12, 31), Stage.AMENDED)
    assert "Nachtrag 1: Längere Laufzeit (gilt)" in table(tab)
    context.undo()
    assert context.ask(agreements.load, agreement_id).end == date(2026, 8, 31)


def test_what_is_signed_acts_from_its_day_only(
    tab: ChangesTab, context: Context, agreement_id: int, page: AgreementsPage
) -> None:
    """A longer notice period from 1 January: until then a partner's notice is judged by the old one."""
    with context.database.write("Nachtrag") as session:
        day = date(2027, 1, 1)
        start = amendments.blank(session, agreement_id, day)
        data = replace(
            start,
            title="Längere Frist",
            effective_from=day,
            changes_term=True,
            notice=5,
            end=date(2026, 8, 31),
        )
        amendments.save(session, agreement_id, None, data)
    for place in range(3):
        row = context.ask(amendment_register.rows, agreement_id)[0]
        open_amendment_signature(tab, row, row.signatures[place]).save()
    settle(tab)
    assert "gilt ab 01.01.2027" in [pill.accessibleName() for pill in tab.findChildren(PillLabel)]
    assert row_of(context, agreement_id).stage is Stage.IN_FORCE
    assert "Ab dann gilt Nachtrag 1" in [
        one.label for one in context.ask(agreement_register.detail, agreement_id, ON).findings
    ]
    form = open_notice(context, agreement_id, tab)
    panel = form.findChild(NoticePanel)
    form.body["arrived_on"].editor.set_value(date(2026, 12, 31))
    form.body.changed.emit()
    assert panel.end.text() == "28.02.2027"
    form.body["arrived_on"].editor.set_value(day)
    form.body.changed.emit()
    assert panel.end.text() == "31.08.2027"
    form.reject()

    later = open_amendment(context, agreement_id, None, tab)
    assert later.body["notice"].editor.value() == 2
    later.body["effective_from"].editor.set_value(date(2027, 3, 1))
    later.body.changed.emit()
    assert later.body["notice"].editor.value() == 5
    assert "bisher: 5 Monate zum Laufzeitende" in texts(later)
    later.done(0)


def test_goals_begin_with_their_wording(tab: ChangesTab, context: Context, agreement_id: int) -> None:
    form = open_amendment(context, agreement_id, None, tab)
    rows = form.body.goals  # type: ignore[attr-defined]
    for _ in range(3):
        rows.add_row()
        rows.cells.finish()
    given = rows.value()
    assert [(one.nr, one.action, one.title) for one in given] == [
        ("1", GoalAction.CHANGE, "Offener Treff"),
        ("2", GoalAction.CHANGE, "Sprechstunde"),
        ("3", GoalAction.ADD, None),
    ]
    form.body["title"].editor.set_value("Ziel 2 entfällt")
    rows.set_value((GoalChangeInput("2", GoalAction.DROP),))
    form.save()
    found = context.ask(amendment_register.rows, agreement_id)[0]
    assert [(one.what, one.after) for one in found.changes] == [("Ziel 2", "entfällt")]
    links(tab)["Löschen"].click()
    assert context.ask(amendment_register.rows, agreement_id) == []


def test_a_partner_joins_and_another_leaves(
    tab: ChangesTab, context: Context, agreement_id: int, page: AgreementsPage
) -> None:
    before = row_of(context, agreement_id).partners
    with context.database.write("Träger") as session:
        session.add(new := Actor(short="SUED", name="Südstern e.V.", represented_by="Ida Stern"))
        session.flush()
        new_id = new.id
    form = open_amendment(context, agreement_id, None, tab)
    form.body["title"].editor.set_value("Südstern kommt dazu")
    form.body["effective_from"].editor.set_value(ON)
    joining = form.body["joining"].editor
    assert isinstance(joining, PartiesEditor)
    joining.set_value((PartyInput(new_id),))
    joining.changed.emit()
    assert joining.value() == (PartyInput(new_id, "Ida Stern"),)
    leaving = form.body["leaving"].editor
    assert isinstance(leaving, ChecksEditor)
    boxes = list(leaving.boxes.values())
    assert [box.text() for box in boxes] == before.split("; ")
    boxes[0].click()
    form.save()
    row = context.ask(amendment_register.rows, agreement_id)[0]
    assert [who.name for who in row.signatures][1:] == [*before.split("; "), "Südstern e.V."]
    for who in row.signatures:
        assert row_of(context, agreement_id).partners == before
        open_amendment_signature(tab, row, who).save()
    assert row_of(context, agreement_id).partners == f"{before.split('; ')[1]}; Südstern e.V."
    paper = AmendmentDialog(context, row.id, "Nachtrag 1", tab).shown()
    assert paper.state.accessibleName() == "von allen unterzeichnet"
    assert not paper.note.text
    for gone in (paper.ready_button, paper.back_button, paper.sign_button):
        assert gone.isHidden()  # it is agreed, even where nobody printed it here for signature
    paper.reject()


def test_who_joins_later_can_leave_later(tab: ChangesTab, context: Context, agreement_id: int) -> None:
    """The day is entered in the form: who is offered does not hang on the day on which it was opened."""
    with context.database.write("Träger") as session:
        session.add(new := Actor(short="SUED", name="Südstern e.V.", represented_by="Ida Stern"))
        session.flush()
        new_id = new.id
    later = date(2026, 12, 1)
    joins = AmendmentInput(title="Neu", effective_from=later, joining=(PartyInput(new_id),))
    first = signed_amendment(context, agreement_id, joins)
    form = open_amendment(context, agreement_id, None, tab)
    form.body["effective_from"].editor.set_value(date(2026, 12, 31))
    form.body.changed.emit()
    leaving = form.body["leaving"].editor
    assert isinstance(leaving, ChecksEditor)
    leaving.boxes[new_id].click()
    form.save()
    assert context.ask(amendments.load, first + 1).leaving == (new_id,)


def test_a_notice_stays_of_who_gave_it(tab: ChangesTab, context: Context, agreement_id: int) -> None:
    """Also where that one has left by an amendment since."""
    agreement = context.ask(agreements.load, agreement_id, ON)
    (first, _), *_ = context.ask(signatories.parties, agreement_id, ON)
    leaves = AmendmentInput(title="Weg", effective_from=ON, leaving=(agreement.parties[0].actor_id,))
    signed_amendment(context, agreement_id, leaves)
    given = notices.NoticeInput(NoticeDirection.RECEIVED, arrived_on=ON, party_id=first)
    with context.database.write("Kündigung") as session:
        notice_id = notices.save(session, agreement_id, None, given, ON).id
    form = open_notice(context, agreement_id, tab, notice_id)
    form.body["note"].editor.set_value("per Einschreiben")
    form.save()
    assert context.ask(notices.load, notice_id).party_id == first


def test_a_draft_of_an_amendment_is_written_on(tab: ChangesTab, context: Context, agreement_id: int) -> None:
    form = open_amendment(context, agreement_id, None, tab)
    form.body["title"].editor.set_value("Mehr Geld")
    form.body["changes_amount"].editor.box.click()  # type: ignore[attr-defined]
    form.body["amount_cents"].editor.set_value(3_000_050)
    form.save()
    [draft] = context.ask(amendment_register.rows, agreement_id)
    again = open_amendment(context, agreement_id, draft.id, tab)
    assert (again.body["title"].editor.value(), again.body["amount_cents"].editor.value()) == (
        "Mehr Geld",
        3_000_050,
    )
    again.body["changes_amount"].editor.box.click()  # type: ignore[attr-defined]
    assert not again.body["amount_cents"].isEnabled()
    assert (
        again.body["amount_cents"].editor.value() == context.ask(agreements.load, agreement_id).amount_cents
    )
    again.body["title"].editor.set_value("Nur ein neuer Name")
    again.save()
    [draft] = context.ask(amendment_register.rows, agreement_id)
    assert (draft.title, draft.changes) == ("Nur ein neuer Name", ())


def test_an_amendment_is_made_ready_and_frozen(
    tab: ChangesTab, context: Context, agreement_id: int, tmp_path: Path
) -> None:
    with context.database.write("Nachtrag") as session:
        start = amendments.blank(session, agreement_id)
        amendment_id = amendments.save(session, agreement_id, None, start)
    dialog = AmendmentDialog(context, amendment_id, "Nachtrag 1", tab).shown()
    assert dialog.note.text.startswith("Es fehlt noch: Titel")
    assert not dialog.ready_button.isEnabled()
    dialog.save_to(tmp_path / "entwurf.pdf")
    assert (tmp_path / "entwurf.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()


@pytest.mark.parametrize("paper", ["amendment", "letter"])
def test_words_are_made_bold_and_lists_by_buttons(
    tab: ChangesTab, context: Context, agreement_id: int, paper: str
) -> None:
    dialog: QDialog = (
        open_amendment(context, agreement_id, None, tab)
        if paper == "amendment"
        else LetterDialog(context, agreement_id, LetterKind.INVITATION, tab).shown()
    )
    line = field(dialog, "Text")
    assert isinstance(line, QPlainTextEdit)
    line.setPlainText("Tarif")
    line.selectAll()
    press(dialog, "Fett")
    press(dialog, "Liste")
    assert line.toPlainText() == "- **Tarif**"
    assert line.document().firstBlock().layout().formats()[0].format.fontWeight() == QFont.Weight.Bold
    assert "**" not in texts(dialog)  # no markup where it is explained
    dialog.done(0)


def test_an_amendment_that_is_out_is_only_looked_at(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    letterhead(context.database)
    with context.database.write("Nachtrag") as session:
        start = replace(
            amendments.blank(session, agreement_id), title="Text", text="Mehr Räume.", effective_from=ON
        )
        amendment_id = amendments.save(session, agreement_id, None, start)
        place = {"street": "Weg 1", "postcode": "30163", "city": "Hannover"}
        session.query(Actor).update({"represented_by": "Ada Muster", **place})
        amendment_signing.set_ready(session, amendment_id, ready=True)
    assert {"Bearbeiten", "Ansehen und drucken", "Löschen"} <= links(tab).keys()
    freeze(context.database, amendment_id, context.now())
    assert not {"Bearbeiten", "Löschen"} & links(tab).keys()
    assert "Nachtrag 1 ist für die Unterschrift gedruckt." in texts(tab)
    paper = context.ask(printout, amendment_id, ON).kept
    assert paper is not None
    withdraw(context.database, paper, context.now())
    assert "Bearbeiten" in links(tab)
    row = context.ask(amendment_register.rows, agreement_id)[0]
    open_amendment_signature(tab, row, row.signatures[1]).save()
    assert "Bearbeiten" not in links(tab)
    assert "Bitte zuerst die Unterschrift zurücknehmen" in texts(tab)


def test_the_timeline_of_an_amendment_says_today_where_today_is(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    form = open_amendment(context, agreement_id, None, tab)
    form.body["effective_from"].editor.set_value(date(2027, 1, 1))
    form.body.changed.emit()
    line = form.findChild(AmendmentPanel).term.timeline
    at = QPoint(20, line.height() - 10)
    QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, at, line.mapToGlobal(at)))
    assert QToolTip.text() == "30.06.2027 (in 364 Tagen): Letzter Tag für den Zugang"
    form.done(0)


def test_a_notice_says_the_end_while_typing_and_is_taken_back(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    form = open_notice(context, agreement_id, tab)
    panel = form.findChild(NoticePanel)
    assert panel.end.text() == "28.02.2027"
    assert "Für den 31.08.2026 kommt sie 1 Tag zu spät" in panel.sentence.text
    form.body["arrived_on"].editor.set_value(date(2026, 6, 30))
    form.body.changed.emit()
    assert panel.end.text() == "31.08.2026"
    form.save()
    assert context.ask(agreements.load, agreement_id).stage is Stage.TERMINATED
    assert any("Kündigung eingegangen, zum 31.08.2026" in words for words in table(tab))
    links(tab)["Zurücknehmen"].click()
    assert context.ask(agreements.load, agreement_id).terminated_to is None
    assert context.ask(notices.rows, agreement_id) == []


def test_an_extraordinary_notice_asks_for_its_own_end(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    form = open_notice(context, agreement_id, tab)
    body = form.body
    assert not body["own_end"].isEnabled()
    body["direction"].editor.set_value(NoticeDirection.SENT)
    body["is_extraordinary"].editor.box.click()  # type: ignore[attr-defined]
    assert body["own_end"].isEnabled()
    assert not body["wanted"].isEnabled()
    form.save()
    assert body["own_end"].problem == "Bitte das Ende eintragen."
    body["own_end"].editor.set_value(date(2026, 7, 31))
    form.save()
    assert context.ask(agreements.load, agreement_id).terminated_to == date(2026, 7, 31)


def test_a_sent_notice_is_reckoned_and_gets_its_arrival_later(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    form = open_notice(context, agreement_id, tab)
    panel = form.findChild(NoticePanel)
    form.body["direction"].editor.set_value(NoticeDirection.SENT)
    form.body["arrived_on"].editor.set_value(None)
    form.body.changed.emit()
    assert "Sobald das Datum des Schreibens oder der Zugang eingetragen ist" in texts(form)
    form.body["dated"].editor.set_value(date(2026, 6, 24))
    form.body.changed.emit()
    assert "Zugang gerechnet: 29.06.2026" in texts(form)
    assert panel.end.text() == "31.08.2026"
    form.save()
    [sent] = context.ask(notices.rows, agreement_id)
    assert (sent.arrived_on, sent.ends_on) == (None, date(2026, 8, 31))
    again = open_notice(context, agreement_id, tab, sent.id)
    assert again.body["dated"].editor.value() == date(2026, 6, 24)
    again.body["arrived_on"].editor.set_value(date(2026, 7, 1))  # a day too late for August
    again.body.changed.emit()
    again.save()
    [arrived] = context.ask(notices.rows, agreement_id)
    assert (arrived.arrived_on, arrived.ends_on) == (date(2026, 7, 1), date(2027, 2, 28))


def test_the_menu_of_the_register_asks_for_the_same_notice(page: AgreementsPage, agreement_id: int) -> None:
    page.register.open_record(agreement_id)
    page.register.commands.terminate(agreement_id)
    assert page.findChild(NoticePanel) is not None


def test_a_talk_that_was_held_moves_the_next_one(
    tab: ChangesTab, context: Context, agreement_id: int
) -> None:
    assert context.ask(yearly_talks.next_due, agreement_id, ON) == date(2026, 6, 1)
    form = open_talk(context, agreement_id, "ZV-2025-01", tab)
    form.body["result"].editor.set_value("Mehr Werbung")
    form.save()
    assert context.ask(yearly_talks.next_due, agreement_id, ON) == date(2027, 6, 1)
    assert "Jahresgespräch geführt" in table(tab)


def test_a_letter_is_edited_and_kept_as_it_was_saved(
    tab: ChangesTab, context: Context, agreement_id: int, tmp_path: Path
) -> None:
    with context.database.write("Anschrift") as session:
        for actor in session.query(Actor):
            actor.street, actor.postcode, actor.city = "Weg 1", "30163", "Hannover"
    dialog = LetterDialog(context, agreement_id, LetterKind.EXTRAORDINARY, tab).shown()
    assert not dialog.print_button.isEnabled()  # the reason is a gap
    text = dialog.letter.body.replace("[Grund]", "Die Räume stehen leer.")
    dialog.body["body"].editor.set_value(text)
    dialog.refresh()
    assert dialog.print_button.isEnabled()
    dialog.body.to.set_value(1)
    dialog.body.to.changed.emit()
    assert dialog.letter.recipient.startswith("Küche & Söhne")
    assert dialog.body["recipient"].isVisible()
    dialog.save_to(tmp_path / "brief.pdf")
    kept = context.ask(papers.rows, agreement_id, LETTERS)[0]
    assert context.ask(papers.content, kept.id) == (tmp_path / "brief.pdf").read_bytes()
    assert "Ansehen" in links(tab)
    shown = open_kept(context, kept, "Kündigung", tab)
    assert shown.paper.document.pageCount() == 1
    shown.reject()


def test_a_letter_is_kept_once_however_often_the_printer_is_asked_for(
    tab: ChangesTab, context: Context, agreement_id: int, tmp_path: Path, qtbot: QtBot
) -> None:
    with context.database.write("Anschrift") as session:
        for actor in session.query(Actor):
            actor.street, actor.postcode, actor.city = "Weg 1", "30163", "Hannover"
    dialog = LetterDialog(context, agreement_id, LetterKind.EXTRAORDINARY, tab).shown()
    dialog.body["body"].editor.set_value(dialog.letter.body.replace("[Grund]", "Leerstand."))
    dialog.refresh()
    press(dialog, "Drucken und ablegen")
    shown(QPrintDialog).reject()
    assert dialog.isVisible()
    assert f"{dialog.letter.label} abgelegt" in texts(dialog)
    assert len(context.ask(papers.rows, agreement_id, LETTERS)) == 2
    press(dialog, "Drucken und ablegen")
    asked = shown(QPrintDialog)
    asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    asked.printer().setOutputFileName(str(tmp_path / "drucker.pdf"))
    QDialog.accept(asked)  # the system's own would look for printers
    assert not dialog.isVisible()
    assert len(PdfReader(tmp_path / "drucker.pdf").pages) == 2  # each of the two partners gets one
    for kept in context.ask(papers.rows, agreement_id, LETTERS):
        content = PdfReader(BytesIO(context.ask(papers.content, kept.id)))
        assert "Leerstand" in content.pages[0].extract_text()


def test_the_ways_of_delivery_are_explained_beside_the_choice_and_not_in_the_letter(
    tab: ChangesTab, context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    dialog = LetterDialog(context, agreement_id, LetterKind.TERMINATION, tab).shown()
    assert dialog.body.to_all
    assert not dialog.body["recipient"].isVisible()
    assert len(dialog.letters) == 2
    assert "Auslieferungsbeleg" in dialog.body.way.text()
    dialog.body["delivery"].editor.set_value("Per Bote")
    dialog.body["delivery"].editor.changed.emit()
    assert "Der Bote liest das Schreiben" in dialog.body.way.text()
    dialog.refresh()
    words = PdfReader(BytesIO(dialog.pdf)).pages[0].extract_text()
    assert "Per Bote" in words
    assert "liest das Schreiben" not in words
    assert [label.text() for label in dialog.findChildren(QLabel) if "§ 130 BGB" in label.text()]
    dialog.reject()
    invitation = LetterDialog(context, agreement_id, LetterKind.INVITATION, tab).shown()
    assert not [label for label in invitation.findChildren(QLabel) if "§ 130 BGB" in label.text()]
    assert invitation.body["recipient"].isVisible()
    invitation.reject()


def test_another_letter_is_kept_beside_the_first(
    tab: ChangesTab, context: Context, agreement_id: int, tmp_path: Path, qtbot: QtBot
) -> None:
    with context.database.write("Anschrift") as session:
        for actor in session.query(Actor):
            actor.street, actor.postcode, actor.city = "Weg 1", "30163", "Hannover"
    dialog = LetterDialog(context, agreement_id, LetterKind.EXTRAORDINARY, tab).shown()
    proposed = dialog.letter.body
    for reason in ("Leerstand.", "Kein Personal."):
        dialog.body["body"].editor.set_value(proposed.replace("[Grund]", reason))
        dialog.refresh()
        press(dialog, "Drucken und ablegen")
        shown(QPrintDialog).reject()
    assert len(context.ask(papers.rows, agreement_id, LETTERS)) == 4
    dialog.reject()


def test_the_successor_is_made_and_opened(
    tab: ChangesTab, page: AgreementsPage, context: Context, agreement_id: int, qtbot: QtBot
) -> None:
    links(tab)["Folgevereinbarung anlegen"].click()
    chain = context.ask(successors.chain, agreement_id)
    assert [link.number for link in chain] == ["ZV-2025-01", "ZV-2026-03"]
    assert page.record.agreement_id == chain[1].id
    grid = tab.line.table
    row = next(at for at, words in enumerate(table(tab)) if "ZV-2025-01" in words)
    grid.setCurrentCell(row, 1)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert page.record.agreement_id == agreement_id
    links(tab)["Verknüpfung lösen"].click()
    assert len(context.ask(successors.chain, agreement_id)) == 1


def test_a_notice_that_is_gone_is_said_to_be_gone(
    tab: ChangesTab, context: Context, agreement_id: int, reporter: ErrorReporter
) -> None:
    """The second click of a hurried hand, or a click after undo, meets a row that is no longer there."""
    open_notice(context, agreement_id, tab).save()
    reporter.install()
    block = links(tab)
    context.undo()
    block["Zurücknehmen"].click()
    assert [(one.kind, "nicht mehr da" in one.text) for one in reporter.shown] == [(ShownKind.SENTENCE, True)]
    assert context.ask(notices.rows, agreement_id) == []
    assert "Zurücknehmen" not in [one.text() for one in visible_buttons(tab)]


def visible_buttons(widget: QWidget) -> list[QPushButton]:
    """The buttons that are shown after the page has read again."""
    settle(widget)
    return [one for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
