"""Amendments act from their day: whoever asks about a day gets that day's answer, whenever all had signed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.domain.agreements.agreements import GoalAction, NoticeDirection, Stage
from app.domain.errors import Invalid
from app.services.agreements import (
    agreed,
    agreement_funding,
    agreement_register,
    agreements,
    amendment_signing,
    amendments,
    corrections,
    goals,
    instalments,
    notices,
    successors,
)
from app.services.agreements.agreement_register import AgreementFilter
from app.services.agreements.amendments import AmendmentInput, GoalChangeInput
from app.services.agreements.instalments import InstalmentInput
from app.services.agreements.notices import NoticeInput
from app.services.deadlines.deadlines import deadlines
from db.database import Database
from db.models import Goal
from tests.services.agreements.life_samples import ON, agreement_in_force, signing

FROM = date(2027, 7, 1)
BEFORE = date(2027, 6, 30)
LONGER = AmendmentInput(
    title="Länger und mit längerer Frist",
    effective_from=FROM,
    changes_term=True,
    end=date(2028, 12, 31),
    renewal_months=12,
    notice=6,
)


def signed(database: Database, agreement_id: int, **changes: object) -> int:
    """An amendment that all have signed on the same day in July 2026, of what holds on its day with these changes."""
    with database.write("Nachtrag") as session:
        values = {"title": "Nachtrag", "effective_from": FROM, **changes}
        day = values["effective_from"]
        assert isinstance(day, date)
        data = replace(amendments.blank(session, agreement_id, day), **values)  # type: ignore[arg-type]
        amendment_id = amendments.save(session, agreement_id, None, data)
    for party_id in signing(database, agreement_id):
        with database.write("Unterschrift") as session:
            amendment_signing.sign(session, amendment_id, party_id, ON)
    return amendment_id


def term_on(database: Database, agreement_id: int, day: date) -> tuple[date | None, int | None]:
    with database.read() as session:
        found = agreed.term(session, agreement_id, day)
    return found.end, found.notice


def test_the_notice_date_stays_until_the_amendment_acts(database: Database) -> None:
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    signed(database, agreement_id, changes_term=True, end=date(2028, 12, 31), notice=6)
    with database.read() as session:
        found = {
            day: [(d.kind.value, d.day) for d in deadlines(session, day, 700) if d.kind.value == "notice"]
            for day in (ON, BEFORE, FROM)
        }
    assert found[ON] == found[BEFORE] == [("notice", date(2027, 9, 30))]
    assert found[FROM] == [("notice", date(2028, 6, 30))]


def test_a_notice_is_judged_by_what_held_when_it_arrived(database: Database) -> None:
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    signed(database, agreement_id, changes_term=True, end=date(2028, 12, 31), notice=6)
    for arrived, ends_on in ((BEFORE, date(2027, 12, 31)), (FROM, date(2028, 12, 31))):
        with database.write("Kündigung") as session:
            row = notices.save(
                session, agreement_id, None, NoticeInput(NoticeDirection.RECEIVED, None, arrived), FROM
            )
            assert row.ends_on == ends_on
        database.undo()


def test_several_in_a_row_also_signed_in_another_order(database: Database) -> None:
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    signed(database, agreement_id, changes_term=True, end=date(2028, 12, 31))
    signed(database, agreement_id, effective_from=date(2027, 1, 1), changes_term=True, notice=4)
    assert term_on(database, agreement_id, date(2026, 12, 31)) == (date(2027, 12, 31), 3)
    assert term_on(database, agreement_id, date(2027, 1, 1)) == (date(2027, 12, 31), 4)
    assert term_on(database, agreement_id, FROM) == (date(2028, 12, 31), 4)


def test_on_the_same_day_the_later_number_has_the_last_word(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(database, agreement_id, changes_amount=True, amount_cents=30_000_00)
    signed(database, agreement_id, changes_amount=True, amount_cents=28_000_00)
    with database.read() as session:
        assert agreements.load(session, agreement_id, BEFORE).amount_cents == 24_000_00
        assert agreements.load(session, agreement_id, FROM).amount_cents == 28_000_00


def test_one_may_act_from_a_day_that_has_passed(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(database, agreement_id, effective_from=date(2026, 4, 1), changes_amount=True, amount_cents=1_00)
    with database.read() as session:
        amounts = [
            agreements.load(session, agreement_id, date(2026, month, 1)).amount_cents for month in (3, 4)
        ]
    assert amounts == [24_000_00, 1_00]


def test_what_has_ended_is_amended_no_more(database: Database) -> None:
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    signed(database, agreement_id, effective_from=date(2028, 3, 1), changes_amount=True, amount_cents=1_00)
    with database.write("Kündigung") as session:
        notices.save(
            session, agreement_id, None, NoticeInput(NoticeDirection.RECEIVED, None, ON, wanted=None), ON
        )
    with database.read() as session:
        now = agreements.load(session, agreement_id, date(2028, 6, 1))
        assert agreed.last_amount(session, agreement_id) is None
    assert (now.terminated_to, now.amount_cents, now.stage) == (
        date(2027, 12, 31),
        24_000_00,
        Stage.TERMINATED,
    )
    with pytest.raises(Invalid) as caught, database.write("Nachtrag") as session:
        late = AmendmentInput(title="Spät", effective_from=date(2028, 1, 2), changes_amount=True)
        amendments.save(session, agreement_id, None, late)
    assert "nach dem Ende der Vereinbarung am 31.12.2027" in caught.value.problems["effective_from"]


def test_after_a_notice_the_rest_of_the_amendment_acts(database: Database) -> None:
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    signed(
        database,
        agreement_id,
        changes_term=True,
        end=date(2029, 12, 31),
        changes_amount=True,
        amount_cents=1_00,
    )
    with database.write("Kündigung") as session:
        notices.save(session, agreement_id, None, NoticeInput(NoticeDirection.RECEIVED, None, ON), ON)
    with database.read() as session:
        row = agreement_register.detail(session, agreement_id, FROM).row
    assert (row.view.final, row.stage, row.amount_cents) == (date(2027, 12, 31), Stage.TERMINATED, 1_00)


def test_register_goals_and_money_answer_for_their_day(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(
        database,
        agreement_id,
        changes_amount=True,
        amount_cents=30_000_00,
        goals=(
            GoalChangeInput("1", GoalAction.CHANGE, "Offener Treff", target="5 Tage", due=date(2028, 3, 31)),
            GoalChangeInput("2", GoalAction.DROP),
            GoalChangeInput("4", GoalAction.ADD, "Gang", target="12 Gänge", due=date(2028, 6, 30)),
        ),
    )
    with database.read() as session:
        for day, stage, numbers, cents in (
            (BEFORE, Stage.IN_FORCE, ["1", "2", "3"], 24_000_00),
            (FROM, Stage.AMENDED, ["1", "3", "4"], 30_000_00),
        ):
            (row,) = agreement_register.rows(session, day, AgreementFilter(stage=stage))
            lines = goals.rows(session, day, agreement_id)
            dues = {d.title[:6]: d.day for d in deadlines(session, day, 900) if d.kind.value == "goal"}
            assert [line.goal.nr for line in lines] == numbers
            assert (row.goals_total, row.amount_cents) == (3, cents)
            assert agreement_funding.uncommitted_of(session, agreement_id, day) == cents
            assert agreement_funding.load(session, agreement_id, day).amount_cents == cents
            assert dues.get("Ziel 1") == (date(2026, 12, 31) if day == BEFORE else date(2028, 3, 31))
            assert lines[0].goal.target_value == Decimal(4 if day == BEFORE else 5)


def test_instalments_follow_another_amount(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Raten") as session:
        days = (date(2027, 3, 1), date(2027, 9, 1), date(2027, 12, 1))
        of = tuple(InstalmentInput(day, 8_000_00) for day in days)
        corrections.correct(session, agreement_id, "vergessen", ON, instalments.save, agreement_id, of)
    signed(database, agreement_id, changes_amount=True, amount_cents=30_000_00)
    with database.write("Raten angepasst") as session:
        before = agreement_funding.load(session, agreement_id, BEFORE)
        assert (before.difference_cents, before.to_adjust) == (0, (30_000_00, FROM))
        assert agreement_funding.load(session, agreement_id, FROM).difference_cents == -6_000_00
        proposed = before.adjusted()
        assert [one.amount_cents for one in proposed] == [8_000_00, 11_000_00, 11_000_00]
    other = (replace(proposed[0], amount_cents=7_000_00), proposed[1], InstalmentInput(None, 12_000_00))
    # what was due before the amendment's day is owed
    with pytest.raises(Invalid, match="vereinbart"), database.write("Raten") as session:
        instalments.save(session, agreement_id, other)
    with database.write("Raten angepasst") as session:
        instalments.save(session, agreement_id, proposed)
        assert agreement_funding.load(session, agreement_id, BEFORE).to_adjust is None
        after = agreement_funding.load(session, agreement_id, FROM)
    assert (after.difference_cents, after.to_adjust) == (0, None)


def test_a_correction_goes_to_where_the_words_stand(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(
        database,
        agreement_id,
        changes_term=True,
        notice=6,
        goals=(GoalChangeInput("1", GoalAction.CHANGE, "Offner Treff", target="5 Tage"),),
    )
    with database.write("Berichtigung") as session:
        data = agreements.load(session, agreement_id, FROM)
        agreements.save(session, agreement_id, data, FROM)
        assert agreements.load(session, agreement_id, BEFORE).notice == 3
        mended = replace(data.goals[0], title="T")
        changed = replace(data, notice=5, goals=(mended, *data.goals[1:]))
        corrections.correct(
            session, agreement_id, "Schreibfehler", ON, agreements.save, agreement_id, changed, FROM
        )
        (kept,) = corrections.rows(session, agreement_id)
        assert {(one.place.words, one.new) for one in kept.changes} == {
            ("Kündigungsfrist", 5),
            ("Ziel 1", "T"),
        }
        now, before = (agreements.load(session, agreement_id, day) for day in (FROM, BEFORE))
    assert (now.notice, now.goals[0].title) == (5, "T")
    assert (before.notice, before.goals[0].title) == (3, "Offener Treff")


def test_a_goal_to_come_is_not_lost_when_the_form_is_saved(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(database, agreement_id, goals=(GoalChangeInput("4", GoalAction.ADD, "Gang"),))
    with database.write("Notizen") as session:
        data = agreements.load(session, agreement_id, BEFORE)
        agreements.save(session, agreement_id, replace(data, notes="neu"), BEFORE)
        assert session.query(Goal).filter_by(agreement_id=agreement_id).count() == 4


def test_a_draft_keeps_only_what_it_changes(database: Database) -> None:
    """A draft that was written before another amendment was signed does not take that one back."""
    agreement_id = agreement_in_force(database, end=date(2027, 12, 31))
    with database.write("Entwurf") as session:
        start = amendments.blank(session, agreement_id, date(2027, 9, 1))
        data = replace(
            start, title="Länger", effective_from=date(2027, 9, 1), changes_term=True, end=date(2030, 12, 31)
        )
        first = amendments.save(session, agreement_id, None, data)
        amendments.remove(session, first)
    signed(database, agreement_id, changes_term=True, notice=6)
    with database.write("Entwurf") as session:
        draft = amendments.save(session, agreement_id, None, replace(data, notice=6))
        assert amendments.load(session, draft).notice == 6
        before = amendments.basis(session, agreement_id, date(2027, 9, 1))
        changes = amendments.changes(session, before, amendments.load(session, draft))
    assert [change.what for change in changes] == ["Ende der Laufzeit"]


def test_what_follows_takes_what_holds_now(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    signed(database, agreement_id, changes_term=True, notice=6, changes_amount=True, amount_cents=30_000_00)
    with database.write("Folgevereinbarung") as session:
        after = agreements.load(session, successors.create(session, agreement_id, FROM), FROM)
    assert (after.notice, after.amount_cents) == (6, 30_000_00)


def test_what_follows_begins_after_an_amendment_that_goes_on(database: Database) -> None:
    """It is signed already that the agreement runs two years longer, with more money and without a goal."""
    key = agreement_in_force(database, renewal_months=None, notice=None, notice_unit=None, notice_effect=None)
    signed(
        database,
        key,
        effective_from=date(2027, 1, 1),
        changes_term=True,
        end=date(2028, 12, 31),
        changes_amount=True,
        amount_cents=30_000_00,
        goals=(GoalChangeInput("1", GoalAction.DROP),),
    )
    with database.write("Folgevereinbarung") as session:
        after = agreements.load(session, successors.create(session, key, ON), ON)
    assert (after.begin, after.amount_cents) == (date(2029, 1, 1), 30_000_00)
    assert [goal.nr for goal in after.goals] == ["2"]


def test_an_end_that_an_amendment_goes_on_from_says_so(database: Database) -> None:
    key = agreement_in_force(database, renewal_months=None, notice=None, notice_unit=None, notice_effect=None)
    signed(database, key, effective_from=date(2027, 1, 1), changes_term=True, end=date(2028, 12, 31))
    with database.read() as session:
        (end,) = [one for one in deadlines(session, ON, 700) if one.kind.value == "term_end"]
        assert end.day == date(2026, 12, 31)
        assert "Ab 01.01.2027 gilt Nachtrag 1: Ende 31.12.2028" in end.rule
        assert term_on(database, key, date(2027, 1, 1))[0] == date(2028, 12, 31)
