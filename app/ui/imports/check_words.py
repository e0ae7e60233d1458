"""Words the question of an import, for the head of the page: how much is to be decided, and what happens else."""

from app.domain.bookings.booking_decisions import Decisions
from app.domain.bookings.import_counts import import_counts
from app.domain.counting import counted

NOTHING_WRITTEN = "Geschrieben wird erst im letzten Schritt."


def question(decisions: Decisions) -> str:
    """What waits for her, and what happens as long as she says nothing."""
    plan = decisions.plan
    parts = []
    if decisions.undecided:
        verb = "wartet" if decisions.undecided == 1 else "warten"
        rows = counted(decisions.undecided, "unsichere Zeile", "unsichere Zeilen")
        parts.append(f"{rows} {verb} auf eine Entscheidung")
    elif decisions.uncertain:
        parts.append("alle unsicheren Zeilen sind entschieden")
    counts = import_counts(plan)
    if counts.rejected:
        parts.append(f"{counted(counts.rejected, 'Zeile ist', 'Zeilen sind')} abgelehnt")
    missing = len(decisions.missing())
    if missing:
        gone = len(decisions.removed_now())
        fate = "bleiben" if not gone else f"{gone} davon {'wird' if gone == 1 else 'werden'} entfernt"
        if missing == 1:
            fate = "wird entfernt" if gone else "bleibt"
        parts.append(f"{counted(missing, 'Buchung ist', 'Buchungen sind')} entfallen ({fate})")
    if not parts:
        changed = counts.changed
        first = f"Nichts zu entscheiden, {counted(changed, 'Korrektur', 'Korrekturen')} zum Ansehen. "
        return (first if changed else "Nichts zu entscheiden. ") + NOTHING_WRITTEN
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}. {NOTHING_WRITTEN}"
