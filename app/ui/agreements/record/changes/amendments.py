"""The amendments of an agreement in its record: what each changes, who has signed, what to do next."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.dates import german
from app.services.agreements import amendment_register, amendment_signing, amendments
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.amendment_register import AmendmentRow
from app.services.agreements.signatories import SignatoryRow
from app.ui.agreements.blocks import Link, block, link, two_lines
from app.ui.agreements.life.amendment_form import open_amendment
from app.ui.agreements.life.comparison import ComparisonView
from app.ui.agreements.signing import Signature, ask_signature
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import column, held
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

PILLS = {
    Stage.DRAFT: Pill("Entwurf", Tone.NEUTRAL, "edit"),
    Stage.READY_TO_SIGN: Pill("unterschriftsreif", Tone.INFO, "signature"),
}


def amendments_section(context: Context, row: AgreementRow, parent: QWidget) -> Section:
    """All amendments in their order, and the way to a new one."""
    found = context.ask(amendment_register.rows, row.id)
    binds = row.stage in BINDING_STAGES
    new = partial(open_amendment, context, row.id, None, parent)
    section = Section("Nachträge", None, "Nachtrag anlegen" if binds else "", new)
    nothing = (
        "Kein Nachtrag. Er ändert Laufzeit, Betrag oder Ziele einer Vereinbarung, die gilt."
        if binds
        else "Ein Nachtrag ändert eine Vereinbarung, die gilt; ein Entwurf lässt sich direkt bearbeiten."
    )
    section.fill(*(_block(context, row, one, parent) for one in found), nothing=nothing)
    return section


def open_amendment_signature(
    context: Context, row: AgreementRow, amendment: AmendmentRow, who: SignatoryRow, parent: QWidget
) -> FormDialog[Signature]:
    """Ask when the city or a party signed; with the last signature the amendment holds."""

    def save(entered: Signature) -> None:
        holds = context.do(
            f"Nachtrag {amendment.nr} zu {row.number}: Unterschrift von {who.name} eingetragen",
            amendment_signing.sign,
            amendment.id,
            who.party_id,
            entered.signed_on,
            entered.signed_by,
        )
        if holds:
            context.say(f"Nachtrag {amendment.nr} gilt; {row.number} ist geändert.")

    last = sum(one.signed_on is None for one in amendment.signatures) == 1
    sentence = (
        f"Das ist die letzte Unterschrift: Danach stehen die Änderungen in {row.number}."
        if last
        else f"{who.name} unterschreibt Nachtrag {amendment.nr}. Vor der letzten Unterschrift ändert sich nichts."
    )
    return ask_signature(context, who, sentence, save, parent)


def _block(context: Context, row: AgreementRow, one: AmendmentRow, parent: QWidget) -> QWidget:
    content = column(
        ComparisonView(one.changes),
        *(_signature(context, row, one, who, parent) for who in one.signatures),
        label(f"Es fehlt noch: {', '.join(one.missing)}.", "caption", wrap=True) if one.missing else None,
        spacing=6,
        margins=(0, 4, 0, 4),
    )
    return block(
        f"Nachtrag {one.nr}: {one.title or 'noch ohne Titel'}",
        f"gilt ab {german(one.effective_from)}" if one.effective_from else "",
        held(content),
        pill=PILLS.get(one.stage) or Pill("gilt", Tone.SUCCESS, "success"),
        links=_links(context, row, one, parent),
    )


def _signature(
    context: Context, row: AgreementRow, one: AmendmentRow, who: SignatoryRow, parent: QWidget
) -> QWidget:
    """Who signs, and when; until the amendment holds it can be entered and taken back here."""
    if who.signed_on is None:
        words = f"{who.name}: noch nicht unterschrieben"
        sign = partial(open_amendment_signature, context, row, one, who, parent)
        return two_lines(words, right=link(Link("Unterschrift eintragen", sign), words))
    by = f" ({who.signed_by})" if who.signed_by else ""
    words = f"{who.name}: unterschrieben am {german(who.signed_on)}{by}"
    unsign = partial(
        context.do,
        f"Nachtrag {one.nr} zu {row.number}: Unterschrift von {who.name} zurückgenommen",
        amendment_signing.withdraw,
        one.id,
        who.party_id,
    )
    return two_lines(words, right=None if one.is_signed else link(Link("Zurücknehmen", unsign), words))


def _links(context: Context, row: AgreementRow, one: AmendmentRow, parent: QWidget) -> list[Link]:
    name = f"Nachtrag {one.nr} zu {row.number}"

    def show_paper() -> None:
        from app.ui.agreements.life.paper_dialog import AmendmentDialog  # loads Qt's PDF module

        AmendmentDialog(context, one.id, name, parent).open()

    show = Link("Ansehen und drucken", show_paper)
    if one.is_signed:
        return [show]
    return [
        Link("Bearbeiten", partial(open_amendment, context, row.id, one.id, parent)),
        show,
        Link("Löschen", partial(context.do, f"{name} gelöscht", amendments.remove, one.id)),
    ]
