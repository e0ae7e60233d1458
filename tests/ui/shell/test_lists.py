"""What lists ask of the window: figures of a selection in the status bar, and a printed list."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.list_sheet import ListSheet
from app.services.quarters import quarters
from app.services.quarters.quarters import QuarterInput, QuarterRow
from app.ui.context import Context
from app.ui.kit.table.table import Table
from app.ui.kit.theme import Theme
from app.ui.overview.page import OverviewPage
from app.ui.papers.list_dialog import ListDialog, print_list
from app.ui.papers.printing import ask_and_print
from app.ui.quarters.page import QuartersPage
from app.ui.shell.main_window import MainWindow
from tests.ui.words import answer, press

NAMES = ("Sahlkamp", "Linden-Süd", "Vahrenwald")


@pytest.fixture
def window(context: Context, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    for place, name in enumerate(NAMES):
        context.do("angelegt", quarters.save, None, QuarterInput(f"Q{place}", name))
    shown = MainWindow(context, theme)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.pages))
    shown.open_page("quarters")
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(shown, QEvent.Type.DeferredDelete)


@pytest.fixture
def table(window: MainWindow) -> Table[QuarterRow]:
    page = window.pages["quarters"]
    assert isinstance(page, QuartersPage)
    page.table.grid.setFocus()
    return page.table


def preview(qtbot: QtBot) -> ListDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ListDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, ListDialog)
    return found


def words(dialog: ListDialog) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(dialog.pdf)).pages)


def test_the_status_bar_says_what_is_selected(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot
) -> None:
    qtbot.keyClick(table.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.status.figures.text().startswith("3 ausgewählt"))
    assert window.status.figures.isVisible()
    assert window.status.figures.accessibleName().startswith("3 ausgewählt")
    assert table.grid.accessibleDescription().startswith("3 ausgewählt")
    window.open_page("actors")
    assert not window.status.figures.isVisible()


def test_a_list_is_printed_as_it_is_shown(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot, tmp_path: Path
) -> None:
    table.set_search("linden")
    table.print_shown()
    dialog = preview(qtbot)
    assert "1 von 3 Zeilen" in dialog.sentence.text()
    assert "Linden-Süd" in words(dialog)
    assert "Sahlkamp" not in words(dialog)
    press(dialog, "Als PDF speichern …")
    answer(tmp_path / "Liste.pdf")
    assert (tmp_path / "Liste.pdf").read_bytes() == dialog.pdf


def test_what_is_due_is_printed_from_any_place_of_the_overview(demo_window: MainWindow, qtbot: QtBot) -> None:
    demo_window.open_page("overview")
    overview = demo_window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    overview.bar.setFocus()
    qtbot.keyClick(overview.bar, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = preview(qtbot)
    dues = [due for one in overview.columns.columns.values() for due in one.list.dues.dues]
    assert f"{len(dues)} Zeilen" in dialog.sentence.text()
    said = " ".join(words(dialog).split())
    for due in dues[:5]:
        assert due.deadline.title.split()[-1] in said
        assert due.pill.text in said
    dialog.close()


def test_of_several_selected_rows_it_is_asked_which(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot
) -> None:
    table.grid.selectRow(0)
    qtbot.keyClick(table.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table.tools, "Liste drucken")
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    press(box, "2 ausgewählte")
    dialog = preview(qtbot)
    assert "2 von 3 Zeilen" in dialog.sentence.text()
    assert "Vahrenwald" not in words(dialog)


def test_a_list_in_a_dialog_is_printed_by_the_same_window(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QDialog, QVBoxLayout

    dialog = QDialog(window)
    QVBoxLayout(dialog).addWidget(inner := Table[QuarterRow]("inner", table.model.columns, title="Innen"))
    inner.set_rows(table.rows())
    dialog.open()
    inner.print_shown()
    assert preview(qtbot).windowTitle() == "Innen drucken"


def test_a_dialog_closed_meanwhile_gets_no_pages(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QDialog

    dialog = QDialog(window)
    sheet = ListSheet("Innen", ("Spalte",), (("Zeile",),), 1, 1)
    print_list(window.context, sheet, dialog)
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert QApplication.activeModalWidget() is None


def test_a_list_names_what_will_not_print(window: MainWindow, table: Table[QuarterRow], qtbot: QtBot) -> None:
    sheet = ListSheet("Träger", ("Name", "Art"), (("Verein ≥ 3", "ok"), ("مرحبا", "Verein")), 2, 2)
    print_list(window.context, sheet, window)
    note = preview(qtbot).note
    assert note.isVisible()
    assert note.text.startswith("Auf dem Papier steht ▯ statt „م“ (U+0645)")
    assert note.text.endswith("in „Träger, مرحبا“.")


def test_a_wide_list_is_printed_on_its_side(
    window: MainWindow, table: Table[QuarterRow], qtbot: QtBot
) -> None:
    titles = tuple(f"Eine lange Überschrift {place}" for place in range(9))
    sheet = ListSheet("Breit", titles, (titles,), 1, 1)
    print_list(window.context, sheet, window)
    dialog = preview(qtbot)
    asking = ask_and_print(dialog.paper.document, "Breit", dialog, lambda: None)
    assert asking.printer().pageLayout().orientation() == QPageLayout.Orientation.Landscape
    asking.close()
