"""The first tab: dates with their rules, timeline, parties, goals, papers, history, and the next steps."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import agreement_register
from app.services.agreement_history import agreement_history
from app.ui.agreements.deeds import AgreementDeeds
from app.ui.agreements.detail import DetailView
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context


class SummaryTab(RecordTab):
    """Answers: how does this agreement stand?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        deeds = AgreementDeeds(context, self, self._row, self.record_wanted.emit)
        self._shown: agreement_register.AgreementDetail | None = None
        self.detail = DetailView(deeds.deeds())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.detail)

    def show_agreement(self, agreement_id: int) -> None:
        today = self.context.today()
        self._shown = self.context.ask(agreement_register.detail, agreement_id, today)
        self.detail.show_detail(self._shown, self.context.ask(agreement_history, agreement_id), today)

    def _row(self) -> agreement_register.AgreementRow | None:
        return self._shown.row if self._shown is not None else None
