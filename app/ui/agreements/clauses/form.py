"""The form of a clause: title and text left, right what they say on paper while she types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.reports.agreements.data import PaperClause
from app.ui.agreements.clauses.markup import MarkupEditor
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.kit.editors import CheckEditor, ChoiceEditor, MultilineEditor, Option, TextEditor, words_of
from app.ui.kit.form import Field, FormBody
from app.ui.kit.layout import column, grow, row
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label
from app.workflows.agreements.clause_preview import ClauseSample

PAUSE_MS = 200
"""How long she pauses typing before the paper is set again."""
SIZE = (1200, 760)
SIDE = 420


@dataclass(frozen=True, slots=True)
class Trial:
    """On what a wording is tried.

    `key`: the clause's position or id on it; `behind`: the position that a new one follows; `samples`: agreements to
    choose from.
    """

    sample: ClauseSample
    key: int | None
    titles: Mapping[str, str]
    samples: Sequence[Option] = ()
    chosen: int | None = None
    load: Callable[[int | None], ClauseSample] | None = None
    behind: int | None = None


class LivePreview(QWidget):
    """The clause on paper, perhaps with a choice of the agreement it is tried on."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.setMinimumWidth(SIDE)
        self.paper = PaperPreview("Vorschau der Klausel")
        self.note = Note(tone=Tone.INFO)
        self.note.hide()
        self.sample = ChoiceEditor(trial.samples, empty="ohne Beispiel", narrow=True)
        self.sample.set_value(trial.chosen)
        self.sample.set_name("Beispiel für die Vorschau")
        choice = () if trial.load is None else (label("Beispiel", "muted"), grow(self.sample))
        head = row(grow(label("So steht es auf dem Papier", "strong")), *choice)
        column(head, self.note, grow(self.paper), on=self, spacing=8, margins=(0, 16, 24, 16))


class ClauseBody(FormBody):
    """Title and text of a clause, with its live preview in `view`. `note`: what its author should know."""

    def __init__(self, trial: Trial, *, note: str | None = None) -> None:
        super().__init__()
        self._trial, self._sample = trial, trial.sample
        self.view = LivePreview(trial)
        self.text = MarkupEditor(trial.sample.values(), trial.titles)
        if note:
            self.add(Note(note, Tone.INFO))
        self.row(Field("title", "Überschrift", TextEditor(), required=True))
        self.row(Field("text", "Text", self.text, required=True))
        self._pause = later(self, self.show_paper, PAUSE_MS)
        self.changed.connect(self._pause.start)
        self.filled.connect(self.show_paper)
        self.view.sample.changed.connect(self._other_sample)

    def show_paper(self) -> None:
        """Set the paper again, and say what would not print as it is meant."""
        self._pause.stop()
        problems = self.text.problems()
        self["text"].set_problem(" ".join(problems))
        condition = self._condition()
        holds = self._sample.applies(condition)
        self.view.note.say("" if holds else "In diesem Beispiel gilt die Klausel nicht.")
        title, text = self["title"].editor.value() or "", self.text.value() or ""
        clause = PaperClause(title, text, self._key(), condition, self._numbered())
        self.view.paper.show_html(self._sample.clause_html(self._trial.key, clause, self._trial.behind))

    def _key(self) -> str:
        at = self._sample.place(self._trial.key) if self._trial.key is not None else None
        return self._sample.paper.clauses[at].key if at is not None else ""

    def _condition(self) -> ClauseCondition | None:
        return None

    def _numbered(self) -> bool:
        return True

    def _other_sample(self) -> None:
        if self._trial.load is not None:
            self._sample = self._trial.load(self.view.sample.value())
            self.text.set_values(self._sample.values())
            self.show_paper()


class LibraryBody(ClauseBody):
    """A clause of the library: besides its words what it is for, when it applies, and a note to the author."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial)
        self.row(
            Field("kind", "Für", ChoiceEditor(words_of(AgreementKind), empty="beide Arten")),
            Field("condition", "Gilt", ChoiceEditor(words_of(ClauseCondition), empty="immer")),
        )
        self.row(
            Field("is_obligatory", "Pflicht", CheckEditor("Pflicht: weggelassen wird sie gemeldet")),
            Field("is_numbered", "Paragraf", CheckEditor("Mit Paragrafenzeichen")),
        )
        never = "Steht beim Bearbeiten dabei und wird nie gedruckt."
        self.row(Field("note", "Hinweis für die Verfasserin", MultilineEditor(lines=3), hint=never))

    def _condition(self) -> ClauseCondition | None:
        return self["condition"].editor.value()  # type: ignore[no-any-return]

    def _numbered(self) -> bool:
        return bool(self["is_numbered"].editor.value())
