"""The three kinds of file that the page Import takes through its steps: bookings, master data, a returned workbook."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.finance.finance_return import Refused
from app.services.bookings.column_profiles import Profile
from app.services.finance.finance_return import TakenOver
from app.ui.context import Context
from app.ui.finance.returned_step import ReturnedStep, after_lines, taken_sentence
from app.ui.imports.apply_step import Action, ApplyStep, WrittenLine
from app.ui.imports.check_step import CheckStep
from app.ui.imports.next_steps import next_steps
from app.ui.imports.summary import booking_lines, master_lines
from app.ui.kit.jobs import Progress
from app.ui.kit.tokens import Tone
from app.ui.master_data.master_preview import MasterPreview
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import BookingImport, ImportResult, OpenedFile
from app.workflows.finance import finance_return
from app.workflows.master_data import master_data
from app.workflows.master_data.master_data import MasterResult, PreparedImport


class Written(NamedTuple):
    """What became of it, and where to go from here; `batch`: the number of the delivery, if it is one."""

    title: str
    tone: Tone
    lines: Sequence[WrittenLine]
    actions: Sequence[Action] = ()
    batch: int | None = None


Done = Callable[[Written | None], None]
"""Gets what was written; None: refused, the reasons are shown in `step`."""


class Incoming(ABC):
    """One kind of file; `step` shows what it would bring."""

    step: QWidget

    def __init__(self, context: Context) -> None:
        self._context = context

    @abstractmethod
    def clear(self) -> None:
        """Nothing of this kind is under way any more."""

    @abstractmethod
    def check_again(self) -> None:
        """Facts have changed since it was checked."""

    @abstractmethod
    def show_before(self, target: ApplyStep) -> None:
        """Say in the last step what would be written."""

    @abstractmethod
    def write(self, skip_rejected: bool, done: Done, ended: Callable[[], None]) -> None:
        """Write all of it in one transaction beside the window; `ended` comes first, whatever came of it."""


class IncomingBookings(Incoming):
    """A list of finance; `opened` as it was read, `prepared` once it is checked."""

    def __init__(
        self, context: Context, step: CheckStep, checked: Callable[["IncomingBookings"], object]
    ) -> None:
        super().__init__(context)
        self.step: CheckStep = step
        self._checked = checked
        self.opened: OpenedFile | None = None
        self.prepared: BookingImport | None = None
        self._checking: OpenedFile | None = None  # a check of anything else that ends now comes too late

    def begin(self, opened: OpenedFile) -> None:
        """Another file was read."""
        self.opened, self.prepared, self._checking = opened, None, None

    def clear(self) -> None:
        self.opened = self.prepared = self._checking = None

    def check(self, opened: OpenedFile, by_hand: Profile | None = None) -> None:
        """Plan the import, with columns chosen by hand or as they are recognised."""
        database = self._context.database
        self._checking = opened
        self._context.do_later(
            f"„{opened.path.name}“ wird geprüft",
            lambda progress: import_bookings.plan_import(database, opened, by_hand=by_hand),
            self._have_plan,
            owner=self.step,
        )

    def check_again(self) -> None:
        if self.prepared is not None:
            self.check(self.prepared.opened, self.prepared.by_hand)

    def _have_plan(self, prepared: BookingImport) -> None:
        if prepared.opened is not self._checking:
            return  # cancelled, or another file was read while this one was checked
        self.prepared = prepared
        self.step.show_import(prepared)
        self._checked(self)

    def show_before(self, target: ApplyStep) -> None:
        assert self.prepared is not None
        result, removed = self.prepared.result(), self.step.removed
        target.show_before(
            f"Buchungen aus „{self.prepared.file.file}“",
            booking_lines(self.prepared, result, len(removed)),
            result.counts.rejected,
            something=self.prepared.brings_something or bool(removed),
        )
        target.control.forecast(self._context, self.prepared.examined(removed))

    def write(self, skip_rejected: bool, done: Done, ended: Callable[[], None]) -> None:
        assert self.prepared is not None
        database, prepared, removed = self._context.database, self.prepared, self.step.removed
        self._context.do_later(
            "Buchungen werden übernommen",
            lambda progress: import_bookings.apply(
                database, prepared, skip_rejected=skip_rejected, remove_missing=removed, progress=progress
            ),
            lambda result: done(self._written(prepared, result)),
            ended,
            owner=self.step,
        )

    def _written(self, prepared: BookingImport, result: ImportResult) -> Written:
        return Written(
            f"{import_bookings.summary(result)} Lieferung {result.batch}.",
            Tone.SUCCESS if result.batch is not None else Tone.INFO,
            booking_lines(prepared, result, len(self.step.removed)),
            next_steps(self._context, prepared.decided_plan, result.counts.unassigned),
            result.batch,
        )


class IncomingMasterData(Incoming):
    """A workbook with lists of the office."""

    def __init__(
        self, context: Context, step: MasterPreview, checked: Callable[["IncomingMasterData"], object]
    ) -> None:
        super().__init__(context)
        self.step: MasterPreview = step
        self._checked = checked
        self._prepared: PreparedImport | None = None

    def read(self, path: Path) -> None:
        """Read a workbook and plan what it brings."""
        database = self._context.database
        self._context.do_later(
            f"„{path.name}“ wird gelesen",
            lambda progress: master_data.prepare(database, path, progress),
            self._have_plan,
            owner=self.step,
        )

    def clear(self) -> None:
        self._prepared = None

    def check_again(self) -> None:
        """The plan stays as it was made."""

    def _have_plan(self, prepared: PreparedImport) -> None:
        self._prepared = prepared
        self.step.set_plan(prepared.plan)
        self._checked(self)

    def show_before(self, target: ApplyStep) -> None:
        assert self._prepared is not None
        plan = self._prepared.plan
        rejected = len({(sheet.sheet.name, r.row) for sheet in plan.sheets for r in sheet.rejections})
        title, lines = f"Stammdaten aus „{plan.file_name}“", master_lines(plan)
        target.show_before(title, lines, rejected, something=plan.brings_something)

    def write(self, skip_rejected: bool, done: Done, ended: Callable[[], None]) -> None:
        assert self._prepared is not None
        database, prepared = self._context.database, self._prepared
        to_overview: Action = ("Zur Übersicht", "overview", lambda: self._context.open("overview"))

        def written(result: MasterResult) -> None:
            tone = Tone.SUCCESS if result.written else Tone.INFO
            lines = master_lines(prepared.plan)
            done(Written(master_data.summary(result), tone, lines, (to_overview,)))

        self._context.do_later(
            "Stammdaten werden übernommen",
            lambda progress: master_data.apply(
                database, prepared, skip_rejected=skip_rejected, progress=progress
            ),
            written,
            ended,
            owner=self.step,
        )


class IncomingReturn(Incoming):
    """Our own workbook, as finance has changed it."""

    def __init__(self, context: Context, step: ReturnedStep) -> None:
        super().__init__(context)
        self.step: ReturnedStep = step

    def clear(self) -> None:
        self.step.returned = None

    def check_again(self) -> None:
        assert self.step.returned is not None
        self.step.compare(self.step.returned.opened)

    def show_before(self, target: ApplyStep) -> None:
        assert self.step.returned is not None
        title = f"Änderungen aus „{self.step.returned.opened.path.name}“"
        target.show_before(title, self.step.lines(), 0, something=bool(self.step.chosen))

    def write(self, skip_rejected: bool, done: Done, ended: Callable[[], None]) -> None:
        assert self.step.returned is not None
        database, returned, chosen = self._context.database, self.step.returned, frozenset(self.step.chosen)
        to_budget: Action = ("Zum Budget", "budget", lambda: self._context.open("budget"))

        def take_over(progress: Progress) -> TakenOver | Refused:
            try:
                return finance_return.take_over(database, returned, chosen, progress)
            except Refused as refused:  # a result here: its reasons are shown at the rows
                return refused

        def taken(result: TakenOver | Refused) -> None:
            if isinstance(result, Refused):
                self.step.show_refusal(result)
                done(None)
            else:
                done(Written(taken_sentence(result), Tone.SUCCESS, after_lines(result), (to_budget,)))

        self._context.do_later("Änderungen werden übernommen", take_over, taken, ended, owner=self.step)
