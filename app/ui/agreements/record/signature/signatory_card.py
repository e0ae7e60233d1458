"""The card of somebody who signs an agreement or an amendment: signed on, by whom, and the scans of it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from app.domain.dates import german
from app.domain.papers.salutations import accusative
from app.services.agreements.signatories import SignatoryRow
from app.services.papers.attachments import AttachmentRow, Belonging
from app.ui.agreements.blocks import TOP
from app.ui.agreements.record.files import STATES, FileCommands, written_size
from app.ui.kit.layout import STRETCH, aligned, column, grow, row
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, icon_button, label, show_if
from db.attachments import FileState

SIGNED = Pill("unterschrieben", Tone.SUCCESS, "success")
WAITING = Pill("Unterschrift fehlt", Tone.WARNING, "signature")


class SignatoryCard(FileDrop):
    """Takes scans that are dropped on it, for what `belongs` says. `fixed`: the signature itself stays as it is."""

    def __init__(
        self,
        who: SignatoryRow,
        scans: Sequence[tuple[AttachmentRow, FileState | None]],
        belongs: Belonging,
        files: FileCommands,
        *,
        sign: Callable[[], object],
        take_back: Callable[[], object],
        fixed: bool = False,
    ) -> None:
        super().__init__()
        self._files = files
        self.belongs = belongs
        self.setProperty("role", "card")
        signed = who.signed_on is not None
        words, icon, role = (
            ("Ändern …", "edit", "link") if signed else ("Unterschrift eintragen …", "signature", "")
        )
        self.sign = button(words, sign, icon=icon, role=role)
        self.take_back = button("Zurücknehmen", take_back, role="link", icon="undo")
        show_if(self.sign, not fixed)
        show_if(self.take_back, signed and not fixed)
        self._signed = signed
        self.choose = button("Scan wählen …", lambda: files.choose(self.belongs), role="link", icon="plus")
        for one in (self.sign, self.take_back, self.choose):
            one.setAccessibleName(f"{who.name}: {one.text().removesuffix(' …')}")
        self.dropped.connect(lambda found: files.attach(self.belongs, found))
        self._lay_out(who, scans)

    def _lay_out(self, who: SignatoryRow, scans: Sequence[tuple[AttachmentRow, FileState | None]]) -> None:
        about = _about(who)
        name = label(who.name, "strong", wrap=True, selectable=True)
        words = "Weitere Seiten hierher ziehen oder" if scans else "Scan der Unterschrift hierher ziehen oder"
        column(
            row(grow(name), aligned(PillLabel(SIGNED if who.signed_on else WAITING), TOP)),
            label(about, "muted", wrap=True, selectable=True) if about else None,
            row(self.sign, self.take_back, STRETCH, spacing=16),
            *(self._scan(scan, state) for scan, state in scans),
            row(label(words, "caption"), self.choose, STRETCH),
            on=self,
            spacing=6,
            margins=(16, 12, 16, 12),
        )

    def _scan(self, scan: AttachmentRow, state: FileState | None) -> QWidget:
        show = button(scan.file_name, lambda: self._files.open(scan), role="link", icon="document")
        show.setToolTip(plain(f"Scan öffnen · Prüfsumme: {scan.sha256}"))
        when = f"{written_size(scan.size)}, {german(scan.added_at.date())}"
        fate = label(" · ".join(filter(None, (when, scan.fate))), "caption")
        lost = [] if state is FileState.SOUND else [PillLabel(STATES[state])]
        change = self._change(scan)
        return flowing(show, fate, *lost, *([] if change is None else [change]))

    def _change(self, scan: AttachmentRow) -> QPushButton | QToolButton | None:
        """One that is signed is replaced and stays; another one can be taken away."""
        if scan.replaced_on is not None:
            return None
        if self._signed:
            replace = button("Ersetzen …", lambda: self._files.replace(scan), role="link")
            replace.setAccessibleName(f"Scan {scan.file_name} ersetzen")
            return replace
        remove = f"Scan {scan.file_name} entfernen"
        return icon_button("trash", remove, lambda: self._files.remove([scan]))


def _about(who: SignatoryRow) -> str:
    if who.signed_on is not None:
        by = f" von {accusative(who.signed_by)}" if who.signed_by else ""
        return f"am {german(who.signed_on)}{by}"
    return f"Vertreten durch {accusative(who.people[0])}" if who.people else ""
