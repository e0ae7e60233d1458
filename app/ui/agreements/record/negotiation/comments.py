"""What was said to the clauses: the open comments first, settled ones on demand, and the form of a comment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services import office
from app.services.agreements import clause_comments
from app.services.agreements.agreement_text import AgreementClauseRow
from app.services.agreements.clause_comments import CommentInput, CommentRow
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, DateEditor, MultilineEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label

OPEN = Pill("offen", Tone.WARNING, "note")
SETTLED = Pill("erledigt", Tone.SUCCESS, "check")


@dataclass(frozen=True, slots=True)
class CommentDeeds:
    """What can be done to a comment, and how the settled ones come to be shown."""

    settle: Callable[[CommentRow], object]
    remove: Callable[[CommentRow], object]
    jump: Callable[[CommentRow], object]
    show_all: Callable[[], object]


def comments_section(
    context: Context,
    agreement_id: int,
    rows: Sequence[CommentRow],
    clauses: Sequence[AgreementClauseRow],
    deeds: CommentDeeds,
    *,
    in_full: bool,
) -> Section:
    """All that is open in the order of the clauses, then how many are settled."""
    unsettled = [row for row in rows if row.is_open]
    settled = [row for row in rows if not row.is_open]
    title = f"Kommentare ({len(unsettled)} offen)" if unsettled else "Kommentare"

    def edit(row: CommentRow | None = None) -> None:
        open_comment_form(context, agreement_id, clauses, row, section)

    section = Section(title, None, "Kommentar hinzufügen …", edit)
    section.column.setSpacing(12)
    if not rows:
        section.add(
            label(
                "Noch keine. Was Partner oder Kolleginnen zu einer Klausel sagen, steht hier und als Kommentar in "
                "der Word-Datei.",
                "muted",
                wrap=True,
            )
        )
    for row in [*unsettled, *(settled if in_full else [])]:
        section.add(_comment(row, deeds, partial(edit, row)))
    if settled and not in_full:
        words = "1 erledigten zeigen" if len(settled) == 1 else f"{len(settled)} erledigte zeigen"
        section.column.addWidget(
            button(words, deeds.show_all, role="link"), alignment=Qt.AlignmentFlag.AlignLeft
        )
    return section


def open_comment_form(
    context: Context,
    agreement_id: int,
    clauses: Sequence[AgreementClauseRow],
    row: CommentRow | None,
    parent: QWidget,
    position: int | None = None,
) -> FormDialog[CommentInput]:
    """The form of a comment, or of a new one to the clause at `position`."""
    body = FormBody()
    options = [(clause.position, clause.title) for clause in clauses]
    body.row(Field("position", "Klausel", ChoiceEditor(options), required=True))
    body.row(Field("text", "Kommentar", MultilineEditor(lines=5), required=True))
    body.row(
        Field("author", "Von", TextEditor("Name, Träger")),
        Field("day", "Am", DateEditor(), required=True),
    )
    if row is None:
        author = context.ask(office.load).contact_person or None
        values = CommentInput(position, context.today(), author)
    else:
        values = context.ask(clause_comments.load, row.id)
    dialog = FormDialog(
        "Kommentar" if row else "Neuer Kommentar",
        body,
        values,
        lambda entered: context.do(
            "Kommentar gespeichert", clause_comments.save, agreement_id, row.id if row else None, entered
        ),
        parent=parent.window(),
    )
    dialog.open()
    return dialog


def _comment(row: CommentRow, deeds: CommentDeeds, edit: Callable[[], object]) -> QWidget:
    box = QFrame()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    head = QHBoxLayout()
    head.setSpacing(8)
    left_out = "" if row.is_included else " (weggelassen)"
    head.addWidget(label(f"{row.title}{left_out}", "strong", wrap=True), 1)
    head.addWidget(PillLabel(OPEN if row.is_open else SETTLED), alignment=Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(label(row.text, wrap=True, selectable=True))
    settled = f"erledigt am {german(row.settled_on)}" if row.settled_on else ""
    below = " · ".join(filter(None, (row.author, german(row.day), settled)))
    column.addWidget(label(below, "caption", wrap=True))
    actions = QHBoxLayout()
    actions.setSpacing(14)
    for words, call in (
        ("Erledigt" if row.is_open else "Wieder öffnen", partial(deeds.settle, row)),
        ("Zur Klausel", partial(deeds.jump, row)),
        ("Bearbeiten", edit),
        ("Löschen", partial(deeds.remove, row)),
    ):
        link = button(words, call, role="link")
        link.setAccessibleName(f"{words}: Kommentar zu {row.title}")
        actions.addWidget(link)
    actions.addStretch(1)
    column.addLayout(actions)
    return box
