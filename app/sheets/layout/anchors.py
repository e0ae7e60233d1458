"""Drawings, controls and notes that stand below rows that were put in move along with them."""

from collections.abc import Sequence

from app.sheets.layout.markup import Edits, Element
from app.sheets.layout.moves import Move

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "anchor"})


def shift_anchors(found: Sequence[Element], edits: Edits, move: Move) -> None:
    """Move each anchor that begins below the block. Anchors count rows from 0."""
    rows: dict[int, dict[str, Element]] = {}
    anchors: dict[int, Element] = {}
    for element in found:
        ends = element.parent
        anchor = ends.parent if ends else None
        if element.name != "row" or ends is None or ends.name not in ("from", "to") or anchor is None:
            continue
        if anchor.name in _ANCHORS:
            rows.setdefault(anchor.start, {})[ends.name] = element
            anchors[anchor.start] = anchor
    for start, ends_of in rows.items():
        if not _moves(anchors[start]) or "from" not in ends_of:
            continue
        if int(edits.text(ends_of["from"])) + 1 <= max(move.last, move.first - 1):
            continue
        for element in ends_of.values():
            edits.set_text(element, str(int(edits.text(element)) + move.delta))


def _moves(anchor: Element) -> bool:
    """Whether the object goes along with its cells."""
    if anchor.name == "anchor":  # of a control, in the sheet itself
        return anchor.attributes.get("moveWithCells", "0") in ("1", "true")
    return anchor.attributes.get("editAs") != "absolute"
