"""The tab "Text": the clauses of one agreement, each beside the template it came from, and the paper they make."""

from collections.abc import Iterator
from functools import partial

from app.domain.counting import counted
from app.domain.dates import german
from app.services.agreements import clauses
from app.services.agreements.agreement_text import LOCKED, AgreementWording, Lock, Wording
from app.ui.agreements.record.tab import RecordTab
from app.ui.agreements.record.text.changes import QUESTION, TemplateChangesDialog
from app.ui.agreements.record.text.clause import ClauseView
from app.ui.agreements.record.text.commands import TextCommands
from app.ui.agreements.record.text.list import ClauseLine, clause_lines, clause_table
from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.actions import bind, key_text, spec, with_keys
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.menu import Entry, opens_fresh_menu, opens_menu
from app.ui.kit.page import Split
from app.ui.kit.table.table import RowAction
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, icon_button


class TextTab(RecordTab):
    """Answers: what exactly does this agreement say, and where does it differ from the template?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table = clause_table()
        self.commands = commands = TextCommands(context, self, self.table.current)
        self.clause = ClauseView()
        self.lock_note = Note(tone=Tone.INFO, action="Klausel korrigieren …", clicked=commands.correct)
        self.news = Note(tone=Tone.WARNING, action="Ansehen", clicked=self.show_changes)
        self.duties = Note(tone=Tone.WARNING)
        leave = key_text(spec("clauses.leave").keys[0])
        self.edit = button("Umformulieren", commands.reword, icon="edit")
        self.leave = button("Weglassen", commands.toggle, icon="eye-off", tip=leave)
        up, down = with_keys("Nach oben", "clauses.up"), with_keys("Nach unten", "clauses.down")
        self.up = icon_button("arrow-up", up, lambda: commands.shift(-1))
        self.down = icon_button("arrow-down", down, lambda: commands.shift(1))
        self.insert = button("Einfügen", icon="plus")
        self.more = button("Mehr", icon="more")
        self.template = button("Vorlage", icon="document")
        self._lay_out()
        self._connect()

    # ---- showing ----

    def refill(self, *, same: bool) -> None:
        sample = self.commands.read(self.row.id)
        text = self.commands.text
        applying = {of.position for of in text.clauses if sample.applies(of.condition)}
        lines = clause_lines(text.clauses, sample.numbers(), applying, text.dropped)
        self.table.set_rows(lines)
        self._choose()
        self._show_notes(text, applying)
        self._show_current()

    def go_to(self, part: object) -> None:
        """Choose the clause at a position."""
        line = next((line for line in self.table.rows() if line.position == part), None)
        if line is not None:
            self.table.select(line.clause.id or -line.position)

    def _choose(self) -> None:
        """The clause that was moved or added, else what was chosen before."""
        wanted, self.commands.wanted = self.commands.wanted, None
        if wanted is not None:
            self.go_to(wanted)
        self.table.choose_first()

    def _show_notes(self, text: AgreementWording, applying: set[int]) -> None:
        self.lock_note.say(LOCKED[text.lock] if text.lock is not None else "")
        self.lock_note.action.setVisible(text.lock in (Lock.SIGNED, Lock.SIGNING))
        since = german(text.template_as_of) if text.template_as_of else ""
        count = counted(text.outdated, "Klausel", "Klauseln")
        news = f"Die Vorlage hat sich seit der Fassung vom {since} geändert: {count}."
        self.news.say(news if text.lock is None and text.outdated > 0 else "")
        missing = (of for of in text.clauses if of.is_obligatory and not of.is_included)
        gone = [of.title for of in missing if of.position in applying]
        are = counted(len(gone), "Pflichtklausel ist", "Pflichtklauseln sind")
        self.duties.say(f"{are} weggelassen: {', '.join(gone)}." if gone else "")

    def _show_current(self) -> None:
        line, text, sample = self.table.current(), self.commands.text, self.commands.sample
        open_ = text.lock is None
        for control in (self.edit, self.leave, self.up, self.down):
            control.setEnabled(open_ and line is not None)
        self.insert.setEnabled(open_)
        if line is None or sample is None:
            self.clause.show_nothing()
            return
        included = line.clause.is_included
        self.up.setEnabled(open_ and line.position > 1)
        self.down.setEnabled(open_ and line.position < len(text.clauses))
        self.leave.setText("Weglassen" if included else "Aufnehmen")
        self.leave.setIcon(icons.icon("eye-off" if included else "eye", icons.TEXT))
        self.clause.show_clause(line, sample)

    def show_changes(self) -> None:
        """What has changed in the template since."""
        TemplateChangesDialog(self.context, self.row.id, self.window()).open()

    # ---- making ----

    def _entries(self) -> Iterator[Entry]:
        """What the current clause offers besides the buttons."""
        line, commands = self.table.current(), self.commands
        open_ = commands.text.lock is None
        if line is None:
            return
        of = line.clause
        back = of.wording in (Wording.REWORDED, Wording.LEFT_OUT) and of.origin is not None
        newer, own = of.newer is not None, of.origin is None
        for text, icon, call, possible in (
            ("Kommentar …", "note", lambda: self.part_wanted.emit("negotiation", line.position), True),
            ("Zurück zur Vorlage", "undo", lambda: commands.reset(line), back),
            ("Neue Fassung übernehmen", "refresh", lambda: commands.take_newest(line), newer),
            ("Eigene Klausel entfernen", "trash", lambda: commands.remove(line), own),
        ):
            yield Entry(text, call, icon, enabled=open_ and possible)

    def _template_entries(self) -> Iterator[Entry | None]:
        """What concerns the whole text."""
        commands, text = self.commands, self.commands.text
        open_ = text.lock is None
        yield Entry(QUESTION, self.show_changes, "history")
        if commands.sample is None:
            return
        yield None
        for template in self.context.ask(clauses.templates, commands.sample.paper.kind):
            yield Entry(
                f"Ganzen Text nach „{template.name}“",
                partial(commands.use_template, template.id, template.name),
                "check" if template.id == text.template_id and not text.outdated else "document",
                enabled=open_,
            )

    def _lay_out(self) -> None:
        opens_fresh_menu(self.more, self._entries)
        opens_fresh_menu(self.template, self._template_entries)
        own = Entry("Eigene Klausel …", self.commands.add_own, "edit")
        opens_menu(
            self.insert, (own, Entry("Aus der Bibliothek …", self.commands.add_from_library, "document"))
        )
        self.clause.add_buttons(self.edit, self.leave, self.more)
        tools = row(self.insert, self.template, STRETCH, self.up, self.down, spacing=6)
        left = held(column(tools, grow(self.table), spacing=8))
        split = Split("agreement/text", left, self.clause, shares=(5, 6))
        column(self.lock_note, self.duties, self.news, grow(split), on=self, spacing=8)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        commands = self.commands
        self.table.opened.connect(lambda _line: commands.reword())
        self.table.current_changed.connect(lambda _line: self._show_current())
        leave = RowAction[ClauseLine]("Weglassen oder aufnehmen", lambda _lines: commands.toggle(), "eye-off")
        back = RowAction("Zurück zur Vorlage", lambda lines: commands.reset(lines[0]), "undo", _reworded)
        self.table.set_actions([leave, back])
        bind(self.table, "clauses.up", lambda: commands.shift(-1))
        bind(self.table, "clauses.down", lambda: commands.shift(1))
        bind(self.table, "clauses.leave", commands.toggle)


def _reworded(lines: list[ClauseLine]) -> bool:
    return len(lines) == 1 and lines[0].clause.wording is Wording.REWORDED
