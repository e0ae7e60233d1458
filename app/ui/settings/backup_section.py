"""Backups: what each holds, how old they are, how much room they may take, a second place, and one on demand."""

from pathlib import Path

from app.domain.copies.rotation import DAYS, MONTHS, WEEKS
from app.domain.counting import counted
from app.domain.errors import Damaged
from app.ui import preferences
from app.ui.context import Context
from app.ui.copies.checking import Checking
from app.ui.copies.keeping import CopyKeeper
from app.ui.copies.rows import SnapshotRow, columns, snapshot_rows
from app.ui.copies.working_copy import DIRECTLY, IN_COPY, way_of_working
from app.ui.kit.editors.popups import Combo
from app.ui.kit.jobs import Progress
from app.ui.kit.layout import STRETCH, add, grow, row
from app.ui.kit.questions import choose_folder
from app.ui.kit.table.table import Table
from app.ui.kit.texts import backup_age, second_place_age
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.settings.section import SettingsSection
from db.checks import Findings, examine
from db.copies.places import drive_of
from db.copies.proof import Soundness, prove
from db.copies.snapshots import Snapshot, folder_for, newest_regular, snapshots
from db.errors import DAMAGED

OLD_DAYS = 7
SHOWN_PROBLEMS = 8
SIZES = {500: "500 MB", 1000: "1 GB", 2000: "2 GB", 5000: "5 GB", 10_000: "10 GB", 50_000: "50 GB"}
"""Megabytes that all snapshots of a place may take together, and their words."""


