"""The chosen clause beside the list: what it is, the paper with it in place, and its difference to the template."""

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.terms import word
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.record.text_list import ClauseLine
from app.ui.tokens import Tone
from app.ui.widgets.card import clear_layout
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.note import Note
from app.ui.widgets.pills import PillLabel
from app.ui.widgets.text import button, label
from app.workflows.clause_preview import Sample

LEGEND = "Vorlage → hier: Neues ist unterstrichen, Entfallenes durchgestrichen."
SAME = "Wortgleich mit der Vorlage."


class ClauseView(QWidget):
    """Head with room for `deeds`, then the whole paper scrolled to the clause, or the difference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "section", wrap=True)
        self.pills = QWidget()
        self._pills = FlowLayout(self.pills, 6)
        self.bar = QWidget()
        self.deeds = FlowLayout(self.bar, 6)
        self.note = Note(tone=Tone.NEUTRAL)
        self.paper = PaperPreview("Text der Vereinbarung")
        self.difference = DifferenceView("Unterschied zur Vorlage")
        self.paper_button = self._choice("Papier", 0)
        self.difference_button = self._choice("Unterschied zur Vorlage", 1)
        self.paper_button.setChecked(True)
        self._group = QButtonGroup(self)
        for place, one in enumerate((self.paper_button, self.difference_button)):
            self._group.addButton(one, place)
        self.legend = label(LEGEND, "caption")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.paper)
        self._stack.addWidget(self.difference)
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No clause is chosen."""
        self.title.setText("")
        clear_layout(self._pills)
        self.note.hide()
        self.paper.show_html("")
        self.show_side(0)

    def show_clause(self, line: ClauseLine, sample: Sample) -> None:
        """This clause of the text `sample`."""
        row = line.clause
        self.title.setText(line.name)
        clear_layout(self._pills)
        for pill in line.pills:
            self._pills.addWidget(PillLabel(pill))
        facts = ["Pflicht" if row.is_obligatory else "", word(row.condition) if row.condition else ""]
        said = " · ".join(filter(None, facts))
        if said:
            self._pills.addWidget(label(said, "caption"))
        self.note.set_text(row.note or "")
        self.note.setVisible(bool(row.note))
        self.paper.show_html(sample.html(row.position), sample.place(row.position))
        comparable = row.origin_version_id is not None
        self.difference_button.setEnabled(comparable)
        if comparable:
            before = (row.origin_title or "", row.origin_text or "")
            self.difference.show_difference(before, (row.title, row.text), SAME)
        elif self._stack.currentIndex() == 1:
            self.show_side(0)

    def show_side(self, place: int) -> None:
        """0: the paper, 1: the difference."""
        self._stack.setCurrentIndex(place)
        self.legend.setVisible(place == 1)
        self._group.button(place).setChecked(True)

    def _choice(self, text: str, place: int) -> QPushButton:
        made = button(text, lambda: self.show_side(place), role="chip")
        made.setCheckable(True)
        made.setMinimumWidth(
            QFontMetrics(bold(made.font())).horizontalAdvance(text) + 32
        )  # when it is chosen
        return made

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(6)
        sides.addWidget(self.paper_button)
        sides.addWidget(self.difference_button)
        sides.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.pills)
        layout.addWidget(self.bar)
        layout.addWidget(self.note)
        layout.addLayout(sides)
        layout.addWidget(self.legend)
        layout.addWidget(self._stack, 1)


def bold(font: QFont) -> QFont:
    """The same, semi-bold."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result
