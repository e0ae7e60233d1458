"""The tab "Unterschrift": who has signed, scans at their place, the printed version checked."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import Stage
from app.domain.errors import StoreError, UserError
from app.services import office
from app.services.agreements import (
    agreements,
    amendment_register,
    amendment_signing,
    amendments,
    signatures,
    signed_state,
)
from app.services.agreements.amendments import AmendmentInput
from app.services.office import OfficeInput, Signatory
from app.services.papers import papers
from app.ui.agreements.corrections import OUT
from app.ui.agreements.form import open_form
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.signature.signatory_card import SignatoryCard
from app.ui.agreements.record.signature.tab import SignatureTab
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.note import Note
from db import checksums
from db.driver import sqlite
from tests.ui.agreements.conftest import ON
from tests.ui.agreements.test_attachments_tab import Viewer
from tests.ui.words import answer, enter, press, shown, texts

AT = datetime(2026, 6, 24, 9, 30)


@pytest.fixture
def tab(page: AgreementsPage) -> SignatureTab:
    row = next(row for row in page.register.table.rows() if row.number == "KV-2026-01")
    page.show_record(row.id, "signature")
    found = page.record.tabs["signature"]
    assert isinstance(found, SignatureTab)
    return found


def agreement(tab: SignatureTab) -> int:
    return cards(tab)[0].belongs.agreement_id


def cards(tab: SignatureTab) -> list[SignatoryCard]:
    """In the order shown: the city, then the parties."""
    canvas = tab.people.widget()
    assert canvas is not None
    return canvas.findChildren(SignatoryCard)


def words(tab: SignatureTab) -> str:
    canvas = tab.people.widget()
    assert canvas is not None
    return "\n".join(label.text() for label in canvas.findChildren(QLabel))


def stage(tab: SignatureTab, context: Context) -> Stage:
    return context.ask(agreements.load, agreement(tab)).stage


def test_in_force_with_the_last_signature_and_back(tab: SignatureTab, qtbot: QtBot, context: Context) -> None:
    assert "0 von 2 haben unterschrieben, es fehlt noch: Stadt, Küche & Söhne" in words(tab)
    cards(tab)[1].sign.click()
    form = tab.findChildren(FormDialog)[-1]
    form.body["signed_by"].editor.set_value("Herr Karl Koch")
    form.save()
    qtbot.waitUntil(lambda: "am 01.07.2026 von Herrn Karl Koch" in words(tab))
    assert stage(tab, context) is Stage.READY_TO_SIGN
    cards(tab)[0].sign.click()
    tab.findChildren(FormDialog)[-1].save()
    qtbot.waitUntil(lambda: "Alle haben unterschrieben, zuletzt am 01.07.2026." in words(tab))
    assert stage(tab, context) is Stage.IN_FORCE
    cards(tab)[1].take_back.click()
    asked = shown(FormDialog)
    asked.save()
    assert asked.isVisible()  # not without a reason
    enter(asked, "Grund", "Falsche Zeile")
    press(asked, "Korrigieren")
    qtbot.waitUntil(lambda: "1 von 2 haben unterschrieben" in words(tab))
    assert "Falsche Zeile" in words(tab)
    assert stage(tab, context) is Stage.READY_TO_SIGN
    context.undo()
    qtbot.waitUntil(lambda: "Alle haben unterschrieben" in words(tab))


def test_each_who_signs_for_the_city_has_a_card(tab: SignatureTab, qtbot: QtBot, context: Context) -> None:
    people = (Signatory("Eva Amt", "Leitung"), Signatory("Jan Rat"))
    context.do("zwei", office.save, OfficeInput(name="Büro", authority="Stadt", signatories=people))
    qtbot.waitUntil(lambda: len(cards(tab)) == 3)
    for place in (0, 2):
        cards(tab)[place].sign.click()
        tab.findChildren(FormDialog)[-1].save()
    qtbot.waitUntil(lambda: "2 von 3 haben unterschrieben, es fehlt noch: Stadt (Jan Rat)" in words(tab))
    assert stage(tab, context) is Stage.READY_TO_SIGN
    cards(tab)[1].sign.click()
    tab.findChildren(FormDialog)[-1].save()
    qtbot.waitUntil(lambda: "am 01.07.2026 von Jan Rat" in words(tab))
    assert stage(tab, context) is Stage.IN_FORCE
    assert "Stadt (Eva Amt)" in words(tab)
    cards(tab)[1].take_back.click()
    enter(shown(FormDialog), "Grund", "Falsche Zeile")
    press(shown(FormDialog), "Korrigieren")
    qtbot.waitUntil(lambda: "Stadt (Jan Rat)" in words(tab) and "2 von 3" in words(tab))


def test_all_on_one_day(tab: SignatureTab, qtbot: QtBot, context: Context) -> None:
    canvas = tab.people.widget()
    assert canvas is not None
    canvas.findChildren(Note)[0].action.click()
    tab.findChildren(FormDialog)[-1].save()
    qtbot.waitUntil(lambda: "Alle haben unterschrieben, zuletzt" in words(tab))
    assert context.database.undo_label == "KV-2026-01: Unterschriften aller eingetragen"


def test_scans_lie_with_their_signatory(
    tab: SignatureTab, qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    for name in ("Seite 1.pdf", "Seite 2.jpg", "Text.docx"):
        (tmp_path / name).write_bytes(name.encode())
    cards(tab)[1].dropped.emit([tmp_path / "Seite 1.pdf", tmp_path / "Seite 2.jpg"])
    qtbot.waitUntil(lambda: "Seite" in "".join(b.text() for b in cards(tab)[1].findChildren(QPushButton)))
    shown = [button.text() for button in cards(tab)[1].findChildren(QPushButton)]
    assert {"Seite 1.pdf", "Seite 2.jpg"} <= set(shown)
    assert "Seite 1.pdf" not in [button.text() for button in cards(tab)[0].findChildren(QPushButton)]
    with qtbot.captureExceptions() as raised:
        cards(tab)[0].dropped.emit([tmp_path / "Text.docx"])
    assert "weder PDF noch Bild" in str(raised[0][1])
    assert isinstance(raised[0][1], UserError)


def test_the_printed_version_is_checked(tab: SignatureTab, qtbot: QtBot, context: Context) -> None:
    with context.database.write("gedruckt", undoable=False) as session:
        paper = papers.keep(session, agreement(tab), "KV-2026-01.pdf", b"%PDF", AT)
    qtbot.waitUntil(lambda: bool(_buttons(tab, "Prüfen")))
    _buttons(tab, "Prüfen")[0].click()
    assert any("unverändert" in label.text() for label in tab.printed.findChildren(QLabel))
    damaged = sqlite.connect(context.database.path)  # nothing in the program could do this
    checksums.register(damaged)
    damaged.executescript(
        f"DROP TRIGGER paper_never_changed; UPDATE paper SET content = x'00' WHERE id = {paper}"
    )
    damaged.close()
    with qtbot.captureExceptions() as raised:
        _buttons(tab, "Prüfen")[0].click()
    assert isinstance(raised[0][1], StoreError)


def test_the_printed_version_is_opened_as_a_copy(tab: SignatureTab, qtbot: QtBot, context: Context) -> None:
    with context.database.write("gedruckt", undoable=False) as session:
        papers.keep(session, agreement(tab), "KV-2026-01.pdf", b"%PDF", AT)
    qtbot.waitUntil(lambda: bool(_buttons(tab, "Öffnen")))
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    try:
        _buttons(tab, "Öffnen")[0].click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (opened,) = viewer.shown
    assert (opened.name, opened.read_bytes()) == ("KV-2026-01.pdf", b"%PDF")
    assert not opened.stat().st_mode & 0o222


def sign_all(tab: SignatureTab, context: Context) -> None:
    context.do("alle", signatures.sign_all, agreement(tab), ON, ON)


def test_what_differs_from_the_version_that_is_out_is_said_before_anybody_signs(
    tab: SignatureTab, context: Context, page: AgreementsPage
) -> None:
    key = agreement(tab)
    with context.database.write("Druck") as session:
        said_then = signed_state.content(session, key)
        papers.keep(session, key, "KV-2026-01.pdf", b"%PDF", AT, agreed=said_then)

    def said(where: str = "summary") -> list[str]:
        page.show_record(key, where)
        page.refresh_if_stale()
        return [note.text for note in page.record.tabs[where].findChildren(Note)]

    printed = "Zur Unterschrift gedruckt am 24.06.2026."
    for where in ("summary", "negotiation"):
        assert f"{printed} Alles steht so wie in der gedruckten Fassung." in said(where)
    assert not any("kann zur Unterschrift gedruckt werden" in one for one in said("negotiation"))
    form = open_form(context, key, page)
    assert OUT in [note.text for note in form.findChildren(Note)]
    enter(form, "Titel", "Anders")
    form.save()
    assert any(one.startswith(f"{printed} 1 Angabe weicht von der gedruckten Fassung ab.") for one in said())


def test_another_day_of_a_signature_is_a_correction(
    tab: SignatureTab, qtbot: QtBot, context: Context
) -> None:
    sign_all(tab, context)
    qtbot.waitUntil(lambda: "Alles steht so wie in der unterschriebenen Fassung." in words(tab))
    cards(tab)[1].sign.click()
    form = shown(FormDialog)
    enter(form, "Unterschrieben am", "30.06.2026")
    form.save()
    assert form.isVisible()
    enter(form, "Grund der Korrektur", "Datum verlesen")
    form.save()
    qtbot.waitUntil(lambda: "am 30.06.2026" in words(tab))
    assert "Unterschrift, Küche & Söhne" in words(tab)
    assert "01.07.2026 → 30.06.2026" in words(tab)
    assert "01.07.2026: Datum verlesen" in words(tab)


def test_a_signed_scan_is_replaced_and_both_can_be_opened(
    tab: SignatureTab, qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    sign_all(tab, context)
    for name in ("Falsch.pdf", "Richtig.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    cards(tab)[1].dropped.emit([tmp_path / "Falsch.pdf"])
    qtbot.waitUntil(lambda: bool(_of_card(tab, "Falsch.pdf")))
    press(cards(tab)[1], "Scan Falsch.pdf ersetzen")
    enter(shown(FormDialog), "Grund", "Seite 2 fehlte")
    press(shown(FormDialog), "Weiter")
    answer(tmp_path / "Richtig.pdf")
    qtbot.waitUntil(lambda: bool(_of_card(tab, "Richtig.pdf")))
    assert _of_card(tab, "Falsch.pdf")
    assert "ersetzt am" in words(tab)
    assert "weil: Seite 2 fehlte" in words(tab)


def test_a_signed_version_is_replaced_with_a_reason(
    tab: SignatureTab, qtbot: QtBot, context: Context
) -> None:
    with context.database.write("gedruckt", undoable=False) as session:
        papers.keep(session, agreement(tab), "KV-2026-01.pdf", b"%PDF", AT)
    sign_all(tab, context)
    qtbot.waitUntil(lambda: bool(_buttons(tab, "Ersetzen …")))
    _buttons(tab, "Ersetzen …")[0].click()
    assert "Danach lässt sich eine berichtigte drucken." in texts(shown(FormDialog))
    enter(shown(FormDialog), "Grund", "Seite 3 fehlte")
    press(shown(FormDialog), "Ersetzen")
    qtbot.waitUntil(lambda: not _buttons(tab, "Ersetzen …"))
    said = [label.text() for label in tab.printed.findChildren(QLabel)]
    assert any("weil: Seite 3 fehlte" in one for one in said)
    assert _buttons(tab, "Öffnen")


def _of_card(tab: SignatureTab, text: str) -> list[QPushButton]:
    return [one for one in cards(tab)[1].findChildren(QPushButton) if one.text() == text]


def _buttons(tab: SignatureTab, text: str) -> list[QPushButton]:
    canvas = tab.printed.pane.widget()
    assert canvas is not None
    return [button for button in canvas.findChildren(QPushButton) if button.text() == text]


def test_once_an_amendment_acts_no_version_takes_the_place_of_the_signed_one(
    tab: SignatureTab, qtbot: QtBot, context: Context
) -> None:
    with context.database.write("gedruckt", undoable=False) as session:
        papers.keep(session, agreement(tab), "KV-2026-01.pdf", b"%PDF", AT)
    sign_all(tab, context)
    with context.database.write("Nachtrag") as session:
        data = AmendmentInput(title="Text", text="Mehr Werbung.", effective_from=ON)
        amendment_id = amendments.save(session, agreement(tab), None, data)
        for who in amendment_register.row(session, amendment_id).signatures:
            amendment_signing.sign(session, amendment_id, who.party_id, ON, None, who.seat)
    qtbot.waitUntil(lambda: bool(_buttons(tab, "Ersetzen …")))
    _buttons(tab, "Ersetzen …")[0].click()
    assert "Eine neue lässt sich nicht drucken, weil ein Nachtrag gilt." in texts(shown(FormDialog))
    shown(FormDialog).done(0)
    with qtbot.captureExceptions() as refused:
        cards(tab)[0].take_back.click()
    assert "eine Unterschrift lässt sich nicht mehr zurücknehmen" in str(refused[0][1])
    assert not [one for one in tab.window().findChildren(FormDialog) if one.isVisible()]
