"""All about one grant on a day: figures, plan items with lights, payouts, rules with their origin."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.dates import german, next_working_day
from app.domain.grants.grant_rules import Origin, SourcedValue
from app.domain.grants.grant_standing import PayoutUse
from app.domain.money import euro
from app.services.grants.grant_standing import GrantStanding, ItemStanding
from app.services.grants.grants import DrawDownInput, GrantInput, GrantRow
from app.ui.grants import words
from app.ui.kit.layout import grid
from app.ui.kit.records_page import ProfilePane
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Bar
from app.ui.kit.widgets.flow import EqualFlow
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import label

R = TypeVar("R")

ITEMS: tuple[Column[ItemStanding], ...] = (
    Column("position", "Pos.", lambda item: item.position or "–", width=44, strong=True),
    Column("title", "Bezeichnung", lambda item: item.title, width=120, stretch=True),
    Column(
        "planned",
        "Ansatz",
        lambda item: item.planned_cents,
        Kind.AMOUNT,
        88,
        total=True,
        contains=words.ITEM_PLANNED,
    ),
    Column(
        "actual",
        "Ist",
        lambda item: item.actual_cents,
        Kind.AMOUNT,
        88,
        total=True,
        contains=words.ITEM_ACTUAL,
    ),
    Column(
        "committed",
        "Gebunden",
        lambda item: item.committed_cents or None,
        Kind.AMOUNT,
        88,
        total=True,
        contains=words.ITEM_COMMITTED,
    ),
    Column("bar", "Anteil", lambda item: _bar(item), Kind.BAR, 72, contains=words.ITEM_SHARE),
    Column("light", "Stand", lambda item: words.LIGHTS[item.light], Kind.PILL, 96, contains=words.ITEM_LIGHT),
    Column(
        "early",
        "Mit Bindungen",
        lambda item: words.LIGHTS[item.early_light],
        Kind.PILL,
        112,
        contains=words.ITEM_EARLY,
    ),
)


class PayoutLine:
    """A draw-down with its use, if it was received up to the day asked for."""

    def __init__(self, draw: DrawDownInput, use: PayoutUse | None, standing: GrantStanding) -> None:
        self.id = draw.nr
        self.draw = draw
        self.use = use
        self.pill = words.use_pill(use, standing.on) if use else words.waiting_pill(draw.received_on)
        self.late_cents = (use.late_cents or None) if use else None
        self.late = words.late_words(use) if use else ""


PAYOUTS: tuple[Column[PayoutLine], ...] = (
    Column("nr", "Nr", lambda line: line.draw.nr, Kind.NUMBER, 40),
    Column("requested_on", "Angefordert", lambda line: line.draw.requested_on, Kind.DATE, 92, hidden=True),
    Column("received_on", "Erhalten am", lambda line: line.draw.received_on, Kind.DATE, 94),
    Column(
        "received",
        "Erhalten",
        lambda line: line.draw.received_cents,
        Kind.AMOUNT,
        84,
        total=True,
        contains=words.PAYOUT_RECEIVED,
    ),
    Column(
        "used",
        "Verwendet",
        lambda line: line.use and line.use.used_cents,
        Kind.AMOUNT,
        84,
        total=True,
        contains=words.PAYOUT_USED,
    ),
    Column(
        "open",
        "Offen",
        lambda line: line.use and line.use.open_cents,
        Kind.AMOUNT,
        78,
        total=True,
        contains=words.PAYOUT_OPEN,
    ),
    Column("use_by", "Frist", lambda line: line.use and line.use.payout.use_by, Kind.DATE, 90),
    Column(
        "late",
        "Rest bei Frist",
        lambda line: line.late_cents,
        Kind.AMOUNT,
        94,
        tip=lambda line: line.late,
        contains=words.PAYOUT_LATE,
    ),
    Column(
        "state", "Stand", lambda line: line.pill, Kind.PILL, 130, stretch=True, tip=lambda line: line.late
    ),
)


class GrantDetail(ProfilePane[GrantRow]):
    """Built anew for each grant; there are few of them. `read` gives a grant and how it stands."""

    def __init__(
        self,
        read: Callable[[GrantRow], tuple[GrantInput, GrantStanding]],
        edit: Callable[[], object],
        confirm: Callable[[], object],
        show_budgets: Callable[[], object],
    ) -> None:
        super().__init__(surface=False, margin=0)
        self._read, self._edit, self._confirm, self._show_budgets = read, edit, confirm, show_budgets

    def sections(self, row: GrantRow) -> Iterator[QWidget]:
        values, standing = self._read(row)
        self.column.setContentsMargins(0, 0, 8, 0)
        yield _heading(values)
        yield _figures(standing)
        yield from _notes(standing)
        items: Table[ItemStanding] = Table(
            "grant_items", ITEMS, title="Finanzierungsplan", identity=attrgetter("position"), totals=True
        )
        plan = _fixed(items, standing.items)
        yield Section("Finanzierungsplan", plan, action="Budgets ansehen", clicked=self._show_budgets)
        uses = {use.payout.nr: use for use in standing.payouts}
        lines = [PayoutLine(draw, uses.get(draw.nr), standing) for draw in values.draw_downs]
        payouts: Table[PayoutLine] = Table("grant_payouts", PAYOUTS, title="Mittelabrufe", totals=True)
        drawn = _fixed(payouts, lines) if lines else label("Noch nichts angefordert", "muted")
        yield Section("Mittelabrufe", drawn, action="Bearbeiten", clicked=self._edit)
        yield self._rules(values, standing)

    def _rules(self, values: GrantInput, standing: GrantStanding) -> QWidget:
        rules = standing.values
        assumed = any(
            rule.origin is Origin.ASSUMED
            for rule in (rules.usage_window, rules.tolerance_percent, rules.proof_due, rules.retention_years)
        )
        box = QWidget()
        table = grid(on=box, shares=(0, 2, 0, 3), spacing=(12, 8))
        due = rules.proof_due.value
        working = next_working_day(due)
        proof = german(due) + (f" (nächster Werktag {german(working)})" if working != due else "")
        kind_origin = Origin.NOTICE if values.notice_date else Origin.HAND
        lines: list[tuple[str, str, SourcedValue[Any]]] = [
            ("Finanzierungsart", values.financing_kind.word, SourcedValue(None, kind_origin, "Förderung")),
            ("Eigen- und Drittmittel", euro(standing.own_funds.value), standing.own_funds),
            ("Verwendungsfrist", words.window(rules.usage_window.value), rules.usage_window),
            ("Toleranz", words.tolerance(rules.tolerance_percent.value), rules.tolerance_percent),
            ("Verwendungsnachweis bis", proof, rules.proof_due),
            ("Zwischennachweis", _interim(standing), rules.interim_months),
            ("Aufbewahrung", f"{rules.retention_years.value} Jahre ab Nachweis", rules.retention_years),
            ("Bagatellgrenze", euro(rules.refund_threshold_cents.value), rules.refund_threshold_cents),
        ]
        for place, (name, value, rule) in enumerate(lines):
            table.addWidget(label(name, "muted", wrap=True), place, 0)
            table.addWidget(label(value, wrap=True, selectable=True), place, 1)
            table.addWidget(PillLabel(words.ORIGINS[rule.origin]), place, 2)
            table.addWidget(label(rule.source, "caption", wrap=True), place, 3)
        confirming = "Aus dem Bescheid bestätigen" if assumed else ""
        return Section("Regeln und woher sie kommen", box, action=confirming, clicked=self._confirm)


def _bar(item: ItemStanding) -> Bar:
    return Bar(item.planned_cents, item.actual_cents, item.committed_cents)


def _figures(standing: GrantStanding) -> QWidget:
    uncovered, tone, note = standing.refund_cents, Tone.SUCCESS, "alles Erhaltene ist verwendet"
    if uncovered:
        tone, note = Tone.WARNING, "erhalten, aber noch nicht verwendet"
    granted = f"davon Zuwendung {euro(standing.final_cents)}"
    figures = (
        KeyFigure("Bewilligt", euro(standing.granted_cents), contains=words.GRANTED),
        KeyFigure("Zuwendungsfähig", euro(standing.eligible_cents), granted, contains=words.ELIGIBLE),
        KeyFigure("Erhalten", euro(standing.received_cents), contains=words.RECEIVED),
        KeyFigure("Noch nicht belegt", euro(uncovered), note, tone=tone, contains=words.UNCOVERED),
    )
    box = QWidget()
    line = EqualFlow(box)
    for figure in figures:
        line.addWidget(figure)
    return box


def _heading(values: GrantInput) -> QWidget:
    parts = [f"Bescheid vom {german(values.notice_date)}"] if values.notice_date else ["Bescheid fehlt noch"]
    if values.reference:
        parts.append(f"Az. {values.reference}")
    if values.begin and values.end:
        parts.append(f"{german(values.begin)} bis {german(values.end)}")
    words = label(" · ".join(parts), "muted", wrap=True, selectable=True)
    return Section(f"{values.short} · {values.funder}", words)


def _notes(standing: GrantStanding) -> Iterator[Note]:
    late = [use for use in standing.payouts if use.late_cents > 0]
    for use in late:
        if use.open_cents > 0:
            yield Note(f"Mittelabruf {use.payout.nr}: {words.late_words(use)}", Tone.DANGER)
    settled = [str(use.payout.nr) for use in late if use.open_cents <= 0]
    if settled:
        yield Note(words.settled_late(settled), Tone.WARNING)
    if standing.newer_rules:
        changed = "; ".join(
            f"{words.RULE_NAMES[name]}: {words.rule_value(name, new)} statt {words.rule_value(name, old)}"
            for name, (old, new) in standing.newer_rules.items()
        )
        yield Note(
            f"Es gibt eine neuere Fassung des Regelwerks ({changed}). Diese Förderung bleibt, wie sie ist."
        )
    if standing.income_cents:
        income = euro(-standing.income_cents)
        yield Note(f"Einnahmen auf Budgets der Förderung: {income}, kein Teil der Kosten.", Tone.NEUTRAL)


def _interim(standing: GrantStanding) -> str:
    value = words.interim(standing.values.interim_months.value)
    upcoming = [day for day in standing.interim_proofs if day >= standing.on]
    return f"{value}, nächster {german(upcoming[0])}" if upcoming else value


def _fixed(table: Table[R], rows: Sequence[R]) -> Table[R]:
    """As high as its rows: the whole pane scrolls, not each table in it."""
    table.set_rows(rows)
    table.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    row = table.grid.verticalHeader().defaultSectionSize()
    table.setFixedHeight(table.header.sizeHint().height() + row * (len(rows) + 1) + 12)
    return table
