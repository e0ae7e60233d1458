"""The page of one kind of record: a list to search and filter, a profile beside it; add, edit, remove, open by id.

class MeasuresPage(RecordsPage[MeasureRow]):
    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "measures",
            "Maßnahmen",
            columns=COLUMNS,
            add="Maßnahme anlegen",
            search="Titel, Quartier …",
            filters=(Filter("quarter", "Quartier", lambda row: row.quarter),),
            remove=measures.remove,
            sort="title",
            profile=MeasureProfile(context, self.edit_current),
        )

    def read(self) -> list[MeasureRow]:
        return self.context.ask(measures.rows)

    def form(self, record_id: int | None) -> FormDialog:
        return measure_dialog(self.context, record_id, self.window())
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.services.several import each
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import column, grow, held
from app.ui.kit.page import Page, Split
from app.ui.kit.table.columns import Column
from app.ui.kit.table.filtering import filter_by
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import label
from app.ui.removal import Removal

R = TypeVar("R")


class ProfilePane(Pane, Generic[R]):
    """What stands beside the list about its current row; `nothing` is said while there is none."""

    def __init__(self, nothing: str = "", **pane: Any) -> None:
        super().__init__(**pane)
        self._nothing = nothing
        self.row: R | None = None

    def show_row(self, row: R | None) -> None:
        """Another row, or the same one read again, which stays where it was scrolled."""
        same = row is not None and self.row is not None and _id(row) == _id(self.row)
        self.row = row
        with self.refilled(same=same):
            nothing = [label(self._nothing, "muted", wrap=True)] if self._nothing else []
            for section in nothing if row is None else self.sections(row):
                self.add(section)

    def sections(self, row: R) -> Iterable[QWidget]:
        """What is shown of a row, from top to bottom."""
        raise NotImplementedError


class RecordsPage(Page, Generic[R]):
    """Rows have an `id`. `page_id` names what is remembered about search, table and split.

    Without `search` there is no search field and no chip; without `profile` the list stands alone. `shares` of the
    width go to list and profile. `sort`: the column they are in order of until she chooses another; without it
    they stand as they are read. `empty` stands where there is no record at all. `change`: which fields of several
    records can be changed at once.
    """

    def __init__(
        self,
        context: Context,
        page_id: str,
        title: str,
        *,
        columns: Sequence[Column[R]],
        add: str,
        remove: Callable[[Session, int], object],
        sort: str = "",
        search: str = "",
        filters: Sequence[Filter[R]] = (),
        empty: EmptyState | None = None,
        profile: ProfilePane[R] | None = None,
        shares: tuple[int, int] = (3, 2),
        change: FieldChange[R] | None = None,
    ) -> None:
        super().__init__(context)
        self._change = change
        self._remove_record = remove
        self._changing = False
        self.profile = profile
        self.header.set_title(title)
        self.header.set_primary(add, self.add)
        self.table: Table[R] = Table(page_id, columns, title=title, empty=empty)
        self.table.opening = ("Bearbeiten", "edit")
        if sort:
            self.table.sort(sort)
        self.filters = FilterBar(page_id, search, filters)
        if not search:
            self.filters.hide()
        list_side = held(column(self.filters, grow(self.table)))
        self.body.addWidget(
            list_side if profile is None else Split(page_id, list_side, profile, shares=shares), 1
        )
        self.add_commands()
        self._connect()
        self.setFocusProxy(self.table)

    # ---- what a page says ----

    def read(self) -> Sequence[R]:
        """The rows of the list."""
        raise NotImplementedError

    def form(self, record_id: int | None) -> FormDialog:
        """The form of a record, or None: of a new one. It is opened here; what it saves is the record's id."""
        raise NotImplementedError

    def sentence(self, rows: Sequence[R]) -> str:
        """The line in the head that answers the page's question."""
        return ""

    def named(self, rows: Sequence[R]) -> str:
        """What is said to have been removed."""
        strong = [one for one in self.table.model.columns if one.strong]
        return ", ".join(one.text(row) for row in rows for one in strong)

    def add_commands(self, *commands: RowAction[R]) -> None:
        """Entries of the context menu besides those every such list has."""
        change = [] if self._change is None else [self._change.action(self.context, self)]
        self.table.set_actions([*change, *commands])

    # ---- showing ----

    def refresh(self) -> None:
        rows = self.read()
        self.filters.offer(rows)
        self.header.set_sentence(self.sentence(rows))
        with self._showing_once():
            self.table.set_rows(rows)
            if self.profile is not None:
                self.profile.setVisible(bool(rows))
                self.table.choose_first()

    def open_record(self, record_id: int) -> None:
        """Show this record; filters that hide it are taken away."""
        self.refresh_if_stale()
        if not self.table.select(record_id):
            self.table.reset_filters()
            self.table.select(record_id)

    def place(self) -> object:
        row = self.table.current()
        return None if row is None else _id(row)

    def go_to(self, place: object) -> None:
        if isinstance(place, int):
            self.open_record(place)

    def show_current(self) -> None:
        """Show the profile of the current row."""
        if self.profile is not None and not self._changing:
            self.profile.show_row(self.table.current())

    @contextmanager
    def _showing_once(self) -> Iterator[None]:
        """However often the current row changes meanwhile, its profile is read once, at the end."""
        self._changing = True
        try:
            yield
        finally:
            self._changing = False
        self.show_current()

    def _connect(self) -> None:
        self.table.current_changed.connect(self.show_current)
        self.table.opened.connect(lambda row: self.edit(_id(row)))
        Removal(self.context, self.table, self.remove)
        self.table.exported.connect(self.context.tell_saved)
        filter_by(self.filters, self.table, self._showing_once)

    # ---- commands ----

    def add(self) -> None:
        """The form of a new record; afterwards it is shown."""
        dialog = self.form(None)
        dialog.saved.connect(self.open_record)
        dialog.open()

    def edit(self, record_id: int) -> None:
        """The form of a record."""
        self.form(record_id).open()

    def edit_current(self) -> None:
        """The form of the record that is shown."""
        row = self.table.current()
        if row is not None:
            self.edit(_id(row))

    def remove(self, rows: Sequence[R]) -> None:
        """Delete records nothing hangs on; undo brings them back."""
        ids = [_id(row) for row in rows]
        self.context.do(f"Gelöscht: {self.named(rows)}", each, self._remove_record, ids)


def _id(row: Any) -> int:
    return int(row.id)
