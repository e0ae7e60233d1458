"""The view "Kooperation" through the real page: tree, dragging, menu, the matrix of a quarter."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.services.agreements import agreements
from app.services.agreements.cooperation import By
from app.sheets.reading.read import read_workbook
from app.ui.agreements.cooperation import CooperationView
from app.ui.agreements.cooperation_tree import ALONE, CooperationTree, row_of
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.views import VIEWS
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog


@pytest.fixture
def view(page: AgreementsPage) -> CooperationView:
    page.bar.setCurrentIndex([spec.id for spec in VIEWS].index("cooperation"))
    shown = page.view
    assert isinstance(shown, CooperationView)
    return shown


def lines(tree: CooperationTree) -> list[str]:
    """The lines that can be seen, indented as they hang."""

    def below(item: QTreeWidgetItem, depth: int) -> list[str]:
        row = row_of(item)
        own = "  " * depth + (row.number if row else item.text(0))
        return [own] + [
            line
            for place in range(item.childCount())
            if not item.child(place).isHidden()
            for line in below(item.child(place), depth + 1)
        ]

    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return [line for top in tops if top is not None and not top.isHidden() for line in below(top, 0)]


def key_of(page: AgreementsPage, number: str) -> int:
    return next(row.id for row in page.register.table.rows() if row.number == number)


def drop(tree: CooperationTree, on: QTreeWidgetItem) -> None:
    at = QPointF(tree.visualItemRect(on).center())
    none = Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, none))


def test_the_tree_shows_what_hangs_on_what(page: AgreementsPage, view: CooperationView) -> None:
    assert lines(view.tree) == [
        "ZV-2025-01",
        "  KV-2026-01",
        "ZV-2026-02",
        f"{ALONE} (0)",
        "  keine",
    ]
    assert page.header.sentence == (
        "1 Kooperationsvereinbarungen, davon 0 eigenständig · 1 Zielvereinbarungen noch ohne Kooperation"
    )


def test_dragging_hangs_it_elsewhere_and_undo_takes_it_back(
    page: AgreementsPage, view: CooperationView, context: Context, qtbot: QtBot
) -> None:
    view.tree.select(key_of(page, "KV-2026-01"))
    target = view.tree.topLevelItem(1)
    assert target is not None
    drop(view.tree, target)
    qtbot.waitUntil(lambda: lines(view.tree)[2] == "  KV-2026-01")
    assert context.database.undo_label == "KV-2026-01 an ZV-2026-02 angehängt"
    loose = view.tree.topLevelItem(2)
    assert loose is not None
    drop(view.tree, loose)
    qtbot.waitUntil(lambda: lines(view.tree)[2:] == [f"{ALONE} (1)", "  KV-2026-01"])
    context.undo()
    context.undo()
    qtbot.waitUntil(lambda: lines(view.tree)[1] == "  KV-2026-01")


def test_a_target_agreement_cannot_be_dragged_below_another(
    page: AgreementsPage, view: CooperationView, qtbot: QtBot
) -> None:
    view.tree.select(key_of(page, "ZV-2026-02"))
    target = view.tree.topLevelItem(0)
    assert target is not None
    with qtbot.assertNotEmitted(view.tree.attach_wanted):
        drop(view.tree, target)


def test_the_menu_hangs_it_elsewhere(
    page: AgreementsPage, view: CooperationView, context: Context, qtbot: QtBot
) -> None:
    key = key_of(page, "KV-2026-01")
    view.tree.select(key)
    menu = view.tree.row_menu()
    texts = {action.text(): action for action in menu.actions()}
    targets = texts["Anhängen an"].menu()
    entries = {action.text().split()[0]: action for action in targets.actions()}
    assert not entries["ZV-2025-01"].isEnabled()  # there it hangs already
    entries["ZV-2026-02"].trigger()
    assert context.ask(agreements.load, key).belongs_to_id == key_of(page, "ZV-2026-02")
    texts["Lösen (steht allein)"].trigger()
    assert context.ask(agreements.load, key).belongs_to_id is None


def test_enter_opens_the_record_and_search_keeps_what_holds_a_hit(
    page: AgreementsPage, view: CooperationView, qtbot: QtBot
) -> None:
    view.filters.search.setText("raum")
    qtbot.waitUntil(lambda: "ZV-2026-02" not in lines(view.tree))
    assert lines(view.tree)[:2] == ["ZV-2025-01", "  KV-2026-01"]
    view.tree.select(key_of(page, "KV-2026-01"))
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert page.record.isVisible()
    assert page.record.agreement_id == key_of(page, "KV-2026-01")


def test_a_new_one_hangs_on_the_chosen_target_agreement(page: AgreementsPage, view: CooperationView) -> None:
    view.tree.select(key_of(page, "ZV-2025-01"))
    view.add()
    (form,) = [child for child in page.findChildren(FormDialog) if child.isVisible()]
    assert form.body["belongs_to_id"].editor.value() == key_of(page, "ZV-2025-01")


def test_the_matrix_of_the_quarter_and_what_is_saved(
    page: AgreementsPage, view: CooperationView, tmp_path: Path
) -> None:
    table = view.partners.table
    assert table is not None
    assert view.partners.findings.text() == "2 von 2 Trägern mit Vereinbarung"
    shown = [[column.text(row) for column in table.shown_columns()] for row in table.shown_rows()]
    assert shown == [
        ["Küche & Söhne", "Partner", "kooperiert"],
        ["Nachbarschaft Nord e.V.", "Hauptpartner", ""],
    ]
    table.export_to(tmp_path / "partner.xlsx")
    sheet = read_workbook(tmp_path / "partner.xlsx").sheets[0]
    texts = [text for row in sheet.rows for text in row]
    assert "ZV-2025-01" in texts
    assert "kooperiert" in texts
    view.partners.by.set_value(By.BLOCK)
    view.partners.by.changed.emit()
    assert "Bausteine ohne Partner" in view.partners.findings.text()
