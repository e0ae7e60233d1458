"""A template: its clauses in their order, moved, taken in and out; the paper they make; its dated versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal

from app.domain.dates import german
from app.domain.terms import word
from app.services.agreements import clause_uses, clauses
from app.services.agreements.clause_uses import TemplateStep
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.agreements.clauses.chip_pane import ChipPane
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.clauses.pills import obligatory_pill
from app.ui.agreements.templates.forms import open_template_form
from app.ui.agreements.templates.lists import DEFAULT
from app.ui.context import Context
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, icon_button
from app.workflows.agreements.clause_preview import ClauseSample


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause at its place in a template, from 1."""

    place: int
    clause: ClauseRow

    @property
    def id(self) -> int:
        return self.clause.id


def step_words(step: TemplateStep) -> str:
    """What a version of a template changed, as one line."""
    parts = (
        ("neu", step.added),
        ("entfallen", step.removed),
        ("neu gefasst", step.reworded),
        ("Reihenfolge geändert", ("",) if step.reordered else ()),
    )
    said = [f"{words}: {', '.join(titles)}".removesuffix(": ") for words, titles in parts if titles]
    return "; ".join(said) or ("erste Fassung" if step.number == 1 else "unverändert")


def _duty(placed: PlacedClause) -> Pill:
    return obligatory_pill(placed.clause.is_obligatory)


def _when(placed: PlacedClause) -> str:
    return word(placed.clause.condition) if placed.clause.condition else "immer"


CLAUSES: tuple[Column[PlacedClause], ...] = (
    Column("place", "Nr.", lambda placed: placed.place, Kind.NUMBER, 56),
    Column("title", "Klausel", lambda placed: placed.clause.title, width=150, stretch=True, strong=True),
    Column("duty", "Pflicht", _duty, Kind.PILL, 96),
    Column("when", "Gilt", _when, width=130),
)
STEPS: tuple[Column[TemplateStep], ...] = (
    Column("number", "Fassung", lambda step: step.number, Kind.NUMBER, 72),
    Column("as_of", "Gilt ab", lambda step: step.as_of, Kind.DATE, 98),
    Column("what", "Was sich geändert hat", step_words, width=200, stretch=True, tip=step_words),
    Column("used", "Genutzt", lambda step: step.agreements, Kind.NUMBER, 74),
)


