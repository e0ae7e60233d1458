"""The window: navigation, pages made at their first visit, menus, undo, status line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QToolButton

from app.ui import preferences
from app.ui.kit.actions import MENUS, build_actions
from app.ui.kit.explained import explain_here
from app.ui.kit.icons import icon
from app.ui.kit.layout import grow, held, row
from app.ui.kit.menu import Menu
from app.ui.kit.mnemonics import lettered
from app.ui.kit.printing import NOTHING, printable
from app.ui.kit.screen import keep_on_screen
from app.ui.kit.tab_order import go_on
from app.ui.kit.texts import backup_age, clock_time, second_place_age, tr
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.news import ways_to
from app.ui.kit.widgets.room import Stack
from app.ui.kit.window_keys import WindowKeys
from app.ui.lazy import class_at
from app.ui.shell.idle_work import IdleWork, importing
from app.ui.shell.navigation import Navigation
from app.ui.shell.pages import PAGES
from app.ui.shell.status import StatusLine
from app.ui.shell.trail import Place
from app.ui.shell.ways import Ways

if TYPE_CHECKING:
    from app.ui.context import Context
    from app.ui.kit.page import Page
    from db.database import Changed

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
        self._menus = {place: Menu(title, self) for place, title in zip(MENUS, lettered(MENUS), strict=True)}
        for one in self._menus.values():
            self.menuBar().addMenu(one)
        WindowKeys(self)
        self.navigation = Navigation(PAGES)
        self.stack = Stack()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.setCentralWidget(held(row(self.navigation, grow(self.stack), spacing=0)))
        self._restore_geometry()
        if context is not None:
            self.show_file(context)

    def _restore_geometry(self) -> None:
        """As it was left, or as at the first start; on the screen in either case, it may be another one now."""
        self.resize(*FIRST_SIZE)
        if geometry := preferences.GEOMETRY.get():
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode())))
        keep_on_screen(self)

    def show_file(self, context: "Context") -> None:
        """Open the first page on a file; once only."""
        from app.ui.copies.keeping import CopyKeeper
        from app.ui.shell.badges import OverdueBadge
        from app.ui.shell.file_watch import FileWatch
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
        arrows = self.commands["view.back"], self.commands["view.forward"]
        self.ways = Ways(self.place, self.go_to, arrows, self)
        build_menus(self._menus, self.commands, PAGES, self.view, self.files, self.open_page)
        self.navigation.chosen.connect(self.open_page)
        context.changed.connect(self._show_change)
        context.said.connect(self._say)
        context.saved.connect(self._show_saved)
        context.outdated.connect(self.show_backup_age)
        context.opened.connect(self.open_page)
        context.part_opened.connect(self.open_part)
        self._badges = OverdueBadge(context, self.navigation)
        self.copies = context.shared(CopyKeeper)
        self.copies.changed.connect(self.show_backup_age)
        self.new_day = NewDay(context, self)
        self.file_watch = FileWatch(context, self)
        self._put_ways_in_corner()
        self._show_undo()
        self._say(tr("„{name}“ geöffnet").format(name=context.database.path.name))
        if not context.database.is_writer:
            self._show_only_read(context.database.why_only_read)
        if self.isVisible():
            QTimer.singleShot(0, self, self._open_first_page)

    def _show_only_read(self, why: str) -> None:
        """As long as the window is open; whatever would write says it, too."""
        self.setWindowTitle(f"{self.context.database.path.stem} (nur lesen) – Quartiersbüro")
        self.status.show_state(tr("Nur lesen"), why)
        self._say(f"{tr('Nur zum Lesen geöffnet.')} {why}".rstrip())

    def open_page(self, page_id: str, record_id: int | None = None) -> None:
        """Show a page, made now if it is its first visit, and a record on it; the way back is kept."""
        self.ways.leave()
        page = self._show_page(page_id)
        if record_id is not None:
            page.open_record(record_id)
        page.take_focus()

    def go_to(self, place: Place) -> None:
        """Show a place where she was before."""
        page = self._show_page(place.page)
        page.go_to(place.within)
        page.take_focus()

    def place(self) -> Place | None:
        """Where she is; None before the first page is there."""
        shown = self.stack.currentWidget()
        return next((Place(key, page.place()) for key, page in self.pages.items() if page is shown), None)

    def _show_page(self, page_id: str) -> "Page":
        page = self._page(page_id)
        self._put_in(page)
        self.stack.setCurrentWidget(page)
        self.navigation.show_current(page_id)
        return page

    def open_part(self, page_id: str, part: str, year: int | None) -> None:
        """Show a page and something on it that is to be done."""
        self.open_page(page_id)
        self.pages[page_id].open_part(part, year)

    def make_pages_ready(self) -> None:
        """Make the other pages while nobody works, so that their first visit is as quick as any other."""
        self._idle_work = IdleWork(self, self._make_all())

    def show_backup_age(self) -> None:
        from db.copies.snapshots import folder_for, newest_regular, snapshots

        path, today = self.context.database.path, self.context.today()
        newest = newest_regular(snapshots(path))
        text = backup_age(None if newest is None else newest.taken_at, today)
        tip = str(folder_for(path))
        if place := preferences.SECOND_BACKUP_PLACE.get():
            text = f"{text} · {second_place_age(self.copies.arrived(), today)}"
            tip = f"{tip}\n{place}" + (f"\n{self.copies.trouble}" if self.copies.trouble else "")
        self.status.show_backup(text, tip)

    def showEvent(self, event: QShowEvent) -> None:
        """The window first, then its page: it shows sooner, and it shows even if the page cannot."""
        super().showEvent(event)
        keep_on_screen(self)  # only now its frame is known
        if not self.pages and self._has_file:
            QTimer.singleShot(0, self, self._open_first_page)

    @property
    def _has_file(self) -> bool:
        return hasattr(self, "context")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.fit(self.width())

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            keep_on_screen(self)  # no longer maximised, it may have the size of a larger screen

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences.GEOMETRY.set(bytes(self.saveGeometry().toBase64().data()).decode())
        if self._idle_work is not None:
            self._idle_work.stop()
        if self._has_file:
            self._stop_looking()
            self.context.close()
        super().closeEvent(event)
        self.closed.emit()

    def _stop_looking(self) -> None:
        """What would look into the file by itself ends before it is closed: it would open it again."""
        for owner in (self, self.context):
            for timer in owner.findChildren(QTimer):
                timer.stop()

    def _open_first_page(self) -> None:
        if not self.pages and not self.context.is_resting:
            self.open_page(PAGES[0].id)

    def _page(self, page_id: str) -> "Page":
        """A page, made now if there is none yet."""
        if page_id not in self.pages:
            kind: type[Page] = class_at(self._specs[page_id].path)
            page = self.pages[page_id] = kind(self.context.own(self))
            page.leaving.connect(self.ways.leave)
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
            "file.save": self._say_saved,
            "file.print": self._print,
            "file.backup": self.files.back_up,
            "file.restore": self.files.restore,
            "file.template": self.files.save_template,
            "file.export_master": self.files.export_master,
            "file.lock": self.context.lock_wanted.emit,
            "file.quit": self.close,
            "edit.undo": self.context.undo,
            "edit.redo": self.context.redo,
            "edit.steps": self._show_steps,
            "view.back": lambda: self.ways.back(),
            "view.forward": lambda: self.ways.forward(),
            "view.larger": lambda: self.view.step(1),
            "view.smaller": lambda: self.view.step(-1),
            "view.normal": self.view.normal,
            "help.text": self._help,
            "help.keys": self.help.show_keys,
            "help.about": self.help.show_about,
        }

    def _help(self) -> None:
        """What a figure contains where one is pointed at or has the keyboard, else the help."""
        if not explain_here():
            self.help.show_help()

    def _say_saved(self) -> None:
        """She is used to saving; here nothing waits for it."""
        if not self.context.database.is_writer:
            self._say(f"{tr('Nur zum Lesen geöffnet.')} {self.context.database.why_only_read}".rstrip())
            return
        self._say(tr("Alles ist schon gespeichert: Jede Änderung steht sofort in der Datei."))

    def _print(self) -> None:
        """What is looked at, see `printable`."""
        if found := printable(self):
            found.print_shown()
        else:
            self._say(tr(NOTHING))

    def _show_change(self, changed: "Changed") -> None:
        self._show_undo()
        self.ways.follow(changed)
        redo, undo = (tr("Wiederholen"), self.context.redo), (tr("Rückgängig"), self.context.undo)
        way_back = [redo if changed.is_undone else undo] if changed.undoable else []
        self.status.news.tell(changed.label, *way_back)
        self.status.show_saved(tr("Gespeichert {time}").format(time=clock_time(datetime.now())))

    def _show_steps(self) -> None:
        from app.ui.shell.steps import StepsDialog

        StepsDialog(self.context, self).open()

    def _say(self, sentence: str) -> None:
        self.status.news.tell(sentence)
        self.show_backup_age()  # a backup announces itself by such a sentence

    def _show_saved(self, sentence: str, path: Path) -> None:
        self.status.news.tell(sentence, *ways_to(path))
        self.show_backup_age()

    def _show_undo(self) -> None:
        for action_id, word, label in (
            ("edit.undo", tr("Rückgängig"), self.context.database.undo_label),
            ("edit.redo", tr("Wiederholen"), self.context.database.redo_label),
        ):
            self.commands[action_id].setEnabled(label is not None)
            self.commands[action_id].setText(f"{word}: {label}".replace("&", "&&") if label else word)

    def _put_ways_in_corner(self) -> None:
        """Back and forward can be clicked at the right of the menu bar."""
        ways = []
        for action_id, name in (("view.back", "arrow-left"), ("view.forward", "arrow-right")):
            self.commands[action_id].setIcon(icon(name))
            ways.append(QToolButton())
            ways[-1].setDefaultAction(self.commands[action_id])
            ways[-1].setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard the menu and Alt+Left lead there
        self._corner = held(row(*ways, spacing=2, margins=(0, 0, 16, 0)))
        self.menuBar().setCornerWidget(self._corner)
        self._corner.show()
