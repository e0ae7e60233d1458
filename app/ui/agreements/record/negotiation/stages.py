"""When the agreement came to which stage and by whom, and the dialog that puts it into another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import Stage
from app.domain.dates import german
from app.domain.errors import Invalid
from app.services import office
from app.services.agreements import agreements
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.stage_changes import StageChangeRow
from app.ui.agreements.blocks import two_lines
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, DateEditor, TextEditor, words_of
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.pills import PillLabel
from app.ui.stage_pills import STAGES


@dataclass(frozen=True, slots=True)
class StageStep:
    """An agreement comes to a stage."""

    stage: Stage
    day: date | None
    who: str | None = None
    note: str | None = None


def stages_section(rows: Sequence[StageChangeRow], stage: Stage, change: Callable[[], object]) -> Section:
    """The stages, newest first; one that nobody entered here (a list that was imported) is said."""
    section = Section("Stand", None, "Stand ändern …", change, spacing=10)
    if not rows or rows[0].stage is not stage:
        section.add(two_lines("ohne Datum übernommen", "", PillLabel(STAGES[stage])))
    for row in rows:
        when = " · ".join(filter(None, (german(row.day), row.who)))
        back = "zurück auf diesen Stand" if row.is_back else ""
        note = " · ".join(filter(None, (back, row.note)))
        section.add(two_lines(when, note, PillLabel(STAGES[row.stage])))
    return section


def open_stage_form(context: Context, of: AgreementRow, parent: QWidget) -> FormDialog[StageStep]:
    """Ask for stage, day and person; today and the contact person of the office are proposed."""
    body = FormBody()
    body.row(
        Field("stage", "Neuer Stand", ChoiceEditor(words_of(Stage)), required=True),
        Field("day", "Seit", DateEditor(), required=True),
    )
    body.row(Field("who", "Wer", TextEditor()))
    body.row(Field("note", "Bemerkung", TextEditor("zum Beispiel: Rückfragen der Diakonie zur Laufzeit")))

    def save(step: StageStep) -> None:
        if step.stage is of.stage:
            raise Invalid({"stage": f"Die Vereinbarung hat schon den Stand „{of.stage.word}“."})
        label = f"{of.number}: Stand „{step.stage.word}“"
        context.do(label, agreements.set_stage, of.id, step.stage, step.day, step.who, step.note)

    proposed = StageStep(of.stage, context.today(), context.ask(office.load).contact_person or None)
    sentence = (
        f"{of.number} ist jetzt „{of.stage.word}“. Auch ein früherer Stand ist möglich; alles bleibt "
        "im Verlauf stehen."
    )
    return FormDialog("Stand ändern", body, proposed, save, parent=parent, sentence=sentence).shown()
