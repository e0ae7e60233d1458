"""The last question before a person is erased: why, what stays, how long copies keep it; then the erasure itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Person
from app.services.privacy import erasures
from app.services.privacy.erasures import REASONS
from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.editors import SuggestEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.jobs import Progress
from app.workflows.privacy.forgetting import Forgotten, forget

MOST_NAMED = 8
"""More of what stays is counted."""
OUTSIDE = (
    "Nicht erreicht werden Kopien, die schon draußen sind: gespeicherte und gedruckte Listen, Briefe, "
    "Kalendereinträge, "
    "E-Mails, selbst angelegte Sicherungen und der Inhalt angehängter Dateien. Bitte dort von Hand löschen."
)


@dataclass(frozen=True, slots=True)
class EraseInput:
    """Why the person is erased."""

    reason: str | None


def erase_dialog(
    context: Context,
    person: Person,
    meant: Sequence[Finding],
    contact_id: int | None,
    parent: QWidget,
    begun: Callable[[], object],
) -> FormDialog[EraseInput]:
    """The form; `begun` runs once the work has been started. Open it with `open()`."""
    going = [one for one in meant if one.kept is None]
    until = context.ask(erasures.copies_until, context.today())
    due = {one.id for one in context.ask(erasures.due, context.today())}
    body = FormBody()
    body.row(Field("reason", "Grund", SuggestEditor(REASONS), required=True, hint="Bitte ohne den Namen"))
    body.section(
        "Gelöscht wird", f"{counted(len(going), 'Stelle', 'Stellen')}, mit früheren Werten im Verlauf."
    )
    body.section("Es bleibt", _staying(person, meant))
    body.section(
        "Sicherungen", f"Ältere Sicherungen enthalten die Person noch bis {german(until)}, dann sind sie weg."
    )
    body.section("Außerhalb des Programms", OUTSIDE)
    values = EraseInput(REASONS[0] if contact_id in due else REASONS[1])

    def save(changed: EraseInput) -> None:
        at, reason = context.now(), changed.reason or ""

        def work(_progress: Progress) -> Forgotten:
            return forget(context.database, person, meant, reason, at)

        def done(forgotten: Forgotten) -> None:
            preferences.forget(lambda text: person.found_in(text) is not None)
            context.say(forgotten.sentence)

        context.do_later("Person löschen", work, done, owner=context)
        begun()

    return FormDialog(
        f"{person.name} endgültig löschen?",
        body,
        values,
        save,
        parent=parent,
        sentence="Das lässt sich nicht rückgängig machen, auch nicht über frühere Schritte.",
        save_text="Endgültig löschen",
        chooses=True,
    )


def _staying(person: Person, meant: Sequence[Finding]) -> str:
    kept = [one.words for one in erasures.staying(person, meant)]
    if not kept:
        return "Nichts von dem, was als gemeint gewählt ist."
    more = [f"und {len(kept) - MOST_NAMED} weitere"] if len(kept) > MOST_NAMED else []
    return "\n".join([*(f"• {one}" for one in kept[:MOST_NAMED]), *more])
