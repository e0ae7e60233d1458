"""Prints the sheet for a yearly talk: loads how the agreement and its goals stand, and sets it."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import UNFINISHED_GOALS
from app.domain.agreements.goal_wording import reached_words, summed_up, target_words
from app.domain.dates import german
from app.domain.file_names import dated_pdf
from app.reports.agreements.yearly_talk import TalkGoal, TalkSheet, yearly_talk_pdf
from app.services import office
from app.services.agreements import agreement_register, goals, yearly_talks
from app.services.agreements.goals import GoalLine


def talk_pdf(session: Session, agreement_id: int, on: date, *, signatures: bool = True) -> bytes:
    """The sheet as PDF. `signatures`: with fields to sign. Raises UserError if the office's logo cannot be read."""
    return yearly_talk_pdf(talk_sheet(session, agreement_id, on, signatures=signatures))


def talk_name(session: Session, agreement_id: int, on: date) -> str:
    """A name for the PDF that every file system takes: "Jahresgespräch-ZV-2026-01_2026-09-28.pdf"."""
    return dated_pdf(f"Jahresgespräch-{agreement_register.detail(session, agreement_id, on).row.number}", on)


def talk_sheet(session: Session, agreement_id: int, on: date, *, signatures: bool = True) -> TalkSheet:
    """What is printed, as it stands on a day."""
    detail = agreement_register.detail(session, agreement_id, on)
    row, lines = detail.row, goals.rows(session, on, agreement_id)
    talks = yearly_talks.rows(session, agreement_id)
    last = next((talk for talk in talks if talk.day < on), None)
    return TalkSheet(
        office=office.load(session),
        day=on,
        kind=row.kind.word,
        number=row.number,
        title=row.title,
        quarter=row.quarter,
        term=_term(row.term.begin, row.view.runs_until),
        talk_due=yearly_talks.next_due(session, agreement_id, on),
        parties=tuple(
            (party.name, ", ".join(filter(None, (party.represented_by, party.function))))
            for party in detail.parties
        ),
        sentence=_sentence(lines),
        goals=tuple(_goal(line) for line in lines),
        last_talk_on=last.day if last else None,
        last_talk=(last.result or "") if last else "",
        signatures=signatures,
    )


def _sentence(lines: list[GoalLine]) -> str:
    if not lines:
        return "In dieser Vereinbarung stehen keine Ziele."
    return summed_up([line.verdict.light for line in lines]) + "."


def _term(begin: date | None, until: date | None) -> str:
    start = f"ab {german(begin)}" if begin else ""
    return " ".join(filter(None, (start, f"bis {german(until)}" if until else "unbefristet")))


def _goal(line: GoalLine) -> TalkGoal:
    goal, last = line.goal, line.last
    return TalkGoal(
        nr=goal.nr,
        title=goal.title,
        light=line.verdict.light,
        reason=line.verdict.reason,
        state=goal.state.word if goal.state in UNFINISHED_GOALS else "",
        target=", ".join(
            filter(None, (target_words(goal.target, goal.target_value, goal.unit), _more_of_indicator(line)))
        ),
        reached=reached_words(last.figure if last else None, goal.target_value, goal.unit),
        due=german(goal.due) if goal.due else "",
        responsible=goal.responsible or "",
        measure=goal.measure or "",
        last_report=_report(line),
    )


def _more_of_indicator(line: GoalLine) -> str:
    """The indicator, unless the unit says the same already."""
    indicator = line.goal.indicator or ""
    said = not indicator or indicator.casefold() == (line.goal.unit or "").casefold()
    return "" if said else f"Indikator: {indicator}"


def _report(line: GoalLine) -> str:
    if line.last is None:
        return "keiner"
    by = f" ({line.last.author})" if line.last.author else ""
    return f"{german(line.last.day)}{by}: {line.last.text or line.last.state.word}"
