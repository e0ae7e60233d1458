"""Agreements saved with parties and goals, signed, ended and removed on a real file."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.errors import Invalid, UserError
from app.services.agreements import agreement_register as register
from app.services.agreements import agreements
from app.services.agreements.agreement_register import AgreementFilter
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from db.database import Database
from db.history import record_history
from db.models import Actor, Agreement, Budget, Commitment, Quarter

ON = date(2026, 7, 1)


@pytest.fixture
def actors(database: Database) -> tuple[int, int, int]:
    with database.write("Träger angelegt") as session:
        found = [
            Actor(short="TNORD", name="Nachbarschaft Nord e.V.", represented_by="Ada Muster"),
            Actor(short="KGMK", name="St. Muster"),
            Actor(short="DIAK", name="Diakoniestation"),
        ]
        session.add_all([*found, Quarter(short="DOE", name="Döhren")])
        session.flush()
        return found[0].id, found[1].id, found[2].id


def agreement(actors: tuple[int, int, int]) -> AgreementInput:
    return AgreementInput(
        number="ZV-2026-01",
        kind=AgreementKind.TARGET,
        title="Quartierszentrum Döhren",
        parties=(PartyInput(actors[0], "Ada Muster", "Vorstand"), PartyInput(actors[1])),
        goals=(
            GoalInput("1", "Offener Treff", due=date(2026, 12, 31)),
            GoalInput("2", "Sprechstunde", state=GoalState.REACHED),
        ),
        begin=date(2025, 3, 1),
        end=date(2026, 2, 28),
        renewal_months=12,
        notice=3,
        notice_unit=NoticeUnit.MONTHS,
        notice_effect=NoticeEffect.END_OF_TERM,
        amount_cents=2_400_000,
        reminders=(60, 14),
    )


def save(database: Database, data: AgreementInput, agreement_id: int | None = None) -> int:
    with database.write(f"Vereinbarung {data.number} gespeichert") as session:
        return agreements.save(session, agreement_id, data)


def load(database: Database, agreement_id: int) -> AgreementInput:
    with database.read() as session:
        return agreements.load(session, agreement_id)


def test_what_is_saved_is_loaded_again(database: Database, actors: tuple[int, int, int]) -> None:
    data = agreement(actors)
    assert load(database, save(database, data)) == data


def test_parties_and_goals_are_one_save_and_one_undo(
    database: Database, actors: tuple[int, int, int]
) -> None:
    data = agreement(actors)
    agreement_id = save(database, data)
    changed = replace(
        data,
        parties=(PartyInput(actors[2]), PartyInput(actors[0], "Ada Muster", "Vorstand")),
        goals=(
            GoalInput("3", "Neu"),
            GoalInput("1", "Offener Treff an vier Tagen", state=GoalState.RUNNING),
        ),
        amount_cents=None,
    )
    save(database, changed, agreement_id)
    loaded = load(database, agreement_id)
    assert loaded.parties == changed.parties
    assert {goal.nr: goal for goal in loaded.goals} == {goal.nr: goal for goal in changed.goals}
    with database.read() as session:
        owned = [("party", "agreement_id"), ("goal", "agreement_id")]
        changes = record_history(session, "agreement", agreement_id, owned=owned)
        assert {change.table for change in changes} == {"agreement", "party", "goal"}
    database.undo()
    assert load(database, agreement_id) == data


def test_an_incomplete_agreement_can_be_saved(database: Database, actors: tuple[int, int, int]) -> None:
    data = AgreementInput("ZV-2026-09", AgreementKind.TARGET, "Idee", (PartyInput(actors[0]),))
    assert load(database, save(database, data)).begin is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": " "}, "number"),
        ({"title": ""}, "title"),
        ({"parties": ()}, "parties"),
        ({"end": date(2025, 2, 28)}, "end"),
        ({"goals": (GoalInput("1", "a"), GoalInput("1", "b"))}, "goals"),
        ({"goals": (GoalInput("", "a"),)}, "goals"),
        ({"goals": (GoalInput("1", " "),)}, "goals"),
        ({"amount_cents": -1}, "amount_cents"),
        ({"notice": -1}, "notice"),
    ],
)
def test_contradictions_are_said_at_the_field(
    database: Database, actors: tuple[int, int, int], change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        save(database, replace(agreement(actors), **change))  # type: ignore[arg-type]
    assert set(caught.value.problems) == {field}
    with database.read() as session:
        assert register.rows(session, ON) == []


def test_a_number_and_a_party_stand_only_once(database: Database, actors: tuple[int, int, int]) -> None:
    first = save(database, agreement(actors))
    with pytest.raises(Invalid, match=r"ZV-2026-01 gibt es schon"):
        save(database, agreement(actors))
    save(database, agreement(actors), first)
    with pytest.raises(Invalid, match="zweimal"):
        save(database, replace(agreement(actors), number="X", parties=(PartyInput(actors[0]),) * 2))


def test_an_agreement_cannot_belong_to_itself(database: Database, actors: tuple[int, int, int]) -> None:
    parent = save(database, agreement(actors))
    child = save(database, replace(agreement(actors), number="KV-1", belongs_to_id=parent))
    with pytest.raises(Invalid) as caught:
        save(database, replace(agreement(actors), belongs_to_id=child), parent)
    assert set(caught.value.problems) == {"belongs_to_id"}


def test_stage(database: Database, actors: tuple[int, int, int]) -> None:
    agreement_id = save(database, replace(agreement(actors), stage=Stage.IN_FORCE))
    with database.write("Stand") as session:
        agreements.set_stage(session, agreement_id, Stage.ENDED)
    assert load(database, agreement_id).stage is Stage.ENDED


def test_the_state_of_a_goal(database: Database, actors: tuple[int, int, int]) -> None:
    agreement_id = save(database, agreement(actors))
    with database.read() as session:
        goal = register.detail(session, agreement_id, ON).goals[0]
    with database.write("Ziel 1: erreicht") as session:
        agreements.set_goal_state(session, goal.id, GoalState.REACHED)
    assert load(database, agreement_id).goals[0].state is GoalState.REACHED


def test_not_removed_while_money_or_others_hang_on_it(
    database: Database, actors: tuple[int, int, int]
) -> None:
    parent = save(database, agreement(actors))
    child = save(database, replace(agreement(actors), number="KV-1", belongs_to_id=parent))
    with pytest.raises(UserError, match="1 andere Vereinbarung"), database.write("Löschen") as session:
        agreements.remove(session, parent)
    with database.write("Löschen") as session:
        agreements.remove(session, child)
        budget = Budget(number="B", title="B", year=2026, planned_cents=0)
        session.add(budget)
        session.flush()
        session.add(
            Commitment(number="M", budget_id=budget.id, title="M", amount_cents=1, agreement_id=parent)
        )
    with pytest.raises(UserError, match="1 Mittelbindung"), database.write("Löschen") as session:
        agreements.remove(session, parent)
    with database.read() as session:
        assert session.get(Agreement, child) is None


def test_a_removed_agreement_comes_back_whole(database: Database, actors: tuple[int, int, int]) -> None:
    data = agreement(actors)
    agreement_id = save(database, data)
    with database.write("Löschen") as session:
        agreements.remove(session, agreement_id)
    database.undo()
    assert load(database, agreement_id) == data


def test_register_filters(database: Database, actors: tuple[int, int, int]) -> None:
    running = replace(agreement(actors), stage=Stage.IN_FORCE)
    save(database, running)
    fixed = replace(
        running,
        number="KV-2026-01",
        kind=AgreementKind.COOPERATION,
        parties=(PartyInput(actors[2]),),
        end=date(2026, 8, 31),
        renewal_months=None,
    )
    save(database, fixed)
    save(database, replace(fixed, number="KV-2026-02", stage=Stage.DRAFT))
    save(database, replace(fixed, number="KV-2026-03", end=date(2026, 6, 30)))

    def numbers(wanted: AgreementFilter) -> list[str]:
        with database.read() as session:
            return [row.number for row in register.rows(session, ON, wanted)]

    assert numbers(AgreementFilter()) == ["KV-2026-01", "KV-2026-02", "KV-2026-03", "ZV-2026-01"]
    assert numbers(AgreementFilter(kind=AgreementKind.TARGET)) == ["ZV-2026-01"]
    assert numbers(AgreementFilter(stage=Stage.DRAFT)) == ["KV-2026-02"]
    assert numbers(AgreementFilter(actor_id=actors[1])) == ["ZV-2026-01"]
    assert numbers(AgreementFilter(quarter_id=1)) == []
    assert numbers(AgreementFilter(due_days=90)) == ["KV-2026-01", "KV-2026-03"]
    assert numbers(AgreementFilter(due_days=200)) == ["KV-2026-01", "KV-2026-03", "ZV-2026-01"]
    with database.read() as session:
        assert register.summary(session, ON) == register.Summary(2, 1, 1, date(2026, 8, 31))
        by_number = {row.number: row for row in register.rows(session, ON)}
    assert by_number["KV-2026-03"].over
    assert by_number["KV-2026-02"].act_by is None
    assert by_number["ZV-2026-01"].act_by == date(2026, 11, 30)
    assert by_number["ZV-2026-01"].partners == "Nachbarschaft Nord e.V.; St. Muster"
    assert (by_number["ZV-2026-01"].goals_open, by_number["ZV-2026-01"].goals_total) == (1, 2)


def test_detail_and_choices(database: Database, actors: tuple[int, int, int]) -> None:
    parent = save(database, agreement(actors))
    child = save(
        database,
        replace(agreement(actors), number="KV-1", kind=AgreementKind.COOPERATION, belongs_to_id=parent),
    )
    with database.read() as session:
        shown = register.detail(session, parent, ON)
        offered = register.choices(session)
        below = register.detail(session, child, ON)
    assert [party.name for party in shown.parties] == ["Nachbarschaft Nord e.V.", "St. Muster"]
    assert shown.dependents == ((child, "KV-1"),)
    assert below.belongs_to == "ZV-2026-01"
    assert shown.findings[0].day == date(2027, 2, 28)
    assert [actor.short for actor in offered.actors] == ["DIAK", "TNORD", "KGMK"]
    assert offered.quarters[0][1] == "Döhren"


def test_proposed_number(database: Database, actors: tuple[int, int, int]) -> None:
    with database.read() as session:
        assert agreements.proposed_number(session, AgreementKind.TARGET, 2026) == "ZV-2026-01"
    save(database, agreement(actors))
    with database.read() as session:
        assert agreements.proposed_number(session, AgreementKind.TARGET, 2026) == "ZV-2026-02"
        assert agreements.proposed_number(session, AgreementKind.COOPERATION, 2026) == "KV-2026-01"
