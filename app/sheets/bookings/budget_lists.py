"""Budget monitoring lists (Haushaltsüberwachungslisten) that hold sums only, and what to say of them."""

from collections.abc import Iterable

from app.sheets.bookings.columns import folded

_PLANNED = ("ansatz", "haushaltsansatz", "planansatz", "budget", "plan", "soll")
_LEFT = ("verfuegbar", "nochverfuegbar", "verfuegbaremittel", "rest", "restmittel", "restbudget")


def is_sums_only(headers: Iterable[str]) -> bool:
    """Whether a header row is that of planned and available money, as a list without single bookings has it."""
    names = [folded(header) for header in headers]
    return _has(names, _PLANNED) and _has(names, _LEFT)


def _has(names: list[str], beginnings: tuple[str, ...]) -> bool:
    return any(name.startswith(beginnings) for name in names if name)


def sums_only(file: str, sheet: str) -> str:
    """The sentence for such a list."""
    return (
        f"Das Blatt „{sheet}“ von „{file}“ ist eine Haushaltsüberwachungsliste mit Ansatz und Verfügbarem, aber "
        "ohne einzelne Buchungen und ohne Monatssummen je Innenauftrag. Bitte bei der Finanzabteilung die Einzelposten "
        "mit Buchungsdatum und Betrag anfordern, oder je Innenauftrag den Monat und das Ist kumuliert."
    )
