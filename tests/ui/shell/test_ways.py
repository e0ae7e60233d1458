"""Ways through the window: back and forward, where undo leads, the list of steps, what was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.services import steps
from app.services.actors import actors
from app.services.actors.actors import ActorInput
from app.services.quarters import quarters
from app.services.quarters.quarters import QuarterInput
from app.ui.actors.page import ActorsPage
from app.ui.agreements.page import AgreementsPage, RecordPlace, ViewPlace
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.note import Note
from app.ui.shell.main_window import MainWindow
from app.ui.shell.pages import PAGES
from app.ui.shell.steps import StepsDialog
from app.ui.shell.trail import Place, Trail
from db.triggers import logged_tables

NOWHERE = {
    "booking_item", "building_block", "city_district", "city_part", "finance_export", "indicator", "member",
    "target_group",
}  # fmt: skip
"""Tables that are seen on several pages or on none yet: undoing a change of them alone stays where one is."""


class Opened(QObject):
    """Stands in for the programs of the system: what they were asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toString())


@pytest.fixture
def opened() -> Iterator[Opened]:
    taker = Opened()
    for scheme in ("file", "mailto", "https"):
        QDesktopServices.setUrlHandler(scheme, taker, "take")
    yield taker
    for scheme in ("file", "mailto", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def add_actor(session: Session, short: str) -> int:
    return actors.save(
        session,
        None,
        ActorInput(short, f"Träger {short}", email="post@awo.example", notes="Siehe www.awo.de."),
    )


def actors_page(window: MainWindow) -> ActorsPage:
    page = window.pages["actors"]
    assert isinstance(page, ActorsPage)
    return page


def current(page: ActorsPage) -> str:
    row = page.table.current()
    return "" if row is None else row.short


# ---- back and forward ----


def test_a_trail_leads_back_and_forward() -> None:
    trail = Trail()
    a, b, c = Place("a"), Place("b", 1), Place("c")
    trail.leave(a)
    trail.leave(b)
    assert (trail.back(c), trail.back(b), trail.back(a)) == (b, a, None)
    assert (trail.forward(a), trail.forward(b), trail.forward(c)) == (b, c, None)
    assert trail.back(c) == b
    trail.leave(b)  # somewhere else from here: what was ahead is forgotten
    assert trail.ahead is None
    assert trail.behind == b


def test_alt_left_leads_back_to_the_record(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    ids = [context.do(f"Träger {short} gespeichert", add_actor, short) for short in ("AWO", "DRK", "SOVD")]
    window.open_page("actors", ids[1])
    window.open_page("quarters")
    window.open_page("actors", ids[2])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.commands["view.back"].text().endswith(": Quartiere")
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.pages["quarters"]
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.pages["actors"]
    assert current(actors_page(window)) == "DRK"
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert current(actors_page(window)) == "SOVD"
    assert not window.commands["view.forward"].isEnabled()


def test_back_leads_from_the_record_of_an_agreement_to_the_list(window: MainWindow, context: Context) -> None:
    actor = context.do("Träger AWO gespeichert", add_actor, "AWO")
    context.open_part("agreements", f"new:actor:{actor}")
    form = window.findChildren(FormDialog)[-1]
    form.body["title"].editor.set_value("Offener Treff")
    form.save()
    page = window.pages["agreements"]
    assert isinstance(page, AgreementsPage)
    QApplication.processEvents()
    (row,) = page.register.table.rows()
    assert row.partners == "Träger AWO"
    page.show_record(row.id, "goals")
    assert page.place() == RecordPlace(row.id, "goals")
    window.commands["view.back"].trigger()
    assert page.place() == ViewPlace(0, row.id)
    window.commands["view.forward"].trigger()
    assert page.place() == RecordPlace(row.id, "goals")


# ---- undo ----


def test_undo_goes_where_it_was_done(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    first = context.do("Träger AWO gespeichert", add_actor, "AWO")
    context.do("Träger DRK gespeichert", add_actor, "DRK")
    window.open_page("actors", first)
    page = actors_page(window)
    page.table.grid.setFocus()
    QTest.keyClick(page.table.grid, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert [row.short for row in page.table.rows()] == ["DRK"]
    window.open_page("budget")
    context.undo()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is page)
    assert current(page) == "AWO"
    assert window.status.news.sentence.text() == "Rückgängig: Gelöscht: Träger AWO"


def test_undo_of_an_old_step_goes_to_its_page(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    """What was done before the window was opened is shown on the page of its tables."""
    with context.database.write("Träger gespeichert") as session:
        add_actor(session, "AWO")
    window.ways._done_at.clear()
    context.undo()
    qtbot.waitUntil(lambda: "actors" in window.pages)
    assert window.stack.currentWidget() is window.pages["actors"]


def test_every_table_has_one_page() -> None:
    of_pages = [table for page in PAGES for table in page.tables]
    assert len(of_pages) == len(set(of_pages))
    known = {table.name for table in logged_tables()}
    assert set(of_pages) <= known
    assert known - set(of_pages) <= NOWHERE


def test_delete_on_a_list_offers_undo_in_place(window: MainWindow, context: Context) -> None:
    context.do("Träger AWO gespeichert", add_actor, "AWO")
    window.open_page("actors")
    page = actors_page(window)
    page.table.select_position(0)
    QTest.keyClick(page.table.grid, Qt.Key.Key_Delete)
    QApplication.processEvents()
    note = page.table.findChild(Note)
    assert note is not None
    assert (note.text, note.isHidden()) == ("Gelöscht: Träger AWO", False)
    QTest.mouseClick(note.action, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert [row.short for row in page.table.rows()] == ["AWO"]
    assert note.isHidden()


def test_the_steps_take_back_to_any_of_them(window: MainWindow, context: Context) -> None:
    for short in ("A", "B", "C"):
        context.do(f"Träger {short} gespeichert", add_actor, short)
    window.commands["edit.steps"].trigger()
    dialog = window.findChild(StepsDialog)
    assert dialog is not None
    assert [(row.label, row.steps) for row in dialog.table.shown_rows()] == [
        ("Träger C gespeichert", 1),
        ("Träger B gespeichert", 2),
        ("Träger A gespeichert", 3),
    ]
    dialog.table.select_position(1)
    assert dialog.go.text() == "2 Schritte zurücknehmen"
    dialog.go.click()
    assert [row.short for row in context.ask(actors.rows)] == ["A"]
    QApplication.processEvents()
    assert [(row.holds, row.steps) for row in context.ask(steps.rows)] == [(False, 2), (False, 1), (True, 1)]
    assert context.database.undo_label == "Träger A gespeichert"
    dialog.table.select_position(0)
    assert dialog.go.text() == "2 Schritte wiederholen"
    dialog.go.click()
    assert [row.short for row in context.ask(actors.rows)] == ["A", "B", "C"]
    dialog.reject()


# ---- what was written, and addresses ----


def test_after_an_export_the_file_opens(
    window: MainWindow, context: Context, tmp_path: Path, opened: Opened
) -> None:
    context.do("Träger AWO gespeichert", add_actor, "AWO")
    window.open_page("actors")
    target = tmp_path / "Träger.xlsx"
    actors_page(window).table.export_to(target)
    news = window.status.news
    assert news.sentence.text() == f"Gespeichert: {target}"
    assert [one.text() for one in news.buttons if not one.isHidden()] == ["Datei öffnen", "Ordner zeigen"]
    for one in news.buttons:
        one.click()
    assert [QUrl(url).toLocalFile() for url in opened.urls] == [str(target), str(tmp_path)]


def test_addresses_open(window: MainWindow, context: Context, opened: Opened) -> None:
    context.do("Träger AWO gespeichert", add_actor, "AWO")
    window.open_page("actors")
    links = [
        one
        for one in window.pages["actors"].findChildren(QLabel)
        if one.textFormat() is Qt.TextFormat.RichText
    ]
    assert [one.accessibleName() for one in links] == ["E-Mail: post@awo.example", "Siehe www.awo.de."]
    for one in links:
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Tab)  # from the label to the link in it
        QTest.keyClick(one, Qt.Key.Key_Return)
    assert opened.urls == ["mailto:post@awo.example", "https://www.awo.de"]


def test_an_agreement_begins_with_its_quarter(window: MainWindow, context: Context) -> None:
    quarter = context.do("Quartier gespeichert", quarters.save, None, QuarterInput("LIN", "Linden"))
    context.open_part("agreements", f"new:quarter:{quarter}")
    form = window.findChildren(FormDialog)[-1]
    assert form.body["quarter_id"].editor.value() == quarter
    form.reject()
