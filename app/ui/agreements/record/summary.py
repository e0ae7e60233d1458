"""The first tab: dates with their rules, timeline, parties, goals, papers, history, and the next steps."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements.agreements import Stage
from app.services.agreements import agreement_funding, agreement_register
from app.services.agreements.agreement_history import agreement_history
from app.ui.agreements.commitment_offer import offer_note
from app.ui.agreements.deeds import AgreementDeeds
from app.ui.agreements.detail import DetailView
from app.ui.agreements.record.negotiation.checks import advice
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.note import Note


class SummaryTab(RecordTab):
    """Answers: how does this agreement stand?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        deeds = AgreementDeeds(context, self, self._row, self.record_wanted.emit)
        self._shown: agreement_register.AgreementDetail | None = None
        self.detail = DetailView(deeds.deeds())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._above = QVBoxLayout()
        layout.addLayout(self._above)
        layout.addWidget(self.detail)

    def show_agreement(self, agreement_id: int) -> None:
        today = self.context.today()
        self._shown = self.context.ask(agreement_register.detail, agreement_id, today)
        payments = self.context.ask(agreement_funding.payments, agreement_id, today)
        self.detail.show_detail(
            self._shown, self.context.ask(agreement_history, agreement_id), today, payments
        )
        clear_layout(self._above)
        if (note := offer_note(self.context, agreement_id, self)) is not None:
            self._above.addWidget(note)
        if self._shown.row.stage is Stage.READY_TO_SIGN:
            self._above.addWidget(self._before_signing(agreement_id))

    def _before_signing(self, agreement_id: int) -> Note:
        """What is open before the signature; it forbids nothing here."""
        from app.workflows.agreements.print_agreement import signature_check  # the PDF library loads with it

        words, tone = advice(self.context.ask(signature_check, agreement_id, self.context.today()))
        return Note(words, tone, "Ansehen", lambda: self.tab_wanted.emit("negotiation"))

    def _row(self) -> agreement_register.AgreementRow | None:
        return self._shown.row if self._shown is not None else None
