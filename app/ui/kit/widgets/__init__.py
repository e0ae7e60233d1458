"""Small widgets of one purpose each, used by all pages."""

from app.ui.kit.widgets.card import Card, Pane, Section, carded, clear_layout
from app.ui.kit.widgets.detail_card import DetailCard
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track
from app.ui.kit.widgets.flow import FlowLayout, flowing
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import button, icon_button, label, rule, say, search_field

__all__ = [
    "Bar",
    "Card",
    "DetailCard",
    "EmptyState",
    "Facts",
    "FileDrop",
    "FlowLayout",
    "KeyFigure",
    "Note",
    "OldNew",
    "Pane",
    "Pill",
    "PillLabel",
    "PressableEntry",
    "Section",
    "Tabs",
    "Track",
    "button",
    "carded",
    "clear_layout",
    "flowing",
    "icon_button",
    "label",
    "rule",
    "say",
    "search_field",
]
