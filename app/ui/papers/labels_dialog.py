"""Address labels: sheet, first free label and addressees left, the sheets as they are printed right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.errors import Invalid
from app.reports.papers.address_labels import FORMATS, LabelFormat
from app.ui.context import Context
from app.ui.kit.editors import CheckEditor, ChoiceEditor, DecimalEditor, WholeEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.layout import scrolled
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import label
from app.ui.papers.paper_dialog import PaperDialog
from app.ui.preferences import page_state
from app.workflows.papers.print_labels import label_rows, labels
from app.workflows.papers.serial_plan import (
    ACTOR_AUDIENCES,
    AUDIENCES,
    Audience,
    SerialSelection,
    describe,
    left_out,
)

PAUSE_MS = 300
OWN = "Eigene Maße"
MEASURES = ("width", "height", "left", "top", "gap_x", "gap_y")
COUNTS = ("columns", "rows")
OWN_FIELDS = (*MEASURES, *COUNTS)
"""The fields that are shown for a sheet of her own."""


@dataclass(frozen=True, slots=True)
class LabelsInput:
    """What can be chosen; measures in mm. They count for a sheet of her own."""

    audience: Audience
    sheet: str = FORMATS[0].name
    first: int | None = 1
    width: Decimal | None = Decimal(70)
    height: Decimal | None = Decimal(36)
    columns: int | None = 3
    rows: int | None = 8
    left: Decimal | None = Decimal(0)
    top: Decimal | None = Decimal("4.5")
    gap_x: Decimal | None = Decimal(0)
    gap_y: Decimal | None = Decimal(0)
    sender: bool = False
    frames: bool = False

    def format(self) -> LabelFormat:
        """The sheet that is meant."""
        found = next((one for one in FORMATS if one.name == self.sheet), None)
        measures = {name: float(getattr(self, name) or 0) for name in MEASURES}
        return found or LabelFormat(OWN, columns=self.columns or 0, rows=self.rows or 0, **measures)


class LabelsDialog(PaperDialog):
    """The chosen sheet and its measures are remembered on this computer."""

    def __init__(
        self, context: Context, ids: tuple[int, ...], parent: QWidget | None = None, *, agreements: bool
    ) -> None:
        selection = SerialSelection(agreements=ids) if agreements else SerialSelection(actors=ids)
        about = context.ask(describe, selection)
        super().__init__(context, parent, "Adressetiketten", about, printing_ends=True)
        self._selection = selection
        self.file_name = f"Adressetiketten {context.today():%Y-%m-%d}.pdf"
        self._state = page_state("labels")
        self._start = _remembered(self._state.get(), Audience.MAIN if agreements else Audience.PARTIES)
        self.body = FormBody()
        self._fill_body(AUDIENCES if agreements else ACTOR_AUDIENCES)
        self.note = Note(action="Zum Träger", clicked=self.go_to_actor)
        self._timer = later(self, self.refresh, PAUSE_MS)
        self.body.changed.connect(self._timer.start)
        self.body["sheet"].editor.changed.connect(self._show_measures)
        fields = scrolled(self.body)
        follow_text(fields, fields.setFixedWidth, 400)
        self.build_paper(fields)
        self.refresh()

    @property
    def chosen(self) -> LabelsInput:
        """What stands in the fields, as far as it can be read."""
        return self.body.readable(self._start)

    def refresh(self) -> None:
        """Set the sheets again, and say how many there are and what is missing."""
        chosen = self.chosen
        own = chosen.sheet == OWN
        for name in OWN_FIELDS:
            self.body[name].setVisible(own)
        on_day = self.context.today()
        rows = self.context.ask(label_rows, self._selection, chosen.audience, on_day)
        not_sent = self.context.ask(left_out, self._selection, on_day)
        try:
            on = chosen.format()
            self.pdf = self.context.ask(
                labels, rows, on, first=chosen.first or 1, sender=chosen.sender, frames=chosen.frames
            )
        except Invalid as error:
            self.body.show_problems(error.problems)
            self.allow_output(False)
            return
        for name in OWN_FIELDS:
            self.body[name].set_problem("")
        hint = f"1 bis {on.per_sheet}, zeilenweise gezählt; davor ist der Bogen verbraucht."
        self.body["first"].set_hint(hint)
        self.allow_output(bool(rows))
        self.paper.show_pdf(self.pdf)
        self.paper.fit_page()
        lacking = [row for row in rows if row.lacks]
        count = counted(len(rows), "Etikett", "Etiketten")
        if lacking:
            named = "; ".join(f"{row.who} ({row.lacks})" for row in lacking[:4])
            more = f" und {len(lacking) - 4} weitere" if len(lacking) > 4 else ""
            self.note.say(f"{count}. Unvollständig: {named}{more}. {not_sent}".strip(), Tone.WARNING)
        else:
            whole = f"{count}, alle Anschriften sind vollständig. {not_sent}".strip()
            self.note.say(whole, Tone.INFO if not_sent else Tone.SUCCESS)
        self._lacking = lacking[0].actor_id if lacking else None
        self.note.action.setVisible(bool(lacking))

    def save_to(self, path: Path) -> None:
        """Write the sheets as they are chosen now. Raises OutputError."""
        self.refresh()
        super().save_to(path)
        self._remember()
        self.accept()

    def print(self) -> None:
        """The system's print dialog; the sheet must not be scaled, else labels do not meet."""
        self.refresh()
        self._remember()
        super().print()

    def go_to_actor(self) -> None:
        """Close, and go to the first actor whose address lacks something."""
        if self._lacking is not None:
            self.reject()
            self.context.open("actors", self._lacking)

    def _show_measures(self) -> None:
        """A sheet of her own begins with the measures of the one that was chosen before."""
        chosen = self.chosen
        if chosen.sheet != OWN:
            on = chosen.format()
            for name in OWN_FIELDS:
                value = getattr(on, name)
                self.body[name].editor.set_value(Decimal(f"{value:g}") if name in MEASURES else value)

    def _remember(self) -> None:
        chosen = self.chosen
        words = {name: str(getattr(chosen, name)) for name in MEASURES}
        counts = {"columns": chosen.columns or 1, "rows": chosen.rows or 1}
        self._state.set({"sheet": chosen.sheet, "sender": chosen.sender, **words, **counts})

    def _fill_body(self, audiences: Mapping[Audience, str]) -> None:
        sheets = [(one.name, _described(one)) for one in FORMATS] + [(OWN, OWN)]
        self.body.row(Field("audience", "An", ChoiceEditor(list(audiences.items()))))
        self.body.row(Field("sheet", "Bogen (A4)", ChoiceEditor(sheets)))
        self.body.row(Field("first", "Erstes freies Etikett", WholeEditor(least=1, most=200)))
        for pair in (
            (("width", "Breite"), ("height", "Höhe")),
            (("left", "Rand links"), ("top", "Rand oben")),
            (("gap_x", "Abstand waagerecht"), ("gap_y", "Abstand senkrecht")),
        ):
            self.body.row(*(Field(name, words, DecimalEditor("mm")) for name, words in pair))
        self.body.row(
            Field("columns", "Spalten", WholeEditor(least=1, most=10)),
            Field("rows", "Zeilen", WholeEditor(least=1, most=30)),
        )
        self.body.row(Field("sender", "Absender", CheckEditor("Absender klein darüber")))
        frames = CheckEditor("Ränder der Etiketten zeichnen (Probe auf Papier)")
        self.body.row(Field("frames", "Ränder", frames))
        advice = "Beim Drucken „Tatsächliche Größe“ wählen, sonst passen die Etiketten nicht."
        self.body.add(label(advice, "muted", wrap=True))
        self.body.finish()
        self.body.fill(self._start)


def _described(one: LabelFormat) -> str:
    size = f"{one.width:g} × {one.height:g} mm".replace(".", ",")
    return f"{one.name} · {size} · {one.columns} × {one.rows}"


def _remembered(stored: dict[str, Any], audience: Audience) -> LabelsInput:
    """What was chosen last; measures are kept as text, since they are no money and no date but exact all the same."""
    start = LabelsInput(audience)
    known = [one.name for one in FORMATS] + [OWN]
    if stored.get("sheet") not in known:
        return start
    measures: dict[str, Any] = {
        name: Decimal(str(stored[name])) for name in MEASURES if _is_number(stored.get(name))
    }
    counts: dict[str, Any] = {name: stored[name] for name in COUNTS if isinstance(stored.get(name), int)}
    return replace(start, sheet=stored["sheet"], sender=bool(stored.get("sender")), **measures, **counts)


def _is_number(text: Any) -> bool:
    return isinstance(text, str) and text.replace(".", "", 1).isdigit()
