"""Demo data of negotiations: how each agreement came to its stage, and what is still talked about in open ones."""

from datetime import datetime, time, timedelta

from app.domain.agreements.agreements import Stage
from app.services.agreements import agreement_clauses, agreement_text, clause_comments, drafts
from app.services.agreements.clause_comments import CommentInput
from app.workflows.agreements.drafts import draft_words
from app.workflows.agreements.print_agreement import load_paper
from app.workflows.demo.making import Making, agreements, demo_texts, random_for
from db.models import Actor, Agreement, Party, StageChange

PATH = (Stage.DRAFT, Stage.NEGOTIATION, Stage.READY_TO_SIGN, Stage.SIGNED, Stage.IN_FORCE)
COMMENTED = 4
"""How many agreements in negotiation have comments and drafts."""


def make_negotiations(making: Making) -> None:
    """Stages of all agreements; comments and drafts of those that are talked about."""
    for agreement in agreements(making.session):
        _make_stages(making, agreement)
    for place, agreement in enumerate(agreements(making.session, Stage.NEGOTIATION)[:COMMENTED]):
        _make_draft(making, agreement, 24 - place, 0)
        _reword(making, agreement)
        _make_comments(making, agreement, place)
        _make_draft(making, agreement, 9 - place, 1)
    making.session.flush()


def _make_stages(making: Making, agreement: Agreement) -> None:
    """The way to its stage, with the office's person; what came after signature is noted by what was done then."""
    roll = random_for(f"stages {agreement.number}")
    reached = PATH.index(agreement.stage) if agreement.stage in PATH else len(PATH) - 1
    signed = agreement.signed_on or making.ago(roll.randint(3, 30))
    notes: dict[str, str] = demo_texts()["negotiation"]["notes"]
    for place, stage in enumerate(PATH[: reached + 1]):
        if stage is Stage.IN_FORCE and agreement.begin is not None:
            day = max(agreement.begin, signed)
        else:
            day = signed - timedelta(days=(min(reached, 3) - place) * roll.randint(9, 21))
        making.session.add(
            StageChange(
                agreement_id=agreement.id,
                stage=stage,
                day=min(day, making.day),
                who=demo_texts()["office"]["contact_person"],
                note=notes.get(stage.value),
            )
        )


def _make_draft(making: Making, agreement: Agreement, days: int, title: int) -> None:
    paper = load_paper(making.session, agreement.id, making.ago(days))
    at = datetime.combine(making.ago(days), time(10, 20 + days))
    name = demo_texts()["negotiation"]["draft_titles"][title]
    drafts.keep(making.session, agreement.id, draft_words(paper), at, name)


def _reword(making: Making, agreement: Agreement) -> None:
    """What came of the first talk: a clause more, behind the duties of the partner."""
    title, text = demo_texts()["negotiation"]["new_clause"]
    rows = agreement_text.text(making.session, agreement.id).clauses
    after = next((row.position for row in rows if (row.key or "").endswith("actor_duties")), len(rows))
    agreement_clauses.add(making.session, agreement.id, after, title, text)


def _make_comments(making: Making, agreement: Agreement, place: int) -> None:
    rows = agreement_text.text(making.session, agreement.id).clauses
    partner = making.session.get_one(
        Actor, making.session.query(Party.actor_id).filter_by(agreement_id=agreement.id, position=1).scalar()
    )
    names = {
        "partner": partner.represented_by or partner.name,
        "office": demo_texts()["office"]["contact_person"],
    }
    for nr, (key, who, text, settled) in enumerate(demo_texts()["negotiation"]["comments"]):
        position = next((row.position for row in rows if (row.key or "").endswith(key)), None)
        if position is None or (nr + place) % 3 == 2:
            continue
        data = CommentInput(position, making.ago(20 - 2 * nr), names[who], text)
        comment = clause_comments.save(making.session, agreement.id, None, data)
        if settled:
            clause_comments.settle(making.session, comment, making.ago(6))
