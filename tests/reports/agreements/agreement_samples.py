"""An agreement to print, varied by the tests."""

from datetime import date
from typing import Any

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term
from app.reports.agreements.data import (
    AgreementPaper,
    PaperClause,
    PaperContact,
    PaperParty,
)
from app.services.office import OfficeInput, Signatory
from db.seed import standard_clauses

OFFICE = OfficeInput(
    name="Alter im Quartier",
    authority="Landeshauptstadt Hannover",
    department="Fachbereich Senioren",
    street="Musterstraße 5",
    postcode="30449",
    city="Hannover",
    phone="0511 000-12345",
    email="quartier@hannover.example",
    contact_person="Katharina Łukasz",
    signatories=(Signatory("Dr. Jürgen Weiß", "Leiter des Fachbereichs"),),
)
RENEWING = Term(
    begin=date(2026, 1, 1),
    end=date(2026, 12, 31),
    renewal_months=12,
    notice=3,
    notice_unit=NoticeUnit.MONTHS,
    notice_effect=NoticeEffect.END_OF_TERM,
)


def party(name: str = "Diakonie Süd gGmbH") -> PaperParty:
    return PaperParty(name, "Burgstraße 8", "30159 Hannover", "Sabine Öztürk", "Geschäftsführerin")


def goal(nr: int, **changes: Any) -> AgreedGoal:
    values: dict[str, Any] = {
        "title": f"Anfang{nr} Offener Treff",
        "building_block": "Begegnung",
        "measure": f"Ausbau des Treffs Ende{nr}.",
        "indicator": "Öffnungstage je Woche",
        "target": "4",
        "due": date(2026, 12, 31),
        "responsible": "Sabine Öztürk",
        "evidence": "Bericht",
    }
    return AgreedGoal(nr=str(nr), **{**values, **changes})


def paper(**changes: Any) -> AgreementPaper:
    values: dict[str, Any] = {
        "number": "ZV-2026-01",
        "kind": AgreementKind.TARGET,
        "title": "Quartierszentrum Linden-Süd",
        "office": OFFICE,
        "day": date(2026, 3, 1),
        "draft": True,
        "term": RENEWING,
        "quarter": "Linden-Süd",
        "amount_cents": 4500000,
        "parties": (party(),),
        "goals": (goal(1), goal(2)),
        "contacts": (
            PaperContact("Diakonie Süd gGmbH", "Mehmet Yıldız", "Leitung", "0511 1", "m@d.example"),
        ),
    }
    values |= changes
    values.setdefault("clauses", standard(values["kind"]))
    return AgreementPaper(**values)


def standard(kind: AgreementKind) -> tuple[PaperClause, ...]:
    """The clauses that come with the program."""
    return tuple(
        PaperClause(one.title, one.text, one.key, one.condition, one.is_numbered)
        for one in standard_clauses(kind)
    )
