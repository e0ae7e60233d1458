"""The tab "Anlagen": files dropped, pasted, opened, described, removed; what was lost is said at its row."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.services.papers import attachments
from app.ui.agreements.page import AgreementsPage
from app.ui.agreements.record.attachments import AttachmentsTab
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.dropping import FileDrop
from app.workflows.papers.attachments import AT_ONCE
from db.attachments import AttachmentStore
from tests.ui.words import answer, press, sentences, shown, tips


@pytest.fixture
def tab(page: AgreementsPage) -> AttachmentsTab:
    row = next(row for row in page.register.table.rows() if row.number == "ZV-2025-01")
    page.show_record(row.id, "attachments")
    found = page.record.tabs["attachments"]
    assert isinstance(found, AttachmentsTab)
    return found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Satzung.pdf"
    path.write_bytes(b"%PDF Satzung")
    return path


class Viewer(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def drop(target: FileDrop, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    target.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    )


def names(tab: AttachmentsTab) -> list[str]:
    return [one.file_name for one in tab.table.rows()]


def attached(tab: AttachmentsTab, qtbot: QtBot, *paths: Path) -> None:
    before = len(names(tab))
    drop(tab.findChildren(FileDrop)[0], *paths)
    qtbot.waitUntil(lambda: len(names(tab)) == before + len(paths))


def test_dropped_files_are_listed_and_twins_are_noticed(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, tmp_path: Path, context: Context
) -> None:
    target: QWidget | None = tab.table.grid.viewport()
    while target is not None and not target.acceptDrops():  # as Qt looks for who takes a drop
        target = target.parentWidget()
    assert isinstance(target, FileDrop)
    (tmp_path / "Plan.txt").write_text("Plan")
    attached(tab, qtbot, scan, tmp_path / "Plan.txt")
    assert context.database.undo_label == "2 Dateien angehängt"
    assert tab.note.isHidden()
    attached(tab, qtbot, scan)
    qtbot.waitUntil(tab.note.isVisible)
    assert "„Satzung.pdf“ liegt schon bei ZV-2025-01 als „Satzung.pdf“" in tab.note.text
    assert len(list(AttachmentStore.of(context.database.path).hashes())) == 2
    context.undo()
    qtbot.waitUntil(lambda: len(names(tab)) == 2)


def test_a_picture_is_pasted(tab: AttachmentsTab, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("kein Bild")
    with pytest.raises(UserError, match="keine Datei und kein Bild"):
        tab.paste()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    clipboard.setImage(image)
    tab.paste()
    qtbot.waitUntil(lambda: len(names(tab)) == 1)
    assert names(tab)[0].startswith("Eingefügt 2026-07-01")
    assert names(tab)[0].endswith(".png")


def test_a_copy_is_opened_never_the_stored_file(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, context: Context
) -> None:
    attached(tab, qtbot, scan)
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    try:
        tab.table.select_position(0)
        tab.open.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (shown,) = viewer.shown
    assert (shown.name, shown.read_bytes()) == ("Satzung.pdf", b"%PDF Satzung")
    assert AttachmentStore.of(context.database.path).folder not in shown.parents


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("Rechnung.pdf.lnk", b"x", "startet eines"),
        ("Rechnung.pdf", b"MZ\x00", "obwohl der Name nicht danach aussieht"),
    ],
)
def test_what_can_be_run_is_asked_about(
    tab: AttachmentsTab, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    attached(tab, qtbot, tmp_path / name)
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    try:
        tab.table.select_position(0)
        tab.open.click()
        question = shown(QMessageBox)
        assert name in question.text()
        assert why in question.text().replace("\u200b", "")
        assert [one.text() for one in (question.defaultButton(), question.escapeButton())] == [
            "Nicht öffnen"
        ] * 2
        question.defaultButton().click()
        assert viewer.shown == []
        tab.open.click()
        press(shown(QMessageBox), "Speichern unter …")
        answer(tmp_path / "kopie.bin")
        assert (tmp_path / "kopie.bin").read_bytes() == content
        assert viewer.shown == []
        tab.open.click()
        press(shown(QMessageBox), "Trotzdem öffnen")
        assert [path.name for path in viewer.shown] == [name]
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_a_file_is_described_and_removed(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, context: Context
) -> None:
    attached(tab, qtbot, scan)
    tab.table.select_position(0)
    tab.edit.click()
    form = tab.findChildren(FormDialog)[-1]
    form.body["file_name"].editor.set_value("Satzung 2026.pdf")
    form.body["note"].editor.set_value("geprüft")
    form.save()
    qtbot.waitUntil(lambda: names(tab) == ["Satzung 2026.pdf"])
    tab.table.select_position(0)
    qtbot.keyClick(tab.table.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(tab) == [])
    context.undo()
    qtbot.waitUntil(lambda: names(tab) == ["Satzung 2026.pdf"])
    assert tab.table.rows()[0].note == "geprüft"


def test_lost_and_changed_files_are_said_at_their_rows(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, tmp_path: Path, context: Context
) -> None:
    (tmp_path / "Plan.txt").write_text("Plan")
    attached(tab, qtbot, scan, tmp_path / "Plan.txt")
    store = AttachmentStore.of(context.database.path)
    one, other = (store.path(found.sha256) for found in tab.table.rows())
    one.unlink()
    other.chmod(0o644)
    other.write_bytes(b"anders")
    assert tab.lost.isHidden()
    tab.refill(same=True)
    states = {column.key: column for column in tab.table.model.columns}["state"]
    assert [states.text(row) for row in tab.table.rows()] == ["Datei fehlt", "Datei wurde verändert"]
    assert "2 Dateien fehlen oder wurden verändert" in tab.lost.text
    tab.table.select_position(0)
    with qtbot.captureExceptions() as raised:
        tab.open.click()
    assert isinstance(raised[0][1], UserError)
    agreement = tab.table.rows()[0].belongs.agreement_id
    assert len(context.ask(attachments.rows, agreement)) == 2


def test_a_copy_is_saved_where_she_says(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, tmp_path: Path, context: Context
) -> None:
    attached(tab, qtbot, scan)
    said = sentences(context)
    tab.table.select_position(0)
    press(tab, "Speichern unter …")
    answer(tmp_path / "kopie.pdf")
    assert (tmp_path / "kopie.pdf").read_bytes() == b"%PDF Satzung"
    assert said == [f"Gespeichert: {tmp_path / 'kopie.pdf'}"]


def test_files_held_over_it_are_announced(tab: AttachmentsTab, scan: Path) -> None:
    target = tab.findChildren(FileDrop)[0]
    plain = target.grab().toImage()
    for urls, taken in (([], False), ([QUrl.fromLocalFile(str(scan))], True)):
        data = QMimeData()
        data.setUrls(urls)
        none = Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
        )
        event.ignore()
        target.dragEnterEvent(event)
        assert event.isAccepted() is taken
        assert (target.grab().toImage() != plain) is taken
    target.dragLeaveEvent(QDragLeaveEvent())
    assert target.grab().toImage() == plain


def test_several_files_are_chosen_at_once(
    tab: AttachmentsTab, qtbot: QtBot, scan: Path, tmp_path: Path, context: Context
) -> None:
    for name in ("Anwesenheit.txt", "Programm.txt"):
        (tmp_path / name).write_text(name)
    attached(tab, qtbot, scan)
    press(tab, "Dateien anhängen …")
    asking = shown(QFileDialog)
    asking.setDirectory(str(tmp_path))
    [line] = asking.findChildren(QLineEdit)
    line.setText('"Anwesenheit.txt" "Programm.txt"')
    asking.accept()
    qtbot.waitUntil(lambda: sorted(names(tab)) == ["Anwesenheit.txt", "Programm.txt", scan.name])
    assert context.database.undo_label == "2 Dateien angehängt"


def test_copied_files_are_pasted(tab: AttachmentsTab, qtbot: QtBot, scan: Path, context: Context) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    QGuiApplication.clipboard().setMimeData(data)
    tab.paste()
    QGuiApplication.clipboard().clear()  # kept to the end of the program, Python's object breaks it
    qtbot.waitUntil(lambda: names(tab) == ["Satzung.pdf"])
    assert context.database.undo_label == "„Satzung.pdf“ angehängt"


def test_a_large_file_is_read_beside_the_window(tab: AttachmentsTab, qtbot: QtBot, tmp_path: Path) -> None:
    large = tmp_path / "Film.zip"
    with large.open("wb") as file:
        file.truncate(AT_ONCE + 1)
    attached(tab, qtbot, large)
    columns = {column.key: column for column in tab.table.model.columns}
    qtbot.waitUntil(lambda: columns["state"].text(tab.table.rows()[0]) == "unverändert")
    (file,) = tab.table.rows()
    assert columns["size"].text(file) == "67,1 MB"
    assert f"Prüfsumme: {file.sha256}" in tips(tab.table.model)
