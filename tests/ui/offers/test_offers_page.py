"""The offers page: one list, filters, confirming and deleting several at once."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.services.actors import actors
from app.services.offers import offers
from app.services.offers.offers import OfferInput
from app.services.quarters import quarters
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.offers.page import STALE, OffersPage
from tests.ui.changing import choose, field_titles, open_for, saved
from tests.ui.words import enter, texts, value


def seed(session: Session) -> None:
    actor = actors.save(session, None, actors.ActorInput("DIAK", "Diakonie"))
    linden = quarters.save(session, None, quarters.QuarterInput("LIN", "Linden-Süd"))
    zoo = quarters.save(session, None, quarters.QuarterInput("ZOO", "Zoo"))
    offers.save(session, None, OfferInput(linden, actor, "Café", confirmed_on=date(2020, 1, 1)))
    offers.save(session, None, OfferInput(zoo, actor, "Besuchsdienst"))
    offers.save(session, None, OfferInput(zoo, actor, "Tanztee", confirmed_on=date.today()))


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> OffersPage:
    context.do("Probe", seed)
    opened = OffersPage(context)
    qtbot.addWidget(opened)
    opened.resize(1000, 700)
    opened.show()
    return opened


def titles(page: OffersPage) -> list[str]:
    return [row.title for row in page.table.shown_rows()]


def test_list_and_sentence(page: OffersPage) -> None:
    assert titles(page) == ["Besuchsdienst", "Café", "Tanztee"]
    assert page.header.sentence == "3 Angebote in 2 Quartieren · 2 bestätigen lassen"


def test_filters(page: OffersPage) -> None:
    page.filters.choose("quarter", "Zoo")
    assert titles(page) == ["Besuchsdienst", "Tanztee"]
    page.filters.choose("state", STALE)
    assert titles(page) == ["Besuchsdienst"]
    cafe = next(row for row in page.table.rows() if row.title == "Café")
    page.open_record(cafe.id)
    assert page.table.current().title == "Café"


def test_several_are_confirmed_in_one_step(page: OffersPage, context: Context, qtbot: QtBot) -> None:
    page.confirm([row for row in page.table.rows() if row.stale(context.today())])
    qtbot.waitUntil(lambda: page.header.sentence.endswith("alle bestätigt"))
    context.undo()
    qtbot.waitUntil(lambda: page.header.sentence.endswith("2 bestätigen lassen"))


def test_new_and_deleted(page: OffersPage, context: Context, qtbot: QtBot) -> None:
    page.add()
    dialog = page.findChildren(FormDialog)[-1]
    choices = context.ask(offers.choices)
    dialog.body["title"].editor.set_value("Lesekreis")
    dialog.body["actor_id"].editor.set_value(choices.actors[0][0])
    dialog.body["quarter_id"].editor.set_value(choices.quarters[0][0])
    dialog.body["target_group_ids"].editor.set_value([choices.target_groups[0][0]])
    dialog.body["paid_hours"].editor.line.setText("7,5")
    dialog.save()
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().title == "Lesekreis")
    page.remove(page.table.selected())
    qtbot.waitUntil(lambda: "Lesekreis" not in titles(page))


def test_a_field_of_several_is_changed_in_one_step(page: OffersPage, context: Context, qtbot: QtBot) -> None:
    dialog = open_for(page.table, 0, 2)
    assert dialog.sentence.text() == "2 Angebote: Besuchsdienst, Tanztee"
    assert "Ort" in field_titles(dialog)
    choose(dialog, "Ort")
    enter(dialog, "Ort", "Gemeindesaal")
    saved(qtbot, dialog)
    assert context.database.undo_label == "Ort geändert: 2 Angebote"
    assert {row.title: row.place for row in context.ask(offers.rows)} == {
        "Besuchsdienst": "Gemeindesaal", "Café": None, "Tanztee": "Gemeindesaal",
    }  # fmt: skip
    context.undo()
    assert {row.place for row in context.ask(offers.rows)} == {None}


def test_what_all_have_is_proposed_and_what_cannot_be_read_is_said(page: OffersPage, qtbot: QtBot) -> None:
    dialog = open_for(page.table, 0, 1, 2)
    choose(dialog, "Träger")
    assert "Bisher bei allen gleich." in texts(dialog)
    assert value(dialog, "Träger") == "Diakonie"
    choose(dialog, "Zuletzt bestätigt am")
    assert "Bisher verschieden." in texts(dialog)
    enter(dialog, "Zuletzt bestätigt am", "31.02.2026")
    dialog.save_button.click()
    assert dialog.chosen.problem == "„31.02.2026“ gibt es nicht im Kalender."
    assert dialog.isVisible()


def test_what_must_be_there_cannot_be_emptied(page: OffersPage) -> None:
    dialog = open_for(page.table, 0, 2)
    choose(dialog, "Quartier")
    assert "Ein leeres Feld löscht" not in texts(dialog)
    enter(dialog, "Quartier", "")
    dialog.save_button.click()
    assert dialog.chosen.problem == "Bitte ausfüllen."
