"""Columns of clauses of the library, in its list and wherever one is chosen or ordered."""

from app.services.agreements.clauses import ClauseRow
from app.ui.agreements.clauses.pills import kind_short, kind_words, obligatory_pill
from app.ui.kit.table.columns import Column, Kind

FOR: Column[ClauseRow] = Column(
    "kind", "Für", lambda row: kind_short(row.kind), width=64, tip=lambda row: kind_words(row.kind)
)
DUTY: Column[ClauseRow] = Column(
    "duty", "Pflicht", lambda row: obligatory_pill(row.is_obligatory), Kind.PILL, 98
)
WHEN: Column[ClauseRow] = Column(
    "when", "Gilt", lambda row: row.condition.word if row.condition else "immer", width=130, hidden=True
)
