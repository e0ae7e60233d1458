"""The menu bar, built from the declared actions and the table of pages."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from app.ui import preferences
from app.ui.kit.actions import ACTIONS, ActionPlace
from app.ui.kit.menu import Entry, Menu, fill
from app.ui.kit.mnemonics import letter_menu
from app.ui.kit.theme import SCHEME_WORDS
from app.ui.shell.files import FileActions
from app.ui.shell.navigation import PageSpec
from app.ui.shell.view import ViewActions


def build_menus(
    menus: Mapping[ActionPlace, QMenu],
    built: Mapping[str, QAction],
    pages: Sequence[PageSpec],
    view: ViewActions,
    files: FileActions,
    open_page: Callable[[str], None],
) -> None:
    """Fill the menus of the window's menu bar."""
    _add_pages(menus[ActionPlace.VIEW], pages, open_page)
    _add_look(menus[ActionPlace.VIEW], view)
    for declared in ACTIONS:
        if declared.place not in menus:
            continue
        menu = menus[declared.place]
        if declared.gap:
            menu.addSeparator()
        menu.addAction(built[declared.id])
        if declared.id == "file.open":
            _add_recent(menu, files)


def _add_pages(menu: QMenu, pages: Sequence[PageSpec], open_page: Callable[[str], None]) -> None:
    for page in pages:
        action = menu.addAction(page.title)
        action.setObjectName(f"page.{page.id}")
        action.setShortcut(QKeySequence(page.shortcut))
        action.triggered.connect(lambda _checked=False, page_id=page.id: open_page(page_id))
    menu.addSeparator()


def _add_look(menu: QMenu, view: ViewActions) -> None:
    look = Menu("Design", menu)
    menu.addMenu(look)
    group = QActionGroup(look)
    for scheme, words in SCHEME_WORDS.items():
        action = look.addAction(words[:1].upper() + words[1:])
        action.setCheckable(True)
        action.setChecked(view.theme.scheme is scheme)
        action.setActionGroup(group)
        action.triggered.connect(lambda _checked=False, scheme=scheme: view.choose_scheme(scheme))
    menu.addSeparator()


def _add_recent(menu: QMenu, files: FileActions) -> None:
    recent = Menu("Zuletzt geöffnet", menu)
    menu.addMenu(recent)

    def refill() -> None:
        recent.clear()
        paths = preferences.recent_files()
        fill(
            recent,
            [Entry(f"{path.name} – {path.parent}", partial(files.open_wanted.emit, path)) for path in paths]
            or [Entry("Noch keine", lambda: None, enabled=False)],
        )
        letter_menu(recent)

    recent.aboutToShow.connect(refill)
