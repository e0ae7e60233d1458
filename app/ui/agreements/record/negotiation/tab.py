"""The tab "Abstimmung": drafts for the partner, comments on clauses, stages, and the checklist before signature."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.signature_checklist import Check, ChecklistPlace
from app.services.agreements import (
    agreement_text,
    agreements,
    clause_comments,
    drafts,
    stage_changes,
)
from app.services.agreements.drafts import DraftRow
from app.ui.agreements.form import open_form
from app.ui.agreements.record.negotiation.checks import checks_section
from app.ui.agreements.record.negotiation.comments import (
    CommentDeeds,
    comments_section,
    open_comment_form,
)
from app.ui.agreements.record.negotiation.comparison import ComparisonDialog
from app.ui.agreements.record.negotiation.drafts import (
    DraftDeeds,
    ask_title,
    choose_draft_target,
    drafts_section,
)
from app.ui.agreements.record.negotiation.stages import open_stage_form, stages_section
from app.ui.agreements.record.tab import TABS, RecordTab
from app.ui.context import Context
from app.ui.kit.page import Split
from app.ui.kit.widgets.card import Card, Pane
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.text import button
from app.workflows.agreements.drafts import DraftFormat, draft_name, keep
from app.workflows.agreements.print_agreement import signature_check


class NegotiationTab(RecordTab):
    """Answers: how far is the negotiation, and what is open before it can be signed?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreement_id = 0
        self._data: agreements.AgreementInput | None = None
        self._comments_in_full = False
        self.word_button = button(
            "Entwurf als Word-Datei", partial(self._give_out, DraftFormat.WORD), icon="document"
        )
        self.pdf_button = button("Entwurf als PDF", partial(self._give_out, DraftFormat.PDF), icon="pdf")
        self.stage_button = button("Stand ändern …", self.change_stage, icon="flag")
        self.left, self.right = Pane(spacing=22, surface=False), Pane(spacing=22, surface=False)
        bar = QWidget()
        line = FlowLayout(bar, 8)
        for widget in (self.word_button, self.pdf_button, self.stage_button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(bar)
        layout.addWidget(
            Split("agreements/negotiation", _carded(self.left), _carded(self.right), shares=(1, 1)), 1
        )

    def show_agreement(self, agreement_id: int) -> None:
        same = agreement_id == self._agreement_id
        self._agreement_id = agreement_id
        self._comments_in_full = self._comments_in_full and same
        scrolled = [pane.verticalScrollBar().value() if same else 0 for pane in (self.left, self.right)]
        self._data = self.context.ask(agreements.load, agreement_id)
        giving = self._data.stage not in BINDING_STAGES and self._data.stage is not Stage.ENDED
        for widget in (self.word_button, self.pdf_button):
            widget.setEnabled(giving)
            widget.setToolTip(
                "" if giving else "Die Vereinbarung ist unterzeichnet; es gibt keinen Entwurf mehr."
            )
        self.left.clear()
        self.right.clear()
        checks = self.context.ask(signature_check, agreement_id, self.context.today())
        self.left.add(checks_section(checks, self._data.stage, self._mend))
        self.left.add(
            stages_section(
                self.context.ask(stage_changes.rows, agreement_id), self._data.stage, self.change_stage
            )
        )
        self.right.add(self._comments())
        self.right.add(
            drafts_section(
                self.context.ask(drafts.rows, agreement_id),
                DraftDeeds(self._keep, self._compare, self._rename, self._remove_draft),
            )
        )
        for pane, value in zip((self.left, self.right), scrolled, strict=True):
            pane.verticalScrollBar().setValue(value)

    def go_to(self, part: object) -> None:
        """The form of a comment to the clause at a position."""
        if isinstance(part, int):
            clauses = self.context.ask(agreement_text.text, self._agreement_id).clauses
            open_comment_form(self.context, self._agreement_id, clauses, None, self, part)

    # ---- stages ----

    def change_stage(self) -> None:
        """Ask which stage it comes to, on which day and by whom; also back to an earlier one."""
        if self._data is not None:
            open_stage_form(self.context, self._agreement_id, self._data, self)

    # ---- the checklist ----

    def _mend(self, check: Check) -> None:
        """Go to where an open point is mended."""
        match check.place:
            case ChecklistPlace.FORM:
                open_form(self.context, self._agreement_id, self, lambda _id: None)
            case ChecklistPlace.ACTOR:
                self.context.open("actors", check.actor_id)
            case ChecklistPlace.OFFICE:
                self.context.open("settings")
            case ChecklistPlace.TEXT:
                self.tab_wanted.emit("text")
            case ChecklistPlace.FUNDING:
                self._show_tab("funding")
            case ChecklistPlace.COMMENTS:
                self.right.verticalScrollBar().setValue(0)

    def _show_tab(self, tab: str) -> None:
        if tab in {spec.id for spec in TABS}:
            self.tab_wanted.emit(tab)

    # ---- comments ----

    def _comments(self) -> QWidget:
        number = self._data.number if self._data else ""

        def settle(comment: clause_comments.CommentRow) -> None:
            said = "erledigt" if comment.is_open else "wieder offen"
            day = self.context.today() if comment.is_open else None
            self.context.do(f"{number}: Kommentar {said}", clause_comments.settle, comment.id, day)

        return comments_section(
            self.context,
            self._agreement_id,
            self.context.ask(clause_comments.rows, self._agreement_id),
            self.context.ask(agreement_text.text, self._agreement_id).clauses,
            CommentDeeds(
                settle=settle,
                remove=lambda comment: self.context.do(
                    f"{number}: Kommentar gelöscht", clause_comments.remove, comment.id
                ),
                jump=lambda comment: self.part_wanted.emit("text", comment.position),
                show_all=self._show_all_comments,
            ),
            in_full=self._comments_in_full,
        )

    def _show_all_comments(self) -> None:
        self._comments_in_full = True
        self.show_agreement(self._agreement_id)

    # ---- drafts ----

    def give_out_to(self, kind: DraftFormat, target: Path) -> None:
        """Save the draft for the partner; its words are kept."""
        from app.workflows.agreements.drafts import give_out

        agreement_id, at = self._agreement_id, self.context.now()
        self.context.do_later(
            "Entwurf",
            lambda _progress: give_out(self.context.database, agreement_id, target, kind, at),
            lambda given: self.context.say(
                f"Gespeichert: {given.file} (als Entwurf {given.draft.number} festgehalten)"
            ),
        )

    def _give_out(self, kind: DraftFormat) -> None:
        choose_draft_target(self.context, self._agreement_id, kind, self, partial(self.give_out_to, kind))

    def _keep(self) -> None:
        def save(title: str | None) -> None:
            before = self.context.ask(drafts.rows, self._agreement_id)
            kept = keep(self.context.database, self._agreement_id, self.context.now(), title or "")
            if before and before[0].id == kept.id:
                self.context.say(f"Seit {draft_name(before[0])} hat sich nichts geändert")

        ask_title("Entwurf festhalten", "Festhalten", None, save, self)

    def _rename(self, draft: DraftRow) -> None:
        def save(title: str | None) -> None:
            self.context.do(f"Entwurf {draft.number} benannt", drafts.rename, draft.id, title)

        ask_title(f"Entwurf {draft.number} benennen", "Speichern", draft.title, save, self)

    def _remove_draft(self, draft: DraftRow) -> None:
        self.context.do(f"Entwurf {draft.number} gelöscht", drafts.remove, draft.id)

    def _compare(self, draft: DraftRow) -> None:
        ComparisonDialog(self.context, self._agreement_id, draft.id, self).open()


def _carded(pane: Pane) -> Card:
    card = Card(margin=1)
    card.column.setContentsMargins(1, 1, 1, 1)
    card.add(pane, 1)
    return card
