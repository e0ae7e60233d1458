"""The amendments of an agreement in its record: what each changes, who has signed, what to do next."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.dates import german
from app.services.agreements import amendment_register, amendment_signing, amendments
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.amendment_register import AmendmentRow
from app.services.agreements.signatories import SignatoryRow
from app.ui.agreements.life.amendment_form import open_amendment
from app.ui.agreements.life.comparison import ComparisonView
from app.ui.agreements.record.changes.blocks import Action, block, line
from app.ui.agreements.signing import Signature
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, SuggestEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
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
    if row.stage in BINDING_STAGES:
        section = Section(
            "Nachträge", None, "Nachtrag anlegen", lambda: open_amendment(context, row.id, None, parent)
        )
    else:
        section = Section("Nachträge")
    if not found:
        none = (
            "Kein Nachtrag. Er ändert Laufzeit, Betrag oder Ziele einer Vereinbarung, die gilt."
            if row.stage in BINDING_STAGES
            else "Ein Nachtrag ändert eine Vereinbarung, die gilt; ein Entwurf lässt sich direkt bearbeiten."
        )
        section.add(label(none, "muted", wrap=True))
    for one in found:
        section.add(_block(context, row, one, parent))
    return section


def open_amendment_signature(
    context: Context, row: AgreementRow, amendment: AmendmentRow, who: SignatoryRow, parent: QWidget
) -> FormDialog[Signature]:
    """Ask when the city or a party signed; with the last signature the amendment holds."""
    body = FormBody()
    body.row(
        Field("signed_on", "Unterschrieben am", DateEditor(), required=True),
        Field("signed_by", "Unterschrieben von", SuggestEditor(list(who.people)), stretch=2),
    )

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
    dialog = FormDialog(
        "Unterschrift eintragen",
        body,
        Signature(context.today(), who.people[0] if who.people else None),
        save,
        parent=parent,
        sentence=(
            f"Das ist die letzte Unterschrift: Danach stehen die Änderungen in {row.number}."
            if last
            else f"{who.name} unterschreibt Nachtrag {amendment.nr}. Vor der letzten Unterschrift ändert sich nichts."
        ),
    )
    dialog.open()
    return dialog


def _block(context: Context, row: AgreementRow, one: AmendmentRow, parent: QWidget) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(6)
    column.addWidget(ComparisonView(one.changes))
    for who in one.signatures:
        column.addWidget(_signature(context, row, one, who, parent))
    if one.missing:
        column.addWidget(label(f"Es fehlt noch: {', '.join(one.missing)}.", "caption", wrap=True))
    return block(
        f"Nachtrag {one.nr}: {one.title or 'noch ohne Titel'}",
        f"gilt ab {german(one.effective_from)}" if one.effective_from else "",
        PILLS.get(one.stage) or Pill("gilt", Tone.SUCCESS, "success"),
        _actions(context, row, one, parent),
        content,
    )


def _signature(
    context: Context, row: AgreementRow, one: AmendmentRow, who: SignatoryRow, parent: QWidget
) -> QWidget:
    """Who signs, and when; until the amendment holds it can be entered and taken back here."""
    if who.signed_on is None:
        sign = partial(open_amendment_signature, context, row, one, who, parent)
        return line(f"{who.name}: noch nicht unterschrieben", "Unterschrift eintragen", sign)
    by = f" ({who.signed_by})" if who.signed_by else ""
    unsign = partial(
        context.do,
        f"Nachtrag {one.nr} zu {row.number}: Unterschrift von {who.name} zurückgenommen",
        amendment_signing.withdraw,
        one.id,
        who.party_id,
    )
    words = f"{who.name}: unterschrieben am {german(who.signed_on)}{by}"
    return line(words, "" if one.is_signed else "Zurücknehmen", unsign)


def _actions(context: Context, row: AgreementRow, one: AmendmentRow, parent: QWidget) -> list[Action]:
    name = f"Nachtrag {one.nr} zu {row.number}"

    def show_paper() -> None:
        from app.ui.agreements.life.paper_dialog import open_amendment_paper  # loads Qt's PDF module

        open_amendment_paper(context, one.id, name, parent)

    if one.is_signed:
        return [("Ansehen und drucken", show_paper)]
    return [
        ("Bearbeiten", lambda: open_amendment(context, row.id, one.id, parent)),
        ("Ansehen und drucken", show_paper),
        ("Löschen", lambda: context.do(f"{name} gelöscht", amendments.remove, one.id)),
    ]
