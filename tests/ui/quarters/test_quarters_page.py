"""The quarters page: list, profile, forms, offers, deleting and undoing."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.errors import UserError
from app.services.actors import actors
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.offers import offers
from app.services.offers.offers import OfferInput
from app.services.quarters import quarters
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.bars import BudgetBar, PhaseTrack
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.profile.offers import OffersSection
from app.ui.quarters.page import QuartersPage
from app.ui.quarters.profile import german_number
from tests.ui.changing import choose, field_titles, open_for, saved
from tests.ui.words import enter


def seed(session: Session) -> tuple[int, int]:
    """Two quarters, one of them with all that a profile shows."""
    quarter = quarters.save(
        session,
        None,
        quarters.QuarterInput("LIN", "Linden-Süd", phase="Aufbau", notes="Schlüssel beim Pförtner"),
    )
    other = quarters.save(session, None, quarters.QuarterInput("ALL", "Ahlem", phase="eigener Schritt"))
    actor = actors.save(session, None, actors.ActorInput("DIAK", "Diakonie"))
    offers.save(session, None, OfferInput(quarter, actor, "Offener Treff", confirmed_on=date(2020, 1, 1)))
    agreements.save(
        session,
        None,
        AgreementInput(
            "ZV-1",
            AgreementKind.TARGET,
            "Treff",
            (PartyInput(actor),),
            quarter_id=quarter,
            stage=Stage.IN_FORCE,
        ),
    )
    budgets.save(
        session, None, BudgetInput("B-1", "Quartiersbudget", date.today().year, 10_000_00, quarter_id=quarter)
    )
    return quarter, other


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> QuartersPage:
    context.do("Probe", seed)
    opened = QuartersPage(context)
    qtbot.addWidget(opened)
    opened.resize(1000, 700)
    opened.show()
    return opened


def row_named(page: QuartersPage, name: str) -> int:
    return next(row.id for row in page.table.rows() if row.name == name)


def form(page: QuartersPage) -> FormDialog:
    return page.findChildren(FormDialog)[-1]


def words(page: QuartersPage) -> str:
    labels = [label.text() for label in page.profile.findChildren(QLabel)]
    return " | ".join([*labels, *(entry.title for entry in page.profile.findChildren(PressableEntry))])


def test_an_empty_list_says_what_to_do(context: Context, qtbot: QtBot) -> None:
    opened = QuartersPage(context)
    qtbot.addWidget(opened)
    opened.show()
    asked: list[str] = []
    context.opened.connect(lambda page_id, _record: asked.append(page_id))
    empty = next(e for e in opened.findChildren(EmptyState) if e.sentence.text() == "Noch keine Quartiere")
    empty.action.click()
    assert asked == ["imports"]
    assert opened.header.sentence == "Hier entsteht die Übersicht über alle Quartiere."


def test_profile_at_a_glance(page: QuartersPage) -> None:
    page.open_record(row_named(page, "Linden-Süd"))
    shown = words(page)
    for part in (
        "Linden-Süd",
        "Offener Treff",
        "Treff",
        "Diakonie",
        "Schlüssel beim Pförtner",
        "Nächste Termine",
    ):
        assert part in shown
    assert page.profile.findChild(PhaseTrack).accessibleName() == "Phase: Aufbau (Schritt 5 von 7)"
    assert "10.000,00 €" in page.profile.findChild(BudgetBar).accessibleDescription()


def test_a_phase_of_its_own_has_no_step(page: QuartersPage) -> None:
    page.open_record(row_named(page, "Ahlem"))
    assert page.profile.findChild(PhaseTrack).accessibleName() == "Phase: eigener Schritt"
    assert "ist noch kein Budget angelegt" in words(page)


def test_entries_lead_to_other_pages(page: QuartersPage, context: Context) -> None:
    page.open_record(row_named(page, "Linden-Süd"))
    opened: list[tuple[str, object]] = []
    context.opened.connect(lambda page_id, record: opened.append((page_id, record)))
    entries = {entry.title: entry for entry in page.profile.findChildren(PressableEntry)}
    entries["Treff"].clicked.emit()
    entries["Diakonie"].clicked.emit()
    page.profile.findChild(BudgetBar).clicked.emit()
    assert [page_id for page_id, _ in opened] == ["agreements", "actors", "budget"]


def test_editing_with_a_problem_then_saving(page: QuartersPage, context: Context, qtbot: QtBot) -> None:
    quarter = row_named(page, "Linden-Süd")
    page.open_record(quarter)
    page.edit_current()
    dialog = form(page)
    dialog.body["short"].editor.set_value("ALL")
    dialog.save()
    assert dialog.isVisible()
    assert "hat schon ein anderes Quartier" in dialog.body["short"].problem
    dialog.body["short"].editor.set_value("LIS")
    dialog.body["phase"].editor.set_value("Betrieb")
    dialog.save()
    qtbot.waitUntil(lambda: page.table.current().short == "LIS")
    assert page.profile.findChild(PhaseTrack).accessibleName().startswith("Phase: Betrieb")
    assert page.header.sentence.startswith("2 Quartiere · 1 im Betrieb")


def test_a_new_quarter_is_shown(page: QuartersPage, qtbot: QtBot) -> None:
    page.add()
    dialog = form(page)
    dialog.body["name"].editor.set_value("Zoo")
    dialog.body["short"].editor.set_value("ZOO")
    dialog.save()
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().name == "Zoo")


def test_offers_are_added_confirmed_and_deleted(page: QuartersPage, context: Context, qtbot: QtBot) -> None:
    quarter = row_named(page, "Linden-Süd")
    page.open_record(quarter)
    section = page.profile.findChild(OffersSection)
    assert section.entries[0].pill.text == "bestätigen lassen"
    section.add_offer()
    dialog = form(page)
    assert dialog.body["quarter_id"].editor.value() == quarter
    dialog.save()
    assert dialog.body["actor_id"].problem
    dialog.body["title"].editor.set_value("Gedächtnistraining")
    dialog.body["actor_id"].editor.set_value(context.ask(actors.rows)[0].id)
    dialog.save()
    qtbot.waitUntil(lambda: "Gedächtnistraining" in words(page))
    section = page.profile.findChildren(OffersSection)[-1]
    first, second = context.ask(offers.rows, quarter_id=quarter)
    section.confirm(second)
    section.remove(first)
    qtbot.waitUntil(lambda: "Gedächtnistraining" not in words(page))
    (left,) = context.ask(offers.rows, quarter_id=quarter)
    assert left.confirmed_on == context.today()


def test_delete_refuses_or_can_be_undone(page: QuartersPage, context: Context, qtbot: QtBot) -> None:
    page.open_record(row_named(page, "Linden-Süd"))
    with pytest.raises(UserError, match="1 Vereinbarung"):
        page.remove(page.table.selected())
    page.open_record(row_named(page, "Ahlem"))
    qtbot.keyClick(page.table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.table.rows()) == 1)
    context.undo()
    qtbot.waitUntil(lambda: len(page.table.rows()) == 2)


def test_filters_and_a_record_that_they_hide(page: QuartersPage) -> None:
    page.filters.choose("phase", "Aufbau")
    assert [row.name for row in page.table.shown_rows()] == ["Linden-Süd"]
    page.open_record(row_named(page, "Ahlem"))
    assert page.table.current().name == "Ahlem"
    assert not page.filters.active


@pytest.mark.parametrize(
    ("value", "text"), [("13571", "13.571"), ("21.4", "21,4"), ("-1234.50", "-1.234,50"), ("1E+3", "1.000")]
)
def test_figures_are_written_in_german(value: str, text: str) -> None:
    assert german_number(Decimal(value)) == text


def test_a_date_of_the_profile_opens_its_record(page: QuartersPage, context: Context, qtbot: QtBot) -> None:
    page.open_record(row_named(page, "Linden-Süd"))
    dates = {entry.title: entry for entry in page.profile.findChildren(PressableEntry)}
    [offer] = [entry for title, entry in dates.items() if "Offener Treff" in title and "bestätig" in title]
    offer.clicked.emit()
    assert form(page).isVisible()
    form(page).reject()


def test_several_quarters_come_to_a_phase(page: QuartersPage, context: Context, qtbot: QtBot) -> None:
    dialog = open_for(page.table, 0, 1)
    assert field_titles(dialog)[0] == "Phase"
    choose(dialog, "Phase")
    enter(dialog, "Phase", "Betrieb")
    saved(qtbot, dialog)
    assert {row.phase for row in context.ask(quarters.rows, 2026)} == {"Betrieb"}
