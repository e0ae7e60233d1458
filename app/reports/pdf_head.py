"""The head of a paper: its kind and title left, the information block right (DIN 5008)."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from app.domain.papers.paper_text import Text, shorten
from app.reports import styles
from app.reports.layout import INFO_WIDTH, TEXT_WIDTH
from app.reports.pdf_text import TIGHT, beside, set_cell, set_words

LABEL_WIDTH = 15 * mm


def info_block(
    facts: Sequence[tuple[str, str]], label_width: float = LABEL_WIDTH, width: float = INFO_WIDTH
) -> Table:
    """Labels and values; what has no value is left out."""
    room = width - label_width
    rows = [
        [set_words(label, styles.INFO_LABEL), set_cell(shorten(value), styles.INFO, room)]
        for label, value in facts
        if value
    ]
    return Table(rows, colWidths=(label_width, room), style=TIGHT)


def head(
    kind: str,
    titles: Sequence[Text],
    facts: Sequence[tuple[str, str]],
    label_width: float = LABEL_WIDTH,
    *,
    titles_below: bool = False,
) -> list[Flowable]:
    """Kind and titles beside the information block; `titles_below`: long ones have the whole width below both."""
    below = [set_words(title, styles.TITLE) for title in titles]
    left = [set_words(kind, styles.KIND), *([] if titles_below else below)]
    table = beside(
        [left, info_block(facts, label_width)],
        (TEXT_WIDTH - INFO_WIDTH, INFO_WIDTH),
        ("RIGHTPADDING", (0, 0), (0, 0), 8 * mm),
    )
    return [table, *below] if titles_below else [table]
