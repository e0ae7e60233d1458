"""All places in which a person may stand: she says which mean this one; then they are told or erased."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Match, Person
from app.services.privacy import findings
from app.ui.context import Context
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button
from app.ui.privacy.disclosure_dialog import DisclosureDialog
from app.ui.privacy.erase_form import erase_dialog

SENTENCE = (
    "Namen gibt es mehrfach. Vorgewählt ist, wo Vor- und Nachname oder Telefon oder E-Mail stehen; wo nur der "
    "Nachname steht, ist zu entscheiden."
)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A place, and whether this person is meant there."""

    finding: Finding
    is_meant: bool

    @property
    def id(self) -> object:
        return self.finding.id


def _pill(row: FoundRow) -> Pill:
    found = row.finding
    if found.kept is not None:
        return Pill("bleibt", Tone.INFO, "lock", 2)
    if found.only_log:
        return Pill("nur im Verlauf", Tone.NEUTRAL, "history", 3)
    if found.match is Match.SIMILAR:
        return Pill("nur Nachname", Tone.WARNING, "help", 1)
    return Pill("eindeutig", Tone.SUCCESS, "check", 0)


def _why(row: FoundRow) -> str:
    kept = row.finding.kept
    return "" if kept is None else f"{kept.reason}; bis {kept.end}"


COLUMNS: tuple[Column[FoundRow], ...] = (
    Column("meant", "Gemeint", lambda row: row.is_meant, Kind.CHECK, width=84),
    Column("what", "Wo", lambda row: row.finding.title, width=170, strong=True),
    Column("record", "Gehört zu", lambda row: row.finding.record, width=140),
    Column("text", "Was dort steht", lambda row: row.finding.excerpt, width=260, stretch=True),
    Column("state", "Fund", _pill, Kind.PILL, width=150, tip=_why),
    Column("until", "Bleibt bis", lambda row: row.finding.kept and row.finding.kept.end, width=130, tip=_why),
)


class PersonDialog(Dialog):
    """`erasing`: she came to erase; both can be done in either case."""

    def __init__(
        self,
        context: Context,
        person: Person,
        parent: QWidget | None = None,
        *,
        contact_id: int | None = None,
        erasing: bool = False,
    ) -> None:
        super().__init__(parent, person.name, "Wird gesucht …", size=(1080, 620))
        self.context, self.person = context, person
        self._contact_id = contact_id
        self.table: Table[FoundRow] = Table(
            "privacy-findings",
            COLUMNS,
            title="Fundstellen",
            empty=EmptyState("search", "Nichts über diese Person gefunden"),
            pale=lambda row: not row.is_meant,
        )
        toggle = RowAction("Gemeint oder nicht", self.toggle, "check")
        self.table.set_actions([toggle])
        self.table.opening = ("Gemeint oder nicht", "check")
        self.table.opened.connect(lambda row: self.toggle([row]))
        bind(self.table, "findings.toggle", lambda: self.toggle(self.table.selected()))
        self.toggle_button = self.table.action_button(toggle)
        self.toggle_button.setToolTip(with_keys("Gemeint oder nicht", "findings.toggle"))
        main, other = ("", "primary") if erasing else ("primary", "")
        self.tell_button = button("Auskunft …", self.tell, icon="document", role=main)
        self.erase_button = button("Endgültig löschen …", self.erase, icon="trash", role=other)
        self.note = Note()
        self.note.hide()
        self.build(
            self.note,
            grow(self.table),
            foot=(
                self.toggle_button,
                STRETCH,
                self.close_button("Schließen"),
                *(
                    (self.tell_button, self.erase_button)
                    if erasing
                    else (self.erase_button, self.tell_button)
                ),
            ),
            tools=self.table.tools,
        )
        self._allow()
        context.ask_later(self, self._show, findings.find, person, context.today(), contact_id)

    @property
    def meant(self) -> list[Finding]:
        """The places that mean this person."""
        return [row.finding for row in self.table.rows() if row.is_meant]

    def toggle(self, rows: Sequence[FoundRow]) -> None:
        """Mean this person in all of these, or, if the first does, in none."""
        if not rows:
            return
        wanted, chosen = not rows[0].is_meant, {row.id for row in rows}
        self.table.set_rows(
            [replace(row, is_meant=wanted) if row.id in chosen else row for row in self.table.rows()]
        )
        self._tell_count()

    def tell(self) -> None:
        """What is told to the person."""
        DisclosureDialog(self.context, self.person, self.meant, self).open()

    def erase(self) -> None:
        """Ask for the reason, say what goes and what stays, then erase."""
        erase_dialog(self.context, self.person, self.meant, self._contact_id, self, self.accept).open()

    def _show(self, found: list[Finding]) -> None:
        self.table.set_rows([FoundRow(one, one.match is Match.EXACT) for one in found])
        self.table.choose_first()
        self.table.setFocus()
        self._tell_count()

    def _tell_count(self) -> None:
        rows = self.table.rows()
        self.say(f"{counted(len(self.meant), 'Stelle', 'Stellen')} von {len(rows)} gemeint. {SENTENCE}")
        kept = sum(one.kept is not None for one in self.meant)
        self.note.say(
            f"{counted(kept, 'Stelle muss', 'Stellen müssen')} aufbewahrt werden und "
            f"{'bleibt' if kept == 1 else 'bleiben'} beim Löschen: Unterschriebenes, Gedrucktes, Buchungen."
            if kept
            else "",
            Tone.INFO,
        )
        self._allow()

    def _allow(self) -> None:
        self.tell_button.setEnabled(bool(self.meant))
        self.erase_button.setEnabled(any(one.kept is None for one in self.meant))


def contact_dialog(context: Context, contact_id: int, parent: QWidget | None, *, erasing: bool) -> None:
    """Open the places of a contact."""
    person = context.ask(findings.person_of, contact_id)
    PersonDialog(context, person, parent, contact_id=contact_id, erasing=erasing).open()
