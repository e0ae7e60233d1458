"""What is signed is agreed: which fields are, what differs between two states, and what explains a difference.

domain.md, Dates: from the first signature on, parties, term, notice, amount and goals change through an amendment
only; slips of typing are mended by a correction with a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.agreements.agreements import BINDING_STAGES, DRAFT_STAGES, Stage
from app.domain.dates import german

Stored = str | int | None
"""A value as the change log keeps it: days and words of closed lists as text, money in cents, references as ids."""

AGREED: Mapping[str, Mapping[str, str]] = {
    "agreement": {
        "number": "Nummer",
        "kind": "Art",
        "title": "Titel",
        "quarter_id": "Quartier",
        "begin": "Beginn",
        "end": "Ende",
        "minimum_until": "Mindestlaufzeit bis",
        "renewal_months": "Verlängerung um Monate",
        "notice": "Kündigungsfrist",
        "notice_unit": "Einheit der Kündigungsfrist",
        "notice_effect": "Kündigung zum",
        "amount_cents": "Betrag",
        "proof_months": "Nachweis nach Monaten",
        "decision": "Beschluss",
        "signed_on": "Unterzeichnet am",
        "city_signed_on": "Unterschrift der Stadt",
        "city_signed_by": "Für die Stadt unterschrieben",
    },
    "party": {
        "actor_id": "Partner",
        "position": "Reihenfolge der Partner",
        "signed_on": "Unterschrift",
        "signed_by": "Unterschrieben von",
    },
    "city_signature": {
        "seat": "Platz",
        "signed_on": "Unterschrift",
        "signed_by": "Unterschrieben von",
    },
    "goal": {
        "nr": "Nummer",
        "title": "Ziel",
        "building_block_id": "Baustein",
        "measure": "Maßnahme",
        "indicator": "Indikator",
        "target": "Soll",
        "target_value": "Zielwert",
        "unit": "Einheit",
        "due": "Frist",
        "responsible": "Verantwortlich",
        "evidence": "Nachweis",
    },
    "instalment": {
        "nr": "Nummer",
        "due": "Fällig am",
        "amount_cents": "Betrag",
        "condition": "Voraussetzung",
    },
    "agreement_clause": {
        "position": "Stelle",
        "title": "Überschrift",
        "text": "Text",
        "is_included": "aufgenommen",
        "is_numbered": "nummeriert",
    },
}
"""Table -> agreed column -> its German title."""

FREE: Mapping[str, frozenset[str]] = {
    "agreement": frozenset(
        {
            "stage",  # only not back to before the signature, see `goes_back`
            "terminated_to",  # follows from notices
            "budget_id",
            "belongs_to_id",
            "successor_id",
            "template_version_id",  # the wording itself is agreed
            "reminder_days",
            "notes",
        }
    ),
    "party": frozenset(
        {
            "represented_by",  # people change, the partner stays
            "function",
            "joins_with",  # an amendment says it
            "leaves_with",
        }
    ),
    "city_signature": frozenset({"amendment_id"}),
    "goal": frozenset({"state"}),
    "instalment": frozenset(),
    "agreement_clause": frozenset({"clause_version_id"}),
}
"""What stays the office's own to note after the signature; all else of these tables is agreed."""

FILLABLE: Mapping[str, frozenset[str]] = {
    "agreement": frozenset({"quarter_id", "decision", "signed_on", "city_signed_on", "city_signed_by"}),
    "party": frozenset({"signed_on", "signed_by"}),
    "city_signature": frozenset({"signed_on", "signed_by"}),
    "goal": frozenset({"target_value", "unit"}),
}
"""Agreed columns that may be noted later where nothing stands: the signatures to come, what a goal is measured by."""

COMING = frozenset({"city_signature"})
"""Tables whose rows are made by what may be noted later."""

HEADS = {
    "party": "position",
    "city_signature": "signed_on",
    "goal": "title",
    "instalment": "amount_cents",
    "agreement_clause": "title",
}
"""The column that stands for a whole row which is only on one side."""

FORM_FIELDS = {
    "party": "parties",
    "city_signature": "city_signed_on",
    "goal": "goals",
    "instalment": "instalments",
    "agreement_clause": "text",
}
"""Table of rows -> the field of a form that shows them; a column of the agreement is a field itself."""

ROW_WORDS = {
    "party": "Partner",
    "city_signature": "Unterschrift der Stadt",
    "goal": "Ziel",
    "instalment": "Rate",
    "agreement_clause": "Klausel",
}


class Place(NamedTuple):
    """Where an agreed value stands. `row`: actor id, number of goal or instalment, position of a clause; else empty."""

    table: str
    row: str
    column: str

    @property
    def field(self) -> str:
        """The field of a form that shows it."""
        return FORM_FIELDS.get(self.table, self.column)

    @property
    def words(self) -> str:
        """What it is in German; a partner is named by its word alone."""
        title = "Stand" if self == STAGE else AGREED[self.table][self.column]
        if not self.row:
            return title
        row = "Partner" if self.table == "party" else f"{ROW_WORDS[self.table]} {self.row}"
        return row if self.column == HEADS[self.table] else f"{row}: {title}"


STAGE = Place("agreement", "", "stage")
"""Not agreed, but that it went back to before the signature is a correction."""

State = Mapping[Place, Stored]
"""All agreed values of one agreement; what is empty does not stand in it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An agreed value before and after; None: there is none."""

    place: Place
    old: Stored
    new: Stored


