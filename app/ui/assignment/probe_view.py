"""Trying a rule while it is edited: which bookings it would catch, and what that would mean for each."""

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.services.assignment.rule_probe import Hit, Probe, RuleOutcome
from app.ui.kit.layout import column, grow, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import OldNew, Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label, say

PILLS = {
    RuleOutcome.WAITING: Pill("ohne Budget", Tone.SUCCESS, "link", 0),
    RuleOutcome.OTHER: Pill("anders", Tone.WARNING, "edit", 1),
    RuleOutcome.EARLIER: Pill("frühere Regel", Tone.INFO, "rules", 2),
    RuleOutcome.BY_HAND: Pill("von Hand", Tone.NEUTRAL, "lock", 3),
    RuleOutcome.SAME: Pill("schon so", Tone.NEUTRAL, "check", 4),
}
TIPS = {
    RuleOutcome.BY_HAND: "Von Hand zugeordnet; das bleibt so.",
    RuleOutcome.SAME: "Liegt schon dort, wo die Regel sie haben will.",
    RuleOutcome.OTHER: "Automatisch anders zugeordnet.",
}
NO_BUDGET = "ohne"
NOTHING = "Keine vorhandene Buchung passt"
SIDE = 660
"""Pixels that its columns need to be read beside the form."""


def budget_of(hit: Hit) -> str | OldNew:
    """Where it is and, if the rule means something else, where it would go."""
    now = hit.budget_number or NO_BUDGET
    if hit.outcome in (RuleOutcome.WAITING, RuleOutcome.OTHER) and now != (hit.target or NO_BUDGET):
        return OldNew(now, hit.target or NO_BUDGET)
    return now


def _what(hit: Hit) -> str:
    return " · ".join(filter(None, (hit.text, hit.payee)))


def _tip(hit: Hit) -> str:
    if hit.earlier:
        return f"Es entscheidet die frühere Regel „{hit.earlier}“."
    return TIPS.get(hit.outcome, "")


COLUMNS: tuple[Column[Hit], ...] = (
    Column("day", "Datum", lambda hit: hit.day, Kind.DATE, 88),
    Column("what", "Text · Empfänger", _what, width=90, stretch=True),
    Column("order", "Innenauftrag", lambda hit: hit.internal_order, width=96, hidden=True),
    Column("account", "Sachkonto", lambda hit: hit.account, width=80, hidden=True),
    Column("amount", "Betrag", lambda hit: hit.amount_cents, Kind.AMOUNT, 88),
    Column("budget", "Budget", budget_of, width=142),
    Column("outcome", "Jetzt", lambda hit: PILLS[hit.outcome], Kind.PILL, 124, tip=_tip),
)


class ProbeView(QWidget):
    """Counts, the list, and whether saving shall assign what has no budget yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(SIDE)
        self._waiting = 0
        self.count = label("", "strong")
        self.parts = label("", "muted", wrap=True)
        self.note = Note(tone=Tone.WARNING)
        self.empty = EmptyState("search", NOTHING, hint="Die Regel gilt für künftige Importe.")
        self.table: Table[Hit] = Table(
            "rules/probe",
            COLUMNS,
            title="Probe der Regel",
            empty=self.empty,
            pale=lambda hit: hit.outcome in (RuleOutcome.SAME, RuleOutcome.BY_HAND, RuleOutcome.EARLIER),
        )
        self.apply_now = CheckBox()
        self.apply_now.setChecked(True)
        column(
            row(grow(label("Probe an den vorhandenen Buchungen", "section")), self.table.tools),
            self.count,
            self.parts,
            self.note,
            grow(self.table),
            self.apply_now,
            on=self,
            spacing=8,
            margins=(16, 12, 24, 16),
        )
        self.show_nothing("")

    @property
    def to_apply(self) -> int:
        """How many bookings saving shall assign at once."""
        return self._waiting if self.apply_now.isChecked() else 0

    def show_nothing(self, why: str) -> None:
        """There is nothing to try yet."""
        self.show_probe(Probe(), has_target=False)
        self.count.setText("")
        self.empty.sentence.setText(why)
        self.empty.hint.hide()

    def show_probe(self, probe: Probe, *, has_target: bool) -> None:
        """What came out; `has_target`: bookings without a budget would get one."""
        self.empty.sentence.setText(NOTHING)
        self.empty.hint.show()
        counts = probe.counts
        self.table.set_rows(probe.hits)
        self.count.setText(counted(probe.caught, "Buchung passt", "Buchungen passen"))
        parts = [
            counted(counts[outcome], words, words)
            for outcome, words in (
                (RuleOutcome.WAITING, "jetzt nicht zugeordnet"),
                (RuleOutcome.OTHER, "anders zugeordnet"),
                (RuleOutcome.BY_HAND, "von Hand zugeordnet – bleiben"),
                (RuleOutcome.SAME, "liegen schon so"),
            )
            if counts[outcome]
        ]
        say(self.parts, " · ".join(parts))
        self._show_note(probe)
        self._waiting = counts[RuleOutcome.WAITING] if has_target else 0
        these = counted(self._waiting, "Buchung", "Buchungen")
        article = "der" if self._waiting == 1 else "den"
        self.apply_now.setText(f"Beim Speichern {article} {these} ohne Budget gleich zuordnen")
        self.apply_now.setVisible(self._waiting > 0)

    def _show_note(self, probe: Probe) -> None:
        """What else she should know: an earlier rule decides; automatic assignments do not move by themselves."""
        earlier, other = probe.counts[RuleOutcome.EARLIER], probe.counts[RuleOutcome.OTHER]
        sentence = ""
        if earlier:
            names = sorted({hit.earlier for hit in probe.hits if hit.earlier})
            decide = f"entscheiden schon {len(names)} frühere Regeln"
            if len(names) == 1:
                decide = f"entscheidet schon die frühere Regel „{names[0]}“"
            if probe.caught:
                sentence = f"Über {counted(earlier, 'weitere', 'weitere')} {decide}."
            else:
                sentence = f"Diese Regel kommt nie zum Zug: Über alle Buchungen, die passen, {decide}."
        elif other:
            sentence = "Anders zugeordnete wechseln erst mit „Regeln anwenden“ oder wenn die Finanzen sie berichtigen."
        self.note.say(sentence, Tone.WARNING if earlier and not probe.caught else Tone.INFO)
