"""The form of an agreement: sections left, what follows from the term live at the right."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.services.agreements import agreement_register, agreements, clauses, signatures
from app.services.agreements.agreement_register import AgreementChoices
from app.services.agreements.agreements import AgreementInput, GoalInput
from app.services.agreements.clauses import TemplateRow
from app.ui.agreements.corrections import AgreedForm
from app.ui.agreements.findings import TermPanel
from app.ui.agreements.goals import GoalsEditor
from app.ui.agreements.parties import PartiesEditor
from app.ui.agreements.template_choice import TemplateChoice
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    DateEditor,
    MultilineEditor,
    RecordEditor,
    TextEditor,
    WholeEditor,
    words_of,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog

SIZE = (1180, 740)
PROOF_HINT = "nach jedem Haushaltsjahr und nach dem Ende"
"""From when on the months count within which the actor proves how it used the money."""


class RemindersEditor(TextEditor):
    """Days ahead of a date, several apart by semicolons; the value is a tuple, longest first."""

    def __init__(self) -> None:
        super().__init__("90; 30; 7", unit="Tage vorher")

    def value(self) -> Any:
        parts = [part.strip() for part in (super().value() or "").replace(",", ";").split(";")]
        wrong = [
            part for part in parts if part and not (part.isdecimal() and len(part) <= 3 and int(part) <= 730)
        ]
        if wrong:
            raise ValueError(f"„{wrong[0]}“ ist keine Zahl von Tagen (0 bis 730).")
        return tuple(sorted({int(part) for part in parts if part}, reverse=True))

    def set_value(self, value: Any) -> None:
        super().set_value("; ".join(str(days) for days in value or ()))


def renewal_field(hint: str) -> Field:
    """By how much a term is renewed."""
    return Field("renewal_months", "Verlängerung um", WholeEditor("Monate", most=1200), hint=hint)


def notice_fields(hint: str = "") -> tuple[Field, Field, Field]:
    """How long before, and to which day, notice can be given."""
    return (
        Field("notice", "Kündigungsfrist", WholeEditor(most=3660), hint=hint),
        Field("notice_unit", "Einheit", ChoiceEditor(words_of(NoticeUnit), empty="–")),
        Field("notice_effect", "Kündigung zum", ChoiceEditor(words_of(NoticeEffect), empty="–")),
    )


class AgreementBody(FormBody):
    """The fields of an agreement. `choices`: what can be picked; `own_id` is not offered as parent."""

    def __init__(
        self, choices: AgreementChoices, own_id: int | None, templates: Sequence[TemplateRow] = ()
    ) -> None:
        super().__init__()
        self._basics(choices, own_id, templates)
        self._parties(choices)
        self._term()
        self.section("Ziele")
        self.row(Field("goals", "Ziele der Vereinbarung", GoalsEditor(choices.building_blocks)))
        self._money_and_stage()

    def _basics(
        self, choices: AgreementChoices, own_id: int | None, templates: Sequence[TemplateRow]
    ) -> None:
        self.section("Vereinbarung")
        self.row(
            Field("kind", "Art", ChoiceEditor(words_of(AgreementKind)), required=True, stretch=2),
            Field("number", "Nummer", TextEditor("ZV-2026-01"), required=True, stretch=1),
        )
        self.row(Field("title", "Titel", TextEditor("Worum es geht"), required=True))
        self.template = TemplateChoice(templates, self["kind"].editor)
        self.template.hide()
        self.add(self.template)
        others = [(key, text) for key, text in choices.agreements if key != own_id]
        self.row(
            Field("quarter_id", "Quartier", RecordEditor(choices.quarters)),
            Field("belongs_to_id", "Gehört zu", RecordEditor(others, "Zielvereinbarung, an der sie hängt")),
        )

    def _parties(self, choices: AgreementChoices) -> None:
        self.section(
            "Partner",
            "Der erste ist der Hauptpartner. Die Stadt ist immer Partei und steht nicht in der Liste.",
        )
        editor = PartiesEditor(choices.actors, empty="Noch keine Partner")
        self.row(Field("parties", "Partner", editor, required=True))

    def _term(self) -> None:
        self.section("Laufzeit")
        self.row(
            Field("begin", "Beginn", DateEditor()),
            Field("end", "Ende", DateEditor(), hint="leer: unbefristet"),
            renewal_field("leer: endet von selbst"),
        )
        self.row(*notice_fields())
        self.row(
            Field("minimum_until", "Mindestlaufzeit bis", DateEditor()),
            Field("terminated_to", "Gekündigt zum", DateEditor()),
            Field("reminders", "Erinnern", RemindersEditor()),
        )

    def _money_and_stage(self) -> None:
        self.section("Geld und Stand")
        self.row(
            Field("amount_cents", "Betrag", AmountEditor(negative=False)),
            Field(
                "proof_months",
                "Nachweis nach",
                WholeEditor("Monaten", most=120),
                hint=PROOF_HINT,
            ),
            Field("stage", "Stand", ChoiceEditor(words_of(Stage)), required=True),
            Field("signed_on", "Unterzeichnet am", DateEditor()),
        )
        self.row(Field("notes", "Notizen", MultilineEditor(lines=3)))


def open_form(
    context: Context,
    agreement_id: int | None,
    parent: QWidget,
    saved: Callable[[int], object] | None = None,
    **start: Any,
) -> FormDialog[AgreementInput]:
    """Open the form of an agreement, or of a new one that starts with the values of `start`."""
    offered = context.ask(agreement_register.choices)
    today = context.today()
    if agreement_id is None:
        kind = start.pop("kind", AgreementKind.TARGET)
        values = AgreementInput(
            number=context.ask(agreements.proposed_number, kind, today.year),
            kind=kind,
            title="",
            notice_unit=NoticeUnit.MONTHS,
            notice_effect=NoticeEffect.END_OF_TERM,
            **start,
        )
        title = "Vereinbarung anlegen"
    else:
        values = context.ask(agreements.load, agreement_id, context.today())
        title = f"{values.kind.word} {values.number}"
    templates = context.ask(clauses.templates) if agreement_id is None else ()
    body, panel = AgreementBody(offered, agreement_id, templates), TermPanel()
    agreed = AgreedForm(context, agreement_id)
    agreed.hold(body, "agreement")

    def show(now: AgreementInput) -> None:
        panel.show_term(now.term, now.stage, goal_marks(now.goals), today)

    def save(changed: AgreementInput) -> int:
        label = f"Vereinbarung {changed.number} gespeichert"
        return agreed.do(label, signatures.save, agreement_id, changed, today, body.template.template_id)

    dialog = FormDialog(
        title, body, values, save, parent=parent, side=panel, size=SIZE, saved=saved, watch=show
    )
    if agreement_id is None:
        _propose_numbers(context, body, values.number, today.year)
        body.template.follow()
    return dialog.shown()


def goal_marks(goals: Sequence[GoalInput]) -> list[AgreedGoal]:
    """The goals with a date, as marks of the timeline."""
    return [AgreedGoal(goal.nr, goal.title, due=goal.due, state=goal.state) for goal in goals if goal.due]


def _propose_numbers(context: Context, body: FormBody, first: str, year: int) -> None:
    """As long as nobody wrote a number of her own, it follows the kind."""
    proposed = [first]
    kind, number = body["kind"].editor, body["number"].editor

    def follow() -> None:
        if kind.value() is not None and number.value() == proposed[0]:
            proposed[0] = context.ask(agreements.proposed_number, kind.value(), year)
            number.set_value(proposed[0])

    kind.changed.connect(follow)
