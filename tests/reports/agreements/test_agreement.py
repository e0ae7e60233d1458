"""The printed agreement, read as a reader of the PDF would."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.goals import AgreedGoal
from app.domain.errors import UserError
from app.reports.agreements.data import (
    PaperClause,
    PaperContact,
    PaperInstalment,
    PaperParty,
)
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.text import compose, missing, placeholder_values
from app.services.office import Signatory
from tests.reports.agreements.agreement_samples import OFFICE, goal, paper, party


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def flat(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pages(content)))


def test_all_building_blocks_are_on_paper() -> None:
    text = flat(agreement_pdf(paper()))
    for heading in (
        "Präambel",
        "§ 1 Gegenstand und Zweck",
        "§ 2 Ziele",
        "§ 3 Aufgaben des Trägers",
        "§ 4 Aufgaben der Stadt",
        "§ 5 Barrierefreiheit",
        "§ 6 Schutz der Menschen, die Angebote nutzen",
        "§ 7 Art und Höhe der Förderung",
        "§ 8 Auszahlung",
        "§ 9 Verwendung der Mittel, Vergabe und Personal",
        "§ 10 Verwendungsnachweis und Mitteilungspflichten",
        "§ 11 Prüfungsrechte",
        "§ 12 Erstattung und Verzinsung",
        "§ 13 Berichte und Jahresgespräch",
        "§ 14 Ansprechpersonen",
        "§ 15 Öffentlichkeitsarbeit",
        "§ 16 Hinweis auf die Förderung",
        "§ 17 Räume und Haftung",
        "§ 18 Beschaffte Gegenstände",
        "§ 19 Datenschutz",
        "§ 20 Laufzeit und ordentliche Kündigung",
        "§ 21 Kündigung aus wichtigem Grund",
        "§ 22 Wichtiger Grund bei der Förderung",
        "§ 23 Rechtsnatur",
        "§ 24 Anpassung bei geänderten Verhältnissen",
        "§ 25 Anlagen und Rangfolge",
        "§ 26 Schriftform, Textform und Teilnichtigkeit",
        "Unterschriften",
    ):
        assert heading in text, heading
    assert "45.000,00 €" in text
    assert "die ihm in § 2 zugeordnet sind" in text
    assert "vertreten durch Sabine Öztürk, Geschäftsführerin" in text


def test_every_page_has_number_of_pages_document_and_date() -> None:
    texts = pages(agreement_pdf(paper(draft=False)))
    for nr, text in enumerate(texts, start=1):
        assert f"Seite {nr} von {len(texts)}" in text
        assert "Zielvereinbarung ZV-2026-01 · Stand 01.03.2026" in text


def test_two_sign_for_the_city() -> None:
    office = replace(OFFICE, signatories=(Signatory("Dr. Weiß", "Leitung"), Signatory("A. Feldmann")))
    text = flat(agreement_pdf(paper(office=office)))
    assert "vertreten durch Dr. Weiß (Leitung) und A. Feldmann – im Folgenden „Stadt“ –" in text
    assert text.count("Ort, Datum") == 3


def test_only_a_draft_is_marked_on_every_page() -> None:
    assert all("ENTWURF" in text for text in pages(agreement_pdf(paper(draft=True))))
    assert not any("ENTWURF" in text for text in pages(agreement_pdf(paper(draft=False))))


def test_metadata_language_bookmarks_and_embedded_fonts() -> None:
    reader = PdfReader(BytesIO(agreement_pdf(paper())))
    assert reader.metadata is not None
    assert reader.metadata.title == "Zielvereinbarung ZV-2026-01 – Quartierszentrum Linden-Süd"
    assert reader.metadata.author == "Alter im Quartier, Landeshauptstadt Hannover"
    assert reader.trailer["/Root"]["/Lang"] == "de-DE"
    assert [entry.title for entry in reader.outline][:2] == [
        "Präambel",
        "§\u00a01\u00a0\u00a0Gegenstand und Zweck",
    ]
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {name.split("+")[-1] for name in fonts} == {"NotoSans-Regular", "NotoSans-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_what_somebody_typed_is_text_and_not_markup() -> None:
    wild = "A & B <x> </para> {Betrag} \x07ŞğłÄß"
    content = agreement_pdf(
        paper(title=wild, parties=(party(wild),), goals=(goal(1, title=wild),), contacts=())
    )
    text = flat(content)
    assert text.count("A & B <x> </para> {Betrag} ŞğłÄß") >= 4


def test_gaps_are_listed_in_order_and_visible() -> None:
    gappy = paper(
        amount_cents=None,
        quarter="",
        parties=(replace(party(), represented_by=""),),
        goals=(goal(1, due=None), goal(2, target="")),
        contacts=(),
    )
    assert missing(gappy) == [
        "Vertretung: Diakonie Süd gGmbH",
        "Quartier",
        "Betrag der Förderung (0, wenn es keine gibt)",
        "Ziel 1: Frist",
        "Ziel 2: Soll",
        "Ansprechperson: Diakonie Süd gGmbH",
    ]
    text = flat(agreement_pdf(gappy))
    for gap in ("Vertretung", "Quartier", "Betrag", "Frist", "Soll", "Ansprechperson"):
        assert f"[{gap} fehlt]" in text


def test_a_complete_paper_has_no_gap() -> None:
    assert missing(paper()) == []
    assert " fehlt]" not in flat(agreement_pdf(paper()))


def test_an_empty_record_still_prints_as_draft() -> None:
    empty = paper(
        title="",
        quarter="",
        office=replace(OFFICE, signatories=(), authority=""),
        parties=(),
        goals=(),
        contacts=(),
    )
    text = flat(agreement_pdf(empty))
    assert "[Stadt fehlt]" in text
    assert "Ziele der Vereinbarung" in missing(empty)
    assert "Träger als Vertragspartei" in missing(empty)


def test_without_money_the_funding_clauses_are_left_out_and_numbers_close_up() -> None:
    text = flat(agreement_pdf(paper(amount_cents=0)))
    assert "§ 7 Finanzierung" in text
    assert "§ 18 Schriftform" in text
    assert not re.search("Zuwendung|Fördermittel|Verwendungsnachweis|Rechnungshof|De-minimis|Inventar", text)


def test_cooperation_agreement() -> None:
    cooperation = paper(
        kind=AgreementKind.COOPERATION,
        amount_cents=None,
        goals=(),
        belongs_to="ZV-2026-09",
        parties=(party(), party("AWO")),
    )
    text = flat(agreement_pdf(cooperation))
    assert "Kooperationsvereinbarung" in text
    assert "Sie ergänzt die Zielvereinbarung ZV-2026-09." in text
    assert "im Folgenden einzeln und gemeinsam „Kooperationspartner“" in text
    assert "in 3 Ausfertigungen" in text
    assert "[Betrag fehlt]" not in text


def test_goals_stand_whole_on_one_page_under_a_repeated_header() -> None:
    texts = pages(agreement_pdf(paper(goals=tuple(goal(nr) for nr in range(1, 201)))))
    for nr in range(1, 201):
        page = next(text for text in texts if f"Anfang{nr} " in text)
        assert f"Ende{nr}." in re.sub(r"\s+", " ", page)
        assert "Ziel und Maßnahme" in page


def test_a_goal_taller_than_a_page_is_printed_completely() -> None:
    long = " ".join(f"Wort{nr}" for nr in range(2500))
    text = flat(agreement_pdf(paper(goals=(goal(1), goal(2, measure=long), goal(3)))))
    assert "Wort0 " in text
    assert "Wort2499" in text
    assert "Anfang3" in text


@pytest.mark.parametrize("count", range(1, 7))
def test_signatures_stand_on_one_page_with_text_above(count: int) -> None:
    parties = tuple(party(f"Partner{nr}") for nr in range(count))
    texts = pages(agreement_pdf(paper(parties=parties, contacts=())))
    last = texts[-1]
    assert last.count("Ort, Datum") == count + 1
    assert sum(text.count("Ort, Datum") for text in texts) == count + 1
    assert "Ausfertigungen" in last


def test_thirty_parties() -> None:
    parties = tuple(party(f"Partner{nr} e. V.") for nr in range(30))
    texts = pages(agreement_pdf(paper(parties=parties)))
    assert sum(text.count("Ort, Datum") for text in texts) == 31
    assert all("Ausfertigungen" not in text or "Ort, Datum" in text for text in texts)


def test_logo_is_printed_and_a_broken_one_is_refused() -> None:
    picture = BytesIO()
    Image.new("RGBA", (300, 100), (32, 68, 170, 255)).save(picture, "PNG")
    with_logo = agreement_pdf(paper(office=replace(OFFICE, logo=picture.getvalue())))
    assert len(PdfReader(BytesIO(with_logo)).pages[0].images) == 1
    with pytest.raises(UserError, match="Logo"):
        agreement_pdf(paper(office=replace(OFFICE, logo=picture.getvalue()[:60])))


@pytest.mark.parametrize(
    "wild", ["x" * 900, "Wort " * 250, "😀 Ω مرحبا \u200b\ufeff", "<para>&#0;\x00", "a\r\nb\n\nc", "\t"]
)
def test_any_text_in_any_field_prints(wild: str) -> None:
    person = PaperParty(wild, wild, wild, wild, wild)
    office = replace(OFFICE, name=wild, authority=wild, email=wild, signatories=(Signatory(wild, wild),))
    content = agreement_pdf(
        paper(
            number=wild[:40],
            title=wild,
            quarter=wild,
            office=office,
            parties=(person, person),
            goals=(AgreedGoal(wild, wild, wild, wild, wild, wild, None, wild, wild),),
            contacts=(PaperContact(wild, wild, wild, wild, wild),),
        )
    )
    assert "Unterschriften" in flat(content)


def test_placeholders_have_live_values_and_gaps() -> None:
    values = placeholder_values(paper(amount_cents=None, decision="TOP 4 vom 12.02.2026"))
    assert values["Beginn"] == "01.01.2026"
    assert values["Betrag"] is None
    assert values["Träger"] == "Diakonie Süd gGmbH"
    assert values["§zv_goals"] == "§\u00a02"
    assert values["Tabelle: Ziele"] == "2 Zeilen"
    assert (values[":Laufzeit"] or "").startswith("Diese Vereinbarung tritt am 01.01.2026 in Kraft")
    assert (
        values["Beschlusshinweis"]
        == "Grundlage ist der Beschluss des Steuerungsbeirats: TOP 4 vom 12.02.2026."
    )
    three = placeholder_values(paper(parties=(party("A"), party("B"), party("C"))))
    assert three["Träger"] == "A, B und C"


def test_a_reference_to_a_clause_that_was_left_out_is_a_gap() -> None:
    one = (
        PaperClause("Bezug", "Siehe {§fehlt}, {§vor} und {§da}.", "da"),
        PaperClause("Vor", "x", "vor", None, False),
    )
    text = compose(paper(clauses=one))
    assert "Verweis auf eine Klausel, die hier nicht steht: {§fehlt}" in text.missing
    words = str(text.clauses[0].blocks[0])
    assert "„Vor“" in words
    assert "§\\xa01" in words
    assert [(clause.place, clause.number) for clause in text.clauses] == [(0, 1), (1, None)]


def test_instalments_and_their_sentence_come_together() -> None:
    rates = (PaperInstalment(1, 100_000, None), PaperInstalment(2, 50_000, None, "nach Bericht"))
    text = flat(agreement_pdf(paper(instalments=rates)))
    assert "stehen in der folgenden Übersicht" in text
    assert "1.500,00 €" in text
    assert "folgenden Übersicht" not in flat(agreement_pdf(paper()))


def test_a_clause_longer_than_a_page_begins_below_its_heading() -> None:
    long = " ".join(f"Wort{nr}" for nr in range(1500))
    shown = paper()
    clauses = (*shown.clauses[:1], PaperClause("Lang", long), *shown.clauses[1:])
    texts = pages(agreement_pdf(replace(shown, clauses=clauses)))
    begin = next(text for text in texts if "Lang" in text)
    assert "Wort0 " in begin
    assert "Die Vertragsparteien wollen das Quartier" in re.sub(r"\s+", " ", begin)  # no room is left empty
    assert "Wort1499" in " ".join(texts)


@pytest.mark.parametrize("lines", range(0, 40, 8))
def test_no_heading_ends_a_page(lines: int) -> None:
    shown = paper(draft=False)
    before = PaperClause(
        "Vorspann", "\n\n".join(["Ein Satz über das Vorhaben."] * (lines + 1)), "", None, False
    )
    headings = {clause.title for clause in shown.clauses}
    for text in pages(agreement_pdf(replace(shown, clauses=(before, *shown.clauses)))):
        rows = [row for row in text.split("\n") if row.strip() and "Seite" not in row and " · " not in row]
        assert re.sub(r"^§\s*\d+\s*", "", rows[-1]).strip() not in headings
