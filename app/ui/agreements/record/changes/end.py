"""Notices and the agreement that follows, in the record: how it ends, and what comes after."""

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreement_life import NoticeDirection
from app.domain.agreements.agreements import BINDING_STAGES
from app.domain.dates import german
from app.reports.agreements.letters import LetterKind
from app.services.agreements import notices, successors
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.notices import NoticeRow
from app.services.agreements.successors import ChainLink
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.life.notice_form import open_notice
from app.ui.agreements.pills import STAGES
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill


def notices_section(context: Context, row: AgreementRow, parent: QWidget) -> Section:
    """The notices on record, and the next day on which one could take effect."""
    found = context.ask(notices.rows, row.id)
    action = "Kündigung eintragen" if row.stage in BINDING_STAGES else ""
    section = Section("Kündigung", None, action, lambda: open_notice(context, row.id, parent))
    section.fill(*(_block(context, row, one, parent) for one in found), nothing=_standing(row))
    return section


def successor_section(context: Context, row: AgreementRow, tab: RecordTab) -> Section:
    """The chain of agreements, with the way to make the next one."""
    chain = context.ask(successors.chain, row.id)
    last = chain[-1].id == row.id

    def create() -> None:
        made = context.do(
            f"Folgevereinbarung zu {row.number} angelegt", successors.create, row.id, context.today()
        )
        tab.record_wanted.emit(made)

    section = Section("Folgevereinbarung", None, "Folgevereinbarung anlegen" if last else "", create)
    pairs = zip(chain, (*chain[1:], None), strict=True) if len(chain) > 1 else ()
    section.fill(
        *(_linked(context, row, of, following, tab) for of, following in pairs),
        nothing="Noch keine. Sie übernimmt Partner, offene Ziele, Text und Betrag und beginnt am Tag nach dem Ende.",
    )
    return section


def _standing(row: AgreementRow) -> str:
    view = row.view
    if row.stage not in BINDING_STAGES:
        return "Die Vereinbarung gilt nicht oder nicht mehr."
    if view.final is not None:
        return f"Keine auf der Akte. Die Vereinbarung endet am {german(view.final)}."
    if view.next_exit is None:
        return "Keine. Ohne Kündigungsfrist lässt sich kein mögliches Ende berechnen."
    return (
        f"Keine. Nächstes mögliches Ende: {german(view.next_exit.end)}, wenn die Kündigung bis "
        f"{german(view.next_exit.receipt)} zugeht."
    )


def _block(context: Context, row: AgreementRow, one: NoticeRow, parent: QWidget) -> QWidget:
    received = one.direction is NoticeDirection.RECEIVED
    who = one.party or "Partner"
    title = f"Kündigung von {who}" if received else f"Kündigung an {who}"
    dates = [
        f"Schreiben vom {german(one.dated)}" if one.dated else "",
        f"zugegangen am {german(one.arrived_on)}" if one.arrived_on else "Zugang noch nicht eingetragen",
        one.note or "",
    ]
    kind = "außerordentlich" if one.is_extraordinary else "ordentlich"
    edit = Link("Bearbeiten", lambda: open_notice(context, row.id, parent, one.id))
    confirm = Link("Bestätigung schreiben", lambda: write(context, row.id, LetterKind.CONFIRMATION, parent))
    back = f"{row.number}: Kündigung zurückgenommen"
    take_back = Link("Zurücknehmen", lambda: context.do(back, notices.withdraw, one.id, context.today()))
    return block(
        title,
        " · ".join([kind, *filter(None, dates)]),
        pill=Pill(f"zum {german(one.ends_on)}", Tone.WARNING, "flag"),
        links=[edit, confirm, take_back] if received else [edit, take_back],
    )


def write(context: Context, agreement_id: int, kind: LetterKind, parent: QWidget) -> None:
    """Open a letter."""
    from app.ui.agreements.life.letter_dialog import LetterDialog  # loads Qt's PDF module and the PDF library

    LetterDialog(context, agreement_id, kind, parent).open()


def _linked(
    context: Context, row: AgreementRow, of: ChainLink, following: ChainLink | None, tab: RecordTab
) -> QWidget:
    """An agreement `of` the chain, and the one that follows it."""
    begin = f"ab {german(of.begin)}" if of.begin else "Beginn offen"
    until = f"bis {german(of.end)}" if of.end else ""
    own = of.id == row.id
    links = [] if own else [Link(f"{of.number} öffnen", lambda: tab.record_wanted.emit(of.id))]
    if own and following is not None:
        words = f"{row.number}: Verknüpfung mit {following.number} gelöst"
        links = [Link("Verknüpfung lösen", lambda: context.do(words, successors.remove_link, row.id))]
    title = f"{of.number} (diese Vereinbarung)" if own else f"{of.number} · {of.title}"
    return block(title, " ".join(filter(None, (begin, until))), pill=STAGES[of.stage], links=links)
