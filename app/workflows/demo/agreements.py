"""Demo data of agreements: every stage and every kind of term, with dates that fall due around the day."""

from datetime import date, timedelta
from random import Random
from typing import Any

from app.domain.agreements.agreements import AgreementKind, GoalState, NoticeEffect, NoticeUnit, Stage
from app.domain.dates import ONE_DAY, add_months, last_of_month
from app.services.agreements import agreement_clauses
from app.workflows.demo.making import Making, demo_texts, random_for
from db.models import Agreement, Goal, Party

ZV, KV = AgreementKind.TARGET, AgreementKind.COOPERATION

STANDS_ALONE = (18, 24, 28)
"""Places of cooperation agreements that hang on no target agreement."""

_SIGNED = {Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED, Stage.TERMINATED, Stage.ENDED}


def make_agreements(making: Making) -> None:
    roll = random_for("agreements")
    numbers: dict[str, int] = {}
    targets: dict[str, str] = {}
    for place, (kind_name, quarter, stage_name, term, days) in enumerate(demo_texts()["agreements"]["list"]):
        kind, stage = AgreementKind(kind_name), Stage(stage_name)
        values = _term(making.day, term, days)
        begin: date = values["begin"]
        series = f"{'ZV' if kind is ZV else 'KV'}-{begin.year}"
        numbers[series] = numbers.get(series, 0) + 1
        number = f"{series}-{numbers[series]:02d}"
        parent = targets.get(quarter) if kind is KV and place not in STANDS_ALONE else None
        signed = min(begin - timedelta(days=roll.randint(8, 40)), making.ago(3)) if stage in _SIGNED else None
        agreement = Agreement(
            number=number,
            kind=kind,
            quarter_id=making.ids["quarter"][quarter],
            title=_title(roll, kind, quarter),
            stage=stage,
            signed_on=signed,
            amount_cents=roll.randrange(6_000_00, 26_000_00, 500_00) if kind is ZV else None,
            belongs_to_id=making.id_of("agreement", parent),
            **values,
        )
        making.keep("agreement", {number: agreement})
        agreement_clauses.pin(making.session, agreement.id)
        if kind is ZV and stage is not Stage.ENDED:
            targets.setdefault(quarter, number)
        _make_parties(making, roll, agreement, quarter, place, signed)
        if kind is ZV:
            _make_goals(making, roll, agreement, place)


def _title(roll: Random, kind: AgreementKind, quarter: str) -> str:
    given = demo_texts()
    name = next(q["name"] for q in given["quarter"] if q["short"] == quarter)
    titles = given["agreements"]["target_titles" if kind is ZV else "cooperation_titles"]
    title: str = roll.choice(titles)
    return title.format(quarter=name)


def _term(day: date, kind: str, days: int) -> dict[str, Any]:
    """The fields of a term whose decisive day is `days` from today."""
    decisive = day + timedelta(days=days)
    closing = last_of_month(decisive)
    months = {"notice": 3, "notice_unit": NoticeUnit.MONTHS, "notice_effect": NoticeEffect.END_OF_TERM}
    match kind:
        case "fixed":
            return {"begin": _begin(closing, 24), "end": closing}
        case "renews":
            end = last_of_month(add_months(decisive, 3))
            return {"begin": _begin(end, 24), "end": end, "renewal_months": 12, **months}
        case "renewed":
            end = last_of_month(add_months(decisive, 3 - 12))
            return {"begin": _begin(end, 24), "end": end, "renewal_months": 12, **months}
        case "half-yearly":
            end = last_of_month(decisive + timedelta(weeks=5))
            notice = {"notice": 6, "notice_unit": NoticeUnit.WEEKS, "notice_effect": NoticeEffect.END_OF_TERM}
            return {"begin": _begin(end, 18), "end": end, "renewal_months": 6, **notice}
        case "open":
            notice = {
                "notice": 4,
                "notice_unit": NoticeUnit.WEEKS,
                "notice_effect": NoticeEffect.END_OF_QUARTER,
            }
            return {
                "begin": decisive.replace(day=1),
                "minimum_until": _end(decisive.replace(day=1), 12),
                **notice,
            }
        case "terminated":
            begin = _begin(closing, 36)
            return {"begin": begin, "end": closing, "renewal_months": 12, "terminated_to": closing, **months}
        case _:
            begin = decisive.replace(day=1)
            return {"begin": begin, "end": _end(begin, 36), "renewal_months": 12, **months}


def _begin(end: date, months: int) -> date:
    return add_months(end + ONE_DAY, -months)


def _end(begin: date, months: int) -> date:
    return add_months(begin, months) - ONE_DAY


def _make_parties(
    making: Making, roll: Random, agreement: Agreement, quarter: str, place: int, signed: date | None
) -> None:
    home = [short for short, _, _, where in demo_texts()["actors"]["list"] if where == quarter]
    partners = home[place % len(home) :][: 1 + (roll.random() < 0.35)]
    making.session.add_all(
        Party(
            agreement_id=agreement.id,
            actor_id=making.ids["actor"][short],
            position=position,
            signed_on=signed,
        )
        for position, short in enumerate(partners, 1)
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
        return agreement.end - timedelta(days=30), roll.choice(
            (GoalState.REACHED, GoalState.PARTLY, GoalState.MISSED)
        )
    if agreement.stage not in _SIGNED:
        assert agreement.begin is not None
        return agreement.begin + timedelta(days=180 * nr), GoalState.OPEN
    if nr == 1:
        overdue = place % 5 == 0
        return making.ago(9 + place) if overdue else making.ago(
            120
        ), GoalState.RUNNING if overdue else GoalState.REACHED
    if nr == 2:
        return making.ahead(6 + place * 4), GoalState.RUNNING
    return making.ahead(150 + place * 5), GoalState.OPEN
