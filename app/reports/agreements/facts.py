"""The values of the placeholders of clauses in one agreement, and the facts of its information block."""

from collections.abc import Sequence

from app.domain.agreements.actor_proofs import months_phrase
from app.domain.agreements.yearly_talks import talk_days
from app.domain.dates import german
from app.domain.money import euro
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.term import term_facts

IN_ONE_SUM = " Der Betrag wird in einer Summe ausgezahlt."
INSTALMENTS_BELOW = " Termine, Voraussetzungen und Beträge der Raten stehen in der folgenden Übersicht."


def agreement_facts(paper: AgreementPaper) -> dict[str, str | None]:
    """The value of each placeholder by its name; None is a gap, empty what is not said here."""
    office = paper.office
    begin = paper.term.begin
    talk = next(talk_days(begin), None) if begin else None
    copies = len(paper.parties) + 1
    return {
        "Titel": paper.title or None,
        "Nummer": paper.number or None,
        "Träger": listed([party.name for party in paper.parties]) or None,
        "Datum": german(paper.day),
        "Ratenhinweis": INSTALMENTS_BELOW if paper.instalments else IN_ONE_SUM,
        "Beschluss": paper.decision or None,
        "Beschlusshinweis": (
            f" Grundlage ist der Beschluss des Steuerungsbeirats: {paper.decision.rstrip('. ')}."
            if paper.decision.strip()
            else ""
        ),
        "Quartier": paper.quarter or None,
        "Stadt": office.authority or None,
        "Ort": office.city or None,
        "Betrag": None if paper.amount_cents is None else money(paper.amount_cents),
        "Nachweisfrist": None if paper.proof_months is None else months_phrase(paper.proof_months),
        "Jahresgespräch": f", erstmals bis zum {german(talk)}" if talk else "",
        "Förderhinweis": (
            f" Dabei wird folgender Hinweis verwendet: „{office.funding_notice}“."
            if office.funding_notice
            else ""
        ),
        "Bezug": f" Sie ergänzt die Zielvereinbarung {paper.belongs_to}." if paper.belongs_to else "",
        "Ausfertigungen": (
            f" Die Vereinbarung wird in {copies} Ausfertigungen unterzeichnet; "
            "jede Vertragspartei erhält eine davon."
            if paper.parties
            else ""
        ),
        **term_facts(paper.term),
    }


def info_facts(paper: AgreementPaper) -> list[tuple[str, str]]:
    """What the information block says."""
    office = paper.office
    return [
        ("Nummer", paper.number),
        ("Quartier", paper.quarter),
        ("Datum", german(paper.day)),
        ("Auskunft", office.contact_person),
        ("Telefon", office.phone),
        ("E-Mail", office.email),
        ("Anschrift", ", ".join(filter(None, (office.street, f"{office.postcode} {office.city}".strip())))),
        ("Internet", office.website),
    ]


def money(cents: int) -> str:
    """The amount does not part from its sign at the end of a line."""
    return euro(cents).replace(" ", "\u00a0")


def listed(names: Sequence[str]) -> str:
    """ "A", "A und B", "A, B und C"."""
    return " und ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
