"""A template: its clauses in their order, moved, taken in and out; the paper they make; its dated versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from app.domain.dates import german
from app.services.agreements import clause_uses, clauses
from app.services.agreements.clause_uses import TemplateStep
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.agreements.clauses.chip_pane import ChipPane
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.library_columns import DUTY, WHEN
from app.ui.agreements.clauses.paper import PaperPreview
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
            button("Ablegen", self.remove, icon="eye-off", tip="Nicht mehr anbieten"),
        )
        empty = EmptyState("document", "Noch keine Klauseln", "Klausel aufnehmen", self.choose)
        self.clauses: Table[ClauseRow] = Table(
            "templates/clauses",
            (
                Column("place", "Nr.", self._place, Kind.NUMBER, 56),
                Column("title", "Klausel", lambda row: row.title, width=150, stretch=True, strong=True),
                DUTY,
                replace(WHEN, hidden=False),
            ),
            title="Klauseln der Vorlage",
            empty=empty,
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
        self.clauses.opened.connect(lambda row: self.clause_wanted.emit(row.id))
        self.clauses.remove_requested.connect(lambda _rows: self.take_out())
        self.clauses.current_changed.connect(lambda _row: self._show_tools())
        self.clauses.set_actions([RowAction("Herausnehmen", lambda _rows: self.take_out(), "minus")])
        bind(self.clauses, "clauses.up", lambda: self.shift(-1))
        bind(self.clauses, "clauses.down", lambda: self.shift(1))

    def show_template(self, of: TemplateRow, library: Mapping[int, ClauseRow], sample: ClauseSample) -> None:
        """This template, made of clauses of the library, on the agreement of `sample`."""
        self._shown, self._library = of, library
        pills = [Pill(of.kind.word, Tone.NEUTRAL, "document")] + ([DEFAULT] if of.is_default else [])
        version = f"Fassung {of.number} vom {german(of.as_of)} · {len(of.clause_ids)} Klauseln"
        self.set_head(of.name, pills, " · ".join(filter(None, (version, of.note))))
        self.default_button.setVisible(not of.is_default)
        self.clauses.set_rows([library[key] for key in of.clause_ids])
        self.clauses.choose_first()
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

    def remove(self) -> None:
        """No longer offered; agreements keep it, undo brings it back. The services refuse the last of its kind."""
        if (of := self._shown) is not None:
            label = f"Vorlage „{of.name}“ wird nicht mehr angeboten"
            self._context.do(label, clauses.remove_template, of.id, self._context.today())

    # ---- its clauses ----

    def choose(self) -> None:
        """Choose a clause of the library that is not in the template, and put it behind the current one."""
        if (of := self._shown) is None:
            return
        current = self.clauses.current()
        after = self._place(current) if current is not None else len(of.clause_ids)
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
        of, row = self._shown, self.clauses.current()
        if of is not None and row is not None and 1 <= self._place(row) + step <= len(of.clause_ids):
            order, at = [*of.clause_ids], self._place(row) - 1
            order.insert(at + step, order.pop(at))
            self._reorder(f"{of.name}: „{row.title}“ nach {'oben' if step < 0 else 'unten'}", order)

    def take_out(self) -> None:
        """The selected clauses are not part of the template any more."""
        of, rows = self._shown, self.clauses.selected()
        if of is not None and rows:
            gone = {row.id for row in rows}
            words = f"„{rows[0].title}“" if len(rows) == 1 else f"{len(rows)} Klauseln"
            order = [key for key in of.clause_ids if key not in gone]
            self._reorder(f"{words} aus „{of.name}“ herausgenommen", order)

    def _place(self, row: ClauseRow) -> int:
        """Where a clause stands in the template that is shown, from 1."""
        assert self._shown is not None
        return self._shown.clause_ids.index(row.id) + 1

    def _reorder(self, label: str, order: Sequence[int]) -> None:
        self._save(label, clause_ids=tuple(order))
        self.reordered.emit()

    def _save(self, label: str, **changed: object) -> None:
        assert self._shown is not None
        data = replace(self._context.ask(clauses.load_template, self._shown.id), **changed)  # type: ignore[arg-type]
        self._context.do(label, clauses.save_template, self._shown.id, data, self._context.today())

    def _show_tools(self) -> None:
        row = self.clauses.current()
        self.out.setEnabled(row is not None)
        self.up.setEnabled(row is not None and self._place(row) > 1)
        self.down.setEnabled(row is not None and self._place(row) < len(self.clauses.rows()))
