"""The form of a notice, sent or received: what was written and when it came; at the right the end that follows."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreement_timeline import timeline
from app.domain.agreements.agreements import NoticeDirection
from app.domain.agreements.term import Term
from app.domain.dates import german
from app.services.agreements import agreements, notices, signatories
from app.services.agreements.notices import NoticeInput
from app.ui.agreements.form import goal_marks
from app.ui.agreements.timeline import TimelineView
from app.ui.context import Context
from app.ui.kit.editors import CheckEditor, ChoiceEditor, DateEditor, MultilineEditor, words_of
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, column
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label


class NoticeBody(FormBody):
    """The fields of a notice. Which of them count depends on its kind."""

    def __init__(self, parties: list[tuple[int, str]]) -> None:
        super().__init__()
        self.row(
            Field("direction", "Wer kündigt", ChoiceEditor(words_of(NoticeDirection)), required=True),
            Field("party_id", "Partner", ChoiceEditor(parties, empty="–", narrow=True)),
        )
        self.row(
            Field("dated", "Datum des Schreibens", DateEditor()),
            Field("arrived_on", "Zugegangen am", DateEditor(), hint="Ab diesem Tag zählt die Frist."),
        )
        extraordinary = CheckEditor("Außerordentliche Kündigung aus wichtigem Grund")
        self.row(Field("is_extraordinary", "Art", extraordinary))
        self.row(
            Field("wanted", "Im Schreiben genanntes Ende", DateEditor(), hint="leer: nächstmögliches"),
            Field("own_end", "Ende von Hand", DateEditor(), hint="nur außerordentlich oder ohne Frist"),
        )
        self.row(Field("note", "Notiz", MultilineEditor("Grund, Umstände, Absprachen", lines=3)))


class NoticePanel(QWidget):
    """The end that follows, the rule behind it, and the timeline up to it."""

    def __init__(self) -> None:
        super().__init__()
        self.end = label("", "title")
        self.sentence = Note(tone=Tone.INFO)
        self.rule = label("", "caption", wrap=True)
        self.line = TimelineView()
        title = label("Ende der Vereinbarung", "section")
        parts = (title, self.end, self.sentence, self.rule, 8, self.line, STRETCH)
        column(*parts, on=self, spacing=10, margins=(20, 16, 24, 16))

    def show_notice(self, term: Term, data: NoticeInput) -> Term:
        """Reckon and say it; the term as it would be."""
        found = notices.answer(term, data)
        reached = found.reached if found else None
        end = reached.end if reached else data.own_end
        self.end.setText(german(end) if end else "noch offen")
        tone = Tone.WARNING if found and (found.missed or reached is None) else Tone.INFO
        self.sentence.say(found.sentence if found else _hint(data), tone)
        rule = found.rule if found and reached else ""
        arrival = notices.reckoned_arrival(data)
        if data.arrived_on is None and arrival is not None:
            reckoned = f"Zugang gerechnet: {german(arrival)}, dritter Arbeitstag nach dem Schreiben, bis er feststeht."
            rule = f"{reckoned} {rule}"
        self.rule.setText(rule)
        return replace(term, terminated_to=end)


def open_notice(
    context: Context, agreement_id: int, parent: QWidget, notice_id: int | None = None
) -> FormDialog[NoticeInput]:
    """Ask for a notice; saving it ends the agreement on the day that follows, in one step."""
    today = context.today()
    agreement = context.ask(agreements.load, agreement_id, today)
    # one that was given stays of who gave it, also where that one is no party any more
    parties = context.ask(signatories.parties, agreement_id, today if notice_id is None else None)
    if notice_id is None:
        first = parties[0][0] if parties else None
        values = NoticeInput(NoticeDirection.RECEIVED, party_id=first, arrived_on=today)
    else:
        values = context.ask(notices.load, notice_id)
    body, panel = NoticeBody(parties), NoticePanel()

    def term_for(entered: NoticeInput) -> Term:
        return context.ask(notices.term_on_arrival, agreement_id, entered, today)

    def show(now: NoticeInput) -> None:
        term = term_for(now)
        after = panel.show_notice(term, now)
        body["wanted"].setEnabled(not now.is_extraordinary)
        found = notices.answer(term, now)
        body["own_end"].setEnabled(now.is_extraordinary or (found is not None and found.reached is None))
        panel.line.show_timeline(timeline(after, goal_marks(agreement.goals), today), today)

    def save(entered: NoticeInput) -> None:
        found = notices.answer(term_for(entered), entered)
        end = found.reached.end if found and found.reached else entered.own_end
        label = f"{agreement.number} gekündigt" + (f" zum {german(end)}" if end else "")
        context.do(label, notices.save, agreement_id, notice_id, entered, today)

    title, save_text = f"Kündigung von {agreement.number}", "Kündigung eintragen"
    sentence = "Mit dem Speichern steht die Vereinbarung auf „gekündigt zum“. Es lässt sich zurücknehmen."
    return FormDialog(
        title,
        body,
        values,
        save,
        parent=parent,
        sentence=sentence,
        side=panel,
        save_text=save_text,
        watch=show,
    ).shown()


def _hint(data: NoticeInput) -> str:
    if data.is_extraordinary:
        return (
            "Eine außerordentliche Kündigung wirkt zu dem Tag, den sie nennt, frühestens mit ihrem Zugang "
            "(§ 314 BGB)."
        )
    if data.direction is NoticeDirection.SENT:
        return "Sobald das Datum des Schreibens oder der Zugang eingetragen ist, steht hier das Ende."
    return "Sobald der Tag des Zugangs eingetragen ist, steht hier das Ende."
