"""The first step: drop or choose a file; below it what was delivered before, with a way to take it back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.money import euro
from app.services.bookings import batches
from app.services.bookings.batches import BatchRow
from app.ui.context import Context
from app.ui.imports.drop_zone import DropZone
from app.ui.imports.report_dialog import open_batch_report
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.text import button, label
from app.workflows.bookings import import_bookings

SHAPES = {"postings": "Einzelposten", "cumulative": "Monatssummen"}


def _state(row: BatchRow) -> Pill:
    if row.undone_at is not None:
        return Pill("zurückgenommen", Tone.NEUTRAL, "undo", 2)
    return Pill("übernommen", Tone.SUCCESS, "success", 1)


def _control(row: BatchRow) -> Pill | None:
    if row.control_total_cents is None:
        return None
    if row.control_total_cents == row.sum_cents:
        return Pill("stimmt", Tone.SUCCESS, "success", 2)
    return Pill("weicht ab", Tone.WARNING, "warning", 1)


def _control_tip(row: BatchRow) -> str:
    if row.control_total_cents is None:
        return "Die Datei hatte keine eigene Gesamtsumme."
    return f"Summe der Zeilen {euro(row.sum_cents)}, Gesamtsumme der Datei {euro(row.control_total_cents)}"


COLUMNS: tuple[Column[BatchRow], ...] = (
    Column("id", "Nr.", lambda row: row.id, Kind.NUMBER, 46),
    Column("imported_at", "Übernommen am", lambda row: row.imported_at, Kind.DATE, 132),
    Column("file", "Datei", lambda row: row.file_name, width=160, stretch=True, strong=True, whole_end=True),
    Column("shape", "Form", lambda row: SHAPES.get(row.shape, row.shape), width=98),
    Column("new", "Neu", lambda row: row.counts.new, Kind.NUMBER, 56),
    Column("changed", "Geändert", lambda row: row.counts.changed, Kind.NUMBER, 80),
    Column("uncertain", "Unsicher", lambda row: row.counts.uncertain, Kind.NUMBER, 80, hidden=True),
    Column("known", "Vorhanden", lambda row: row.counts.known, Kind.NUMBER, 90, hidden=True),
    Column("missing", "Entfallen", lambda row: row.counts.missing, Kind.NUMBER, 84, hidden=True),
    Column("rejected", "Abgelehnt", lambda row: row.counts.rejected, Kind.NUMBER, 90, hidden=True),
    Column("sum", "Summe", lambda row: row.sum_cents, Kind.AMOUNT, 100),
    Column("control", "Gesamtsumme", _control, Kind.PILL, 110, tip=_control_tip),
    Column("state", "Stand", _state, Kind.PILL, 142),
    Column("skipped", "Übersprungen", lambda row: row.counts.skipped, Kind.NUMBER, 106, hidden=True),
    Column("sheet", "Blatt", lambda row: row.sheet, width=110, hidden=True),
    Column("profile", "Profil", lambda row: row.profile, width=110, hidden=True),
    Column(
        "hash",
        "Prüfsumme",
        lambda row: row.sha256[:12],
        width=112,
        hidden=True,
        tip=lambda row: f"Prüfsumme: {row.sha256}",
    ),
)


class FileStep(QWidget):
    """Where an import begins."""

    def __init__(
        self, context: Context, choose: Callable[[], object], choose_master: Callable[[], object]
    ) -> None:
        super().__init__()
        self._context = context
        self.zone = DropZone(
            "Datei hierher ziehen",
            "Buchungen der Finanzabteilung oder Stammdaten: .xlsx, .xlsm, .xlsb, .xls, .ods oder .csv. "
            "Geschrieben wird erst im letzten Schritt.",
            choose,
        )
        self.zone.clicked.connect(choose)
        self.setFocusProxy(self.zone.button)
        self.changes_button = button("Was ist anders? …", self._show_changes, icon="history", role="quiet")
        self.table: Table[BatchRow] = Table(
            "imports/batches",
            COLUMNS,
            title="Lieferungen",
            empty=EmptyState(
                "imports", "Noch keine Lieferung", hint="Jede übernommene Datei steht danach hier."
            ),
            pale=lambda row: row.undone_at is not None,
        )
        report = RowAction[BatchRow](
            "Bericht öffnen", lambda rows: self.open_report(rows[0]), "document", one
        )
        undo = RowAction("Ganze Lieferung zurücknehmen", self._undo, "undo", _can_be_undone)
        self.table.set_actions((report, undo))
        self.report_button = self.table.action_button(report, "quiet")
        self.undo_button = self.table.action_button(replace(undo, text="Zurücknehmen"), "quiet")
        self.table.opened.connect(self.open_report)
        self.master_button = button(
            "Stammdaten aus Excel übernehmen …", choose_master, icon="spreadsheet", role="link"
        )
        first_time = label("Listen aus Excel zum ersten Mal übernehmen?", "muted")
        tools = (self.report_button, self.changes_button, self.undo_button, self.table.tools)
        column(
            self.zone,
            row(first_time, self.master_button, STRETCH, spacing=4),
            6,
            row(grow(label("Bisherige Lieferungen", "section")), flowing(*tools, right=True)),
            grow(self.table),
            on=self,
            spacing=10,
        )

    def _show_changes(self) -> None:
        """What finance changed since the selected delivery, or in the last one."""
        from app.ui.finance.changes_dialog import THEIRS, FinanceChangesDialog

        rows, year = self.table.selected(), self._context.today().year
        since = rows[0].id if rows else None
        FinanceChangesDialog(self._context, self.window(), year, tab=THEIRS, since=since).open()

    def _undo(self, rows: list[BatchRow]) -> None:
        """Take back a whole delivery, beside the window."""
        row = rows[0]
        self._context.do_later(
            f"Lieferung {row.id} wird zurückgenommen",
            lambda progress: import_bookings.undo(self._context.database, row.id, progress),
            lambda undone: self._context.say(
                f"Lieferung {row.id} zurückgenommen: {counted(undone.removed, 'Buchung', 'Buchungen')} entfernt, "
                f"{undone.restored} wie vorher"
            ),
            owner=self._context,
        )

    def open_report(self, row: BatchRow) -> None:
        """What this delivery brought, as it was written then."""
        open_batch_report(self._context, self.window(), row.id)

    def refresh(self) -> int:
        """Read the deliveries again; how many there are."""
        rows = self._context.ask(batches.rows)
        self.table.set_rows(rows)
        return len(rows)


def _can_be_undone(rows: list[BatchRow]) -> bool:
    return len(rows) == 1 and rows[0].undone_at is None
