"""The window: navigation, pages made at their first visit, menus, undo, status line."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.actions import build_actions
from app.ui.kit.page import Page
from app.ui.kit.texts import backup_age, clock_time, tr
from app.ui.kit.theme import Theme
from app.ui.lazy import class_at
from app.ui.shell.badges import OverdueBadge
from app.ui.shell.files import FileActions
from app.ui.shell.help import HelpActions
from app.ui.shell.menus import build_menus
from app.ui.shell.navigation import Navigation, PageSpec
from app.ui.shell.status import StatusLine
from app.ui.shell.view import ViewActions
from db.backup import folder_for, snapshots
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

    def __init__(self, context: Context, theme: Theme) -> None:
        super().__init__()
        self.context = context
        self.pages: dict[str, Page] = {}
        self._specs = {page.id: page for page in PAGES}
        self.setWindowTitle(f"{context.database.path.stem} – Quartiersbüro")
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self.navigation = Navigation(PAGES)
        self.navigation.chosen.connect(self.open_page)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.status.back.connect(self._go_back)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        self.files = FileActions(context, self)
        self.view = ViewActions(theme)
        self.help = HelpActions(PAGES, self)
        self.commands = build_actions(self, self._handlers())
        build_menus(self, self.commands, PAGES, self.view, self.files, self.open_page)
        context.changed.connect(self._show_change)
        context.said.connect(self._say)
        context.outdated.connect(self.show_backup_age)
        context.opened.connect(self.open_page)
        context.part_opened.connect(self.open_part)
        self._back: Callable[[], None] = context.undo
        self._badges = OverdueBadge(context, self.navigation)
        geometry = preferences.GEOMETRY.get()
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode())))
        self._show_undo()
        self._say(tr("„{name}“ geöffnet").format(name=context.database.path.name))

    def open_page(self, page_id: str, record_id: int | None = None) -> None:
        """Show a page, made now if it is its first visit, and a record on it."""
        page = self.pages.get(page_id)
        if page is None:
            page = self._make(self._specs[page_id])
            self.pages[page_id] = page
            self.stack.addWidget(page)
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

    def show_backup_age(self) -> None:
        found = snapshots(self.context.database.path)
        taken_at = found[0].taken_at if found else None
        self.status.show_backup(
            backup_age(taken_at, self.context.today()), str(folder_for(self.context.database.path))
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The window first, then its page: it shows sooner, and it shows even if the page cannot."""
        super().showEvent(event)
        if not self.pages:
            QTimer.singleShot(0, self, self._open_first_page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences.GEOMETRY.set(bytes(self.saveGeometry().toBase64().data()).decode())
        self.context.close()
        super().closeEvent(event)
        self.closed.emit()

    def _open_first_page(self) -> None:
        if not self.pages:
            last = preferences.LAST_PAGE.get()
            self.open_page(last if last in self._specs else PAGES[0].id)

    def _make(self, spec: PageSpec) -> Page:
        kind: type[Page] = class_at(spec.path)
        return kind(self.context.own(self))

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

    def _show_change(self, changed: Changed) -> None:
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
