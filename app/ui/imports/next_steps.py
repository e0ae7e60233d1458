"""Where to go once bookings are in: what has no budget, what may settle a commitment, or just the budgets."""

from functools import partial

from app.domain.bookings.booking_plan import BookingPlan
from app.domain.bookings.bookings import RowState
from app.domain.counting import counted
from app.services.settlement import settlement_proposals
from app.ui.context import Context
from app.ui.imports.apply_step import Action

_IN = (RowState.NEW, RowState.CHANGED, RowState.KNOWN)


def next_steps(context: Context, plan: BookingPlan, unassigned: int) -> list[Action]:
    """The most pressing first; each leads to the budget year of the file that it is about."""
    rows = [row for row in plan.rows if row.state in _IN]
    years = sorted({row.posting.budget_year for row in rows}, reverse=True)
    found: list[Action] = []
    if unassigned:
        waiting = max(
            (row.posting.budget_year for row in rows if row.assignment.budget_id is None), default=None
        )
        words = counted(unassigned, "Buchung zuordnen", "Buchungen zuordnen")
        found.append((words, "link", partial(context.open_part, "budget", "unassigned", waiting)))
    for year in years:
        proposals = context.ask(settlement_proposals.rows, year)
        if proposals:
            words = f"Mittelbindungen abgleichen ({len(proposals)})"
            found.append((words, "commitment", partial(context.open_part, "budget", "settlement", year)))
            break
    return found or [("Zum Budget", "budget", lambda: context.open("budget"))]
