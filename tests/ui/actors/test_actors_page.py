"""The actors page: list, profile, contacts with the reason why they are kept."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.dates import german
from app.domain.errors import UserError
from app.services.actors import actors, contacts
from app.services.actors.contacts import ContactInput, ContactRow
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.offers import offers
from app.services.offers.offers import OfferInput
from app.services.quarters import quarters
from app.ui.actors.page import WITHOUT_CONTACT, ActorsPage
from app.ui.actors.profile import privacy
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.entry import PressableEntry
from tests.ui.changing import choose, field_titles, open_for, saved
from tests.ui.words import enter, pick


def seed(session: Session) -> None:
    actor = actors.save(
        session, None, actors.ActorInput("DIAK", "Diakonie", kind="Wohlfahrtsverband", city="Hannover")
    )
    actors.save(session, None, actors.ActorInput("AWO", "Arbeiterwohlfahrt"))
    quarter = quarters.save(session, None, quarters.QuarterInput("LIN", "Linden-Süd"))
    offers.save(session, None, OfferInput(quarter, actor, "Offener Treff"))
    contacts.save(session, None, ContactInput(actor, "Yıldız", "Mehmet"))


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ActorsPage:
    context.do("Probe", seed)
    opened = ActorsPage(context)
    qtbot.addWidget(opened)
    opened.resize(1000, 700)
    opened.show()
    opened.open_record(next(row.id for row in opened.table.rows() if row.short == "DIAK"))
    return opened


def form(page: ActorsPage) -> FormDialog:
    return page.findChildren(FormDialog)[-1]


def entries(page: ActorsPage) -> dict[str, PressableEntry]:
    return {entry.title: entry for entry in page.profile.findChildren(PressableEntry)}


def test_profile_and_sentence(page: ActorsPage) -> None:
    labels = " | ".join(label.text() for label in page.profile.findChildren(QLabel))
    for part in (
        "Diakonie",
        "Wohlfahrtsverband",
        "Hannover",
        "Kontakte (1)",
        "Angebote (1)",
        "Vereinbarungen (0)",
    ):
        assert part in labels
    assert page.header.sentence == "2 Träger · 0 mit Vereinbarung · 1 ohne Ansprechperson"
    assert entries(page)["Mehmet Yıldız"].pill.text == "Angaben fehlen"
    assert "Zweck: nicht angegeben" in entries(page)["Mehmet Yıldız"].toolTip()


def test_the_reason_for_a_contact_is_completed(page: ActorsPage, context: Context, qtbot: QtBot) -> None:
    entries(page)["Mehmet Yıldız"].clicked.emit()
    dialog = form(page)
    dialog.body["purpose"].editor.set_value("Verteiler")
    dialog.body["legal_basis"].editor.set_value("Einwilligung")
    dialog.body["delete_on"].editor.line.setText("31.02.2030")
    dialog.save()
    assert dialog.body["delete_on"].problem
    dialog.body["delete_on"].editor.line.setText("1.3.2090")
    dialog.save()
    qtbot.waitUntil(lambda: entries(page)["Mehmet Yıldız"].pill is None)


def test_contacts_are_added_and_deleted_with_undo(page: ActorsPage, context: Context, qtbot: QtBot) -> None:
    page.profile.add_contact()
    dialog = form(page)
    dialog.save()
    assert dialog.body["last_name"].problem
    dialog.body["last_name"].editor.set_value("Öllers")
    dialog.save()
    qtbot.waitUntil(lambda: "Öllers" in entries(page))
    row = next(r for r in context.ask(contacts.rows, page.table.current().id) if r.name == "Öllers")
    page.profile.remove_contact(row)
    qtbot.waitUntil(lambda: "Öllers" not in entries(page))
    context.undo()
    qtbot.waitUntil(lambda: "Öllers" in entries(page))


@pytest.mark.parametrize(
    ("delete_on", "explained", "word"),
    [
        (date(2026, 3, 1), True, "löschen"),
        (date(2026, 3, 2), True, None),
        (date(2026, 3, 2), False, "Angaben fehlen"),
        (None, True, "Angaben fehlen"),
    ],
)
def test_privacy_pill(delete_on: date | None, explained: bool, word: str | None) -> None:
    reason = "x" if explained else None
    row = ContactRow(1, "A", None, None, None, reason, reason, None, delete_on)
    pill = privacy(row, date(2026, 3, 1))
    assert (pill.text if pill else None) == word


def test_filters(page: ActorsPage) -> None:
    page.filters.choose("with", WITHOUT_CONTACT)
    assert [row.short for row in page.table.shown_rows()] == ["AWO"]
    page.filters.reset()
    page.filters.choose("kind", "Wohlfahrtsverband")
    assert [row.short for row in page.table.shown_rows()] == ["DIAK"]


def test_new_edit_and_delete(page: ActorsPage, context: Context, qtbot: QtBot) -> None:
    with pytest.raises(UserError, match="1 Angebot"):
        page.remove(page.table.selected())
    page.add()
    dialog = form(page)
    dialog.body["name"].editor.set_value("Verein & Söhne <e. V.>")
    dialog.body["short"].editor.set_value("VER")
    dialog.save()
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().short == "VER")
    page.edit_current()
    form(page).body["city"].editor.set_value("Hannover")
    form(page).save()
    qtbot.waitUntil(lambda: page.table.current().city == "Hannover")
    page.remove(page.table.selected())
    qtbot.waitUntil(lambda: len(page.table.rows()) == 2)


def test_the_menus_of_contacts_and_offers(page: ActorsPage, context: Context, qtbot: QtBot) -> None:
    def menu(title: str) -> None:
        entries(page)[title].customContextMenuRequested.emit(QPoint(3, 3))

    menu("Mehmet Yıldız")
    pick("Bearbeiten")
    assert form(page).isVisible()
    form(page).reject()
    menu("Offener Treff")
    pick("Heute bestätigt")
    assert context.ask(offers.rows)[0].confirmed_on == context.today()
    page.refresh_if_stale()
    menu("Offener Treff")
    pick("Bearbeiten")
    form(page).reject()
    for title in ("Offener Treff", "Mehmet Yıldız"):
        page.refresh_if_stale()
        menu(title)
        pick("Löschen")
    assert context.ask(offers.rows) == []
    page.refresh_if_stale()
    assert "Mehmet Yıldız" not in entries(page)
    context.undo()
    context.undo()
    page.refresh_if_stale()
    assert {"Offener Treff", "Mehmet Yıldız"} <= set(entries(page))


def test_an_entry_is_pressed_by_keyboard(page: ActorsPage, qtbot: QtBot) -> None:
    entry = entries(page)["Mehmet Yıldız"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(entry.clicked):
            qtbot.keyClick(entry, key)
        form(page).reject()
    with qtbot.assertNotEmitted(entry.clicked):
        qtbot.keyClick(entry, Qt.Key.Key_A)
        qtbot.mouseClick(entry, Qt.MouseButton.RightButton)


def test_several_actors_get_a_kind(page: ActorsPage, context: Context, qtbot: QtBot) -> None:
    dialog = open_for(page.table, 0, 1)
    assert field_titles(dialog)[0] == "Art"
    choose(dialog, "Art")
    enter(dialog, "Art", "Verband")
    saved(qtbot, dialog)
    assert {row.kind for row in context.ask(actors.rows)} == {"Verband"}


def test_the_profile_says_the_stage_of_an_agreement_as_the_register_does(
    page: ActorsPage, context: Context, qtbot: QtBot
) -> None:
    (actor,) = (row.id for row in page.table.rows() if row.short == "DIAK")
    day = context.today()

    def agree(session: Session) -> None:
        for number, title, stage, end in (
            ("KV-1", "Treff", Stage.TERMINATED, day + timedelta(days=100)),
            ("KV-2", "Küche", Stage.IN_FORCE, day - timedelta(days=1)),
        ):
            data = AgreementInput(
                number,
                AgreementKind.COOPERATION,
                title,
                (PartyInput(actor),),
                stage=stage,
                begin=day - timedelta(days=400),
                end=end,
                terminated_to=end if stage is Stage.TERMINATED else None,
            )
            agreements.save(session, None, data, day)

    context.do("Vereinbarungen", agree)
    qtbot.waitUntil(lambda: "Treff" in entries(page))
    assert entries(page)["Treff"].pill.text == f"gekündigt zum {german(day + timedelta(days=100))}"
    assert entries(page)["Küche"].pill.text == f"abgelaufen am {german(day - timedelta(days=1))}"