@dataclass(frozen=True, slots=True)
class Proof:
    """What explains a change: an amendment or a correction, in German words, and what it brought where.

    `whole_rows`: (table, row) of which it decided all columns, as an amendment does with a goal.
    """

    words: str
    brought: Mapping[Place, Stored]
    whole_rows: frozenset[tuple[str, str]] = frozenset()

    def covers(self, place: Place) -> bool:
        return place in self.brought or (place.table, place.row) in self.whole_rows


@dataclass(frozen=True, slots=True)
class Deviation:
    """A difference to what was signed. `proofs`: what explains it, in order; empty: nothing does."""

    difference: Difference
    proofs: tuple[str, ...]


def differences(before: State, after: State) -> list[Difference]:
    """What is agreed otherwise, in the order of the declared lists; a row on one side only is one difference."""
    rows_before, rows_after = _rows(before), _rows(after)
    found = []
    for place in sorted(before.keys() | after.keys(), key=_order):
        old, new = before.get(place), after.get(place)
        one_sided = place.row and ((place[:2] in rows_before) != (place[:2] in rows_after))
        if old != new and (not one_sided or place.column == HEADS[place.table]):
            found.append(Difference(place, old, new))
    return found


def changed_after_signing(before: State, after: State) -> list[Difference]:
    """The differences that a signature forbids: all but what is noted where nothing stood."""
    rows = _rows(before)
    return [
        one
        for one in differences(before, after)
        if not (
            one.old is None
            and one.place.column in FILLABLE.get(one.place.table, ())
            and (not one.place.row or one.place[:2] in rows or one.place.table in COMING)
        )
    ]


def deviations(signed: State, now: State, proofs: Sequence[Proof]) -> list[Deviation]:
    """Every difference to what was signed, each with what explains it."""
    found = []
    for one in changed_after_signing(signed, now):
        covering = [proof for proof in proofs if proof.covers(one.place)]
        explained = any(_as_brought(proof, one) for proof in covering)
        found.append(Deviation(one, tuple(proof.words for proof in covering) if explained else ()))
    return found


def is_agreed(table: str, field: str, *, was_empty: bool) -> bool:
    """Whether a field of a list is fixed by a signature; `was_empty`: nothing stood there, "parties": the partners."""
    if was_empty and field in FILLABLE.get(table, ()):
        return False
    return field in AGREED[table] or field == "parties"


def goes_back(before: Stage, after: Stage) -> bool:
    """Whether a stage would be one from before the signature, although somebody has signed."""
    binding = before in BINDING_STAGES or before is Stage.ENDED
    return after in DRAFT_STAGES or (binding and after is Stage.READY_TO_SIGN)


def agreed_since(since: date | None) -> str:
    """The line above what cannot be edited any more."""
    day = f" seit {german(since)}" if since else ""
    return f"Vereinbart{day} – ändern durch Nachtrag oder Korrektur"


def refusal(words: Iterable[str], since: date | None) -> str:
    """Why agreed values cannot be changed, and what to do instead."""
    named = list(dict.fromkeys(words))
    said = " und ".join([", ".join(f"„{one}“" for one in named[:-1]), f"„{named[-1]}“"][len(named) == 1 :])
    verb, day = "ist" if len(named) == 1 else "sind", f" seit dem {german(since)}" if since else ""
    return (
        f"{said} {verb}{day} vereinbart und unterschrieben. Ändern lässt sich das durch einen Nachtrag, ein "
        "Schreibfehler durch „Korrigieren …“ mit einer Begründung."
    )


def notice_refusal(number: str) -> str:
    """Why the end of an agreement whose notices are noted is not entered by hand."""
    return (
        f"„Gekündigt zum“ folgt in {number} aus der eingetragenen Kündigung. Ändern lässt sich das auf der Seite "
        "„Änderung und Ende“: die Kündigung dort berichtigen oder zurücknehmen."
    )


def noticed_refusal(number: str, stage: Stage) -> str:
    """Why an agreement under notice does not run on by its stage alone."""
    return (
        f"{number} ist gekündigt und kann nicht „{stage.word}“ sein, solange die Kündigung steht. Zurücknehmen lässt "
        "sie sich auf der Seite „Änderung und Ende“."
    )


def runs_on(before: Stage, after: Stage) -> bool:
    """Whether a stage says that an agreement runs as if no notice had been given."""
    return before is not after and after in BINDING_STAGES - {Stage.TERMINATED}


def new_goal_refusal(number: str, since: date | None) -> str:
    """Why a signed agreement gets no further goal from a list."""
    day = f" seit dem {german(since)}" if since else ""
    return (
        f"{number} ist{day} unterschrieben; ein weiteres Ziel kommt durch einen Nachtrag dazu, ein vergessenes durch "
        "„Korrigieren …“ mit einer Begründung."
    )


def back_refusal(number: str, stage: Stage) -> str:
    """Why the stage of a signed agreement cannot be one from before the signature."""
    return (
        f"{number} ist unterschrieben und kann nicht mehr „{stage.word}“ sein. Eine irrtümlich eingetragene "
        "Unterschrift wird auf der Seite „Unterschrift“ mit einer Begründung zurückgenommen."
    )


def _as_brought(proof: Proof, one: Difference) -> bool:
    if one.place in proof.brought:
        return proof.brought[one.place] == one.new
    return True


def _rows(state: State) -> set[tuple[str, str]]:
    return {place[:2] for place in state if place.row}


def _order(place: Place) -> tuple[int, tuple[int, str], int]:
    tables = list(AGREED)
    row = (int(place.row) if place.row.isdecimal() else 1_000_000, place.row)
    return tables.index(place.table), row, list(AGREED[place.table]).index(place.column)
