"""The settings page: what is set up once and looked at rarely, in sections."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.layout import grow, row
from app.ui.kit.page import Page
from app.ui.kit.tokens import ROW_HEIGHT
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.scaling import follow_text
from app.ui.preferences import page_state
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.encryption_section import EncryptionSection
from app.ui.settings.privacy_section import PrivacySection
from app.ui.settings.profiles_section import ProfilesSection
from app.ui.settings.section import SettingsSection
from app.ui.settings.sections import (
    AboutSection,
    BlocksSection,
    ExportsSection,
    GroupsSection,
    OfficeSection,
    RulesSection,
)

SECTIONS: tuple[tuple[str, type[SettingsSection]], ...] = (
    ("office", OfficeSection),
    ("backups", BackupSection),
    ("encryption", EncryptionSection),
    ("privacy", PrivacySection),
    ("blocks", BlocksSection),
    ("groups", GroupsSection),
    ("rules", RulesSection),
    ("exports", ExportsSection),
    ("profiles", ProfilesSection),
    ("about", AboutSection),
)


class SettingsPage(Page):
    """Sections at the left, the chosen one at the right; the main button is the section's."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title("Einstellungen")
        self._state = page_state("settings/page")
        self.list = QListWidget()
        self.list.setAccessibleName("Bereiche der Einstellungen")
        follow_text(self.list, self.list.setFixedWidth, 208)
        self.list.setIconSize(QSize(20, 20))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = Stack()
        self.sections: dict[str, SettingsSection] = {}
        for _name, kind in SECTIONS:
            item = QListWidgetItem(icons.icon(kind.icon), kind.title)
            item.setSizeHint(QSize(0, ROW_HEIGHT + 2))
            self.list.addItem(item)
        self.body.addLayout(row(self.list, grow(self.stack), spacing=16), 1)
        self._main = self.header.set_primary("Bearbeiten", lambda: self.section.act(), icon="edit")
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._show)
        remembered = self._state.get().get("section")
        self.show_section(remembered if remembered in dict(SECTIONS) else "office")

    @property
    def section(self) -> SettingsSection:
        """The section that is shown, made when it is wanted first."""
        name, kind = SECTIONS[self.list.currentRow()]
        if name not in self.sections:
            self.sections[name] = kind(self.context)
            self.stack.addWidget(self.sections[name])
        return self.sections[name]

    def show_section(self, name: str) -> None:
        """Go to a section by its name in SECTIONS."""
        self.list.setCurrentRow([known for known, _ in SECTIONS].index(name))

    def refresh(self) -> None:
        self.section.refresh()

    def _show(self, place: int) -> None:
        name = SECTIONS[place][0]
        self._state.set({"section": name})
        section = self.section
        section.refresh()
        self.stack.setCurrentWidget(section)
        self.header.set_sentence(section.sentence)
        words, icon = section.action
        self._main.setVisible(bool(words))
        if words:
            self._main.setText(words)
            self._main.setIcon(icons.icon(icon, icons.ON_ACCENT))
