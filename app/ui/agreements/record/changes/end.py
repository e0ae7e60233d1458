"""Notices and the agreement that follows, in the record: how it ends, and what comes after."""

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import BINDING_STAGES, NoticeDirection
from app.domain.dates import german
from app.reports.agreements.letters import LetterKind
from app.services.agreements import notices, successors
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.notices import NoticeRow
from app.services.agreements.successors import ChainLink
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.life.notice_form import open_notice
from app.ui.agreements.record.tab import RecordTab
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.stage_pills import worded_stage


def notices_section(tab: RecordTab) -> Section:
    """The notices on record, and the next day on which one could take effect."""
    context, row = tab.context, tab.row
    found = context.ask(notices.rows, row.id)
    action = "Kündigung eintragen" if row.stage in BINDING_STAGES else ""
    section = Section("Kündigung", None, action, lambda: open_notice(context, row.id, tab))
    return section.fill(*(_block(tab, one) for one in found), nothing=_standing(row))


def successor_section(tab: RecordTab) -> Section:
    """The chain of agreements, with the way to make the next one."""
    context, row = tab.context, tab.row
    chain = context.ask(successors.chain, row.id)
    last = chain[-1].id == row.id

    def create() -> None:
        label = f"Folgevereinbarung zu {row.number} angelegt"
        tab.record_wanted.emit(context.do(label, successors.create, row.id, context.today()))

    section = Section("Folgevereinbarung", None, "Folgevereinbarung anlegen" if last else "", create)
    pairs = zip(chain, (*chain[1:], None), strict=True) if len(chain) > 1 else ()
    return section.fill(
        *(_linked(tab, of, following) for of, following in pairs),
        nothing="Noch keine. Sie übernimmt Partner, offene Ziele, Text und Betrag und beginnt am Tag nach dem Ende.",
    )


def _standing(row: AgreementRow) -> str:
    view = row.view
    if row.stage not in BINDING_STAGES:
        return "Die Vereinbarung gilt nicht oder nicht mehr."
    if view.final is not None:
        return f"Keine auf der Akte. Die Vereinbarung endet am {german(view.final)}."
    if view.next_possible_end is None:
        return "Keine. Ohne Kündigungsfrist lässt sich kein mögliches Ende berechnen."
    return (
        f"Keine. Nächstes mögliches Ende: {german(view.next_possible_end.end)}, wenn die Kündigung bis "
        f"{german(view.next_possible_end.receipt)} zugeht."
    )


def _block(tab: RecordTab, one: NoticeRow) -> QWidget:
    context, row = tab.context, tab.row
    received = one.direction is NoticeDirection.RECEIVED
    who = one.party or "Partner"
    title = f"Kündigung von {who}" if received else f"Kündigung an {who}"
    dates = [
        f"Schreiben vom {german(one.dated)}" if one.dated else "",
        f"zugegangen am {german(one.arrived_on)}" if one.arrived_on else "Zugang noch nicht eingetragen",
        one.note or "",
    ]
    kind = "außerordentlich" if one.is_extraordinary else "ordentlich"
    edit = Link("Bearbeiten", lambda: open_notice(context, row.id, tab, one.id))
    confirm = Link("Bestätigung schreiben", lambda: write(tab, LetterKind.CONFIRMATION))
    back = f"{row.number}: Kündigung zurückgenommen"
    take_back = Link("Zurücknehmen", lambda: context.do(back, notices.withdraw, one.id, context.today()))
    return block(
        title,
        " · ".join([kind, *filter(None, dates)]),
        pill=Pill(f"zum {german(one.ends_on)}", Tone.WARNING, "flag"),
        links=[edit, confirm, take_back] if received else [edit, take_back],
    )


def write(tab: RecordTab, kind: LetterKind) -> None:
    """Open a letter about the agreement that is shown."""
    from app.ui.agreements.life.letter_dialog import LetterDialog  # loads Qt's PDF module and the PDF library

    LetterDialog(tab.context, tab.row.id, kind, tab).open()


def _linked(tab: RecordTab, of: ChainLink, following: ChainLink | None) -> QWidget:
    """An agreement `of` the chain, and the one that follows it."""
    context, row = tab.context, tab.row
    begin = f"ab {german(of.begin)}" if of.begin else "Beginn offen"
    until = f"bis {german(of.end)}" if of.end else ""
    own = of.id == row.id
    links = [] if own else [Link(f"{of.number} öffnen", lambda: tab.record_wanted.emit(of.id))]
    if own and following is not None:
        words = f"{row.number}: Verknüpfung mit {following.number} gelöst"
        links = [Link("Verknüpfung lösen", lambda: context.do(words, successors.remove_link, row.id))]
    title = f"{of.number} (diese Vereinbarung)" if own else f"{of.number} · {of.title}"
    return block(
        title,
        " ".join(filter(None, (begin, until))),
        pill=worded_stage(of.stage, of.stage_words),
        links=links,
    )
