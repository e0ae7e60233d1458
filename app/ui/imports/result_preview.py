"""The outcome of reading a file as it is chosen: counts and sums in a sentence, the first bookings and refusals."""

from PySide6.QtWidgets import QWidget

from app.domain.bookings.bookings import Posting, Rejected, RowState, Shape
from app.domain.counting import counted
from app.domain.money import euro
from app.sheets.bookings.preview import ROWS_READ, Preview, PreviewLine
from app.ui.kit.layout import column, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label

_PILLS = {
    RowState.NEW: Pill("Buchung", Tone.SUCCESS, "check"),
    RowState.REJECTED: Pill("abgelehnt", Tone.DANGER, "stop"),
    RowState.SKIPPED: Pill("übersprungen", Tone.NEUTRAL, "eye-off"),
}


_HEADER_LENGTH = 40  # of a column's name inside the sentence


def _text(line: PreviewLine) -> str | None:
    return line.read.text if isinstance(line.read, Posting) else line.reason


def _explained(line: PreviewLine) -> str:
    """The whole text, and of a refusal the column it is about."""
    column = line.read.column if isinstance(line.read, Rejected) else ""
    return f"{column}: {line.reason}" if column else _text(line) or ""


class ResultPreview(QWidget):
    """Shows a preview; it reads nothing itself."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Note()
        self.table: Table[PreviewLine] = Table(
            "imports/result",
            (
                Column("row", "Zeile", lambda line: line.id, Kind.NUMBER, width=54),
                Column("state", "Ergebnis", lambda line: _PILLS[line.state], Kind.PILL, width=136),
                Column("day", "Datum", lambda line: line.read and line.read.day, Kind.DATE, width=92),
                Column(
                    "amount", "Betrag in EUR", lambda line: line.read and line.read.amount_cents, Kind.AMOUNT,
                    width=106,
                ),
                Column("order", "Innenauftrag", lambda line: line.read and line.read.internal_order, width=98),
                Column("document", "Beleg", lambda line: line.read and line.read.document_number, width=74),
                Column("text", "Text oder Grund", _text, width=64, stretch=True, tip=_explained),
                Column("payee", "Empfänger", lambda line: getattr(line.read, "payee", None), hidden=True),
                Column("account", "Sachkonto", lambda line: getattr(line.read, "account", None), hidden=True),
            ),
            title="So würde die Datei gelesen",
            empty=EmptyState("table", "Hier stehen dann die ersten Buchungen"),
            pale=lambda line: line.state is RowState.SKIPPED,
        )  # fmt: skip
        self.table.grid.setSortingEnabled(False)
        self.table.header.setSortIndicatorShown(False)
        column(label("Das wird daraus", "section"), self.note, grow(self.table), on=self, spacing=8)

    def show_missing(self, sentence: str) -> None:
        """Something must be chosen first."""
        self.note.say(sentence, Tone.WARNING)
        self.table.set_rows(())

    def show_preview(self, preview: Preview) -> None:
        """Counts, sums and the first rows."""
        self.table.set_rows(preview.lines)
        if preview.file is None:
            self.note.say(preview.problem, Tone.DANGER)
        else:
            self.note.say(_sentence(preview), _tone(preview))


def _tone(preview: Preview) -> Tone:
    assert preview.file is not None
    if not preview.file.postings:
        return Tone.DANGER
    total = preview.file.control_total_cents
    if preview.file.rejected or (total is not None and total != preview.sum_cents):
        return Tone.WARNING
    return Tone.SUCCESS


def _sentence(preview: Preview) -> str:
    file = preview.file
    assert file is not None
    rejected = len({one.row for one in file.rejected})
    many = "Monatssummen" if file.shape is Shape.CUMULATIVE else "Buchungen"
    one = "Monatssumme" if file.shape is Shape.CUMULATIVE else "Buchung"
    counts = (
        f"{counted(len(file.postings), one, many)}, {rejected} abgelehnt, {len(file.skipped)} übersprungen"
    )
    if not preview.whole:
        return (
            f"In den ersten {ROWS_READ} Zeilen: {counts}, zusammen {euro(preview.sum_cents)}. "
            f"Unter „Prüfen“ zählen alle Zeilen{_first_reason(preview)}"
        )
    total = file.control_total_cents
    if total is None:
        control = "keine Kontrollsumme in der Datei"
    elif total == preview.sum_cents:
        control = f"Kontrollsumme {euro(total)} stimmt"
    else:
        control = f"Kontrollsumme {euro(total)}, Unterschied {euro(total - preview.sum_cents)}"
    return f"{counts} · Summe {euro(preview.sum_cents)} · {control}{_first_reason(preview)}"


def _first_reason(preview: Preview) -> str:
    line = next((line for line in preview.lines if isinstance(line.read, Rejected)), None)
    if line is None or not isinstance(line.read, Rejected):
        return ""
    column = " ".join(line.read.column.split())
    if len(column) > _HEADER_LENGTH:
        column = f"{column[: _HEADER_LENGTH - 1].rstrip()}…"
    return f". Zeile {line.id}, {column}: {line.reason}"
