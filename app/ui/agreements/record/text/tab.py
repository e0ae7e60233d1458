"""The tab "Text": the clauses of one agreement, each beside the template it came from, and the paper they make."""

from collections.abc import Callable, Iterator
from functools import partial

from app.domain.counting import counted
from app.domain.dates import german
from app.services.agreements import agreement_clauses, clause_uses, clauses
from app.services.agreements.agreement_clauses import LOCKED, AgreementText, Wording
from app.services.agreements.clauses import ClauseInput, ClauseRow
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import SIZE, ClauseBody, Trial
from app.ui.agreements.record.tab import RecordTab
from app.ui.agreements.record.text.changes import QUESTION, ChangesDialog
from app.ui.agreements.record.text.clause import ClauseView
from app.ui.agreements.record.text.list import ClauseLine, clause_lines, clause_table
from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.actions import bind, key_text, spec, with_keys
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.menu import Entry, opens_fresh_menu, opens_menu
from app.ui.kit.page import Split
from app.ui.kit.table.table import RowAction
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, icon_button
from app.workflows.agreements.clause_preview import Sample, agreement_sample


class TextTab(RecordTab):
    """Answers: what exactly does this agreement say, and where does it differ from the template?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._agreement_id = 0
        self._number = ""
        self._wanted: int | None = None
        self.text = AgreementText(None, "", None, False, ())
        self.sample: Sample | None = None
        self.table = clause_table()
        self.clause = ClauseView()
        self.lock_note = Note(tone=Tone.INFO)
        self.news = Note(tone=Tone.WARNING, action="Ansehen", clicked=self.show_changes)
        self.duties = Note(tone=Tone.WARNING)
        leave = key_text(spec("clauses.leave").keys[0])
        self.edit = button("Umformulieren", self.reword, icon="edit")
        self.leave = button("Weglassen", self.toggle, icon="eye-off", tip=leave)
        self.up = icon_button("arrow-up", with_keys("Nach oben", "clauses.up"), lambda: self.shift(-1))
        self.down = icon_button("arrow-down", with_keys("Nach unten", "clauses.down"), lambda: self.shift(1))
        self.insert = button("Einfügen", icon="plus")
        self.more = button("Mehr", icon="more")
        self.template = button("Vorlage", icon="document")
        self._lay_out()
        self._connect()

    # ---- showing ----

    def show_agreement(self, agreement_id: int) -> None:
        if agreement_id != self._agreement_id:
            self._agreement_id, self._wanted = agreement_id, 1
        today = self.context.today()
        self.text = self.context.ask(agreement_clauses.text, agreement_id)
        self.sample = self.context.ask(agreement_sample, agreement_id, today)
        self._number = self.sample.paper.number
        applying = {row.position for row in self.text.clauses if self.sample.applies(row.condition)}
        lines = clause_lines(self.text.clauses, self.sample.numbers(), applying, self.text.dropped)
        self.table.set_rows(lines)
        self._select(lines)
        self._show_notes(applying)
        self._show_current()

    def go_to(self, part: object) -> None:
        """Choose the clause at a position."""
        line = next((line for line in self.table.rows() if line.position == part), None)
        if line is not None:
            self.table.select(line.clause.id or -line.position)

    def _select(self, lines: list[ClauseLine]) -> None:
        """The clause that was moved or added, else what was chosen before."""
        if self._wanted is not None:
            at = next((line for line in lines if line.position == self._wanted), None)
            if at is not None:
                self.table.select(at.clause.id or -at.position)
            self._wanted = None
        if self.table.current() is None and lines:
            self.table.select_position(0)

    def _show_notes(self, applying: set[int]) -> None:
        locked, text = self.text.lock, self.text
        self.lock_note.say(LOCKED[locked] if locked is not None else "")
        since = german(text.template_as_of) if text.template_as_of else ""
        count = counted(text.outdated, "Klausel", "Klauseln")
        news = f"Die Vorlage hat sich seit der Fassung vom {since} geändert: {count}."
        self.news.say(news if locked is None and text.outdated > 0 else "")
        gone = [
            row.title
            for row in text.clauses
            if row.is_obligatory and not row.is_included and row.position in applying
        ]
        are = counted(len(gone), "Pflichtklausel ist", "Pflichtklauseln sind")
        self.duties.say(f"{are} weggelassen: {', '.join(gone)}." if gone else "")

    def _show_current(self) -> None:
        line, open_ = self.table.current(), self.text.lock is None
        for control in (self.edit, self.leave, self.up, self.down):
            control.setEnabled(open_ and line is not None)
        self.insert.setEnabled(open_)
        if line is None or self.sample is None:
            self.clause.show_nothing()
            return
        included = line.clause.is_included
        self.up.setEnabled(open_ and line.position > 1)
        self.down.setEnabled(open_ and line.position < len(self.text.clauses))
        self.leave.setText("Weglassen" if included else "Aufnehmen")
        self.leave.setIcon(icons.icon("eye-off" if included else "eye", icons.TEXT))
        self.clause.show_clause(line, self.sample)

    # ---- what can be done ----

    def reword(self) -> None:
        """The form of the current clause."""
        if (line := self._changeable()) is None:
            return
        of = line.clause

        def save(changed: ClauseInput) -> None:
            label = f"„{of.title}“ umformuliert"
            self._do(label, agreement_clauses.reword, of.position, changed.title, changed.text)

        values = ClauseInput(of.title, of.text)
        self._open_form(f"{line.name} umformulieren", of.position, values, save, of.note)

    def add_own(self) -> None:
        """A clause for this agreement alone, behind the current one."""
        after = self._after

        def save(changed: ClauseInput) -> None:
            self._wanted = after + 1
            label = f"Klausel „{changed.title}“ eingefügt"
            self._do(label, agreement_clauses.add, after, changed.title, changed.text)

        self._open_form("Eigene Klausel einfügen", None, ClauseInput("", ""), save, behind=after)

    def add_from_library(self) -> None:
        """A clause of the library that is not in the text, behind the current one."""
        if self.sample is None:
            return
        had = {of.clause_id for of in self.text.clauses}
        offered = [of for of in self.context.ask(clauses.rows, self.sample.paper.kind) if of.id not in had]
        after = self._after

        def take(of: ClauseRow) -> None:
            self._wanted = after + 1
            self._do(f"Klausel „{of.title}“ aufgenommen", agreement_clauses.add, after, "", "", of.id)

        ClausePicker(offered, take, self.window()).open()

    def toggle(self) -> None:
        """Leave the current clause out, or take it in again."""
        if (line := self._changeable()) is not None:
            included = not line.clause.is_included
            label = f"„{line.clause.title}“ {'aufgenommen' if included else 'weggelassen'}"
            self._wanted = line.position
            self._do(label, agreement_clauses.set_included, line.position, included)

    def shift(self, step: int) -> None:
        """Move the current clause up (-1) or down (1)."""
        line = self._changeable()
        if line is not None and 1 <= line.position + step <= len(self.text.clauses):
            self._wanted = line.position + step
            words = "oben" if step < 0 else "unten"
            self._do(f"„{line.clause.title}“ nach {words}", agreement_clauses.move, line.position, step)

    def reset(self, line: ClauseLine) -> None:
        """Back to the words it came with."""
        self._wanted = line.position
        self._do(f"„{line.clause.title}“ wie in der Vorlage", agreement_clauses.reset, line.position)

    def take_newest(self, line: ClauseLine) -> None:
        """The words the library has now."""
        self._wanted = line.position
        label = f"Neue Fassung von „{line.clause.title}“ übernommen"
        self._do(label, agreement_clauses.take_newest, line.position)

    def remove(self, line: ClauseLine) -> None:
        """Take a clause away that was added for this agreement."""
        self._do(f"Klausel „{line.clause.title}“ entfernt", agreement_clauses.remove, line.position)

    def show_changes(self) -> None:
        """What has changed in the template since."""
        ChangesDialog(self.context, self._agreement_id, self.window()).open()

    def use_template(self, template_id: int, name: str) -> None:
        """All words of another template; undo brings those of now back."""
        self._wanted = 1
        self._do(f"Text nach Vorlage „{name}“", agreement_clauses.adopt, template_id)

    @property
    def _after(self) -> int:
        """The position behind which a clause is added: the current one, or the last."""
        line = self.table.current()
        return line.position if line is not None else len(self.text.clauses)

    def _changeable(self) -> ClauseLine | None:
        """The current clause, where the text may be changed."""
        return self.table.current() if self.text.lock is None else None

    def _do(self, label: str, command: Callable[..., object], *arguments: object) -> None:
        self.context.do(f"{self._number}: {label}", command, self._agreement_id, *arguments)

    def _open_form(
        self,
        title: str,
        key: int | None,
        values: ClauseInput,
        save: Callable[[ClauseInput], None],
        note: str | None = None,
        behind: int | None = None,
    ) -> None:
        assert self.sample is not None
        trial = Trial(self.sample, key, self.context.ask(clause_uses.clause_titles), behind=behind)
        body = ClauseBody(trial, note=note)
        FormDialog(title, body, values, save, parent=self.window(), side=body.view, size=SIZE).open()

    # ---- making ----

    def _entries(self) -> Iterator[Entry]:
        """What the current clause offers besides the buttons."""
        line, open_ = self.table.current(), self.text.lock is None
        if line is None:
            return
        of = line.clause
        back = of.wording in (Wording.REWORDED, Wording.LEFT_OUT) and of.origin_version_id is not None
        newer, own = of.newer_version_id is not None, of.origin_version_id is None
        for text, icon, call, possible in (
            ("Kommentar …", "note", lambda: self.part_wanted.emit("negotiation", line.position), True),
            ("Zurück zur Vorlage", "undo", lambda: self.reset(line), back),
            ("Neue Fassung übernehmen", "refresh", lambda: self.take_newest(line), newer),
            ("Eigene Klausel entfernen", "trash", lambda: self.remove(line), own),
        ):
            yield Entry(text, call, icon, enabled=open_ and possible)

    def _template_entries(self) -> Iterator[Entry | None]:
        """What concerns the whole text."""
        open_ = self.text.lock is None
        yield Entry(QUESTION, self.show_changes, "history", enabled=open_)
        if self.sample is None:
            return
        yield None
        for template in self.context.ask(clauses.templates, self.sample.paper.kind):
            yield Entry(
                f"Ganzen Text nach „{template.name}“",
                partial(self.use_template, template.id, template.name),
                "check" if template.id == self.text.template_id and not self.text.outdated else "document",
                enabled=open_,
            )

    def _lay_out(self) -> None:
        opens_fresh_menu(self.more, self._entries)
        opens_fresh_menu(self.template, self._template_entries)
        opens_menu(
            self.insert,
            (
                Entry("Eigene Klausel …", self.add_own, "edit"),
                Entry("Aus der Bibliothek …", self.add_from_library, "document"),
            ),
        )
        self.clause.add_buttons(self.edit, self.leave, self.more)
        tools = row(self.insert, self.template, STRETCH, self.up, self.down, spacing=6)
        left = held(column(tools, grow(self.table), spacing=8))
        split = Split("agreement/text", left, self.clause, shares=(5, 6))
        column(self.lock_note, self.duties, self.news, grow(split), on=self, spacing=8)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _line: self.reword())
        self.table.current_changed.connect(lambda _line: self._show_current())
        self.table.set_actions(
            [
                RowAction("Weglassen oder aufnehmen", lambda _lines: self.toggle(), "eye-off"),
                RowAction("Zurück zur Vorlage", lambda lines: self.reset(lines[0]), "undo", _reworded),
            ]
        )
        bind(self.table, "clauses.up", lambda: self.shift(-1))
        bind(self.table, "clauses.down", lambda: self.shift(1))
        bind(self.table, "clauses.leave", self.toggle)


def _reworded(lines: list[ClauseLine]) -> bool:
    return len(lines) == 1 and lines[0].clause.wording is Wording.REWORDED
