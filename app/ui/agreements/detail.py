"""All about the agreement chosen in the register: dates with their rules, timeline, parties, goals, papers, history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.domain.agreements.agreement_timeline import Event, timeline
from app.domain.agreements.agreement_wording import FindingTone, notice_phrase
from app.domain.agreements.agreements import BINDING_STAGES, GoalState, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.dates import german
from app.domain.money import euro
from app.domain.terms import word
from app.services.agreements.agreement_register import AgreementDetail, PartyRow
from app.services.agreements.signatories import SignatoryRow
from app.services.record_changes import HistoryEntry
from app.ui.agreements.findings import FindingsView
from app.ui.agreements.form import goal_marks
from app.ui.agreements.goal_state import GoalStateButton
from app.ui.agreements.looks import stage_pill
from app.ui.agreements.timeline import TimelineView
from app.ui.kit import icons, tokens
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.history import HistoryView
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label, rule

SIGNABLE = frozenset({Stage.READY_TO_SIGN, Stage.SIGNED, Stage.NEGOTIATION})
NEXT_STAGE = {
    Stage.DRAFT: (Stage.NEGOTIATION, "In Abstimmung geben"),
    Stage.NEGOTIATION: (Stage.READY_TO_SIGN, "Unterschriftsreif"),
    Stage.SIGNED: (Stage.IN_FORCE, "In Kraft setzen"),
}
"""The usual next step; every other stage can be set in the form."""
NOTES = {FindingTone.WARNING: tokens.Tone.WARNING, FindingTone.NEWS: tokens.Tone.INFO}
"""Findings that are said before everything else."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the detail offers to do. `record` None: it stands in the record, whose head says and does the rest."""

    edit: Callable[[], object]
    paper: Callable[[], object]
    unsigned: Callable[[int], list[SignatoryRow]]
    sign: Callable[[SignatoryRow], object]
    set_stage: Callable[[Stage], object]
    set_goal_state: Callable[[AgreedGoal, GoalState], object]
    terminate: Callable[[], object]
    add_below: Callable[[], object]
    remove: Callable[[], object]
    open: Callable[[int], object]
    record: Callable[[], object] | None = None


