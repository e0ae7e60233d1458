"""Beside the preview: the chosen row face to face with the booking it may be or changes, and what can be decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QPushButton

from app.domain.bookings.booking_comparison import compare
from app.domain.bookings.booking_decisions import BookingCandidate
from app.domain.bookings.booking_plan import Decision
from app.domain.bookings.bookings import BookingField
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.counting import counted
from app.services.bookings.booking_details import BookingDetails
from app.ui.finance.comparison_grid import ComparisonGrid
from app.ui.imports.booking_rows import PILLS, PreviewRow
from app.ui.imports.preview_decisions import KEEP, LEAVE, NEW, OPEN, REMOVE, SAME, TAKE
from app.ui.kit.actions import key_text, spec, with_keys
from app.ui.kit.layout import add, column, discard, grow, held, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, icon_button, label, say

DECISIONS = {
    SAME: ("Dieselbe Buchung", "link", "Alle offenen: dieselbe Buchung"),
    NEW: ("Neue Buchung", "plus", "Alle offenen: neue Buchung"),
    TAKE: ("Übernehmen", "edit", "Alle Korrekturen übernehmen"),
    LEAVE: ("Alten Stand behalten", "lock", "Alle Korrekturen auslassen, alten Stand behalten"),
    KEEP: ("Behalten", "lock", "Alle entfallenen behalten"),
    REMOVE: ("Entfernen", "trash", "Alle entfallenen entfernen"),
    OPEN: ("Zurücknehmen", "undo", "Alle Entscheidungen zurücknehmen"),
}
"""Words and icon of each decision, and the words for all rows at once; its key is declared with the actions."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What the pane shows of one row. `details`: the stored booking; `candidate`: which of `candidates` that is."""

    row: PreviewRow
    given: frozenset[BookingField]
    details: BookingDetails | None = None
    candidates: Sequence[BookingCandidate] = ()
    candidate: int = 0
    can_leave: bool = True


