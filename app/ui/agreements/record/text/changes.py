"""Shows the changes of a template since an agreement was made from it; they are taken over clause by clause."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.agreements import agreement_clauses, agreement_text, clauses
from app.services.agreements.agreement_text import AgreementClauseRow, AgreementWording, Wording
from app.ui.agreements.clauses.difference import DifferenceView
from app.ui.agreements.clauses.pills import REWORDED
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

QUESTION = "Was hat sich an der Vorlage geändert?"
LOST = "Diese Klausel ist hier umformuliert. Mit der neuen Fassung geht die eigene Formulierung verloren."


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """One clause that the template has changed, gained or lost."""

    title: str
    pill: Pill
    before: tuple[str, str]
    after: tuple[str, str]
    label: str
    take: Callable[..., object]
    arguments: tuple[object, ...]
    reworded: bool = False


class TemplateChangesDialog(Dialog):
    """The changes left, the difference of the current one right; each is one step that can be undone."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, QUESTION, size=(1080, 640))
        self._context, self._agreement_id = context.own(self), agreement_id
        self.table: Table[TemplateChange] = Table(
            "agreement/template-changes",
            (
                Column("title", "Klausel", lambda change: change.title, width=150, stretch=True, strong=True),
                Column("state", "In der Vorlage", lambda change: change.pill, Kind.PILL, 136),
                Column("here", "Hier", _here, Kind.PILL, 124),
            ),
            title="Änderungen der Vorlage",
            identity=lambda change: (change.take, change.arguments),
            empty=EmptyState("success", "Der Text entspricht der Vorlage von heute"),
        )
        self.difference = DifferenceView("Unterschied zur neuen Fassung der Vorlage")
        self.note = Note(LOST, Tone.WARNING)
        self.take_button = button("Diese übernehmen", self.take, role="primary")
        tip = "Alles außer Klauseln, die hier umformuliert sind"
        self.all_button = button("Alle übernehmen", self.take_all, icon="check", tip=tip)
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _change: self.take())
        legend = label("Neu ist unterstrichen, Entfallenes durchgestrichen.", "caption")
        right = held(column(legend, grow(self.difference), self.note, spacing=8))
        self.build(
            grow(Split("agreement/template-changes", self.table, right, shares=(1, 1))),
            foot=(self.all_button, STRETCH, self.close_button("Schließen"), self.take_button),
        )
        self._context.outdated.connect(self.refresh)
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read again what is left to take over."""
        text = self._context.ask(agreement_text.text, self._agreement_id)
        changes = _changes(text, self._context)
        since = f" vom {german(text.template_as_of)}" if text.template_as_of else ""
        newest = text.newest_as_of if text.outdated else None
        now = f"; sie gilt seit {german(newest)} in neuer Fassung" if newest else ""
        self.say(f"Diese Vereinbarung wurde mit der Fassung{since} von „{text.template_name}“ gemacht{now}.")
        self.table.set_rows(changes)
        self.table.choose_first()
        self.all_button.setEnabled(any(not change.reworded for change in changes))
        self._show(self.table.current())

    def take(self) -> None:
        """Take the current change over."""
        change = self.table.current()
        if change is not None:
            self._context.do(change.label, change.take, self._agreement_id, *change.arguments)

    def take_all(self) -> None:
        """Everything that does not undo words of her own."""
        label = "Neue Fassung der Vorlage übernommen"
        self._context.do(label, agreement_clauses.take_all, self._agreement_id)

    def _show(self, change: TemplateChange | None) -> None:
        if change is not None:
            self.difference.show_difference(change.before, change.after)
        self.difference.setVisible(change is not None)
        self.note.setVisible(change is not None and change.reworded)
        self.take_button.setEnabled(change is not None)


def _here(change: TemplateChange) -> Pill | None:
    return REWORDED if change.reworded else None


def _changes(text: AgreementWording, context: Context) -> list[TemplateChange]:
    found = [_changed(row) for row in text.clauses if row.newer is not None]
    for clause_id, title in text.new_clauses:
        wording = context.ask(clauses.load, clause_id)
        found.append(
            TemplateChange(
                title,
                Pill("neu", Tone.SUCCESS, "plus", 1),
                ("", ""),
                (wording.title, wording.text),
                f"Klausel „{title}“ aus der Vorlage aufgenommen",
                agreement_clauses.add_new,
                (clause_id,),
            )
        )
    gone = [row for row in text.clauses if row.position in text.dropped]
    return found + [_dropped(row) for row in gone]


def _changed(row: AgreementClauseRow) -> TemplateChange:
    before, after = row.origin, row.newer
    assert before is not None
    assert after is not None
    return TemplateChange(
        row.title,
        Pill("neu gefasst", Tone.WARNING, "refresh", 0),
        (before.title, before.text),
        (after.title, after.text),
        f"Neue Fassung von „{row.title}“ übernommen",
        agreement_clauses.take_newest,
        (row.position,),
        row.wording is Wording.REWORDED,
    )


def _dropped(row: AgreementClauseRow) -> TemplateChange:
    return TemplateChange(
        row.title,
        Pill("entfallen", Tone.NEUTRAL, "minus", 2),
        (row.title, row.text),
        ("", ""),
        f"Klausel „{row.title}“ weggelassen wie in der Vorlage",
        agreement_clauses.set_included,
        (row.position, False),
        row.wording is Wording.REWORDED,
    )
