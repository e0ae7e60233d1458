"""Shows the wording of clauses as it would print today, for an agreement or for a template tried on one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.domain.agreements.term import Term
from app.reports.agreements.data import AgreementPaper, PaperClause
from app.reports.agreements.html import agreement_html
from app.reports.agreements.text import compose, placeholder_values
from app.reports.html_text import blocks_html
from app.services import office
from app.services.agreements import agreement_text, clauses
from app.workflows.agreements.print_agreement import load_paper


@dataclass(frozen=True, slots=True)
class ClauseSample:
    """An agreement with clauses to look at: its own, or those of a template.

    `places`: the position or id of each clause of the paper, in its order.
    """

    paper: AgreementPaper
    places: tuple[int, ...]

    def html(self, marked: int | None = None) -> str:
        """The whole text; the clause with this position or id is tinted."""
        at = self.places.index(marked) if marked in self.places else None
        return agreement_html(compose(self.paper), self.paper.kind, at)

    def place(self, key: int) -> int | None:
        """Where a clause stands on the paper, if it does."""
        return self.places.index(key) if key in self.places else None

    def numbers(self) -> dict[int, int | None]:
        """The number of each clause that prints, by its position or id; None: without one."""
        return {self.places[clause.place]: clause.number for clause in compose(self.paper).clauses}

    def missing(self) -> tuple[str, ...]:
        """German phrases for the gaps on the paper."""
        return compose(self.paper).missing

    def values(self) -> dict[str, str | None]:
        """What each placeholder says here; None is a gap."""
        return placeholder_values(self.paper)

    def applies(self, condition: ClauseCondition | None) -> bool:
        """Whether a clause with this condition would print here."""
        return self.paper.has(condition)

    def clause_html(self, key: int | None, clause: PaperClause, behind: int | None = None) -> str:
        """One clause in another wording, in the place of the one with this position or id.

        Where there is none, it stands behind the one at the position `behind`, or behind all.

        It is shown even if its condition does not hold here.
        """
        shown = replace(clause, condition=None)
        at = self.place(key) if key is not None else None
        others = list(self.paper.clauses)
        if at is None:
            at = len(others) if behind is None else sum(place <= behind for place in self.places)
            others.insert(at, shown)
        else:
            others[at] = shown
        text = compose(replace(self.paper, clauses=tuple(others)))
        return "".join(blocks_html(one.printed) for one in text.clauses if one.place == at)


def agreement_sample(session: Session, agreement_id: int, on: date) -> ClauseSample:
    """An agreement with its own clauses; those left out are not on its paper."""
    rows = agreement_text.text(session, agreement_id).clauses
    places = tuple(row.position for row in rows if row.is_included)
    return ClauseSample(load_paper(session, agreement_id, on), places)


def template_sample(
    session: Session, agreement_id: int | None, kind: AgreementKind, clause_ids: Sequence[int], on: date
) -> ClauseSample:
    """Clauses of the library in this order, tried on an agreement, or on an empty one of this kind."""
    if agreement_id is not None:
        paper = load_paper(session, agreement_id, on)
    else:
        paper = AgreementPaper("", kind, "", office.load(session), on, draft=True, term=Term())
    library = {row.id: row for row in clauses.rows(session)}
    chosen = tuple(
        PaperClause(row.title, row.text, row.key, row.condition, row.is_numbered)
        for row in (library[clause_id] for clause_id in clause_ids)
    )
    return ClauseSample(replace(paper, clauses=chosen), tuple(clause_ids))
