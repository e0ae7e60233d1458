from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import BookingSource
from app.domain.grants.grant_standing import UNLIMITED
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from app.services.grants import grants
from app.services.grants.grants import DrawDownInput, GrantInput, PlanItemInput
from app.ui.context import Context
from app.ui.grants.form import ToleranceEditor
from app.ui.grants.page import GrantsPage
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.table.table import Table
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.pills import PillLabel
from db.database import Database
from db.models import Booking

TODAY = date(2026, 7, 1)


@pytest.fixture
def grant_id(database: Database) -> int:
    with database.write("Förderung") as session:
        made = grants.save(
            session,
            None,
            GrantInput(
                "LAND",
                "Landesamt",
                date(2025, 1, 1),
                date(2027, 12, 31),
                7_200_000,
                notice_date=date(2024, 12, 2),
                own_funds_cents=4_800_000,
                items=(PlanItemInput(None, "1", "Personal", 12_000_000),),
                draw_downs=(DrawDownInput(None, 1, received_on=date(2026, 5, 20), received_cents=60_000),),
            ),
        )
        [item] = grants.load(session, made).items
        values = BudgetInput("B26-P", "Personal", 2026, 1, grant_id=made, plan_item_id=item.id)
        budget = budgets.save(session, None, values)
        session.add(
            Booking(
                source=BookingSource.FINANCE,
                day=date(2026, 6, 1),
                budget_year=2026,
                amount_cents=50_000,
                budget_id=budget,
            )
        )
    return made


@pytest.fixture
def context(database: Database, theme: Theme) -> Context:
    return Context(database, clock=lambda: TODAY)


@pytest.fixture
def page(context: Context, grant_id: int, qtbot: QtBot) -> GrantsPage:
    shown = GrantsPage(context)
    qtbot.addWidget(shown)
    shown.resize(1080, 760)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.header.sentence))
    return shown


def figures(page: GrantsPage) -> list[str]:
    return [figure.accessibleName() for figure in page.profile.widget().findChildren(KeyFigure)]


def origins(page: GrantsPage) -> list[str]:
    return [pill.accessibleName() for pill in page.profile.widget().findChildren(PillLabel)]


def words(page: GrantsPage) -> str:
    return "\n".join(label.text() for label in page.profile.widget().findChildren(QLabel))


def test_what_is_not_yet_covered_and_until_when_it_must_be_used(page: GrantsPage) -> None:
    assert page.header.sentence == "300,00 € noch nicht belegt · zu verwenden bis 20.07.2026"
    assert "Zuwendungsfähig: 500,00 € davon Zuwendung 300,00 €" in figures(page)
    assert "angenommen" in origins(page)
    assert "Bescheid" in origins(page)
    assert "2 Monate nach Erhalt" in words(page)
    assert "31.12.2028 (nächster Werktag 02.01.2029)" in words(page)


def test_another_day_shows_how_things_stood(page: GrantsPage) -> None:
    page.day.set_value(date(2026, 5, 1))
    page.day.finished.emit()
    assert page.header.sentence == "LAND: bisher nichts erhalten"


def test_values_are_confirmed_from_the_notice_and_that_can_be_undone(
    page: GrantsPage, context: Context, qtbot: QtBot
) -> None:
    page._confirm()
    qtbot.waitUntil(lambda: "angenommen" not in origins(page))
    context.undo()
    qtbot.waitUntil(lambda: "angenommen" in origins(page))


def test_the_form_saves_plan_and_payouts_at_once(
    page: GrantsPage, context: Context, grant_id: int, qtbot: QtBot
) -> None:
    page.edit_current()
    form = page.findChild(FormDialog)
    assert form.body["tolerance_percent"]._hint.text().startswith("sonst 20 %")
    form.body["tolerance_percent"].editor.line.setText("unb")
    form.body["items"].editor.set_value(
        (*form.body["items"].editor.value(), PlanItemInput(None, "2", "Neu", 5))
    )
    form.save()
    with context.database.read() as session:
        saved = grants.load(session, grant_id)
    assert saved.tolerance_percent == UNLIMITED
    assert [item.position for item in saved.items] == ["1", "2"]
    qtbot.waitUntil(lambda: "unbegrenzt" in words(page))


