"""The chosen clause beside the list: what it is, the paper with it in place, and its difference to the template."""

from app.ui.agreements.clauses.chip_pane import ChipPane
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.record.text.list import ClauseLine
from app.ui.kit.layout import column, grow, held
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label
from app.workflows.agreements.clause_preview import ClauseSample

LEGEND = "Vorlage → hier: Neues ist unterstrichen, Entfallenes durchgestrichen."
SAME = "Wortgleich mit der Vorlage."
PAPER, DIFFERENCE = 0, 1


class ClauseView(ChipPane):
    """The whole paper scrolled to the clause, or the difference."""

    def __init__(self) -> None:
        note = Note(tone=Tone.NEUTRAL)
        super().__init__(("Papier", "Unterschied zur Vorlage"), card=False, note=note)
        self.note = note
        self.paper = PaperPreview("Text der Vereinbarung")
        self.difference = DifferenceView("Unterschied zur Vorlage")
        self.add_part(self.paper)
        legend = label(LEGEND, "caption", wrap=True)
        self.add_part(held(column(legend, grow(self.difference), spacing=4)))
        self.show_nothing()

    def show_nothing(self) -> None:
        """No clause is chosen."""
        self.set_head("", (), "")
        self.note.hide()
        self.paper.show_html("")
        self.show_part(PAPER)

    def show_clause(self, line: ClauseLine, sample: ClauseSample) -> None:
        """This clause of the text `sample`."""
        row = line.clause
        facts = ("Pflichtklausel" if row.is_obligatory else "", row.condition.word if row.condition else "")
        self.set_head(line.name, line.pills, " · ".join(filter(None, facts)))
        self.note.say(row.note or "")
        self.paper.show_html(sample.html(row.position), sample.place(row.position))
        self.chips.button(DIFFERENCE).setEnabled(row.origin is not None)
        if row.origin is not None:
            before = row.origin.title, row.origin.text
            self.difference.show_difference(before, (row.title, row.text), SAME)
        elif self.stack.currentIndex() == DIFFERENCE:
            self.show_part(PAPER)
