"""One question, one figure: what is shown twice is the same on all pages, in the file for finance, as an answer."""

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget
from pytestqt.qtbot import QtBot

from app.cli.arguments import parse
from app.cli.run import run
from app.domain.money import euro
from app.ui.budgets.page import BudgetPage
from app.ui.context import Context
from app.ui.deadlines.due import Urgency
from app.ui.grants.detail import ITEMS, PAYOUTS
from app.ui.grants.page import GrantsPage
from app.ui.imports.page import ImportsPage
from app.ui.kit.explained import explanation
from app.ui.kit.table.columns import Kind
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.overview.page import OverviewPage
from app.ui.quarters.page import QuartersPage
from app.ui.shell.help import TextDialog
from app.ui.shell.main_window import MainWindow
from app.workflows.demo import build
from app.workflows.finance.export_finance import export_finance
from db.database import open_database

TODAY = date(2026, 11, 24)
YEAR = TODAY.year
FIGURES = ("Ansatz", "Umschichtung", "Gebunden", "Ist", "Verfügbar")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented data of a fixed day."""
    return build(tmp_path_factory.mktemp("demo") / "demo.db", TODAY)


@pytest.fixture
def demo_window(demo: Path, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window on it and on that day; nothing here changes the data."""
    database = open_database(demo, writer=True)
    opened = MainWindow(Context(database, clock=lambda: TODAY), theme)
    qtbot.addWidget(opened)
    opened.show()
    opened.activateWindow()
    qtbot.waitUntil(lambda: bool(opened.pages) and opened.isActiveWindow())
    yield opened
    opened.close()
    database.close()


def page(window: MainWindow, page_id: str) -> Any:
    window.open_page(page_id)
    return window.pages[page_id]


@pytest.fixture
def overview(demo_window: MainWindow) -> OverviewPage:
    found: OverviewPage = page(demo_window, "overview")
    return found


@pytest.fixture
def budget(demo_window: MainWindow) -> BudgetPage:
    found: BudgetPage = page(demo_window, "budget")
    return found


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def answer(window: MainWindow, *arguments: str) -> str:
    """What the command line says about the same file."""
    said = StringIO()
    with redirect_stdout(said):
        run(parse(["--database", str(window.context.database.path), *arguments]))
    return said.getvalue()


def shown_by(card: KeyFigure) -> str:
    return plain(card.accessibleName()).split(": ", 1)[1]


def rounded(written: str) -> str:
    """As the overview writes an amount."""
    cents = int(re.sub(r"[^0-9-]", "", written))
    return plain(euro(round(cents / 100) * 100)).replace(",00", "")


def test_the_figures_of_the_year(
    demo_window: MainWindow, overview: OverviewPage, budget: BudgetPage, tmp_path: Path
) -> None:
    footer = budget.matrix.footer
    assert footer is not None
    written = re.findall(r"-?[\d.]+,\d\d", plain(footer.heard_value))
    sums = dict(zip(FIGURES, written, strict=True))
    assert f"{sums['Verfügbar']} €" == plain(budget.cards.available.figure.text())
    assert f"{sums['Gebunden']} €" == plain(budget.cards.committed.figure.text())
    assert plain(budget.cards.available.hint.text()).endswith(f"Ist {sums['Ist']} €")
    assert plain(budget.header.sentence).startswith(f"{sums['Verfügbar']} € verfügbar")

    cards = overview.year.figures
    assert shown_by(cards["available"]).startswith(rounded(sums["Verfügbar"]))
    assert shown_by(cards["actual"]) == f"{rounded(sums['Ist'])} gebunden {rounded(sums['Gebunden'])}"
    loose = plain(budget.cards.unassigned.figure.text())
    assert shown_by(cards["unassigned"]).startswith(loose)
    bookings = shown_by(cards["unassigned"]).removeprefix(loose).strip()
    assert budget.cards.unassigned.hint.text().startswith(bookings)

    last = answer(demo_window, "budget", "--year", str(YEAR)).rstrip().splitlines()[-1]
    assert last.split()[1:] == list(sums.values())
    workbook = tmp_path / "finanzen.xlsx"
    export_finance(demo_window.context.database, workbook, YEAR)
    *_, total = load_workbook(workbook, data_only=True)["Übersicht"].iter_rows(values_only=True)
    assert [round(100 * cell) for cell in total[5:10]] == [
        int(re.sub(r"[^0-9-]", "", value)) for value in sums.values()
    ]


def test_which_budgets_are_overspent(
    demo_window: MainWindow, overview: OverviewPage, budget: BudgetPage
) -> None:
    lines = [line for line in budget.matrix.shown_rows() if line.row is not None]
    over = {line.name for line in lines if line.figures.available_cents < 0}
    assert over
    assert set(budget.header.sentence.split("überzogen: ")[1].split(", ")) == over
    titles = {line.title for line in lines if line.name in over}
    bars = [
        bar for bar in overview.budgets.findChildren(BudgetBar) if "überzogen" in bar.accessibleDescription()
    ]
    assert {bar.accessibleName() for bar in bars} == titles
    quarters: QuartersPage = page(demo_window, "quarters")
    in_quarters = {line.name for line in lines if line.name in over and line.row and line.row.quarter_id}
    assert set(quarters.header.sentence.split("überzogen: ")[1].split(", ")) == in_quarters
    listed = answer(demo_window, "budget", "--year", str(YEAR)).splitlines()[2:-2]
    assert {row.split()[0] for row in listed if row.split()[-1].startswith("-")} == over


