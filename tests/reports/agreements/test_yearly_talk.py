"""The sheet for the yearly talk, read back as text."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.agreements.goal_light import GoalLight
from app.reports.agreements.yearly_talk import TalkGoal, TalkSheet, yearly_talk_pdf
from app.services.office import OfficeInput

GOAL = TalkGoal(
    nr="1",
    title="Besuchsdienst <mit> 15 & mehr",
    light=GoalLight.AT_RISK,
    reason="Nur 40 % des Zielwerts nach 90 % der Zeit (am 01.06.2026).",
    state="läuft",
    target="15 Ehrenamtliche",
    reached="6 von 15 Ehrenamtliche (40 %)",
    due="31.12.2026",
    responsible="Vorstand",
    measure="Werbung",
    last_report="01.06.2026 (Vorstand): Zwei sind neu.",
)
SHEET = TalkSheet(
    office=OfficeInput(name="Alter im Quartier", contact_person="Annika Feldmann"),
    day=date(2026, 7, 1),
    kind="Zielvereinbarung",
    number="ZV-2026-01",
    title="Quartierszentrum Döhren",
    quarter="Döhren",
    term="ab 01.01.2026 bis 31.12.2026",
    talk_due=date(2027, 1, 1),
    parties=(("Nachbarschaft Nord e.V.", "Sabine Öztürk"), ("Diakonie Süd gGmbH", "")),
    sentence="0 von 1 Ziel erreicht, 1 gefährdet.",
    goals=(GOAL,),
    last_talk_on=date(2026, 1, 12),
    last_talk="Mehr Werbung vereinbart.",
)


def text_of(pdf: bytes) -> str:
    """What stands on the pages, each ended by a form feed."""
    return "".join(page.extract_text() + "\f" for page in PdfReader(BytesIO(pdf)).pages)


def test_everything_to_talk_about_stands_on_it() -> None:
    text = text_of(yearly_talk_pdf(SHEET))
    for words in (
        "Jahresgespräch",
        "ZV-2026-01",
        "01.01.2027",
        "Sabine Öztürk",
        "Mehr Werbung vereinbart.",
        "Besuchsdienst <mit> 15 & mehr",
        "gefährdet",
        "15 Ehrenamtliche",
        "6 von 15",
        "Zwei sind neu.",
        "Notizen und Vereinbarung",
        "Nächste Schritte",
        "Bis wann",
        "Unterschriften",
    ):
        assert words in text, words


def test_it_can_go_without_signatures() -> None:
    text = text_of(yearly_talk_pdf(replace(SHEET, signatures=False, last_talk_on=None)))
    assert "Unterschriften" not in text
    assert "Vom letzten Gespräch" not in text


@pytest.mark.parametrize("light", GoalLight)
def test_every_light_has_its_symbol_and_word(light: GoalLight) -> None:
    assert light.word in text_of(yearly_talk_pdf(replace(SHEET, goals=(replace(GOAL, light=light),))))


def test_many_goals_go_over_many_pages() -> None:
    long = replace(GOAL, last_report="Wort " * 400, responsible="", measure="")
    goals = (*(replace(GOAL, nr=str(nr)) for nr in range(1, 61)), replace(long, nr="61"))
    text = text_of(yearly_talk_pdf(replace(SHEET, goals=goals)))
    assert text.count("Notizen und Vereinbarung") == 61
    assert text.count("\f") > 15


def test_an_agreement_without_goals_still_has_a_sheet() -> None:
    sheet = replace(SHEET, goals=(), parties=(), sentence="In dieser Vereinbarung stehen keine Ziele.")
    assert "keine Ziele" in text_of(yearly_talk_pdf(sheet))
