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
from app.ui.agreements.life.notice_form import open_notice
from app.ui.agreements.looks import bare_stage_pill
from app.ui.agreements.record.changes.blocks import Action, block
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label


def notices_section(context: Context, row: AgreementRow, parent: QWidget) -> Section:
    """The notices on record, and the next day on which one could take effect."""
    found = context.ask(notices.rows, row.id)
    if row.stage in BINDING_STAGES:
        section = Section(
            "Kündigung", None, "Kündigung eintragen", lambda: open_notice(context, row.id, parent)
        )
    else:
        section = Section("Kündigung")
    if not found:
        section.add(label(_standing(row), "muted", wrap=True))
    for one in found:
        section.add(_block(context, row, one, parent))
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

    if last:
        section = Section("Folgevereinbarung", None, "Folgevereinbarung anlegen", create)
        if len(chain) == 1:
            words = "Noch keine. Sie übernimmt Partner, offene Ziele, Text und Betrag und beginnt am Tag nach dem Ende."
            section.add(label(words, "muted", wrap=True))
    else:
        section = Section("Folgevereinbarung")
    if len(chain) > 1:
        for place, link in enumerate(chain):
            follows = row.id == link.id and not last
            section.add(_link(context, row, link, chain[place + 1] if follows else None, tab))
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
    actions: list[Action] = [("Bearbeiten", lambda: open_notice(context, row.id, parent, one.id))]
    if received:
        actions.append(
            ("Bestätigung schreiben", lambda: write(context, row.id, LetterKind.CONFIRMATION, parent))
        )
    actions.append(
        (
            "Zurücknehmen",
            lambda: context.do(
                f"{row.number}: Kündigung zurückgenommen", notices.withdraw, one.id, context.today()
            ),
        )
    )
    return block(
        title,
        " · ".join([kind, *filter(None, dates)]),
        Pill(f"zum {german(one.ends_on)}", Tone.WARNING, "flag"),
        actions,
    )


def write(context: Context, agreement_id: int, kind: LetterKind, parent: QWidget) -> None:
    """Open a letter."""
    from app.ui.agreements.life.letter_dialog import open_letter  # loads Qt's PDF module and the PDF library

    open_letter(context, agreement_id, kind, parent)


def _link(
    context: Context, row: AgreementRow, link: ChainLink, following: ChainLink | None, tab: RecordTab
) -> QWidget:
    begin = f"ab {german(link.begin)}" if link.begin else "Beginn offen"
    until = f"bis {german(link.end)}" if link.end else ""
    actions: list[Action] = []
    if link.id != row.id:
        actions.append((f"{link.number} öffnen", lambda: tab.record_wanted.emit(link.id)))
    elif following is not None:
        actions.append(
            (
                "Verknüpfung lösen",
                lambda: context.do(
                    f"{row.number}: Verknüpfung mit {following.number} gelöst", successors.remove_link, row.id
                ),
            )
        )
    title = f"{link.number} (diese Vereinbarung)" if link.id == row.id else f"{link.number} · {link.title}"
    return block(title, " ".join(filter(None, (begin, until))), bare_stage_pill(link.stage), actions)
