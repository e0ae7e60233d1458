"""The chosen clause beside the list: what it is, the paper with it in place, and its difference to the template."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.terms import word
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.clauses.sides import Sides
from app.ui.agreements.record.text.list import ClauseLine
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label
from app.workflows.agreements.clause_preview import ClauseSample

LEGEND = "Vorlage → hier: Neues ist unterstrichen, Entfallenes durchgestrichen."
SAME = "Wortgleich mit der Vorlage."
PAPER, DIFFERENCE = 0, 1


class ClauseView(Sides):
    """The whole paper scrolled to the clause, or the difference. `deeds`: room for the tab's buttons."""

    def __init__(self) -> None:
        super().__init__(("Papier", "Unterschied zur Vorlage"), card=False)
        self.note = Note(tone=Tone.NEUTRAL)
        self.column.insertWidget(4, self.note)  # below the buttons
        self.paper = PaperPreview("Text der Vereinbarung")
        self.difference = DifferenceView("Unterschied zur Vorlage")
        compared = QWidget()
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(LEGEND, "caption", wrap=True))
        column.addWidget(self.difference, 1)
        self.add_side(self.paper)
        self.add_side(compared)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No clause is chosen."""
        self.set_head("", (), "")
        self.note.hide()
        self.paper.show_html("")
        self.show_side(PAPER)

    def show_clause(self, line: ClauseLine, sample: ClauseSample) -> None:
        """This clause of the text `sample`."""
        row = line.clause
        facts = ("Pflichtklausel" if row.is_obligatory else "", word(row.condition) if row.condition else "")
        self.set_head(line.name, line.pills, " · ".join(filter(None, facts)))
        self.note.set_text(row.note or "")
        self.note.setVisible(bool(row.note))
        self.paper.show_html(sample.html(row.position), sample.place(row.position))
        comparable = row.origin_version_id is not None
        self.chips.button(DIFFERENCE).setEnabled(comparable)
        if comparable:
            before = (row.origin_title or "", row.origin_text or "")
            self.difference.show_difference(before, (row.title, row.text), SAME)
        elif self.stack.currentIndex() == DIFFERENCE:
            self.show_side(PAPER)
