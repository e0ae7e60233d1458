"""The view "Ziele": all goals of all agreements with their lights, filtered, summed up by building block."""

from datetime import date, timedelta

from app.domain.agreements.agreements import BINDING_STAGES
from app.domain.agreements.goal_light import STALE_MONTHS, GoalLight
from app.services.agreements import agreement_register, goals
from app.services.agreements.goals import GoalLine
from app.ui.agreements.goal_columns import BLOCK, RESPONSIBLE, STANDING, TITLE, figure_words
from app.ui.agreements.goals_blocks import BlocksView
from app.ui.agreements.pills import GOAL_STATES
from app.ui.agreements.record.goals.forms import goal_change
from app.ui.agreements.views import AgreementsView
from app.ui.context import Context
from app.ui.kit.editors import words_of
from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.layout import column, grow
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.filtering import filter_by
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.timers import later
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.stage_pills import worded_stage

HINT = "Ziele stehen in den Zielvereinbarungen, jede hat dafür eine Seite."
DAYS = (30, 90)
OVERDUE, THIS_YEAR, NO_DUE = "overdue", "year", "none"
DUE: tuple[tuple[int | str, str], ...] = (
    (OVERDUE, "Frist vorbei"),
    *((days, f"in {days} Tagen") for days in DAYS),
    (THIS_YEAR, "in diesem Jahr"),
    (NO_DUE, "ohne Frist"),
)
RUNNING, NOT_SIGNED, ENDED = "running", "draft", "ended"
OF = ((RUNNING, "laufend"), (NOT_SIGNED, "noch nicht unterzeichnet"), (ENDED, "beendet"))


def _about(line: GoalLine) -> str:
    return f"{line.agreement.title}\n{line.agreement.partners}"


def _stage(line: GoalLine) -> Pill:
    return worded_stage(line.agreement.stage, line.agreement.stage_words)


COLUMNS: tuple[Column[GoalLine], ...] = (
    Column("agreement", "Vereinbarung", lambda line: line.agreement.number, width=104, tip=_about),
    Column("nr", "Nr.", lambda line: line.goal.nr, width=44, hidden=True),
    TITLE,
    BLOCK,
    Column("quarter", "Quartier", lambda line: line.agreement.quarter, width=104),
    Column("actor", "Träger", lambda line: line.agreement.partners, width=130, hidden=True),
    *STANDING,
    Column("words", "Zahl und Zielwert", figure_words, width=150, hidden=True),
    Column("state", "Stand", lambda line: GOAL_STATES[line.goal.state], Kind.PILL, 110, hidden=True),
    Column("stage", "Stand der Vereinbarung", _stage, Kind.PILL, 146, hidden=True),
    RESPONSIBLE,
    Column("why", "Warum", lambda line: line.verdict.reason, width=220, hidden=True),
)


class GoalsView(AgreementsView):
    """Answers: how far is everything that was agreed?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sum_up = later(self, self._show_blocks)
        self.filters = FilterBar(
            "agreement_goals",
            filters=(
                Filter[GoalLine]("light", "Ampel", lambda line: line.verdict.light, words_of(GoalLight)),
                Filter("block", "Baustein", lambda line: line.goal.building_block_id),
                Filter("quarter", "Quartier", lambda line: line.agreement.quarter_id),
                Filter("actor", "Träger", lambda line: frozenset(key for key, _ in line.agreement.actors)),
                Filter("due", "Frist", lambda line: _due(line, context.today()), DUE, multiple=False),
                Filter("of", "Vereinbarung", _standing, OF),
            ),
        )
        self.table = self._table()
        filter_by(self.filters, self.table)
        self.filters.changed.connect(self._sum_up.start)
        self.blocks = BlocksView()
        self.blocks.chosen.connect(self._toggle_block)
        split = Split("agreement_goals", self.table, self.blocks, shares=(15, 4))
        column(self.filters, grow(split), on=self)
        self.setFocusProxy(self.table)
        self._block_ids: dict[str, int] = {}

    def refresh(self) -> str:
        choices = self.context.ask(agreement_register.choices)
        self._block_ids = {name: key for key, name in choices.building_blocks}
        self.filters.set_options("block", [*choices.building_blocks])
        self.filters.set_options("quarter", [*choices.quarters])
        self.filters.set_options("actor", [(actor.id, actor.name) for actor in choices.actors])
        today = self.context.today()
        rows = self.context.ask(goals.rows, today)
        self.table.set_rows(rows)
        self.blocks.setVisible(bool(rows))
        self.table.choose_first()
        self._sum_up.start()
        return sentence(rows, today)

    def open_goal(self, line: GoalLine) -> None:
        """The record of the agreement, at its goals."""
        self.tab_wanted.emit(line.agreement.id, "goals")

    def _show_blocks(self) -> None:
        self.blocks.show_lines(self.table.shown_rows())

    def _toggle_block(self, name: str) -> None:
        """Only this building block; pressed again, all of them."""
        key = self._block_ids.get(name)
        if key is not None:
            only = self.filters.chosen("block") == {key}
            self.filters.choose("block", *(() if only else (key,)))

    def _table(self) -> Table[GoalLine]:
        table: Table[GoalLine] = Table(
            "agreement_goals",
            COLUMNS,
            title="Ziele",
            empty=EmptyState("target", "Noch keine Ziele", hint=HINT),
            pale=lambda line: line.agreement.stage not in BINDING_STAGES,
        )
        table.sort("light")
        table.opened.connect(self.open_goal)
        table.exported.connect(self.context.tell_saved)
        table.set_actions(
            [
                RowAction("Ziel öffnen", lambda lines: self.open_goal(lines[0]), "target", one),
                goal_change(self.context).action(self.context, self),
            ]
        )
        return table


def sentence(rows: list[GoalLine], on: date) -> str:
    """ "12 von 48 Zielen erreicht, 3 überfällig, 5 ohne Bericht seit 6 Monaten", of agreements that bind."""
    running = [line for line in rows if line.agreement.stage in BINDING_STAGES]
    if not running:
        return "Noch keine Ziele in laufenden Vereinbarungen"
    reached = sum(line.verdict.light is GoalLight.REACHED for line in running)
    parts = [
        f"{reached} von {len(running)} {'Ziel' if len(running) == 1 else 'Zielen'} laufender Vereinbarungen erreicht"
    ]
    overdue = sum(line.verdict.light is GoalLight.OVERDUE for line in running)
    silent = sum(line.unreported_since(on) for line in running)
    if overdue:
        parts.append(f"{overdue} überfällig")
    if silent:
        parts.append(f"{silent} ohne Bericht seit {STALE_MONTHS} Monaten")
    return ", ".join(parts)


def _standing(line: GoalLine) -> str:
    if line.agreement.stage in BINDING_STAGES:
        return RUNNING
    return ENDED if line.agreement.signed else NOT_SIGNED


def _due(line: GoalLine, on: date) -> frozenset[int | str]:
    """Which of the offered words about its due day are true of a goal."""
    day = line.goal.due
    true: dict[int | str, bool] = {
        OVERDUE: line.verdict.light is GoalLight.OVERDUE,
        THIS_YEAR: day is not None and day.year == on.year,
        NO_DUE: day is None,
    }
    true |= {days: day is not None and on <= day <= on + timedelta(days=days) for days in DAYS}
    return frozenset(words for words, is_true in true.items() if is_true)
