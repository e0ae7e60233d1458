"""The sections of the settings page that only show what is stored and lead to one action each."""

from PySide6.QtWidgets import QLabel, QWidget

from app.services import office
from app.services.finance import finance_exports
from app.services.finance.finance_exports import ExportRow
from app.services.master_data import catalogues
from app.services.master_data.catalogues import Catalogue, CatalogueEntry, CatalogueInput
from app.ui.about import About
from app.ui.assignment.list import SENTENCE, RulesList
from app.ui.context import Context
from app.ui.finance.finance_dialog import FinanceDialog
from app.ui.kit.editors import RowColumn, RowsEditor, TextEditor, WholeEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, add, grow, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card, Pane
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.settings.office_form import office_dialog, show_picture
from app.ui.settings.section import SettingsSection


class OfficeSection(SettingsSection):
    """Letterhead, logo, signatories."""

    title, icon = "Büro", "home"
    sentence = "So steht das Büro im Briefkopf und in Vereinbarungen."
    action = ("Bearbeiten", "edit")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pane = Pane(margin=0, spacing=12, surface=False)
        self.add(grow(self._pane))

    def refresh(self) -> None:
        values = self.context.ask(office.load)
        self._pane.clear()
        needed = (
            ("Vertragspartnerin", values.authority),
            ("Anschrift", values.street and values.city),
            ("Unterschrift", values.signatories),
            ("Logo", values.logo),
        )
        gaps = [word for word, value in needed if not value]
        if gaps:
            missing = f"Für vollständige Vereinbarungen fehlt noch: {', '.join(gaps)}."
            self._pane.add(Note(missing, Tone.WARNING))
        picture = QLabel()
        show_picture(picture, values.logo)
        place = " ".join(part for part in (values.postcode, values.city) if part)
        sender = Facts(name_width=140)
        sender.add("Büro", values.name, always=True)
        for name, value in (
            ("Fachbereich", values.department),
            ("Vertragspartnerin", ", ".join(filter(None, (values.authority, values.head)))),
            ("Anschrift", ", ".join(part for part in (values.street, place) if part)),
            ("Telefon", values.phone),
            ("E-Mail", values.email),
            ("Internet", values.website),
            ("Ansprechperson", values.contact_person),
        ):
            sender.add(name, value)
        signing = Facts(name_width=220)
        for person in values.signatories:
            signing.add(person.name, person.function, always=True)
        signing.add("Förderhinweis", values.funding_notice, always=True)
        privacy = Facts(name_width=220)
        officer = ", ".join(filter(None, (values.data_protection_officer, values.data_protection_contact)))
        privacy.add("Datenschutzbeauftragte", officer, always=True)
        finance = Facts(name_width=220)
        finance.add("Kontenklassen der Einnahmen", values.income_account_classes or "3 und 6 (üblich)")
        for title, parts in (
            ("Absender", (picture, sender)),
            ("Unterschrift", (signing,)),
            ("Datenschutz", (privacy,)),
            ("Finanzen", (finance,)),
        ):
            card = Card(title)
            add(card.column, *parts)
            self._pane.add(card)

    def act(self) -> None:
        office_dialog(self.context, self.window()).open()


class CatalogueSection(SettingsSection):
    """One of the two catalogues: order, names, how often each entry is used."""

    catalogue = Catalogue.BUILDING_BLOCKS
    action = ("Bearbeiten", "edit")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[CatalogueEntry] = Table(
            f"settings/{self.catalogue}",
            (
                Column("name", self.title, lambda entry: entry.name, strong=True, stretch=True),
                Column("used", "Verwendet", lambda entry: entry.used, Kind.NUMBER, width=110),
            ),
            title=self.title,
            pale=lambda entry: entry.used == 0,
        )
        self.table.opened.connect(lambda _entry: self.act())
        self.add(grow(self.table))

    def refresh(self) -> None:
        self.table.set_rows(self.context.ask(catalogues.load, self.catalogue).entries)

    def act(self) -> None:
        catalogue_dialog(self.context, self.catalogue, self.title, self.window()).open()


class BlocksSection(CatalogueSection):
    """The building blocks of a centre."""

    title, icon = "Bausteine", "blocks"
    sentence = "Woraus ein Quartierszentrum besteht; die Reihenfolge gilt in allen Auswahllisten."
    catalogue = Catalogue.BUILDING_BLOCKS


class GroupsSection(CatalogueSection):
    """The target groups of offers."""

    title, icon = "Zielgruppen", "actors"
    sentence = "Für wen Angebote da sind; immer als Gruppe, nie an einer Person gespeichert."
    catalogue = Catalogue.TARGET_GROUPS


