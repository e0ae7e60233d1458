"""The overview on a small screen: its lists scroll, the page itself does not."""

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.card import Pane
from app.ui.overview.page import OverviewPage
from app.ui.shell.main_window import MainWindow


@pytest.mark.parametrize(("height", "least_bars"), [(680, 3), (760, 5)])
def test_it_fits_the_screen(demo_window: MainWindow, qtbot: QtBot, height: int, least_bars: int) -> None:
    demo_window.resize(1280, height)
    demo_window.open_page("overview")
    page = demo_window.pages["overview"]
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(lambda: demo_window.height() == height)
    (room,) = [pane for pane in page.stack.findChildren(Pane) if pane.isVisible()]
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() == 0)
    shown = [bar for bar in page.budgets.findChildren(BudgetBar) if bar.isVisible()]
    assert len(shown) >= least_bars
    assert all(bar.geometry().bottom() <= page.budgets._bars.height() for bar in shown)
