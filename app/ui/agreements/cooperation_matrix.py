"""The partners of a quarter: actors as rows, agreements or building blocks as columns, in each cell a role."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.agreements.cooperation import MatrixColumn, MatrixRow, PartnersMatrix, Role
from app.services.agreements import cooperation
from app.services.agreements.cooperation import By
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.layout import STRETCH, add, column, discard, grow, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.text import label

ROLES = {
    Role.MAIN: Pill("Hauptpartner", Tone.ACCENT, "star", 0),
    Role.PARTNER: Pill("Partner", Tone.INFO, "check", 1),
    Role.COOPERATES: Pill("kooperiert", Tone.SUCCESS, "handshake", 2),
}
COLUMNS_BY = ((By.AGREEMENT, "nach Vereinbarungen"), (By.BLOCK, "nach Bausteinen"))

NOBODY = "Noch keine Träger mit Angebot oder Vereinbarung"
NAMED = 3
"""So many building blocks are named in the sentence; more are counted, the table shows which."""


class PartnersView(QWidget):
    """Shows one quarter at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._made_for: tuple[By, tuple[MatrixColumn, ...], bool] | None = None
        self.table: Table[MatrixRow] | None = None
        self.quarter = ChoiceEditor()
        self.quarter.set_name("Quartier")
        self.by = ChoiceEditor(COLUMNS_BY)
        self.by.set_name("Spalten")
        self.by.set_value(By.AGREEMENT)
        self.quarter.changed.connect(self.refresh)
        self.by.changed.connect(self.refresh)
        self._head = row(self.quarter, self.by, STRETCH)
        self.findings = label("", "muted", wrap=True)
        self._tools: QWidget | None = None
        self._column = column(self._head, self.findings, on=self, spacing=8)

    def show_quarter(self, quarter_id: int) -> None:
        """Another quarter."""
        self.quarter.set_value(quarter_id)
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        self.quarter.set_options(self._context.ask(cooperation.quarters))
        if self.quarter.value() is None and self.quarter.combo.count():
            self.quarter.combo.setCurrentIndex(0)
        quarter_id, by = self.quarter.value(), By(self.by.value())
        for choice in (self.quarter, self.by):
            choice.setVisible(quarter_id is not None)
        found = PartnersMatrix((), ())
        if quarter_id is not None:
            found = self._context.ask(cooperation.partners, quarter_id, by, self._context.today())
        self.findings.setText(sentence(found, by))
        hinted = any(map(hint, found.rows))
        made_for = (by, found.columns, hinted)
        if self.table is None or self._made_for != made_for:
            self._made_for = made_for
            self.table = self._make_table(found, by, hinted=hinted)
        self.table.set_rows(found.rows)

    def _make_table(self, found: PartnersMatrix, by: By, *, hinted: bool) -> Table[MatrixRow]:
        """Columns are agreements or building blocks, so other ones want another table."""
        discard(self.table, self._tools)
        made: Table[MatrixRow] = Table(
            f"cooperation_{by.value}",
            [
                Column("actor", "Träger", lambda row: row.name, width=150, strong=True, stretch=True),
                *([Column("hint", "Vereinbarung", hint, Kind.PILL, 112, tip=hint_tip)] if hinted else []),
                *map(_column, found.columns),
            ],
            title="Partner im Quartier",
            empty=EmptyState("actors", NOBODY),
            pale=lambda row: row.missing,
        )
        made.sort("actor")
        made.opened.connect(lambda row: self._context.open("actors", row.id))
        made.exported.connect(self._context.tell_saved)
        self._tools = made.tools
        add(self._head, made.tools)
        add(self._column, grow(made))
        return made


def hint(row: MatrixRow) -> Pill | None:
    """What to look at: doubled, or without any agreement."""
    if row.missing:
        return Pill("fehlt", Tone.WARNING, "warning", rank=0)
    return Pill("doppelt", Tone.WARNING, "copy", rank=1) if row.doubled else None


def hint_tip(row: MatrixRow) -> str:
    """Why it is worth a look."""
    if row.missing:
        return f"{row.name} hat hier Angebote, aber keine laufende oder geplante Vereinbarung."
    if row.doubled:
        return f"{row.name} ist Partner in mehreren Zielvereinbarungen: {', '.join(row.doubled)}."
    return ""


def cell(column: MatrixColumn, row: MatrixRow) -> Pill | None:
    """The role of an actor in a column."""
    found = row.cells.get(column.id)
    return None if found is None else ROLES[found.role]


def cell_tip(column: MatrixColumn, row: MatrixRow) -> str:
    """The role in a sentence, with the agreement."""
    found = row.cells.get(column.id)
    role = ROLES[found.role].text if found is not None else "nicht beteiligt"
    note = f" ({column.note})" if column.note else ""
    through = f"\nüber {', '.join(found.agreements)}" if found is not None and not column.note else ""
    return f"{row.name}: {role}\n{column.words}{note}{through}"


def sentence(found: PartnersMatrix, by: By) -> str:
    """What is doubled and what is missing, in one line."""
    if not found.rows:
        return ""
    missing = sum(row.missing for row in found.rows)
    doubled = sum(bool(row.doubled) for row in found.rows)
    parts = [f"{len(found.rows) - missing} von {len(found.rows)} Trägern mit Vereinbarung"]
    if missing:
        parts.append(f"{missing} ohne")
    if doubled:
        parts.append(f"{doubled} doppelt")
    if by is By.BLOCK:
        for words, columns in (("ohne Partner", found.empty), ("mit mehreren Hauptpartnern", found.crowded)):
            if len(columns) > NAMED:
                parts.append(f"{len(columns)} Bausteine {words}")
            elif columns:
                parts.append(f"{words}: {', '.join(column.title for column in columns)}")
    return " · ".join(parts)


def _column(of: MatrixColumn) -> Column[MatrixRow]:
    return Column(f"c{of.id}", of.title, partial(cell, of), Kind.PILL, 128, tip=partial(cell_tip, of))
