"""The amendments of an agreement in its record: what each changes, who has signed, what to do next."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.dates import german
from app.services.agreements import amendment_register, amendment_signing, amendments
from app.services.agreements.amendment_register import AmendmentRow
from app.services.agreements.signatories import SignatoryRow
from app.services.papers import attachments
from app.services.papers.attachments import AttachmentRow, Belonging
from app.ui.agreements.blocks import Link, block
from app.ui.agreements.life.amendment_form import open_amendment
from app.ui.agreements.life.comparison import ComparisonView
from app.ui.agreements.record.files import FileCommands
from app.ui.agreements.record.signature.signatory_card import SignatoryCard
from app.ui.agreements.record.tab import RecordTab
from app.ui.agreements.signing import Signature, ask_signature
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import column, held
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label
from db.attachments import FileState

PILLS = {
    Stage.DRAFT: Pill("Entwurf", Tone.NEUTRAL, "edit"),
    Stage.READY_TO_SIGN: Pill("unterschriftsreif", Tone.INFO, "signature"),
}


def amendments_section(tab: RecordTab, files: FileCommands) -> Section:
    """All amendments in their order, and the way to a new one."""
    found = tab.context.ask(amendment_register.rows, tab.row.id)
    binds = tab.row.stage in BINDING_STAGES
    new = partial(open_amendment, tab.context, tab.row.id, None, tab)
    nothing = (
        "Kein Nachtrag. Er ändert Laufzeit, Betrag, Partner oder Ziele einer Vereinbarung, die gilt."
        if binds
        else "Ein Nachtrag ändert eine Vereinbarung, die gilt; ein Entwurf lässt sich direkt bearbeiten."
    )
    section = Section("Nachträge", None, "Nachtrag anlegen" if binds else "", new)
    scans = [one for one in tab.context.ask(attachments.rows, tab.row.id) if one.belongs.is_scan]
    of_amendments = [one for one in scans if one.belongs.amendment_id is not None]
    known = files.states(of_amendments, lambda: tab.refill(same=True))
    shown = [(one, known[one.id]) for one in of_amendments]
    return section.fill(*(_block(tab, one, files, shown) for one in found), nothing=nothing)


def open_amendment_signature(
    tab: RecordTab, amendment: AmendmentRow, who: SignatoryRow
) -> FormDialog[Signature]:
    """Ask when the city or a party signed; with the last signature the amendment holds."""
    context, number = tab.context, tab.row.number

    def save(entered: Signature) -> None:
        holds = context.do(
            f"Nachtrag {amendment.nr} zu {number}: Unterschrift von {who.name} eingetragen",
            amendment_signing.sign,
            amendment.id,
            who.party_id,
            entered.signed_on,
            entered.signed_by,
            who.seat,
        )
        if holds and amendment.effective_from is not None:
            context.say(
                f"Nachtrag {amendment.nr} ist vereinbart; {_acts(amendment.effective_from, context.today())}."
            )

    last = sum(one.signed_on is None for one in amendment.signatures) == 1
    day = amendment.effective_from
    sentence = (
        f"Das ist die letzte Unterschrift: Nachtrag {amendment.nr} ist dann vereinbart; {_acts(day, context.today())}."
        if last and day is not None
        else f"{who.name} unterschreibt Nachtrag {amendment.nr}. Vor der letzten Unterschrift ändert sich nichts."
    )
    return ask_signature(context, who, sentence, save, tab)


def _acts(effective_from: date, today: date) -> str:
    """ "er wirkt ab dem 01.07.2027, bis dahin gilt, was bisher galt"."""
    waiting = ", bis dahin gilt, was bisher galt" if effective_from > today else ""
    return f"er wirkt ab dem {german(effective_from)}{waiting}"


def _pill(tab: RecordTab, one: AmendmentRow) -> Pill:
    if not one.is_signed:
        return PILLS[one.stage]
    if one.effective_from is not None and one.effective_from > tab.context.today():
        return Pill(f"gilt ab {german(one.effective_from)}", Tone.INFO, "clock")
    return Pill("gilt", Tone.SUCCESS, "success")


Scans = Sequence[tuple[AttachmentRow, FileState | None]]
"""Files with what became of them since."""


def _block(tab: RecordTab, one: AmendmentRow, files: FileCommands, scans: Scans) -> QWidget:
    content = column(
        ComparisonView(one.changes),
        *(_signature(tab, one, who, files, scans) for who in one.signatures),
        label(f"Es fehlt noch: {', '.join(one.missing)}.", "caption", wrap=True) if one.missing else None,
        label(one.fixed, "caption", wrap=True) if one.fixed and not one.is_signed else None,
        spacing=6,
        margins=(0, 4, 0, 4),
    )
    return block(
        f"Nachtrag {one.nr}: {one.title or 'noch ohne Titel'}",
        f"wirkt ab {german(one.effective_from)}" if one.effective_from else "",
        held(content),
        pill=_pill(tab, one),
        links=_links(tab, one),
    )


def _signature(
    tab: RecordTab, one: AmendmentRow, who: SignatoryRow, files: FileCommands, scans: Scans
) -> SignatoryCard:
    """Who signs, when, and the scans of it; until the amendment holds a signature can be entered and taken back."""
    belongs = Belonging(tab.row.id, party_id=who.party_id, amendment_id=one.id, is_scan=True)
    unsign = partial(
        tab.context.do,
        f"Nachtrag {one.nr} zu {tab.row.number}: Unterschrift von {who.name} zurückgenommen",
        amendment_signing.withdraw,
        one.id,
        who.party_id,
        who.seat,
    )
    return SignatoryCard(
        who,
        [(scan, state) for scan, state in scans if scan.belongs == belongs],
        belongs,
        files,
        sign=partial(open_amendment_signature, tab, one, who),
        take_back=unsign,
        fixed=one.is_signed,
    )


def _links(tab: RecordTab, one: AmendmentRow) -> list[Link]:
    context, name = tab.context, f"Nachtrag {one.nr} zu {tab.row.number}"

    def show_paper() -> None:
        from app.ui.agreements.life.paper_dialog import AmendmentDialog  # loads Qt's PDF module

        AmendmentDialog(context, one.id, name, tab).open()

    show = Link("Ansehen und drucken", show_paper)
    if one.fixed:
        return [show]
    return [
        Link("Bearbeiten", partial(open_amendment, context, tab.row.id, one.id, tab)),
        show,
        Link("Löschen", partial(context.do, f"{name} gelöscht", amendments.remove, one.id)),
    ]
