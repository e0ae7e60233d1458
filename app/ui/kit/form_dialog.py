"""A form in a dialog of its own: modal, saved once, closed without asking only when nothing was changed."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Invalid
from app.ui.kit.actions import bind
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import FormBody
from app.ui.kit.layout import STRETCH, grow, scrolled
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label

I = TypeVar("I")  # noqa: E741 - the input of a service

SIDE_WIDTH = 280
"""What stands beside the fields keeps at least so many pixels."""
UNSAVED = "Es gibt ungespeicherte Änderungen."


class FormDialog(Dialog, Generic[I]):
    """Shows `body` filled with `values`; `save(changed values)` stores them and may raise Invalid.

    `saved` tells what `save` returned, to its listeners and to the one who is given. `watch` gets what can be read
    at the start and after each change, to show what follows from it. Ctrl+Enter and Ctrl+S save. Esc closes; with
    changes it asks inside the dialog, unless it only `chooses` what is done next and nothing would be lost. Other
    errors than Invalid go up to the error reporter; the form stays open with everything in it.
    """

    saved = Signal(object)

    def __init__(
        self,
        title: str,
        body: FormBody,
        values: I,
        save: Callable[[I], Any],
        *,
        parent: QWidget | None = None,
        sentence: str = "",
        side: QWidget | None = None,
        save_text: str = "Speichern",
        size: tuple[int, int] | None = None,
        saved: Callable[[Any], object] | None = None,
        watch: Callable[[I], object] | None = None,
        chooses: bool = False,
    ) -> None:
        super().__init__(parent, title, sentence)
        self._chooses = chooses
        if saved is not None:
            self.saved.connect(saved)
        self.body = body
        self._values = values
        self._save = save
        self._note = Note(tone=Tone.DANGER)
        self._note.hide()
        self.save_button = button(save_text, self.save, role="primary")
        self.cancel_button = button("Abbrechen", self.reject)
        self._keep_button = button("Weiter bearbeiten", self._keep_editing)
        self._discard_button = button("Verwerfen", self._discard, role="danger")
        bind(self, "file.save", self.save_button.click)
        self._asking = label(UNSAVED, "strong")
        self._area = scrolled(body)
        self._lay_out(side)
        self._ask(False)
        body.finish()
        body.fill(values)
        if watch is not None:
            body.changed.connect(lambda: watch(body.readable(values)))
            watch(body.readable(values))
        self.resize(self._start_size(size, side is not None))

    def open(self) -> None:
        """Show it; the rest of the window waits, the program does not."""
        super().open()
        self.body.focus_first()

    def save(self) -> None:
        """Collect, store, close; where something is wrong, say so at the fields."""
        try:
            changed = self.body.collect(self._values)
            result = self._save(changed)
        except Invalid as error:
            self._ask(False)
            rest = self.body.show_problems(error.problems)
            self._note.set_text(" ".join(rest))
            self._note.setVisible(bool(rest))
            return
        self.body.settle()
        self.saved.emit(result)
        self.accept()

    def reject(self) -> None:
        if self._chooses or not self.body.dirty:
            super().reject()
        elif self._asking.isVisible():
            self._keep_editing()
        else:
            self._ask(True)
            self._keep_button.setFocus()

    def _keep_editing(self) -> None:
        """Back to the field she was in; the body remembers which of its fields had the keyboard last."""
        self._ask(False)
        last = self.body.focusWidget()
        if last:  # PySide's stubs keep quiet that there may be none
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.focus_first()

    def _discard(self) -> None:
        super().reject()

    def _ask(self, asking: bool) -> None:
        """The question stands where the buttons are; no second dialog."""
        for widget in (self._asking, self._keep_button, self._discard_button):
            widget.setVisible(asking)
        self.cancel_button.setVisible(not asking)

    def _lay_out(self, side: QWidget | None) -> None:
        self.build_form(
            grow(self._area, 3),
            None if side is None else grow(side, 2),
            foot=(
                self._asking,
                STRETCH,
                self.cancel_button,
                self._discard_button,
                self._keep_button,
                self.save_button,
            ),
            above_foot=self._note,
        )

    def _start_size(self, wanted: tuple[int, int] | None, has_side: bool) -> QSize:
        """As large as its fields want, within the screen."""
        room = self.bounded(None)
        needed = self.body.minimumSizeHint().width() + self._area.verticalScrollBar().sizeHint().width() + 4
        if wanted is None:
            width = max(1040, needed + SIDE_WIDTH) if has_side else max(680, needed)
            wanted = (width, self.body.sizeHint().height() + 190)
        return QSize(*wanted).boundedTo(room)
