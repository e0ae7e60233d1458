"""The form of a grant with its financing plan and payouts, saved at once."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.counting import next_number
from app.domain.grants.grant_rules import current_version, version_of
from app.domain.grants.grant_standing import UNLIMITED, FinancingKind, RuleSetName
from app.domain.money import euro
from app.domain.parsing import parse_whole
from app.services.grants import grants
from app.services.grants.grants import DrawDownInput, GrantInput, PlanItemInput
from app.ui.context import Context
from app.ui.kit.editors import (
    AmountEditor,
    ChoiceEditor,
    DateEditor,
    MultilineEditor,
    RowColumn,
    RowsEditor,
    TextEditor,
    WholeEditor,
    words_of,
)
from app.ui.kit.editors.base import LineEditor, UnitLine
from app.ui.kit.editors.rows_model import amount_text
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog

UNLIMITED_WORD = "unbegrenzt"


class ToleranceEditor(LineEditor[int]):
    """A percentage, "unbegrenzt", or None."""

    def __init__(self) -> None:
        super().__init__(UnitLine("%", right=True))

    def read(self, text: str) -> int | None:
        text = text.removesuffix("%").strip()
        if not text:
            return None
        if UNLIMITED_WORD.startswith(text.casefold()):
            return UNLIMITED
        percent = parse_whole(text)
        if percent < 0:
            raise ValueError(f"Bitte eine Zahl ab 0 oder „{UNLIMITED_WORD}“ eingeben.")
        return percent

    def written(self, value: int) -> str:
        return UNLIMITED_WORD if value == UNLIMITED else str(value)


ITEM_COLUMNS = (
    RowColumn("position", "Position", TextEditor, width=90, required=True),
    RowColumn("title", "Bezeichnung", TextEditor, stretch=True, required=True),
    RowColumn("planned_cents", "Ansatz", AmountEditor, amount_text, width=140, required=True, right=True),
)
DRAW_COLUMNS = (
    RowColumn("nr", "Nr", WholeEditor, width=60, required=True),
    RowColumn("requested_on", "Angefordert am", DateEditor, width=150),
    RowColumn("requested_cents", "Angefordert", AmountEditor, amount_text, width=120, right=True),
    RowColumn("received_on", "Erhalten am", DateEditor, width=150),
    RowColumn("received_cents", "Erhalten", AmountEditor, amount_text, width=120, right=True, stretch=True),
)


class GrantForm(FormBody):
    """What the notice says, the rules it changes, the plan, the payouts."""

    def __init__(self, on: date) -> None:
        super().__init__()
        self._on = on
        self.row(
            Field("short", "Kürzel", TextEditor("LAND"), required=True),
            Field("funder", "Zuwendungsgeber", required=True, stretch=3),
        )
        self.row(Field("reference", "Aktenzeichen"), Field("notice_date", "Bescheid vom", DateEditor()))
        self.row(
            Field("begin", "Bewilligungszeitraum von", DateEditor(), required=True),
            Field("end", "bis", DateEditor(), required=True),
        )
        own, income = AmountEditor(negative=False), AmountEditor(negative=False)
        self.row(
            Field("granted_cents", "Bewilligt", AmountEditor(negative=False), required=True),
            Field("financing_kind", "Finanzierungsart", ChoiceEditor(words_of(FinancingKind))),
        )
        self.row(
            Field("own_funds_cents", "Eigen- und Drittmittel", own, hint="Leer: Plan abzüglich Bewilligung"),
            Field("other_income_cents", "Einnahmen außer Plan", income, hint="Nicht im Finanzierungsplan"),
        )
        self._rules()
        self.filled.connect(self._show_defaults)
        self.section("Finanzierungsplan")
        items = RowsEditor(ITEM_COLUMNS, _next_item, add_text="Position anlegen", visible_rows=3)
        self.row(Field("items", "Positionen", items))
        self.section("Mittelabrufe")
        draw_downs = RowsEditor(DRAW_COLUMNS, _next_draw_down, add_text="Mittelabruf anlegen", visible_rows=3)
        self.row(Field("draw_downs", "Angefordert und erhalten", draw_downs))
        self.row(Field("notes", "Notiz", MultilineEditor(lines=2)))

    def _rules(self) -> None:
        self.section(
            "Regeln",
            "Leere Felder gelten, wie das Regelwerk es sagt; was hier steht, kommt aus dem Bescheid.",
        )
        rule_set = ChoiceEditor(words_of(RuleSetName))
        rule_set.changed.connect(self._show_defaults)
        weeks = WholeEditor("Wochen", least=1, most=520)
        self.row(
            Field("rule_set", "Regelwerk", rule_set),
            Field("tolerance_percent", "Toleranz", ToleranceEditor()),
            Field("usage_months", "Verwendungsfrist", WholeEditor("Monate", most=120)),
            Field("usage_weeks", "oder", weeks, hint="Wochen gehen Monaten vor"),
        )
        self.row(
            Field("proof_due", "Nachweis bis", DateEditor()),
            Field("interim_months", "Zwischennachweis nach", WholeEditor("Monaten", most=24)),
            Field("retention_years", "Aufbewahrung", WholeEditor("Jahre", least=1, most=100)),
            Field("refund_threshold_cents", "Bagatellgrenze", AmountEditor(negative=False)),
        )

    def _show_defaults(self) -> None:
        """What holds where a field stays empty."""
        name = self["rule_set"].editor.value()
        rules = version_of(name, current_version(name, self._on))
        for field, words in (
            ("tolerance_percent", f"sonst {rules.tolerance_percent.value} %; auch „{UNLIMITED_WORD}“"),
            ("usage_months", f"sonst {rules.usage_window.value.months}"),
            ("proof_due", f"sonst {rules.proof_months.value} Monate nach Ende"),
            ("interim_months", f"sonst {rules.interim_months.value or 'keiner'}; 0: keiner"),
            ("retention_years", f"sonst {rules.retention_years.value}"),
            ("refund_threshold_cents", f"sonst {euro(rules.refund_threshold_cents.value)}"),
        ):
            self[field].set_hint(words)


def grant_dialog(context: Context, grant_id: int | None, parent: QWidget) -> FormDialog[GrantInput]:
    """The form for a stored grant or a new one. Open it with `open()`."""
    values = GrantInput("", "", None, None, 0) if grant_id is None else context.ask(grants.load, grant_id)

    def save(changed: GrantInput) -> int:
        word = "angelegt" if grant_id is None else "gespeichert"
        return context.do(f"Förderung {changed.short} {word}", grants.save, grant_id, changed)

    title = "Förderung anlegen" if grant_id is None else f"Förderung {values.short}"
    body = GrantForm(values.notice_date or context.today())
    return FormDialog(title, body, values, save, parent=parent, size=(860, 820))


def _next_item(rows: Sequence[PlanItemInput]) -> PlanItemInput:
    return PlanItemInput(None, str(next_number(row.position for row in rows)), "", 0)


def _next_draw_down(rows: Sequence[DrawDownInput]) -> DrawDownInput:
    return DrawDownInput(None, next_number(row.nr for row in rows))
