"""The field of a new agreement: which template its text is made from."""

from collections.abc import Sequence

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
        self._kind, self._templates = kind, templates
        kind.changed.connect(self.follow)

    @property
    def template_id(self) -> int | None:
        """The template chosen among several; None: the default one."""
        return self._choice.value() if len(self._fitting()) > 1 else None

    def follow(self) -> None:
        """Offer what fits the kind now."""
        fitting = self._fitting()
        self._choice.set_options([(row.id, row.name) for row in fitting])
        if self._choice.value() is None and fitting:
            self._choice.set_value(fitting[0].id)
        self.setVisible(len(fitting) > 1)

    def _fitting(self) -> list[TemplateRow]:
        return [row for row in self._templates if row.kind is self._kind.value()]
