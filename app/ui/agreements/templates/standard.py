"""Newer standard texts beside those of the library, taken over clause by clause or all at once."""

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.agreements import standard_texts
from app.services.agreements.standard_texts import EDITION, StandardOffer
from app.ui.agreements.clauses.changes_dialog import Change, Changes, ChangesDialog
from app.ui.agreements.clauses.pills import REWORDED, kind_short, version_words
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill

LOST = (
    "Diese Klausel ist in der Bibliothek umformuliert. Die eigene Formulierung bleibt nur als ältere Fassung."
)


class StandardTextsDialog(ChangesDialog):
    """What is taken over becomes a new version of the clauses and templates; agreements keep theirs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            parent,
            "Neue Standardtexte",
            key="templates/standard",
            column_title="Im Standard",
            empty="Die Bibliothek hat die Standardtexte von heute",
        )
        self.refresh()
        self.table.setFocus()

    def read(self) -> Changes:
        sentence = (
            f"Mit dem Programm kamen die Standardtexte vom {german(EDITION)}. Was übernommen wird, gilt für neue "
            "Vereinbarungen; bestehende behalten ihren Text. Das letzte Wort zum Wortlaut hat das Rechtsamt."
        )
        return Changes(sentence, [_change(offer) for offer in self._context.ask(standard_texts.offers)])

    def take(self) -> None:
        if (change := self.wanted()) is not None:
            self._context.do(change.label, change.take, *change.arguments, self._context.today())

    def take_all(self) -> None:
        label = f"Standardtexte vom {german(EDITION)} übernommen"
        self._context.do(label, standard_texts.take_all, self._context.today())


def _change(offer: StandardOffer) -> Change:
    before, after = offer.before, offer.after
    new = before is None
    return Change(
        f"{kind_short(after.kind)} · {after.title}",
        Pill("neu", Tone.SUCCESS, "plus", 1) if new else Pill("neu gefasst", Tone.WARNING, "refresh", 0),
        (before.title, before.text) if before else ("", ""),
        (after.title, after.text),
        f"Standardtext „{after.title}“ übernommen",
        standard_texts.take,
        (frozenset({offer.key}),),
        here=REWORDED if offer.is_own else None,
        lost=LOST if offer.is_own else "",
        facts=(version_words(before), version_words(after)) if before else ("", ""),
    )
