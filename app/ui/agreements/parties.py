"""The editor of the actors that are, or become, party of an agreement."""

from collections.abc import Sequence
from dataclasses import replace

from app.services.agreements.agreement_register import ActorChoice
from app.services.agreements.agreements import PartyInput
from app.ui.kit.editors import DateEditor, RowColumn, RowsEditor, TextEditor, record_column


class PartiesEditor(RowsEditor):
    """Who usually represents an actor is proposed as soon as it is chosen. `signing`: with the day each one signed."""

    def __init__(self, actors: Sequence[ActorChoice], *, empty: str, signing: bool = True) -> None:
        self._actors = {actor.id: actor for actor in actors}
        names = [(actor.id, actor.name) for actor in actors]
        columns = (
            record_column("actor_id", "Träger", names, 200, stretch=True, required=True),
            RowColumn(
                "represented_by", "Vertreten durch", TextEditor, width=140, unsaid=self._usual_representative
            ),
            RowColumn("function", "Funktion", TextEditor, width=110, unsaid=self._usual_function),
            RowColumn("signed_on", "Unterschrift", DateEditor, width=110),
        )
        super().__init__(
            columns if signing else columns[:-1],
            _blank,
            add_text="Partner aufnehmen",
            empty=empty,
            visible_rows=2,
        )
        self.grid.setMaximumHeight(self.grid.minimumHeight() + 20)
        self.changed.connect(self._fill_in_representatives)

    def _usual_representative(self, party: PartyInput) -> str:
        """Who signs where the agreement names nobody; that nobody is known is said before it is printed."""
        actor = self._actors.get(party.actor_id)
        return "" if actor is None else actor.represented_by or "fehlt noch"

    def _usual_function(self, party: PartyInput) -> str:
        actor = None if party.represented_by else self._actors.get(party.actor_id)
        return (actor.function or "") if actor else ""

    def _fill_in_representatives(self) -> None:
        """Who usually represents an actor is proposed as soon as it is chosen."""
        rows = self.rows_model.rows
        for place, party in enumerate(rows):
            actor = self._actors.get(party.actor_id)
            if actor and actor.represented_by and party.represented_by is None and party.function is None:
                rows[place] = replace(party, represented_by=actor.represented_by, function=actor.function)


def _blank(_rows: Sequence[PartyInput]) -> PartyInput:
    return PartyInput(None)  # type: ignore[arg-type]  # the form asks for the actor before it is saved
