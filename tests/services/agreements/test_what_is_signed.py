"""From the first signature on every way into an agreement is held to what was signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, GoalAction, GoalState, Stage
from app.domain.budgets.budgets import BookingSource
from app.domain.errors import Invalid, UserError
from app.services.agreements import (
    agreement_clauses,
    agreement_funding,
    agreements,
    amendment_signing,
    amendments,
    clauses,
    corrections,
    deviations,
    goal_reports,
    goals,
    instalments,
    signatures,
)
from app.services.agreements.agreement_funding import FrameInput
from app.services.agreements.amendments import AmendmentInput, GoalChangeInput
from app.services.agreements.clauses import TemplateInput
from app.services.agreements.deviations import Deviations
from app.services.agreements.goal_reports import ReportInput
from app.services.agreements.goals import MeasuredGoal
from app.services.agreements.instalments import InstalmentInput
from app.services.papers import attachments, papers
from app.services.papers.attachments import Belonging, Description
from app.workflows.agreements.print_agreement import keep_for_signature
from db.attachments import Stored
from db.database import Database
from db.models import (
    Actor,
    Agreement,
    Booking,
    Budget,
    Commitment,
    Correction,
    Goal,
    Party,
    SignedState,
    Template,
)
from tests.services.agreements.life_samples import ON, agreement_in_force, negotiated, parties

Way = Callable[[Session, int], object]
RATES = (InstalmentInput(date(2026, 3, 1), 24_000_00),)


def form(**changes: object) -> Way:
    """Saved in the form, where another value stands in a field."""

    def save(session: Session, key: int) -> object:
        data = replace(agreements.load(session, key), **changes)  # type: ignore[arg-type]
        return signatures.save(session, key, data, ON)

    return save


def fewer_parties(session: Session, key: int) -> object:
    data = agreements.load(session, key)
    return agreements.save(session, key, replace(data, parties=data.parties[:1]))


def other_order(session: Session, key: int) -> object:
    data = agreements.load(session, key)
    return agreements.save(session, key, replace(data, parties=data.parties[::-1]))


def fewer_goals(session: Session, key: int) -> object:
    data = agreements.load(session, key)
    return agreements.save(session, key, replace(data, goals=data.goals[:2]))


def other_template(session: Session) -> int:
    return session.scalars(select(Template.id).where(Template.kind == AgreementKind.COOPERATION)).first() or 0


def first_goal(session: Session) -> int:
    return session.scalars(select(Goal.id).order_by(Goal.id)).first() or 0


def other_goal(session: Session, key: int) -> object:
    goal = first_goal(session)
    return goals.save(session, key, goal, replace(goals.load(session, goal), target="6 Tage"))


def other_signature(session: Session, key: int) -> object:
    party = session.scalars(select(Party.id).where(Party.agreement_id == key)).first()
    return signatures.sign(session, key, party, date(2025, 12, 2), None, ON)


WAYS: dict[str, Way] = {
    "amount": form(amount_cents=1),
    "end": form(end=None, renewal_months=None),
    "title": form(title="Anders"),
    "number": form(number="ZV-1"),
    "stage": form(stage=Stage.DRAFT),
    "party gone": fewer_parties,
    "order of parties": other_order,
    "goal gone from the form": fewer_goals,
    "stage set back": lambda session, key: agreements.set_stage(session, key, Stage.NEGOTIATION),
    "goal": other_goal,
    "new goal": lambda session, key: goals.save(session, key, None, MeasuredGoal("9", "Neu")),
    "goal deleted": lambda session, key: goals.remove(session, first_goal(session)),
    "frame": lambda session, key: agreement_funding.save_frame(session, key, FrameInput(5)),
    "instalments": lambda session, key: instalments.save(session, key, RATES),
    "signature taken back": lambda session, key: signatures.withdraw(session, key, None, ON),
    "signature of another day": other_signature,
    "clause reworded": lambda session, key: agreement_clauses.reword(session, key, 2, "Zweck", "Anders."),
    "clause left out": lambda session, key: agreement_clauses.set_included(session, key, 2, False),
    "other template": lambda session, key: agreements.save(
        session, key, agreements.load(session, key), ON, other_template(session)
    ),
}


def found(database: Database, key: int) -> Deviations:
    with database.read() as session:
        return deviations.load(session, key)


def said(database: Database, key: int) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(one.what, one.old, one.new, one.proofs) for one in found(database, key).differences]


@pytest.fixture
def key(database: Database) -> int:
    key = agreement_in_force(database)
    with database.write("Stadt") as session:
        signatures.sign(session, key, None, date(2025, 12, 3), "Eva Amt", ON)
    return key


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_leads_around_it(database: Database, key: int, way: Way) -> None:
    with pytest.raises(UserError, match=r"unterschrieben|unterzeichnet"), database.write("Umweg") as session:
        way(session, key)
    assert said(database, key) == []


@pytest.mark.parametrize("name", ["amount", "goal", "new goal", "instalments", "stage", "party gone"])
def test_the_first_of_several_signatures_is_enough(database: Database, name: str) -> None:
    key = negotiated(database)
    with database.write("vorher") as session:
        other_goal(session, key)
    with database.write("Unterschrift") as session:
        signatures.sign(session, key, parties(database, key)[1], date(2026, 6, 1), None, ON)
    with pytest.raises(Invalid, match="unterschrieben"), database.write("Umweg") as session:
        if name == "goal":
            goals.remove(session, first_goal(session))
        else:
            WAYS[name](session, key)


def test_what_is_free_stays_free(database: Database, key: int) -> None:
    with database.write("frei") as session:
        data = agreements.load(session, key)
        now = replace(
            data,
            notes="Anruf",
            reminders=(30,),
            parties=(replace(data.parties[0], represented_by="Neu", function="Vorstand"), data.parties[1]),
            goals=(replace(data.goals[0], state=GoalState.REACHED), *data.goals[1:]),
        )
        agreements.save(session, key, now)
        goal_reports.save(session, first_goal(session), None, ReportInput(ON, GoalState.PARTLY), ON)
        agreement_funding.save_frame(session, key, FrameInput(data.amount_cents, None, "Beirat, TOP 4"))
        agreements.set_stage(session, key, Stage.ENDED)
    assert said(database, key) == []


def test_a_correction_keeps_day_reason_old_and_new(database: Database, key: int) -> None:
    with database.write("Korrektur") as session:
        data = replace(agreements.load(session, key), amount_cents=2_400_000 + 100)
        corrections.correct(session, key, " Zahlendreher ", ON, agreements.save, key, data, ON)
    (mended,) = found(database, key).corrections
    assert (mended.day, mended.reason) == (ON, "Zahlendreher")
    assert [(one.what, one.old, one.new) for one in mended.changes] == [
        ("Betrag", "24.000,00 €", "24.001,00 €")
    ]
    assert said(database, key) == [
        ("Betrag", "24.000,00 €", "24.001,00 €", ("Korrektur vom 01.07.2026: Zahlendreher",))
    ]
    database.undo()
    assert (said(database, key), found(database, key).corrections) == ([], ())


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(database: Database, key: int, reason: str) -> None:
    with pytest.raises(Invalid) as caught, database.write("Korrektur") as session:
        corrections.correct(session, key, reason, ON, goals.remove, first_goal(session))
    assert "reason" in caught.value.problems


def test_any_command_can_be_corrected_and_ends_with_itself(database: Database, key: int) -> None:
    with database.write("Korrektur") as session:
        corrections.correct(session, key, "fehlte", ON, instalments.save, key, RATES)
        corrections.correct(
            session, key, "Kommafehler", ON, agreement_clauses.reword, key, 2, "Zweck", "Neu."
        )
    with pytest.raises(Invalid), database.write("danach") as session:
        goals.remove(session, first_goal(session))
    assert [(one.what, one.proofs) for one in found(database, key).differences] == [
        ("Rate 1", ("Korrektur vom 01.07.2026: fehlte",)),
        ("Klausel 2", ("Korrektur vom 01.07.2026: Kommafehler",)),
        ("Klausel 2: Text", ("Korrektur vom 01.07.2026: Kommafehler",)),
    ]


def test_a_signature_is_taken_back_by_undo_or_with_a_reason(database: Database) -> None:
    key = negotiated(database)
    with database.write("alle") as session:
        signatures.sign_all(session, key, date(2026, 6, 1), ON)
    database.undo()
    with database.read() as session:
        assert session.scalars(select(SignedState)).all() == []
    with database.write("alle") as session:
        signatures.sign_all(session, key, date(2026, 6, 1), ON)
        for party in (None, *parties(database, key)):
            corrections.correct(session, key, "verwechselt", ON, signatures.withdraw, key, party, ON)
        assert session.get_one(Agreement, key).stage is Stage.READY_TO_SIGN
        assert len(session.scalars(select(Correction)).all()) == 3
        other_goal(session, key)  # nobody has signed: free again
    with database.write("Stadt") as session:
        signatures.sign(session, key, None, ON, None, ON)
    assert said(database, key) == []


def test_what_was_printed_is_what_was_signed(database: Database) -> None:
    key = negotiated(database)
    keep_for_signature(database, "ZV", b"%PDF", datetime(2026, 6, 1, 9), key)
    with database.write("danach") as session:
        other_goal(session, key)
    assert said(database, key) == [("Ziel 1: Soll", "4 Tage", "6 Tage", ())]
    with database.write("alle") as session:
        signatures.sign_all(session, key, date(2026, 6, 3), ON)
    now = found(database, key)
    assert (now.since, now.at_signature, now.unexplained) == (date(2026, 6, 3), True, 1)


def test_amendments_explain_what_they_brought(database: Database, key: int) -> None:
    with database.write("Nachtrag") as session:
        data = replace(
            amendments.blank(session, key),
            title="Mehr Geld",
            effective_from=ON,
            changes_amount=True,
            amount_cents=30_000_00,
            goals=(
                GoalChangeInput("2", GoalAction.DROP),
                GoalChangeInput("4", GoalAction.ADD, title="Fahrdienst"),
            ),
        )
        amendment = amendments.save(session, key, None, data)
        amendment_signing.sign(session, amendment, None, ON)
        with pytest.raises(UserError, match="schon unterschrieben"):
            amendments.save(session, key, amendment, replace(data, amount_cents=1))
        for party in parties(database, key):
            amendment_signing.sign(session, amendment, party, ON)
    by = ("Nachtrag 1 vom 01.07.2026",)
    assert said(database, key) == [
        ("Betrag", "24.000,00 €", "30.000,00 €", by),
        ("Ziel 2", "Sprechstunde", "–", by),
        ("Ziel 4", "–", "Fahrdienst", by),
    ]


def test_an_old_agreement_says_that_it_cannot_be_compared(database: Database, key: int) -> None:
    with database.write("wie vor dieser Fassung") as session:
        session.delete(session.scalars(select(SignedState)).one())
    assert (found(database, key).comparable, found(database, key).since) == (False, date(2025, 12, 1))
    with database.write("Korrektur") as session:
        corrections.correct(session, key, "fehlte", ON, instalments.save, key, RATES)
    now = found(database, key)
    assert (now.comparable, now.at_signature) == (True, False)
    assert [one.what for one in now.differences] == ["Rate 1"]


def test_one_that_was_given_up_as_a_draft_is_not_signed(database: Database) -> None:
    key = negotiated(database)
    with database.write("aufgegeben") as session:
        agreements.set_stage(session, key, Stage.NEGOTIATION)
        agreements.set_stage(session, key, Stage.ENDED)
        agreements.set_stage(session, key, Stage.DRAFT)


# --- deletion --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.IN_FORCE, Stage.ENDED])
def test_what_hangs_on_a_signed_one_is_counted(database: Database, key: int, stage: Stage) -> None:
    with database.write("Geld und Papier") as session:
        pot = Budget(number="B", title="B", year=2026, planned_cents=0)
        session.add(pot)
        session.flush()
        bound = Commitment(number="M1", title="M", budget_id=pot.id, amount_cents=9, agreement_id=key)
        session.add(bound)
        session.flush()
        for _ in range(2):
            paid = {"budget_year": 2026, "amount_cents": 1, "source": BookingSource.MANUAL}
            session.add(Booking(day=ON, commitment_id=bound.id, **paid))
        papers.keep(session, key, "a.pdf", b"%PDF", datetime(2026, 1, 1))
        goal_reports.save(session, first_goal(session), None, ReportInput(ON), ON)
        agreements.set_stage(session, key, stage)
    with pytest.raises(UserError) as caught, database.write("löschen") as session:
        agreements.remove(session, key)
    assert (
        "Es hängen 1 Mittelbindung, 2 Buchungen, 1 ausgefertigtes Schriftstück, 1 vereinbarter Betrag "
        "und 1 Bericht zu einem Ziel daran." in caught.value.sentence
    )


# --- papers and scans ------------------------------------------------------------------------------------------


def test_a_signed_paper_is_replaced_with_a_reason_and_both_stay(database: Database, key: int) -> None:
    first = keep_for_signature(database, "ZV", b"%PDF-1", datetime(2026, 6, 1, 9), key)
    at = datetime(2026, 7, 1, 9)
    with pytest.raises(Invalid, match="unterschrieben"), database.write("weg", undoable=False) as session:
        papers.withdraw(session, first.id, at)
    with database.write("weg", undoable=False) as session:
        papers.withdraw(session, first.id, at, "Seite 3 fehlte")
    second = keep_for_signature(database, "ZV", b"%PDF-2", at, key)
    with database.read() as session:
        assert [row.fate for row in papers.rows(session, key)] == [
            "",
            "ersetzt am 01.07.2026, weil: Seite 3 fehlte",
        ]
        assert [papers.content(session, one.id) for one in (first, second)] == [b"%PDF-1", b"%PDF-2"]


def test_a_scan_of_something_signed_is_replaced_and_both_stay(database: Database, key: int) -> None:
    party = parties(database, key)[0]
    at = datetime(2026, 7, 1, 9)
    with database.write("Scan") as session:
        scan = attachments.add(
            session, Belonging(key, party_id=party, is_scan=True), "a.pdf", Stored("a" * 64, 1, False), at
        )
    with pytest.raises(UserError, match=r"Ersetzen"), database.write("weg") as session:
        attachments.remove(session, scan)
    with pytest.raises(Invalid, match="bleibt bei ihr"), database.write("woanders") as session:
        attachments.describe(session, scan, Description("a.pdf", None, None))
    with pytest.raises(Invalid, match="warum"), database.write("ohne Grund") as session:
        attachments.replace(session, scan, "b.pdf", Stored("b" * 64, 1, False), at, " ")
    with database.write("ersetzt") as session:
        attachments.replace(session, scan, "b.pdf", Stored("b" * 64, 1, False), at, "unleserlich")
    with database.read() as session:
        rows = {row.file_name: row for row in attachments.rows(session, key)}
        assert rows["b.pdf"].belongs == rows["a.pdf"].belongs
        assert rows["a.pdf"].fate == "ersetzt am 01.07.2026, weil: unleserlich"
        assert session.scalars(select(Actor)).all()


def goal_of_the_amendment(session: Session) -> int:
    return session.scalars(select(Goal.id).where(Goal.nr == "4")).one()


def renamed(session: Session) -> object:
    goal = goal_of_the_amendment(session)
    return goals.change(session, goal, replace(goals.load(session, goal), title="Anders"))


COMING: dict[str, Way] = {
    "goal deleted": lambda session, key: goals.remove(session, goal_of_the_amendment(session)),
    "goal renamed": lambda session, key: renamed(session),
    "form": lambda session, key: agreements.save(
        session, key, replace(agreements.load(session, key, COMES), amount_cents=1), COMES
    ),
    "frame": lambda session, key: agreement_funding.save_frame(session, key, FrameInput(1), COMES),
}
COMES = date(2100, 1, 1)


@pytest.mark.parametrize("way", COMING.values(), ids=COMING)
def test_what_a_coming_amendment_says_is_agreed_as_well(database: Database, key: int, way: Way) -> None:
    change = AmendmentInput(
        title="Mehr",
        effective_from=COMES,
        changes_amount=True,
        amount_cents=30_000_00,
        goals=(GoalChangeInput("4", GoalAction.ADD, "Spaziergänge"),),
    )
    with database.write("Nachtrag") as session:
        amendment = amendments.save(session, key, None, change)
        for party in (None, *parties(database, key)):
            amendment_signing.sign(session, amendment, party, ON)
    with pytest.raises(Invalid, match="unterschrieben"), database.write("Umweg") as session:
        way(session, key)


def test_the_template_chosen_for_one_that_runs_already_is_its_signed_text(
    database: Database, key: int
) -> None:
    with database.write("nachgetragen") as session:
        data = replace(agreements.load(session, key), number="ZV-2026-99", goals=())
        template = clauses.save_template(session, None, TemplateInput("Kurz", data.kind, (1, 2)), ON)
        entered = signatures.save(session, None, replace(data, signed_on=date(2025, 12, 3)), ON, template)
    assert said(database, entered) == []


def test_one_with_agreed_instalments_is_not_deleted(database: Database) -> None:
    key = negotiated(database)
    with database.write("Raten") as session:
        instalments.save(session, key, RATES)
        signatures.sign_all(session, key, ON, ON)
    with pytest.raises(UserError, match="1 vereinbarte Rate"), database.write("löschen") as session:
        agreements.remove(session, key)
