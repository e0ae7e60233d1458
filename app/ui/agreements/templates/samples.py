"""Chooses the agreement whose data fill the placeholders while templates and clauses are shown."""

from collections.abc import Sequence

from app.domain.agreements.agreements import DRAFT_STAGES, AgreementKind
from app.services.agreements import agreement_register
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.clauses import ClauseRow, TemplateRow
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, Option
from app.workflows.agreements.clause_preview import ClauseSample, template_sample


class Samples(ChoiceEditor):
    """The choice of an agreement, remembered for each kind. `kind`: of the template that was chosen last."""

    def __init__(self, context: Context) -> None:
        super().__init__(empty="ohne Beispiel", narrow=True)
        self.set_name("Beispiel für die Vorschau")
        self.kind = AgreementKind.TARGET
        self._context = context
        self._agreements: list[AgreementRow] = []
        self._templates: Sequence[TemplateRow] = ()
        self._offered = AgreementKind.TARGET
        self._chosen: dict[AgreementKind, int | None] = {}
        self.changed.connect(self._remember)

    def read(self, templates: Sequence[TemplateRow]) -> None:
        """Read again which agreements there are; `templates` are those of now."""
        self._agreements = self._context.ask(agreement_register.rows, self._context.today())
        self._templates = templates

    def offer(self, kind: AgreementKind) -> None:
        """Agreements of this kind."""
        fitting = self._fitting(kind)
        self._offered = kind
        self._chosen.setdefault(kind, fitting[0].id if fitting else None)
        self.set_options(self.options(kind))
        self.set_value(self._chosen[kind])

    def options(self, kind: AgreementKind) -> list[Option]:
        """Agreements of this kind, drafts first."""
        return [(row.id, f"{row.number} {row.title}") for row in self._fitting(kind)]

    def kind_of(self, clause: ClauseRow | None) -> AgreementKind:
        """The kind of a clause; of one for both kinds, or of none, that of the template chosen last."""
        return (clause.kind if clause is not None else None) or self.kind

    def of_template(self, row: TemplateRow) -> ClauseSample:
        """The paper of a template, filled from the chosen agreement."""
        return self._sample(self.value(), row.kind, row.clause_ids)

    def of_clause(self, clause: ClauseRow | None, agreement_id: int | None) -> ClauseSample:
        """A clause stands among those of a template that has it, else of the default one of the kind."""
        kind = self.kind_of(clause)
        rows = [row for row in self._templates if row.kind is kind]
        having = [row for row in rows if clause is not None and clause.id in row.clause_ids]
        ids = (having or rows)[0].clause_ids if having or rows else ()
        return self._sample(agreement_id, kind, ids)

    def _sample(self, agreement_id: int | None, kind: AgreementKind, ids: tuple[int, ...]) -> ClauseSample:
        return self._context.ask(template_sample, agreement_id, kind, ids, self._context.today())

    def _fitting(self, kind: AgreementKind) -> list[AgreementRow]:
        fitting = [row for row in self._agreements if row.kind is kind]
        return sorted(fitting, key=lambda row: (row.stage not in DRAFT_STAGES, row.number))

    def _remember(self) -> None:
        self._chosen[self._offered] = self.value()
