"""A file that cannot be read: what it is, which snapshots there are, and the ways back to work."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from app.ui.copies.rows import SnapshotRow, called_by_day, columns, snapshot_rows
from app.ui.kit.jobs import Jobs, Progress
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.lone_window import LoneWindow
from app.ui.kit.questions import DATABASE, choose_file, confirm
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.choice_card import ChoiceCard
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.room import Room
from app.ui.kit.widgets.text import button, label
from db.copies.proof import prove
from db.copies.snapshots import unproved

FIRST_SIZE = (1160, 720)


class WaysOutWindow(LoneWindow):
    """Stands where the file's own window would: nothing is done to the file before she has chosen a way."""

    restore_wanted = Signal(Path)
    rescue_wanted = Signal()
    look_wanted = Signal()
    open_wanted = Signal(Path)

    def __init__(self, path: Path, jobs: Jobs) -> None:
        super().__init__(f"{path.stem} – Quartiersbüro", FIRST_SIZE)
        self.path = path
        self._jobs = jobs
        self.table: Table[SnapshotRow] = Table(
            "shell/ways_out",
            columns(),
            title="Sicherungen, die neueste zuerst",
            identity=lambda one: one.path,
        )
        self.table.opened.connect(lambda one: self._ask(one.path))
        self.refresh()
        found = bool(self.table.rows())
        self.table.setVisible(found)
        self.table.setMinimumHeight(180)
        self.main = button("Wiederherstellen", self._ask_selected, icon="restore", role="primary")
        self.main.setVisible(found)
        self.other_snapshot = button("Andere Sicherung …", self._choose_snapshot, icon="folder-open")
        self.rescue = ChoiceCard(
            "shield",
            "Retten, was sich retten lässt",
            "Jeder Eintrag, der noch zu lesen ist, kommt in eine neue Datei. Ein Bericht sagt, was fehlt.",
        )
        self.rescue.clicked.connect(lambda: self.rescue_wanted.emit())
        self.look = ChoiceCard(
            "eye",
            "Nur ansehen, was lesbar ist",
            "Zum Nachschlagen oder Abschreiben. Es kann nichts geändert werden.",
        )
        self.look.clicked.connect(lambda: self.look_wanted.emit())
        self.open_other = button("Andere Datei öffnen …", self._open_other, icon="folder-open", role="link")
        inside = column(
            row(
                IconLabel("warning", lambda colours: colours.ink(Tone.WARNING), 40),
                grow(
                    column(
                        label("Die Datei ist beschädigt", "title", wrap=True),
                        label(_words(path), "muted", wrap=True),
                        spacing=4,
                    )
                ),
                spacing=16,
            ),
            8,
            label("Zu einem früheren Stand zurück", "section"),
            label(_snapshots_words(found), "muted", wrap=True),
            grow(self.table) if found else None,
            row(self.main, self.other_snapshot, STRETCH),
            12,
            label("Oder das Neueste aus der beschädigten Datei holen", "section"),
            row(grow(self.rescue), grow(self.look), spacing=12),
            None if found else STRETCH,
            4,
            row(grow(label(str(path), "caption", wrap=True, selectable=True)), self.open_other),
            spacing=8,
            margins=(32, 28, 32, 24),
        )
        column(Room(column(held(inside, "card"), margins=24), most=None), on=self)
        self.table.choose_first()
        (self.table if found else self.rescue).setFocus(Qt.FocusReason.OtherFocusReason)
        self._prove_all()

    def refresh(self) -> None:
        """More is known of some snapshots."""
        self.table.set_rows(snapshot_rows(self.path, datetime.now()))

    def look_again(self) -> None:
        """A password was given: more of them can be looked into."""
        self.refresh()
        self._prove_all()

    def _prove_all(self) -> None:
        """What nobody has looked into yet is looked into beside the window."""
        unknown = unproved(self.path)

        def work(progress: Progress) -> None:
            for path in unknown:
                prove(path, progress=progress)

        def done(_: None) -> None:
            if self.isVisible():
                self.refresh()

        if unknown:
            self._jobs.start("", work, done)

    def _ask_selected(self) -> None:
        for one in self.table.selected()[:1]:
            self._ask(one.path)

    def _choose_snapshot(self) -> None:
        choose_file(self, "Sicherung wählen", DATABASE, self._ask)

    def _ask(self, snapshot: Path) -> None:
        question = (
            f"Soll mit der Sicherung {called_by_day(self.path, snapshot)} weitergearbeitet werden? Was danach "
            "eingetragen wurde, fehlt in ihr. Die beschädigte Datei bleibt bei den "
            "Sicherungen liegen, mit „ersetzt“ im Namen."
        )
        confirm(self, question, "Wiederherstellen", lambda: self.restore_wanted.emit(snapshot))

    def _open_other(self) -> None:
        choose_file(self, "Datei öffnen", DATABASE, self.open_wanted.emit)


def _words(path: Path) -> str:
    return (
        f"„{path.name}“ lässt sich nicht oder nicht ganz lesen, vielleicht nach einem Stromausfall oder durch einen "
        "defekten Datenträger. Keiner der Wege hier löscht sie."
    )


def _snapshots_words(found: bool) -> str:
    if found:
        return "Am sichersten. Es fehlt nur, was nach der Sicherung eingetragen wurde."
    return "Neben der Datei liegt keine Sicherung. Vielleicht gibt es eine auf einem Stick oder Netzlaufwerk."
