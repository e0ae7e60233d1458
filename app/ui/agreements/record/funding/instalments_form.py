"""The form of an agreement's instalments: rows, spread evenly on demand, their sum held against the amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.instalments import MOST, RHYTHMS, due_days, equal_parts
from app.domain.agreements.term import Term
from app.domain.dates import add_months
from app.domain.money import euro
from app.services.agreements import instalments
from app.services.agreements.agreement_funding import Funding
from app.services.agreements.instalments import InstalmentInput
from app.ui.agreements.commitment_offer import AMOUNT
from app.ui.agreements.corrections import AgreedForm
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, DateEditor, RowColumn, RowsEditor, SuggestEditor, WholeEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, held, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button

SIZE = (880, 720)
CONDITIONS = (
    "nach Unterzeichnung",
    "nach Vorlage des Zwischenberichts",
    "nach Vorlage des Verwendungsnachweises",
    "nach Abruf durch den Träger",
)
"""Proposed words for what an instalment depends on."""


@dataclass(frozen=True, slots=True)
class _Entered:
    """What the form collects: only the rows are stored; the rest says how to spread."""

    instalments: tuple[InstalmentInput, ...]
    count: int | None
    months: int
    first: date | None
    rest_first: bool


class InstalmentsBody(FormBody):
    """How to spread at the top, the rows below, and what their sum is."""

    def __init__(self, amount_cents: int) -> None:
        super().__init__()
        self._amount = amount_cents
        self.section(
            "Gleichmäßig verteilen", f"Der Betrag von {euro(amount_cents)} in gleichen Raten auf den Cent."
        )
        self.row(
            Field("count", "Anzahl", WholeEditor("Raten", least=1, most=MOST)),
            Field("months", "Abstand", ChoiceEditor(RHYTHMS)),
            Field("first", "Erste Rate am", DateEditor()),
            Field("rest_first", "Rest in", ChoiceEditor(((False, "letzte Rate"), (True, "erste Rate")))),
        )
        tip = "Ersetzt die Raten unten; Voraussetzungen bleiben an ihrer Stelle"
        self.spread_button = button("Verteilen", self.spread, icon="columns", tip=tip)
        self.spread_button.setEnabled(amount_cents > 0)
        self.add(held(row(self.spread_button, STRETCH)))
        columns = (
            RowColumn("due", "Fällig am", DateEditor),
            AMOUNT,
            RowColumn(
                "condition", "Voraussetzung", partial(SuggestEditor, CONDITIONS), width=200, stretch=True
            ),
        )
        self.rows = RowsEditor(
            columns, self._blank, add_text="Rate anlegen", empty="Noch keine Raten", visible_rows=5
        )
        self.row(Field("instalments", "Raten in ihrer Reihenfolge", self.rows))
        self.sum = Note()
        self.add(self.sum)

    def spread(self) -> None:
        """Replace the rows by equal ones."""
        for name in ("count", "first"):
            self[name].set_problem("")
        try:
            count, first = self["count"].editor.value(), self["first"].editor.value()
        except ValueError:
            return  # the field says so itself
        if not count:
            self["count"].set_problem("Bitte die Anzahl der Raten eintragen.")
            return
        old: Sequence[InstalmentInput] = self.rows.rows_model.rows
        kept = [one.condition for one in old]
        parts = equal_parts(self._amount, count, rest_first=bool(self["rest_first"].editor.value()))
        days = due_days(first, self["months"].editor.value(), count) if first else (None,) * count
        self.rows.set_value(
            [
                InstalmentInput(day, part, kept[place] if place < len(kept) else None)
                for place, (day, part) in enumerate(zip(days, parts, strict=True))
            ]
        )
        self.rows.changed.emit()

    def lock_spreading(self, locked: bool) -> None:
        """Nothing is spread while the rows stay as they are."""
        for name in ("count", "months", "first", "rest_first"):
            self[name].editor.set_read_only(locked)
        self.spread_button.setEnabled(not locked and self._amount > 0)

    def show_sum(self) -> None:
        """The sum against the amount; a difference is said and does not stand in the way."""
        rows: Sequence[InstalmentInput] = self.rows.rows_model.rows
        cents = sum(one.amount_cents or 0 for one in rows)
        tone = Tone.INFO if not rows else Tone.SUCCESS if cents == self._amount else Tone.WARNING
        self.sum.say(sum_sentence(cents, self._amount, bool(rows)), tone)

    def _blank(self, rows: Sequence[InstalmentInput]) -> InstalmentInput:
        """A new row takes what is left, a step after the last one."""
        left = self._amount - sum(one.amount_cents or 0 for one in rows)
        last = rows[-1].due if rows else None
        months = self["months"].editor.value()
        return InstalmentInput(add_months(last, months) if last else None, left if left > 0 else None)


def sum_sentence(sum_cents: int, amount_cents: int, any_rows: bool) -> str:
    """How the instalments stand to the amount."""
    if not any_rows:
        return "Noch keine Raten eingetragen."
    difference = sum_cents - amount_cents
    if not difference:
        return f"Die Raten ergeben zusammen genau den Betrag von {euro(amount_cents)}."
    more = "mehr" if difference > 0 else "weniger"
    return (
        f"Die Raten ergeben zusammen {euro(sum_cents)}, das sind {euro(abs(difference))} {more} "
        f"als der Betrag von {euro(amount_cents)}."
    )


def open_instalments(
    context: Context, funding: Funding, term: Term, parent: QWidget, *, adjust: bool = False
) -> FormDialog[_Entered]:
    """Edit the instalments of an agreement; `adjust`: they start as proposed for the amount they should come to."""
    stored = funding.adjusted() if adjust else context.ask(instalments.load, funding.agreement_id)
    first = next((one.due for one in stored if one.due), term.begin)
    values = _Entered(stored, len(stored) or None, _months(stored), first, rest_first=False)
    wanted = funding.to_adjust if adjust else None
    body = InstalmentsBody(wanted[0] if wanted else funding.amount_cents)
    agreed = AgreedForm(context, funding.agreement_id)
    if not adjust:  # which follows from an amendment that all have signed
        agreed.hold(body, "instalment", body.lock_spreading)

    def save(entered: _Entered) -> None:
        label = f"{funding.number}: Raten gespeichert"
        agreed.do(label, instalments.save, funding.agreement_id, entered.instalments)

    title = f"Raten von {funding.number}"
    proposed = "Vorschlag: Offene Raten nehmen den Unterschied im Verhältnis auf; Bezahltes und früher Fälliges bleibt."
    return FormDialog(
        title,
        body,
        values,
        save,
        parent=parent,
        size=SIZE,
        sentence=proposed if adjust else "",
        watch=lambda _now: body.show_sum(),
    ).shown()


def _months(stored: Sequence[InstalmentInput]) -> int:
    """The rhythm of what is there; quarterly otherwise."""
    days = [one.due for one in stored[:2] if one.due]
    if len(days) == 2:
        apart = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month
        if apart in dict(RHYTHMS):
            return apart
    return 3
