"""The window: navigation, pages made at their first visit, menus, undo, status line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from app.ui import preferences
from app.ui.kit.actions import MENUS, build_actions
from app.ui.kit.layout import grow, held, row
from app.ui.kit.texts import backup_age, clock_time, tr
from app.ui.kit.theme import Theme
from app.ui.lazy import class_at
from app.ui.shell.idle_work import IdleWork, importing
from app.ui.shell.navigation import Navigation, PageSpec
from app.ui.shell.status import StatusLine

if TYPE_CHECKING:
    from app.ui.context import Context
    from app.ui.kit.page import Page
    from db.database import Changed

PAGES: tuple[PageSpec, ...] = (
    PageSpec("overview", "Übersicht", "overview", "app.ui.overview.page:OverviewPage", "Ctrl+1"),
    PageSpec("quarters", "Quartiere", "quarters", "app.ui.quarters.page:QuartersPage", "Ctrl+2"),
    PageSpec("actors", "Träger", "actors", "app.ui.actors.page:ActorsPage", "Ctrl+3"),
    PageSpec("offers", "Angebote", "offers", "app.ui.offers.page:OffersPage", "Ctrl+4"),
    PageSpec("agreements", "Vereinbarungen", "agreements", "app.ui.agreements.page:AgreementsPage", "Ctrl+5"),
    PageSpec("budget", "Budget", "budget", "app.ui.budgets.page:BudgetPage", "Ctrl+6"),
    PageSpec("grants", "Förderung", "grants", "app.ui.grants.page:GrantsPage", "Ctrl+7"),
    PageSpec("imports", "Import", "imports", "app.ui.imports.page:ImportsPage", "Ctrl+8"),
    PageSpec(
        "settings", "Einstellungen", "settings", "app.ui.settings.page:SettingsPage", "Ctrl+9", at_bottom=True
    ),
)
SMALLEST = (900, 600)
FIRST_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """One open database file in one window. Closing it is announced by `closed`."""

    closed = Signal()

    context: "Context"

    def __init__(self, context: "Context | None", theme: Theme) -> None:
        """Without a file it shows an empty frame and waits for `show_file`."""
        super().__init__()
        self.pages: dict[str, Page] = {}
        self._idle_work: IdleWork | None = None
        self._specs = {page.id: page for page in PAGES}
        self._theme = theme
        self.setWindowTitle("Quartiersbüro")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self._menus = {place: self.menuBar().addMenu(place.value) for place in MENUS}
        self.navigation = Navigation(PAGES)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.setCentralWidget(held(row(self.navigation, grow(self.stack), spacing=0)))
        geometry = preferences.GEOMETRY.get()
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode())))
        if context is not None:
            self.show_file(context)

    def show_file(self, context: "Context") -> None:
        """Open the first page on a file; once only."""
        from app.ui.shell.badges import OverdueBadge
        from app.ui.shell.files import FileActions  # all of these after the first sight of the window
        from app.ui.shell.help import HelpActions
        from app.ui.shell.lists import ListRequests
        from app.ui.shell.menus import build_menus
        from app.ui.shell.new_day import NewDay
        from app.ui.shell.view import ViewActions

        self.context = context
        self.setWindowTitle(f"{context.database.path.stem} – Quartiersbüro")
        self.files = FileActions(context, self)
        self.view = ViewActions(self._theme)
        self.help = HelpActions(PAGES, self)
        self._lists = ListRequests(context, self.status, self)
        self.commands = build_actions(self, self._handlers())
        build_menus(self._menus, self.commands, PAGES, self.view, self.files, self.open_page)
        self.navigation.chosen.connect(self.open_page)
        self.status.back.connect(self._go_back)
        context.changed.connect(self._show_change)
        context.said.connect(self._say)
        context.outdated.connect(self.show_backup_age)
        context.opened.connect(self.open_page)
        context.part_opened.connect(self.open_part)
        self._back: Callable[[], None] = context.undo
        self._badges = OverdueBadge(context, self.navigation)
        self.new_day = NewDay(context, self)
        self._show_undo()
        self._say(tr("„{name}“ geöffnet").format(name=context.database.path.name))
        if self.isVisible():
            QTimer.singleShot(0, self, self._open_first_page)

    def open_page(self, page_id: str, record_id: int | None = None) -> None:
        """Show a page, made now if it is its first visit, and a record on it."""
        page = self._page(page_id)
        self._put_in(page)
        self.stack.setCurrentWidget(page)
        self.navigation.show_current(page_id)
        preferences.LAST_PAGE.set(page_id)
        if record_id is not None:
            page.open_record(record_id)
        page.take_focus()

    def open_part(self, page_id: str, part: str, year: int | None) -> None:
        """Show a page and something on it that is to be done."""
        self.open_page(page_id)
        self.pages[page_id].open_part(part, year)

    def make_pages_ready(self) -> None:
        """Make the other pages while nobody works, so that their first visit is as quick as any other."""
        self._idle_work = IdleWork(self, self._make_all())

    def show_backup_age(self) -> None:
        from db.backup import folder_for, snapshots

        found = snapshots(self.context.database.path)
        taken_at = found[0].taken_at if found else None
        self.status.show_backup(
            backup_age(taken_at, self.context.today()), str(folder_for(self.context.database.path))
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The window first, then its page: it shows sooner, and it shows even if the page cannot."""
        super().showEvent(event)
        if not self.pages and self._has_file:
            QTimer.singleShot(0, self, self._open_first_page)

    @property
    def _has_file(self) -> bool:
        return hasattr(self, "context")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences.GEOMETRY.set(bytes(self.saveGeometry().toBase64().data()).decode())
        if self._idle_work is not None:
            self._idle_work.stop()
        if self._has_file:
            self.context.close()
        super().closeEvent(event)
        self.closed.emit()

    def _open_first_page(self) -> None:
        if not self.pages:
            last = preferences.LAST_PAGE.get()
            self.open_page(last if last in self._specs else PAGES[0].id)

    def _page(self, page_id: str) -> "Page":
        """A page, made now if there is none yet."""
        if page_id not in self.pages:
            kind: type[Page] = class_at(self._specs[page_id].path)
            self.pages[page_id] = kind(self.context.own(self))
        return self.pages[page_id]

    def _put_in(self, page: "Page") -> None:
        """Into the stack, where it is not there yet."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)

    def _make_all(self) -> Iterator[None]:
        for spec in PAGES:
            yield from importing(spec.path.split(":")[0])
            page = self._page(spec.id)
            yield
            self._put_in(page)
            yield

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "file.new": self.files.new,
            "file.open": self.files.open,
            "file.backup": self.files.back_up,
            "file.restore": self.files.restore,
            "file.template": self.files.save_template,
            "file.export_master": self.files.export_master,
            "file.quit": self.close,
            "edit.undo": self.context.undo,
            "edit.redo": self.context.redo,
            "view.larger": lambda: self.view.step(1),
            "view.smaller": lambda: self.view.step(-1),
            "view.normal": self.view.normal,
            "help.text": self.help.show_help,
            "help.keys": self.help.show_keys,
            "help.about": self.help.show_about,
        }

    def _show_change(self, changed: "Changed") -> None:
        self._show_undo()
        undone = changed.label == f"Rückgängig: {self.context.database.redo_label}"
        self._back = self.context.redo if undone else self.context.undo
        way_back = tr("Wiederholen") if undone else tr("Rückgängig")
        self.status.say(changed.label, way_back if changed.undoable else "")
        self.status.show_saved(tr("Gespeichert {time}").format(time=clock_time(datetime.now())))

    def _say(self, sentence: str) -> None:
        self.status.say(sentence)
        self.show_backup_age()  # a backup announces itself by such a sentence

    def _show_undo(self) -> None:
        for action_id, word, label in (
            ("edit.undo", tr("Rückgängig"), self.context.database.undo_label),
            ("edit.redo", tr("Wiederholen"), self.context.database.redo_label),
        ):
            self.commands[action_id].setEnabled(label is not None)
            self.commands[action_id].setText(f"{word}: {label}".replace("&", "&&") if label else word)

    def _go_back(self) -> None:
        self._back()
