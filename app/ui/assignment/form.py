"""The form of a rule: conditions and what follows, beside it what they would catch among the bookings there are."""

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.domain.errors import Invalid
from app.services.assignment import assignment_rules, booking_assignment, rule_probe, rule_proposals
from app.services.assignment.assignment_rules import RuleInput
from app.services.budgets import budget_choices
from app.ui.assignment.probe_view import ProbeView
from app.ui.context import Context
from app.ui.kit.editors import AmountEditor, ChoiceEditor, RecordEditor, TextEditor, WholeEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.timers import later

PAUSE_MS = 250
"""How long she pauses typing before the rule is tried."""
SIZE = (1180, 740)


class RuleForm(FormBody):
    """What a booking looks like, and where it goes. `view` shows what the rule would catch."""

    def __init__(self, context: Context, rule_id: int | None, values: RuleInput, number: int | None) -> None:
        super().__init__()
        self._context = context
        self._rule_id = rule_id
        self._number = number
        self._values = values
        self._choices = context.ask(budget_choices.load)
        self.view = ProbeView()
        self.row(Field("title", "Bezeichnung", TextEditor("zum Beispiel Miete der Treffs")))
        self._conditions()
        self._consequence()
        self._pause = later(self, self.try_now, PAUSE_MS)
        self.changed.connect(self._pause.start)

    def fill(self, values: object) -> None:
        super().fill(values)
        self._follow()
        self.try_now()

    def try_now(self) -> None:
        """Try what stands in the fields."""
        self._pause.stop()
        entered = self.readable(self._values)
        try:
            tried = self._context.ask(rule_probe.probe, self._rule_id, entered, self._number)
            empty = entered.conditions.empty
        except Invalid as error:
            self.view.show_nothing(error.sentence)
            return
        if empty:
            self.view.show_nothing(
                "Sobald eine Bedingung dasteht, erscheinen hier die Buchungen, die zu ihr passen."
            )
        else:
            self.view.show_probe(tried, has_target=bool(tried.budgets))
        self["budget_id"].set_hint(_years(entered.year, tried.budgets))

    def _conditions(self) -> None:
        self.section(
            "Wenn eine Buchung so aussieht",
            "Alles Ausgefüllte muss passen. 7319* meint alles, was so beginnt.",
        )
        text, hint = (
            TextEditor("zum Beispiel Stadtwerke"),
            "Kommt darin vor. Mit * und ? muss der ganze Text passen.",
        )
        self.row(Field("text", "Text oder Empfänger", text, hint=hint))
        self.row(
            Field("internal_order", "Innenauftrag"),
            Field("account", "Sachkonto", TextEditor("7319*")),
            Field("cost_centre", "Kostenstelle"),
        )
        self.row(
            Field("amount_from_cents", "Betrag von", AmountEditor()),
            Field("amount_to_cents", "Betrag bis", AmountEditor()),
            Field("year", "Haushaltsjahr", WholeEditor(least=1990, most=2100, placeholder="jedes Jahr")),
        )

    def _consequence(self) -> None:
        self.section("Dann")
        self._ask = ChoiceEditor([(False, "Budget zuordnen"), (True, "immer fragen")])
        self._budget = RecordEditor(self._choices.named_budgets)
        self._item = ChoiceEditor(empty="wie das Budget")
        self.row(
            Field("always_ask", "Was geschieht", self._ask, stretch=2),
            Field("budget_id", "Budget", self._budget, stretch=3),
        )
        self.row(Field("plan_item_id", "Position im Finanzierungsplan", self._item))
        for editor in (self._ask, self._budget):
            editor.changed.connect(self._follow)
        # Offered before the form is filled with one of them.
        self._item.set_options(self._choices.items_of(self._values.budget_id))

    def _follow(self) -> None:
        """Fields that have no meaning for what is chosen are not shown."""
        try:
            budget_id = self._budget.value()
        except ValueError:
            budget_id = None  # half-typed; the field says so itself when it is left
        asks = bool(self._ask.value())
        options, own = self._choices.items_of(budget_id), self._choices.own_item(budget_id)
        self._item.set_options(options)
        self["budget_id"].setVisible(not asks)
        self["plan_item_id"].setVisible(not asks and bool(options))
        self["always_ask"].set_hint("Die Buchung bleibt ohne Budget." if asks else "")
        self["plan_item_id"].set_hint(f"Das Budget selbst: {own}" if own else "")


def open_rule_form(
    context: Context,
    parent: QWidget,
    rule_id: int | None = None,
    values: RuleInput | None = None,
    number: int | None = None,
) -> FormDialog[RuleInput]:
    """Create a rule (`rule_id` None, beginning with `values`, to be put at the place `number`) or change one."""
    if values is None:
        values = RuleInput() if rule_id is None else context.ask(assignment_rules.load, rule_id)
    body = RuleForm(context, rule_id, values, number)

    def save(changed: RuleInput) -> int:
        name = changed.title or changed.conditions.words
        label = f"Regel „{name}“ {'angelegt' if rule_id is None else 'gespeichert'}"
        body.try_now()
        if count := body.view.to_apply:
            label += f", {counted(count, 'Buchung', 'Buchungen')} zugeordnet"
        return context.do(label, _save, rule_id, changed, number, bool(count))

    title = "Zuordnungsregel anlegen" if rule_id is None else "Zuordnungsregel ändern"
    return FormDialog(title, body, values, save, parent=parent, side=body.view, size=SIZE).shown()


def open_rule_from(
    context: Context,
    parent: QWidget,
    booking_ids: list[int],
    budget_id: int | None = None,
    plan_item_id: int | None = None,
) -> FormDialog[RuleInput]:
    """A rule made from bookings, with what they have in common; it is looked at before it is saved."""
    found = context.ask(rule_proposals.proposal, booking_ids, budget_id, plan_item_id)
    return open_rule_form(context, parent, None, found.values, found.number)


def _save(session: Session, rule_id: int | None, values: RuleInput, number: int | None, apply: bool) -> int:
    saved = assignment_rules.save(session, rule_id, values, number)
    if apply:
        booking_assignment.assign_waiting_by(session, saved)
    return saved


def _years(year: int | None, budgets: tuple[tuple[int, str], ...]) -> str:
    """Which budgets are meant when a rule holds every year."""
    if year is not None or not budgets:
        return ""
    first, number = budgets[0]
    return "Auch in Folgejahren" if len(budgets) == 1 else f"Ab {first} ({number}), auch in Folgejahren"
