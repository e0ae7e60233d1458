"""Small steps in the life of an agreement: notice was given."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.agreements import next_exit
from app.domain.dates import german
from app.services import agreements
from app.services.agreement_register import AgreementRow
from app.ui.context import Context
from app.ui.editors import DateEditor
from app.ui.form import Field, FormBody
from app.ui.form_dialog import FormDialog


@dataclass(frozen=True, slots=True)
class Termination:
    """When the agreement ends by notice."""

    terminated_to: date | None


def open_termination(context: Context, row: AgreementRow, parent: QWidget) -> FormDialog[Termination]:
    """Ask to which day notice was given; the next possible one is proposed."""
    reachable = next_exit(row.term, context.today())
    body = FormBody()
    body.row(Field("terminated_to", "Gekündigt zum", DateEditor(), required=True))

    def save(entered: Termination) -> None:
        assert entered.terminated_to is not None
        day = entered.terminated_to
        context.do(f"{row.number} gekündigt zum {german(day)}", agreements.terminate, row.id, day)

    sentence = (
        f"Vorgeschlagen ist das nächste mögliche Ende; die Kündigung muss bis {german(reachable.receipt)} zugehen."
        if reachable
        else "Die Vereinbarung endet an diesem Tag, und Fristen für eine Kündigung fallen weg."
    )
    dialog = FormDialog(
        f"{row.number} kündigen",
        body,
        Termination(reachable.end if reachable else None),
        save,
        parent=parent,
        sentence=sentence,
        save_text="Kündigung eintragen",
    )
    dialog.open()
    return dialog
