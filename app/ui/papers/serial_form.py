"""The left side of the dialog for a series: what is printed, to whom, and the words of a free letter."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal

from app.domain.papers.letter_placeholders import AGREEMENT_PLACEHOLDERS, PLACEHOLDERS
from app.ui.kit.editors import CheckEditor, ChoiceEditor, MultilineEditor, TextEditor, words_of
from app.ui.kit.form import Field
from app.ui.kit.layout import STRETCH, add, aligned, column, held
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.widgets.card import Pane, clear_layout
from app.ui.kit.widgets.text import button, label
from app.ui.papers.marked import ABOUT_LINES, MarkedEditor
from app.workflows.papers.serial_plan import (
    ACTOR_AUDIENCES,
    AUDIENCES,
    LETTERS,
    SerialKind,
    SerialOrder,
)

ABOUT = {
    SerialKind.AGREEMENT: "Der Entwurf, oder die Fassung, die zur Unterschrift gedruckt wurde.",
    SerialKind.TALK_SHEET: "Ein Bogen je Vereinbarung zum Ausfüllen im Gespräch.",
    SerialKind.TERMINATION: "Je ein Schreiben an jeden Partner, gerichtet an die Person, die ihn vertritt. Es zählt "
    "der Zugang: Zur Zustellung steht mehr im Brief der einzelnen Vereinbarung.",
    SerialKind.FREE: "Ein Text für alle; was in geschweiften Klammern steht, füllt das Programm für jeden Brief.",
}
ABOUT_TEXT = f"Anrede und Gruß stehen von selbst da. {ABOUT_LINES}"
PROPOSED = "Der Text entsteht für jede Vereinbarung aus ihrer Akte; einzeln ändern lässt er sich dort."


class SerialForm(Pane):
    """`order()` is what is wanted now; `changed` comes with each change of it."""

    changed = Signal()

    def __init__(self, *, agreements: bool) -> None:
        super().__init__(margin=24, spacing=14, surface=False)
        kinds = words_of(SerialKind) if agreements else [(SerialKind.FREE, SerialKind.FREE.word)]
        audiences = AUDIENCES if agreements else ACTOR_AUDIENCES
        self.kind = ChoiceEditor(kinds)
        self.kind.set_value(kinds[0][0])
        self.audience = ChoiceEditor(list(audiences.items()))
        self.audience.set_value(next(iter(audiences)))
        self.subject = TextEditor()
        self.text = MarkedEditor(lines=9)
        self.enclosures = MultilineEditor("eine in jeder Zeile", lines=2)
        self.incomplete = CheckEditor("Auch Unvollständiges drucken (als Entwurf)")
        self.keep = CheckEditor("Briefe in der Akte ablegen")
        self.new_sheets = CheckEditor("Beidseitig: jedes beginnt auf einem neuen Blatt")
        self._about = label("", "muted", wrap=True)
        self._to = Field("audience", "An", self.audience)
        subject = Field("subject", "Betreff", self.subject, required=True)
        text = Field("body", "Text", self.text, required=True, hint=ABOUT_TEXT)
        self._gaps: dict[str, Field] = {}
        self._gap_column = column()
        self._gap_fields = held(self._gap_column)
        self._enclosures = Field("enclosures", "Anlagen", self.enclosures)
        placeholders = PLACEHOLDERS | (AGREEMENT_PLACEHOLDERS if agreements else {})
        entries = (
            Entry(f"{{{name}}}\t{meaning}", partial(self.insert, name))
            for name, meaning in placeholders.items()
        )
        insert = opens_menu(button("Platzhalter einfügen", icon="plus"), entries)
        self._free = held(column(subject, text, aligned(insert, Qt.AlignmentFlag.AlignLeft)))
        add(
            self.column,
            *(Field("kind", "Was", self.kind), self._about, self._to, self._free, self._gap_fields),
            *(self._enclosures, self.incomplete, self.new_sheets, self.keep, STRETCH),
        )
        self.kind.changed.connect(self._show_kind)
        for editor in (self.kind, self.audience, self.subject, self.text, self.enclosures, self.incomplete):
            editor.changed.connect(self.changed)
        for check in (self.incomplete, self.new_sheets, self.keep):
            check.set_name(check.box.text())
        self._agreements = agreements
        self._show_kind()

    def order(self) -> SerialOrder:
        """What is wanted."""
        return SerialOrder(
            self.kind.value(),
            self.audience.value(),
            self.subject.value() or "",
            self.text.value() or "",
            self.enclosures.value() or "",
            tuple((gap, field.editor.value()) for gap, field in self._gaps.items() if field.editor.value()),
        )

    @property
    def gap_fields(self) -> list[Field]:
        """The fields for gaps that are shown now."""
        return list(self._gaps.values())

    def offer_gaps(self, gaps: Sequence[str]) -> None:
        """A field for each gap that one answer fills in all letters; it stays until something else is printed."""
        for gap in gaps:
            if gap not in self._gaps:
                name = gap.strip("[]")
                field = Field(gap, name, TextEditor("für alle gleich"))
                field.editor.changed.connect(self.changed)
                self._gaps[gap] = field
                self._gap_column.addWidget(field)
        self._gap_fields.setVisible(bool(self._gaps))

    def show_order(self, order: SerialOrder) -> None:
        """Begin with what was wanted before."""
        self.kind.set_value(order.kind)
        self.audience.set_value(order.audience)
        self.subject.set_value(order.subject)
        self.text.set_value(order.body)
        self.enclosures.set_value(order.enclosures)
        self._show_kind()

    def insert(self, name: str) -> None:
        """Put a placeholder where the cursor stands in the text."""
        self.text.edit.insertPlainText(f"{{{name}}}")
        self.text.edit.setFocus()

    def _show_kind(self) -> None:
        kind = self.kind.value()
        clear_layout(self._gap_column)
        self._gaps.clear()
        self._gap_fields.hide()
        letter = kind in LETTERS
        self._about.setText(ABOUT.get(kind, PROPOSED))
        self._to.setVisible(letter and kind is not SerialKind.TERMINATION)
        self._free.setVisible(kind is SerialKind.FREE)
        self._enclosures.setVisible(letter)
        self.keep.setVisible(letter and self._agreements)
        self.incomplete.set_value(not letter)
        self.incomplete.setVisible(kind is not SerialKind.TALK_SHEET)
