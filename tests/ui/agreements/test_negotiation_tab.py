"""The tab "Abstimmung" through the real page: checklist, comments, drafts, stages."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import Stage
from app.domain.agreements.signature_checklist import Check, ChecklistPlace
from app.services import office
from app.services.agreements import (
    agreement_clauses,
    agreement_text,
    agreements,
    clause_comments,
    drafts,
    stage_changes,
)
from app.services.agreements.clause_comments import CommentInput
from app.services.office import OfficeInput
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.negotiation.checks import checks_section
from app.ui.agreements.record.negotiation.comparison import ComparisonDialog
from app.ui.agreements.record.negotiation.tab import NegotiationTab
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from tests.ui.agreements.conftest import ON
from tests.ui.words import answer, sentences


@pytest.fixture
def draft(context: Context) -> int:
    """The draft ZV-2026-02."""
    context.do("Büro", office.save, OfficeInput("Alter im Quartier", contact_person="Annika Feldmann"))
    return next(key for key in range(1, 9) if context.ask(agreements.load, key).number == "ZV-2026-02")


@pytest.fixture
def tab(page: AgreementsPage, draft: int) -> NegotiationTab:
    page.show_record(draft, "negotiation")
    shown = page.record.tabs["negotiation"]
    assert isinstance(shown, NegotiationTab)
    return shown


def words(tab: NegotiationTab) -> str:
    return "\n".join(label.text() for label in tab.findChildren(QLabel) if label.isVisibleTo(tab))


def press(tab: NegotiationTab, name: str) -> None:
    """Press the shown button with this text or accessible name."""
    found = [
        one
        for one in tab.findChildren(QPushButton)
        if one.isVisibleTo(tab) and name in (one.text(), one.accessibleName())
    ]
    assert len(found) == 1, name
    found[0].click()


def form(tab: NegotiationTab) -> FormDialog[object]:
    found = [child for child in tab.window().findChildren(FormDialog) if child.isVisible()]
    assert len(found) == 1
    return found[0]


def comment(context: Context, draft: int, position: int, text: str) -> None:
    data = CommentInput(position, ON, "Frau Kaya", text)
    context.do("Kommentar", clause_comments.save, draft, None, data)


def test_the_checklist_says_what_is_open_and_leads_there(
    context: Context, page: AgreementsPage, tab: NegotiationTab, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "Laufzeit" in words(tab))
    shown = words(tab)
    assert "Der Beginn fehlt." in shown
    assert "Es fehlt mindestens ein Ziel." in shown
    assert "noch für den Druck zur Unterschrift" in shown
    opened: list[tuple[str, object]] = []
    context.opened.connect(lambda page_id, record: opened.append((page_id, record)))
    press(tab, "Stadt: Zum Briefkopf")
    press(tab, "Partner: Zum Träger")
    assert [page_id for page_id, _ in opened] == ["settings", "actors"]
    press(tab, "Ziele: Bearbeiten")
    assert form(tab).windowTitle() == "Zielvereinbarung ZV-2026-02"
    form(tab).reject()
    press(tab, "Text ohne Lücken: Zum Text")
    assert page.record.stack.currentWidget() is page.record.tabs["text"]


def test_comments_are_written_settled_and_counted_on_the_tab(
    context: Context, page: AgreementsPage, tab: NegotiationTab, draft: int, qtbot: QtBot
) -> None:
    press(tab, "Kommentar anlegen …")
    entered = form(tab)
    entered.body["position"].editor.set_value(3)
    entered.body["text"].editor.set_value("Bitte kürzer.")
    entered.save()
    place = page.record.bar
    qtbot.waitUntil(lambda: "Abstimmung (1)" in [place.tabText(at) for at in range(place.count())])
    title = context.ask(agreement_text.text, draft).clauses[2].title
    qtbot.waitUntil(lambda: "Kommentare (1 offen)" in words(tab))
    assert "Annika Feldmann · 01.07.2026" in words(tab)
    press(tab, f"Zur Klausel: Kommentar zu {title}")
    text = page.record.tabs["text"]
    assert page.record.stack.currentWidget() is text
    assert text.table.current().position == 3  # type: ignore[attr-defined]
    page.record.show_tab("negotiation")
    qtbot.waitUntil(lambda: "Bitte kürzer." in words(tab))
    press(tab, f"Erledigt: Kommentar zu {title}")
    qtbot.waitUntil(lambda: "Abstimmung" in [place.tabText(at) for at in range(place.count())])
    qtbot.waitUntil(lambda: "Kommentare\n" in words(tab))
    assert "Bitte kürzer." not in words(tab)
    press(tab, "1 erledigten zeigen")
    qtbot.waitUntil(lambda: "Bitte kürzer." in words(tab))
    press(tab, f"Wieder öffnen: Kommentar zu {title}")
    qtbot.waitUntil(lambda: "Kommentare (1 offen)" in words(tab))
    context.undo()
    qtbot.waitUntil(lambda: "Kommentare (1 offen)" not in words(tab))


def test_the_text_tab_leads_to_a_comment_on_its_clause(page: AgreementsPage, tab: NegotiationTab) -> None:
    page.record.show_part("negotiation", 4)
    assert form(tab).body["position"].editor.value() == 4
    form(tab).reject()


def test_drafts_are_saved_kept_named_and_compared(
    context: Context, tab: NegotiationTab, draft: int, tmp_path: Path, qtbot: QtBot
) -> None:
    said = sentences(context)
    tab.word_button.click()
    chooser = tab.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.selectedFiles()[0].endswith("ZV-2026-02_Entwurf-1_2026-07-01.docx")
    target = tmp_path / "entwurf.docx"
    answer(target)
    qtbot.waitUntil(lambda: bool(said) and "als Entwurf 1 festgehalten" in said[-1])
    assert target.read_bytes().startswith(b"PK")
    qtbot.waitUntil(lambda: "Entwurf 1" in words(tab))
    press(tab, "Entwurf 1 benennen")
    form(tab).body["title"].editor.set_value("an Nord")
    form(tab).save()
    qtbot.waitUntil(lambda: "an Nord" in words(tab))

    rows = context.ask(agreement_text.text, draft).clauses
    context.do("Text", agreement_clauses.reword, draft, 2, rows[1].title, "Ganz neu gesagt.")
    qtbot.waitUntil(lambda: tab.isVisible())
    press(tab, "Entwurf 1 vergleichen")
    shown = tab.window().findChild(ComparisonDialog)
    assert shown is not None
    assert shown.sentence.text() == "1 Unterschied: 1 geändert"
    assert "Ganz neu gesagt." in shown.words.toPlainText()
    assert "Entwurf 1 vom 01.07.2026 (an Nord)" in shown.words.toPlainText()
    everything = len(shown.entries)
    shown.only_changes.setChecked(False)
    assert len(shown.table.shown_rows()) == everything > 10
    shown.words.resize(shown.words.width(), 120)
    bar = shown.words.verticalScrollBar()
    shown.table.select_position(everything - 1)
    qtbot.waitUntil(lambda: bar.value() > 0)
    shown.table.select_position(0)
    qtbot.waitUntil(lambda: bar.value() == 0)
    shown.save()
    answer(tmp_path / "vergleich.pdf")
    assert (tmp_path / "vergleich.pdf").read_bytes().startswith(b"%PDF")
    shown.close()


def test_nothing_new_is_not_kept_twice(
    context: Context, tab: NegotiationTab, draft: int, qtbot: QtBot
) -> None:
    for _ in range(2):
        press(tab, "Jetzt festhalten …")
        form(tab).save()
        qtbot.waitUntil(lambda: "Entwurf 1" in words(tab))
    assert [row.number for row in context.ask(drafts.rows, draft)] == [1]


def test_a_stage_is_changed_with_day_and_person_forth_and_back(
    context: Context, tab: NegotiationTab, draft: int, qtbot: QtBot
) -> None:
    tab.stage_button.click()
    entered = form(tab)
    assert entered.body["who"].editor.value() == "Annika Feldmann"
    entered.save()
    assert entered.body["stage"].problem == "Die Vereinbarung hat schon den Stand „Entwurf“."
    entered.body["stage"].editor.set_value(Stage.READY_TO_SIGN)
    entered.save()
    tab.stage_button.click()
    entered = form(tab)
    entered.body["stage"].editor.set_value(Stage.NEGOTIATION)
    entered.body["note"].editor.set_value("Rückfrage zur Laufzeit")
    entered.save()
    found = context.ask(stage_changes.rows, draft)
    assert [(row.stage, row.day, row.is_back) for row in found[:2]] == [
        (Stage.NEGOTIATION, ON, True),
        (Stage.READY_TO_SIGN, ON, False),
    ]
    qtbot.waitUntil(lambda: "zurück auf diesen Stand · Rückfrage zur Laufzeit" in words(tab))


def test_a_signed_agreement_gives_out_no_draft(page: AgreementsPage, qtbot: QtBot) -> None:
    running = next(row.id for row in page.register.table.rows() if row.stage is Stage.IN_FORCE)
    page.show_record(running, "negotiation")
    tab = page.record.tabs["negotiation"]
    assert isinstance(tab, NegotiationTab)
    assert not tab.word_button.isEnabled()
    qtbot.waitUntil(lambda: "ohne Datum übernommen" in words(tab))


@pytest.mark.parametrize(("count", "last"), [(6, "Ziel 6 wäre zu früh."), (200, "und 195 weitere")])
def test_of_two_hundred_open_points_the_first_are_said(qtbot: QtBot, count: int, last: str) -> None:
    points = tuple(f"Ziel {nr} wäre zu früh." for nr in range(1, count + 1))
    section = checks_section(
        [Check("Fristen", points, False, ChecklistPlace.FORM)], Stage.DRAFT, lambda _check: None
    )
    qtbot.addWidget(section)
    assert [label.text() for label in section.findChildren(QLabel) if label.text()][-1] == last


def test_a_comment_is_changed(context: Context, tab: NegotiationTab, draft: int, qtbot: QtBot) -> None:
    comment(context, draft, 3, "Zu lang.")
    qtbot.waitUntil(lambda: "Zu lang." in words(tab))
    title = context.ask(agreement_text.text, draft).clauses[2].title
    press(tab, f"Bearbeiten: Kommentar zu {title}")
    entered = form(tab)
    assert (entered.body["position"].editor.value(), entered.body["author"].editor.value()) == (
        3,
        "Frau Kaya",
    )
    entered.body["text"].editor.set_value("Viel zu lang.")
    entered.save()
    qtbot.waitUntil(lambda: "Viel zu lang." in words(tab))
