"""The form of an amendment: what changes at the left, old beside new and the dates that follow at the right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreement_wording import notice_phrase
from app.domain.agreements.agreements import GoalAction
from app.domain.agreements.amendments import AmendedPoint, amendment_problems
from app.domain.agreements.term import term_problems
from app.domain.counting import next_number
from app.domain.dates import german
from app.domain.money import euro
from app.services.agreements import agreement_register, agreements, amendments
from app.services.agreements.agreement_register import AgreementChoices
from app.services.agreements.agreements import AgreementInput, GoalInput
from app.services.agreements.amendments import GOAL_FIELDS, AmendmentInput, GoalChangeInput
from app.ui.agreements.findings import TermPanel
from app.ui.agreements.form import goal_marks, notice_fields, renewal_field
from app.ui.agreements.goals import GoalsEditor
from app.ui.agreements.life.comparison import ComparisonView
from app.ui.agreements.parties import PartiesEditor
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    CheckEditor,
    ChoiceEditor,
    DateEditor,
    RowColumn,
    TextEditor,
    record_column,
    words_of,
)
from app.ui.kit.editors.checks import ChecksEditor
from app.ui.kit.editors.choices import Option
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import column, grow
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label
from app.ui.papers.marked import ABOUT_LINES, MarkedEditor

SIZE = (1180, 740)
SENTENCE = (
    "Ein Entwurf darf unvollständig sein. Sind alle Unterschriften da, wirkt er ab seinem Tag („Gilt ab“)."
)
TERM_FIELDS = ("end", "renewal_months", "minimum_until", "notice", "notice_unit", "notice_effect")


class AmendmentBody(FormBody):
    """The fields of an amendment; below each what the agreement says so far. Fields that do not count are off.

    `before`: the agreement on the amendment's day, which may be moved; `last`: once all signed amendments act.
    """

    def __init__(self, before: AgreementInput, last: AgreementInput, choices: AgreementChoices) -> None:
        super().__init__()
        self._before = before
        self.section("Nachtrag")
        self.row(
            Field("title", "Titel", TextEditor("Worum es geht"), stretch=2),
            Field("effective_from", "Gilt ab", DateEditor()),
        )
        words = MarkedEditor("Grund und alles, was sich nicht in Feldern sagen lässt", lines=4)
        self.row(Field("text", "Text", words, hint=ABOUT_LINES))
        self._term()
        self.section("Betrag")
        self.row(
            Field("changes_amount", "Betrag", CheckEditor("Der Nachtrag ändert den Betrag"), stretch=2),
            Field("amount_cents", "Neuer Betrag", AmountEditor(negative=False)),
        )
        self._parties(before, last, choices)
        self.section("Ziele", "Nur Ziele, die dazukommen, sich ändern oder entfallen.")
        self.goals = _goals_editor(lambda: self._before.goals, choices.building_blocks)
        self.row(Field("goals", "Ziele im Nachtrag", self.goals))
        self.goals.changed.connect(self._fill_in_goals)
        self._say_what_held(before)
        for check, names in (("changes_term", TERM_FIELDS), ("changes_amount", ("amount_cents",))):
            for told in (self[check].editor.changed, self.filled):
                told.connect(partial(self._switch, check, names))

    def _parties(self, before: AgreementInput, last: AgreementInput, choices: AgreementChoices) -> None:
        """Who is there can only leave, who is not can only join, whatever the day."""
        self.section("Partner", "Wer beitritt oder ausscheidet, unterschreibt den Nachtrag mit.")
        names = {actor.id: actor.name for actor in choices.actors}
        staying = [(party.actor_id, names[party.actor_id]) for party in last.parties]
        known = {party.actor_id for party in (*before.parties, *last.parties)}
        others = [actor for actor in choices.actors if actor.id not in known]
        self.row(Field("joining", "Treten bei", PartiesEditor(others, empty="Niemand", signing=False)))
        self.row(Field("leaving", "Scheiden aus", ChecksEditor(staying)))

    def _term(self) -> None:
        self.section("Laufzeit und Kündigung")
        self.row(
            Field("changes_term", "Laufzeit", CheckEditor("Der Nachtrag ändert Laufzeit oder Kündigung"))
        )
        self.row(
            Field("end", "Neues Ende", DateEditor()),
            renewal_field(""),
            Field("minimum_until", "Mindestlaufzeit bis", DateEditor()),
        )
        self.row(*notice_fields())

    def _say_what_held(self, before: AgreementInput) -> None:
        """Below each field what the agreement says on the amendment's day without it."""
        for name, said in (
            ("end", german(before.end) if before.end else "unbefristet"),
            ("renewal_months", f"{before.renewal_months} Monate" if before.renewal_months else "keine"),
            ("minimum_until", german(before.minimum_until) if before.minimum_until else "keine"),
            ("notice", notice_phrase(before.term) if before.notice is not None else "keine"),
            ("amount_cents", euro(before.amount_cents) if before.amount_cents is not None else "keiner"),
        ):
            self[name].set_hint(f"bisher: {said}")

    def start_from(self, before: AgreementInput) -> None:
        """The amendment's day has moved: fields that say what held on the day before say what holds now."""
        old, self._before = self._before, before
        for name in (*TERM_FIELDS, "amount_cents"):
            editor = self[name].editor
            try:
                untouched = editor.value() == getattr(old, name)
            except ValueError:
                continue  # the field says itself what is wrong with it
            if untouched:
                editor.set_value(getattr(before, name))
        self._say_what_held(before)
        self.changed.emit()

    def _switch(self, check: str, names: Sequence[str]) -> None:
        """Fields count only with their tick; without it they show what holds."""
        on = bool(self[check].editor.value())
        for name in names:
            self[name].setEnabled(on)
            if not on:
                self[name].editor.set_value(getattr(self._before, name))
                self[name].set_problem("")
        self.changed.emit()

    def _fill_in_goals(self) -> None:
        """A goal that is to change starts with its wording, as soon as its number is known."""
        known = {goal.nr: goal for goal in self._before.goals}
        rows = self.goals.rows_model.rows
        for place, row in enumerate(rows):
            if row.action is GoalAction.CHANGE and row.nr in known and row.title is None:
                rows[place] = _change_of(known[row.nr])


