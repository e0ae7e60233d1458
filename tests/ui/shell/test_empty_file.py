"""A file with nothing in it: each page says so once, and offers nothing that could be chosen."""

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.agreements.page import AgreementsPage
from app.ui.kit.widgets.empty import EmptyState
from app.ui.shell.main_window import MainWindow


def said(widget: QWidget) -> list[str]:
    return [state.sentence.text() for state in widget.findChildren(EmptyState) if state.isVisible()]


@pytest.mark.parametrize(
    ("page_id", "sentence"),
    [
        ("overview", "Noch keine Fristen"),
        ("quarters", "Noch keine Quartiere"),
        ("actors", "Noch keine Träger"),
        ("offers", "Noch keine Angebote"),
        ("agreements", "Noch keine Vereinbarungen"),
        ("budget", "Noch keine Budgets"),
        ("grants", "Noch keine Förderung"),
        ("imports", "Noch keine Lieferung"),
    ],
)
def test_each_page_says_once_that_there_is_nothing(
    window: MainWindow, qtbot: QtBot, page_id: str, sentence: str
) -> None:
    window.open_page(page_id)
    qtbot.waitUntil(lambda: said(window.pages[page_id]) == [sentence])


@pytest.mark.parametrize(
    ("tab", "sentence"),
    [("Ziele", "Noch keine Ziele"), ("Kooperation", "Noch keine Träger mit Angebot oder Vereinbarung")],
)
def test_views_of_agreements_show_only_that(
    window: MainWindow, qtbot: QtBot, tab: str, sentence: str
) -> None:
    window.open_page("agreements")
    page = window.pages["agreements"]
    assert isinstance(page, AgreementsPage)
    page.bar.setCurrentIndex([page.bar.tabText(at) for at in range(page.bar.count())].index(tab))
    qtbot.waitUntil(lambda: said(page) == [sentence])
    assert not [one for one in page.findChildren(QComboBox) if one.isVisible()]
