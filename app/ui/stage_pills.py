"""The stages of agreements as pills: the same tone, icon and words wherever an agreement is shown."""

from dataclasses import replace

from app.domain.agreements.agreements import Stage, stage_words
from app.services.agreements.agreement_register import AgreementRow
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill, pills

STAGES = pills(
    {
        Stage.DRAFT: (Tone.NEUTRAL, "edit"),
        Stage.NEGOTIATION: (Tone.NEUTRAL, "half-circle"),
        Stage.READY_TO_SIGN: (Tone.INFO, "signature"),
        Stage.SIGNED: (Tone.INFO, "check"),
        Stage.IN_FORCE: (Tone.SUCCESS, "success"),
        Stage.AMENDED: (Tone.ACCENT, "refresh"),
        Stage.TERMINATED: (Tone.WARNING, "flag"),
        Stage.ENDED: (Tone.NEUTRAL, "lock"),
    },
    {stage: stage_words(stage) for stage in Stage},
)
"""A stage of which nothing more is known, such as one that it once had; of an agreement see `stage_pill`."""


def stage_pill(row: AgreementRow) -> Pill:
    """The stage, to when or by what; an agreement that has run out while it still counts as running says so."""
    if row.over:
        return Pill(row.stage_words, Tone.DANGER, "warning", rank=-1)
    return worded_stage(row.stage, row.stage_words)


def worded_stage(stage: Stage, words: str) -> Pill:
    """The pill of a stage in the words that say more than its name."""
    return replace(STAGES[stage], text=words)