def test_the_money_of_a_quarter(demo_window: MainWindow, budget: BudgetPage) -> None:
    groups = {
        line.name.rsplit(" (", 1)[0]: line.figures for line in budget.matrix.shown_rows() if line.is_group
    }
    quarters: QuartersPage = page(demo_window, "quarters")
    assert {row.name: row.figures for row in quarters.table.rows() if row.figures} == {
        name: figures for name, figures in groups.items() if name != "Ohne Quartier"
    }
    bars = [bar.accessibleDescription() for bar in quarters.findChildren(BudgetBar)]
    chosen = quarters.table.current()
    assert chosen is not None
    own = [line for line in budget.matrix.shown_rows() if line.row and line.row.quarter_id == chosen.id]
    assert len(bars) == len(own)
    for bar, line in zip(bars, own, strict=True):
        assert f"Ist {euro(line.figures.actual_cents)}" in bar


def test_agreements_quarters_and_what_is_overdue(
    demo_window: MainWindow, overview: OverviewPage, qtbot: QtBot
) -> None:
    agreements = page(demo_window, "agreements").header.sentence
    quarters = page(demo_window, "quarters").header.sentence
    running = agreements.split(" · ")[0].removesuffix(" laufend")
    assert shown_by(overview.year.figures["agreements"]) == f"{running} laufend · {quarters.split(' · ')[0]}"
    overdue = len(overview.columns.columns[Urgency.OVERDUE].list.dues.dues)
    assert overview.header.sentence.startswith(f"{overdue} überfällig")
    entry = demo_window.navigation.entries["overview"]
    qtbot.waitUntil(lambda: entry.badge is not None)
    assert entry.badge is not None
    assert entry.badge.count == overdue


def test_what_a_grant_has_not_covered(demo_window: MainWindow) -> None:
    grants: GrantsPage = page(demo_window, "grants")
    row = grants.table.current()
    assert row is not None
    figures = {
        name: value.split(" €")[0]
        for one in grants.findChildren(KeyFigure)
        for name, value in [plain(one.accessibleName()).split(": ", 1)]
    }
    said = answer(demo_window, "grant", row.short, "--on", TODAY.isoformat())
    for name, word in (
        ("Bewilligt", "bewilligt"),
        ("Zuwendungsfähig", "zuwendungsfähig ausgegeben"),
        ("Erhalten", "erhalten"),
        ("Noch nicht belegt", "noch nicht belegt"),
    ):
        assert re.search(rf"^{word} +{re.escape(figures[name])}$", said, re.MULTILINE), name


# ---- each says what it contains ----


def told(widget: QWidget) -> str:
    """What a figure says of itself where the mouse rests on it; the same stands on F1."""
    assert widget.toolTip() == explanation(widget)
    return widget.toolTip()


def test_every_figure_says_what_it_contains(overview: OverviewPage, budget: BudgetPage, qtbot: QtBot) -> None:
    cards = budget.cards
    for card in (cards.available, cards.committed, cards.unassigned, cards.income):
        assert told(card)
    assert "ohne Budget" in told(cards.available)
    assert budget.matrix.footer is not None
    assert "ohne Budget" in told(budget.matrix.footer)
    for figure in overview.year.figures.values():
        assert told(figure)
    columns = budget.matrix.model.columns
    assert [column.title for column in columns if column.contains] == [*FIGURES, "Verbrauch"]
    budget.filters.search.setText("Starterbudget")
    qtbot.waitUntil(lambda: "Nur die angezeigten" in told(budget.matrix.footer))


def test_figures_of_grants_say_what_they_contain(demo_window: MainWindow) -> None:
    grants: GrantsPage = page(demo_window, "grants")
    figures = grants.findChildren(KeyFigure)
    assert [told(figure).split(":")[0] for figure in figures] == [
        plain(figure.accessibleName()).split(":")[0] for figure in figures
    ]
    for columns in (ITEMS, PAYOUTS):
        unexplained = [one.title for one in columns if one.kind is Kind.AMOUNT and not one.contains]
        assert not unexplained
        assert all(one.contains.startswith(f"{one.title}:") for one in columns if one.contains)


def test_counts_of_an_import_say_what_they_contain(demo_window: MainWindow) -> None:
    imports: ImportsPage = page(demo_window, "imports")
    for step in (imports.check_step, imports.master_step, imports.returned_step):
        for one in step.filter.buttons.values():
            assert told(one).lower().startswith(f"{one.words.lower()}:")


def test_f1_explains_the_figure_and_else_opens_the_help(
    demo_window: MainWindow, budget: BudgetPage, overview: OverviewPage, qtbot: QtBot
) -> None:
    demo_window.open_page("overview")
    QCursor.setPos(demo_window.mapToGlobal(QPoint(2, 2)))
    figure = overview.year.figures["available"]
    figure.setFocus()
    qtbot.keyClick(figure, Qt.Key.Key_F1)
    assert not demo_window.findChildren(TextDialog)
    assert [one for one in QApplication.topLevelWidgets() if one.inherits("QWhatsThat") and one.isVisible()]
    QWhatsThis.hideText()
    page(demo_window, "settings")
    qtbot.keyClick(demo_window, Qt.Key.Key_F1)
    (text,) = demo_window.findChildren(TextDialog)
    assert text.windowTitle() == "Hilfe"
    text.close()
    demo_window.open_page("budget")
    grid = budget.matrix.grid
    at = grid.visualRect(grid.model().index(1, 6)).center()
    assert explanation(grid.viewport(), grid.viewport().mapToGlobal(at)).startswith("Ist:")
    assert "Ansatz:" in explanation(grid)
