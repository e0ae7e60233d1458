"""Shows the changes of a template since an agreement was made from it; they are taken over clause by clause."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.agreements import agreement_clauses, agreement_text, clauses
from app.services.agreements.agreement_text import LOCKED, AgreementClauseRow, AgreementWording, Wording
from app.ui.agreements.clauses.changes_dialog import Change, Changes, ChangesDialog
from app.ui.agreements.clauses.pills import REWORDED, version_words
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill

QUESTION = "Was hat sich an der Vorlage geändert?"
LOST = "Diese Klausel ist hier umformuliert. Mit der neuen Fassung geht die eigene Formulierung verloren."


class TemplateChangesDialog(ChangesDialog):
    """What the template changed, for one agreement; nothing can be taken once it is out for signature."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            parent,
            QUESTION,
            key="agreement/template-changes",
            column_title="In der Vorlage",
            empty="Der Text entspricht der Vorlage von heute",
        )
        self._agreement_id = agreement_id
        self.refresh()
        self.table.setFocus()

    def read(self) -> Changes:
        text = self._context.ask(agreement_text.text, self._agreement_id)
        since = f" vom {german(text.template_as_of)}" if text.template_as_of else ""
        newest = text.newest_as_of if text.outdated else None
        now = f"; sie gilt seit {german(newest)} in neuer Fassung" if newest else ""
        sentence = f"Diese Vereinbarung wurde mit der Fassung{since} von „{text.template_name}“ gemacht{now}."
        lock = LOCKED[text.lock] if text.lock is not None else ""
        return Changes(sentence, _changes(text, self._context), lock)

    def take(self) -> None:
        if (change := self.wanted()) is not None:
            self._context.do(change.label, change.take, self._agreement_id, *change.arguments)

    def take_all(self) -> None:
        label = "Neue Fassung der Vorlage übernommen"
        self._context.do(label, agreement_clauses.take_all, self._agreement_id)


def _changes(text: AgreementWording, context: Context) -> list[Change]:
    found = [_changed(row) for row in text.clauses if row.newer is not None]
    for clause_id, title in text.new_clauses:
        wording = context.ask(clauses.load, clause_id)
        found.append(
            Change(
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


def _changed(row: AgreementClauseRow) -> Change:
    before, after = row.origin, row.newer
    assert before is not None
    assert after is not None
    change = Change(
        row.title,
        Pill("neu gefasst", Tone.WARNING, "refresh", 0),
        (before.title, before.text),
        (after.title, after.text),
        f"Neue Fassung von „{row.title}“ übernommen",
        agreement_clauses.take_newest,
        (row.position,),
        facts=(version_words(before), version_words(after)),
    )
    return _own(row, change)


def _dropped(row: AgreementClauseRow) -> Change:
    change = Change(
        row.title,
        Pill("entfallen", Tone.NEUTRAL, "minus", 2),
        (row.title, row.text),
        ("", ""),
        f"Klausel „{row.title}“ weggelassen wie in der Vorlage",
        agreement_clauses.set_included,
        (row.position, False),
    )
    return _own(row, change)


def _own(row: AgreementClauseRow, change: Change) -> Change:
    """The same, with what it would cost here."""
    return replace(change, here=REWORDED, lost=LOST) if row.wording is Wording.REWORDED else change
