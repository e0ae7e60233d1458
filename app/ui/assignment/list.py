"""The list of rules in their order: moved, switched, edited, copied, deleted, applied."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.services.assignment import assignment_rules, booking_assignment
from app.services.assignment.assignment_rules import RuleRow
from app.services.assignment.booking_assignment import Applied
from app.ui.assignment.form import open_rule_form
from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, icon_button

SENTENCE = "Die erste Regel, die passt, entscheidet. Passt keine, zählen Innenauftrag und Haushaltsjahr."


class RulesList(QWidget):
    """Table and tools. `year`: the budget year whose automatic assignments may be decided anew."""

    def __init__(self, context: Context, year: int) -> None:
        super().__init__()
        self._context = context
        self._year = year
        self.table: Table[RuleRow] = Table(
            "rules",
            self._columns(),
            title="Zuordnungsregeln",
            empty=EmptyState(
                "rules",
                "Noch keine Zuordnungsregeln",
                "Regel anlegen",
                self.add,
                hint="Buchungen finden ihr Budget über den Innenauftrag. Regeln sind für alles, wo das nicht reicht.",
            ),
            pale=lambda row: not row.is_active,
        )
        self.up = icon_button("arrow-up", with_keys("Nach oben", "rules.up"), lambda: self.shift(-1))
        self.down = icon_button("arrow-down", with_keys("Nach unten", "rules.down"), lambda: self.shift(1))
        self.switch = button("Ausschalten", self.toggle, icon="pause", role="quiet")
        copying = RowAction[RuleRow]("Duplizieren", lambda _: self.duplicate(), "copy", one)
        self.table.set_actions(
            [RowAction("Ein- oder ausschalten", lambda _: self.toggle(), "pause"), copying]
        )
        self.copy = self.table.action_button(copying, "quiet")
        self.remove = self.table.action_button(RowAction("Löschen", self._remove, "trash"), "quiet")
        self.apply = opens_menu(
            button("Regeln anwenden", icon="play"),
            (
                Entry("Auf Buchungen ohne Budget", lambda: self.apply_rules(None), "link"),
                Entry(f"Auch auf automatisch zugeordnete {year}", lambda: self.apply_rules(year), "refresh"),
            ),
        )
        self._lay_out()
        self._connect(context)
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        self.table.set_rows(self._context.ask(assignment_rules.rows))
        self.table.choose_first()
        self._show_tools()

    # ---- commands ----

    def add(self) -> None:
        """A new rule, behind all others."""
        open_rule_form(self._context, self.window())

    def shift(self, step: int) -> None:
        """Move the current rule up (-1) or down (1)."""
        row = self.table.current()
        if row is None or not 1 <= row.number + step <= len(self.table.rows()):
            return
        label = f"Regel „{row.name}“ nach {'oben' if step < 0 else 'unten'}"
        self._context.do(label, assignment_rules.move, row.id, row.number + step)
        self.refresh()

    def toggle(self) -> None:
        """Switch the selected rules off, or on if they are off."""
        rows = self.table.selected()
        if not rows:
            return
        active = not rows[0].is_active
        label = f"{_named(rows)} {'eingeschaltet' if active else 'ausgeschaltet'}"
        self._context.do(label, assignment_rules.set_active, [row.id for row in rows], active)
        self.refresh()

    def duplicate(self) -> None:
        """A new rule that begins as the current one and stands behind it."""
        row = self.table.current()
        if row is None:
            return
        values = self._context.ask(assignment_rules.load, row.id)
        title = f"{values.title} (Kopie)" if values.title else None
        open_rule_form(self._context, self.window(), None, replace(values, title=title), row.number + 1)

    def apply_rules(self, year: int | None) -> None:
        """To bookings without a budget; with `year` also to automatic assignments of it."""
        database = self._context.database

        def work(progress: Progress) -> Applied:
            with database.read() as session:
                applied = booking_assignment.outcome(session, year)
            if applied:
                with database.write(applied.words) as session:
                    booking_assignment.apply_rules(session, year)
                    progress(1, 1)
            return applied

        def done(applied: Applied) -> None:
            if not applied:
                self._context.say(applied.words)

        self._context.do_later("Regeln anwenden", work, done, owner=self._context)

    def _remove(self, rows: list[RuleRow]) -> None:
        self._context.do(f"{_named(rows)} gelöscht", assignment_rules.remove, [row.id for row in rows])
        self.refresh()

    # ---- making ----

    def _columns(self) -> tuple[Column[RuleRow], ...]:
        return (
            Column("number", "Nr.", lambda row: row.number, Kind.NUMBER, 48),
            Column("title", "Bezeichnung", lambda row: row.title, width=140, strong=True),
            Column("conditions", "Wenn", lambda row: row.conditions.words, width=220, stretch=True),
            Column(
                "budget", "Budget", lambda row: row.budget_number or "immer fragen", width=104, tip=_where
            ),
            Column("item", "Position", lambda row: row.plan_item, width=110, hidden=True),
            Column("state", "Stand", self._state, Kind.PILL, 150, tip=_why),
        )

    def _state(self, row: RuleRow) -> Pill:
        if not row.is_active:
            return Pill("aus", Tone.NEUTRAL, "pause", 2)
        if row.unreachable_after is not None:
            return Pill(f"nie, Regel {row.unreachable_after} zuvor", Tone.WARNING, "warning", 0)
        if row.years is not None and max(row.years, default=0) < self._context.today().year:
            return Pill(f"nur bis {max(row.years, default=0)}", Tone.NEUTRAL, "history", 3)
        return Pill("aktiv", Tone.SUCCESS, "check", 1)

    def _lay_out(self) -> None:
        tools = (self.up, self.down, self.switch, self.copy, self.remove)
        column(
            row(*tools, STRETCH, self.table.tools, 4, self.apply, spacing=4),
            grow(self.table),
            on=self,
            spacing=8,
        )
        self.setFocusProxy(self.table)

    def _connect(self, context: Context) -> None:
        self.table.opened.connect(lambda row: open_rule_form(context, self.window(), row.id))
        self.table.remove_requested.connect(self._remove)
        self.table.selection_changed.connect(lambda _: self._show_tools())
        bind(self.table, "rules.up", lambda: self.shift(-1))
        bind(self.table, "rules.down", lambda: self.shift(1))
        bind(self.table, "rules.toggle", self.toggle)

    def _show_tools(self) -> None:
        rows = self.table.selected()
        number = rows[0].number if len(rows) == 1 else None
        self.up.setEnabled(number is not None and number > 1)
        self.down.setEnabled(number is not None and number < len(self.table.rows()))
        self.switch.setEnabled(bool(rows))
        on = not rows or rows[0].is_active
        self.switch.setText("Ausschalten" if on else "Einschalten")
        self.switch.setIcon(icons.icon("pause" if on else "play", icons.MUTED))


def _named(rows: list[RuleRow]) -> str:
    return f"Regel „{rows[0].name}“" if len(rows) == 1 else f"{len(rows)} Regeln"


def _where(row: RuleRow) -> str:
    if row.years is None:
        return "Die Buchung bleibt ohne Budget, bis sie von Hand zugeordnet wird."
    item = f"\nPosition {row.plan_item}" if row.plan_item else ""
    return f"Gilt für {', '.join(map(str, row.years))}{item}"


def _why(row: RuleRow) -> str:
    if row.unreachable_after is None:
        return ""
    return f"Regel {row.unreachable_after} steht davor und nimmt alles, was diese nehmen würde."
