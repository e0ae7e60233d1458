"""The drafts that were given out or kept: a list, and what can be done with them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.agreements import drafts
from app.services.agreements.drafts import DraftRow
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.record.negotiation.comparison import ComparisonDialog
from app.ui.agreements.record.tab import RecordTab
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.text import label
from app.workflows.agreements.drafts import draft_name, keep

NONE = (
    "Noch keine. Jeder herausgegebene Entwurf wird hier mit seinem Wortlaut festgehalten und lässt sich später "
    "vergleichen."
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a draft is called."""

    title: str | None


def drafts_section(tab: RecordTab) -> Section:
    """The drafts, newest first, and the way to keep the words of now."""
    context, agreement_id = tab.context, tab.row.id
    rows = context.ask(drafts.rows, agreement_id)

    def save(title: str | None) -> None:
        kept = keep(context.database, agreement_id, context.now(), title or "")
        if rows and rows[0].id == kept.id:
            context.say(f"Seit {draft_name(rows[0])} hat sich nichts geändert")

    ask = partial(ask_title, "Entwurf festhalten", "Festhalten", None, save, tab)
    section = Section("Entwürfe", None, "Jetzt festhalten …", ask, spacing=12)
    return section.fill(*(_draft(tab, row) for row in rows), nothing=NONE)


def ask_title(
    heading: str,
    save_text: str,
    title: str | None,
    save: Callable[[str | None], object],
    parent: QWidget,
) -> FormDialog[Title]:
    """Ask what a draft is called; it may stay without."""
    body = FormBody()
    hint = "zum Beispiel: an die Diakonie nach dem Gespräch am 12.03."
    body.row(Field("title", "Bemerkung", TextEditor(hint)))
    return FormDialog(
        heading, body, Title(title), lambda entered: save(entered.title), parent=parent, save_text=save_text
    ).shown()


def _draft(tab: RecordTab, row: DraftRow) -> QWidget:
    context, name = tab.context, f"Entwurf {row.number}"

    def rename(title: str | None) -> None:
        context.do(f"{name} benannt", drafts.rename, row.id, title)

    links = (
        ("Vergleichen", lambda: ComparisonDialog(context, tab.row.id, row.id, tab).open()),
        ("Benennen", partial(ask_title, f"{name} benennen", "Speichern", row.title, rename, tab)),
        ("Löschen", partial(context.do, f"{name} gelöscht", drafts.remove, row.id)),
    )
    when = f"{german(row.made_at.date())}, {row.made_at:%H:%M} Uhr"
    return block(
        name,
        label(" · ".join(filter(None, (when, row.title))), "caption", wrap=True, selectable=True),
        links=[Link(words, call, f"{name} {words.lower()}") for words, call in links],
    )