class DetailView(QFrame):
    """The detail beside the list; says so while nothing is chosen."""

    def __init__(self, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self.setProperty("role", "card")
        self.pane = Pane(margin=18, spacing=14, surface=False)
        self._shown: int | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(EmptyState("agreements", "Links eine Vereinbarung auswählen"))
        self._stack.addWidget(self.pane)

    def show_detail(
        self,
        detail: AgreementDetail | None,
        history: list[HistoryEntry],
        on: date,
        payments: Sequence[Event] = (),
    ) -> None:
        """Show this one; the scroll position stays while it is the same. `payments` stand in the timeline, too."""
        if detail is None:
            self._shown = None
            self._stack.setCurrentIndex(0)
            return
        scrolled = self.pane.verticalScrollBar().value() if detail.row.id == self._shown else 0
        self._shown = detail.row.id
        self.pane.clear()
        if self._deeds.record is not None:
            self.pane.add(self._head(detail))
        self.pane.add(self._actions(detail))
        self.pane.add(rule())
        self._add_line(detail, on, payments)
        self.pane.add(self._facts(detail))
        if detail.findings:
            findings = FindingsView()
            findings.show_findings(detail.findings)
            self.pane.add(Section("Was daraus folgt", findings))
        self.pane.add(self._parties(detail))
        if detail.goals:
            self.pane.add(self._goals(detail))
        if detail.data.notes:
            self.pane.add(Section("Notizen", label(detail.data.notes, wrap=True, selectable=True)))
        self.pane.add(Section("Verlauf", HistoryView(history)))
        self._stack.setCurrentIndex(1)
        self.pane.verticalScrollBar().setValue(scrolled)

    def _head(self, detail: AgreementDetail) -> QWidget:
        row = detail.row
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(label(f"{word(row.kind)} {row.number}", "muted", wrap=True, selectable=True), 1)
        top.addWidget(PillLabel(stage_pill(row)))
        column.addLayout(top)
        column.addWidget(label(row.title, "section", wrap=True, selectable=True))
        return head

    def _actions(self, detail: AgreementDetail) -> QWidget:
        bar = QWidget()
        line = FlowLayout(bar, 8)
        if self._deeds.record is not None:
            line.addWidget(button("Öffnen", self._deeds.record, icon="agreements"))
            line.addWidget(button("Bearbeiten", self._deeds.edit, icon="edit"))
            line.addWidget(button("Drucken", self._deeds.paper, icon="print"))
        more = button("Mehr" if self._deeds.record is not None else "Nächster Schritt", icon="more")
        more.setProperty("menu", True)
        more.setMenu(self._menu(detail, more))
        line.addWidget(more)
        return bar

    def _menu(self, detail: AgreementDetail, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        stage = detail.row.stage
        if stage in NEXT_STAGE:
            following, words = NEXT_STAGE[stage]
            _entry(menu, words, "arrow-right", lambda: self._deeds.set_stage(following))
        if stage in SIGNABLE:
            for who in self._deeds.unsigned(detail.row.id):
                _entry(menu, f"Unterschrift von {who.name} …", "signature", partial(self._deeds.sign, who))
        if stage in BINDING_STAGES and stage is not Stage.TERMINATED:
            _entry(menu, "Kündigung eintragen …", "flag", self._deeds.terminate)
        if stage in BINDING_STAGES:
            _entry(menu, "Als beendet ablegen", "lock", lambda: self._deeds.set_stage(Stage.ENDED))
        menu.addSeparator()
        _entry(menu, "Kooperationsvereinbarung anhängen …", "plus", self._deeds.add_below)
        _entry(menu, "Löschen", "trash", self._deeds.remove)
        return menu

    def _add_line(self, detail: AgreementDetail, on: date, payments: Sequence[Event]) -> None:
        for finding in detail.findings:
            if finding.tone in NOTES and detail.row.binding:
                self.pane.add(Note(finding.sentence, NOTES[finding.tone]))
        line = TimelineView()
        line.show_timeline(timeline(detail.row.term, goal_marks(detail.data.goals), on, payments), on)
        self.pane.add(line)

    def _facts(self, detail: AgreementDetail) -> Facts:
        row, data = detail.row, detail.data
        facts = Facts(name_width=112)
        facts.add("Quartier", row.quarter)
        facts.add("Laufzeit", _duration(detail))
        facts.add("Kündigungsfrist", notice_phrase(row.term) if row.term.notice is not None else "")
        facts.add("Unterzeichnet", german(row.signed_on) if row.signed_on else "")
        if row.amount_cents is not None:
            bound = f", davon {euro(detail.committed_cents)} gebunden" if detail.committed_cents else ""
            facts.add("Betrag", euro(row.amount_cents) + bound)
        if detail.belongs_to and data.belongs_to_id is not None:
            parent = data.belongs_to_id
            facts.add_link("Gehört zu", detail.belongs_to, lambda: self._deeds.open(parent))
        for key, number in detail.dependents:
            facts.add_link("Daran hängt", number, partial(self._deeds.open, key))
        kept = sum(paper.withdrawn_at is None for paper in detail.papers)
        if kept:
            facts.add_link("Schriftstück", "zur Unterschrift gedruckt", self._deeds.paper, "lock")
        return facts

    def _parties(self, detail: AgreementDetail) -> Section:
        section = Section("Partner")
        for party in detail.parties:
            section.add(_party(party))
        return section

    def _goals(self, detail: AgreementDetail) -> Section:
        done = detail.row.goals_total - detail.row.goals_open
        section = Section(f"Ziele ({done} von {detail.row.goals_total} abgeschlossen)")
        for goal in detail.goals:
            section.add(self._goal(goal))
        return section

    def _goal(self, goal: AgreedGoal) -> QWidget:
        due = f"bis {german(goal.due)}" if goal.due else ""
        target = " ".join(part for part in (goal.indicator, goal.target) if part)
        below = " · ".join(part for part in (due, goal.building_block, target, goal.responsible) if part)
        state = GoalStateButton(f"Ziel {goal.nr}", goal.state, partial(self._deeds.set_goal_state, goal))
        return _two_lines(f"{goal.nr}. {goal.title}", below, state)


def _party(party: PartyRow) -> QWidget:
    who = ", ".join(part for part in (party.represented_by, party.function) if part)
    signed = f"unterschrieben am {german(party.signed_on)}" if party.signed_on else ""
    below = " · ".join(part for part in (f"vertreten durch {who}" if who else "", signed) if part)
    return _two_lines(party.name, below)


def _two_lines(first: str, second: str, right: QWidget | None = None) -> QWidget:
    block = QWidget()
    line = QHBoxLayout(block)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(first, wrap=True, selectable=True))
    if second:
        words.addWidget(label(second, "caption", wrap=True, selectable=True))
    line.addLayout(words, 1)
    if right is not None:
        line.addWidget(right, alignment=Qt.AlignmentFlag.AlignTop)
    return block


def _duration(detail: AgreementDetail) -> str:
    term = detail.row.term
    span = " ".join(
        part
        for part in (
            f"ab {german(term.begin)}" if term.begin else "",
            f"bis {german(term.end)}" if term.end else "",
        )
        if part
    )
    return f"{span}, {detail.row.duration}" if span else ""


def _entry(menu: QMenu, text: str, icon: str, call: Callable[[], object]) -> None:
    action = menu.addAction(icons.icon(icon), text.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: call())
