"""The content of the paper of an agreement; filled by whoever loads it, read by the reports."""

from dataclasses import dataclass
from datetime import date

from app.domain.agreements.actor_proofs import USUAL_MONTHS
from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition, applies
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import Term
from app.services.office import OfficeInput


@dataclass(frozen=True, slots=True)
class PaperParty:
    """An actor that signs with the city."""

    name: str
    street: str = ""
    place: str = ""  # "30159 Hannover"
    represented_by: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class PaperContact:
    """Somebody to talk to about the agreement."""

    party: str
    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperInstalment:
    """A row of the table of instalments."""

    nr: int
    amount_cents: int
    due: date | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PaperClause:
    """A clause in its own order; `text` in the markup of clauses, `key` for references to its number."""

    title: str
    text: str
    key: str = ""
    condition: ClauseCondition | None = None
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """Everything on the paper of one agreement.

    `amount_cents` None: not said yet (a gap in a target agreement, no money in a cooperation agreement);
    0: no funding. `draft` puts the mark across each page. `day` is the day of printing.
    """

    number: str
    kind: AgreementKind
    title: str
    office: OfficeInput
    day: date
    draft: bool
    term: Term
    quarter: str = ""
    amount_cents: int | None = None
    proof_months: int | None = USUAL_MONTHS
    belongs_to: str = ""  # number of the target agreement it hangs on
    parties: tuple[PaperParty, ...] = ()
    goals: tuple[AgreedGoal, ...] = ()
    contacts: tuple[PaperContact, ...] = ()
    clauses: tuple[PaperClause, ...] = ()
    instalments: tuple[PaperInstalment, ...] = ()
    decision: str = ""  # of the board

    @property
    def funded(self) -> bool:
        """Whether money is agreed on; a target agreement is funded until its amount is said to be 0."""
        if self.kind is AgreementKind.COOPERATION:
            return bool(self.amount_cents)
        return self.amount_cents != 0

    def has(self, condition: ClauseCondition | None) -> bool:
        """Whether a clause with this condition belongs on it."""
        several = len(self.parties) > 1
        return applies(condition, funded=self.funded, goals=bool(self.goals), several=several)

    @property
    def label(self) -> str:
        """ "Zielvereinbarung ZV-2026-01", as it is cited."""
        return f"{self.kind.word} {self.number}"

    @property
    def name(self) -> str:
        """The label with the title."""
        return " – ".join(filter(None, (self.label, self.title)))
