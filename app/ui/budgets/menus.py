"""The menus of the budget page: what a line offers, the turn of the year, and what goes to and comes from finance."""

from collections.abc import Callable
from functools import partial

from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput, BudgetRow
from app.ui.assignment.dialog import RulesDialog
from app.ui.budgets.budget_form import BudgetForm, open_budget_form, save_budget
from app.ui.budgets.commitment_form import open_commitment_form
from app.ui.budgets.transfer_form import open_transfer_form
from app.ui.budgets.year_dialogs import CarryOverDialog, NextYearDialog
from app.ui.kit.change_field import FieldChange
from app.ui.kit.menu import Entry
from app.ui.kit.page import Page

Year = Callable[[], int]
"""The year that is shown when an entry is chosen."""


def budget_entries(page: Page, row: BudgetRow) -> list[Entry]:
    """What can be done with a budget."""
    context, window = page.context, page.window()
    return [
        Entry("Bearbeiten …", lambda: open_budget_form(context, window, row.id, row.year), "edit"),
        Entry("Umschichten …", lambda: open_transfer_form(context, window, None, row.id), "transfer"),
        Entry("Mittelbindung anlegen …", lambda: open_commitment_form(context, window, None, row.id), "plus"),
    ]


def change_entry(page: Page, rows: list[BudgetRow]) -> Entry:
    """One field of several budgets."""
    context = page.context
    change = FieldChange[BudgetRow](
        ("Budget", "Budgets"),
        ("kind", "quarter_id", "cost_centre", "internal_order", "notes"),  # none that could overspend
        lambda: BudgetForm(context, None, BudgetInput("", "", context.today().year, 0)),
        budgets.load,
        save_budget,
        lambda row: row.number,
    )
    action = change.action(context, page)
    return Entry(action.text, lambda: action.call(rows), action.icon)


def turn_of_year(page: Page, year: Year) -> list[Entry]:
    """Next year's budgets, and what is left for them."""

    def show(dialog: type[NextYearDialog] | type[CarryOverDialog]) -> None:
        dialog(page.context, page.window(), year()).open()

    return [
        Entry("Folgejahr anlegen …", partial(show, NextYearDialog), "calendar"),
        Entry("Reste übertragen …", partial(show, CarryOverDialog), "transfer"),
    ]


def exchange(page: Page, year: Year) -> list[Entry]:
    """What goes to finance and comes from there. The dialogs load what writes Excel files, so only when opened."""

    def export() -> None:
        from app.ui.finance.finance_dialog import FinanceDialog

        FinanceDialog(page.context, page.window(), year()).open()

    def changes() -> None:
        from app.ui.finance.changes_dialog import FinanceChangesDialog

        FinanceChangesDialog(page.context, page.window(), year()).open()

    def rules() -> None:
        RulesDialog(page.context, page.window(), year()).open()

    return [
        Entry("Excel für die Finanzen …", export, "spreadsheet"),
        Entry("Änderungen seit dem letzten Austausch …", changes, "history"),
        Entry("Buchungen einlesen …", lambda: page.context.open("imports"), "import"),
        Entry("Zuordnungsregeln …", rules, "rules"),
    ]