class DecisionPane(QFrame):
    """`decide` gets the id of a decision, `turn` -1 or 1 for another candidate."""

    def __init__(
        self,
        decide: Callable[[str], object],
        turn: Callable[[int], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.pill = PillLabel()
        self.title = label("", "section")
        self.reason = label("", wrap=True, selectable=True)
        self.place = label("", "strong")
        previous, following = (spec(action).text for action in ("check.previous", "check.next"))
        self.before = icon_button("chevron-left", with_keys(previous, "check.previous"), lambda: turn(-1))
        self.after = icon_button("chevron-right", with_keys(following, "check.next"), lambda: turn(1))
        self.warning = Note(tone=Tone.WARNING)
        self.fields = ComparisonGrid()
        self.facts = Facts(name_width=92)
        self.outcome = label("", "muted", wrap=True)
        self.buttons = {action: self._button(action, decide) for action in DECISIONS}
        self._lay_out()
        self.show_nothing()

    def _button(self, action: str, decide: Callable[[str], object]) -> QPushButton:
        words = DECISIONS[action][0]
        made = button(
            f"{words}  {key_text(spec(action).keys[0])}", lambda: decide(action), tip=spec(action).text
        )
        made.setAccessibleName(words)
        made.setCheckable(action != OPEN)
        return made

    def _lay_out(self) -> None:
        self.chooser = held(row(grow(self.place), self.before, self.after, spacing=4))
        self.body = Pane(margin=0, spacing=10, surface=False)
        add(self.body.column, self.fields, self.facts)
        pairs = ((SAME, NEW), (TAKE, LEAVE), (KEEP, REMOVE))
        column(
            row(self.pill, grow(self.title), spacing=10),
            self.reason,
            self.chooser,
            self.warning,
            grow(self.body),
            column(
                *(row(*(grow(self.buttons[action]) for action in pair), spacing=6) for pair in pairs),
                row(grow(self.outcome), self.buttons[OPEN]),
                spacing=6,
            ),
            on=self,
            spacing=8,
            margins=(14, 12, 14, 12),
        )

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No row is chosen."""
        self._show_head("Keine Zeile gewählt", "In der Liste eine Zeile wählen, um sie hier zu vergleichen.")
        self.pill.set_pill(None)
        self._show_decisions(())

    def show_several(self, rows: Sequence[PreviewRow]) -> None:
        """Some rows at once: how many of them can be decided."""
        kinds = (
            (sum(row.is_uncertain for row in rows), "unsichere Zeile", "unsichere Zeilen", (SAME, NEW)),
            (sum(row.is_changed for row in rows), "Korrektur", "Korrekturen", (TAKE, LEAVE)),
            (
                sum(row.is_missing for row in rows),
                "entfallene Buchung",
                "entfallene Buchungen",
                (KEEP, REMOVE),
            ),
        )
        found = [kind for kind in kinds if kind[0]]
        parts = ", ".join(counted(number, one, many) for number, one, many, _ in found)
        words = f"Die Entscheidung gilt für alle gewählten: {parts}." if found else "Nichts zu entscheiden."
        self.pill.set_pill(None)
        self._show_head(counted(len(rows), "Zeile gewählt", "Zeilen gewählt"), words)
        decisions = [action for *_, pair in found for action in pair]
        self._show_decisions((*decisions, OPEN) if found else ())

    def show_row(self, shown: ShownRow) -> None:
        """One row with the booking it may be, changes or is."""
        row, details = shown.row, shown.details
        self.pill.set_pill(PILLS[row.key])
        self._show_head(f"Zeile {row.row}" if row.row is not None else "Nicht in der Datei", _why(shown))
        several = row.is_uncertain and len(shown.candidates) > 1
        self.chooser.setVisible(several)
        if several:
            self.place.setText(f"Ähnliche Buchung {shown.candidate + 1} von {len(shown.candidates)}")
            self.before.setEnabled(shown.candidate > 0)
            self.after.setEnabled(shown.candidate + 1 < len(shown.candidates))
        self._show_warning(shown)
        line = row.planned.posting if row.planned is not None else None
        if line is not None and row.planned is not None and row.planned.amount_cents != line.amount_cents:
            line = line._replace(amount_cents=row.planned.amount_cents)
        self.fields.show_fields(
            compare(line, details.line if details else None, shown.given),
            ("Bisher" if row.is_changed else "Gespeichert") if details is not None else "",
            (f"Datei, Zeile {row.row}" if not row.is_changed else "Neu (Datei)") if line is not None else "",
        )
        self.fields.setVisible(line is not None or details is not None)
        self._show_facts(shown)
        self._show_answer(shown)

    def _show_head(self, title: str, reason: str) -> None:
        self.title.setText(title)
        say(self.reason, reason)
        self.outcome.setText("")
        for widget in (self.chooser, self.warning, self.fields, self.facts):
            widget.hide()

    def _show_warning(self, shown: ShownRow) -> None:
        taken = shown.candidates[shown.candidate].held_by if shown.candidates else None
        words = f"Diese Buchung steht schon für Zeile {taken}; sie kann nicht zwei Zeilen sein."
        self.warning.say(words if taken is not None else "")

    def _show_facts(self, shown: ShownRow) -> None:
        """What she made of the stored booking, which stays hers."""
        discard(self.facts)
        self.facts = Facts(name_width=92)
        self.body.add(self.facts)
        row, details = shown.row, shown.details
        if details is None:
            self.facts.add("Budget", row.budget)
            return
        by_hand = details.assigned_by is AssignedBy.HAND
        now = details.line.budget or "nicht zugeordnet"
        after = row.budget if row.is_changed and row.answer is not Decision.KEPT else now
        how = " (von Hand, bleibt)" if by_hand else ""
        self.facts.add("Budget", f"{now}{how}" if after == now else f"{now}, danach {after}")
        self.facts.add("Position", details.plan_item)
        self.facts.add("Bindung", details.line.commitment)
        self.facts.add("Notiz", details.note)
        if details.delivery is not None:
            number, file_name, at = details.delivery
            self.facts.add("Lieferung", f"{number}: „{file_name}“ vom {at:%d.%m.%Y}")
        elif details.line.source is BookingSource.MANUAL:
            self.facts.add("Herkunft", "von Hand eingetragen")

    def _show_answer(self, shown: ShownRow) -> None:
        row, answer = shown.row, shown.row.answer
        if row.is_uncertain:
            self._show_decisions((SAME, NEW, OPEN), NEW if answer is Decision.NEW else SAME if answer else "")
            self.buttons[SAME].setEnabled(not self.warning.isVisibleTo(self))
            self.buttons[OPEN].setEnabled(answer is not None)
        elif row.is_changed and shown.can_leave:
            self._show_decisions((TAKE, LEAVE), LEAVE if answer is Decision.KEPT else TAKE)
        elif row.is_missing:
            self._show_decisions((KEEP, REMOVE), REMOVE if row.gone else KEEP)
        else:
            self._show_decisions(())
        self.outcome.setText(_outcome(shown))

    def _show_decisions(self, actions: Sequence[str], pressed: str = "") -> None:
        """What can be decided, and what has been."""
        for action, one in self.buttons.items():
            one.setVisible(action in actions)
            one.setEnabled(True)
            one.setChecked(action == pressed)


def _why(shown: ShownRow) -> str:
    row = shown.row
    if row.is_uncertain and shown.candidates:
        seen = shown.candidates[shown.candidate].lookalike
        apart = f"{counted(seen.days_apart, 'Tag', 'Tage')} auseinander"
        apart = apart if seen.days_apart else "am selben Tag"
        by_hand = seen.booking.source is BookingSource.MANUAL
        first = "Ähnelt einer Buchung von Hand" if by_hand else "Ohne Belegnummer, aber ähnlich gebucht"
        return f"{first}: gleicher Betrag, {apart}, Text {_alike(seen.alike)}."
    return row.reason if row.planned is None or row.is_changed else ""


def _alike(alike: float) -> str:
    for least, word in ((1.0, "gleich"), (0.7, "sehr ähnlich"), (0.4, "etwas ähnlich")):
        if alike >= least:
            return word
    return "anders"


def _outcome(shown: ShownRow) -> str:
    """What will happen to the row as things stand."""
    row = shown.row
    if row.is_uncertain:
        if row.answer is None:
            return "Offen: wird nicht geschrieben."
        if row.answer is Decision.NEW:
            return "Wird neu gebucht."
        if row.stored is not None and row.stored.source is BookingSource.MANUAL:
            return "Der Eintrag von Hand wird diese Buchung; Notiz, Bindung und Zuordnung bleiben."
        return "Schon gebucht: nichts wird geschrieben."
    if row.is_changed:
        if row.answer is Decision.KEPT:
            return "Nichts wird geschrieben; beim nächsten Mal wird wieder gefragt."
        return "Wird geändert; Notiz, Bindung und Zuordnung von Hand bleiben."
    if row.is_missing:
        return "Wird beim Übernehmen entfernt." if row.gone else "Bleibt gebucht."
    return ""
