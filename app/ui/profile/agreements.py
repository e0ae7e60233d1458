"""The agreements of a quarter or of an actor as a section of its profile."""

from collections.abc import Callable, Sequence

from app.domain.dates import german
from app.services.agreements.agreement_register import AgreementRow
from app.ui.context import Context
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.stage_pills import stage_pill


class AgreementsSection(Section):
    """Agreements with their stage; a click opens one on its own page.

    `other_side` says what is worth knowing here: the partners in a quarter, the quarter at an actor. `start` names
    what a new one begins with, as `open_part` of the agreements page reads it: "new:actor:7".
    """

    def __init__(
        self,
        context: Context,
        rows: Sequence[AgreementRow],
        other_side: Callable[[AgreementRow], str],
        start: str,
    ) -> None:
        super().__init__(
            f"Vereinbarungen ({len(rows)})",
            action="Vereinbarung anlegen",
            clicked=lambda: context.open_part("agreements", start),
        )
        self.entries = [self._entry(context, row, other_side(row)) for row in rows]
        self.fill(*self.entries, nothing="Noch keine Vereinbarungen.")

    @staticmethod
    def _entry(context: Context, row: AgreementRow, other_side: str) -> PressableEntry:
        until = f"bis {german(row.view.runs_until)}" if row.view.runs_until else ""
        caption = " · ".join(filter(None, (row.number, other_side, until)))
        return PressableEntry(row.title, caption, stage_pill(row), lambda: context.open("agreements", row.id))
