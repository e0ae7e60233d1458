"""The tab "Abstimmung": drafts for the partner, comments on clauses, stages, and the checklist before signature."""

from functools import partial

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.signature_checklist import Check, ChecklistPlace
from app.services.agreements import agreement_text, stage_changes
from app.ui.agreements.form import open_form
from app.ui.agreements.record.negotiation.checks import checks_section
from app.ui.agreements.record.negotiation.comments import comments_section, open_comment_form
from app.ui.agreements.record.negotiation.drafts import drafts_section
from app.ui.agreements.record.negotiation.stages import open_stage_form, stages_section
from app.ui.agreements.record.signature.deviations import printed_note
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import column, grow
from app.ui.kit.page import Split
from app.ui.kit.widgets.card import Pane, carded
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.text import button
from app.ui.papers.draft_files import ask_and_give_out
from app.workflows.agreements.drafts import DraftFormat
from app.workflows.agreements.print_agreement import signature_check


class NegotiationTab(RecordTab):
    """Answers: how far is the negotiation, and what is open before it can be signed?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._comments_in_full = False
        as_word, as_pdf = (partial(self._give_out, kind) for kind in (DraftFormat.WORD, DraftFormat.PDF))
        self.word_button = button("Entwurf als Word-Datei", as_word, icon="document")
        self.pdf_button = button("Entwurf als PDF", as_pdf, icon="pdf")
        self.stage_button = button("Stand ändern …", self.change_stage, icon="flag")
        self.left, self.right = Pane(spacing=22, surface=False), Pane(spacing=22, surface=False)
        split = Split("agreements/negotiation", carded(self.left), carded(self.right), shares=(1, 1))
        column(flowing(self.word_button, self.pdf_button, self.stage_button), grow(split), on=self)

    def refill(self, *, same: bool) -> None:
        context, agreement_id, stage = self.context, self.row.id, self.row.stage
        self._comments_in_full = self._comments_in_full and same
        giving = stage not in BINDING_STAGES and stage is not Stage.ENDED
        for widget in (self.word_button, self.pdf_button):
            widget.setEnabled(giving)
            widget.setToolTip(
                "" if giving else "Die Vereinbarung ist unterzeichnet; es gibt keinen Entwurf mehr."
            )
        with self.left.refilled(same=same):
            checks = context.ask(signature_check, agreement_id, context.today())
            look = partial(self.tab_wanted.emit, "signature")
            printed = printed_note(context, agreement_id, look) if giving else None
            self.left.add(checks_section(checks, stage, self._mend, printed))
            changes = context.ask(stage_changes.rows, agreement_id)
            self.left.add(stages_section(changes, stage, self.change_stage))
        with self.right.refilled(same=same):
            self.right.add(comments_section(self, self._show_all_comments, in_full=self._comments_in_full))
            self.right.add(drafts_section(self))

    def go_to(self, part: object) -> None:
        """The form of a comment to the clause at a position."""
        if isinstance(part, int):
            clauses = self.context.ask(agreement_text.text, self.row.id).clauses
            open_comment_form(self.context, self.row.id, clauses, None, self, part)

    def change_stage(self) -> None:
        """Ask which stage it comes to, on which day and by whom; also back to an earlier one."""
        open_stage_form(self.context, self.row, self)

    def _give_out(self, kind: DraftFormat) -> None:
        ask_and_give_out(self.context, self.row.id, kind, self)

    def _mend(self, check: Check) -> None:
        """Go to where an open point is mended."""
        match check.place:
            case ChecklistPlace.FORM:
                open_form(self.context, self.row.id, self)
            case ChecklistPlace.ACTOR:
                self.context.open("actors", check.actor_id)
            case ChecklistPlace.OFFICE:
                self.context.open("settings")
            case ChecklistPlace.TEXT:
                self.tab_wanted.emit("text")
            case ChecklistPlace.FUNDING:
                self.tab_wanted.emit("funding")
            case ChecklistPlace.COMMENTS:
                self.right.verticalScrollBar().setValue(0)

    def _show_all_comments(self) -> None:
        self._comments_in_full = True
        self.refill(same=True)
