"""The list of changes that finance has not been told yet, as the workbook's sheet of changes would show it."""

from app.domain.dates import german
from app.services.budgets import budgets
from app.services.finance import finance_exports
from app.services.finance.finance_changes import ChangeLine
from app.services.finance.finance_exports import ExportRow
from app.ui.context import Context
from app.ui.finance.changes_list import PILLS, ChangesList
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.form import Field
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.texts import clock_time
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.scaling import follow_text

KINDS = ("Budget", "Umschichtung", "Mittelbindung", "Buchung")


COLUMNS: tuple[Column[ChangeLine], ...] = (
    Column("kind", "Was", lambda row: row.kind, width=104),
    Column("what", "Vorgang", lambda row: PILLS[row.what], Kind.PILL, 100),
    Column("label", "Nummer", lambda row: row.label, width=106, strong=True),
    Column("title", "Bezeichnung", lambda row: row.title, width=126),
    Column("budget", "Budget", lambda row: row.budget, width=92),
    Column("day", "Datum", lambda row: row.day, Kind.DATE, 86),
    Column("old", "Betrag bisher", lambda row: row.old_cents, Kind.AMOUNT, 98),
    Column("new", "Betrag neu", lambda row: row.new_cents, Kind.AMOUNT, 92, strong=True),
    Column(
        "details", "Geändert", lambda row: row.details, width=150, stretch=True,
        tip=lambda row: row.details.replace("; ", "\n"),
    ),
)  # fmt: skip


FILTERS: tuple[Filter[ChangeLine], ...] = (
    Filter("kind", "Was", lambda row: row.kind, [(kind, kind) for kind in KINDS]),
    Filter("what", "Vorgang", lambda row: row.what, [(what, what) for what in PILLS]),
    Filter("budget", "Budget", lambda row: row.budget),
)


class OurChanges(ChangesList[ChangeLine]):
    """The list for a budget year."""

    def __init__(self, context: Context, year: int) -> None:
        field = year_field(context, year)
        self.year = field.editor
        table: Table[ChangeLine] = Table(
            "exports/our_changes",
            COLUMNS,
            title="Änderungen seit der letzten Übergabe",
            identity=id,
            empty=EmptyState("success", "Seit der letzten Übergabe hat sich nichts geändert"),
        )
        super().__init__(context, field, FilterBar("exports/ours", "Änderung suchen …", FILTERS), table)

    def refresh(self) -> None:
        """Read the changes of the chosen year, beside the window."""
        self.read(finance_exports.changes, int(self.year.value()), self._show)

    def _show(self, found: tuple[list[ChangeLine], ExportRow | None]) -> None:
        lines, sent = found
        self.show_rows(_since(sent), lines)


def year_field(context: Context, year: int) -> Field:
    """A choice of the budget years there are: `year` if it is one of them, else the latest."""
    years = context.ask(budgets.years) or [year]
    editor = ChoiceEditor([(value, str(value)) for value in years])
    editor.set_value(year if year in years else years[0])
    field = Field("year", "Haushaltsjahr", editor)
    follow_text(field, field.setMaximumWidth, 160)
    return field


def _since(sent: ExportRow | None) -> str:
    if sent is None:
        return "Für dieses Jahr wurde noch nichts als gesendet markiert: Alles gilt als neu."
    return (
        f"Anders als in der Finanzliste vom {german(sent.exported_at.date())}, "
        f"{clock_time(sent.exported_at)} Uhr („{sent.file_name}“), die zuletzt gesendet wurde."
    )
