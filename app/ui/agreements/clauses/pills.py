"""The pills of clauses: their state in an agreement, and what they are in the library."""

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.services.agreements.agreement_text import AgreementClauseRow, Wording
from app.services.agreements.clauses import VersionRow
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill

SAME = Pill("wie Vorlage", Tone.NEUTRAL, "check", 5)
REWORDED = Pill("umformuliert", Tone.INFO, "edit", 2)
OWN = Pill("eigene", Tone.ACCENT, "plus", 3)
LEFT_OUT = Pill("weggelassen", Tone.NEUTRAL, "eye-off", 6)
LEFT_OUT_OBLIGATORY = Pill("Pflicht, weggelassen", Tone.DANGER, "warning", 0)
NEWER = Pill("Vorlage geändert", Tone.WARNING, "refresh", 1)
DROPPED = Pill("nicht mehr in Vorlage", Tone.WARNING, "unlink", 1)
OBLIGATORY = Pill("Pflicht", Tone.ACCENT, "lock", 0)
OPTIONAL = Pill("optional", Tone.NEUTRAL, "circle", 1)
WHY_NOT = {
    ClauseCondition.FUNDED: "ohne Förderung",
    ClauseCondition.UNFUNDED: "mit Förderung",
    ClauseCondition.WITH_GOALS: "ohne Ziele",
    ClauseCondition.WITHOUT_GOALS: "mit Zielen",
    ClauseCondition.SEVERAL: "nur ein Partner",
    ClauseCondition.SEVERAL_FUNDED: "nur mit Förderung mehrerer",
}
"""Why a clause is not on the paper although it is in the text."""


def clause_pills(row: AgreementClauseRow, printed: bool, dropped: bool = False) -> list[Pill]:
    """Everything to be said of a clause of an agreement; the first matters most."""
    if not row.is_included:
        missing = row.is_obligatory and printed
        return [LEFT_OUT_OBLIGATORY if missing else LEFT_OUT]
    if not printed and row.condition is not None:
        return [Pill(WHY_NOT[row.condition], Tone.NEUTRAL, "minus", 7)]
    wording = {Wording.REWORDED: REWORDED, Wording.OWN: OWN}.get(row.wording, SAME)
    newer = row.newer is not None
    return [*([DROPPED] if dropped else []), *([NEWER] if newer else []), wording]


def kind_words(kind: AgreementKind | None) -> str:
    """Which agreements a clause is for."""
    return "beide Arten" if kind is None else kind.word


def kind_short(kind: AgreementKind | None) -> str:
    """The same for a narrow column."""
    return {None: "beide", AgreementKind.TARGET: "ZV", AgreementKind.COOPERATION: "KV"}[kind]


def version_words(version: VersionRow) -> str:
    """What a version of a clause is besides its words; all of it can differ from the version before."""
    return " · ".join(
        (
            f"Gilt: {version.condition.word if version.condition else 'immer'}",
            "Pflicht" if version.is_obligatory else "optional",
            "mit Paragrafenzeichen" if version.is_numbered else "ohne Paragrafenzeichen",
            f"für {kind_words(version.kind)}",
        )
    )


def obligatory_pill(is_obligatory: bool) -> Pill:
    """Whether leaving the clause out is reported."""
    return OBLIGATORY if is_obligatory else OPTIONAL