class AmendmentPanel(QWidget):
    """The live side: contradictions and old beside new, below them what follows from the new term."""

    def __init__(self) -> None:
        super().__init__()
        self._problem = Note(tone=Tone.WARNING)
        self._empty = label("Noch ändert der Nachtrag nichts.", "muted", wrap=True)
        self.comparison = ComparisonView()
        self.term = TermPanel()
        title = label("Bisher und neu", "section")
        top = column(title, self._problem, self._empty, self.comparison, spacing=10, margins=(20, 16, 24, 4))
        column(top, grow(self.term), on=self, spacing=0)

    def show_amendment(self, problems: Sequence[str], changes: Sequence[AmendedPoint]) -> None:
        """Show these; contradictions of the term alone stand with its dates."""
        self._problem.say(" ".join(problems))
        self._empty.setVisible(not changes)
        self.comparison.show_changes(changes)


def open_amendment(
    context: Context,
    agreement_id: int,
    amendment_id: int | None,
    parent: QWidget,
    saved: Callable[[int], object] | None = None,
) -> FormDialog[AmendmentInput]:
    """Open the form of an amendment, or of a new one that starts with what holds."""
    today = context.today()
    before = context.ask(agreements.load, agreement_id, today)
    last = context.ask(agreements.load, agreement_id, date.max)
    choices = context.ask(agreement_register.choices)
    if amendment_id is None:
        values, title = (
            context.ask(amendments.blank, agreement_id, today),
            f"Nachtrag zu {before.number} anlegen",
        )
    else:
        values, title = context.ask(amendments.load, amendment_id), f"Nachtrag zu {before.number}"
        before = context.ask(agreements.load, agreement_id, values.effective_from or today)
    body, panel = AmendmentBody(before, last, choices), AmendmentPanel()
    bases = {"now": before}

    def show(now: AmendmentInput) -> None:
        before = context.ask(agreements.load, agreement_id, now.effective_from or today)
        if before != bases["now"]:
            bases["now"] = before
            body.start_from(before)  # and shows once more
            return
        term = now.term(before.term)
        problems = amendment_problems(before.term, term, now.effective_from)
        changes = context.ask(amendments.changes, before, now)
        own = [sentence for sentence in problems.values() if sentence not in term_problems(term).values()]
        panel.show_amendment(own, changes)
        panel.term.show_term(term, before.stage, goal_marks(before.goals), today, now.effective_from)

    def save(changed: AmendmentInput) -> int:
        label = f"Nachtrag zu {before.number} gespeichert"
        return context.do(label, amendments.save, agreement_id, amendment_id, changed)

    return FormDialog(
        title,
        body,
        values,
        save,
        parent=parent,
        sentence=SENTENCE,
        side=panel,
        size=SIZE,
        saved=saved,
        watch=show,
    ).shown()


def _goals_editor(agreed: Callable[[], Sequence[GoalInput]], blocks: Sequence[Option]) -> GoalsEditor:
    """`agreed`: the goals on the amendment's day."""
    columns = (
        RowColumn("nr", "Nr.", TextEditor, width=60, required=True),
        RowColumn(
            "action",
            "Was geschieht",
            lambda: ChoiceEditor(words_of(GoalAction)),
            attrgetter("word"),
            width=120,
        ),
        RowColumn("title", "Ziel", TextEditor, width=200, stretch=True),
        record_column("building_block_id", "Baustein", blocks, 130),
        RowColumn("due", "Frist", DateEditor, width=110),
    )

    def blank(rows: Sequence[Any]) -> GoalChangeInput:
        """The next goal that is not in the amendment yet, to be changed; after the last one a new goal."""
        taken = {row.nr for row in rows}
        for goal in agreed():
            if goal.nr not in taken:
                return _change_of(goal)
        number = next_number((*taken, *(goal.nr for goal in agreed())))
        return GoalChangeInput(str(number), GoalAction.ADD)

    def pasted(rows: Sequence[Any], entered: Mapping[str, Any]) -> GoalChangeInput:
        """A goal that the agreement has is changed, with all else that it says; any other is new."""
        named = next((goal for goal in agreed() if goal.nr == entered.get("nr")), None)
        if named is not None:
            return replace(_change_of(named), **entered)
        number = next_number((*(row.nr for row in rows), *(goal.nr for goal in agreed())))
        return replace(GoalChangeInput(str(number), GoalAction.ADD), **entered)

    return GoalsEditor(blocks, columns, blank, pasted)


def _change_of(goal: Any) -> GoalChangeInput:
    return replace(GoalChangeInput(goal.nr), **{name: getattr(goal, name) for name in GOAL_FIELDS})