class BackupSection(SettingsSection):
    """The snapshots; a copy of each may go to a stick or a network drive."""

    title, icon = "Sicherungen", "backup"
    sentence = (
        f"Täglich, mit allen Anlagen. Es bleibt der letzte Stand von {DAYS} Tagen, {WEEKS} Wochen und {MONTHS} "
        "Monaten. Zurück geht es mit „Datei – Sicherung wiederherstellen“."
    )
    action = ("Jetzt sichern", "backup")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path = context.database.path
        self._copies = context.shared(CopyKeeper)
        self.age = Note(action="Alles prüfen", clicked=self.check)
        self._checking = context.shared(Checking)
        self._of_snapshots: list[str] = []
        self.findings = Note(action="Auswege zeigen", clicked=self._to_ways_out)
        self.findings.hide()
        in_copy = context.database.copy is not None
        self.way = Note(
            way_of_working(context.database),
            action=DIRECTLY if in_copy else IN_COPY,
            clicked=lambda: context.copy_wanted.emit(not in_copy),
        )
        self.way.setVisible(bool(self.way.text))
        self.place = label("", wrap=True, selectable=True)
        self.choose_button = button("Ordner wählen …", self._choose, icon="folder-open")
        self.forget_button = button("Nicht mehr dorthin", lambda: self.set_second_place(""), role="quiet")
        second = Card("Zweiter Ort")
        add(second.column, self.place, row(self.choose_button, self.forget_button, STRETCH), STRETCH)
        self.most = Combo()
        self.most.setAccessibleName("Platz für Sicherungen")
        for megabytes, words in SIZES.items():
            self.most.addItem(words, megabytes)
        self.most.activated.connect(lambda place: preferences.BACKUP_SIZE.set(self.most.itemData(place)))
        self.used = label("", "muted", wrap=True)
        room = Card("Platz")
        add(room.column, self.used, row(label("Höchstens"), self.most, STRETCH), STRETCH)
        self.table: Table[SnapshotRow] = Table(
            "settings/backups",
            columns(),
            title="Sicherungen",
            identity=lambda row: row.path,
            empty=EmptyState("backup", "Noch keine Sicherung", "Jetzt sichern", self.act),
        )
        self.add(
            self.age,
            self.findings,
            self.way,
            row(grow(second, 3), grow(room, 2), spacing=12),
            grow(self.table),
        )
        self._copies.changed.connect(self.refresh)
        self._checking.changed.connect(self._show_findings)

    def refresh(self) -> None:
        rows = snapshot_rows(self._path, self.context.now())
        self._show_age(newest_regular([row.snapshot for row in rows]))
        self._show_place()
        self._show_findings()
        used = sum(row.snapshot.size for row in rows) / 1_000_000
        self.used.setText(
            f"{used:.0f} MB sind belegt, ohne die Anlagen; die liegen dort nur einmal. Wird es mehr, gehen die "
            "ältesten Stände zuerst."
        )
        known = self.most.findData(preferences.BACKUP_SIZE.get())
        self.most.setCurrentIndex(known if known >= 0 else list(SIZES).index(preferences.BACKUP_SIZE.default))
        self.table.set_rows(rows)
        self._copies.prove_all()

    def _show_age(self, newest: Snapshot | None) -> None:
        today = self.context.today()
        fresh = newest is not None and 0 <= (today - newest.taken_at.date()).days <= OLD_DAYS
        age = backup_age(None if newest is None else newest.taken_at, today)
        self.age.say(f"{age} · {folder_for(self._path)}", Tone.SUCCESS if fresh else Tone.WARNING)

    def _show_place(self) -> None:
        place = preferences.SECOND_BACKUP_PLACE.get()
        self.forget_button.setVisible(bool(place))
        if not place:
            self.place.setText(
                "Ein Stick oder Netzlaufwerk schützt, wenn der Rechner selbst verloren geht. Jede Sicherung geht dann "
                "auch dorthin, sobald er da ist."
            )
            return
        age = second_place_age(self._copies.arrived(), self.context.today()).partition(": ")[2]
        trouble = self._copies.trouble or "Ist der Ort nicht da, wird es alle paar Minuten wieder versucht."
        self.place.setText(f"{place}\nDort zuletzt gesichert: {age}. {trouble}")

    def act(self) -> None:
        """A snapshot now; it goes to the second place like any other."""
        self._copies.take_now(lambda taken: self.context.say(f"Gesichert: {taken.path}"))

    def check(self) -> None:
        """Read the database, every attached file and every snapshot; what is wrong is said here."""

        def work(progress: Progress) -> tuple[Findings, list[str]]:
            findings, problems = examine(self._path, progress), []
            for one in snapshots(self._path):
                found = prove(one.path, progress=progress)
                if found.soundness is not Soundness.WHOLE:
                    problems.append(
                        f"Sicherung „{one.path.name}“ ist {found.soundness.word}: {found.problems[0]}"
                    )
            return findings, problems

        self.context.do_later("Prüfung", work, self._checked, self.refresh, owner=self)

    def _checked(self, found: tuple[Findings, list[str]]) -> None:
        findings, of_snapshots = found
        self._of_snapshots = of_snapshots
        self._checking.keep(findings)

    def _show_findings(self) -> None:
        """What the newest check has found, hers or the weekly one."""
        last = self._checking.last
        if last is None:
            return
        wrong = [*last.wrong, *self._of_snapshots]
        more = last.count - len(last.wrong)
        said = "\n".join([*wrong[:SHOWN_PROBLEMS], *([f"… und {more} weitere"] if more > 0 else [])])
        tail = f" {strange_files(last.orphans)}" if last.orphans else ""
        fine = "Die Datei ist in Ordnung, alle Anlagen sind unverändert da."
        self.findings.say(
            f"Geprüft am {last.when}. {said or fine}{tail}", Tone.DANGER if wrong else Tone.SUCCESS
        )
        self.findings.action.setVisible(last.is_damaged)

    def _to_ways_out(self) -> None:
        """Whoever sees to damage in the midst of work shows them."""
        raise Damaged(DAMAGED.format(path=self._path), self._path)

    def set_second_place(self, folder: str) -> None:
        """Where copies go from now on, the newest at once; empty: nowhere."""
        preferences.SECOND_BACKUP_PLACE.set(folder)
        preferences.SECOND_BACKUP_DRIVE.set(drive_of(Path(folder)) if folder else "")
        preferences.SECOND_BACKUP_LAST.set([])
        self._copies.trouble = ""
        self._copies.bring()
        self.refresh()

    def _choose(self) -> None:
        choose_folder(self, "Zweiter Ort für Sicherungen", lambda folder: self.set_second_place(str(folder)))


def strange_files(count: int) -> str:
    """Files in the folder of attachments that nothing refers to."""
    files = counted(count, "Datei gehört", "Dateien gehören")
    return f"{files} dort zu keinem Eintrag; das schadet nicht."
