"""Drawings, controls and notes that stand below rows that were put in move along with them."""

from app.sheets.layout.moves import Move
from app.sheets.reading.safe_xml import Element, child, local


def shift_anchors(root: Element, move: Move) -> None:
    """Move each anchor that begins below the block. Anchors count rows from 0."""
    for anchor in root.iter("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}anchor"):
        ends = [end for name in ("from", "to") if (end := child(anchor, name)) is not None]
        rows = [row for end in ends if (row := child(end, "row")) is not None]
        if not rows or local(rows[0].getparent()) != "from" or not _moves(anchor):
            continue
        if int(rows[0].text or "") + 1 > max(move.last, move.first - 1):
            for row in rows:
                row.text = str(int(row.text or "") + move.delta)


def _moves(anchor: Element) -> bool:
    """Whether the object goes along with its cells."""
    if local(anchor) == "anchor":  # of a control, in the sheet itself
        return anchor.get("moveWithCells", "0") in ("1", "true")
    return bool(anchor.get("editAs") != "absolute")
