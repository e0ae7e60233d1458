"""Yearly talks and letters of an agreement in its record."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreement_life import LETTERS
from app.domain.dates import german
from app.domain.terms import word
from app.reports.agreements.letters import TITLES, LetterKind
from app.services.agreements import yearly_talks
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.yearly_talks import TalkRow
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.life.talk_form import open_talk
from app.ui.agreements.record.changes.end import write
from app.ui.context import Context
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, label


def talks_section(context: Context, row: AgreementRow, parent: QWidget) -> Section:
    """The talks that were held, and when the next one is due."""
    today = context.today()
    section = Section(
        "Jahresgespräch", None, "Gespräch eintragen", lambda: open_talk(context, row.id, row.number, parent)
    )
    due = context.ask(yearly_talks.next_due, row.id, today)
    if due is not None:
        invitation = LetterKind.INVITATION
        section.add(
            block(
                f"Nächstes Gespräch: {german(due)}",
                "Alle 12 Monate ab dem Beginn; ein Gespräch zählt für den Termin, dem es am nächsten liegt.",
                pill=Pill("überfällig", Tone.DANGER, "warning") if due < today else None,
                links=[Link("Einladung schreiben", partial(write, context, row.id, invitation, parent))],
            )
        )
    found = context.ask(yearly_talks.rows, row.id)
    section.fill(*(_talk(context, row, talk, parent) for talk in found), nothing="Zurzeit steht keines an.")
    return section


def letters_section(context: Context, row: AgreementRow, parent: QWidget) -> Section:
    """Letters that were printed, and a menu of those that can be written."""
    section = Section("Schreiben")
    choose = opens_menu(
        button("Schreiben verfassen", icon="mail"),
        (Entry(f"{TITLES[kind]} …", partial(write, context, row.id, kind, parent)) for kind in LetterKind),
    )
    choose.setMaximumWidth(choose.sizeHint().width())
    section.add(choose)
    found = [_letter(context, kept, parent) for kept in context.ask(papers.rows, row.id, LETTERS)]
    nothing = label(
        "Noch kein Brief. Gedruckte Briefe bleiben hier, wie sie hinausgingen.", "muted", wrap=True
    )
    section.fill(*(found or [nothing]))
    return section


def _talk(context: Context, row: AgreementRow, talk: TalkRow, parent: QWidget) -> QWidget:
    removed = f"{row.number}: Jahresgespräch gelöscht"
    return block(
        f"Gespräch am {german(talk.day)}",
        " · ".join(filter(None, (talk.participants, talk.result))),
        pill=Pill("geführt", Tone.SUCCESS, "success"),
        links=[
            Link("Bearbeiten", partial(open_talk, context, row.id, row.number, parent, talk.id)),
            Link("Löschen", partial(context.do, removed, yearly_talks.remove, talk.id)),
        ],
    )


def _letter(context: Context, kept: PaperRow, parent: QWidget) -> QWidget:
    title = f"{word(kept.kind)} vom {german(kept.printed_at.date())}"
    words = f"{kept.file_name} · Prüfsumme {kept.sha256[:12]} …"
    return block(title, words, links=[Link("Ansehen", partial(_open, context, kept, title, parent))])


def _open(context: Context, kept: PaperRow, title: str, parent: QWidget) -> None:
    from app.ui.agreements.life.paper_dialog import open_kept  # loads Qt's PDF module

    open_kept(context, kept, title, parent)
