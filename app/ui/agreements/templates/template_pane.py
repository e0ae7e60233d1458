"""A template: its clauses in their order, moved, taken in and out; the paper they make; its dated versions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dates import german
from app.domain.terms import word
from app.services.agreements.clause_uses import TemplateStep
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.agreements.clauses.looks import obligatory_pill
from app.ui.agreements.clauses.paper import PaperPreview
from app.ui.agreements.clauses.sides import Sides
from app.ui.agreements.templates.lists import DEFAULT
from app.ui.kit.actions import key_text, spec
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, icon_button
from app.workflows.agreements.clause_preview import ClauseSample


@dataclass(frozen=True, slots=True)
class TemplateMember:
    """A clause at its place in a template, from 1."""

    place: int
    clause: ClauseRow

    @property
    def id(self) -> int:
        return self.clause.id


@dataclass(frozen=True, slots=True)
class TemplateDeeds:
    """What can be done to the template that is shown."""

    edit: Callable[[], object]
    duplicate: Callable[[], object]
    make_default: Callable[[], object]
    retire: Callable[[], object]
    add: Callable[[int], object]  # behind so many clauses
    shift: Callable[[int, int], object]  # clause id, places up (negative) or down
    take_out: Callable[[int], object]
    open_clause: Callable[[int], object]


class TemplatePane(Sides):
    """Sides: clauses, paper, versions."""

    def __init__(self, deeds: TemplateDeeds) -> None:
        super().__init__(("Klauseln", "Papier", "Fassungen"))
        self._deeds = deeds
        self.add_deed("Bearbeiten", deeds.edit, "edit")
        self.add_deed("Duplizieren", deeds.duplicate, "copy")
        self.default_button = self.add_deed("Zum Standard machen", deeds.make_default, "star")
        self.add_deed("Ablegen", deeds.retire, "eye-off").setToolTip("Nicht mehr anbieten")
        self.paper = PaperPreview("Vorlage auf dem Papier")
        self.members: Table[TemplateMember] = self._member_table()
        self.steps: Table[TemplateStep] = Table(
            "templates/versions",
            (
                Column("number", "Fassung", lambda step: step.number, Kind.NUMBER, 72),
                Column("as_of", "Gilt ab", lambda step: step.as_of, Kind.DATE, 98),
                Column("what", "Was sich geändert hat", step_words, width=200, stretch=True, tip=step_words),
                Column("used", "Genutzt", lambda step: step.agreements, Kind.NUMBER, 74),
            ),
            title="Fassungen der Vorlage",
        )
        up, down = (spec(f"clauses.{name}").keys[0] for name in ("up", "down"))
        self.take_in = button("Klausel aufnehmen", self._take_in, icon="plus")
        self.out = button("Herausnehmen", self._take_out, icon="minus", role="quiet")
        self.up = icon_button("arrow-up", f"Nach oben ({key_text(up)})", lambda: self._shift(-1))
        self.down = icon_button("arrow-down", f"Nach unten ({key_text(down)})", lambda: self._shift(1))
        for side in (self._members_side(), self.paper, self.steps):
            self.add_side(side)
        self._connect(up, down)

    def show_template(
        self,
        row: TemplateRow,
        library: Mapping[int, ClauseRow],
        steps: list[TemplateStep],
        sample: ClauseSample,
    ) -> None:
        """This template, tried on the agreement of `sample`."""
        pills = [Pill(word(row.kind), Tone.NEUTRAL, "document")] + ([DEFAULT] if row.is_default else [])
        version = f"Fassung {row.number} vom {german(row.as_of)} · {len(row.clause_ids)} Klauseln"
        self.set_head(row.name, pills, " · ".join(filter(None, (version, row.note))))
        self.default_button.setVisible(not row.is_default)
        self.members.set_rows(
            [TemplateMember(place, library[key]) for place, key in enumerate(row.clause_ids, 1)]
        )
        if self.members.current() is None and self.members.rows():
            self.members.select_position(0)
        self.steps.set_rows(steps)
        self.paper.show_html(sample.html())
        self._show_tools()

    def select(self, clause_id: int) -> None:
        """Go to this clause in the order; the keyboard moves it on from there."""
        self.members.select(clause_id)
        self.members.setFocus()

    def _member_table(self) -> Table[TemplateMember]:
        table: Table[TemplateMember] = Table(
            "templates/clauses",
            (
                Column("place", "Nr.", lambda member: member.place, Kind.NUMBER, 56),
                Column(
                    "title",
                    "Klausel",
                    lambda member: member.clause.title,
                    width=150,
                    stretch=True,
                    strong=True,
                ),
                Column(
                    "duty",
                    "Pflicht",
                    lambda member: obligatory_pill(member.clause.is_obligatory),
                    Kind.PILL,
                    96,
                ),
                Column("when", "Gilt", _when, width=130),
            ),
            title="Klauseln der Vorlage",
            empty=EmptyState("document", "Noch keine Klauseln", "Klausel aufnehmen", self._take_in),
        )
        table.sort("place")
        return table

    def _members_side(self) -> QWidget:
        side = QWidget()
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.take_in)
        tools.addWidget(self.out)
        tools.addStretch(1)
        tools.addWidget(self.up)
        tools.addWidget(self.down)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(tools)
        column.addWidget(self.members, 1)
        return side

    def _connect(self, up: str, down: str) -> None:
        self.members.opened.connect(lambda member: self._deeds.open_clause(member.id))
        self.members.remove_requested.connect(lambda members: self._deeds.take_out(members[0].id))
        self.members.current_changed.connect(lambda _member: self._show_tools())
        self.members.set_actions(
            [RowAction("Herausnehmen", lambda members: self._deeds.take_out(members[0].id), "minus")]
        )
        for keys, step in ((up, -1), (down, 1)):
            shortcut = QShortcut(QKeySequence(keys), self.members)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._shift(step))

    def _show_tools(self) -> None:
        member = self.members.current()
        self.out.setEnabled(member is not None)
        self.up.setEnabled(member is not None and member.place > 1)
        self.down.setEnabled(member is not None and member.place < len(self.members.rows()))

    def _take_in(self) -> None:
        member = self.members.current()
        self._deeds.add(member.place if member is not None else len(self.members.rows()))

    def _take_out(self) -> None:
        member = self.members.current()
        if member is not None:
            self._deeds.take_out(member.id)

    def _shift(self, step: int) -> None:
        member = self.members.current()
        if member is not None and 1 <= member.place + step <= len(self.members.rows()):
            self._deeds.shift(member.id, step)


def step_words(step: TemplateStep) -> str:
    """What a version of a template changed, as one line."""
    parts = (
        ("neu", step.added),
        ("entfallen", step.removed),
        ("neu gefasst", step.reworded),
        ("Reihenfolge geändert", ("",) if step.reordered else ()),
    )
    said = [f"{words}: {', '.join(titles)}".removesuffix(": ") for words, titles in parts if titles]
    return "; ".join(said) or ("erste Fassung" if step.number == 1 else "unverändert")


def _when(member: TemplateMember) -> str:
    return word(member.clause.condition) if member.clause.condition else "immer"
