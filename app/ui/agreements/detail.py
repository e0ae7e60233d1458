"""All about the agreement chosen in the register: dates with their rules, timeline, parties, goals, papers, history."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreement_timeline import timeline
from app.domain.agreements.agreement_wording import FindingTone, notice_phrase
from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.dates import german
from app.domain.money import euro
from app.domain.papers.salutations import accusative
from app.services.agreements import agreement_funding, agreement_register
from app.services.agreements.agreement_history import agreement_history
from app.services.agreements.agreement_register import AgreementDetail, AgreementRow, PartyRow
from app.ui.agreements.blocks import two_lines
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.findings import FindingsView
from app.ui.agreements.form import goal_marks
from app.ui.agreements.goal_state import GoalStateButton
from app.ui.agreements.timeline import TimelineView
from app.ui.context import Context
from app.ui.kit import tokens
from app.ui.kit.layout import add, column, held
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.detail_card import DetailCard
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.history import HistoryView
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label, rule
from app.ui.stage_pills import stage_pill

SIGNABLE = frozenset({Stage.READY_TO_SIGN, Stage.SIGNED, Stage.NEGOTIATION})
NEXT_STAGE = {
    Stage.DRAFT: (Stage.NEGOTIATION, "In Abstimmung geben"),
    Stage.NEGOTIATION: (Stage.READY_TO_SIGN, "Unterschriftsreif"),
    Stage.SIGNED: (Stage.IN_FORCE, "In Kraft setzen"),
}
"""The usual next step; every other stage can be set in the form."""
NOTES = {FindingTone.WARNING: tokens.Tone.WARNING, FindingTone.NEWS: tokens.Tone.INFO}
"""Findings that are said before everything else."""


class DetailView(DetailCard):
    """The detail beside the list; says so while nothing is chosen.

    `record` opens the record. None: it stands in the record, whose head says and does the rest.
    """

    def __init__(
        self, context: Context, commands: AgreementCommands, record: Callable[[int], object] | None = None
    ) -> None:
        super().__init__("agreements", "Links eine Vereinbarung auswählen")
        self._context, self._commands, self._record = context, commands, record
        self._shown: int | None = None

    def show_agreement(self, agreement_id: int | None) -> None:
        """Read and show this one; the scroll position stays while it is the same."""
        if agreement_id is not None:
            with self.pane.refilled(same=agreement_id == self._shown):
                add(self.pane.column, *self._parts(agreement_id))
        self._shown = agreement_id
        self.show_pane(agreement_id is not None)

    def _parts(self, agreement_id: int) -> Iterator[QWidget]:
        ask, on = self._context.ask, self._context.today()
        detail = ask(agreement_register.detail, agreement_id, on)
        if self._record is not None:
            yield _head(detail.row)
        yield self._buttons(detail.row)
        yield rule()
        for finding in detail.findings:
            if finding.tone in NOTES and detail.row.binding:
                yield Note(finding.sentence, NOTES[finding.tone])
        payments = ask(agreement_funding.payments, agreement_id, on)
        line = TimelineView()
        line.show_timeline(timeline(detail.row.term, goal_marks(detail.data.goals), on, payments), on)
        yield line
        yield self._facts(detail)
        if detail.findings:
            yield Section("Was daraus folgt", FindingsView(detail.findings))
        yield Section("Partner").fill(*map(_party, detail.parties))
        if detail.goals:
            done = detail.row.goals_total - detail.row.goals_open
            title = f"Ziele ({done} von {detail.row.goals_total} abgeschlossen)"
            yield Section(title).fill(*(self._goal(detail.row, goal) for goal in detail.goals))
        if detail.data.notes:
            yield Section("Notizen", label(detail.data.notes, wrap=True, selectable=True))
        yield Section("Verlauf", HistoryView(ask(agreement_history, agreement_id)))

    def _buttons(self, row: AgreementRow) -> QWidget:
        if (record := self._record) is None:
            return flowing(opens_menu(button("Nächster Schritt", icon="more"), self._steps(row)))
        return flowing(
            button("Öffnen", lambda: record(row.id), icon="agreements"),
            button("Bearbeiten", lambda: self._commands.edit(row.id), icon="edit"),
            button("Drucken", lambda: self._commands.show_paper(row.id), icon="print"),
            opens_menu(button("Mehr", icon="more"), self._steps(row)),
        )

    def _steps(self, row: AgreementRow) -> Iterator[Entry | None]:
        """What may follow in the life of an agreement."""
        commands, stage = self._commands, row.stage
        if stage in NEXT_STAGE:
            following, words = NEXT_STAGE[stage]
            yield Entry(words, partial(commands.set_stage, row, following), "arrow-right")
        if stage in SIGNABLE:
            for who in commands.unsigned(row.id):
                yield Entry(f"Unterschrift von {who.name} …", partial(commands.sign, row, who), "signature")
        if stage in BINDING_STAGES and stage is not Stage.TERMINATED:
            yield Entry("Kündigung eintragen …", lambda: commands.terminate(row.id), "flag")
        if stage in BINDING_STAGES:
            yield Entry("Als beendet ablegen", lambda: commands.set_stage(row, Stage.ENDED), "lock")
        yield None
        yield Entry("Kooperationsvereinbarung anhängen …", lambda: commands.add_below(row.id), "plus")
        yield Entry("Löschen", lambda: commands.remove(row), "trash")

    def _facts(self, detail: AgreementDetail) -> Facts:
        row, commands = detail.row, self._commands
        facts = Facts(name_width=112)
        facts.add("Quartier", row.quarter)
        facts.add("Laufzeit", _duration(row))
        facts.add("Kündigungsfrist", notice_phrase(row.term) if row.term.notice is not None else "")
        facts.add("Unterzeichnet", german(row.signed_on) if row.signed_on else "")
        if row.amount_cents is not None:
            bound = f", davon {euro(detail.committed_cents)} gebunden" if detail.committed_cents else ""
            facts.add("Betrag", euro(row.amount_cents) + bound)
        if detail.belongs_to and detail.data.belongs_to_id is not None:
            facts.add_link("Gehört zu", detail.belongs_to, partial(commands.open, detail.data.belongs_to_id))
        for key, number in detail.dependents:
            facts.add_link("Daran hängt", number, partial(commands.open, key))
        if any(paper.withdrawn_at is None for paper in detail.papers):
            show = partial(commands.show_paper, row.id)
            facts.add_link("Schriftstück", "zur Unterschrift gedruckt", show, "lock")
        return facts

    def _goal(self, row: AgreementRow, goal: AgreedGoal) -> QWidget:
        due = f"bis {german(goal.due)}" if goal.due else ""
        target = " ".join(filter(None, (goal.indicator, goal.target)))
        below = " · ".join(filter(None, (due, goal.building_block, target, goal.responsible)))
        state = GoalStateButton(
            f"Ziel {goal.nr}", goal.state, partial(self._commands.set_goal_state, row, goal)
        )
        return two_lines(f"{goal.nr}. {goal.title}", below, state)


def _head(of: AgreementRow) -> QWidget:
    number = label(f"{of.kind.word} {of.number}", "muted", selectable=True)
    title = label(of.title, "section", wrap=True, selectable=True)
    # The pill goes below where it would take width from the list: "gekündigt zum 31.01.2027" is long.
    return held(column(flowing(number, PillLabel(stage_pill(of))), title, spacing=4))


def _party(party: PartyRow) -> QWidget:
    who = ", ".join(filter(None, (party.represented_by, party.function)))
    signed = f"unterschrieben am {german(party.signed_on)}" if party.signed_on else ""
    by = f"vertreten durch {accusative(who)}" if party.represented_by else ""
    return two_lines(party.name, " · ".join(filter(None, (by, signed))))


def _duration(row: AgreementRow) -> str:
    begin = f"ab {german(row.term.begin)}" if row.term.begin else ""
    end = f"bis {german(row.term.end)}" if row.term.end else ""
    span = " ".join(filter(None, (begin, end)))
    return f"{span}, {row.duration}" if span else ""
