"""The field of a new agreement: which template its text is made from."""

from collections.abc import Mapping, Sequence

from app.domain.agreements.agreements import AgreementKind
from app.services.agreements.clauses import TemplateRow
from app.ui.kit.editors import ChoiceEditor, Editor
from app.ui.kit.form import Field


class TemplateChoice(Field):
    """Offers the templates of the kind that is chosen, the default first; hidden where there is only one."""

    def __init__(self, templates: Sequence[TemplateRow], kind: Editor) -> None:
        self._choice = ChoiceEditor()
        super().__init__(
            "template", "Vorlage für den Text", self._choice, hint="Danach lässt sich jede Klausel ändern."
        )
        self._kind = kind
        self._templates: Mapping[AgreementKind, list[TemplateRow]] = {
            of: [row for row in templates if row.kind is of] for of in AgreementKind
        }
        kind.changed.connect(self.follow)

    @property
    def template_id(self) -> int | None:
        """The template chosen among several; None: the default one."""
        return self._choice.value() if self._several else None

    def follow(self) -> None:
        """Offer what fits the kind now."""
        fitting = self._templates.get(self._kind.value(), [])
        self._choice.set_options([(row.id, row.name) for row in fitting])
        if self._choice.value() is None and fitting:
            self._choice.set_value(fitting[0].id)
        self.setVisible(self._several)

    @property
    def _several(self) -> bool:
        return len(self._templates.get(self._kind.value(), [])) > 1
