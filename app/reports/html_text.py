"""Writes paper text as the rich text that a text view of the window understands."""

from collections.abc import Iterable, Mapping
from html import escape

from app.domain.papers.paper_text import (
    Block,
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Signatures,
    Text,
    bold,
    joined,
    words,
)

INK, MUTED, LINE, FAINT, ACCENT, MARK = "#131525", "#51577a", "#c9cddd", "#f3f4f7", "#2044aa", "#e5ebf7"
"""Of paper, whatever the theme of the window is."""
LOOKS = {Look.MUTED: f"color:{MUTED}", Look.GAP: "background-color:#ffe7b6; color:#7a4500"}
PARAGRAPHS = {
    ParagraphKind.TITLE: "font-size:16pt; font-weight:600; margin-bottom:0px",
    ParagraphKind.SUBTITLE: f"font-size:11pt; color:{MUTED}; margin-top:2px",
    ParagraphKind.HEADING: f"font-size:11pt; font-weight:600; color:{ACCENT}; margin-top:18px; margin-bottom:6px",
    ParagraphKind.LEAD: f"color:{MUTED}; margin-top:8px; margin-bottom:8px",
    ParagraphKind.ADDRESS: "margin-left:14px; margin-top:2px; margin-bottom:6px",
    ParagraphKind.TEXT: "margin-top:0px; margin-bottom:6px",
    ParagraphKind.CAPTION: f"font-size:8pt; color:{MUTED}; margin-top:0px; margin-bottom:6px",
    ParagraphKind.ITEM: "margin-top:0px; margin-bottom:3px",
}


def words_html(text: Text, looks: Mapping[Look, str] = LOOKS) -> str:
    """Words with the style that each look has here."""
    parts = []
    for run in words(text):
        part = escape(run.text, quote=False).replace("\n", "<br/>")
        if run.look in looks:
            part = f'<span style="{looks[run.look]}">{part}</span>'
        parts.append(f"<b>{part}</b>" if run.bold else part)
    return "".join(parts)


def blocks_html(blocks: Iterable[Block], marked: str = "") -> str:
    """Blocks as they stand on paper. A heading with a name has an anchor; the one named `marked` is tinted."""
    return "".join(_block(block, marked) for block in blocks)


def _block(block: Block, marked: str) -> str:
    if isinstance(block, PaperTable):
        return _table(block)
    if isinstance(block, Signatures):
        people = (joined((bold(one.party), one.person, one.function)) for one in block.fields)
        return blocks_html([Paragraph(block.heading, ParagraphKind.HEADING), *map(Paragraph, people)])
    return _paragraph(block, marked)


def _paragraph(block: Paragraph, marked: str) -> str:
    style, before = PARAGRAPHS[block.kind], ""
    if block.kind is ParagraphKind.ITEM:
        style += f"; margin-left:{24 * block.level - 8}px; text-indent:-14px"
        before = "–&nbsp;&nbsp;"
    elif block.number:
        style += "; margin-left:24px; text-indent:-24px"
        before = f"{block.number}&nbsp;&nbsp;"
    if block.name and block.name == marked:
        style += f"; background-color:{MARK}"
    anchor = f'<a name="{block.name}"></a>' if block.name else ""
    return f'{anchor}<p style="{style}">{before}{words_html(block.words)}</p>'


def _table(table: PaperTable) -> str:
    head = f"background-color:{FAINT}; color:{MUTED}; font-weight:600; border-bottom:1px solid {MUTED}"
    lines = [_row(table, table.header, head)]
    lines += [_row(table, row, f"border-bottom:1px solid {LINE}") for row in table.rows]
    return (
        '<table width="100%" cellpadding="5" cellspacing="0" style="border-collapse:collapse; font-size:9pt">'
        f"{''.join(lines)}</table><p style='margin:0px; font-size:4pt'>&nbsp;</p>"
    )


def _row(table: PaperTable, cells: Iterable[Text], style: str) -> str:
    made = (
        f'<td style="{style}" align="{"right" if at in table.right else "left"}">{words_html(cell)}</td>'
        for at, cell in enumerate(cells)
    )
    return f"<tr>{''.join(made)}</tr>"
