"""Search field and filter chips above a list; what was chosen is remembered for each page."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.kit import icons
from app.ui.kit.actions import key_text
from app.ui.kit.layout import STRETCH, aligned, row
from app.ui.kit.menu import Entry, Menu, StayOpenMenu, fill, opens_menu
from app.ui.kit.plain import plain
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.table.columns import sort_key
from app.ui.kit.timers import later
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import PushButton, button, set_property
from app.ui.preferences import page_state

TYPING_PAUSE_MS = 120
"""So long after the last key the search starts."""
LEAST_SEARCH = 108
"""Pixels of the search field in a small window, so that no chip comes to lie over it."""

RESET = "zurücksetzen"
LONGEST_CHOICE = 28
"""Letters of a value that a chip shows; its tooltip says all of it."""

Option = tuple[Hashable, str]
"""A value and the word for it."""

R = TypeVar("R")


@dataclass(frozen=True)  # no slots: "Filter[Row](...)" cannot set its type on them
class Filter(Generic[R]):
    """A chip above the list. `value`: what a row has of it, a frozenset where that may be several things.

    `options` are always offered, after them whatever else the rows have. A row passes if it has one of the
    values that are chosen, or with `every` all of them. Without `multiple` only one can be chosen.
    """

    key: str
    title: str
    value: Callable[[R], Hashable]
    options: Sequence[Option] = ()
    every: bool = False
    multiple: bool = True

    def offered(self, rows: Iterable[R]) -> list[Option]:
        """Values to choose from, with their words."""
        found = frozenset().union(*map(self._values, rows)) - {value for value, _ in self.options}
        return [*self.options, *((value, str(value)) for value in sorted(found, key=sort_key))]

    def passes(self, row: R, chosen: frozenset[Hashable]) -> bool:
        """Whether a row is shown when these values are chosen; none: every row is."""
        if not chosen:
            return True
        values = self._values(row)
        return chosen <= values if self.every else bool(chosen & values)

    def _values(self, row: R) -> frozenset[Hashable]:
        value = self.value(row)
        return value if isinstance(value, frozenset) else frozenset({value} - {None, ""})


class FilterChip(PushButton):
    """A chip with a drop-down of values, several of which may be chosen. None chosen: everything passes."""

    changed = Signal()

    def __init__(self, title: str, options: Sequence[Option], *, multiple: bool = True) -> None:
        super().__init__(title)
        self.title = title
        self._multiple = multiple
        self._words: dict[Hashable, str] = {}
        self._actions: dict[Hashable, QAction] = {}
        self._wanted: frozenset[Hashable] = frozenset()
        self.setProperty("role", "chip")
        self.setAutoDefault(False)
        opens_menu(self, StayOpenMenu(self) if multiple else Menu(self))
        self.set_options(options)

    @property
    def values(self) -> frozenset[Hashable]:
        """What is chosen, also when the option is not there (yet)."""
        return self._wanted

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these values; what was chosen stays chosen."""
        self.menu().clear()
        self._words = dict(options)
        entries = (
            Entry(text, partial(self._toggle, value), checked=value in self._wanted)
            for value, text in self._words.items()
        )
        self._actions = dict(zip(self._words, fill(self.menu(), entries), strict=True))
        self._show()

    def choose(self, values: frozenset[Hashable]) -> None:
        """Choose exactly these, without telling."""
        self._wanted = values
        for value, action in self._actions.items():
            with QSignalBlocker(action):
                action.setChecked(value in values)
        self._show()

    def _toggle(self, value: Hashable) -> None:
        changed = self._wanted ^ {value}
        self.choose(changed if self._multiple else changed & {value})
        self.changed.emit()

    def _show(self) -> None:
        texts = [words for value, words in self._words.items() if value in self._wanted]
        chosen = texts[0] if len(texts) == 1 else f"{len(texts)} gewählt"
        if len(chosen) > LONGEST_CHOICE:
            chosen = f"{chosen[: LONGEST_CHOICE - 1]}…"
        self.setText(f"{self.title}: {chosen}" if texts else self.title)
        self.setToolTip(plain(", ".join(texts)))
        self.setAccessibleName(f"Filter {self.title}" + (f": {', '.join(texts)}" if texts else ""))
        set_property(self, "active", bool(texts))


