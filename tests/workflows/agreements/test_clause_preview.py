"""The screen says what the paper says, for whole agreements, single clauses and templates."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.reports.agreements.data import PaperClause, PaperInstalment
from app.reports.agreements.html import agreement_html
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.text import compose
from app.services.agreements import agreement_clauses, agreement_text, clauses
from app.workflows.agreements.clause_preview import agreement_sample, template_sample
from db.database import Database
from db.models import Agreement
from tests.reports.agreements.agreement_samples import goal, paper, party

ON = date(2026, 12, 1)


def kept(session: Session, kind: AgreementKind, title: str, amount_cents: int | None = None) -> int:
    record = Agreement(number="ZV-1", kind=kind, title=title, amount_cents=amount_cents)
    session.add(record)
    session.flush()
    return record.id


def words(html: str) -> str:
    return squeezed(unescape(re.sub(r"<[^>]+>", " ", html)))


def squeezed(text: str) -> str:
    """Without blanks, which lines and cells set differently, and without the parts only paper has."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", AgreementKind)
def test_every_word_of_the_screen_is_on_paper(kind: AgreementKind) -> None:
    shown = paper(
        kind=kind,
        parties=(party(), party("AWO & Söhne")),
        goals=(goal(1), goal(2, due=None)),
        instalments=(PaperInstalment(1, 100_000, ON, "sofort"), PaperInstalment(2, 50_000)),
        draft=False,
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(agreement_pdf(shown))).pages]
    footer = r"(Ziel|Kooperations)vereinbarung \S+ · Stand .*?Seite \d+ von \d+"
    printed = squeezed(re.sub(footer, "", " ".join(pages), flags=re.S))
    html = agreement_html(compose(shown), kind)
    for sentence in re.split(r"</p>|</td>|<br/>", html):
        assert words(sentence) in printed, sentence


def test_numbers_follow_what_prints(database: Database) -> None:
    with database.write("x") as session:
        key = kept(session, AgreementKind.TARGET, "Treff", amount_cents=0)
        agreement_clauses.set_included(session, key, 3, included=False)
    with database.read() as session:
        sample = agreement_sample(session, key, ON)
        rows = {row.key: row.position for row in agreement_text.text(session, key).clauses}
    numbers = sample.numbers()
    assert numbers[rows["zv_preamble"]] is None
    assert numbers[rows["zv_subject"]] == 1
    assert rows["zv_goals"] not in numbers
    assert rows["zv_funding"] not in numbers
    assert numbers[rows["zv_actor_duties"]] == 2
    assert "Verweis auf eine Klausel, die hier nicht steht: {§zv_goals}" in sample.missing()
    marked = sample.html(rows["zv_subject"])
    assert marked.count("background-color:#e5ebf7") == 1


def test_a_clause_is_tried_before_it_is_kept(database: Database) -> None:
    with database.write("x") as session:
        key = kept(session, AgreementKind.TARGET, "Treff")
        sample = agreement_sample(session, key, ON)
    tried = words(sample.clause_html(2, PaperClause("Zweck", "Um „{Titel}“ geht es. {Nix}", "zv_subject")))
    assert tried == squeezed("§ 1 Zweck Um „Treff“ geht es. [Nix fehlt]")
    added = words(sample.clause_html(None, PaperClause("Neu", "Mit {§zv_subject}.")))
    assert "Mit§1." in added
    third = words(sample.clause_html(None, PaperClause("Neu", "Gilt."), sample.places[1]))
    assert third == squeezed("§ 2 Neu Gilt.")
    unfunded = PaperClause("Ohne", "Kein Geld.", "", ClauseCondition.UNFUNDED)
    assert "KeinGeld." in words(sample.clause_html(None, unfunded))
    assert not sample.applies(ClauseCondition.UNFUNDED)


def test_a_template_is_tried_on_an_agreement_or_on_none(database: Database) -> None:
    with database.write("x") as session:
        key = kept(session, AgreementKind.COOPERATION, "Küche")
        template = clauses.default_template(session, AgreementKind.COOPERATION)
        assert template is not None
        ids = template.clause_ids[:3]
        with_it = template_sample(session, key, AgreementKind.COOPERATION, ids, ON)
        without = template_sample(session, None, AgreementKind.COOPERATION, ids, ON)
    assert squeezed("bei „Küche“ im Quartier") in words(with_it.html())
    assert squeezed("bei „[Titel fehlt]“ im Quartier") in words(without.html())
    assert with_it.places == ids
    assert without.values()["Titel"] is None
