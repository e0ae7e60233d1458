"""The drafts that were given out or kept: a list, and the questions that belong to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services.agreements.drafts import DraftRow
from app.ui.context import Context
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.questions import choose_target
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.text import button, label
from app.workflows.agreements.drafts import DraftFormat, draft_file_name

KINDS = {DraftFormat.PDF: "PDF-Datei (*.pdf)", DraftFormat.WORD: "Word-Datei (*.docx)"}


@dataclass(frozen=True, slots=True)
class DraftDeeds:
    """What can be done: keep the present words, compare a draft with them, name it, take it away."""

    keep: Callable[[], object]
    compare: Callable[[DraftRow], object]
    rename: Callable[[DraftRow], object]
    remove: Callable[[DraftRow], object]


@dataclass(frozen=True, slots=True)
class Title:
    """What a draft is called."""

    title: str | None


def drafts_section(rows: Sequence[DraftRow], deeds: DraftDeeds) -> Section:
    """The drafts, newest first."""
    section = Section("Entwürfe", None, "Jetzt festhalten …", deeds.keep)
    section.column.setSpacing(12)
    if not rows:
        section.add(
            label(
                "Noch keine. Jeder herausgegebene Entwurf wird hier mit seinem Wortlaut festgehalten und lässt sich "
                "später vergleichen.",
                "muted",
                wrap=True,
            )
        )
    for row in rows:
        section.add(_draft(row, deeds))
    return section


def ask_title(
    heading: str,
    save_text: str,
    title: str | None,
    save: Callable[[str | None], object],
    parent: QWidget,
) -> FormDialog[Title]:
    """Ask what a draft is called; it may stay without."""
    body = FormBody()
    body.row(
        Field("title", "Bemerkung", TextEditor("zum Beispiel: an die Diakonie nach dem Gespräch am 12.03."))
    )
    dialog = FormDialog(
        heading, body, Title(title), lambda entered: save(entered.title), parent=parent, save_text=save_text
    )
    dialog.open()
    return dialog


def choose_draft_target(
    context: Context,
    agreement_id: int,
    kind: DraftFormat,
    parent: QWidget,
    chosen: Callable[[Path], None],
) -> None:
    """Ask where the draft shall go."""
    name = context.ask(draft_file_name, agreement_id, kind, context.today())
    choose_target(parent, "Entwurf speichern", KINDS[kind], name, chosen)


def _draft(row: DraftRow, deeds: DraftDeeds) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(f"Entwurf {row.number}", "strong"))
    when = f"{german(row.made_at.date())}, {row.made_at:%H:%M} Uhr"
    column.addWidget(
        label(" · ".join(filter(None, (when, row.title))), "caption", wrap=True, selectable=True)
    )
    actions = QHBoxLayout()
    actions.setSpacing(14)
    for words, call in (
        ("Vergleichen", deeds.compare),
        ("Benennen", deeds.rename),
        ("Löschen", deeds.remove),
    ):
        link = button(words, partial(call, row), role="link")
        link.setAccessibleName(f"Entwurf {row.number} {words.lower()}")
        actions.addWidget(link)
    actions.addStretch(1)
    column.addLayout(actions)
    return block