class FilterBar(QWidget):
    """Search field, chips and "zurücksetzen". Emits `changed` after a pause in typing or a choice.

    `filters` are chips that know themselves which rows they let through (`offer`, `passes`).
    """

    changed = Signal()
    was_reset = Signal()

    def __init__(
        self, page_id: str, placeholder: str = "Suchen …", filters: Sequence[Filter[Any]] = ()
    ) -> None:
        super().__init__()
        in_zone(self, Zone.FILTERS)
        self._filters = filters
        self._state = page_state(f"{page_id}/filter")
        self._remembered = dict(self._state.get())
        self._chips: dict[str, FilterChip] = {}
        self._others = False
        self._pause = later(self, self._tell, TYPING_PAUSE_MS)
        self.search = in_zone(QLineEdit(), Zone.SEARCH)
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName("Suchen")
        self.search.setToolTip(f"Ins Suchfeld: {key_text('Ctrl+F')}")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        follow_text(self.search, self.search.setMinimumWidth, LEAST_SEARCH)
        follow_text(self.search, self.search.setMaximumWidth, 320)
        self.search.setText(str(self._remembered.get("search", "")))
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._search_now)
        self.search.installEventFilter(self)
        self._reset = button(RESET, self.reset, icon="x", role="quiet", tip="Filter zurücksetzen")
        self._reset.setAccessibleName(RESET)
        self._flow = FlowLayout(spacing=8, one_line=True)
        self._flow.addWidget(self._reset)
        search = aligned(self.search, Qt.AlignmentFlag.AlignTop)
        self._layout = row(search, self._flow, STRETCH, on=self)
        self._layout.setStretch(0, 4)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self, self.focus_search)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        for one in filters:
            self.add_chip(one.key, one.title, one.options, multiple=one.multiple)
        self._show_reset()

    @property
    def text(self) -> str:
        """What is searched for, without blanks around it."""
        return self.search.text().strip()

    def add_chip(
        self, key: str, title: str, options: Sequence[Option] = (), *, multiple: bool = True
    ) -> FilterChip:
        """A chip named `key`. Values must be text or whole numbers, so that they can be remembered."""
        chip = FilterChip(title, options, multiple=multiple)
        remembered = self._remembered.get(key, [])
        chip.choose(frozenset(remembered if isinstance(remembered, list) else []))
        chip.changed.connect(self._tell)
        self._chips[key] = chip
        self._flow.insert(len(self._chips) - 1, chip)
        self._show_reset()
        return chip

    def add_widget(self, widget: QWidget, before: QWidget | None = None) -> None:
        """Something of the page's own at the right end of the bar, or left of what stands there."""
        at = self._layout.count() if before is None else self._layout.indexOf(before)
        self._layout.insertWidget(at, in_zone(widget, Zone.TOOLS))

    def set_options(self, key: str, options: Sequence[Option]) -> None:
        """Offer these values in a chip."""
        self._chips[key].set_options(options)

    def chosen(self, key: str) -> frozenset[Hashable]:
        """Values chosen in a chip; empty: everything passes."""
        return self._chips[key].values

    def choose(self, key: str, *values: Hashable) -> None:
        """Choose exactly these values and tell."""
        self._chips[key].choose(frozenset(values))
        self._tell()

    def offer(self, rows: Sequence[Any]) -> None:
        """Let each filter offer what these rows have."""
        for one in self._filters:
            self.set_options(one.key, one.offered(rows))

    def passes(self, row: Any) -> bool:
        """Whether the filters let a row through as they are chosen now."""
        return all(one.passes(row, self.chosen(one.key)) for one in self._filters)

    def words(self) -> str:
        """What is searched and chosen: "Suche: Treff · Art: Verein"."""
        chosen = [chip.text() for chip in self._chips.values() if chip.values]
        return " · ".join([f"Suche: {self.text}", *chosen] if self.text else chosen)

    @property
    def active(self) -> bool:
        """Something is searched or chosen, here or in the list below."""
        return self._others or bool(self.text) or any(chip.values for chip in self._chips.values())

    def reset(self) -> None:
        """Show everything again."""
        with QSignalBlocker(self.search):
            self.search.clear()
        for chip in self._chips.values():
            chip.choose(frozenset())
        self.was_reset.emit()
        self._tell()
        self.search.setFocus()

    def note_others(self, active: bool) -> None:
        """Whether the list below is filtered by itself as well, so that there is something to reset."""
        self._others = active
        self._show_reset()

    def focus_search(self) -> None:
        """The keyboard goes to the search field; what stands there is selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.search.text()
        ):
            self.search.clear()
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_reset()
        return handled

    def _fit_reset(self) -> None:
        """The word beside the cross makes room where what is searched for could not be read."""
        word = self._reset.fontMetrics().horizontalAdvance(RESET) + 12
        needed = self._layout.sizeHint().width() + (0 if self._reset.text() else word)
        fits = needed <= self.width()
        if fits != bool(self._reset.text()):
            self._reset.setText(RESET if fits else "")

    def _typed(self) -> None:
        self._show_reset()
        self._pause.start()

    def _search_now(self) -> None:
        """Enter does not wait for the pause: what it opens is what was searched for."""
        if self._pause.isActive():
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self._show_reset()
        chosen = {key: sorted(chip.values, key=str) for key, chip in self._chips.items()}
        self._state.set({"search": self.text, **chosen})
        self.changed.emit()

    def _show_reset(self) -> None:
        self._reset.setVisible(self.active)
