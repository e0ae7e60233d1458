"""The tabs of an agreement's record, as a table: each shows one side of it and lets it be changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.agreements.agreement_register import AgreementRow
from app.ui.agreements.views import TabSpec
from app.ui.context import Context

TABS: tuple[TabSpec, ...] = (
    TabSpec("summary", "Überblick", "app.ui.agreements.record.summary:SummaryTab"),
    TabSpec("text", "Text", "app.ui.agreements.record.text.tab:TextTab"),
    TabSpec("negotiation", "Abstimmung", "app.ui.agreements.record.negotiation.tab:NegotiationTab"),
    TabSpec("signature", "Unterschrift", "app.ui.agreements.record.signature.tab:SignatureTab"),
    TabSpec("goals", "Ziele", "app.ui.agreements.record.goals.tab:GoalsTab"),
    TabSpec("funding", "Geld", "app.ui.agreements.record.funding.tab:FundingTab"),
    TabSpec("changes", "Änderung und Ende", "app.ui.agreements.record.changes.tab:ChangesTab"),
    TabSpec("attachments", "Anlagen", "app.ui.agreements.record.attachments:AttachmentsTab"),
)


class RecordTab(QWidget):
    """One side of an agreement. `record_wanted(id)`: another agreement's record; `tab_wanted(id)`: another tab.

    `part_wanted(id, part)`: a part of another tab, such as the clause at a position. `row`: the agreement that is
    shown; it is there from the first `show_agreement` on.
    """

    record_wanted = Signal(int)
    tab_wanted = Signal(str)
    part_wanted = Signal(str, object)
    row: AgreementRow

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._shown_id: int | None = None

    def show_agreement(self, row: AgreementRow) -> None:
        """Show this agreement; called again after every change."""
        same = row.id == self._shown_id
        self.row, self._shown_id = row, row.id
        self.refill(same=same)

    def refill(self, *, same: bool) -> None:
        """Read and show `row`; while it is the `same` agreement, scroll position and selection stay."""
        raise NotImplementedError

    def go_to(self, part: object) -> None:
        """Show a part of the tab that another one points to; a tab without parts stays."""
