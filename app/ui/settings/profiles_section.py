"""The section of the settings with the column profiles: how lists of finance are read, made in the import."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.bookings.read_settings import (
    AmountSign,
    DateOrder,
    DebitCredit,
    HeaderLines,
    ReadSettings,
    Unit,
)
from app.services.bookings import column_profiles
from app.services.bookings.column_profiles import ProfileRow
from app.ui.context import Context
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, grow, held, row
from app.ui.kit.table.columns import Column
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.removal import Removal
from app.ui.settings.section import SettingsSection


@dataclass(frozen=True, slots=True)
class NameInput:
    """The name of a profile, to be changed."""

    name: str | None


def settings_words(settings: ReadSettings) -> str:
    """What is not read as usual, in German; empty if all is."""
    sides = "H dreht immer" if settings.debit_credit is DebitCredit.TURN else "Soll/Haben nicht beachtet"
    unusual = (
        (settings.sign is not AmountSign.SPENDING_POSITIVE, f"Ausgaben {settings.sign.word}"),
        (settings.debit_credit is not DebitCredit.AUTOMATIC, sides),
        (settings.unit is not Unit.AUTOMATIC, f"in {settings.unit.word}"),
        (settings.date_order is not DateOrder.AUTOMATIC, f"Datum: {settings.date_order.word}"),
        (settings.header_lines is HeaderLines.NONE, settings.header_lines.word),
        (bool(settings.end_mark), "Ende wird erkannt"),
    )
    return ", ".join(words for holds, words in unusual if holds)


def _columns(row: ProfileRow) -> str:
    return ", ".join(
        f"{of.word}: {' '.join(title.split())}" for of, title in row.profile.columns.items() if title
    )


def _settings(row: ProfileRow) -> str:
    return settings_words(row.profile.settings) or "wie üblich"


class ProfilesSection(SettingsSection):
    """Rename, delete; a profile is made and changed in the import, where the file lies beside it."""

    title, icon = "Spaltenprofile", "columns"
    sentence = "So werden Listen gelesen, deren Spalten im Import von Hand zugeordnet wurden."
    action = ("Liste einlesen", "import")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[ProfileRow] = Table(
            "settings/profiles",
            (
                Column("name", "Name", lambda row: row.profile.name, strong=True, width=170),
                Column("settings", "Gelesen wird", _settings, width=250),
                Column("columns", "Spalten", _columns, stretch=True),
            ),
            title="Spaltenprofile",
            empty=EmptyState(
                "columns",
                "Noch kein Spaltenprofil gespeichert",
                self.action[0],
                self.act,
                hint="Es entsteht im Import, wenn eine Liste mit unbekannten Spalten zugeordnet wird.",
            ),
        )
        self.table.opened.connect(lambda row: self.rename([row]))
        Removal(self.context, self.table, self.remove)
        rename = RowAction("Umbenennen …", self.rename, "edit", one)
        self.table.set_actions((rename,))
        self.rename_button = self.table.action_button(rename)
        self.remove_button = self.table.action_button(RowAction("Löschen", self.remove, "trash"), "quiet")
        self._buttons = held(row(self.rename_button, self.remove_button, STRETCH))
        self.add(self._buttons, grow(self.table))

    def refresh(self) -> None:
        self.table.set_rows(self.context.ask(column_profiles.rows))
        self._buttons.setVisible(bool(self.table.rows()))

    def act(self) -> None:
        self.context.open("imports")

    def rename(self, rows: list[ProfileRow]) -> None:
        """Ask for another name."""
        rename_dialog(self.context, rows[0], self.window()).open()

    def remove(self, rows: list[ProfileRow]) -> None:
        """Delete without asking; the status bar offers to undo it."""
        name = f"„{rows[0].profile.name}“" if len(rows) == 1 else f"{len(rows)} Stück"
        self.context.do(f"Spaltenprofil gelöscht: {name}", column_profiles.remove, *(row.id for row in rows))


def rename_dialog(context: Context, row: ProfileRow, parent: QWidget) -> FormDialog[NameInput]:
    """The form with the name of a profile. Open it with `open()`."""
    body = FormBody()
    body.row(Field("name", "Name", TextEditor(longest=80), required=True))

    def save(changed: NameInput) -> None:
        name = changed.name or ""
        context.do(f"Spaltenprofil umbenannt in „{name}“", column_profiles.rename, row.id, name)

    return FormDialog("Spaltenprofil umbenennen", body, NameInput(row.profile.name), save, parent=parent)
