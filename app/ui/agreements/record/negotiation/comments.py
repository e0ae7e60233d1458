"""Shows the comments on the clauses, the open ones first, settled ones on demand, and the form of a comment."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.services import office
from app.services.agreements import agreement_text, clause_comments
from app.services.agreements.agreement_text import AgreementClauseRow
from app.services.agreements.clause_comments import CommentInput, CommentRow
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, DateEditor, MultilineEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import add, aligned
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, label

OPEN = Pill("offen", Tone.WARNING, "note")
SETTLED = Pill("erledigt", Tone.SUCCESS, "check")
NONE = (
    "Noch keine. Was Partner oder Kolleginnen zu einer Klausel sagen, "
    "steht hier und als Kommentar in der Word-Datei."
)


def comments_section(tab: RecordTab, show_all: Callable[[], object], *, in_full: bool) -> Section:
    """All that is open in the order of the clauses, then how many are settled; `show_all` shows these, too."""
    rows = tab.context.ask(clause_comments.rows, tab.row.id)
    clauses = tab.context.ask(agreement_text.text, tab.row.id).clauses
    unsettled = [row for row in rows if row.is_open]
    settled = [row for row in rows if not row.is_open]
    title = f"Kommentare ({len(unsettled)} offen)" if unsettled else "Kommentare"

    def edit(row: CommentRow | None = None) -> None:
        open_comment_form(tab.context, tab.row.id, clauses, row, tab)

    section = Section(title, None, "Kommentar anlegen …", edit, spacing=12)
    shown = [*unsettled, *(settled if in_full else [])]
    section.fill(*(_comment(tab, row, partial(edit, row)) for row in shown), nothing="" if rows else NONE)
    if settled and not in_full:
        words = f"{counted(len(settled), 'erledigten', 'erledigte')} zeigen"
        add(section.column, aligned(button(words, show_all, role="link"), Qt.AlignmentFlag.AlignLeft))
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
    key = row.id if row else None

    def save(entered: CommentInput) -> None:
        context.do("Kommentar gespeichert", clause_comments.save, agreement_id, key, entered)

    title = "Kommentar" if row else "Kommentar anlegen"
    return FormDialog(title, body, values, save, parent=parent.window()).shown()


def _comment(tab: RecordTab, row: CommentRow, edit: Callable[[], object]) -> QWidget:
    context, number = tab.context, tab.row.number

    def settle() -> None:
        said = "erledigt" if row.is_open else "wieder offen"
        day = context.today() if row.is_open else None
        context.do(f"{number}: Kommentar {said}", clause_comments.settle, row.id, day)

    remove = partial(context.do, f"{number}: Kommentar gelöscht", clause_comments.remove, row.id)
    links = (
        ("Erledigt" if row.is_open else "Wieder öffnen", settle),
        ("Zur Klausel", lambda: tab.part_wanted.emit("text", row.position)),
        ("Bearbeiten", edit),
        ("Löschen", remove),
    )
    left_out = "" if row.is_included else " (weggelassen)"
    settled = f"erledigt am {german(row.settled_on)}" if row.settled_on else ""
    below = " · ".join(filter(None, (row.author, german(row.day), settled)))
    return block(
        f"{row.title}{left_out}",
        label(row.text, wrap=True, selectable=True),
        label(below, "caption", wrap=True),
        pill=OPEN if row.is_open else SETTLED,
        links=[Link(words, call, f"{words}: Kommentar zu {row.title}") for words, call in links],
    )
