"""Commands for the text of an agreement: reword, insert, move, leave out its clauses, follow a template."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.services.agreements import agreement_clauses, agreement_text, clause_uses, clauses
from app.services.agreements.agreement_text import AgreementWording
from app.services.agreements.clauses import ClauseInput, ClauseRow
from app.ui.agreements.clauses.choose import ClausePicker
from app.ui.agreements.clauses.form import SIZE, ClauseBody, Trial
from app.ui.agreements.corrections import KEPT, ask_reason, correct
from app.ui.agreements.record.text.list import ClauseLine
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.workflows.agreements.clause_preview import ClauseSample, agreement_sample


class TextCommands:
    """Works on the text that was read last. `current`: the chosen clause; `wanted`: the position to choose next."""

    def __init__(self, context: Context, parent: QWidget, current: Callable[[], ClauseLine | None]) -> None:
        self._context, self._parent, self._current = context, parent, current
        self.agreement_id = 0
        self.wanted: int | None = None
        self.text = AgreementWording(None, "", None, False, ())
        self.sample: ClauseSample | None = None

    def read(self, agreement_id: int) -> ClauseSample:
        """Read the text of an agreement; the paper that it makes."""
        if agreement_id != self.agreement_id:
            self.agreement_id, self.wanted = agreement_id, 1
        self.text = self._context.ask(agreement_text.text, agreement_id)
        self.sample = self._context.ask(agreement_sample, agreement_id, self._context.today())
        return self.sample

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

    def correct(self) -> None:
        """A slip in the current clause of a signed text: ask why, then its form."""
        if (line := self._current()) is None:
            return
        of = line.clause

        def given(reason: str) -> None:
            def save(changed: ClauseInput) -> None:
                key, reword = self.agreement_id, agreement_clauses.reword
                correct(
                    self._context,
                    key,
                    reason,
                    f"„{of.title}“",
                    reword,
                    key,
                    of.position,
                    changed.title,
                    changed.text,
                )

            self._open_form(
                f"{line.name} korrigieren", of.position, ClauseInput(of.title, of.text), save, of.note
            )

        ask_reason(
            self._parent.window(),
            f"{line.name} korrigieren",
            f"Was ist verschrieben? {KEPT}",
            given,
            "Weiter",
        )

    def add_own(self) -> None:
        """A clause for this agreement alone, behind the current one."""
        after = self._after

        def save(changed: ClauseInput) -> None:
            self.wanted = after + 1
            label = f"Klausel „{changed.title}“ eingefügt"
            self._do(label, agreement_clauses.add, after, changed.title, changed.text)

        self._open_form("Eigene Klausel einfügen", None, ClauseInput("", ""), save, behind=after)

    def add_from_library(self) -> None:
        """A clause of the library that is not in the text, behind the current one."""
        if self.sample is None:
            return
        had = {of.clause_id for of in self.text.clauses}
        offered = [of for of in self._context.ask(clauses.rows, self.sample.paper.kind) if of.id not in had]
        after = self._after

        def take(of: ClauseRow) -> None:
            self.wanted = after + 1
            self._do(f"Klausel „{of.title}“ aufgenommen", agreement_clauses.add, after, "", "", of.id)

        ClausePicker(offered, take, self._parent.window()).open()

    def toggle(self) -> None:
        """Leave the current clause out, or take it in again."""
        if (line := self._changeable()) is not None:
            included = not line.clause.is_included
            label = f"„{line.clause.title}“ {'aufgenommen' if included else 'weggelassen'}"
            self.wanted = line.position
            self._do(label, agreement_clauses.set_included, line.position, included)

    def shift(self, step: int) -> None:
        """Move the current clause up (-1) or down (1)."""
        line = self._changeable()
        if line is not None and 1 <= line.position + step <= len(self.text.clauses):
            self.wanted = line.position + step
            words = "oben" if step < 0 else "unten"
            self._do(f"„{line.clause.title}“ nach {words}", agreement_clauses.move, line.position, step)

    def reset(self, line: ClauseLine) -> None:
        """Back to the words it came with."""
        self.wanted = line.position
        self._do(f"„{line.clause.title}“ wie in der Vorlage", agreement_clauses.reset, line.position)

    def take_newest(self, line: ClauseLine) -> None:
        """The words the library has now."""
        self.wanted = line.position
        label = f"Neue Fassung von „{line.clause.title}“ übernommen"
        self._do(label, agreement_clauses.take_newest, line.position)

    def remove(self, line: ClauseLine) -> None:
        """Take a clause away that was added for this agreement."""
        self._do(f"Klausel „{line.clause.title}“ entfernt", agreement_clauses.remove, line.position)

    def use_template(self, template_id: int, name: str) -> None:
        """All words of another template; undo brings those of now back."""
        self.wanted = 1
        self._do(f"Text nach Vorlage „{name}“", agreement_clauses.adopt, template_id)

    @property
    def _after(self) -> int:
        """The position behind which a clause is added: the current one, or the last."""
        line = self._current()
        return line.position if line is not None else len(self.text.clauses)

    def _changeable(self) -> ClauseLine | None:
        """The current clause, where the text may be changed."""
        return self._current() if self.text.lock is None else None

    def _do(self, label: str, command: Callable[..., object], *arguments: object) -> None:
        assert self.sample is not None
        self._context.do(f"{self.sample.paper.number}: {label}", command, self.agreement_id, *arguments)

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
        trial = Trial(self.sample, key, self._context.ask(clause_uses.clause_titles), behind=behind)
        body = ClauseBody(trial, note=note)
        FormDialog(title, body, values, save, parent=self._parent.window(), side=body.view, size=SIZE).open()
