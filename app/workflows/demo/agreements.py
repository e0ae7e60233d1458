"""Demo data of agreements: every stage and every kind of term, with dates that fall due around the day."""

from datetime import date, timedelta
from random import Random
from typing import Any

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.dates import ONE_DAY, add_months, last_of_month
from app.services.agreements import agreement_clauses
from app.workflows.demo.making import Making, actors_of, demo_texts, random_for
from db.models import Agreement, Goal, Party

ZV, KV = AgreementKind.TARGET, AgreementKind.COOPERATION

STANDS_ALONE = (18, 24, 28)
"""Places of cooperation agreements that hang on no target agreement; nor does one that began before those of its
quarter."""

_SIGNED = {Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED, Stage.TERMINATED, Stage.ENDED}


def make_agreements(making: Making) -> None:
    """Agreements in every stage with their parties and goals, as demo.toml lists them."""
    roll = random_for("agreements")
    numbers: dict[str, int] = {}
    targets: dict[str, list[Agreement]] = {}
    for place, (kind_name, quarter, stage_name, term, days) in enumerate(demo_texts()["agreements"]["list"]):
        kind, stage = AgreementKind(kind_name), Stage(stage_name)
        values = _term(making.day, term, days)
        begin: date = values["begin"]
        series = f"{'ZV' if kind is ZV else 'KV'}-{begin.year}"
        numbers[series] = numbers.get(series, 0) + 1
        number = f"{series}-{numbers[series]:02d}"
        above = [] if kind is ZV or place in STANDS_ALONE else targets.get(quarter, [])
        parent = next((one for one in above if one.begin and one.begin <= begin), None)
        signed = min(begin - timedelta(days=roll.randint(8, 40)), making.ago(3)) if stage in _SIGNED else None
        agreement = Agreement(
            number=number,
            kind=kind,
            quarter_id=making.ids["quarter"][quarter],
            title=_title(roll, kind, quarter),
            stage=stage,
            signed_on=signed,
            amount_cents=roll.randrange(6_000_00, 26_000_00, 500_00) if kind is ZV else None,
            belongs_to_id=parent.id if parent else None,
            **values,
        )
        making.keep("agreement", {number: agreement})
        agreement_clauses.pin(making.session, agreement.id)
        if kind is ZV and stage is not Stage.ENDED:
            targets.setdefault(quarter, []).append(agreement)
        _make_parties(making, roll, agreement, quarter, place, signed)
        if kind is ZV:
            _make_goals(making, roll, agreement, place)


def _title(roll: Random, kind: AgreementKind, quarter: str) -> str:
    given = demo_texts()
    name = next(q["name"] for q in given["quarter"] if q["short"] == quarter)
    titles = given["agreements"]["target_titles" if kind is ZV else "cooperation_titles"]
    return str(roll.choice(titles)).format(quarter=name)


def _term(day: date, kind: str, days: int) -> dict[str, Any]:
    """The fields of a term whose decisive day is `days` from today; demo.toml says what the kinds are."""
    given = demo_texts()["agreements"]["terms"][kind]
    decisive = day + timedelta(days=days, weeks=given.get("weeks_later", 0))
    if given.get("begins"):
        begin = decisive.replace(day=1)
        end = add_months(begin, given["months"]) - ONE_DAY
    else:
        end = last_of_month(add_months(decisive, given.get("months_later", 0)))
        begin = add_months(end + ONE_DAY, -given["months"])
    values: dict[str, Any] = {"begin": begin, "minimum_until" if kind == "open" else "end": end}
    if "notice" in given:
        notice, unit, effect = given["notice"]
        values |= {"notice": notice, "notice_unit": NoticeUnit(unit), "notice_effect": NoticeEffect(effect)}
    return values | {
        "renewal_months": given.get("renewal_months"),
        "terminated_to": end if kind == "terminated" else None,
    }


def _make_parties(
    making: Making, roll: Random, agreement: Agreement, quarter: str, place: int, signed: date | None
) -> None:
    home = actors_of(quarter)
    partners = home[place % len(home) :][: 1 + (roll.random() < 0.35)]
    making.session.add_all(
        Party(agreement_id=agreement.id, actor_id=making.ids["actor"][short], position=nr, signed_on=signed)
        for nr, short in enumerate(partners, 1)
    )


def _make_goals(making: Making, roll: Random, agreement: Agreement, place: int) -> None:
    given = demo_texts()["goals"]["list"]
    rows = [given[(place + step * 3) % len(given)] for step in range(2 + place % 2)]
    for nr, (title, block, measure, indicator, target, evidence) in enumerate(rows, 1):
        due, state = _due(making, roll, agreement, place, nr)
        making.session.add(
            Goal(
                agreement_id=agreement.id,
                nr=str(nr),
                title=title,
                building_block_id=making.ids["block"][block],
                measure=measure,
                indicator=indicator,
                target=target,
                due=due,
                responsible=roll.choice(demo_texts()["people"]["functions"]),
                evidence=evidence,
                state=state,
            )
        )


def _due(making: Making, roll: Random, agreement: Agreement, place: int, nr: int) -> tuple[date, GoalState]:
    """Some goals are overdue, some due in the next weeks, most later or reached already."""
    if agreement.stage is Stage.ENDED:
        assert agreement.end is not None
        state = roll.choice((GoalState.REACHED, GoalState.PARTLY, GoalState.MISSED))
        return agreement.end - timedelta(days=30), state
    if agreement.stage not in _SIGNED:
        assert agreement.begin is not None
        return agreement.begin + timedelta(days=180 * nr), GoalState.OPEN
    if nr == 1:
        if place % 5 == 0:
            return making.ago(9 + place), GoalState.RUNNING
        return making.ago(120), GoalState.REACHED
    if nr == 2:
        return making.ahead(6 + place * 4), GoalState.RUNNING
    return making.ahead(150 + place * 5), GoalState.OPEN
