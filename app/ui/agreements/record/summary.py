"""The first tab: dates with their rules, timeline, parties, goals, papers, history, and the next steps."""

from app.domain.agreements.agreements import Stage
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.commitment_offer import offer_note
from app.ui.agreements.detail import DetailView
from app.ui.agreements.record.negotiation.checks import advice
from app.ui.agreements.record.signature.deviations import printed_note
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import add, column
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.note import Note


class SummaryTab(RecordTab):
    """Answers: how does this agreement stand?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.detail = DetailView(context, AgreementCommands(context, self, self.record_wanted.emit))
        self._above = column()
        column(self._above, self.detail, on=self, spacing=10)

    def refill(self, *, same: bool) -> None:
        self.detail.show_agreement(self.row.id)
        clear_layout(self._above)
        ready = self.row.stage is Stage.READY_TO_SIGN
        offer = offer_note(self.context, self.row.id, self)
        add(self._above, offer, self._before_signing() if ready else None)

    def _before_signing(self) -> Note:
        """What is open before the signature, or how it stands to the version that is out; it forbids nothing here."""
        if out := printed_note(self.context, self.row.id, lambda: self.tab_wanted.emit("signature")):
            return out
        from app.workflows.agreements.print_agreement import signature_check  # the PDF library loads with it

        words, tone = advice(self.context.ask(signature_check, self.row.id, self.context.today()))
        return Note(words, tone, "Ansehen", lambda: self.tab_wanted.emit("negotiation"))
