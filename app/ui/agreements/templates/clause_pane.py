"""A clause of the library: its paper, its dated versions with their differences, where it is used."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.dates import german
from app.domain.terms import word
from app.reports.agreements.data import PaperClause
from app.services.agreements.clause_uses import Use
from app.services.agreements.clauses import ClauseRow, VersionRow
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.looks import kind_words, obligatory_pill
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.clauses.sides import Sides
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.workflows.agreements.clause_preview import ClauseSample

LEGEND = "Was sich zur Fassung davor geändert hat: Neues unterstrichen, Entfallenes durchgestrichen."
MANY = 8
"""So many agreements are named; the rest is counted."""


class ClausePane(Sides):
    """Sides: paper, versions, use."""

    def __init__(
        self,
        edit: Callable[[], object],
        duplicate: Callable[[], object],
        retire: Callable[[], object],
        open_agreement: Callable[[int], object],
        open_template: Callable[[int], object],
    ) -> None:
        super().__init__(("Papier", "Fassungen", "Verwendung"))
        self._open_agreement, self._open_template = open_agreement, open_template
        self._history: list[VersionRow] = []
        self.edit_button = self.add_deed("Bearbeiten", edit, "edit")
        self.add_deed("Duplizieren", duplicate, "copy")
        self.add_deed("Ablegen", retire, "eye-off").setToolTip("Nicht mehr anbieten")
        self.note = Note(tone=Tone.NEUTRAL)
        self.condition = label("", "caption", wrap=True)
        self.paper = PaperPreview("Klausel auf dem Papier")
        self.difference = DifferenceView("Unterschied zur Fassung davor")
        self.versions: Table[VersionRow] = Table(
            "clauses/versions",
            (
                Column("number", "Fassung", lambda row: row.number, Kind.NUMBER, 72),
                Column("as_of", "Gilt ab", lambda row: row.as_of, Kind.DATE, 98),
                Column("title", "Überschrift", lambda row: row.title, width=140, stretch=True),
            ),
            title="Fassungen der Klausel",
        )
        self.versions.current_changed.connect(self._compare)
        self._uses = QWidget()
        self._uses_column = QVBoxLayout(self._uses)
        for side in (self._paper_side(), self._versions_side(), self._uses):
            self.add_side(side)

    def show_clause(
        self,
        row: ClauseRow,
        history: list[VersionRow],
        sample: ClauseSample,
        templates: list[Use],
        agreements: list[Use],
    ) -> None:
        """This clause, tried on the agreement of `sample`."""
        since = f"Fassung {row.number} vom {german(row.as_of)}"
        when = word(row.condition) if row.condition else "gilt immer"
        self.set_head(
            row.title,
            (obligatory_pill(row.is_obligatory), Pill(kind_words(row.kind), Tone.NEUTRAL, "document")),
            f"{since} · {when}",
        )
        self.note.set_text(row.note or "")
        self.note.setVisible(bool(row.note))
        holds = sample.applies(row.condition)
        self.condition.setText("" if holds else "In diesem Beispiel gilt die Klausel nicht.")
        self.condition.setVisible(not holds)
        clause = PaperClause(row.title, row.text, row.key, row.condition, row.is_numbered)
        self.paper.show_html(sample.clause_html(row.id, clause))
        other = [one.id for one in history] != [one.id for one in self._history]
        self._history = history
        self.versions.set_rows(history)
        if other:
            self.versions.select_position(0)
        self._compare(self.versions.current())
        self._show_uses(templates, agreements)

    def _compare(self, row: VersionRow | None) -> None:
        if row is None or row not in self._history:
            return
        at = self._history.index(row)  # newest first
        if at + 1 == len(self._history):
            self.difference.show_difference((row.title, row.text), (row.title, row.text), "Erste Fassung.")
        else:
            before = self._history[at + 1]
            self.difference.show_difference((before.title, before.text), (row.title, row.text))

    def _show_uses(self, templates: list[Use], agreements: list[Use]) -> None:
        old, self._uses = self._uses, QWidget()
        column = QVBoxLayout(self._uses)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        for one, many, uses, call in (
            ("Vorlage", "Vorlagen", templates, self._open_template),
            ("Vereinbarung", "Vereinbarungen", agreements, self._open_agreement),
        ):
            column.addWidget(label(f"In {len(uses)} {one if len(uses) == 1 else many}", "strong"))
            box = QWidget()
            flow = FlowLayout(box, 10)
            for use in uses[:MANY] if call is self._open_agreement else uses:
                flow.addWidget(button(use.name, partial(call, use.id), role="link"))
            if call is self._open_agreement and len(uses) > MANY:
                flow.addWidget(label(f"und {len(uses) - MANY} weitere", "muted"))
            column.addWidget(box)
        column.addStretch(1)
        at = self.stack.indexOf(old)
        shown = self.stack.currentIndex()
        self.stack.removeWidget(old)
        old.deleteLater()
        self.stack.insertWidget(at, self._uses)
        self.stack.setCurrentIndex(shown)

    def _paper_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.note, self.condition):
            column.addWidget(widget)
        column.addWidget(self.paper, 1)
        return side

    def _versions_side(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(LEGEND, "caption", wrap=True))
        column.addWidget(self.difference, 1)
        return Split("clauses/versions", self.versions, below, vertical=True, shares=(1, 2))
