"""A snapshot beside the file of today: what differs by record, and taking single records back."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.ui.context import Context
from app.ui.copies.difference_words import differing, record_word, then_and_now
from app.ui.copies.rows import called_by_day
from app.ui.kit.dialog import Dialog
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.questions import ask_which, confirm
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import button, label
from db.comparing import RecordDifference, Side, compare
from db.copies import taking_over
from db.copies.taking_over import Plan
from db.table_words import called

SIDES = {
    Side.BOTH: Pill("geändert", Tone.WARNING, "edit", 0),
    Side.OTHER: Pill("heute weg", Tone.DANGER, "minus", 1),
    Side.ONE: Pill("seitdem neu", Tone.SUCCESS, "plus", 2),
}


class CompareDialog(Dialog):
    """A line for each record that differs; what was otherwise then can be taken back, as one step of undo."""

    def __init__(self, context: Context, snapshot: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "Was war damals anders?",
            f"Die Sicherung {called_by_day(context.database.path, snapshot)} neben der geöffneten Datei. Was sich "
            "geändert hat oder fehlt, lässt sich einzeln übernehmen; mit Strg oder Umschalt auch mehrere "
            "Zeilen oder eine ganze Liste.",
            size=(1080, 640),
        )
        self._context = context
        self._snapshot = snapshot
        self._held = ExitStack()
        self._then = snapshot
        self.finished.connect(lambda _: self._held.close())
        self.table: Table[RecordDifference] = Table(
            "shell/compare",
            (
                Column("table", "Liste", lambda row: called(row.table), width=170),
                Column("name", "Eintrag", record_word, width=230, strong=True),
                Column("side", "Was", lambda row: SIDES[row.side], Kind.PILL, width=140),
                Column("fields", "Damals → heute", then_and_now, width=400, stretch=True, tip=_all_fields),
            ),
            title="Unterschiede zur Sicherung",
            identity=lambda row: (row.table, row.row_id),
            empty=EmptyState("check", "Kein Unterschied", hint="In der Sicherung steht dasselbe wie heute."),
        )
        self.table.selection_changed.connect(self._show_choice)
        self.about = label("Wird verglichen …", "muted", wrap=True)
        self.main = button("Übernehmen …", self.take, role="primary")
        self.main.setEnabled(False)
        self.build(grow(self.table), self.about, foot=(STRETCH, self.close_button("Schließen"), self.main))
        self._compare()

    def take(self) -> None:
        """Ask what taking the selected records comes to, and do it."""
        wanted = self._wanted()
        if not wanted:
            return
        keys = [(one.table, one.row_id) for one in wanted]
        found = self._context.ask(taking_over.plan, self._then, keys)
        if not found.missing:
            self._confirm(wanted, found)
            return
        names = ", ".join(f"{called(one.table)}: {one.name or one.row_id}" for one in found.missing)
        answers = [("Mit zurückholen", partial(self._take_with_missing, wanted))]
        if not any(one.needed for one in found.missing):
            answers.append(("Ohne sie", partial(self._confirm, wanted, found)))
        ask_which(self, f"Dazu gehört, was es heute nicht mehr gibt: {names}.", answers, rather="Abbrechen")

    def _take_with_missing(self, wanted: Sequence[RecordDifference]) -> None:
        keys = [(one.table, one.row_id) for one in wanted]
        self._confirm(wanted, self._context.ask(taking_over.plan, self._then, keys, with_missing=True))

    def _confirm(self, wanted: Sequence[RecordDifference], found: Plan) -> None:
        confirm(self, self._question(wanted, found), "Übernehmen", partial(self._take_over, wanted, found))

    def _question(self, wanted: Sequence[RecordDifference], found: Plan) -> str:
        counts: dict[str, int] = {}
        for table, _ in found.rows:
            counts[table] = counts.get(table, 0) + 1
        rows = ", ".join(f"{called(table)}: {count}" for table, count in counts.items())
        parts = [f"{_named(wanted)} so wie damals? Geschrieben werden {rows}. Was seitdem dazukam, bleibt."]
        if found.left:
            papers = counted(found.left, "herausgegebenes Papier", "herausgegebene Papiere")
            parts.append(f"Nicht mitgenommen: {papers}.")
        if lost := taking_over.lost_files(self._context.database.path, self._snapshot, found):
            parts.append(f"Diese Anlagen sind nirgends mehr: {', '.join(lost)}.")
        return " ".join(parts)

    def _take_over(self, wanted: Sequence[RecordDifference], found: Plan) -> None:
        from app.workflows.privacy.forgetting import take_over

        again = self._context.do(
            f"Aus einer Sicherung übernommen: {_named(wanted)}",
            take_over,
            self._context.database.path,
            self._snapshot,
            self._then,
            found,
        )
        if again:
            self._context.say("Übernommen; wer seitdem gelöscht wurde, bleibt gelöscht.")
        self._compare()

    def _compare(self) -> None:
        path = self._context.database.path

        def work(_progress: Progress) -> list[RecordDifference]:
            if self._then == self._snapshot:
                self._then = self._held.enter_context(taking_over.readable(self._snapshot))
            return compare(path, self._then)

        self._context.do_later("Vergleich", work, self._show, owner=self)

    def _show(self, found: list[RecordDifference]) -> None:
        self.table.set_rows(found)
        self.table.choose_first()
        self._show_choice()

    def _show_choice(self) -> None:
        self.main.setEnabled(bool(self._wanted()))
        chosen = self.table.selected()
        if len(chosen) != 1:
            self.about.setText(f"{len(chosen)} ausgewählt" if chosen else "")
        elif chosen[0].side is Side.ONE:
            self.about.setText("Das gab es damals noch nicht; hier ist nichts zu übernehmen.")
        else:
            self.about.setText(f"{called(chosen[0].table)} · {record_word(chosen[0])}")

    def _wanted(self) -> list[RecordDifference]:
        """Of what is selected, what there was then."""
        return [one for one in self.table.selected() if one.side is not Side.ONE]


def _named(wanted: Sequence[RecordDifference]) -> str:
    names = ", ".join(record_word(one) for one in wanted[:3])
    return names + (f" und {len(wanted) - 3} weitere" if len(wanted) > 3 else "")


def _all_fields(row: RecordDifference) -> str:
    return "\n".join(f"{name}: {then or '–'} → {now or '–'}" for name, now, then in differing(row))
