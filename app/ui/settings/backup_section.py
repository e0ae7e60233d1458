"""Backups: how old the newest is, a second place, and one on demand."""

from datetime import datetime
from pathlib import Path

from app.ui import preferences
from app.ui.context import Context
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, add, grow, row
from app.ui.kit.questions import choose_folder
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.texts import backup_age
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.settings.section import SettingsSection
from db import attachments
from db.checks import check as check_database
from db.copies.copying import take_snapshot
from db.copies.snapshots import KEPT, Snapshot, folder_for, snapshots

OLD_DAYS = 7
SHOWN_PROBLEMS = 8


class BackupSection(SettingsSection):
    """The daily snapshots; a copy of each may go to a stick or a network drive."""

    title, icon = "Sicherungen", "backup"
    sentence = (
        f"Täglich beim ersten Start mit allen Anlagen, die letzten {KEPT} bleiben. "
        "Zurück geht es mit „Datei – Sicherung wiederherstellen“."
    )
    action = ("Jetzt sichern", "backup")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path = context.database.path
        self.age = Note(action="Alles prüfen", clicked=self.check)
        self.findings = Note()
        self.findings.hide()
        self.place = label("", wrap=True, selectable=True)
        self.choose_button = button("Ordner wählen …", self._choose, icon="folder-open")
        self.forget_button = button("Nicht mehr", lambda: self.set_second_place(""), role="quiet")
        second = Card("Zweiter Ort")
        add(second.column, self.place, row(self.choose_button, self.forget_button, STRETCH))
        self.table: Table[Snapshot] = Table(
            "settings/backups",
            (
                Column("at", "Gesichert", lambda row: row.taken_at, Kind.DATE, width=150),
                Column("name", "Datei", lambda row: row.path.name, strong=True, stretch=True),
                Column("size", "Größe", _size, width=110, sort=lambda row: row.path.stat().st_size),
            ),
            title="Sicherungen",
            identity=lambda row: row.path,
            empty=EmptyState("backup", "Noch keine Sicherung", "Jetzt sichern", self.act),
        )
        self.add(self.age, self.findings, second, grow(self.table))

    def refresh(self) -> None:
        found = snapshots(self._path)
        newest = found[0].taken_at if found else None
        today = self.context.today()
        fresh = newest is not None and (today - newest.date()).days <= OLD_DAYS
        age = f"{backup_age(newest, today)} · {folder_for(self._path)}"
        self.age.say(age, Tone.SUCCESS if fresh else Tone.WARNING)
        place = preferences.SECOND_BACKUP_PLACE.get()
        self.place.setText(
            f"Jede tägliche Sicherung liegt auch in: {place}"
            if place
            else "Ein Stick oder Netzlaufwerk schützt, wenn der Rechner selbst verloren geht."
        )
        self.forget_button.setVisible(bool(place))
        self.table.set_rows(found)

    def act(self) -> None:
        """A snapshot now, beside the daily ones and at the second place."""
        now = datetime.now()
        name = f"{self._path.stem}_{now:%Y-%m-%d_%H-%M-%S}{self._path.suffix}"
        place = preferences.SECOND_BACKUP_PLACE.get()
        targets = [folder_for(self._path) / name, *([Path(place) / name] if place else [])]

        def work(progress: Progress) -> None:
            for target in targets:
                take_snapshot(self._path, target, progress)

        def done(_: None) -> None:
            self.context.say(f"Gesichert: {', '.join(str(target) for target in targets)}")

        self.context.do_later("Sicherung", work, done, self.refresh, owner=self)

    def check(self) -> None:
        """Read the database and every attached file; what is wrong is said here."""

        def work(progress: Progress) -> list[str]:
            return check_database(self._path) or attachments.problems(self._path, progress)

        self.context.do_later("Prüfung", work, self._checked, owner=self)

    def _checked(self, problems: list[str]) -> None:
        more = [f"… und {len(problems) - SHOWN_PROBLEMS} weitere"] if len(problems) > SHOWN_PROBLEMS else []
        said = "\n".join([*problems[:SHOWN_PROBLEMS], *more])
        self.findings.say(
            said or "Geprüft: Die Datei ist in Ordnung, alle Anlagen sind unverändert da.",
            Tone.DANGER if problems else Tone.SUCCESS,
        )

    def set_second_place(self, folder: str) -> None:
        """Where copies go from the next backup on; empty: nowhere."""
        preferences.SECOND_BACKUP_PLACE.set(folder)
        self.refresh()

    def _choose(self) -> None:
        choose_folder(self, "Zweiter Ort für Sicherungen", lambda folder: self.set_second_place(str(folder)))


def _size(row: Snapshot) -> str:
    return f"{row.path.stat().st_size / 1_000_000:.1f} MB".replace(".", ",")
