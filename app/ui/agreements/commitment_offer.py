"""A signed agreement without commitment: said as a note with a button, and the form that creates it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.money import euro
from app.services.agreements import agreement_funding, commitment_offers
from app.services.agreements.commitment_offers import (
    CommitmentOffer,
    CommitmentOfferInput,
    CommitmentOfferLine,
)
from app.services.budgets import budget_choices
from app.services.budgets.budget_choices import BudgetChoice
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    Option,
    RowColumn,
    RowsEditor,
    TextEditor,
    WholeEditor,
    record_column,
)
from app.ui.kit.editors.rows_model import amount_text
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label
from app.ui.overspending import Overspending
from db.database import Changed

SIZE = (820, 740)
AMOUNT = RowColumn(
    "amount_cents", "Betrag", partial(AmountEditor, negative=False), amount_text, required=True, right=True
)
"""The amounts of rows that add up to what was agreed."""
WHOLE, YEARLY = "whole", "yearly"
WAYS = (
    "Eine Verpflichtungsermächtigung bindet alles im Budget dieses Jahres; bezahlt wird sie auch aus den Budgets der "
    "folgenden Jahre mit demselben Innenauftrag. Je Haushaltsjahr belastet jedes Jahr nur, was in ihm fällig wird."
)


def offer_note(context: Context, agreement_id: int, parent: QWidget) -> Note | None:
    """The note that offers to commit what was signed; None where there is nothing to commit."""
    cents = context.ask(agreement_funding.uncommitted_of, agreement_id, context.today())
    if not cents:
        return None
    return Note(
        f"{euro(cents)} sind vereinbart, aber noch in keinem Budget gebunden.",
        Tone.INFO,
        "Mittelbindung anlegen …",
        lambda: open_offer(context, agreement_id, parent),
    )


class OfferWatch(QObject):
    """Says in the status bar when an agreement has come to promise money that is not committed, however it came."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context.own(self)
        self._known = self._read()
        self._context.outdated.connect(self._hear)

    def _hear(self, changed: Changed) -> None:
        before, self._known = self._known, self._read()
        new = [found for key, found in self._known.items() if key not in before]
        if len(new) == 1 and changed.is_new:
            number, cents = new[0]
            self._context.say(
                f"{number} ist unterzeichnet, aber {euro(cents)} sind noch nicht gebunden: siehe dort unter „Geld“."
            )

    def _read(self) -> dict[int, tuple[str, int]]:
        return self._context.ask(agreement_funding.uncommitted_agreements, self._context.today())


def left_words(cents: int) -> str:
    """What a budget has left, or by how much it is overspent."""
    return f"um {euro(-cents)} überzogen" if cents < 0 else f"noch {euro(cents)}"


def budget_options(budgets: Iterable[BudgetChoice]) -> list[Option]:
    """Budgets to choose from, with their year."""
    return [(budget.id, f"{budget.words} ({budget.year})") for budget in budgets]


class OfferBody(FormBody):
    """How to commit, the commitments as rows, and what the budgets have left afterwards."""

    def __init__(self, context: Context, found: CommitmentOffer) -> None:
        super().__init__()
        self._context, self._offer = context, found
        budgets = context.ask(budget_choices.load).budgets
        numbers = {budget.id: budget.number for budget in budgets}
        budget = record_column(
            "budget_id", "Budget", budget_options(budgets), 200, stretch=True, required=True
        )
        self.row(Field("title", "Bezeichnung", TextEditor(), required=True))
        whole = f"eine Mittelbindung bis {found.last_year} (Verpflichtungsermächtigung)"
        self.way = ChoiceEditor(((WHOLE, whole), (YEARLY, "für jedes Haushaltsjahr eine, nach den Raten")))
        self.way.set_value(WHOLE)
        if found.yearly or found.without_budget:
            self.add(Field("way", "Wie binden?", self.way, hint=WAYS))
        self.missing = Note(_without_budget(found), Tone.WARNING)
        self.missing.hide()
        self.add(self.missing)
        columns = (
            RowColumn("number", "Nummer", TextEditor, width=90),
            replace(budget, text=lambda key: numbers.get(key, "")),
            AMOUNT,
            RowColumn(
                "until_year", "Reicht bis Jahr", partial(WholeEditor, least=1990, most=2100), width=110
            ),
        )
        self.lines = RowsEditor(
            columns, lambda _rows: CommitmentOfferLine(), add_text="Mittelbindung anlegen", visible_rows=2
        )
        self.row(Field("lines", "Mittelbindungen", self.lines, required=True))
        self.after = label("", "muted", wrap=True)
        self.add(self.after)
        self.overspending = Overspending(self, self._overspent)
        self.way.changed.connect(self._fill_lines)
        self.changed.connect(self.show_after)
        self.filled.connect(self.show_after)

    def show_after(self) -> None:
        """What each budget has left, and whether the sum is what was agreed."""
        lines: Sequence[CommitmentOfferLine] = self.lines.rows_model.rows
        parts = [
            f"{number}: {euro(now)} verfügbar, danach {left_words(then)}"
            for number, now, then in self._context.ask(commitment_offers.overspent, lines)
        ]
        rest = self._offer.uncommitted_cents - sum(line.amount_cents or 0 for line in lines)
        if rest > 0:
            parts.append(f"{euro(rest)} bleiben ungebunden")
        elif rest < 0:
            parts.append(f"{euro(-rest)} mehr als vereinbart")
        self.after.setText(" · ".join(parts))

    def _fill_lines(self) -> None:
        yearly = self.way.value() == YEARLY
        self.lines.set_value(self._offer.yearly if yearly else (self._offer.whole,))
        self.missing.setVisible(yearly and bool(self._offer.without_budget))
        self.lines.changed.emit()

    def _overspent(self) -> tuple[str, int] | None:
        """The budget that would be overspent most; the line above names what all have left."""
        found = self._context.ask(commitment_offers.overspent, self.lines.rows_model.rows)
        worst = min(found, key=lambda one: one[2], default=None)
        return None if worst is None else (worst[0], max(0, -worst[2]))


def open_offer(context: Context, agreement_id: int, parent: QWidget) -> FormDialog[CommitmentOfferInput]:
    """Create the commitments of an agreement."""
    today = context.today()
    found = context.ask(commitment_offers.offer, agreement_id, today)
    values = CommitmentOfferInput(found.title, (found.whole,))
    body = OfferBody(context, found)

    def save(entered: CommitmentOfferInput) -> list[int]:
        count = len(entered.lines)
        words = "Mittelbindung angelegt" if count == 1 else f"{count} Mittelbindungen angelegt"
        return context.do(f"{found.title}: {words}", commitment_offers.create, agreement_id, entered, today)

    title = "Mittelbindung anlegen"
    sentence = f"{euro(found.uncommitted_cents)} sind vereinbart und noch nicht gebunden."
    return FormDialog(
        title, body, values, save, parent=parent, sentence=sentence, save_text="Anlegen", size=SIZE
    ).shown()


def _without_budget(found: CommitmentOffer) -> str:
    parts = [f"{year} ({euro(cents)})" for year, cents in found.without_budget]
    return (
        f"Noch kein Budget mit diesem Innenauftrag: {', '.join(parts)}. "
        "Sobald es angelegt ist, wird die Mittelbindung hier wieder angeboten."
    )
