"""The card of somebody who signs an agreement: signed on, by whom, and the scans of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services.agreements.signatories import SignatoryRow
from app.services.papers.attachments import AttachmentRow, Belonging
from app.ui.agreements.record.files import STATES, FileDeeds, written_size
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, icon_button, label
from db.attachments import FileState

SIGNED = Pill("unterschrieben", Tone.SUCCESS, "success")
WAITING = Pill("Unterschrift fehlt", Tone.WARNING, "signature")


class SignatoryCard(FileDrop):
    """Takes scans that are dropped on it."""

    def __init__(
        self,
        who: SignatoryRow,
        scans: Sequence[tuple[AttachmentRow, FileState | None]],
        agreement_id: int,
        files: FileDeeds,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self.belongs = Belonging(agreement_id, party_id=who.party_id, is_scan=True)
        self.setProperty("role", "card")
        signed = who.signed_on is not None
        self.sign = button(
            "Ändern …" if signed else "Unterschrift eintragen …",
            icon="edit" if signed else "signature",
            role="link" if signed else "",
        )
        self.take_back = button("Zurücknehmen", role="link", icon="undo")
        self.take_back.setVisible(signed)
        self.choose = button("Scan wählen …", lambda: files.choose(self.belongs), role="link", icon="plus")
        for one in (self.sign, self.take_back, self.choose):
            one.setAccessibleName(f"{who.name}: {one.text().removesuffix(' …')}")
        self.dropped.connect(lambda found: files.attach(self.belongs, found))
        self._lay_out(who, scans)

    def _lay_out(self, who: SignatoryRow, scans: Sequence[tuple[AttachmentRow, FileState | None]]) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(who.name, "strong", wrap=True, selectable=True), 1)
        head.addWidget(PillLabel(SIGNED if who.signed_on else WAITING), 0, Qt.AlignmentFlag.AlignTop)
        deeds = QHBoxLayout()
        deeds.setSpacing(16)
        for widget in (self.sign, self.take_back):
            deeds.addWidget(widget)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        if about := _about(who):
            column.addWidget(label(about, "muted", wrap=True, selectable=True))
        column.addLayout(deeds)
        for row, state in scans:
            column.addWidget(self._scan(row, state))
        column.addWidget(self._place(bool(scans)))

    def _scan(self, row: AttachmentRow, state: FileState | None) -> QWidget:
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        show = button(row.file_name, lambda: self._files.open(row), role="link", icon="document")
        show.setToolTip(f"Scan öffnen · SHA-256: {row.sha256}")
        inside.addWidget(show)
        inside.addWidget(label(f"{written_size(row.size)}, {german(row.added_at.date())}", "caption"))
        if state is not FileState.SOUND:
            inside.addWidget(PillLabel(STATES[state]))
        inside.addStretch(1)
        inside.addWidget(
            icon_button("trash", f"Scan {row.file_name} entfernen", lambda: self._files.remove([row]))
        )
        return line

    def _place(self, has_some: bool) -> QWidget:
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = (
            "Weitere Seiten hierher ziehen oder" if has_some else "Scan der Unterschrift hierher ziehen oder"
        )
        line.addWidget(label(words, "caption"))
        line.addWidget(self.choose)
        line.addStretch(1)
        return place


def _about(who: SignatoryRow) -> str:
    if who.signed_on is not None:
        by = f" von {who.signed_by}" if who.signed_by else ""
        return f"am {german(who.signed_on)}{by}"
    return f"Vertreten durch {who.people[0]}" if who.people else ""
