"""The page "Vereinbarungen": views on all agreements in tabs, and the record of a single one."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from PySide6.QtWidgets import QWidget

from app.ui.agreements.commitment_offer import OfferWatch
from app.ui.agreements.record.tab import TABS
from app.ui.agreements.record.view import RecordView
from app.ui.agreements.register import RegisterView
from app.ui.agreements.views import VIEWS, AgreementsView
from app.ui.context import Context
from app.ui.kit.page import Page
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs
from app.ui.lazy import class_at


class RecordPlace(NamedTuple):
    """At a tab of the record of one agreement."""

    agreement_id: int | None
    tab: str


class ViewPlace(NamedTuple):
    """At a view of all agreements, and an agreement in it."""

    view: int
    record_id: int | None


class AgreementsPage(Page):
    """Shows one view at a time; opening an agreement shows its record over the whole page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.views: dict[str, AgreementsView] = {}
        self.header.set_title("Vereinbarungen")
        self.bar = in_zone(Tabs("Ansichten der Vereinbarungen"), Zone.VIEWS)
        for spec in VIEWS:
            self.bar.addTab(spec.title)
        self.bar.currentChanged.connect(lambda _at: self._show_view())
        self.record = RecordView(context)
        self.offers = OfferWatch(context, self)
        self.record.left.connect(self._back_to_list)
        self.record.gone.connect(self._leave_record)
        self.stack = Stack()
        self.stack.addWidget(self.record)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        self._make(VIEWS[0].id)
        self._show_view()

    @property
    def register(self) -> RegisterView:
        """The view of the list, which is always there."""
        return cast(RegisterView, self.views["register"])

    @property
    def view(self) -> AgreementsView:
        """The view whose tab is chosen."""
        return self.views[VIEWS[self.bar.currentIndex()].id]

    def refresh(self) -> None:
        if self.stack.currentWidget() is self.record:
            self.record.refresh()
        else:
            self.header.set_sentence(self.view.refresh())

    def open_record(self, record_id: int) -> None:
        """Show this agreement in the register."""
        self.bar.setCurrentIndex(0)
        self._leave_record()
        self.refresh_if_stale()
        self.register.open_record(record_id)

    def open_part(self, part: str, year: int | None) -> None:
        """`new:actor:7`, `new:quarter:3`: the form of a new agreement with this actor, in this quarter."""
        match part.split(":"):
            case ["new", "actor", actor_id]:
                self.register.commands.add_with(int(actor_id))
            case ["new", "quarter", quarter_id]:
                self.register.commands.add(quarter_id=int(quarter_id))

    def place(self) -> object:
        if self.stack.currentWidget() is self.record:
            return RecordPlace(self.record.agreement_id, self.record.tab)
        return ViewPlace(self.bar.currentIndex(), self.view.place())

    def go_to(self, place: object) -> None:
        match place:
            case RecordPlace(int() as agreement_id, tab):
                self._show_record(agreement_id, tab)
            case ViewPlace(view, record_id):
                self.bar.setCurrentIndex(view)
                self._leave_record()
                if record_id is not None:
                    self.refresh_if_stale()
                    self.view.open_record(record_id)

    def show_record(self, record_id: int, tab: str | None = None) -> None:
        """Show the record of an agreement over the whole page."""
        self.leaving.emit()
        self._show_record(record_id, tab)

    def _show_record(self, record_id: int, tab: str | None) -> None:
        self.header.hide()
        self.bar.hide()
        self.stack.setCurrentWidget(self.record)
        self.record.show_record(record_id, tab)
        self.setFocusProxy(self.record)
        self.record.setFocus()

    def parts(self) -> Iterator[str]:
        for place, spec in enumerate(VIEWS):
            self.bar.setCurrentIndex(place)
            yield spec.id
        self.bar.setCurrentIndex(0)
        rows = list(self.register.table.rows())
        if rows:
            first = max(rows, key=lambda row: (row.binding, bool(row.amount_cents), row.goals_total))
            for tab in TABS:
                self.show_record(first.id, tab.id)
                yield f"record-{tab.id}"
            self._leave_record()

    def _back_to_list(self) -> None:
        self.leaving.emit()
        self._leave_record()

    def _leave_record(self) -> None:
        self.header.show()
        self.bar.show()
        self._show_view()

    def _show_view(self) -> None:
        view = self._make(VIEWS[self.bar.currentIndex()].id)
        self.stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        primary = view.primary()
        if primary is not None:
            self.header.set_primary(*primary)
        elif self.header.primary is not None:
            self.header.primary.hide()
        if self.isVisible():
            self.header.set_sentence(view.refresh())
            view.setFocus()
        else:
            self.mark_stale()

    def _make(self, view_id: str) -> AgreementsView:
        if view_id not in self.views:
            spec = next(spec for spec in VIEWS if spec.id == view_id)
            made: AgreementsView = class_at(spec.path)(self.context)
            made.record_wanted.connect(self.show_record)
            made.tab_wanted.connect(self.show_record)
            self.views[view_id] = made
            self.stack.addWidget(made)
        return self.views[view_id]
