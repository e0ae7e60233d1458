"""The standard texts say what a legal office looks for, each clause only where it belongs."""

import re
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.domain.agreements.term import Term
from app.domain.papers.paper_text import plain
from app.reports.agreements.data import AgreementPaper, PaperInstalment
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.text import compose, missing
from db.seed import STANDARD, standard_clauses
from tests.reports.agreements.agreement_samples import OFFICE, RENEWING, goal, paper, party
from tests.reports.agreements.test_agreement import flat

KINDS = tuple(AgreementKind)
FIXED = Term(begin=date(2026, 1, 1), end=date(2028, 12, 31))
OPEN = replace(RENEWING, end=None, renewal_months=None)


def sample(kind: AgreementKind, *, funded: bool = True, partners: int = 1, **changes: Any) -> AgreementPaper:
    """A complete paper of the standard texts."""
    names = ("Diakonie Süd gGmbH", "AWO", "Caritas")[:partners]
    values: dict[str, Any] = {
        "kind": kind,
        "draft": False,
        "amount_cents": 1_000_000 if funded else 0,
        "instalments": (PaperInstalment(1, 1_000_000, date(2026, 2, 1)),) if funded else (),
        "parties": tuple(map(party, names)),
        "office": replace(OFFICE, head="Der Oberbürgermeister", funding_notice="Gefördert vom Land"),
        "contacts": tuple(replace(paper().contacts[0], party=name) for name in names),
    }
    return paper(**values | changes)


def words(of: AgreementPaper) -> str:
    return flat(agreement_pdf(of))


@pytest.mark.parametrize("kind", KINDS)
def test_money_of_the_state_is_bound_as_the_notice_binds_it(kind: AgreementKind) -> None:
    text = words(sample(kind))
    for said in (
        "Anteilfinanzierung",
        "Zuwendungsfähig sind",
        "Der Finanzierungsplan ist Anlage",
        "Bewilligungszeitraum ist die erste Laufzeit vom 01.01.2026 bis zum 31.12.2026",
        "wird die Förderung für jeden weiteren Zeitraum nach Grund und Höhe durch Nachtrag festgelegt",
        "(ANBest-Gk) binden nur die Stadt",
        "Projektförderung (ANBest-P)",
        "Vergaberechts",
        "(Besserstellungsverbot)",
        "De-minimis-Beihilfe für Dienstleistungen von allgemeinem wirtschaftlichem Interesse",
        "Umsatzsteuer an, ist sie in dem vereinbarten Betrag enthalten",
        "ihr Rechnungsprüfungsamt",
        "Niedersächsische Landesrechnungshof (§ 91 der Landeshaushaltsordnung)",
        "einen Monat nach Zugang dieses Verlangens fällig",
        "fünf Prozentpunkten über dem Basiszinssatz (§ 247 BGB)",
        "§ 49a Absatz 2 bis 4 VwVfG gilt entsprechend",
        "an erster Stelle der Zuwendungsbescheid mit seinen Nebenbestimmungen",
        "an zweiter Stelle der Text dieser Vereinbarung",
    ):
        assert said in text, said


@pytest.mark.parametrize(("kind", "funded"), list(product(KINDS, (False, True))))
def test_what_every_agreement_says(kind: AgreementKind, funded: bool) -> None:
    text = words(sample(kind, funded=funded))
    for said in (
        "Landeshauptstadt Hannover Der Oberbürgermeister Fachbereich Senioren",
        "öffentlich-rechtlicher Vertrag (§ 54 des Verwaltungsverfahrensgesetzes",
        "§ 1 des Niedersächsischen Verwaltungsverfahrensgesetzes",
        "(§ 60 Absatz 1 Satz 1 VwVfG)",
        "der Schriftform (§ 57 VwVfG, § 126 BGB)",
        "genügt die Textform (§ 126b BGB)",
        "E-Mail und Telefax genügen nicht",
        "ein Konzept zum Schutz vor Gewalt",
        "§ 72a SGB VIII und § 30a BZRG",
        "Niedersächsische Behindertengleichstellungsgesetz",
        "(BITV 2.0)",
        "Nutzer*innen",
        "§§ 103 bis 119 der Insolvenzordnung",
    ):
        assert said in text, said
    assert "Nutzerinnen und Nutzer" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_without_money_nothing_is_said_of_money(kind: AgreementKind) -> None:
    text = words(sample(kind, funded=False, partners=3))
    spoken = r"Zuwendung|Fördermittel|Verwendungsnachweis|Rechnungshof|De-minimis|Umsatzsteuer|Gefördert|Erstattung"
    assert re.findall(spoken, text) == []
    assert "trägt die Kosten ihrer eigenen Beiträge" in text


@pytest.mark.parametrize("kind", KINDS)
def test_several_partners_know_who_is_liable_and_what_becomes_of_them_when_one_leaves(
    kind: AgreementKind,
) -> None:
    text = words(sample(kind, partners=3))
    assert "einzeln und gemeinsam" in text
    assert "haften mehrere" in text
    assert "die der Fortsetzung bis zu diesem Tag schriftlich zustimmen" in text
    assert "als Gesamtschuldner (§ 421 BGB)" in text
    assert "Gesamtschuldner" not in words(sample(kind))


@pytest.mark.parametrize(
    ("kind", "funded", "partners", "goals", "term"),
    list(product(KINDS, (False, True), (1, 3), (False, True), (FIXED, RENEWING, OPEN))),
)
def test_no_combination_leaves_a_gap_or_a_reference_to_nothing(
    kind: AgreementKind, funded: bool, partners: int, goals: bool, term: Term
) -> None:
    if kind is AgreementKind.TARGET and not goals:
        return  # a target agreement without goals is not complete
    of = sample(kind, funded=funded, partners=partners, term=term, goals=(goal(1),) if goals else ())
    assert missing(of) == []
    for clause in compose(of).clauses:
        for block in clause.printed:
            said = plain(getattr(block, "words", ""))
            assert not re.search(r"[{}\[\]]|  +\S|\(\s|\s[.,;)]|\.\.", said), said


@pytest.mark.parametrize("kind", KINDS)
def test_every_note_names_its_norm_and_the_legal_office(kind: AgreementKind) -> None:
    assert "Rechtsamt" not in words(sample(kind))
    clauses = standard_clauses(kind)
    for clause in clauses:
        assert re.search(r"§|Art\.|ANBest|DSGVO|Auflage|NBGG", clause.note), clause.key
        assert clause.note.endswith("Das letzte Wort zum Wortlaut hat das Rechtsamt."), clause.key
    prefix = next(prefix for of, prefix, _, _ in STANDARD if of is kind)
    always = {one.key for one in clauses if one.condition is not ClauseCondition.FUNDED}
    for clause in clauses:  # what refers to another clause prints only where that one prints
        for named in re.findall(r"\{§([^}]+)\}", clause.text):
            assert named.startswith(prefix)
            assert named in always or clause.condition is ClauseCondition.FUNDED
