"""The printed agreement before it is printed: pages, what is missing, and what went out for signature."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import Stage
from app.domain.agreements.signature_checklist import hard_points, other_points
from app.domain.dates import german
from app.services.agreements import agreements
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, column, held, row
from app.ui.kit.plain import plain
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.scaling import follow_text
from app.ui.kit.widgets.text import button, label
from app.ui.papers.draft_files import ask_and_give_out, give_out_to
from app.ui.papers.signing_dialog import UNCHANGED, SigningDialog
from app.workflows.agreements.drafts import DraftFormat
from app.workflows.agreements.print_agreement import freeze, printout, signature_check
from app.workflows.agreements.signature_check import amended


class AgreementPaperDialog(SigningDialog):
    """Preview left, what is missing and the papers that went out right; saving and printing below."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreement_id = agreement_id
        self.side = Pane(spacing=16, surface=False)
        follow_text(self.side, self.side.setFixedWidth, 320)
        self.word_button = button("Als Word-Datei", self.save_word, icon="document")
        self.build_paper(
            right=self.side, by_title=self.state, before=(self.word_button,), more=(self.sign_button,)
        )
        self.refresh()

    def refresh(self) -> None:
        self.printout = self.context.ask(printout, self._agreement_id, self.context.today())
        self._rows = self.context.ask(papers.rows, self._agreement_id)
        shown = self.printout
        self.setWindowTitle(f"{shown.number} drucken")
        self.heading.setText(shown.number)
        self.show_state(shown.kept, draft=shown.draft)
        self.name = shown.number
        self.show_paper(shown.pdf, shown.file_name)
        self.word_button.setVisible(shown.kept is None)
        checks = self.context.ask(signature_check, self._agreement_id, self.context.today())
        changed = self.context.ask(amended, self._agreement_id, self.context.today())
        self._changed = "" if shown.kept else changed
        is_over = bool(shown.kept or changed)  # nothing is asked any more
        self._open_points = [] if is_over or shown.missing else hard_points(checks)
        self._other_points = [] if is_over else other_points(checks)
        self.sign_button.setVisible(not is_over)
        self.sign_button.setEnabled(not (shown.draft or shown.missing or self._open_points))
        self._fill_side()

    def save_to(self, path: Path) -> None:
        """Write the PDF; a draft goes beside the window, and its words are kept. Raises OutputError."""
        if self.printout.draft:
            give_out_to(self.context, self._agreement_id, DraftFormat.PDF, path)
        else:
            super().save_to(path)

    def save_word(self) -> None:
        """Ask where the draft shall go as a Word file."""
        ask_and_give_out(self.context, self._agreement_id, DraftFormat.WORD, self)

    def freeze(self) -> None:
        freeze(self.context.database, self._agreement_id, self.context.now())

    def make_ready(self) -> None:
        """The draft is done: no mark across the pages any more."""
        label, on = f"{self.printout.number} ist unterschriftsreif", self.context.today()
        self.context.do(label, agreements.set_stage, self._agreement_id, Stage.READY_TO_SIGN, on)

    def show_kept(self, row: PaperRow) -> None:
        """Show a paper as it went out, also a withdrawn one."""
        self.paper.show_pdf(self.context.ask(papers.content, row.id))

    def _fill_side(self) -> None:
        missing, unsettled, others = self.printout.missing, self._open_points, self._other_points
        self.side.clear()
        self.side.add(self._advice())
        for title, content in (
            (f"Es fehlt noch ({len(missing)})", [_point(one) for one in missing]),
            (f"Vor der Unterschrift ({len(unsettled)})", [_point(one) for one in unsettled]),
            (f"Vorher noch zu klären ({len(others)})", [_point(one) for one in others]),
            ("Gedruckt für die Unterschrift", [self._kept(one) for one in self._rows]),
        ):
            if content:
                self.side.add(Section(title).fill(*content))

    def _advice(self) -> Note:
        """What to do next."""
        shown = self.printout
        if shown.kept is not None:
            return Note(UNCHANGED, Tone.INFO)
        if self._changed:
            return Note(self._changed, Tone.INFO)
        if shown.missing:
            marked = "Was fehlt, ist im Text farbig markiert. Als Entwurf kann trotzdem gedruckt werden."
            return Note(marked, Tone.WARNING)
        if self._open_points:
            return Note("Was unten steht, ist vor der Unterschrift zu klären.", Tone.WARNING)
        if shown.draft:
            return Note("Alles ausgefüllt.", Tone.SUCCESS, "Unterschriftsreif", self.make_ready)
        kept = "Die gedruckte Fassung wird unverändert aufbewahrt."
        if self._other_points:
            return Note(
                f"Gedruckt werden kann; zu klären ist vorher noch, was unten steht. {kept}", Tone.INFO
            )
        return Note(f"Bereit für die Unterschrift. {kept}", Tone.SUCCESS)

    def _kept(self, paper: PaperRow) -> QWidget:
        when = f"{german(paper.printed_at.date())}, {paper.printed_at:%H:%M} Uhr"
        fingerprint = label(f"Prüfsumme {paper.sha256[:12]} …", "caption")
        fingerprint.setToolTip(plain(f"Prüfsumme: {paper.sha256}"))
        gone = paper.withdrawn_at
        links = [button("Ansehen", partial(self.show_kept, paper), role="link")]
        if gone is None:
            links.append(button("Zurückziehen", partial(self.withdraw, paper), role="link"))
        return held(
            column(
                label(when, "strong"),
                label(paper.fate, "caption", wrap=True) if paper.fate else None,
                fingerprint,
                row(*links, STRETCH, spacing=12),
                spacing=4,
                margins=(0, 0, 0, 6),
            )
        )


def _point(sentence: str) -> QWidget:
    return label(f"•  {sentence}", wrap=True, selectable=True)
