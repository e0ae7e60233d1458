"""The checklist before signature as shown: each point done or open, with a way to where it is mended."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.signature_checklist import Check, ChecklistPlace
from app.ui.agreements.blocks import TOP, Link, link
from app.ui.kit.layout import aligned, column, grow, held, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import label

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


def checks_section(
    checks: Sequence[Check], stage: Stage, mend: Callable[[Check], object], printed: Note | None = None
) -> Section:
    """All points, the open ones first; of an agreement that is signed nothing is asked any more.

    `printed`: what is said instead of the advice once a version is out for signature.
    """
    unfinished = sum(not check.is_done for check in checks)
    title = f"Vor der Unterschrift ({unfinished} offen)" if unfinished else "Vor der Unterschrift"
    section = Section(title, spacing=10)
    if stage not in BINDING_STAGES and stage is not Stage.ENDED:
        section.add(printed or Note(*advice(checks)))
    in_order = sorted(checks, key=lambda check: (check.is_done, not check.is_hard))
    return section.fill(*(_line(check, mend) for check in in_order))


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
    pill = PillLabel(DONE if check.is_done else HARD if check.is_hard else SOFT)
    state = held(row(aligned(pill, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)))
    follow_text(state, state.setMinimumWidth, PILL_WIDTH)
    said = (label(sentence, "caption", wrap=True, selectable=True) for sentence in _said(check))
    words = MEND[check.place]
    go = Link(words, partial(mend, check), f"{check.title}: {words}")
    return held(
        row(
            aligned(state, TOP),
            grow(column(label(check.title, "strong"), *said, spacing=1)),
            None if check.is_done else aligned(link(go, check.title), TOP),
            spacing=10,
        )
    )


def _said(check: Check) -> list[str]:
    """The open points, not two hundred of them: the first show what to do."""
    if check.is_done:
        return [check.said] if check.said else []
    more = len(check.open_points) - POINTS_SAID
    shown = check.open_points[:POINTS_SAID] if more > 1 else check.open_points
    return [*shown, f"und {more} weitere"] if more > 1 else list(shown)
