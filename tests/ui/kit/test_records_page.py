"""A page of records as it is declared: list and profile, chips, add, edit, remove and undo, open by id."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import UserError
from app.services import records
from app.ui.context import Context
from app.ui.kit.editors import TextEditor
from app.ui.kit.filter_bar import Filter
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.records_page import ProfilePane, RecordsPage
from app.ui.kit.table.columns import Column
from app.ui.kit.table.menus import RowAction, one
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import label
from db.models import Actor

PAINTED, ROUND = "painted", "round"


@dataclass(frozen=True, slots=True)
class Input:
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    kind: str | None

    @property
    def marks(self) -> frozenset[str]:
        return frozenset({PAINTED} if "a" in self.name else ()) | frozenset(
            {ROUND} if "o" in self.name else ()
        )


def rows(session: Session) -> list[Row]:
    return [Row(actor.id, actor.name, actor.kind) for actor in session.scalars(select(Actor))]


def save(session: Session, record_id: int | None, values: Input) -> int:
    return records.write(session, Actor, record_id, records.values_of(values)).id


def remove(session: Session, record_id: int) -> None:
    record = session.get_one(Actor, record_id)
    if record.name == "Anton":
        raise UserError("Anton bleibt.")
    records.delete(session, Actor, record_id)


class Beside(ProfilePane[Row]):
    """Counts how often it reads."""

    read = 0

    def sections(self, row: Row) -> Iterable[QWidget]:
        self.read += 1
        long = [label(f"Zeile {number}") for number in range(60)]
        return [label(row.name), *long]


class ThingsPage(RecordsPage[Row]):
    def __init__(self, context: Context, *, beside: Beside | None = None) -> None:
        super().__init__(
            context,
            "things",
            "Dinge",
            columns=(
                Column("name", "Name", lambda row: row.name, strong=True, stretch=True),
                Column("kind", "Art", lambda row: row.kind),
            ),
            add="Ding anlegen",
            remove=remove,
            sort="name",
            search="Dinge suchen …",
            filters=(
                Filter("kind", "Art", lambda row: row.kind, [("Verein", "Verein"), ("Stadt", "Stadt")]),
                Filter(
                    "marks", "Ist", lambda row: row.marks, [(PAINTED, "bemalt"), (ROUND, "rund")], every=True
                ),
            ),
            empty=EmptyState("actors", "Noch keine Dinge.", "Anlegen", lambda: self.add()),
            profile=beside,
        )

    def read(self) -> list[Row]:
        return self.context.ask(rows)

    def form(self, record_id: int | None) -> FormDialog[Input]:
        body = FormBody()
        body.row(Field("short", "Kürzel", TextEditor(), required=True), Field("name", "Name", TextEditor()))
        values = Input("", "")
        if record_id is not None:
            values = self.context.ask(
                lambda session: records.filled(Input, session.get_one(Actor, record_id))
            )
        return FormDialog(
            "Ding", body, values, lambda new: self.context.do("Ding", save, record_id, new), parent=self
        )

    def sentence(self, rows: Sequence[Row]) -> str:
        return f"{len(rows)} Dinge"


def seed(session: Session) -> None:
    for short, name, kind in (
        ("C", "Cäsar", "Stadt"), ("A", "Anton", "Verein"), ("B", "Berta", "Verein"), ("D", "Dora", "Zirkus"),
        ("E", "Emil", None),
    ):  # fmt: skip
        session.add(Actor(short=short, name=name, kind=kind))
    session.flush()


def shown_page(context: Context, qtbot: QtBot, beside: Beside | None) -> ThingsPage:
    made = ThingsPage(context, beside=beside)
    qtbot.addWidget(made)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ThingsPage:
    context.do("Probe", seed)
    return shown_page(context, qtbot, Beside("Nichts gewählt."))


def names(page: ThingsPage) -> list[str]:
    return [row.name for row in page.table.shown_rows()]


def id_of(page: ThingsPage, name: str) -> int:
    return next(row.id for row in page.table.rows() if row.name == name)


def form(page: ThingsPage) -> FormDialog[Input]:
    return page.findChildren(FormDialog)[-1]


def test_the_first_in_order_is_shown_beside_the_list(page: ThingsPage) -> None:
    assert names(page) == ["Anton", "Berta", "Cäsar", "Dora", "Emil"]
    assert page.header.sentence == "5 Dinge"
    assert page.profile.row == page.table.current() == Row(id_of(page, "Anton"), "Anton", "Verein")


def test_each_refresh_and_each_filter_reads_the_profile_once(page: ThingsPage) -> None:
    for what in (page.refresh, lambda: page.filters.choose("kind", "Verein"), page.filters.reset):
        before = page.profile.read
        what()
        assert page.profile.read == before + 1


def test_a_refresh_keeps_the_row_and_where_its_profile_was_scrolled(
    page: ThingsPage, context: Context, qtbot: QtBot
) -> None:
    page.open_record(id_of(page, "Dora"))
    bar = page.profile.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    context.do("Umbenannt", save, id_of(page, "Anton"), Input("A", "Zacharias"))
    qtbot.waitUntil(lambda: names(page)[-1] == "Zacharias")
    assert page.table.current().name == "Dora"
    assert page.profile.verticalScrollBar().value() == 150


def test_chips_offer_what_there_is_and_filter(page: ThingsPage) -> None:
    chips = {action.text() for action in page.filters._chips["kind"].menu().actions()}
    assert chips == {"Verein", "Stadt", "Zirkus"}
    page.filters.choose("kind", "Verein", "Zirkus")
    assert names(page) == ["Anton", "Berta", "Dora"]
    page.filters.choose("kind")
    page.filters.choose("marks", PAINTED, ROUND)
    assert names(page) == ["Dora"], "all of them at once"


def test_what_is_chosen_and_searched_is_remembered(page: ThingsPage, context: Context, qtbot: QtBot) -> None:
    page.filters.choose("kind", "Stadt")
    again = shown_page(context, qtbot, None)
    assert names(again) == ["Cäsar"]


def test_a_record_behind_filters_is_opened_without_them(page: ThingsPage) -> None:
    page.filters.choose("kind", "Stadt")
    page.table.show_filter_row(True)
    page.table.model.set_entry(0, "cä")
    page.open_record(id_of(page, "Emil"))
    assert page.table.current().name == "Emil"
    assert not page.filters.active
    assert len(names(page)) == 5


def test_a_new_record_is_shown(page: ThingsPage, qtbot: QtBot) -> None:
    page.header.primary.click()
    dialog = form(page)
    dialog.body["short"].editor.set_value("N")
    dialog.body["name"].editor.set_value("Nordpol")
    dialog.save()
    assert page.table.current().name == "Nordpol"
    assert page.profile.row.name == "Nordpol"


def test_enter_edits_the_record_that_is_shown(page: ThingsPage, qtbot: QtBot) -> None:
    page.open_record(id_of(page, "Berta"))
    qtbot.keyClick(page.table.grid, Qt.Key.Key_Return)
    assert form(page).body["name"].editor.value() == "Berta"
    form(page).reject()


def test_several_are_removed_in_one_step_or_none_of_them(
    page: ThingsPage, context: Context, qtbot: QtBot
) -> None:
    wanted = [row for row in page.table.rows() if row.name in ("Cäsar", "Dora")]
    page.remove(wanted)
    qtbot.waitUntil(lambda: names(page) == ["Anton", "Berta", "Emil"])
    context.undo()
    qtbot.waitUntil(lambda: len(names(page)) == 5)
    with pytest.raises(UserError, match="Anton bleibt"):
        page.remove(page.table.rows())
    page.refresh()
    assert len(names(page)) == 5


def test_commands_stand_in_the_context_menu_where_they_are_allowed(page: ThingsPage) -> None:
    called: list[list[Row]] = []
    page.add_commands(RowAction("Prüfen", called.append, "check", one))
    page.open_record(id_of(page, "Berta"))
    texts = [action.text().split("\t")[0] for action in page.table.row_menu().actions() if action.text()]
    assert texts[:5] == [
        "Bearbeiten",
        "Prüfen",
        "Kopieren",
        "Mit Überschriften kopieren",
        "Löschen",
    ]
    page.table.grid.selectAll()
    texts = [action.text() for action in page.table.row_menu().actions()]
    assert "Prüfen" not in texts
    assert not any(text.startswith("Bearbeiten") for text in texts)


def test_without_records_only_the_way_to_the_first_is_shown(context: Context, qtbot: QtBot) -> None:
    page = shown_page(context, qtbot, Beside())
    empty = page.table.findChildren(EmptyState)[-1]
    assert page.profile.isHidden()
    empty.action.click()
    dialog = form(page)
    dialog.body["short"].editor.set_value("E")
    dialog.body["name"].editor.set_value("Erstes")
    dialog.save()
    qtbot.waitUntil(page.profile.isVisible)
    assert names(page) == ["Erstes"]


def test_the_list_takes_the_keyboard_with_its_first_record(context: Context, qtbot: QtBot) -> None:
    page = shown_page(context, qtbot, Beside())
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.take_focus()
    assert QApplication.focusWidget() is not page.table.grid  # there is none yet
    page.add()
    dialog = form(page)
    dialog.body["short"].editor.set_value("E")
    dialog.body["name"].editor.set_value("Erstes")
    dialog.save()
    qtbot.waitUntil(lambda: page.focusWidget() is page.table.grid)
    assert [row.name for row in page.table.selected()] == ["Erstes"]


def test_the_search_field_leads_the_list(page: ThingsPage, qtbot: QtBot) -> None:
    page.filters.search.setText("ert")
    qtbot.waitUntil(lambda: names(page) == ["Berta"])
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Return)
    assert form(page).body["name"].editor.value() == "Berta"
    form(page).reject()


def test_an_export_is_told(page: ThingsPage, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.saved) as said:
        page.table.export_to(tmp_path / "dinge.xlsx")
    assert "dinge.xlsx" in said.args[0]
