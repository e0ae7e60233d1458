"""Changes to wordings that can be taken over one by one: a list left, the difference of the current one right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, column, grow, held
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that changed, is new or is gone. `lost`: what she would lose with it, as a sentence.

    `before`, `after`: title and text; `facts`: what else the clause is; `here`: its state where it is taken over.
    """

    title: str
    pill: Pill
    before: tuple[str, str]
    after: tuple[str, str]
    label: str
    take: Callable[..., object]
    arguments: tuple[object, ...]
    here: Pill | None = None
    lost: str = ""
    facts: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Changes:
    """What there is to take over, what is said above it, and why nothing can be taken (empty: it can)."""

    sentence: str
    found: Sequence[Change]
    lock: str = ""


class ChangesDialog(Dialog):
    """Each change is one step that can be undone; those that would cost her own words are taken one by one only."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: str,
        *,
        key: str,
        column_title: str,
        empty: str,
    ) -> None:
        super().__init__(parent, title, size=(1080, 640))
        self._context = context.own(self)
        self._locked = False
        self.table: Table[Change] = Table(
            key,
            (
                Column("title", "Klausel", lambda change: change.title, width=150, stretch=True, strong=True),
                Column("state", column_title, lambda change: change.pill, Kind.PILL, 136),
                Column("here", "Hier", lambda change: change.here, Kind.PILL, 124),
            ),
            title="Änderungen",
            identity=lambda change: (change.take, change.arguments),
            empty=EmptyState("success", empty),
        )
        self.difference = DifferenceView("Unterschied zur neuen Fassung")
        self.note = Note(tone=Tone.WARNING)
        self.lock_note = Note(tone=Tone.INFO)
        self.take_button = button("Diese übernehmen", self.take, role="primary")
        tip = "Alles außer Klauseln, die hier umformuliert sind"
        self.all_button = button("Alle übernehmen", self.take_all, icon="check", tip=tip)
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _change: self.take())
        legend = label("Neu ist unterstrichen, Entfallenes durchgestrichen.", "caption")
        right = held(column(legend, grow(self.difference), self.note, spacing=8))
        self.build(
            self.lock_note,
            grow(Split(key, self.table, right, shares=(1, 1))),
            foot=(self.all_button, STRETCH, self.close_button("Schließen"), self.take_button),
        )
        self._context.outdated.connect(self.refresh)

    def read(self) -> Changes:
        """What is left to take over."""
        raise NotImplementedError

    def take(self) -> None:
        """Take the current change over."""
        raise NotImplementedError

    def take_all(self) -> None:
        """Everything that does not undo words of her own."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read again what is left to take over."""
        changes = self.read()
        self._locked = bool(changes.lock)
        self.say(changes.sentence)
        self.lock_note.say(changes.lock)
        self.table.set_rows(changes.found)
        self.table.choose_first()
        self.all_button.setEnabled(not self._locked and any(not change.lost for change in changes.found))
        self._show(self.table.current())

    def wanted(self) -> Change | None:
        """The current change, where it can be taken over."""
        return None if self._locked else self.table.current()

    def _show(self, change: Change | None) -> None:
        if change is not None:
            self.difference.show_difference(change.before, change.after, facts=change.facts)
        self.difference.setVisible(change is not None)
        self.note.say(change.lost if change is not None and not self._locked else "")
        self.take_button.setEnabled(not self._locked and change is not None)