class TemplatePane(ChipPane):
    """Clauses, paper, versions. `saved(id)`: go to that template; `reordered`: read again at once."""

    saved = Signal(int)
    reordered = Signal()
    clause_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(("Klauseln", "Papier", "Fassungen"))
        self._context = context
        self._shown: TemplateRow | None = None
        self._library: Mapping[int, ClauseRow] = {}
        self.default_button = button("Zum Standard machen", self.make_default, icon="star")
        self.add_buttons(
            button("Bearbeiten", self.edit, icon="edit"),
            button("Duplizieren", self.duplicate, icon="copy"),
            self.default_button,
            button("Ablegen", self.retire, icon="eye-off", tip="Nicht mehr anbieten"),
        )
        empty = EmptyState("document", "Noch keine Klauseln", "Klausel aufnehmen", self.choose)
        self.clauses: Table[PlacedClause] = Table(
            "templates/clauses", CLAUSES, title="Klauseln der Vorlage", empty=empty
        )
        self.clauses.sort("place")
        self.steps: Table[TemplateStep] = Table("templates/versions", STEPS, title="Fassungen der Vorlage")
        self.paper = PaperPreview("Vorlage auf dem Papier")
        self.take_in = button("Klausel aufnehmen", self.choose, icon="plus")
        self.out = button("Herausnehmen", self.take_out, icon="minus", role="quiet")
        up, down = with_keys("Nach oben", "clauses.up"), with_keys("Nach unten", "clauses.down")
        self.up = icon_button("arrow-up", up, lambda: self.shift(-1))
        self.down = icon_button("arrow-down", down, lambda: self.shift(1))
        tools = row(self.take_in, self.out, STRETCH, self.up, self.down, spacing=4)
        self.add_part(held(column(tools, grow(self.clauses), spacing=8)))
        self.add_part(self.paper)
        self.add_part(self.steps)
        self.clauses.opened.connect(lambda placed: self.clause_wanted.emit(placed.id))
        self.clauses.remove_requested.connect(lambda _placed: self.take_out())
        self.clauses.current_changed.connect(lambda _placed: self._show_tools())
        self.clauses.set_actions([RowAction("Herausnehmen", lambda _placed: self.take_out(), "minus")])
        bind(self.clauses, "clauses.up", lambda: self.shift(-1))
        bind(self.clauses, "clauses.down", lambda: self.shift(1))

    def show_template(self, of: TemplateRow, library: Mapping[int, ClauseRow], sample: ClauseSample) -> None:
        """This template, made of clauses of the library, on the agreement of `sample`."""
        self._shown, self._library = of, library
        pills = [Pill(word(of.kind), Tone.NEUTRAL, "document")] + ([DEFAULT] if of.is_default else [])
        version = f"Fassung {of.number} vom {german(of.as_of)} · {len(of.clause_ids)} Klauseln"
        self.set_head(of.name, pills, " · ".join(filter(None, (version, of.note))))
        self.default_button.setVisible(not of.is_default)
        self.clauses.set_rows([PlacedClause(at, library[key]) for at, key in enumerate(of.clause_ids, 1)])
        if self.clauses.current() is None and self.clauses.rows():
            self.clauses.select_position(0)
        self.steps.set_rows(self._context.ask(clause_uses.template_steps, of.id))
        self.paper.show_html(sample.html())
        self._show_tools()

    # ---- the template as a whole ----

    def edit(self) -> None:
        """The form of its name and kind."""
        if self._shown is not None:
            open_template_form(self._context, self.window(), self._shown.id, self.saved.emit)

    def duplicate(self) -> None:
        """One more with the same clauses."""
        if (of := self._shown) is not None:
            label, today = f"Vorlage „{of.name}“ dupliziert", self._context.today()
            self.saved.emit(self._context.do(label, clause_uses.duplicate_template, of.id, today))

    def make_default(self) -> None:
        """New agreements of its kind begin with it."""
        if (of := self._shown) is not None:
            self._save(f"„{of.name}“ ist jetzt Standard", is_default=True)

    def retire(self) -> None:
        """No longer offered; agreements keep it, undo brings it back. The services refuse the last of its kind."""
        if (of := self._shown) is not None:
            label = f"Vorlage „{of.name}“ wird nicht mehr angeboten"
            self._context.do(label, clauses.remove_template, of.id, self._context.today())

    # ---- its clauses ----

    def choose(self) -> None:
        """Choose a clause of the library that is not in the template, and put it behind the current one."""
        if (of := self._shown) is None:
            return
        placed = self.clauses.current()
        after = placed.place if placed is not None else len(of.clause_ids)
        offered = [
            one
            for one in self._library.values()
            if one.kind in (None, of.kind) and one.id not in of.clause_ids
        ]

        def take(one: ClauseRow) -> None:
            order = [*of.clause_ids[:after], one.id, *of.clause_ids[after:]]
            self._reorder(f"„{one.title}“ in „{of.name}“ aufgenommen", order)
            self.clauses.select(one.id)
            self.clauses.setFocus()  # the keyboard moves it on from there

        ClausePicker(offered, take, self.window()).open()

    def shift(self, step: int) -> None:
        """Move the current clause up (-1) or down (1)."""
        of, placed = self._shown, self.clauses.current()
        if of is not None and placed is not None and 1 <= placed.place + step <= len(of.clause_ids):
            order = [*of.clause_ids]
            order.insert(placed.place - 1 + step, order.pop(placed.place - 1))
            label = f"{of.name}: „{placed.clause.title}“ nach {'oben' if step < 0 else 'unten'}"
            self._reorder(label, order)

    def take_out(self) -> None:
        """The current clause is not part of the template any more."""
        of, placed = self._shown, self.clauses.current()
        if of is not None and placed is not None:
            order = [key for key in of.clause_ids if key != placed.id]
            self._reorder(f"„{placed.clause.title}“ aus „{of.name}“ herausgenommen", order)

    def _reorder(self, label: str, order: Sequence[int]) -> None:
        self._save(label, clause_ids=tuple(order))
        self.reordered.emit()

    def _save(self, label: str, **changed: object) -> None:
        assert self._shown is not None
        data = replace(self._context.ask(clauses.load_template, self._shown.id), **changed)  # type: ignore[arg-type]
        self._context.do(label, clauses.save_template, self._shown.id, data, self._context.today())

    def _show_tools(self) -> None:
        placed = self.clauses.current()
        self.out.setEnabled(placed is not None)
        self.up.setEnabled(placed is not None and placed.place > 1)
        self.down.setEnabled(placed is not None and placed.place < len(self.clauses.rows()))