def catalogue_dialog(
    context: Context, catalogue: Catalogue, title: str, parent: QWidget | None
) -> FormDialog[CatalogueInput]:
    """The form of a catalogue. Open it with `open()`."""
    body = FormBody()
    columns = (
        RowColumn("name", "Name", TextEditor, stretch=True, required=True),
        RowColumn(
            "used",
            "Verwendet",
            WholeEditor,
            lambda count: str(count) if count else "–",
            width=110,
            right=True,
            fixed=True,
        ),
    )
    rows = RowsEditor(columns, lambda _rows: CatalogueEntry(), add_text="Eintrag anlegen", visible_rows=9)
    body.row(Field("entries", title, rows, hint="Alt+Pfeil verschiebt einen Eintrag, Entf entfernt ihn."))

    def save(changed: CatalogueInput) -> None:
        context.do(f"{title} geändert", catalogues.save, catalogue, changed)

    return FormDialog(title, body, context.ask(catalogues.load, catalogue), save, parent=parent)


class ExportsSection(SettingsSection):
    """The workbooks made for finance; which of them were sent decides what counts as changed."""

    title, icon = "Finanzlisten", "spreadsheet"
    sentence = "Was als gesendet gilt, steht in der nächsten Liste nicht mehr unter „Änderungen“."
    action = ("Excel für die Finanzen …", "spreadsheet")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[ExportRow] = Table(
            "settings/exports",
            (
                Column("at", "Erstellt", lambda row: row.exported_at, Kind.DATE, width=140),
                Column("year", "Jahr", lambda row: str(row.year), width=70),
                Column("file", "Datei", lambda row: row.file_name, strong=True, stretch=True),
                Column("state", "Stand", _sent_pill, Kind.PILL, width=150),
                Column("sent", "Gesendet", lambda row: row.sent_at, Kind.DATE, width=140),
            ),
            title="Finanzlisten",
            empty=EmptyState(
                "spreadsheet", "Noch keine Liste für die Finanzen gespeichert", self.action[0], self.act
            ),
        )
        sent = RowAction("Als gesendet markieren", self.mark_as_sent, "check", _is_open)
        withdraw = RowAction("Doch nicht gesendet", self.withdraw, "undo", _is_sent)
        self.table.set_actions((sent, withdraw))
        self.sent_button = self.table.action_button(sent)
        self.withdraw_button = self.table.action_button(withdraw, "quiet")
        self.add(row(self.sent_button, self.withdraw_button, STRETCH), grow(self.table))

    def refresh(self) -> None:
        self.table.set_rows(self.context.ask(finance_exports.rows))
        self.table.choose_first()

    def act(self) -> None:
        FinanceDialog(self.context, self.window(), self.context.today().year).open()

    def mark_as_sent(self, rows: list[ExportRow]) -> None:
        """Finance has got it: from now on it is outside undo."""
        from app.workflows.finance.export_finance import mark_as_sent

        mark_as_sent(self.context.database, rows[0].id)

    def withdraw(self, rows: list[ExportRow]) -> None:
        """It was not sent after all: what it told counts as not told."""
        from app.workflows.finance.export_finance import withdraw_sent

        withdraw_sent(self.context.database, rows[0].id)


def _is_open(rows: list[ExportRow]) -> bool:
    return len(rows) == 1 and rows[0].sent_at is None


def _is_sent(rows: list[ExportRow]) -> bool:
    return len(rows) == 1 and rows[0].sent_at is not None


def _sent_pill(row: ExportRow) -> Pill:
    if row.sent_at is None:
        return Pill("nicht gesendet", Tone.NEUTRAL, "clock", 1)
    return Pill("gesendet", Tone.SUCCESS, "check", 0)


class RulesSection(SettingsSection):
    """The rules for assignment."""

    title, icon = "Zuordnungsregeln", "rules"
    sentence = SENTENCE
    action = ("Regel anlegen", "plus")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rules = RulesList(context, context.today().year)
        self.add(grow(self.rules))

    def refresh(self) -> None:
        self.rules.refresh()

    def act(self) -> None:
        self.rules.add()


class AboutSection(SettingsSection):
    """Version, licence, and whose work is in the program."""

    title, icon = "Über das Programm", "info"
    sentence = "Ausgabe, Lizenz und die Arbeit anderer, auf der es steht."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.text = About()
        self.text.setAccessibleName(self.title)
        self.text.document().setDocumentMargin(16)
        self.add(grow(self.text))

    def refresh(self) -> None:
        """Nothing here comes from the database."""
