"""What can be done to an agreement from where it is shown: in the register's detail and in its record."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.terms import word
from app.services.agreements import agreements, signatories
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.signatories import SignatoryRow
from app.ui.agreements.detail import Deeds
from app.ui.agreements.form import open_form
from app.ui.agreements.life.notice_form import open_notice
from app.ui.agreements.signing import open_signature
from app.ui.context import Context


class AgreementDeeds:
    """Acts on the agreement that `current` names; `open_record` shows one that was saved or is pointed to."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        current: Callable[[], AgreementRow | None],
        open_record: Callable[[int], object],
    ) -> None:
        self._context = context
        self._parent = parent
        self._current = current
        self._open_record = open_record

    def add(self) -> None:
        """The form of a new agreement."""
        open_form(self._context, None, self._parent, self._saved)

    def edit(self, row: AgreementRow) -> None:
        open_form(self._context, row.id, self._parent, self._saved)

    def remove(self, row: AgreementRow) -> None:
        """Delete without asking; undo brings it back."""
        self._context.do(f"Vereinbarung {row.number} gelöscht", agreements.remove, row.id)

    def show_paper(self, row: AgreementRow) -> None:
        """The preview, from which it is printed."""
        from app.ui.papers.preview import open_preview  # loads Qt's PDF module

        open_preview(self._context, row.id, self._parent)

    def set_stage(self, row: AgreementRow, stage: Stage) -> None:
        self._context.do(
            f"{row.number}: Stand „{word(stage)}“",
            agreements.set_stage,
            row.id,
            stage,
            self._context.today(),
        )

    def set_goal_state(self, row: AgreementRow, goal: AgreedGoal, state: GoalState) -> None:
        self._context.do(
            f"{row.number}, Ziel {goal.nr}: {word(state)}", agreements.set_goal_state, goal.id, state
        )

    def add_below(self, row: AgreementRow) -> None:
        """A cooperation agreement that hangs on this one."""
        data = self._context.ask(agreements.load, row.id)
        open_form(
            self._context,
            None,
            self._parent,
            self._saved,
            kind=AgreementKind.COOPERATION,
            quarter_id=data.quarter_id,
            belongs_to_id=row.id,
        )

    def deeds(self, record: Callable[[int], object] | None = None) -> Deeds:
        """The same as buttons and menus want it: acting on whatever is shown when they are pressed.

        `record` opens the record; None: this is in it.
        """
        return Deeds(
            edit=self._on_current(self.edit),
            paper=self._on_current(self.show_paper),
            unsigned=self._unsigned,
            sign=lambda who: self._on_current(
                lambda row: open_signature(self._context, row.id, row.number, who, self._parent)
            )(),
            set_stage=lambda stage: self._on_current(lambda row: self.set_stage(row, stage))(),
            set_goal_state=lambda goal, state: self._on_current(
                lambda row: self.set_goal_state(row, goal, state)
            )(),
            terminate=self._on_current(lambda row: open_notice(self._context, row.id, self._parent)),
            add_below=self._on_current(self.add_below),
            remove=self._on_current(self.remove),
            open=self._open_record,
            record=None if record is None else self._on_current(lambda row: record(row.id)),
        )

    def _unsigned(self, agreement_id: int) -> list[SignatoryRow]:
        found = self._context.ask(signatories.rows, agreement_id)
        return [who for who in found if who.signed_on is None]

    def _saved(self, agreement_id: int) -> None:
        self._open_record(agreement_id)

    def _on_current(self, deed: Callable[[AgreementRow], object]) -> Callable[[], object]:
        def run() -> None:
            row = self._current()
            if row is not None:
                deed(row)

        return run
