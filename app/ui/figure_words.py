"""What the figures of budgets contain, in the same words wherever they stand (domain.md, Money)."""

from app.domain.counting import counted
from app.domain.money import euro
from app.services.budgets.budgets import Unassigned

PLANNED = "Ansatz: was für das Haushaltsjahr geplant ist, ohne Umschichtungen."
TRANSFERS = (
    "Umschichtung: was aus anderen Budgets dazukam, weniger was abgegeben wurde; Übertragungen aus dem Vorjahr "
    "gehören dazu."
)
COMMITTED = (
    "Gebunden: offene Mittelbindungen, Betrag abzüglich des schon Gebuchten; geschlossene binden nichts."
)
ACTUAL = "Ist: gebuchte Ausgaben; Gutschriften mindern sie, Einnahmen gehören nicht dazu."
AVAILABLE = "Verfügbar: Ansatz + Umschichtung − Gebunden − Ist."
USED = "Verbrauch: Ist (voll) und Gebunden (schraffiert) als Teil von Ansatz + Umschichtung."
UNASSIGNED = "Nicht zugeordnet: Ausgaben des Haushaltsjahres, die noch kein Budget haben."
INCOME = "Einnahmen des Haushaltsjahres, mit und ohne Budget. Sie stehen für sich und gehören nicht zum Ist."


def total_of_year(year: int, budgets: int, missing: Unassigned) -> str:
    """What the figures of a whole year are made of: "Alle 18 Budgets 2026; 762,38 € ... sind mitgezählt."."""
    words = f"Alle {budgets} Budgets {year}" if budgets != 1 else f"Das Budget {year}"
    if not missing.count:
        return f"{words}."
    bookings = counted(missing.count, "Buchung", "Buchungen")
    return f"{words} und {bookings} ohne Budget ({euro(missing.sum_cents)})."
