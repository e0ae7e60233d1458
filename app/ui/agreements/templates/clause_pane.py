"""A clause of the library: its paper, its dated versions with their differences, where it is used."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.reports.agreements.data import PaperClause
from app.services.agreements import clause_uses, clauses
from app.services.agreements.clause_uses import Use
from app.services.agreements.clauses import ClauseInput, ClauseRow, VersionRow
from app.ui.agreements.clauses.chip_pane import ChipPane
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.form import SIZE, LibraryBody, Trial
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.clauses.pills import kind_words, obligatory_pill, version_words
from app.ui.agreements.templates.samples import Samples
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, add, column, grow, held
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label, say

LEGEND = "Was sich zur Fassung davor geändert hat: Neues unterstrichen, Entfallenes durchgestrichen."
NEW_VERSION = "Was sich ändert, wird eine neue Fassung der Klausel. Bestehende Vereinbarungen behalten ihre."
MANY = 8
"""So many agreements are named; the rest is counted."""
VERSIONS: tuple[Column[VersionRow], ...] = (
    Column("number", "Fassung", lambda row: row.number, Kind.NUMBER, 72),
    Column("as_of", "Gilt ab", lambda row: row.as_of, Kind.DATE, 98),
    Column("title", "Überschrift", lambda row: row.title, width=140, stretch=True),
)


class ClausePane(ChipPane):
    """Paper, versions, use. `saved(id)`: go to that clause."""

    saved = Signal(int)
    agreement_wanted = Signal(int)
    template_wanted = Signal(int)

    def __init__(self, context: Context, samples: Samples) -> None:
        super().__init__(("Papier", "Fassungen", "Verwendung"))
        self._context, self._samples = context, samples
        self._shown: ClauseRow | None = None
        self._history: list[VersionRow] = []
        self.add_buttons(
            button("Bearbeiten", self.edit, icon="edit"),
            button("Duplizieren", self.duplicate, icon="copy"),
            button("Ablegen", self.remove, icon="eye-off", tip="Nicht mehr anbieten"),
        )
        self.note = Note(tone=Tone.NEUTRAL)
        self.condition = label("", "caption", wrap=True)
        self.paper = PaperPreview("Klausel auf dem Papier")
        self.difference = DifferenceView("Unterschied zur Fassung davor")
        self.versions: Table[VersionRow] = Table("clauses/versions", VERSIONS, title="Fassungen der Klausel")
        self.versions.current_changed.connect(self._compare)
        self._uses = column(spacing=8, margins=(0, 4, 0, 0))
        self.add_part(held(column(self.note, self.condition, grow(self.paper), spacing=8)))
        below = held(column(label(LEGEND, "caption", wrap=True), grow(self.difference), spacing=4))
        self.add_part(Split("clauses/versions", self.versions, below, vertical=True, shares=(1, 2)))
        self.add_part(held(self._uses))

    def show_clause(self, row: ClauseRow) -> None:
        """This clause, tried on the chosen agreement."""
        self._shown = row
        since = f"Fassung {row.number} vom {german(row.as_of)}"
        when = row.condition.word if row.condition else "gilt immer"
        pills = (obligatory_pill(row.is_obligatory), Pill(kind_words(row.kind), Tone.NEUTRAL, "document"))
        self.set_head(row.title, pills, f"{since} · {when}")
        self.note.say(row.note or "")
        sample = self._samples.of_clause(row, self._samples.value())
        holds = sample.applies(row.condition)
        say(self.condition, "" if holds else "In diesem Beispiel gilt die Klausel nicht.")
        clause = PaperClause(row.title, row.text, row.key, row.condition, row.is_numbered)
        self.paper.show_html(sample.clause_html(row.id, clause))
        self._show_versions(self._context.ask(clauses.versions, row.id))
        self._show_uses(row.id)

    # ---- what can be done ----

    def add(self) -> None:
        """The form of a new clause."""
        self._open(None, ClauseInput("", "", kind=self._samples.kind))

    def edit(self) -> None:
        """The form of this clause; other words become a new version."""
        if self._shown is not None:
            self._open(self._shown, self._context.ask(clauses.load, self._shown.id))

    def duplicate(self) -> None:
        """The form of a new clause that begins with the words of this one."""
        if self._shown is not None:
            values = self._context.ask(clauses.load, self._shown.id)
            self._open(None, replace(values, title=f"{values.title} (Kopie)"))

    def remove(self) -> None:
        """No longer offered; agreements keep it. The services refuse it while a template has it."""
        if (row := self._shown) is not None:
            label = f"Klausel „{row.title}“ wird nicht mehr angeboten"
            self._context.do(label, clauses.remove, row.id, self._context.today())

    def _open(self, row: ClauseRow | None, values: ClauseInput) -> None:
        """The form of a clause, or None: of a new one; tried on the agreement that is chosen, or on another."""
        context, samples = self._context, self._samples
        kind = values.kind or samples.kind_of(row)
        samples.offer(kind)
        clause_id = row.id if row is not None else None
        trial = Trial(
            samples.of_clause(row, samples.value()),
            clause_id,
            context.ask(clause_uses.clause_titles),
            samples.options(kind),
            samples.value(),
            partial(samples.of_clause, row),
        )
        body = LibraryBody(trial)

        def save(changed: ClauseInput) -> int:
            label = f"Klausel „{changed.title}“ {'angelegt' if row is None else 'gespeichert'}"
            return context.do(label, clauses.save, clause_id, changed, context.today())

        title, sentence = ("Klausel anlegen", "") if row is None else ("Klausel bearbeiten", NEW_VERSION)
        FormDialog(
            title,
            body,
            values,
            save,
            parent=self.window(),
            sentence=sentence,
            side=body.view,
            size=SIZE,
            saved=self.saved.emit,
        ).open()

    # ---- showing ----

    def _show_versions(self, history: list[VersionRow]) -> None:
        other = [one.id for one in history] != [one.id for one in self._history]
        self._history = history
        self.versions.set_rows(history)
        if other:
            self.versions.select_position(0)
        self._compare(self.versions.current())

    def _compare(self, row: VersionRow | None) -> None:
        if row is None or row not in self._history:
            return
        at = self._history.index(row)  # newest first
        if at + 1 == len(self._history):
            self.difference.show_difference((row.title, row.text), (row.title, row.text), "Erste Fassung.")
        else:
            before = self._history[at + 1]
            facts = version_words(before), version_words(row)
            self.difference.show_difference((before.title, before.text), (row.title, row.text), facts=facts)

    def _show_uses(self, clause_id: int) -> None:
        templates = self._context.ask(clause_uses.templates_with, clause_id)
        agreements = self._context.ask(clause_uses.agreements_with, clause_id)
        clear_layout(self._uses)
        add(
            self._uses,
            label(f"In {counted(len(templates), 'Vorlage', 'Vorlagen')}", "strong"),
            flowing(*_links(templates, self.template_wanted), spacing=10),
            label(f"In {counted(len(agreements), 'Vereinbarung', 'Vereinbarungen')}", "strong"),
            flowing(*_links(agreements[:MANY], self.agreement_wanted), *_more(agreements), spacing=10),
            STRETCH,
        )


def _links(uses: Sequence[Use], wanted: SignalInstance) -> list[QWidget]:
    return [button(use.name, partial(wanted.emit, use.id), role="link") for use in uses]


def _more(uses: Sequence[Use]) -> list[QWidget]:
    return [label(f"und {len(uses) - MANY} weitere", "muted")] if len(uses) > MANY else []
