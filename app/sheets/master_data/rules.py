"""Rules of master data that hold between the cells of one row; the forms of the window know the same ones."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from app.domain.agreements.agreements import Stage
from app.domain.agreements.term import Term, term_problems
from app.domain.agreements.what_is_signed import (
    back_refusal,
    goes_back,
    is_agreed,
    new_goal_refusal,
    notice_refusal,
    noticed_refusal,
    refusal,
    runs_on,
)
from app.domain.dates import german
from app.domain.master_data.sheets import MasterSheet, Value
from app.services.master_data.master import MasterRecords

Problem = tuple[str, str]
"""The column where it is to be mended, and a German reason."""


def problems(
    sheet: MasterSheet, values: Mapping[str, Value], budget_years: Mapping[str, int]
) -> Iterator[Problem]:
    """What is wrong with a record as it would be. `budget_years`: the budget year of each budget by its Nummer."""
    for first, second in sheet.periods:
        begin, end = values.get(first), values.get(second)
        if isinstance(begin, date) and isinstance(end, date) and end < begin:
            yield second, f"„{second}“ liegt vor „{first}“ ({german(begin)})."
    for column in sheet.columns:
        if column.target == sheet.name and values.get(column.name) == values.get(sheet.keys[0].name):
            yield column.name, "Ein Eintrag kann nicht auf sich selbst verweisen."
    if sheet.name == "Vereinbarungen":
        yield from _term_problems(sheet, values)
    if sheet.name == "Umschichtungen":
        yield from _transfer_problems(values, budget_years)


def signed_problems(
    sheet: MasterSheet,
    values: Mapping[str, Value],
    stored: Mapping[str, Value] | None,
    state: MasterRecords,
) -> Iterator[Problem]:
    """What a row would change of a signed agreement (domain.md, "What is signed is agreed").

    `stored`: the record as it is, None for a new one.
    """
    signed = state.signed
    if sheet.name == "Ziele":
        number = str(values.get("Vereinbarung"))
        if number not in signed:
            return
        if stored is None:
            yield sheet.keys[-1].name, new_goal_refusal(number, signed[number])
            return
    elif sheet.name != "Vereinbarungen" or stored is None or str(stored["Nummer"]) not in signed:
        return
    else:
        number = str(stored["Nummer"])
        yield from _life_problems(number, stored, values, under_notice=number in state.noticed)
    for column in sheet.columns:
        old, new = stored[column.name], values[column.name]
        if old != new and is_agreed(sheet.table, column.field, was_empty=old is None):
            yield column.name, refusal([column.name], signed[number])


def _life_problems(
    number: str, stored: Mapping[str, Value], values: Mapping[str, Value], *, under_notice: bool
) -> Iterator[Problem]:
    """The stage of a signed agreement does not go back; while a notice stands, its end and stage follow from it."""
    before, after = stored["Stand"], values["Stand"]
    if isinstance(before, Stage) and isinstance(after, Stage):
        if goes_back(before, after):
            yield "Stand", back_refusal(number, after)
        elif under_notice and runs_on(before, after):
            yield "Stand", noticed_refusal(number, after)
    if under_notice and stored["Gekündigt zum"] != values["Gekündigt zum"]:
        yield "Gekündigt zum", notice_refusal(number)


def _term_problems(sheet: MasterSheet, values: Mapping[str, Value]) -> Iterator[Problem]:
    """The rules of a term, told at the columns of the sheet."""
    names = {column.field: column.name for column in sheet.columns}
    given: dict[str, Any] = {field.name: values.get(names[field.name]) for field in fields(Term)}
    for field_name, reason in term_problems(Term(**given)).items():
        yield names[field_name], reason


def circles(parents: Mapping[str, str | None]) -> set[str]:
    """The names from which following the parents leads back to themselves."""
    found = set()
    for name in parents:
        seen, parent = {name}, parents[name]
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        if parent == name:
            found.add(name)
    return found


def _transfer_problems(values: Mapping[str, Value], years: Mapping[str, int]) -> Iterator[Problem]:
    giver, taker = values.get("Von Budget"), values.get("Nach Budget")
    if giver is None or taker is None:
        return
    if giver == taker:
        yield "Nach Budget", "Das ist dasselbe Budget wie in „Von Budget“."
    elif years.get(str(taker), 0) < years.get(str(giver), 0):
        yield "Nach Budget", "Geld kann nicht in ein früheres Haushaltsjahr übertragen werden."
