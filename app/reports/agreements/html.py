"""The words of an agreement for the screen: the same as on paper, in the rich text that a text view understands."""

import re
from collections.abc import Sequence

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseTable, Paragraph
from app.domain.terms import word
from app.reports.agreements.pdf import CONTACT_HEADER, GOAL_HEADER, INSTALMENT_HEADER
from app.reports.agreements.text import AgreementText, PrintedClause
from app.reports.blocks import named

INK, MUTED, LINE, FAINT, ACCENT, MARK = "#131525", "#51577a", "#c9cddd", "#f3f4f7", "#2044aa", "#e5ebf7"
"""Of paper, whatever the theme of the window is."""

_BACK = re.compile(r'<font backColor="([^"]+)"')
_RIGHT = {ClauseTable.INSTALMENTS: 3}


def agreement_html(text: AgreementText, kind: AgreementKind, marked: int | None = None) -> str:
    """The whole agreement. Clauses have anchors by their place on the paper; the one at `marked` is tinted."""
    together = " gemeinsam" if len(text.parties) > 1 else ""
    parties = [_party(lines) for lines in text.parties[:-1]]
    parties.append(_party((*text.parties[-1], named(text.partner_word, together))))
    parts = [
        f'<p style="font-size:16pt; font-weight:600; margin-bottom:0px">{word(kind)}</p>',
        f'<p style="font-size:11pt; color:{MUTED}; margin-top:2px">{text.title}</p>',
        _connective("Zwischen"),
        _party((*text.city, named("Stadt"))),
        _connective("und"),
        *parties,
        _connective("wird die folgende Vereinbarung geschlossen:"),
        *(clause_html(clause, text, marked=clause.place == marked) for clause in text.clauses),
        _heading("Unterschriften"),
        *(
            _paragraph("<br/>".join(filter(None, (f"<b>{one.party}</b>", one.person, one.function))))
            for one in text.signatures
        ),
    ]
    return _understood("".join(parts))


def clause_html(clause: PrintedClause, text: AgreementText, *, marked: bool = False) -> str:
    """One clause with its heading, numbered as on paper."""
    parts = [f'<a name="{anchor(clause.place)}"></a>', _heading(clause.heading, marked=marked)]
    number = 0
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            number += 1
            parts.append(_block(block, f"({number})" if clause.numbered else ""))
        else:
            parts.append(_table(block, text))
    return _understood("".join(parts))


def anchor(place: int) -> str:
    """Where a clause stands in the text."""
    return f"clause-{place}"


def _heading(words: str, *, marked: bool = False) -> str:
    ground = f"; background-color:{MARK}" if marked else ""
    return (
        f'<p style="font-size:11pt; font-weight:600; color:{ACCENT}; margin-top:18px; margin-bottom:6px{ground}">'
        f"{words}</p>"
    )


def _connective(words: str) -> str:
    return f'<p style="color:{MUTED}; margin-top:8px; margin-bottom:8px">{words}</p>'


def _party(lines: Sequence[str]) -> str:
    return f'<p style="margin-left:14px; margin-top:2px; margin-bottom:6px">{"<br/>".join(lines)}</p>'


def _paragraph(words: str, number: str = "") -> str:
    if not number:
        return f'<p style="margin-top:0px; margin-bottom:6px">{words}</p>'
    return (
        f'<p style="margin-top:0px; margin-bottom:6px; margin-left:24px; text-indent:-24px">'
        f"{number}&nbsp;&nbsp;{words}</p>"
    )


def _block(block: Paragraph, number: str) -> str:
    left = 40 if number else 16
    style = f"margin-top:0px; margin-bottom:3px; margin-left:{left}px; text-indent:-14px"
    points = "".join(f'<p style="{style}">–&nbsp;&nbsp;{point}</p>' for point in block.points)
    return (_paragraph(block.words, number) if block.words or number else "") + points


def _table(table: ClauseTable, text: AgreementText) -> str:
    header, rows = {
        ClauseTable.GOALS: (GOAL_HEADER, text.goals),
        ClauseTable.INSTALMENTS: (INSTALMENT_HEADER, text.instalments),
        ClauseTable.CONTACTS: (CONTACT_HEADER, text.contacts),
    }[table]
    right = _RIGHT.get(table, -1)
    lines = [
        _line(
            header, f'style="background-color:{FAINT}; color:{MUTED}; font-weight:600; {_rule(MUTED)}"', right
        ),
        *(_line(row, f'style="{_rule(LINE)}"', right) for row in rows),
    ]
    return (
        '<table width="100%" cellpadding="5" cellspacing="0" style="border-collapse:collapse; font-size:9pt">'
        f"{''.join(lines)}</table><p style='margin:0px; font-size:4pt'>&nbsp;</p>"
    )


def _line(cells: Sequence[str], style: str, right: int) -> str:
    return "<tr>{}</tr>".format(
        "".join(
            f'<td {style} align="{"right" if at == right else "left"}">{cell}</td>'
            for at, cell in enumerate(cells)
        )
    )


def _rule(colour: str) -> str:
    return f"border-bottom:1px solid {colour}"


def _understood(markup: str) -> str:
    """A text view knows no backColor."""
    return _BACK.sub(r'<font style="background-color:\1"', markup)
