"""The tab "Text": the clauses of one agreement, each beside the template it came from, and the paper they make."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services.agreements import agreement_clauses, agreement_text, clause_uses, clauses
from app.services.agreements.agreement_text import LOCKED, AgreementWording, Wording
from app.services.agreements.clauses import ClauseInput, ClauseRow
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import SIZE, ClauseBody, Trial
from app.ui.agreements.record.tab import RecordTab
from app.ui.agreements.record.text.changes import TemplateChangesDialog
from app.ui.agreements.record.text.clause import ClauseView
from app.ui.agreements.record.text.list import ClauseLine, clause_lines, clause_table
from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.actions import key_text, spec
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.page import Split
from app.ui.kit.table.table import RowAction
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, icon_button
from app.workflows.agreements.clause_preview import ClauseSample, agreement_sample


class TextTab(RecordTab):
    """Answers: what exactly does this agreement say, and where does it differ from the template?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreement_id = 0
        self._number = ""
        self._wanted: int | None = None
        self.text = AgreementWording(None, "", None, False, ())
        self.sample: ClauseSample | None = None
        self.table = clause_table()
        self.clause = ClauseView()
        self.lock_note = Note(tone=Tone.INFO)
        self.news = Note(tone=Tone.WARNING, action="Ansehen", clicked=self.show_changes)
        self.duties = Note(tone=Tone.WARNING)
        up, down, leave = (spec(f"clauses.{name}").keys[0] for name in ("up", "down", "leave"))
        self.edit = button("Umformulieren", self.reword, icon="edit")
        self.leave = button("Weglassen", self.toggle, icon="eye-off", tip=f"{key_text(leave)}")
        self.up = icon_button("arrow-up", f"Nach oben ({key_text(up)})", lambda: self.shift(-1))
        self.down = icon_button("arrow-down", f"Nach unten ({key_text(down)})", lambda: self.shift(1))
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
        self.text = self.context.ask(agreement_text.text, agreement_id)
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
        self.lock_note.setVisible(locked is not None)
        self.lock_note.set_text(LOCKED[locked] if locked is not None else "")
        since = german(text.template_as_of) if text.template_as_of else ""
        count = "1 Klausel" if text.outdated == 1 else f"{text.outdated} Klauseln"
        self.news.set_text(f"Die Vorlage hat sich seit der Fassung vom {since} geändert: {count}.")
        self.news.setVisible(locked is None and text.outdated > 0)
        gone = [
            row.title
            for row in text.clauses
            if row.is_obligatory and not row.is_included and row.position in applying
        ]
        verb = "Pflichtklausel ist" if len(gone) == 1 else "Pflichtklauseln sind"
        self.duties.set_text(f"{len(gone)} {verb} weggelassen: {', '.join(gone)}.")
        self.duties.setVisible(bool(gone))

    def _show_current(self) -> None:
        line, open_ = self.table.current(), self.text.lock is None
        for control in (self.edit, self.leave, self.up, self.down):
            control.setEnabled(open_ and line is not None)
        self.insert.setEnabled(open_)
        if line is None or self.sample is None:
            self.clause.show_nothing()
            return
        row = line.clause
        self.up.setEnabled(open_ and row.position > 1)
        self.down.setEnabled(open_ and row.position < len(self.text.clauses))
        self.leave.setText("Weglassen" if row.is_included else "Aufnehmen")
        self.leave.setIcon(icons.icon("eye-off" if row.is_included else "eye", icons.TEXT))
        self.clause.show_clause(line, self.sample)

    # ---- what can be done ----

    def reword(self) -> None:
        """The form of the current clause."""
        line = self.table.current()
        if line is None or self.text.lock is not None:
            return
        row = line.clause

        def save(changed: ClauseInput) -> None:
            self._do(
                f"„{row.title}“ umformuliert",
                agreement_clauses.reword,
                row.position,
                changed.title,
                changed.text,
            )

        self._open_form(
            f"{line.name} umformulieren", row.position, ClauseInput(row.title, row.text), save, row.note
        )

    def add_own(self) -> None:
        """A clause for this agreement alone, behind the current one."""
        line = self.table.current()
        after = line.position if line is not None else len(self.text.clauses)

        def save(changed: ClauseInput) -> None:
            self._wanted = after + 1
            self._do(
                f"Klausel „{changed.title}“ eingefügt",
                agreement_clauses.add,
                after,
                changed.title,
                changed.text,
            )

        self._open_form("Eigene Klausel einfügen", None, ClauseInput("", ""), save, behind=after)

    def add_from_library(self) -> None:
        """A clause of the library that is not in the text, behind the current one."""
        if self.sample is None:
            return
        had = {row.clause_id for row in self.text.clauses}
        offered = [row for row in self.context.ask(clauses.rows, self.sample.paper.kind) if row.id not in had]
        line = self.table.current()
        after = line.position if line is not None else len(self.text.clauses)

        def take(row: ClauseRow) -> None:
            self._wanted = after + 1
            self._do(f"Klausel „{row.title}“ aufgenommen", agreement_clauses.add, after, "", "", row.id)

        ClausePicker(offered, take, self.window()).open()

    def toggle(self) -> None:
        """Leave the current clause out, or take it in again."""
        line = self.table.current()
        if line is not None and self.text.lock is None:
            included = not line.clause.is_included
            words = "aufgenommen" if included else "weggelassen"
            self._wanted = line.position
            self._do(
                f"„{line.clause.title}“ {words}", agreement_clauses.set_included, line.position, included
            )

    def shift(self, step: int) -> None:
        """Move the current clause up (-1) or down (1)."""
        line = self.table.current()
        if line is None or self.text.lock is not None:
            return
        target = line.position + step
        if 1 <= target <= len(self.text.clauses):
            self._wanted = target
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
        TemplateChangesDialog(self.context, self._agreement_id, self.window()).open()

    def use_template(self, template_id: int, name: str) -> None:
        """All words of another template; undo brings those of now back."""
        self._wanted = 1
        self._do(f"Text nach Vorlage „{name}“", agreement_clauses.adopt, template_id)

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
        dialog = FormDialog(title, body, values, save, parent=self.window(), side=body.view, size=SIZE)
        dialog.open()

    # ---- making ----

    def _fill_more(self) -> None:
        """What the current clause offers besides the buttons."""
        menu = self.more.menu()
        menu.clear()
        line, open_ = self.table.current(), self.text.lock is None
        if line is None:
            return
        row = line.clause
        back = row.wording in (Wording.REWORDED, Wording.LEFT_OUT) and row.origin_version_id is not None
        newer, own = row.newer_version_id is not None, row.origin_version_id is None
        self._entry(
            menu, "Kommentar …", "note", lambda: self.part_wanted.emit("negotiation", line.position), open_
        )
        self._entry(menu, "Zurück zur Vorlage", "undo", lambda: self.reset(line), open_ and back)
        self._entry(
            menu, "Neue Fassung übernehmen", "refresh", lambda: self.take_newest(line), open_ and newer
        )
        self._entry(menu, "Eigene Klausel entfernen", "trash", lambda: self.remove(line), open_ and own)

    def _fill_template(self) -> None:
        """What concerns the whole text."""
        menu = self.template.menu()
        menu.clear()
        self._entry(
            menu,
            "Was hat sich an der Vorlage geändert?",
            "history",
            self.show_changes,
            self.text.lock is None,
        )
        if self.sample is None:
            return
        menu.addSeparator()
        for template in self.context.ask(clauses.templates, self.sample.paper.kind):
            self._entry(
                menu,
                f"Ganzen Text nach „{template.name}“".replace("&", "&&"),
                "check" if template.id == self.text.template_id and not self.text.outdated else "document",
                partial(self.use_template, template.id, template.name),
                self.text.lock is None,
            )

    def _entry(
        self, menu: QMenu, text: str, icon: str, call: Callable[[], object], enabled: bool = True
    ) -> None:
        action = menu.addAction(text)
        if icon:
            action.setIcon(icons.icon(icon))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: call())

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(6)
        menu = QMenu(self.insert)
        self._entry(menu, "Eigene Klausel …", "edit", self.add_own)
        self._entry(menu, "Aus der Bibliothek …", "document", self.add_from_library)
        self.insert.setMenu(menu)
        for one in (self.more, self.template):
            one.setMenu(QMenu(one))
        for one in (self.insert, self.more, self.template):
            one.setProperty("menu", True)
        for control in (self.insert, self.template):
            tools.addWidget(control)
        tools.addStretch(1)
        for arrow in (self.up, self.down):
            tools.addWidget(arrow)
        for control in (self.edit, self.leave, self.more):
            self.clause.deeds.addWidget(control)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for note in (self.lock_note, self.duties, self.news):
            layout.addWidget(note)
        layout.addWidget(Split("agreement/text", left, self.clause, shares=(5, 6)), 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _line: self.reword())
        self.table.current_changed.connect(lambda _line: self._show_current())
        self.more.menu().aboutToShow.connect(self._fill_more)
        self.template.menu().aboutToShow.connect(self._fill_template)
        self.table.set_actions(
            [
                RowAction("Weglassen oder aufnehmen", lambda _lines: self.toggle(), "eye-off"),
                RowAction("Zurück zur Vorlage", lambda lines: self.reset(lines[0]), "undo", _reworded),
            ]
        )
        for action, call in (
            ("clauses.up", lambda: self.shift(-1)),
            ("clauses.down", lambda: self.shift(1)),
            ("clauses.leave", self.toggle),
        ):
            keys = QShortcut(QKeySequence(spec(action).keys[0]), self.table)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(call)


def _reworded(lines: list[ClauseLine]) -> bool:
    return len(lines) == 1 and lines[0].clause.wording is Wording.REWORDED
