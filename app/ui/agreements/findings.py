"""Shows the dates that follow from the term of an agreement, each with its rule: while typing, and beside the list."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.agreements import agreement_wording
from app.domain.agreements.agreement_timeline import timeline
from app.domain.agreements.agreement_wording import Finding, findings
from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.signature_checklist import notice_problem
from app.domain.agreements.term import Term, term_problems
from app.domain.dates import german
from app.ui.agreements.timeline import TimelineView
from app.ui.kit.layout import STRETCH, add, column, grow, held, row, scrolled
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label, say

TONES = {
    agreement_wording.FindingTone.WARNING: "danger",
    agreement_wording.FindingTone.MAIN: "strong",
    agreement_wording.FindingTone.NEWS: "strong",
    agreement_wording.FindingTone.PLAIN: "",
}


class FindingsView(QWidget):
    """One block for each computed date: what, the day, a sentence, the rule."""

    def __init__(self, found: Sequence[Finding] = ()) -> None:
        super().__init__()
        self._layout = column(on=self, spacing=10)
        self._shown: tuple[Finding, ...] = ()
        self.show_findings(found)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show these; nothing moves while they stay the same."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        clear_layout(self._layout)
        add(self._layout, *map(_block, found))


def _block(finding: Finding) -> QWidget:
    role = TONES[finding.tone]
    day = label(german(finding.day), role or "strong", selectable=True) if finding.day is not None else None
    block = held(
        column(
            row(grow(label(finding.label, role)), day),
            label(finding.sentence, "", wrap=True),
            label(finding.rule, "caption", wrap=True),
            spacing=1,
        )
    )
    block.setToolTip(plain(finding.rule))
    return block


class TermPanel(QFrame):
    """The live side of the form: contradictions, computed dates, timeline."""

    def __init__(self) -> None:
        super().__init__()
        self._problem = Note(tone=Tone.WARNING)
        self._hint = label("", "muted", wrap=True)
        self.findings = FindingsView()
        self.timeline = TimelineView()
        self._line_title = label("Zeitstrahl", "section")
        content = column(
            label("Was daraus folgt", "section"),
            self._problem,
            self._hint,
            self.findings,
            4,
            self._line_title,
            self.timeline,
            STRETCH,
            margins=(20, 16, 24, 16),
        )
        area = scrolled(held(content, "canvas"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        edge = QFrame()
        edge.setProperty("role", "rule")
        edge.setStyleSheet("max-height: 16777215px; min-height: 0; max-width: 1px; min-width: 1px;")
        row(edge, grow(area), on=self, spacing=0)

    def show_term(
        self, term: Term, stage: Stage, goals: Iterable[AgreedGoal], today: date, on: date | None = None
    ) -> None:
        """Compute and show what follows; a contradiction is said instead, a notice nobody can give besides.

        `on`: the day on which it is asked, if that is another one, such as the one from which an amendment acts.
        """
        on = on or today
        problems = term_problems(term)
        self._problem.say(" ".join(problems.values()) or notice_problem(term))
        found = [] if problems else findings(term, on)
        self.findings.show_findings(found)
        say(self._hint, _hint(bool(found or problems), stage))
        line = None if problems else timeline(term, goals, on)
        self.timeline.show_timeline(line, today)
        self._line_title.setVisible(line is not None)


def _hint(known: bool, stage: Stage) -> str:
    if not known:
        return "Sobald Beginn, Ende oder Kündigungsfrist eingetragen sind, stehen hier die Daten mit ihrer Regel."
    if stage not in BINDING_STAGES and stage is not Stage.ENDED:
        return "Noch nicht bindend: In der Übersicht erscheinen diese Daten ab dem Stand „unterzeichnet“."
    return ""
