"""The forms of a goal and of a report on it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goal_light import share
from app.domain.agreements.goal_wording import measured
from app.services.agreements import agreement_register, goal_reports, goals
from app.services.agreements.goal_reports import ReportInput
from app.services.agreements.goals import GoalLine, MeasuredGoal
from app.ui.agreements.corrections import AgreedForm
from app.ui.agreements.goal_columns import target_of
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.editors import (
    ChoiceEditor,
    DateEditor,
    DecimalEditor,
    MultilineEditor,
    RecordEditor,
    SuggestEditor,
    TextEditor,
    words_of,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


def open_goal(
    context: Context,
    agreement_id: int,
    number: str,
    goal_id: int | None,
    parent: QWidget,
    saved: Callable[[int], object],
) -> FormDialog[MeasuredGoal]:
    """Create (`goal_id` None) or change a goal; `saved` hears its id."""
    new = goal_id is None
    today = context.today()
    values = (
        context.ask(goals.blank, agreement_id) if goal_id is None else context.ask(goals.load, goal_id, today)
    )

    body, agreed = goal_body(context), AgreedForm(context, agreement_id)
    agreed.hold(body, "goal")

    def save(entered: MeasuredGoal) -> int:
        label = f"{number}, Ziel {entered.nr} {'angelegt' if new else 'gespeichert'}"
        return agreed.do(label, goals.save, agreement_id, goal_id, entered, today)

    title = f"Ziel zu {number} anlegen" if new else f"Ziel {values.nr} von {number}"
    return FormDialog(title, body, values, save, parent=parent, saved=saved).shown()


def goal_change(context: Context) -> FieldChange[GoalLine]:
    """What several goals can be given at once, of one agreement or of many."""
    return FieldChange(
        ("Ziel", "Ziele"),
        ("due", "building_block_id", "responsible", "state", "measure", "indicator", "unit", "evidence"),
        lambda: goal_body(context),
        goals.load,
        goals.change,
        lambda line: f"{line.agreement.number}, Ziel {line.goal.nr}",
    )


def goal_body(context: Context) -> FormBody:
    """Fields of a goal, fitting MeasuredGoal."""
    blocks = context.ask(agreement_register.choices).building_blocks
    body = FormBody()
    body.row(
        Field("nr", "Nr.", TextEditor(), required=True, stretch=1),
        Field("title", "Ziel", TextEditor("Was erreicht werden soll"), required=True, stretch=6),
    )
    body.row(
        Field("building_block_id", "Baustein", RecordEditor(blocks)),
        Field("due", "Frist", DateEditor()),
        Field("state", "Stand", ChoiceEditor(words_of(GoalState)), hint="Der neueste Bericht setzt ihn."),
    )
    body.section("Woran es gemessen wird")
    body.row(
        Field("indicator", "Indikator", TextEditor("Woran man es misst")),
        Field("target", "Soll", TextEditor("Wie es in der Vereinbarung steht")),
    )
    value_hint = "Für Balken und Ampel. Leer: ohne Zahl."
    body.row(
        Field("target_value", "Zielwert als Zahl", DecimalEditor(), hint=value_hint),
        Field("unit", "Einheit", TextEditor("zum Beispiel Ehrenamtliche, %")),
    )
    body.section("Wer, wie, Nachweis")
    body.row(
        Field("responsible", "Verantwortlich", TextEditor("Person oder Stelle")),
        Field("evidence", "Nachweis", TextEditor("Wie es belegt wird")),
    )
    body.row(Field("measure", "Maßnahme", MultilineEditor("Was getan wird", lines=2)))
    return body


def open_report(
    context: Context,
    line: GoalLine,
    report_id: int | None,
    parent: QWidget,
    saved: Callable[[int], object],
) -> FormDialog[ReportInput]:
    """Note (`report_id` None) or change a report on a goal; `saved` hears its id."""
    goal, today = line.goal, context.today()
    if report_id is None:
        values = context.ask(goal_reports.blank, line.id, today)
    else:
        values = context.ask(goal_reports.load, report_id)
    body = FormBody()
    body.row(
        Field("day", "Tag", DateEditor(), required=True),
        Field("state", "Stand", ChoiceEditor(words_of(GoalState)), required=True),
        Field("figure", "Erreichte Zahl", DecimalEditor(goal.unit or "", negative=True)),
    )
    body.row(Field("text", "Bericht", MultilineEditor("Was getan wurde und was daraus wurde", lines=5)))
    body.row(Field("author", "Von", SuggestEditor(context.ask(goal_reports.authors))))

    def save(entered: ReportInput) -> int:
        word = "erfasst" if report_id is None else "geändert"
        label = f"{line.agreement.number}, Ziel {goal.nr}: Bericht {word}"
        return context.do(label, goal_reports.save, line.id, report_id, entered, today)

    def show_share(now: ReportInput) -> None:
        percent = share(now.figure, goal.target_value)
        wanted = measured(goal.target_value, goal.unit) if goal.target_value is not None else ""
        against = f"Zielwert {wanted}" if wanted else "Ohne Zielwert nur zur Kenntnis"
        body["figure"].set_hint(against if percent is None else f"{percent} % von {wanted}")

    wanted = target_of(line)
    sentence = f"{goal.nr}. {goal.title}" + (f" · Soll: {wanted}" if wanted else "")
    title = "Bericht erfassen" if report_id is None else "Bericht ändern"
    return FormDialog(
        title, body, values, save, parent=parent, sentence=sentence, saved=saved, watch=show_share
    ).shown()