@pytest.mark.parametrize(
    ("typed", "value"), [("", None), ("15", 15), ("15 %", 15), ("unbegrenzt", UNLIMITED)]
)
def test_a_tolerance_is_a_number_or_unlimited(
    theme: Theme, qtbot: QtBot, typed: str, value: int | None
) -> None:
    editor = ToleranceEditor()
    qtbot.addWidget(editor)
    editor.line.setText(typed)
    assert editor.value() == value
    editor.set_value(value)
    assert editor.value() == value


def test_an_item_in_use_stays_and_the_form_says_why(page: GrantsPage) -> None:
    page.edit_current()
    form = page.findChild(FormDialog)
    form.body["items"].editor.set_value(())
    with pytest.raises(Exception, match="Position 1 wird vom Budget B26-P gebraucht"):
        form.save()
    assert form.isVisible()
    form.body.settle()
    form.reject()


def test_no_grant_yet_says_what_to_do(context: Context, qtbot: QtBot) -> None:
    page = GrantsPage(context)
    qtbot.addWidget(page)
    page.show()
    assert page.table._empty.isVisible()


def test_a_grant_is_opened_from_elsewhere(page: GrantsPage, context: Context, qtbot: QtBot) -> None:
    dates = date(2026, 1, 1), date(2026, 12, 31)
    made = context.do("Zweite", grants.save, None, GrantInput("BUND", "Bundesamt", *dates, 100_000))
    page.open_record(made)
    current = page.table.current()
    assert current is not None
    assert current.short == "BUND"


def test_a_new_item_and_a_new_payout_are_numbered_on(page: GrantsPage, qtbot: QtBot) -> None:
    page.edit_current()
    form = page.findChild(FormDialog)
    for name in ("items", "draw_downs"):
        form.body[name].editor.add.click()
    assert [one.position for one in form.body["items"].editor.rows_model.rows] == ["1", "2"]
    assert [one.nr for one in form.body["draw_downs"].editor.rows_model.rows] == [1, 2]
    form.body.settle()
    form.reject()


def test_a_new_row_is_numbered_also_beside_one_whose_number_was_emptied(page: GrantsPage) -> None:
    page.edit_current()
    form = page.findChild(FormDialog)
    for name in ("items", "draw_downs"):
        rows = form.body[name].editor.rows_model
        rows.enter(0, 0, None, "")
        form.body[name].editor.add.click()
        assert len(rows.rows) == 2
    assert form.body["items"].editor.rows_model.rows[1].position == "1"
    form.body.settle()
    form.reject()


def test_a_payout_that_is_overdue_and_income_are_said(
    page: GrantsPage, context: Context, grant_id: int, qtbot: QtBot
) -> None:
    def book(session: Session) -> None:
        income = session.scalars(select(Booking)).one()
        session.add(
            Booking(
                source=BookingSource.FINANCE, day=date(2026, 6, 1), budget_year=2026, amount_cents=-7_000,
                budget_id=income.budget_id, is_income=True,
            )
        )  # fmt: skip

    context.do("Einnahme", book)
    qtbot.waitUntil(lambda: "Einnahmen auf Budgets der Förderung: 70,00 €" in words(page))
    assert "Mittelabruf 1:" not in words(page)
    page.day.set_value(date(2026, 8, 1))
    page.day.finished.emit()
    sentence = "Mittelabruf 1: Seit dem 20.07.2026 sind 300,00 € nicht verwendet."
    qtbot.waitUntil(lambda: sentence in words(page))
    payouts = next(
        one for one in page.profile.findChildren(Table) if one.grid.accessibleName() == "Mittelabrufe"
    )
    [payout] = payouts.rows()
    assert "12 Tage überfällig" in [column.text(payout) for column in payouts.shown_columns()]


def test_a_grant_that_nothing_hangs_on_is_deleted_and_comes_back(
    page: GrantsPage, context: Context, qtbot: QtBot
) -> None:
    dates = date(2026, 1, 1), date(2026, 12, 31)
    made = context.do("Zweite", grants.save, None, GrantInput("BUND", "Bundesamt", *dates, 100_000))
    page.open_record(made)
    qtbot.keyClick(page.table.grid, Qt.Key.Key_Delete)
    assert context.database.undo_label == "Gelöscht: Förderung BUND"
    context.undo()
    qtbot.waitUntil(lambda: "BUND" in [row.short for row in page.table.rows()])
