"""The view "Vorlagen": templates and the clause library left, the chosen one right."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject

from app.domain.counting import counted
from app.services.agreements import clause_uses, clauses, standard_texts
from app.services.agreements.clauses import ClauseRow
from app.ui.agreements.templates.clause_pane import ClausePane
from app.ui.agreements.templates.forms import open_template_form
from app.ui.agreements.templates.lists import clause_table, template_table
from app.ui.agreements.templates.samples import Samples
from app.ui.agreements.templates.standard import StandardTextsDialog
from app.ui.agreements.templates.template_pane import TemplatePane
from app.ui.agreements.views import AgreementsView, Primary
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.page import Split
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.text import button, label, search_field

STANDARD_TIP = "Das Programm bringt neuere Texte mit; sie werden erst auf Wunsch Teil der Vorlagen"


class TemplatesView(AgreementsView):
    """Answers: what do our agreements begin with, and what did it say on which day?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._library: dict[int, ClauseRow] = {}
        self._used: Mapping[int, int] = {}
        self._refreshing = False
        self.templates = template_table(lambda template_id: self._used.get(template_id, 0))
        self.clauses = clause_table()
        self.search = search_field("Suchen in Überschrift und Text", "Klausel suchen")
        self.standard = button("", self.show_standard, icon="refresh", role="quiet", tip=STANDARD_TIP)
        self.samples = Samples(context)
        self.template_pane = TemplatePane(context)
        self.clause_pane = ClausePane(context, self.samples)
        self.stack = Stack()
        self.stack.addWidget(self.template_pane)
        self.stack.addWidget(self.clause_pane)
        self._lay_out()
        self._connect()

    # ---- showing ----

    def primary(self) -> Primary | None:
        return "Klausel anlegen", self.clause_pane.add

    def refresh(self) -> str:
        self._refreshing = True
        rows = self.context.ask(clauses.rows)
        self._library = {row.id: row for row in rows}
        templates = self.context.ask(clauses.templates)
        self.samples.read(templates)
        self._used = self.context.ask(clause_uses.made_from)
        self.templates.set_rows(templates)
        self.clauses.set_rows(rows)
        self.templates.choose_first()
        if self.clauses.current() is None and rows:
            self.clauses.select_position(0)
            self.clauses.grid.clearSelection()
        self._refreshing = False
        offered = len(self.context.ask(standard_texts.offers))
        self.standard.setText(f"Neue Standardtexte ({offered})")
        self.standard.setVisible(offered > 0)
        self._show_current()
        duties = sum(row.is_obligatory for row in rows)
        made = counted(len(templates), "Vorlage", "Vorlagen")
        return f"{made} aus {len(rows)} Klauseln der Bibliothek, {duties} davon Pflicht"

    def show_standard(self) -> None:
        """What newer standard texts would change."""
        StandardTextsDialog(self.context, self.window()).open()

    def show_template(self, template_id: int) -> None:
        """Go to this template."""
        self.templates.select(template_id)
        self._show_pane(self.template_pane)

    def show_clause(self, clause_id: int) -> None:
        """Go to this clause of the library."""
        self.search.clear()
        self.clauses.select(clause_id)
        self._show_pane(self.clause_pane)

    def add_template(self) -> None:
        """The form of a new template."""
        open_template_form(self.context, self.window(), None, self.template_pane.saved.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list that gets the keyboard is the one whose entry is shown."""
        if event.type() == QEvent.Type.FocusIn:
            self._show_pane(self.template_pane if watched is self.templates.grid else self.clause_pane)
        return super().eventFilter(watched, event)

    def _show_pane(self, pane: TemplatePane | ClausePane) -> None:
        if self._refreshing:
            return
        self.stack.setCurrentWidget(pane)
        other = self.clauses if pane is self.template_pane else self.templates
        other.grid.clearSelection()
        self._show_current()

    def _show_current(self) -> None:
        template, clause = self.templates.current(), self.clauses.current()
        if template is not None:
            self.samples.kind = template.kind
        if self.stack.currentWidget() is self.template_pane:
            if template is not None:
                self.samples.offer(template.kind)
                sample = self.samples.of_template(template)
                self.template_pane.show_template(template, self._library, sample)
        elif clause is not None:
            self.samples.offer(self.samples.kind_of(clause))
            self.clause_pane.show_clause(clause)

    # ---- making ----

    def _connect(self) -> None:
        self.templates.current_changed.connect(lambda _row: self._show_pane(self.template_pane))
        self.clauses.current_changed.connect(lambda _row: self._show_pane(self.clause_pane))
        self.templates.opened.connect(lambda _row: self.template_pane.edit())
        self.clauses.opened.connect(lambda _row: self.clause_pane.edit())
        self.search.textChanged.connect(self.clauses.set_search)
        self.samples.changed.connect(self._show_current)
        self.template_pane.reordered.connect(self.refresh)
        self.template_pane.clause_wanted.connect(self.show_clause)
        self.clause_pane.template_wanted.connect(self.show_template)
        self.clause_pane.agreement_wanted.connect(self.record_wanted)
        for saved, show in (
            (self.template_pane.saved, self.show_template),
            (self.clause_pane.saved, self.show_clause),
        ):
            saved.connect(self.refresh)
            saved.connect(show)
        for table in (self.templates, self.clauses):
            table.grid.installEventFilter(self)

    def _lay_out(self) -> None:
        new = button("Vorlage anlegen", self.add_template, icon="plus", role="quiet")
        above = row(grow(label("Vorlagen", "section")), self.standard, new)
        below = row(label("Klauseln", "section"), grow(self.search), self.clauses.tools)
        lists = Split(
            "templates/lists",
            held(column(above, grow(self.templates), spacing=6)),
            held(column(below, grow(self.clauses), spacing=6)),
            vertical=True,
            shares=(2, 5),
        )
        preview = row(STRETCH, label("Vorschau mit", "muted"), grow(self.samples, 2))
        right = held(column(preview, grow(self.stack), spacing=8))
        column(Split("templates", lists, right, shares=(1, 1)), on=self)
        self.setFocusProxy(self.templates)
