"""A workbook for finance that came back: each difference in a row, and which of them shall be taken over."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.finance.finance_return import Difference, DifferenceStanding, Refused
from app.services.finance.finance_return import TakenOver
from app.ui.context import Context
from app.ui.imports.apply_step import WrittenLine
from app.ui.imports.state_filter import StateFilter
from app.ui.kit.layout import column, grow, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label, say
from app.workflows.bookings.import_bookings import OpenedFile
from app.workflows.finance import finance_return
from app.workflows.finance.finance_return import ReturnedWorkbook

_PILLS = pills(
    {
        DifferenceStanding.CONFLICT: (Tone.WARNING, "warning"),
        DifferenceStanding.OPEN: (Tone.SUCCESS, "edit"),
        DifferenceStanding.ADDED: (Tone.SUCCESS, "plus"),
        DifferenceStanding.REMOVED: (Tone.WARNING, "unlink"),
        DifferenceStanding.REMARK: (Tone.INFO, "info"),
        DifferenceStanding.SAME: (Tone.NEUTRAL, "check"),
        DifferenceStanding.COMPUTED: (Tone.NEUTRAL, "lock"),
        DifferenceStanding.LAYOUT: (Tone.INFO, "columns"),
    },
)
"""In the order of the buttons: what needs looking at comes first."""
_CONTAINS = {
    DifferenceStanding.CONFLICT: "Beide geändert: seit dem Export hier und in der Datei, mit verschiedenem Ergebnis.",
    DifferenceStanding.OPEN: "Übernehmbar: nur in der Datei geändert.",
    DifferenceStanding.ADDED: "Neue Zeile: steht in der Datei und hier noch nicht.",
    DifferenceStanding.REMOVED: "Entfernt: wurde exportiert und fehlt in der Datei.",
    DifferenceStanding.REMARK: "Nur gelesen: wird gezeigt, aber von hier aus nicht übernommen.",
    DifferenceStanding.SAME: "Schon gleich: in der Datei geändert und hier inzwischen genauso.",
    DifferenceStanding.COMPUTED: "Berechnet: Ergebnis einer Formel, das sich von selbst ergibt.",
    DifferenceStanding.LAYOUT: "Aufbau: Blätter und Spalten, keine Zeilen.",
}
"""What is counted on each button."""
_CHOSEN = Pill("ja", Tone.ACCENT, "check", 0)
_LEFT_OUT = Pill("nein", Tone.NEUTRAL, "x", 1)
_REFUSED = Pill("geht nicht", Tone.DANGER, "stop", -1)
_QUIET = (DifferenceStanding.COMPUTED, DifferenceStanding.SAME)


class ReturnedRow(NamedTuple):
    """A difference and what is decided about it; `problem`: why it could not be taken over."""

    difference: Difference
    chosen: bool
    problem: str


def _chosen(row: ReturnedRow) -> Pill | None:
    if row.difference.edit is None:
        return None
    return _CHOSEN if row.chosen else _LEFT_OUT


def _standing(row: ReturnedRow) -> Pill:
    return _REFUSED if row.problem else _PILLS[row.difference.standing]


def _reason(row: ReturnedRow) -> str:
    return row.problem or row.difference.reason


COLUMNS: tuple[Column[ReturnedRow], ...] = (
    Column("chosen", "Übernehmen", _chosen, Kind.PILL, 100),
    Column("standing", "Stand", _standing, Kind.PILL, 142),
    Column("sheet", "Blatt", lambda row: row.difference.sheet, width=96),
    Column("row", "Zeile", lambda row: row.difference.row, Kind.NUMBER, 46),
    Column("key", "Nummer", lambda row: row.difference.key, width=106, strong=True),
    Column("column", "Spalte", lambda row: row.difference.column, width=94),
    Column("ours", "Exportiert", lambda row: row.difference.ours, width=92),
    Column("now", "Jetzt hier", lambda row: row.difference.now, width=76),
    Column("theirs", "In der Datei", lambda row: row.difference.theirs, width=106, strong=True),
    Column("reason", "Hinweis", _reason, width=120, stretch=True),
)


class ReturnedStep(QWidget):
    """Compares, shows it, and takes over. `chosen`: ids of the differences that shall be taken over.

    `compared` runs when a comparison is shown; `as_bookings` when she says that it is a list of bookings after all.
    """

    def __init__(
        self,
        context: Context,
        compared: Callable[[], object],
        as_bookings: Callable[[], object],
    ) -> None:
        super().__init__()
        self._context = context
        self._compared = compared
        self.returned: ReturnedWorkbook | None = None
        self.chosen: set[int] = set()
        self._problems: dict[int, str] = {}
        self.filter = StateFilter(_PILLS, _CONTAINS)
        self.note = Note(tone=Tone.INFO, action="Als Buchungsliste prüfen", clicked=as_bookings)
        self.refusal = Note(tone=Tone.DANGER)
        self.hint = label("", "muted", wrap=True)
        self.take = button("Übernehmen", lambda: self._decide(True), icon="check")
        self.leave = button("Auslassen", lambda: self._decide(False), icon="x")
        self.table: Table[ReturnedRow] = Table(
            "imports/returned",
            COLUMNS,
            title="Unterschiede zur Finanzliste",
            identity=lambda row: row.difference.id,
            pale=lambda row: row.difference.standing in _QUIET,
        )
        take = RowAction("Übernehmen", lambda _: self._decide(True), "check", _takeable)
        leave = RowAction("Auslassen", lambda _: self._decide(False), "x", _takeable)
        self.table.set_actions((take, leave))
        self.table.opened.connect(self._toggle)
        self.table.selection_changed.connect(self._show_buttons)
        self.table.current_changed.connect(self._show_current)
        self.table.filter_reset_requested.connect(lambda: self.filter.choose())
        self.filter.changed.connect(self._filter)
        self.current = label("", "muted", wrap=True, selectable=True)
        column(
            self.note,
            self.refusal,
            self.filter,
            row(grow(self.hint), self.take, self.leave, self.table.tools),
            grow(self.table),
            self.current,
            on=self,
            spacing=10,
        )

    def compare(self, opened: OpenedFile) -> None:
        """Hold a file that was read against its export, beside the window."""
        database = self._context.database
        self._context.do_later(
            f"„{opened.path.name}“ wird verglichen",
            lambda progress: finance_return.compare_opened(database, opened, progress),
            self.show_returned,
            owner=self,
        )

    def show_returned(self, returned: ReturnedWorkbook) -> None:
        """Begin with a comparison: what loses nothing of ours is proposed."""
        self.returned = returned
        self.chosen = {one.id for one in returned.differences if one.proposed}
        self._problems = {}
        self.refusal.hide()
        export = returned.export
        self.note.set_text(
            f"Finanzliste {export.year} vom {german(export.exported_at.date())}, {clock_time(export.exported_at)} Uhr "
            f"(„{export.file_name}“): was in dieser Datei anders ist als beim Export."
        )
        counts = {standing: returned.count(standing) for standing in DifferenceStanding}
        self.filter.set_counts(counts)
        for standing, count in counts.items():
            self.filter.buttons[standing].setVisible(count > 0)
        self.filter.choose()
        self._refresh()
        self._compared()

    def show_refusal(self, refused: Refused) -> None:
        """Say at the rows why nothing was written, and go to the first of them."""
        self._problems = dict(refused.problems)
        self.filter.choose()
        self._refresh()
        self.refusal.say(refused.sentence)
        self.table.select(min(refused.problems))

    def lines(self) -> list[WrittenLine]:
        """What would be written and what is left out, in words."""
        assert self.returned is not None
        differences = self.returned.differences
        taken = [one for one in differences if one.id in self.chosen]
        fields = sum(one.standing is not DifferenceStanding.ADDED for one in taken)
        added = len(taken) - fields
        conflicts = sum(one.standing is DifferenceStanding.CONFLICT for one in taken)
        left = len(differences) - len(taken)
        too = "davon wurde 1 auch" if conflicts == 1 else f"davon wurden {conflicts} auch"
        changed = counted(fields, "geändertes Feld", "geänderte Felder")
        remaining = counted(left, "Unterschied bleibt", "Unterschiede bleiben")
        said = (
            (fields, DifferenceStanding.OPEN, f"{changed} mit dem Wert der Finanzabteilung"),
            (added, DifferenceStanding.ADDED, f"{counted(added, 'Zeile', 'Zeilen')} neu angelegt"),
            (conflicts, DifferenceStanding.CONFLICT, f"{too} hier geändert; der Wert hier geht verloren"),
            (left, DifferenceStanding.REMARK, f"{remaining} ohne Folgen"),
        )
        return [(_PILLS[standing], words) for count, standing, words in said if count]

    # --- decisions ---------------------------------------------------------------------------------------------

    def _decide(self, take: bool) -> None:
        ids = {row.difference.id for row in self.table.selected() if row.difference.edit is not None}
        self.chosen = self.chosen | ids if take else self.chosen - ids
        self._problems = {one: why for one, why in self._problems.items() if one not in ids}
        self._refresh()

    def _toggle(self, row: ReturnedRow) -> None:
        if row.difference.edit is not None:
            self._decide(not row.chosen)

    def _refresh(self) -> None:
        assert self.returned is not None
        differences = self.returned.differences
        self.table.set_rows(
            [ReturnedRow(one, one.id in self.chosen, self._problems.get(one.id, "")) for one in differences]
        )
        found = counted(len(differences), "Unterschied", "Unterschiede")
        will = "1 wird" if len(self.chosen) == 1 else f"{len(self.chosen)} werden"
        self.hint.setText(
            f"{found}, {will} übernommen. Noch ist nichts geschrieben."
            if differences
            else "Keine Unterschiede: Die Datei ist so, wie sie exportiert wurde."
        )
        self._show_buttons(self.table.selected())

    def _show_buttons(self, rows: Iterable[ReturnedRow]) -> None:
        rows = [row for row in rows if row.difference.edit is not None]
        self.take.setEnabled(any(not row.chosen for row in rows))
        self.leave.setEnabled(any(row.chosen for row in rows))

    def _show_current(self, row: ReturnedRow | None) -> None:
        """The row with the keyboard in full, since cells cut long texts."""
        say(self.current, "" if row is None else in_full(row))

    def _filter(self, keys: frozenset[str]) -> None:
        self.table.set_predicate((lambda row: str(row.difference.standing) in keys) if keys else None)


def in_full(row: ReturnedRow) -> str:
    """A difference in one sentence."""
    one = row.difference
    place = ", ".join(
        part for part in (one.sheet, f"Zeile {one.row}" if one.row else "", one.key, one.column) if part
    )
    values = " · ".join(
        f"{title}: {value}"
        for title, value in (("exportiert", one.ours), ("jetzt hier", one.now), ("in der Datei", one.theirs))
        if value
    )
    return " – ".join(part for part in (place, values, _reason(row)) if part)


def _takeable(rows: list[ReturnedRow]) -> bool:
    return any(row.difference.edit is not None for row in rows)


def taken_sentence(result: TakenOver) -> str:
    """What was taken over, for the top of the last step."""
    parts = []
    if result.changed:
        fields = counted(result.fields, "Feld", "Felder")
        parts.append(f"{fields} in {counted(result.changed, 'Zeile', 'Zeilen')} übernommen")
    if result.added:
        parts.append(f"{counted(result.added, 'Zeile', 'Zeilen')} neu angelegt")
    return f"{', '.join(parts)}." if parts else "Nichts übernommen."


def after_lines(result: TakenOver) -> list[WrittenLine]:
    """What to look at afterwards."""
    if not result.overspent:
        return []
    over = f"{', '.join(result.overspent)} {'ist' if len(result.overspent) == 1 else 'sind'} damit überzogen"
    words = f"{over}. Der Grund lässt sich beim Budget eintragen."
    return [(Pill("überzogen", Tone.WARNING, "warning"), words)]
