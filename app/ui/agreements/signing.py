"""Asks when, and by whom, an agreement or an amendment was signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.agreements import signatures
from app.services.agreements.signatories import SignatoryRow
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, SuggestEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


@dataclass(frozen=True, slots=True)
class Signature:
    """When somebody signed, and which person did."""

    signed_on: date
    signed_by: str | None = None


def ask_signature(
    context: Context, who: SignatoryRow, sentence: str, save: Callable[[Signature], None], parent: QWidget
) -> FormDialog[Signature]:
    """Ask when somebody signed; who usually signs for a party is proposed."""
    body = FormBody()
    body.row(
        Field("signed_on", "Unterschrieben am", DateEditor(), required=True),
        Field("signed_by", "Unterschrieben von", SuggestEditor(who.people), stretch=2),
    )
    title = "Unterschrift eintragen" if who.signed_on is None else "Unterschrift ändern"
    proposed = Signature(who.signed_on or context.today(), who.signed_by or next(iter(who.people), None))
    return FormDialog(title, body, proposed, save, parent=parent, sentence=sentence).shown()


def open_signature(
    context: Context, agreement_id: int, number: str, who: SignatoryRow, parent: QWidget
) -> FormDialog[Signature]:
    """Ask when a party or the city signed; with the last signature the agreement counts."""

    def save(entered: Signature) -> None:
        label, party_id = f"{number}: Unterschrift von {who.name} eingetragen", who.party_id
        day, person = entered.signed_on, entered.signed_by
        context.do(label, signatures.sign, agreement_id, party_id, day, person, context.today(), who.seat)

    sentence = f"{who.name} unterschreibt {number}. Wenn alle unterschrieben haben, gilt die Vereinbarung."
    return ask_signature(context, who, sentence, save, parent)


def open_signing_day(
    context: Context, agreement_id: int, number: str, parent: QWidget
) -> FormDialog[Signature]:
    """Ask on which day all signed together."""
    body = FormBody()
    body.row(Field("signed_on", "Unterschrieben am", DateEditor(), required=True))

    def save(entered: Signature) -> None:
        label = f"{number}: Unterschriften aller eingetragen"
        context.do(label, signatures.sign_all, agreement_id, entered.signed_on, context.today())

    sentence = f"Für alle, deren Unterschrift unter {number} noch fehlt. Einzelnes lässt sich danach ändern."
    title, today = "Alle haben unterschrieben", Signature(context.today())
    return FormDialog(title, body, today, save, parent=parent, sentence=sentence).shown()
