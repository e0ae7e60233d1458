"""Targets, figures and standings of goals in German words, for screen and paper alike."""

import re
from collections import Counter
from collections.abc import Collection
from decimal import Decimal

from app.domain.agreements.goal_light import GoalLight, share

_SAID = re.compile(
    r"(?:mindestens |mind\. )?(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(?: ?(%)| +(\D+))?", re.IGNORECASE
)
_YEARS = range(1900, 2101)


def said_figure(said: str | None) -> tuple[Decimal, str | None] | None:
    """The figure and its unit where a target says nothing else: "15", "mindestens 15 Ehrenamtliche", "30 %".

    None for sentences, for targets with another figure in them, and for what may be a year.
    """
    found = _SAID.fullmatch((said or "").strip())
    if found is None:
        return None
    whole, part, percent, unit = found.groups()
    value = Decimal(whole.replace(".", "") + (part or "").replace(",", "."))
    if value <= 0 or ("." not in whole and not part and value in _YEARS):
        return None
    return value, percent or (unit.strip() if unit else None)


def figure(value: Decimal) -> str:
    """A number as it is written in German, without zeros at its end."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def measured(value: Decimal, unit: str | None) -> str:
    """A figure with its unit."""
    return f"{figure(value)} {unit}" if unit else figure(value)


def target_words(said: str | None, value: Decimal | None, unit: str | None) -> str:
    """What the agreement says, with the unit or the figure it is measured by where they say more."""
    if not said:
        return measured(value, unit) if value is not None else ""
    if value is None:
        return said
    if figure(value) in said:
        return f"{said} {unit}" if unit and unit.casefold() not in said.casefold() else said
    return f"{said} ({measured(value, unit)})"


def reached_words(reported: Decimal | None, target: Decimal | None, unit: str | None) -> str:
    """ "6 von 15 Ehrenamtliche (40 %)"; without a target the figure alone, without a figure nothing."""
    if reported is None:
        return ""
    percent = share(reported, target)
    if percent is None or target is None:
        return measured(reported, unit)
    return f"{figure(reported)} von {measured(target, unit)} ({percent} %)"


def summed_up(lights: Collection[GoalLight]) -> str:
    """ "2 von 5 Zielen erreicht, 1 überfällig"; empty without goals."""
    if not lights:
        return ""
    counts = Counter(lights)
    first = (
        f"{counts[GoalLight.REACHED]} von {len(lights)} {'Ziel' if len(lights) == 1 else 'Zielen'} erreicht"
    )
    rest = [
        f"{counts[light]} {said}"
        for light, said in (
            (GoalLight.OVERDUE, "überfällig"),
            (GoalLight.AT_RISK, "gefährdet"),
            (GoalLight.UNREPORTED, "ohne Bericht"),
        )
        if counts[light]
    ]
    return ", ".join([first, *rest])
