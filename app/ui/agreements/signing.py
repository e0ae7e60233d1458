"""Asks when, and by whom, an agreement or an amendment was signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.agreements import signatures
from app.services.agreements.signatories import SignatoryRow
from app.ui.agreements.corrections import KEPT, correct
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, MultilineEditor, SuggestEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


@dataclass(frozen=True, slots=True)
class Signature:
    """When somebody signed, and which person did. `reason`: of a correction of what was entered."""

    signed_on: date
    signed_by: str | None = None
    reason: str | None = None


def ask_signature(
    context: Context,
    who: SignatoryRow,
    sentence: str,
    save: Callable[[Signature], None],
    parent: QWidget,
    *,
    corrects: bool = False,
) -> FormDialog[Signature]:
    """Ask when somebody signed; who usually signs for a party is proposed. `corrects`: and why it is entered anew."""
    body = FormBody()
    body.row(
        Field("signed_on", "Unterschrieben am", DateEditor(), required=True),
        Field("signed_by", "Unterschrieben von", SuggestEditor(who.people), stretch=2),
    )
    if corrects:
        body.row(Field("reason", "Grund der Korrektur", MultilineEditor(lines=2), required=True))
    title = "Unterschrift eintragen" if who.signed_on is None else "Unterschrift ändern"
    proposed = Signature(who.signed_on or context.today(), who.signed_by or next(iter(who.people), None))
    return FormDialog(title, body, proposed, save, parent=parent, sentence=sentence).shown()


def open_signature(
    context: Context, agreement_id: int, number: str, who: SignatoryRow, parent: QWidget
) -> FormDialog[Signature]:
    """Ask when a party or the city signed; with the last signature the agreement counts.

    What is entered already is changed by a correction.
    """
    corrects = who.signed_on is not None

    def save(entered: Signature) -> None:
        label, party_id = f"{number}: Unterschrift von {who.name} eingetragen", who.party_id
        day, person, on = entered.signed_on, entered.signed_by, context.today()
        sign = partial(
            signatures.sign, agreement_id=agreement_id, party_id=party_id, day=day, on=on, seat=who.seat
        )
        if corrects:
            correct(context, agreement_id, entered.reason or "", label, sign, signed_by=person)
        else:
            context.do(label, sign, signed_by=person)

    sentence = f"{who.name} unterschreibt {number}. Wenn alle unterschrieben haben, gilt die Vereinbarung."
    if corrects:
        sentence = f"{who.name} hat {number} unterschrieben. {KEPT}"
    return ask_signature(context, who, sentence, save, parent, corrects=corrects)


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
