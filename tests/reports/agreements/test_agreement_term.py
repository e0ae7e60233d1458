"""How terms are worded: one case for each kind of term and notice."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term
from app.reports.agreements.pdf import agreement_pdf
from tests.reports.agreements.agreement_samples import RENEWING, paper

BEGIN = date(2026, 1, 1)
MONTHS, WEEKS, DAYS = NoticeUnit.MONTHS, NoticeUnit.WEEKS, NoticeUnit.DAYS

CASES = [
    (Term(BEGIN, date(2027, 12, 31)), "endet am 31.12.2027, ohne dass es einer Kündigung bedarf."),
    (
        Term(BEGIN, date(2027, 12, 31)),
        "Eine ordentliche Kündigung vor Ablauf der Laufzeit ist nicht vorgesehen.",
    ),
    (RENEWING, "gilt zunächst bis zum 31.12.2026. Sie verlängert sich stillschweigend jeweils um 12 Monate"),
    (RENEWING, "mit einer Frist von 3 Monaten zum Ende der jeweiligen Laufzeit ordentlich kündigen"),
    (RENEWING, "zum 31.12.2026 enden, muss die Kündigung spätestens am 30.09.2026 zugegangen sein."),
    (
        Term(BEGIN, None, None, None, 6, WEEKS, NoticeEffect.END_OF_QUARTER),
        "auf unbestimmte Zeit. (2) Jede Vertragspartei kann die Vereinbarung mit einer Frist von 6 Wochen "
        "zum Ende eines Kalendervierteljahres ordentlich kündigen.",
    ),
    (Term(BEGIN, notice=1, notice_unit=MONTHS), "mit einer Frist von einem Monat ordentlich kündigen"),
    (Term(BEGIN, notice=1, notice_unit=DAYS), "mit einer Frist von einem Tag ordentlich kündigen"),
    (Term(BEGIN, notice=0), "kann die Vereinbarung ohne Einhaltung einer Frist ordentlich kündigen"),
    (
        Term(BEGIN, None, date(2028, 6, 30), None, 3, MONTHS),
        "Sie kann erstmals zum 30.06.2028 ordentlich gekündigt werden.",
    ),
    (
        Term(BEGIN, date(2027, 12, 31), None, None, 3, MONTHS, NoticeEffect.END_OF_YEAR),
        "mit einer Frist von 3 Monaten zum Ende eines Kalenderjahres ordentlich kündigen",
    ),
    (
        Term(BEGIN, None, date(2028, 5, 15), None, 3, MONTHS, NoticeEffect.END_OF_QUARTER),
        "Sie kann erstmals zum 30.06.2028 ordentlich gekündigt werden.",
    ),
    (
        Term(BEGIN, date(2026, 12, 31), None, 12, 3, MONTHS, NoticeEffect.END_OF_QUARTER),
        "zum Ende eines Kalendervierteljahres, frühestens zum Laufzeitende, ordentlich kündigen",
    ),
    (
        Term(BEGIN, date(2026, 11, 30), None, 12, 3, MONTHS, NoticeEffect.END_OF_QUARTER),
        "Soll die Vereinbarung zum 31.12.2026 enden, muss die Kündigung spätestens am 30.09.2026 zugegangen sein.",
    ),
    (Term(None, date(2027, 12, 31)), "tritt am [Beginn fehlt] in Kraft"),
    (Term(BEGIN), "mit einer Frist von [Kündigungsfrist fehlt] ordentlich kündigen"),
    (Term(date(2026, 2, 1)), "erstmals bis zum 01.02.2027"),
]


@pytest.mark.parametrize(("term", "sentence"), CASES)
def test_wording(term: Term, sentence: str) -> None:
    reader = PdfReader(BytesIO(agreement_pdf(paper(term=term))))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert sentence in text
