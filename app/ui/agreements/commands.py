"""Commands for an agreement from where it is shown: the register, its record, the view of cooperation."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.goals import AgreedGoal
from app.services.actors import actors
from app.services.agreements import agreements, signatories
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.agreements import PartyInput
from app.services.agreements.signatories import SignatoryRow
from app.services.several import each
from app.ui.agreements.form import open_form
from app.ui.agreements.life.notice_form import open_notice
from app.ui.agreements.signing import open_signature
from app.ui.context import Context


class AgreementCommands:
    """Opens forms over `parent`; `open_record` shows an agreement that was saved or is pointed to."""

    def __init__(
        self, context: Context, parent: QWidget, open_record: Callable[[int], object] | None = None
    ) -> None:
        self._context = context
        self._parent = parent
        self._open_record = open_record

    def open(self, agreement_id: int) -> None:
        """Show another agreement."""
        if self._open_record is not None:
            self._open_record(agreement_id)

    def add(self, **start: Any) -> None:
        """The form of a new agreement that starts with these values."""
        open_form(self._context, None, self._parent, self._open_record, **start)

    def add_with(self, actor_id: int) -> None:
        """A new agreement with this actor as its partner."""
        actor = self._context.ask(actors.load, actor_id)
        self.add(parties=(PartyInput(actor_id, actor.represented_by, actor.function),))

    def add_below(self, agreement_id: int) -> None:
        """A cooperation agreement that hangs on this one."""
        data = self._context.ask(agreements.load, agreement_id, self._context.today())
        self.add(kind=AgreementKind.COOPERATION, quarter_id=data.quarter_id, belongs_to_id=agreement_id)

    def edit(self, agreement_id: int) -> None:
        """The form of an agreement."""
        open_form(self._context, agreement_id, self._parent, self._open_record)

    def remove(self, *rows: AgreementRow) -> None:
        """Delete without asking; undo brings them back."""
        words = f"Vereinbarung {rows[0].number}" if len(rows) == 1 else f"{len(rows)} Vereinbarungen"
        self._context.do(f"{words} gelöscht", each, agreements.remove, [row.id for row in rows])

    def show_paper(self, agreement_id: int) -> None:
        """The preview, from which it is printed."""
        from app.ui.papers.preview import AgreementPaperDialog  # loads Qt's PDF module

        AgreementPaperDialog(self._context, agreement_id, self._parent).open()

    def set_stage(self, row: AgreementRow, stage: Stage) -> None:
        """It comes to a stage today."""
        label = f"{row.number}: Stand „{stage.word}“"
        self._context.do(label, agreements.set_stage, row.id, stage, self._context.today())

    def set_goal_state(self, row: AgreementRow, goal: AgreedGoal, state: GoalState) -> None:
        """How far a goal of it is, without a report."""
        label = f"{row.number}, Ziel {goal.nr}: {state.word}"
        self._context.do(label, agreements.set_goal_state, goal.id, state)

    def unsigned(self, agreement_id: int) -> list[SignatoryRow]:
        """Who has not signed yet."""
        found = self._context.ask(signatories.rows, agreement_id)
        return [who for who in found if who.signed_on is None]

    def sign(self, row: AgreementRow, who: SignatoryRow) -> None:
        """Ask when somebody signed it."""
        open_signature(self._context, row.id, row.number, who, self._parent)

    def terminate(self, agreement_id: int) -> None:
        """The form of a notice, received today unless she says otherwise."""
        open_notice(self._context, agreement_id, self._parent)
