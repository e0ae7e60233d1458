"""Changes one field of several records at once: which, and to what, in a dialog; one step that can be taken back.

A page declares it with the form it has already:

    change = FieldChange(("Träger", "Träger"), ("kind", "city"), body, actors.load, actors.save, attrgetter("name"))
    table.set_actions([change.action(context, parent)])
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted, dotted
from app.services.several import Refused, change_field
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.menus import RowAction
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label, say

R = TypeVar("R")

SIZE = (560, 430)
MOST_COMPARED = 200
"""Of more rows it is not looked up what they have now."""
MOST_NAMED = 6
"""So many records that refuse are named; of the others it is said how many there are."""


@dataclass(frozen=True)  # no slots: "FieldChange[Row](...)" cannot set its type on them
class FieldChange(Generic[R]):
    """What can be changed of the rows of a list.

    `words`: for one record and for many. `fields`: names of fields of the form `body` makes. `load` and `save` are
    those of the form; `name` says which row is meant where one refuses.
    """

    words: tuple[str, str]
    fields: Sequence[str]
    body: Callable[[], FormBody]
    load: Callable[[Session, int], Any]
    save: Callable[[Session, int, Any], object]
    name: Callable[[R], str]
    identity: Callable[[R], int] = attrgetter("id")

    def counted(self, number: int) -> str:
        """ "1 Angebot", "12 Angebote"."""
        return counted(number, *self.words)

    def action(
        self, context: Context, parent: QWidget, allowed: Callable[[list[R]], bool] = bool
    ) -> RowAction[R]:
        """The entry of the context menu."""
        return RowAction(
            "Feld ändern …",
            lambda rows: FieldDialog(context, self, rows, parent.window()).open(),
            "edit",
            allowed,
        )


class FieldDialog(Dialog, Generic[R]):
    """Field above, its new value below; who refuses is named, and the others can be changed without them."""

    def __init__(self, context: Context, change: FieldChange[R], rows: Sequence[R], parent: QWidget) -> None:
        names = ", ".join(map(change.name, rows[:MOST_NAMED])) + (" …" if len(rows) > MOST_NAMED else "")
        super().__init__(parent, "Feld ändern", f"{change.counted(len(rows))}: {names}", size=SIZE)
        self._context = context
        self._change = change
        self._names = {change.identity(row): change.name(row) for row in rows}
        self._ids = list(self._names)
        self._refused: frozenset[int] = frozenset()
        self._values = self._present()
        body = change.body()
        body.setParent(self)  # its fields are borrowed
        body.hide()
        self.fields = [body[name] for name in change.fields]
        self.field = Field("field", "Feld", ChoiceEditor([(one.name, one.title) for one in self.fields]))
        self._stack = QStackedWidget()
        for one in self.fields:
            self._stack.addWidget(one)
        self.now = label("", "muted", wrap=True)
        self.note = Note("", Tone.DANGER, "Die übrigen ändern", self._change_others)
        self.note.hide()
        self.save_button = button("Ändern", self.save, role="primary")
        self.field.editor.set_value(self.fields[0].name)
        self.field.editor.changed.connect(self._choose)
        self.build(
            self.field,
            self._stack,
            self.now,
            self.note,
            grow(QWidget()),
            foot=(STRETCH, self.close_button(), self.save_button),
        )
        self._choose()

    @property
    def chosen(self) -> Field:
        """The field that is to be changed."""
        return self.fields[self._stack.currentIndex()]

    def save(self) -> None:
        """Change all rows, or say below the field what is wrong with the value."""
        self._save(self._ids)

    def _save(self, ids: Sequence[int]) -> None:
        field = self.chosen
        try:
            value = field.read()
        except ValueError as error:
            field.set_problem(str(error))
            return
        label = f"{field.title or field.name} geändert: {self._change.counted(len(ids))}"
        self.setEnabled(False)
        self._context.do_later(
            label,
            partial(self._work, label, ids, field.name, value),
            self._done,
            lambda: self.setEnabled(True),
            owner=self,
        )

    def _work(
        self, label: str, ids: Sequence[int], name: str, value: Any, progress: Progress
    ) -> dict[int, str]:
        """On the worker thread: why some refuse, by their ids; none: all are changed."""
        try:
            with self._context.database.write(label) as session:
                change_field(session, self._change.load, self._change.save, ids, name, value, progress)
        except Refused as error:
            return error.refusals
        return {}

    def _done(self, refusals: dict[int, str]) -> None:
        if not refusals:
            self.accept()
            return
        self._refused = frozenset(refusals)
        lines = [f"{self._names[one]}: {why}" for one, why in refusals.items()]
        more = len(lines) - MOST_NAMED
        rest = [f"und {dotted(more)} weitere"] if more > 0 else []
        head = f"Nichts geändert. {dotted(len(lines))} von {self._change.counted(len(self._ids))} lassen es nicht zu:"
        others = len(self._ids) - len(refusals)
        self.note.action.setText(f"Die übrigen {dotted(others)} ändern")
        self.note.action.setVisible(others > 0)
        self.note.say("\n".join([head, *lines[:MOST_NAMED], *rest]))
        if (layout := self.layout()) is not None:
            needed = max(self.height(), layout.totalHeightForWidth(self.width()))
            self.resize(self.bounded(QSize(self.width(), needed)))

    def _change_others(self) -> None:
        self._save([one for one in self._ids if one not in self._refused])

    def _present(self) -> list[Any]:
        """What the rows have now; nothing where there are too many to look it up."""
        if len(self._ids) > MOST_COMPARED:
            return []
        load = self._change.load
        return self._context.ask(lambda session: [load(session, one) for one in self._ids])

    def _choose(self) -> None:
        """Show the field that is chosen, with what all rows have in it where that is the same."""
        names = [one.name for one in self.fields]
        self._stack.setCurrentIndex(names.index(self.field.editor.value()))
        field = self.chosen
        found = [getattr(values, field.name) for values in self._values]
        same = bool(found) and all(one == found[0] for one in found)
        field.editor.set_value(found[0] if same else None)
        field.set_problem("")
        now = "Bisher bei allen gleich." if same else "Bisher verschieden." if found else ""
        empties = "" if field.required else "Ein leeres Feld löscht, was dort steht."
        say(self.now, f"{now} {empties}".strip())
        self.note.hide()
