"""Shows what differs from the signed paper, and what explains it, in one glance."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.services.agreements import deviations
from app.services.agreements.deviations import Deviations, MendedRow, Said
from app.services.papers import papers
from app.ui.agreements.blocks import block
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label

EXPLAINED = Pill("belegt", Tone.SUCCESS, "success")
UNEXPLAINED = Pill("ohne Nachweis", Tone.DANGER, "warning")
NOT_KEPT = (
    "Was bei der Unterschrift vereinbart war, wurde damals noch nicht festgehalten und lässt sich nicht vergleichen. "
    "Festgehalten wird es vor der nächsten Änderung; frühere stehen im Verlauf."
)
NOT_KEPT_AT_PRINT = "Was damals vereinbart war, wurde nicht festgehalten und lässt sich nicht vergleichen."


def deviations_section(found: Deviations) -> Section | None:
    """What is agreed now against what was signed, or before that printed; None where there is nothing to compare."""
    if not found.signed and not found.differences:
        return None
    section = Section(_title(found))
    section.add(Note(*standing(found)))
    for one in found.differences:
        section.add(_difference(one, EXPLAINED if one.proofs else UNEXPLAINED if found.signed else None))
    told = {proof for one in found.differences for proof in one.proofs}
    others = [mended for mended in found.corrections if mended.words not in told]
    if others:
        section.add(label("Weitere Korrekturen", "strong"))
    for mended in others:
        section.add(_correction(mended))
    return section


def printed_note(context: Context, agreement_id: int, look: Callable[[], object]) -> Note | None:
    """How an agreement stands to its version that is out for signature; None without one."""
    printed = context.ask(papers.valid, agreement_id)
    if printed is None:
        return None
    words, tone = standing(context.ask(deviations.load, agreement_id))
    out = f"Zur Unterschrift gedruckt am {german(printed.printed_at.date())}."
    return Note(f"{out} {words}", tone, "Ansehen", look)


def standing(found: Deviations) -> tuple[str, Tone]:
    """The answer in a sentence, and how good it is."""
    if not found.comparable:
        return NOT_KEPT if found.signed else NOT_KEPT_AT_PRINT, Tone.INFO
    paper = "unterschriebenen" if found.signed else "gedruckten"
    if not found.differences:
        return f"Alles steht so wie in der {paper} Fassung.{_from_list(found)}", Tone.SUCCESS
    are = counted(len(found.differences), "Angabe weicht", "Angaben weichen")
    said = f"{are} von der {paper} Fassung ab.{_from_list(found)}"
    if not found.signed:
        return f"{said} Bitte neu drucken, bevor unterschrieben wird.", Tone.WARNING
    if not found.unexplained:
        for_what = "Dafür" if len(found.differences) == 1 else "Für alle"
        return f"{said} {for_what} gibt es einen Nachtrag oder eine Korrektur.", Tone.INFO
    lack = "Für eine davon" if found.unexplained == 1 else f"Für {found.unexplained} davon"
    for_what = "Dafür" if len(found.differences) == 1 else lack
    return f"{said} {for_what} gibt es keinen Nachtrag und keine Korrektur.", Tone.WARNING


def _title(found: Deviations) -> str:
    if not found.signed:
        return "Seit dem Druck geändert"
    return f"Seit der Unterschrift ({german(found.since)})" if found.since else "Seit der Unterschrift"


def _from_list(found: Deviations) -> str:
    return "" if found.at_signature else " Verglichen wird mit dem Stand, der als erster festgehalten wurde."


def _difference(one: Said, pill: Pill | None) -> QWidget:
    return block(
        one.what,
        f"{one.old} → {one.new}",
        " · ".join(one.proofs),
        pill=pill,
    )


def _correction(one: MendedRow) -> QWidget:
    lines = [f"{change.what}: {change.old} → {change.new}" for change in one.changes]
    return block(f"{german(one.day)}: {one.reason}", *lines)
