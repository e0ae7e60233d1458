"""Yearly talks and letters of an agreement in its record."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import LETTERS
from app.domain.dates import german
from app.reports.agreements.letters import TITLES, LetterKind
from app.services.agreements import yearly_talks
from app.services.agreements.yearly_talks import TalkRow
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.life.talk_form import open_talk
from app.ui.agreements.record.changes.end import write
from app.ui.agreements.record.tab import RecordTab
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, label


def talks_section(tab: RecordTab) -> Section:
    """The talks that were held, and when the next one is due."""
    context, row, today = tab.context, tab.row, tab.context.today()
    section = Section(
        "Jahresgespräch", None, "Gespräch eintragen", lambda: open_talk(context, row.id, row.number, tab)
    )
    due = context.ask(yearly_talks.next_due, row.id, today)
    if due is not None:
        section.add(
            block(
                f"Nächstes Gespräch: {german(due)}",
                "Alle 12 Monate ab dem Beginn; ein Gespräch zählt für den Termin, dem es am nächsten liegt.",
                pill=Pill("überfällig", Tone.DANGER, "warning") if due < today else None,
                links=[Link("Einladung schreiben", partial(write, tab, LetterKind.INVITATION))],
            )
        )
    found = context.ask(yearly_talks.rows, row.id)
    return section.fill(*(_talk(tab, talk) for talk in found), nothing="Zurzeit steht keines an.")


def letters_section(tab: RecordTab) -> Section:
    """Letters that were printed, and a menu of those that can be written."""
    section = Section("Schreiben")
    choose = opens_menu(
        button("Schreiben verfassen", icon="mail"),
        (Entry(f"{TITLES[kind]} …", partial(write, tab, kind)) for kind in LetterKind),
    )
    choose.setMaximumWidth(choose.sizeHint().width())
    section.add(choose)
    nothing = "Noch kein Brief. Gedruckte Briefe bleiben hier, wie sie hinausgingen."
    found = [_letter(tab, kept) for kept in tab.context.ask(papers.rows, tab.row.id, LETTERS)]
    return section.fill(*(found or [label(nothing, "muted", wrap=True)]))


def _talk(tab: RecordTab, talk: TalkRow) -> QWidget:
    context, row = tab.context, tab.row
    removed = f"{row.number}: Jahresgespräch gelöscht"
    return block(
        f"Gespräch am {german(talk.day)}",
        " · ".join(filter(None, (talk.participants, talk.result))),
        pill=Pill("geführt", Tone.SUCCESS, "success"),
        links=[
            Link("Bearbeiten", partial(open_talk, context, row.id, row.number, tab, talk.id)),
            Link("Löschen", partial(context.do, removed, yearly_talks.remove, talk.id)),
        ],
    )


def _letter(tab: RecordTab, kept: PaperRow) -> QWidget:
    title = f"{kept.kind.word} vom {german(kept.printed_at.date())}"
    words = f"{kept.file_name} · Prüfsumme {kept.sha256[:12]} …"

    def show() -> None:
        from app.ui.agreements.life.paper_dialog import open_kept  # loads Qt's PDF module

        open_kept(tab.context, kept, title, tab)

    return block(title, words, links=[Link("Ansehen", show)])
