"""Words in which mail and web addresses can be clicked."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.kit.outside import addresses, open_address, target_of
from app.ui.kit.widgets.text import label


def linked(text: str, *, wrap: bool = True) -> QLabel:
    """A label to read, select and copy; addresses in it open by mouse, or by Tab and Enter."""
    spans = list(addresses(text))
    if not spans:
        return label(text, wrap=wrap, selectable=True)
    result = label("", wrap=wrap)
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setText(_marked_up(text, spans))
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    result.linkActivated.connect(open_address)
    result.setAccessibleName(text)
    return result


def _marked_up(text: str, spans: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for start, end in spans:
        address = text[start:end]
        parts += [escape(text[done:start]), f'<a href="{escape(target_of(address))}">{escape(address)}</a>']
        done = end
    return "".join([*parts, escape(text[done:])]).replace("\n", "<br>")
