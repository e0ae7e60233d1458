"""The register of agreements: list left, all about the chosen one right."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.agreements import AgreementKind, GoalState, Stage
from app.domain.dates import german
from app.domain.terms import word
from app.services import agreement_register, agreements
from app.services.agreement_history import agreement_history
from app.services.agreement_register import AgreementRow, GoalRow, Summary
from app.ui.agreements.detail import Deeds, DetailView
from app.ui.agreements.form import open_form
from app.ui.agreements.looks import act_by_pill, act_by_reason, stage_pill
from app.ui.agreements.steps import open_signature, open_termination
from app.ui.context import Context
from app.ui.page import EmptyState, FilterBar, Page, Split
from app.ui.table.columns import Column, Kind
from app.ui.table.table import RowAction, Table

DUE = ((30, "in 30 Tagen"), (90, "in 90 Tagen"), (365, "in einem Jahr"))


class AgreementsPage(Page):
    """Answers: what is running, and what wants a decision by when?"""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"agreement", "party", "goal", "paper", "commitment", "actor", "quarter", "building_block"}
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: int | None = None
        self._pick = QTimer(self, singleShot=True, interval=0)
        self._pick.timeout.connect(self._show_current)
        self._partners: dict[int, frozenset[int]] = {}
        self.header.set_title("Vereinbarungen")
        self.header.set_primary("Neu", self.add)
        self.filters = FilterBar("agreements")
        self.filters.add_chip("kind", "Art", [(kind.value, word(kind)) for kind in AgreementKind])
        self.filters.add_chip("stage", "Stand", [(stage.value, word(stage)) for stage in Stage])
        self.filters.add_chip("quarter", "Quartier")
        self.filters.add_chip("actor", "Träger")
        self.filters.add_chip("due", "Fällig", list(DUE), multiple=False)
        self.filters.changed.connect(self._filter)
        self.table = self._make_table()
        self.filters.add_widget(self.table.tools)
        self.detail = DetailView(self._deeds())
        self.body.addWidget(self.filters)
        self.body.addWidget(Split("agreements", self.table, self.detail, shares=(3, 2)), 1)
        self.setFocusProxy(self.table)
        self._filter()

    # ---- showing ----

    def refresh(self) -> None:
        today = self.context.today()
        choices = self.context.ask(agreement_register.choices)
        self._partners = self.context.ask(agreement_register.actors_by_agreement)
        self.filters.set_options("quarter", [*choices.quarters])
        self.filters.set_options("actor", [(actor.id, actor.name) for actor in choices.actors])
        rows = self.context.ask(agreement_register.rows, today)
        self.table.set_rows(rows)
        self.header.set_sentence(_sentence(agreement_register.summed_up(rows, today)))
        if self._wanted is not None:
            self._select(self._wanted)
        elif self.table.current() is None and self.table.shown_rows():
            self.table.select_position(0)
        self._pick.start()

    def open_record(self, record_id: int) -> None:
        self._wanted = record_id
        self.refresh_if_stale()
        self._select(record_id)

    def _select(self, record_id: int) -> None:
        if not self.table.select(record_id):
            self.filters.reset()
            self.table.select(record_id)
        self._wanted = None

    def _filter(self) -> None:
        kinds, stages = self.filters.chosen("kind"), self.filters.chosen("stage")
        quarters, actors = self.filters.chosen("quarter"), self.filters.chosen("actor")
        due = next(iter(self.filters.chosen("due")), None)

        def passes(row: AgreementRow) -> bool:
            return (
                (not kinds or row.kind.value in kinds)
                and (not stages or row.stage.value in stages)
                and (not quarters or row.quarter_id in quarters)
                and (not actors or bool(actors & self._partners.get(row.id, frozenset())))
                and (not isinstance(due, int) or row.due_within(due, self.context.today()))
            )

        self.table.set_predicate(passes)
        self.table.set_search(self.filters.text)

    def _show_current(self) -> None:
        row, today = self.table.current(), self.context.today()
        if row is None:
            self.detail.show_detail(None, [], today)
            return
        detail = self.context.ask(agreement_register.detail, row.id, today)
        self.detail.show_detail(detail, self.context.ask(agreement_history, row.id), today)

    # ---- doing ----

    def add(self) -> None:
        """The form of a new agreement."""
        open_form(self.context, None, self, self.open_record)

    def edit(self, row: AgreementRow) -> None:
        open_form(self.context, row.id, self, self.open_record)

    def remove(self, row: AgreementRow) -> None:
        """Delete without asking; undo brings it back."""
        self.context.do(f"Vereinbarung {row.number} gelöscht", agreements.remove, row.id)

    def show_paper(self, row: AgreementRow) -> None:
        """The preview, from which it is printed."""
        from app.ui.papers.preview import open_preview  # loads Qt's PDF module

        open_preview(self.context, row.id, self)

    def set_stage(self, row: AgreementRow, stage: Stage) -> None:
        self.context.do(f"{row.number}: Stand „{word(stage)}“", agreements.set_stage, row.id, stage)

    def set_goal_state(self, row: AgreementRow, goal: GoalRow, state: GoalState) -> None:
        self.context.do(
            f"{row.number}, Ziel {goal.nr}: {word(state)}", agreements.set_goal_state, goal.id, state
        )

    def _add_below(self, row: AgreementRow) -> None:
        data = self.context.ask(agreements.load, row.id)
        open_form(
            self.context,
            None,
            self,
            self.open_record,
            kind=AgreementKind.COOPERATION,
            quarter_id=data.quarter_id,
            belongs_to_id=row.id,
        )

    def _on_current(self, deed: Callable[[AgreementRow], object]) -> Callable[[], object]:
        def run() -> None:
            row = self.table.current()
            if row is not None:
                deed(row)

        return run

    def _deeds(self) -> Deeds:
        return Deeds(
            edit=self._on_current(self.edit),
            paper=self._on_current(self.show_paper),
            sign=lambda party: self._on_current(lambda row: open_signature(self.context, row, party, self))(),
            set_stage=lambda stage: self._on_current(lambda row: self.set_stage(row, stage))(),
            set_goal_state=lambda goal, state: self._on_current(
                lambda row: self.set_goal_state(row, goal, state)
            )(),
            terminate=self._on_current(lambda row: open_termination(self.context, row, self)),
            add_below=self._on_current(self._add_below),
            remove=self._on_current(self.remove),
            open=self.open_record,
        )

    def _make_table(self) -> Table[AgreementRow]:
        table: Table[AgreementRow] = Table(
            "agreements",
            self._columns(),
            title="Vereinbarungen",
            empty=EmptyState(
                "agreements",
                "Noch keine Vereinbarungen",
                "Liste aus Excel übernehmen",
                lambda: self.context.open("imports"),
                hint="Oder mit „Neu“ die erste anlegen.",
            ),
            pale=lambda row: row.stage is Stage.ENDED,
        )
        table.sort("number")
        table.opened.connect(self.edit)
        table.current_changed.connect(lambda _row: self._pick.start())
        table.remove_requested.connect(lambda rows: self.remove(rows[0]))
        table.filter_reset_requested.connect(self.filters.reset)
        table.exported.connect(lambda path: self.context.say(f"Gespeichert: {path}"))
        table.set_actions(
            [
                RowAction("Bearbeiten", lambda rows: self.edit(rows[0]), "edit", _one),
                RowAction("Drucken", lambda rows: self.show_paper(rows[0]), "print", _one),
            ]
        )
        return table

    def _columns(self) -> list[Column[AgreementRow]]:
        return [
            Column("number", "Nummer", lambda row: row.number, width=96, strong=True),
            Column("title", "Titel", lambda row: row.title, width=130, stretch=True),
            Column("kind", "Art", lambda row: word(row.kind), width=140, hidden=True),
            Column("quarter", "Quartier", lambda row: row.quarter, width=130, hidden=True),
            Column("partners", "Partner", lambda row: row.partners, width=180, hidden=True),
            Column("stage", "Stand", stage_pill, Kind.PILL, width=146),
            Column(
                "act_by",
                "Handeln bis",
                lambda row: act_by_pill(row, self.context.today()),
                Kind.PILL,
                width=116,
                tip=act_by_reason,
            ),
            Column("duration", "Laufzeit", lambda row: row.duration, width=180, hidden=True),
            Column("begin", "Beginn", lambda row: row.term.begin, Kind.DATE, hidden=True),
            Column("runs_until", "Läuft bis", lambda row: row.view.runs_until, Kind.DATE, hidden=True),
            Column("signed", "Unterzeichnet", lambda row: row.signed_on, Kind.DATE, hidden=True),
            Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, hidden=True),
            Column("goals", "Offene Ziele", lambda row: row.goals_open, Kind.NUMBER, hidden=True),
        ]


def _one(rows: list[AgreementRow]) -> bool:
    return len(rows) == 1


def _sentence(summary: Summary) -> str:
    running = f"{summary.running} laufend"
    over = f" · {summary.over} abgelaufen" if summary.over else ""
    if summary.first_day is None:
        return f"{running}{over} · in den nächsten 90 Tagen ist nichts zu entscheiden"
    verb = "braucht" if summary.deciding == 1 else "brauchen"
    first = "bis" if summary.deciding == 1 else "die erste bis"
    return (
        f"{running}{over} · {summary.deciding} {verb} eine Entscheidung, {first} {german(summary.first_day)}"
    )
