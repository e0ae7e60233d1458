"""The turn of the year: next year's budgets, and what is left carried over; each line can be changed or left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.errors import Invalid
from app.domain.money import euro
from app.services.budgets import next_year, transfers
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import AmountEditor
from app.ui.kit.layout import grid, grow, scrolled
from app.ui.kit.plain import CheckBox
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import carded
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label


@dataclass(frozen=True, slots=True)
class BudgetYearChoice:
    """One line: ticked or not, words, where it goes, an amount. `why_not`: it cannot be chosen.

    `target_id`: the budget it goes to, if that is there already.
    """

    id: int
    name: str
    target: str
    cents: int
    why_not: str = ""
    target_id: int | None = None


class YearDialog(Dialog):
    """Lines to tick with an amount each; one button does all of them in one step."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, action: str, choices: Sequence[BudgetYearChoice]
    ) -> None:
        super().__init__(parent, title, sentence, size=(880, 560))
        self._lines: list[tuple[BudgetYearChoice, QCheckBox, AmountEditor]] = []
        self.note = Note(tone=Tone.DANGER)
        self.note.hide()
        self.do_button = button(action, self._do, role="primary")
        self.total = label("", "muted")
        foot = (grow(self.total), self.close_button(), self.do_button)
        self.build(grow(self._make_lines(choices)), self.note, foot=foot)
        self._count()

    def chosen(self) -> list[tuple[BudgetYearChoice, int]]:
        """The ticked lines with their amounts; raises Invalid where an amount cannot be read."""
        found = []
        for choice, box, editor in self._lines:
            if not box.isChecked():
                continue
            try:
                cents = editor.value()
            except ValueError as error:
                raise Invalid({choice.name: f"{choice.name}: {error}"}) from error
            found.append((choice, cents or 0))
        return found

    def carry_out(self) -> None:
        """Do it. Raises Invalid."""
        raise NotImplementedError

    def _do(self) -> None:
        try:
            self.carry_out()
        except Invalid as error:
            self.note.say(error.sentence)
        else:
            self.accept()

    def _make_lines(self, choices: Sequence[BudgetYearChoice]) -> QWidget:
        if not choices:
            return EmptyState("calendar", "Hier gibt es nichts zu tun")
        canvas = QWidget()
        canvas.setProperty("role", "canvas")
        lines = grid(on=canvas, shares=(3, 2), spacing=(16, 6), margins=(16, 12, 16, 12))
        for place, choice in enumerate(choices):
            for at, widget in enumerate(self._line(choice)):
                lines.addWidget(widget, place, at)
        lines.setRowStretch(len(choices), 1)
        return carded(scrolled(canvas))

    def _line(self, choice: BudgetYearChoice) -> tuple[QWidget, ...]:
        """The box to tick, where it goes or why it cannot, and the amount."""
        possible = not choice.why_not
        box = CheckBox(choice.name)
        box.setChecked(possible)
        box.setEnabled(possible)
        editor = AmountEditor(negative=False)
        follow_text(editor, editor.setFixedWidth, 150)
        editor.set_value(choice.cents)
        editor.set_name(f"Betrag für {choice.name}")
        editor.setEnabled(possible)
        box.toggled.connect(editor.setEnabled)
        box.toggled.connect(self._count)
        editor.changed.connect(self._count)
        self._lines.append((choice, box, editor))
        where = label(choice.target if possible else choice.why_not, "" if possible else "muted", wrap=True)
        return box, where, editor

    def _count(self) -> None:
        self.note.hide()
        try:
            chosen = self.chosen()
        except Invalid:
            return  # half-typed; it is said when she goes on
        self.total.setText(f"{len(chosen)} gewählt · {euro(sum(cents for _, cents in chosen))}")
        self.do_button.setEnabled(bool(chosen))


class NextYearDialog(YearDialog):
    """Folgejahr anlegen."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        self._context, self._year = context, year
        choices = [
            BudgetYearChoice(
                row.budget_id,
                f"{row.number} · {row.next_title}",
                f"→ {row.next_number}" + (" (ohne Förderung: sie endet vorher)" if row.grant_ends else ""),
                row.planned_cents,
                f"{row.next_number} gibt es schon" if row.exists else "",
            )
            for row in context.ask(next_year.proposals, year)
        ]
        sentence = (
            f"Aus den Budgets {year} werden Budgets {year + 1} mit neuer Nummer. Quartier, Art, Innenauftrag und "
            "Förderung bleiben, der Ansatz lässt sich hier ändern."
        )
        super().__init__(parent, f"Folgejahr {year + 1} anlegen", sentence, "Anlegen", choices)

    def carry_out(self) -> None:
        planned = {choice.id: cents for choice, cents in self.chosen()}
        label = f"Folgejahr {self._year + 1} angelegt"
        self._context.do(label, next_year.create, self._year, planned)


class CarryOverDialog(YearDialog):
    """Unspent money into the next year."""

    def __init__(self, context: Context, parent: QWidget, year: int) -> None:
        self._context, self._year = context, year
        choices = [
            BudgetYearChoice(
                row.budget_id,
                f"{row.number} · {row.title}",
                f"→ {row.target_number}",
                row.available_cents,
                "" if row.target_id is not None else f"Budget für {year + 1} fehlt noch",
                row.target_id,
            )
            for row in context.ask(transfers.unspent, year)
        ]
        sentence = (
            f"Was {year} nicht verbraucht und nicht gebunden ist, wird mit seinem Herkunftsjahr nach {year + 1} "
            "übertragen."
        )
        super().__init__(parent, f"Reste nach {year + 1} übertragen", sentence, "Übertragen", choices)

    def carry_out(self) -> None:
        chosen = [
            (choice.id, choice.target_id, cents)
            for choice, cents in self.chosen()
            if choice.target_id is not None and cents > 0
        ]
        label = f"Reste aus {self._year} übertragen"
        self._context.do(label, transfers.carry_over, chosen, self._context.today())
