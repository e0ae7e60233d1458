"""What follows from the term of an agreement, with the rule behind each date: while typing, and beside the list."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.agreements import agreement_wording
from app.domain.agreements.agreement_timeline import timeline
from app.domain.agreements.agreement_wording import Finding, findings
from app.domain.agreements.agreements import BINDING_STAGES, Stage, Term, term_problems
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.signature_checklist import notice_problem
from app.domain.dates import german
from app.ui.agreements.timeline import TimelineView
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label

TONES = {
    agreement_wording.FindingTone.WARNING: "danger",
    agreement_wording.FindingTone.MAIN: "strong",
    agreement_wording.FindingTone.NEWS: "strong",
    agreement_wording.FindingTone.PLAIN: "",
}


class FindingsView(QWidget):
    """One block for each computed date: what, the day, a sentence, the rule."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._shown: tuple[Finding, ...] = ()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show these; nothing moves while they stay the same."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in found:
            self._layout.addWidget(_block(finding))


def _block(finding: Finding) -> QWidget:
    role = TONES[finding.tone]
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(finding.label, role), 1)
    if finding.day is not None:
        head.addWidget(label(german(finding.day), role or "strong", selectable=True))
    block = QWidget()
    block.setToolTip(finding.rule)
    layout = QVBoxLayout(block)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(1)
    layout.addLayout(head)
    layout.addWidget(label(finding.sentence, "", wrap=True))
    layout.addWidget(label(finding.rule, "caption", wrap=True))
    return block


class TermPanel(QFrame):
    """The live side of the form: contradictions, computed dates, timeline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem = Note(tone=Tone.WARNING)
        self._hint = label("", "muted", wrap=True)
        self.findings = FindingsView()
        self.timeline = TimelineView()
        self._line_title = label("Zeitstrahl", "section")
        content = QWidget()
        content.setProperty("role", "canvas")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(20, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Was daraus folgt", "section"))
        for widget in (self._problem, self._hint, self.findings):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self._line_title)
        layout.addWidget(self.timeline)
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        edge = QFrame()
        edge.setProperty("role", "rule")
        edge.setStyleSheet("max-height: 16777215px; min-height: 0; max-width: 1px; min-width: 1px;")
        outer.addWidget(edge)
        outer.addWidget(area, 1)

    def show_term(self, term: Term, stage: Stage, goals: Iterable[AgreedGoal], on: date) -> None:
        """Compute and show what follows; a contradiction is said instead, a notice nobody can give besides."""
        problems = term_problems(term)
        said = " ".join(problems.values()) or notice_problem(term)
        self._problem.set_text(said)
        self._problem.setVisible(bool(said))
        found = [] if problems else findings(term, on)
        self.findings.show_findings(found)
        self._hint.setText(_hint(bool(found or problems), stage))
        self._hint.setVisible(bool(self._hint.text()))
        line = None if problems else timeline(term, goals, on)
        self.timeline.show_timeline(line, on)
        self._line_title.setVisible(line is not None)


def _hint(known: bool, stage: Stage) -> str:
    if not known:
        return "Sobald Beginn, Ende oder Kündigungsfrist eingetragen sind, stehen hier die Daten mit ihrer Regel."
    if stage not in BINDING_STAGES and stage is not Stage.ENDED:
        return "Noch nicht bindend: In der Übersicht erscheinen diese Daten ab dem Stand „unterzeichnet“."
    return ""
