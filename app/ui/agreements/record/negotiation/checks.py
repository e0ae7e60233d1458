"""The checklist before signature as shown: each point done or open, with a way to where it is mended."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.signature_checklist import Check, ChecklistPlace
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label

DONE = Pill("erledigt", Tone.SUCCESS, "check")
HARD = Pill("fehlt", Tone.DANGER, "stop")
SOFT = Pill("klären", Tone.WARNING, "warning")
PILL_WIDTH = 84
POINTS_SAID = 5
MEND = {
    ChecklistPlace.FORM: "Bearbeiten",
    ChecklistPlace.ACTOR: "Zum Träger",
    ChecklistPlace.OFFICE: "Zum Briefkopf",
    ChecklistPlace.TEXT: "Zum Text",
    ChecklistPlace.COMMENTS: "Ansehen",
    ChecklistPlace.FUNDING: "Zum Geld",
}


def checks_section(checks: Sequence[Check], stage: Stage, mend: Callable[[Check], object]) -> Section:
    """All points, the open ones first; of an agreement that is signed nothing is asked any more."""
    unfinished = sum(not check.is_done for check in checks)
    section = Section(f"Vor der Unterschrift ({unfinished} offen)" if unfinished else "Vor der Unterschrift")
    section.column.setSpacing(10)
    if stage not in BINDING_STAGES and stage is not Stage.ENDED:
        section.add(Note(*advice(checks)))
    for check in sorted(checks, key=lambda check: (check.is_done, not check.is_hard)):
        section.add(_line(check, mend))
    return section


def advice(checks: Sequence[Check]) -> tuple[str, Tone]:
    """What the list means, in a sentence."""
    hard = sum(check.is_hard and not check.is_done for check in checks)
    soft = sum(not check.is_hard and not check.is_done for check in checks)
    if hard:
        points = "Ein Punkt fehlt" if hard == 1 else f"{hard} Punkte fehlen"
        more = f" {soft} weitere{'r' if soft == 1 else ''} zu klären." if soft else ""
        return f"{points} noch für den Druck zur Unterschrift. Entwürfe gehen jederzeit.{more}", Tone.WARNING
    if soft:
        points = "ein Punkt ist" if soft == 1 else f"{soft} Punkte sind"
        return f"Gedruckt werden kann; {points} vorher noch zu klären.", Tone.INFO
    return "Alles da: Die Vereinbarung kann zur Unterschrift gedruckt werden.", Tone.SUCCESS


def _line(check: Check, mend: Callable[[Check], object]) -> QWidget:
    block = QWidget()
    line = QHBoxLayout(block)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    pill = PillLabel(DONE if check.is_done else HARD if check.is_hard else SOFT)
    holder = QWidget()
    holder.setMinimumWidth(PILL_WIDTH)
    held = QHBoxLayout(holder)
    held.setContentsMargins(0, 0, 0, 0)
    held.addWidget(pill, alignment=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    line.addWidget(holder, alignment=Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(check.title, "strong"))
    for sentence in _said(check):
        words.addWidget(label(sentence, "caption", wrap=True, selectable=True))
    line.addLayout(words, 1)
    if not check.is_done:
        go = button(MEND[check.place], partial(mend, check), role="link")
        go.setAccessibleName(f"{check.title}: {MEND[check.place]}")
        line.addWidget(go, alignment=Qt.AlignmentFlag.AlignTop)
    return block


def _said(check: Check) -> list[str]:
    """The open points, not two hundred of them: the first show what to do."""
    if check.is_done:
        return [check.said] if check.said else []
    more = len(check.open_points) - POINTS_SAID
    shown = check.open_points[:POINTS_SAID] if more > 1 else check.open_points
    return [*shown, f"und {more} weitere"] if more > 1 else list(shown)
