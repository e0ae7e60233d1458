"""The view "Vorlagen": templates and the clause library left, the chosen one right."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.agreements.agreements import DRAFT_STAGES, AgreementKind
from app.services.agreements import agreement_register, clause_uses, clauses
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.clauses import ClauseInput, ClauseRow, TemplateRow
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.templates.clause_pane import ClausePane
from app.ui.agreements.templates.forms import open_clause_form, open_template_form
from app.ui.agreements.templates.lists import clause_table, template_lines, template_table
from app.ui.agreements.templates.template_pane import TemplateDeeds, TemplatePane
from app.ui.agreements.views import AgreementsView, Primary
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, Option
from app.ui.kit.page import Split
from app.ui.kit.widgets.text import button, label
from app.workflows.agreements.clause_preview import ClauseSample, template_sample


class TemplatesView(AgreementsView):
    """Answers: what do our agreements begin with, and what did it say on which day?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreements: list[AgreementRow] = []
        self._library: dict[int, ClauseRow] = {}
        self._chosen: dict[AgreementKind, int | None] = {}
        self._refreshing = False
        self.templates = template_table()
        self.clauses = clause_table()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Suchen in Überschrift und Text")
        self.search.setAccessibleName("Klausel suchen")
        self.search.setClearButtonEnabled(True)
        self.sample = ChoiceEditor(empty="ohne Beispiel", narrow=True)
        self.sample.set_name("Beispiel für die Vorschau")
        self.template_pane = TemplatePane(
            TemplateDeeds(
                self.edit_template,
                self.duplicate_template,
                self.make_default,
                self.retire_template,
                self.take_in,
                self.shift,
                self.take_out,
                self.show_clause,
            )
        )
        self.clause_pane = ClausePane(
            self.edit_clause,
            self.duplicate_clause,
            self.retire_clause,
            self.record_wanted.emit,
            self.show_template,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.template_pane)
        self.stack.addWidget(self.clause_pane)
        self._lay_out()
        self._connect()

    # ---- showing ----

    def primary(self) -> Primary | None:
        return Primary("Neue Klausel", self.add_clause)

    def refresh(self) -> str:
        self._refreshing = True
        self._agreements = self.context.ask(agreement_register.rows, self.context.today())
        rows = self.context.ask(clauses.rows)
        self._library = {row.id: row for row in rows}
        templates = self.context.ask(clauses.templates)
        self.templates.set_rows(template_lines(templates, self.context.ask(clause_uses.made_from)))
        self.clauses.set_rows(rows)
        if self.templates.current() is None and self.templates.rows():
            self.templates.select_position(0)
        if self.clauses.current() is None and rows:
            self.clauses.select_position(0)
            self.clauses.grid.clearSelection()
        self._refreshing = False
        self._show_current()
        duties = sum(row.is_obligatory for row in rows)
        words = "Vorlage" if len(templates) == 1 else "Vorlagen"
        return f"{len(templates)} {words} aus {len(rows)} Klauseln der Bibliothek, {duties} davon Pflicht"

    def show_template(self, template_id: int) -> None:
        """Go to this template."""
        self.templates.select(template_id)
        self._show_side(self.template_pane)

    def show_clause(self, clause_id: int) -> None:
        """Go to this clause of the library."""
        self.search.clear()
        self.clauses.select(clause_id)
        self._show_side(self.clause_pane)

    def _show_side(self, pane: QWidget) -> None:
        if self._refreshing:
            return
        self.stack.setCurrentWidget(pane)
        other = self.clauses if pane is self.template_pane else self.templates
        other.grid.clearSelection()
        self._show_current()

    def _show_current(self) -> None:
        template, clause = self._template(), self.clauses.current()
        if self.stack.currentWidget() is self.template_pane:
            if template is not None:
                self._offer_samples(template.kind)
                steps = self.context.ask(clause_uses.template_steps, template.id)
                sample = self._sample(template.kind, template.clause_ids)
                self.template_pane.show_template(template, self._library, steps, sample)
        elif clause is not None:
            self._offer_samples(clause.kind or self._kind(clause))
            self.clause_pane.show_clause(
                clause,
                self.context.ask(clauses.versions, clause.id),
                self._clause_sample(clause, self.sample.value()),
                self.context.ask(clause_uses.templates_with, clause.id),
                self.context.ask(clause_uses.agreements_with, clause.id),
            )

    # ---- on what it is tried ----

    def _offer_samples(self, kind: AgreementKind) -> None:
        """Agreements of this kind, drafts first; the choice is remembered for each kind."""
        self.sample.set_options(self._samples(kind))
        if kind not in self._chosen:
            fitting = self._samples(kind)
            self._chosen[kind] = int(str(fitting[0][0])) if fitting else None
        self.sample.set_value(self._chosen[kind])

    def _samples(self, kind: AgreementKind) -> list[Option]:
        fitting = [row for row in self._agreements if row.kind is kind]
        fitting.sort(key=lambda row: (row.stage not in DRAFT_STAGES, row.number))
        return [(row.id, f"{row.number} {row.title}") for row in fitting]

    def _sample(self, kind: AgreementKind, clause_ids: tuple[int, ...]) -> ClauseSample:
        return self.context.ask(template_sample, self.sample.value(), kind, clause_ids, self.context.today())

    def _clause_sample(self, clause: ClauseRow | None, agreement_id: int | None) -> ClauseSample:
        """A clause stands among those of a template that has it, else of the default one of the kind."""
        kind = (clause.kind if clause is not None else None) or self._kind(clause)
        rows = [line.template for line in self.templates.rows() if line.template.kind is kind]
        having = [row for row in rows if clause is not None and clause.id in row.clause_ids]
        ids = (having or rows)[0].clause_ids if having or rows else ()
        return self.context.ask(template_sample, agreement_id, kind, ids, self.context.today())

    def _kind(self, clause: ClauseRow | None) -> AgreementKind:
        """Of a clause for both kinds, or of none: that of the template chosen last."""
        template = self._template()
        return template.kind if template is not None else AgreementKind.TARGET

    def _sample_changed(self) -> None:
        clause, template = self.clauses.current(), self._template()
        if self.stack.currentWidget() is self.template_pane and template is not None:
            self._chosen[template.kind] = self.sample.value()
        elif clause is not None:
            self._chosen[clause.kind or self._kind(clause)] = self.sample.value()
        self._show_current()

    # ---- templates ----

    def add_template(self) -> None:
        open_template_form(self.context, self.window(), None, self._saved_template)

    def edit_template(self) -> None:
        template = self._template()
        if template is not None:
            open_template_form(self.context, self.window(), template.id, self._saved_template)

    def duplicate_template(self) -> None:
        template = self._template()
        if template is not None:
            made = self.context.do(
                f"Vorlage „{template.name}“ dupliziert",
                clause_uses.duplicate_template,
                template.id,
                self.context.today(),
            )
            self._saved_template(made)

    def _saved_template(self, template_id: int) -> None:
        self.refresh()
        self.show_template(template_id)

    def make_default(self) -> None:
        template = self._template()
        if template is not None:
            data = replace(self.context.ask(clauses.load_template, template.id), is_default=True)
            self._save_template(template, data, f"„{template.name}“ ist jetzt Standard")

    def retire_template(self) -> None:
        """No longer offered; agreements keep it, undo brings it back. The services refuse the last of its kind."""
        template = self._template()
        if template is not None:
            self.context.do(
                f"Vorlage „{template.name}“ wird nicht mehr angeboten",
                clauses.remove_template,
                template.id,
                self.context.today(),
            )

    def take_in(self, after: int) -> None:
        """Choose a clause of the library that is not in the template."""
        template = self._template()
        if template is None:
            return
        offered = [
            row
            for row in self._library.values()
            if row.kind in (None, template.kind) and row.id not in template.clause_ids
        ]

        def take(row: ClauseRow) -> None:
            order = [*template.clause_ids]
            order.insert(after, row.id)
            self._save_order(template, tuple(order), f"„{row.title}“ in „{template.name}“ aufgenommen")
            self.refresh()
            self.template_pane.select(row.id)

        ClausePicker(offered, take, self.window()).open()

    def shift(self, clause_id: int, step: int) -> None:
        template = self._template()
        if template is not None:
            order = [*template.clause_ids]
            at = order.index(clause_id)
            order.insert(at + step, order.pop(at))
            title = self._library[clause_id].title
            words = "oben" if step < 0 else "unten"
            self._save_order(template, tuple(order), f"{template.name}: „{title}“ nach {words}")
            self.refresh()

    def take_out(self, clause_id: int) -> None:
        template = self._template()
        if template is not None:
            order = tuple(key for key in template.clause_ids if key != clause_id)
            title = self._library[clause_id].title
            self._save_order(template, order, f"„{title}“ aus „{template.name}“ herausgenommen")

    def _save_order(self, template: TemplateRow, order: tuple[int, ...], label: str) -> None:
        data = replace(self.context.ask(clauses.load_template, template.id), clause_ids=order)
        self._save_template(template, data, label)

    def _save_template(self, template: TemplateRow, data: clauses.TemplateInput, label: str) -> None:
        self.context.do(label, clauses.save_template, template.id, data, self.context.today())

    def _template(self) -> TemplateRow | None:
        line = self.templates.current()
        return line.template if line is not None else None

    # ---- clauses ----

    def add_clause(self) -> None:
        self._open_clause(None, ClauseInput("", "", kind=self._kind(None)))

    def edit_clause(self) -> None:
        row = self.clauses.current()
        if row is not None:
            self._open_clause(row, self.context.ask(clauses.load, row.id))

    def duplicate_clause(self) -> None:
        row = self.clauses.current()
        if row is not None:
            values = self.context.ask(clauses.load, row.id)
            self._open_clause(None, replace(values, title=f"{values.title} (Kopie)"))

    def retire_clause(self) -> None:
        """No longer offered; agreements keep it. The services refuse it while a template has it."""
        row = self.clauses.current()
        if row is not None:
            self.context.do(
                f"Klausel „{row.title}“ wird nicht mehr angeboten",
                clauses.remove,
                row.id,
                self.context.today(),
            )

    def _open_clause(self, row: ClauseRow | None, values: ClauseInput) -> None:
        kind = values.kind or self._kind(row)
        self._offer_samples(kind)
        chosen = self.sample.value()
        open_clause_form(
            self.context,
            self.window(),
            row.id if row is not None else None,
            values,
            self._clause_sample(row, chosen),
            self._samples(kind),
            chosen,
            lambda key: self._clause_sample(row, key),
            self._saved_clause,
        )

    def _saved_clause(self, clause_id: int) -> None:
        self.refresh()
        self.show_clause(clause_id)

    # ---- making ----

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list that gets the keyboard is the one whose entry is shown."""
        if event.type() == QEvent.Type.FocusIn:
            self._show_side(self.template_pane if watched is self.templates.grid else self.clause_pane)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.templates.current_changed.connect(lambda _line: self._show_side(self.template_pane))
        self.clauses.current_changed.connect(lambda _row: self._show_side(self.clause_pane))
        self.templates.opened.connect(lambda _line: self.edit_template())
        self.clauses.opened.connect(lambda _row: self.edit_clause())
        self.search.textChanged.connect(self.clauses.set_search)
        self.sample.changed.connect(self._sample_changed)
        for table in (self.templates, self.clauses):
            table.grid.installEventFilter(self)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(label("Vorlagen", "section"), 1)
        above.addWidget(button("Neue Vorlage", self.add_template, icon="plus", role="quiet"))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(label("Klauseln", "section"))
        below.addWidget(self.search, 1)
        below.addWidget(self.clauses.tools)
        lists = Split(
            "templates/lists",
            _titled(above, self.templates),
            _titled(below, self.clauses),
            vertical=True,
            shares=(2, 5),
        )
        tried = QWidget()
        line = QHBoxLayout(tried)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(label("Vorschau mit", "muted"))
        line.addWidget(self.sample, 2)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(tried)
        column.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Split("templates", lists, right, shares=(1, 1)), 1)
        self.setFocusProxy(self.templates)


def _titled(head: QHBoxLayout, table: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addLayout(head)
    column.addWidget(table, 1)
    return box
