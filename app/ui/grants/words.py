"""German words and pills of a grant's standing."""

from collections.abc import Sequence
from datetime import date

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.grants.grant_rules import Origin
from app.domain.grants.grant_standing import UNLIMITED, Light, PayoutUse, Window
from app.domain.money import euro
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills

LIGHTS = pills(
    {
        Light.GREEN: (Tone.SUCCESS, "check"),
        Light.YELLOW: (Tone.WARNING, "warning"),
        Light.RED: (Tone.DANGER, "stop"),
    }
)
ORIGINS = pills(
    {
        Origin.NOTICE: (Tone.SUCCESS, "document"),
        Origin.RULE_SET: (Tone.INFO, "rules"),
        Origin.HAND: (Tone.NEUTRAL, "edit"),
        Origin.ASSUMED: (Tone.WARNING, "help"),
    }
)
GRANTED = "Bewilligt: was der Bescheid zusagt."
ELIGIBLE = (
    "Zuwendungsfähig: gebuchte Ausgaben auf den Budgets der Förderung bis zum gewählten Tag, Einnahmen gehören nicht "
    "dazu. Die Zuwendung daraus folgt der Finanzierungsart und ist höchstens so hoch wie bewilligt."
)
RECEIVED = "Erhalten: Mittelabrufe, die bis zum gewählten Tag eingegangen sind."
UNCOVERED = "Noch nicht belegt: was erhalten ist, abzüglich der Zuwendung, die den Ausgaben entspricht."
ITEM_PLANNED = "Ansatz: was der Finanzierungsplan für die Position vorsieht."
ITEM_ACTUAL = "Ist: gebuchte Ausgaben der Position bis zum gewählten Tag, Einnahmen gehören nicht dazu."
ITEM_COMMITTED = "Gebunden: offene Mittelbindungen auf den Budgets der Position."
ITEM_SHARE = "Anteil: Ist (voll) und Gebunden (schraffiert) als Teil des Ansatzes."
ITEM_LIGHT = "Stand: Ist gegen Ansatz, mit der Toleranz der Förderung."
ITEM_EARLY = "Mit Bindungen: der Stand, sobald auch alles Gebundene ausgegeben ist."
PAYOUT_RECEIVED = "Erhalten: was von diesem Mittelabruf eingegangen ist."
PAYOUT_USED = "Verwendet: so viel davon ist durch Ausgaben belegt, die ältesten Mittelabrufe zuerst."
PAYOUT_OPEN = "Offen: Erhalten − Verwendet."
PAYOUT_LATE = "Rest bei Frist: was am Ende der Verwendungsfrist noch nicht verwendet war."
"""What the figures contain (domain.md, Grant rules)."""
RULE_NAMES = {
    "usage_window": "Verwendungsfrist",
    "tolerance_percent": "Toleranz je Position",
    "proof_months": "Frist für den Nachweis",
    "interim_months": "Zwischennachweis",
    "retention_years": "Aufbewahrung",
    "refund_threshold_cents": "Bagatellgrenze",
}


def window(value: Window) -> str:
    """ "2 Monate nach Erhalt" """
    months = counted(value.months, "Monat", "Monate")
    return f"{months if value.weeks is None else counted(value.weeks, 'Woche', 'Wochen')} nach Erhalt"


def tolerance(percent: int) -> str:
    """By how much a position may be overrun: "20 % je Position"."""
    unlimited = "unbegrenzt, wenn an anderer Stelle gespart"
    return unlimited if percent == UNLIMITED else f"{percent} % je Position"


def interim(months: int | None) -> str:
    """When an interim proof is due: "4 Monate nach jedem Haushaltsjahr"."""
    return f"{counted(months, 'Monat', 'Monate')} nach jedem Haushaltsjahr" if months else "keiner"


def rule_value(name: str, value: object) -> str:
    """A value of a rule set in words, for showing what a newer version would change."""
    match name, value:
        case "usage_window", Window():
            return window(value)
        case "tolerance_percent", int():
            return tolerance(value)
        case "interim_months", int() | None:
            return interim(value)
        case "proof_months", int():
            return counted(value, "Monat", "Monate")
        case "retention_years", int():
            return counted(value, "Jahr", "Jahre")
        case "refund_threshold_cents", int():
            return euro(value)
    return str(value)


def use_pill(use: PayoutUse, on: date) -> Pill:
    """Whether a payout is used in time, and how many days there are."""
    if use.open_cents <= 0:
        if use.late_cents > 0:
            return Pill(f"{_days(use.late_days)} zu spät", Tone.WARNING, "clock", 1)
        return Pill("verwendet", Tone.SUCCESS, "check", 0)
    left = (use.payout.use_by - on).days
    if left < 0:
        return Pill(f"{_days(-left)} überfällig", Tone.DANGER, "stop", 3)
    return Pill(f"noch {_days(left)}", Tone.WARNING if left <= 30 else Tone.INFO, "clock", 2)


def waiting_pill(received_on: date | None) -> Pill:
    """A draw-down that had not been paid out on the day asked for."""
    if received_on is None:
        return Pill("angefordert", Tone.NEUTRAL, "clock", 4)
    return Pill(f"erhalten am {german(received_on)}", Tone.NEUTRAL, "calendar", 4)


def late_words(use: PayoutUse) -> str:
    """What stays on record about a payout that was not used in time; "" if it was."""
    by, late = german(use.payout.use_by), euro(use.late_cents)
    if use.late_cents <= 0:
        return ""
    if use.open_cents > 0:
        return f"Seit dem {by} sind {late} nicht verwendet."
    return f"Am {by} waren {late} noch nicht verwendet; das dauerte {_days(use.late_days)} länger."


def settled_late(numbers: Sequence[str]) -> str:
    """Which payouts were used, but not in time; the authority may ask for interest."""
    if len(numbers) == 1:
        return f"Mittelabruf {numbers[0]} wurde erst nach der Frist ganz verwendet."
    named = f"{', '.join(numbers[:-1])} und {numbers[-1]}"
    return f"Die Mittelabrufe {named} wurden erst nach der Frist ganz verwendet."


def _days(count: int) -> str:
    return counted(count, "Tag", "Tage")
