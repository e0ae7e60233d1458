"""The third step: what would happen row by row, and her decisions; nothing is written here, and it says so."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.bookings.booking_decisions import BookingCandidate
from app.domain.bookings.bookings import RowState, StoredBooking
from app.domain.counting import counted
from app.services.assignment import booking_assignment
from app.services.bookings import booking_details
from app.ui.context import Context
from app.ui.imports import check_words
from app.ui.imports.booking_rows import CONTAINS, MISSING, STATES, PreviewRow
from app.ui.imports.control_note import ControlNote
from app.ui.imports.decision_pane import DECISIONS, DecisionPane, ShownRow
from app.ui.imports.preview_columns import columns
from app.ui.imports.preview_decisions import KEEP, OPEN, TAKE, PreviewDecisions
from app.ui.imports.state_filter import StateFilter
from app.ui.kit.actions import bind, key_text, spec
from app.ui.kit.layout import column, discard, grow, held, row
from app.ui.kit.menu import Entries, Entry, opens_fresh_menu
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.workflows.bookings.import_bookings import BookingImport

_PANE_WIDTH = 372


class CheckStep(QWidget):
    """Shows a prepared import and takes decisions; `changed` when one was made. Filters only show."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.preview: PreviewDecisions | None = None
        self._candidates: list[BookingCandidate] = []
        self._candidate = 0
        self.table: Table[PreviewRow] | None = None
        self.filter = StateFilter(STATES, CONTAINS)
        self.filter.changed.connect(self._filter)
        self.control = ControlNote(context)
        self.notices = Note(tone=Tone.WARNING)
        self.hint = label("", "muted", wrap=True)
        self.pane = DecisionPane(self.decide, self.turn)
        self.pane.hide()
        self.all_button = opens_fresh_menu(button("Alle entscheiden", icon="check"), self._for_all)
        self._lay_out()
        for action in DECISIONS:
            bind(self, action, partial(self.decide, action))
        self._turning = [
            *bind(self, "check.previous", partial(self.turn, -1)),
            *bind(self, "check.next", partial(self.turn, 1)),
        ]

    # --- showing an import -------------------------------------------------------------------------------------

    def show_import(self, prepared: BookingImport) -> None:
        """Begin with a plan; what was decided about the same rows of the same file counts again."""
        before = self.preview
        same_file = before is not None and before.prepared.opened.sha256 == prepared.opened.sha256
        earlier = before.decisions if before is not None and same_file else None
        budgets = self._context.ask(booking_assignment.budget_numbers)
        self.preview = preview = PreviewDecisions(prepared, budgets, earlier)
        self.setEnabled(True)
        self.notices.say("\n".join(prepared.file.notices))
        self._make_table(preview).set_rows(preview.rows)
        counts = preview.counts()
        rows = sum(counts.values()) - counts[MISSING] - counts[RowState.SKIPPED]
        sheets = len(prepared.opened.workbook.sheets)
        where = f", Blatt „{prepared.file.sheet}“" if sheets > 1 else ""
        self.hint.setText(
            f"„{prepared.file.file}“{where}: {counted(rows, 'Zeile', 'Zeilen')}. Noch ist nichts geschrieben."
        )
        self._show_counts()
        wanted = (RowState.REJECTED, RowState.UNCERTAIN, MISSING)
        self.filter.choose(*(key for key in wanted if counts[key] and len(preview.rows) > 1))
        self._go_to_first()

    def clear(self) -> None:
        """Another file comes: what was decided is over, and nothing is left to decide until it is read."""
        self.preview = None
        self.setEnabled(False)

    @property
    def removed(self) -> frozenset[int]:
        """Ids of the missing bookings that shall go."""
        return self.preview.decisions.removed_now() if self.preview is not None else frozenset()

    @property
    def waits(self) -> bool:
        """Whether a row waits for a decision."""
        return self.preview is not None and self.preview.decisions.undecided > 0

    @property
    def sentence(self) -> str:
        """What is to be decided."""
        return check_words.question(self.preview.decisions) if self.preview is not None else ""

    def _lay_out(self) -> None:
        self._head = row(grow(self.hint), self.all_button)
        self._left = column(self.control, self.notices, self._head, spacing=10)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        self._body.setHandleWidth(12)
        self._body.addWidget(held(self._left))
        self._body.addWidget(self.pane)
        self._body.setStretchFactor(0, 1)
        self._body.setStretchFactor(1, 0)
        column(self.filter, grow(self._body), on=self, spacing=10)

    def _make_table(self, preview: PreviewDecisions) -> Table[PreviewRow]:
        if self.table is not None:
            discard(self.table.tools, self.table)
        plan, asking = preview.prepared.plan, preview.asking
        kind = f"{'/rejected' if plan.rejected else ''}{'/asking' if asking else ''}"
        self.table = table = Table(
            f"imports/preview/{plan.shape.value}{kind}",
            columns(plan.shape, rejected=bool(plan.rejected), asking=asking),
            title="Prüfung der Buchungen",
            pale=lambda row: row.key in (RowState.KNOWN, RowState.SKIPPED),
        )
        table.filter_reset_requested.connect(lambda: self.filter.choose())
        table.selection_changed.connect(self._show_selected)
        table.set_actions([self._row_action(preview, action) for action in DECISIONS])
        self._head.addWidget(table.tools)
        self._left.addWidget(table, 1)
        if asking and self.pane.isHidden():
            self._body.setSizes([self.width() - _PANE_WIDTH, _PANE_WIDTH])
        self.pane.setVisible(asking)
        self.all_button.setVisible(asking)
        self.setFocusProxy(table)
        return table

    def _row_action(self, preview: PreviewDecisions, action: str) -> RowAction[PreviewRow]:
        words, icon, _ = DECISIONS[action]

        def allowed(rows: list[PreviewRow]) -> bool:
            return any(preview.fits(action, row) for row in rows)

        keys = key_text(spec(action).keys[0])
        return RowAction(f"{words}\t{keys}", lambda _: self.decide(action), icon, allowed)

    def _filter(self, chosen: frozenset[str]) -> None:
        if self.table is not None:
            self.table.set_predicate((lambda row: str(row.key) in chosen) if chosen else None)

    def _go_to_first(self) -> None:
        """To the first row that waits, else to the first shown."""
        assert self.table is not None
        shown = self.table.shown_rows()
        first = next((place for place, row in enumerate(shown) if row.is_open), 0)
        if shown:
            self.table.select_position(first)

    # --- counts ------------------------------------------------------------------------------------------------

    def _show_counts(self) -> None:
        """What depends on her decisions, without looking at every row again."""
        assert self.preview is not None
        decisions = self.preview.decisions
        waiting = f"{decisions.undecided} offen" if decisions.uncertain else ""
        self.filter.set_counts(self.preview.counts(), {RowState.UNCERTAIN: waiting})
        prepared = self.preview.prepared
        self.control.show_sums(
            decisions.taken_cents(),
            prepared.file.control_total_cents,
            lambda: prepared.examined(self.removed),
        )

    # --- the pane ----------------------------------------------------------------------------------------------

    def _show_selected(self, rows: Sequence[PreviewRow]) -> None:
        if self.pane.isHidden() or self.preview is None:
            return
        self._candidates, self._candidate = [], 0
        if len(rows) == 1:
            planned = rows[0].planned
            if planned is not None and rows[0].is_uncertain:
                self._candidates = self.preview.decisions.candidates(planned)
            self._show_row(rows[0])
        elif rows:
            self.pane.show_several(rows)
        else:
            self.pane.show_nothing()
        for key in self._turning:
            key.setEnabled(len(self._candidates) > 1)

    def _show_row(self, row: PreviewRow) -> None:
        assert self.preview is not None
        stored = self._candidates[self._candidate].booking if self._candidates else row.stored
        self.pane.show_row(
            ShownRow(
                row,
                self.preview.prepared.file.given,
                self._context.ask(booking_details.load, stored.id) if stored is not None else None,
                self._candidates,
                self._candidate,
                can_leave=self.preview.decisions.can_keep,
            )
        )

    def turn(self, by: int) -> None:
        """Show another booking that the row may be; "dieselbe" then means that one."""
        wanted = self._candidate + by
        row = self.table.current() if self.table is not None else None
        if row is not None and 0 <= wanted < len(self._candidates):
            self._candidate = wanted
            self._show_row(row)

    # --- decisions ---------------------------------------------------------------------------------------------

    def decide(self, action: str) -> None:
        """Decide about the selected rows; from a single one the cursor goes on to the next that waits."""
        if self.table is None or self.preview is None:
            return
        selected = self.table.selected()
        rows = [row for row in selected if self.preview.fits(action, row)]
        if not rows:
            return
        single = len(selected) == 1
        chosen = self._candidates[self._candidate].booking if single and self._candidates else None
        goes_on = self._decide(action, rows, chosen) and single and action != OPEN
        if not (goes_on and self._step(rows[0])):
            self._show_selected(self.table.selected())

    def decide_all(self, action: str) -> None:
        """Decide about all rows of a kind, whatever is filtered."""
        if self.table is not None and self.preview is not None:
            self._decide(action, self.preview.affected(action), None)
            self._show_selected(self.table.selected())

    def _decide(self, action: str, rows: Sequence[PreviewRow], chosen: StoredBooking | None) -> int:
        """How many rows were decided; what cannot be, because its booking is another row's already, is said."""
        assert self.preview is not None
        assert self.table is not None
        outcome = self.preview.decide(action, rows, chosen)
        if outcome.refused:
            left = counted(outcome.refused, "Zeile bleibt", "Zeilen bleiben")
            self._context.say(f"{left} offen: Jede ähnliche Buchung steht schon für eine andere Zeile")
        if outcome.changed is None:
            self.table.set_rows(list(self.preview.rows))
        else:
            self.table.replace_rows(outcome.changed)
        self._show_counts()
        self.changed.emit()
        return outcome.decided

    def _step(self, row: PreviewRow) -> bool:
        """Go to the next row that waits for a decision, else to the next of the same kind, if there is one."""
        assert self.table is not None
        shown = self.table.shown_rows()
        here = next((place for place, one in enumerate(shown) if one.id == row.id), -1)
        after = range(here + 1, len(shown))
        if row.is_uncertain:
            order = (*after, *range(max(here, 0)))
            place = next((one for one in order if shown[one].is_open), None)
        else:
            place = next((one for one in after if shown[one].key == row.key), None)
        if place is not None:
            self.table.select_position(place)
        return place is not None

    def _for_all(self) -> Entries:
        """What can be decided about all at once; how many that are stands behind it."""
        assert self.preview is not None
        for action, (_, icon, words) in DECISIONS.items():
            count = len(self.preview.affected(action))
            if action in (TAKE, KEEP, OPEN):
                yield None
            call = partial(self.decide_all, action)
            yield Entry(f"{words} ({count})", call, icon, enabled=count > 0)
