"""Holds an agreement against the checklist before signature, with the gaps that its printed text shows."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.agreements.signature_checklist import Check, checklist
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.text import missing
from app.services.agreements import agreed, agreement_text
from app.services.agreements.signature_checklist import facts

ELSEWHERE = (
    "Ziel ",
    "Ziele ",
    "Anschrift",
    "Vertretung",
    "Wer für die Stadt",
    "Betrag der",
    "Name der Stadt",
)
"""Gaps that the checklist names at another of its points, by how they begin."""
SENTENCES = ("Unbekannter", "Verweis", "Tabelle")
"""How gaps begin that are said in full; of the others something is missing."""


def check(session: Session, agreement_id: int, paper: AgreementPaper) -> list[Check]:
    """All points, done and open; `paper` is what would be printed."""
    gaps = [gap for gap in missing(paper) if not gap.startswith(ELSEWHERE)]
    said = tuple(f"{gap}." if gap.startswith(SENTENCES) else f"{gap} fehlt." for gap in gaps)
    left_out = tuple(
        row.title
        for row in agreement_text.text(session, agreement_id).clauses
        if row.is_obligatory and not row.is_included and paper.has(row.condition)
    )
    return checklist(facts(session, agreement_id, paper.day, said, left_out))


def amended(session: Session, agreement_id: int, on: date) -> str:
    """Why an agreement that was changed is not printed for signature any more; empty while no amendment acts."""
    nr = agreed.acting_of(session, agreement_id, on).last_nr
    if nr is None:
        return ""
    return f"Nachtrag {nr} gilt: Auf dem Papier steht, was heute vereinbart ist. Unterschrieben wird der Nachtrag."
