"""Commands for attached files, wherever they are listed: attach, open, save, describe, remove."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.domain.errors import UserError
from app.services.agreements import signatories
from app.services.papers import attachments
from app.services.papers.attachments import AttachmentRow, Belonging, Description
from app.services.several import each
from app.ui.agreements.corrections import ask_reason
from app.ui.context import Context
from app.ui.kit.editors import MultilineEditor, RecordEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.outside import open_file
from app.ui.kit.questions import choose_file, choose_files, choose_target
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.dropping import files_of, picture_of
from app.ui.kit.widgets.figures import Pill
from app.workflows.papers.attachments import (
    Attached,
    Pasted,
    attach,
    open_copy,
    read_only_copy,
    read_states,
    replace_scan,
    save_copy,
    states,
)
from db.attachments import FileState

SCANS = [".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic"]
SCAN_KINDS = f"PDF und Bilder ({' '.join(f'*{ending}' for ending in SCANS)})"
ALL_KINDS = "Alle Dateien (*)"
STATES: dict[FileState | None, Pill] = {
    None: Pill("noch nicht geprüft", Tone.NEUTRAL, "clock", rank=3),
    FileState.SOUND: Pill("unverändert", Tone.SUCCESS, "success", rank=2),
    FileState.MISSING: Pill("Datei fehlt", Tone.DANGER, "warning", rank=0),
    FileState.CHANGED: Pill("Datei wurde verändert", Tone.DANGER, "warning", rank=1),
}


class FileCommands:
    """Acts on files of agreements. `attached` hears of what came in, also of what lay there already."""

    def __init__(self, context: Context, parent: QWidget, attached: Callable[[list[Attached]], None]) -> None:
        self._context = context
        self._parent = parent
        self._attached = attached
        self._reading = False

    def attach(self, belongs: Belonging, sources: Sequence[Path | Pasted]) -> None:
        """Take copies, beside the window. Raises UserError for a scan that is neither PDF nor picture."""
        if belongs.is_scan:
            wrong = [one.name for one in sources if Path(one.name).suffix.lower() not in SCANS]
            if wrong:
                raise UserError(
                    f"„{wrong[0]}“ ist weder PDF noch Bild. Andere Dateien bitte unter „Anlagen“ ablegen."
                )
        database, at = self._context.database, self._context.now()
        self._context.do_later(
            "Dateien werden angehängt",
            lambda progress: attach(database, belongs, sources, at, progress=progress),
            self._attached,
            owner=self._parent,
        )

    def choose(self, belongs: Belonging) -> None:
        """Ask which files."""
        title, kinds = ("Scan wählen", SCAN_KINDS) if belongs.is_scan else ("Dateien anhängen", ALL_KINDS)
        choose_files(self._parent, title, kinds, lambda files: self.attach(belongs, files))

    def paste(self, belongs: Belonging) -> None:
        """Files or a picture from the clipboard. Raises UserError if there is neither."""
        data = QGuiApplication.clipboard().mimeData()
        files = files_of(data)
        picture = None if files else picture_of(data)
        if files:
            self.attach(belongs, files)
        elif picture is not None:
            self.attach(belongs, [Pasted(f"Eingefügt {self._context.now():%Y-%m-%d %H-%M}.png", picture)])
        else:
            raise UserError("In der Zwischenablage ist keine Datei und kein Bild.")

    def states(self, rows: Sequence[AttachmentRow], again: Callable[[], None]) -> dict[int, FileState | None]:
        """What became of these files; large ones are read beside the window, then `again` is called."""
        database = self._context.database
        found = states(database, rows)
        unread = [row for row in rows if found[row.id] is None]
        if unread and not self._reading:
            self._reading = True

            def ended() -> None:
                self._reading = False

            self._context.do_later(
                "Anlagen werden geprüft",
                lambda progress: read_states(database, unread, progress),
                lambda _: again(),
                ended,
                owner=self._parent,
            )
        return found

    def open(self, row: AttachmentRow) -> None:
        """Show a read-only copy with the system's program; asks before one that can do something by itself.

        Raises UserError if it is missing or changed.
        """
        open_file(open_copy(self._context.database, row), self._parent, lambda: self.save(row))

    def save(self, row: AttachmentRow) -> None:
        """Ask where a copy shall go."""

        def write(target: Path) -> None:
            save_copy(self._context.database, row, target)
            self._context.tell_saved(target)

        choose_target(self._parent, "Datei speichern unter", ALL_KINDS, row.file_name, write)

    def describe(self, row: AttachmentRow) -> FormDialog[Description]:
        """The form of name, note and party."""
        parties = self._context.ask(signatories.parties, row.belongs.agreement_id)
        body = FormBody()
        body.row(
            Field("file_name", "Name", TextEditor(), required=True, stretch=2),
            Field("party_id", "Gehört zu", RecordEditor(parties, "Vereinbarung als Ganzes")),
        )
        body.row(Field("note", "Notiz", MultilineEditor(lines=3)))
        values = Description(row.file_name, row.note, row.belongs.party_id)

        def save(said: Description) -> None:
            self._context.do(f"„{said.file_name}“ beschrieben", attachments.describe, row.id, said)

        sentence = f"{written_size(row.size)}, angehängt am {german(row.added_at.date())}"
        return FormDialog(
            "Anlage beschreiben", body, values, save, parent=self._parent, sentence=sentence
        ).shown()

    def replace(self, row: AttachmentRow) -> None:
        """Another scan in place of a signed one: ask why, then which file; both stay."""

        def chosen(source: Path, reason: str) -> None:
            database, at = self._context.database, self._context.now()
            self._context.do_later(
                "Scan wird ersetzt",
                lambda progress: replace_scan(database, row, source, reason, at, progress=progress),
                lambda new: self._attached([new]),
                owner=self._parent,
            )

        def given(reason: str) -> None:
            choose_file(self._parent, "Neuen Scan wählen", SCAN_KINDS, lambda file: chosen(file, reason))

        sentence = (
            f"„{row.file_name}“ bleibt lesbar und trägt den Tag und den Grund. Danach den neuen Scan wählen."
        )
        ask_reason(self._parent, "Scan ersetzen", sentence, given, "Weiter")

    def remove(self, rows: Sequence[AttachmentRow]) -> None:
        """Take files from the list without asking; undo brings them back."""
        names = f"„{rows[0].file_name}“" if len(rows) == 1 else f"{len(rows)} Anlagen"
        self._context.do(f"{names} entfernt", each, attachments.remove, [row.id for row in rows])


def show_content(content: bytes, name: str) -> None:
    """Show content that lies in the database, as a read-only copy."""
    open_file(read_only_copy(content, name))


def said_of_twins(found: Sequence[Attached]) -> str:
    """Which of the files lay there already, and where; empty if none did."""
    return " ".join(
        f"„{one.file_name}“ liegt schon bei {one.twins[0].number} als „{one.twins[0].file_name}“"
        + (f" und {len(one.twins) - 1} weitere Male" if len(one.twins) > 1 else "")
        + "; der Inhalt ist nur einmal gespeichert."
        for one in found
        if one.twins
    )


def written_size(size: int) -> str:
    """Bytes as a person reads them: "1,2 MB"."""
    if size < 1000:
        return f"{size} Byte"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
