"""All actors: who they are, where they work and what binds them; and one of them at a glance."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.services.actors import actors
from app.services.actors.actors import ActorRow, ActorSummary
from app.ui.actors.form import actor_dialog
from app.ui.actors.profile import ActorProfile
from app.ui.context import Context
from app.ui.kit.page import EmptyState, FilterBar, Page, Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import RowAction, Table
from app.ui.papers.serial_menu import SerialMenu

PAGE = "actors"
WITH_AGREEMENT, WITH_OFFER, WITHOUT_CONTACT = "agreement", "offer", "no_contact"
QUESTIONS = (
    (WITH_AGREEMENT, "mit Vereinbarung"),
    (WITH_OFFER, "mit Angebot"),
    (WITHOUT_CONTACT, "ohne Kontakt"),
)

COLUMNS: tuple[Column[ActorRow], ...] = (
    Column("name", "Träger", lambda row: row.name, width=180, strong=True, stretch=True),
    Column("kind", "Art", lambda row: row.kind, width=148),
    Column("quarters", "Quartiere", lambda row: row.quarters, Kind.NUMBER, width=80),
    Column("offers", "Angebote", lambda row: row.offers, Kind.NUMBER, width=82),
    Column(
        "agreements",
        "Vereinb.",
        lambda row: row.agreements,
        Kind.NUMBER,
        width=80,
        tip=lambda _: "Vereinbarungen",
    ),
    Column("contacts", "Kontakte", lambda row: row.contacts, Kind.NUMBER, width=82, hidden=True),
    Column("short", "Kürzel", lambda row: row.short, width=90, hidden=True),
    Column("city", "Ort", lambda row: row.city, width=110, hidden=True),
    Column("represented_by", "Vertreten durch", lambda row: row.represented_by, hidden=True),
)


class ActorsPage(Page):
    """List left, profile right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.header.set_title("Träger")
        self.header.set_primary("Träger anlegen", self.add_actor)
        self.filters = FilterBar(PAGE, "Name, Art, Ort …")
        self.filters.add_chip("kind", "Art")
        self.filters.add_chip("with", "Mit und ohne", QUESTIONS)
        self.filters.changed.connect(self._filter)
        self.table: Table[ActorRow] = Table(
            PAGE,
            COLUMNS,
            title="Träger",
            empty=EmptyState(
                "actors",
                "Noch keine Träger.",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Träger sind Verbände, Vereine, Gemeinden und andere, die im Quartier aktiv sind.",
            ),
        )
        self.serial = SerialMenu(context, self.table, self, agreements=False)
        self.filters.add_widget(self.serial.button())
        self.filters.add_widget(self.table.tools)
        self.profile = ActorProfile(context, self.edit_current)
        self.table.sort("name")
        self.table.current_changed.connect(self.profile.show_actor)
        self.table.opened.connect(lambda row: self.edit(row.id))
        SearchKeys(self.filters.search, self.table)
        self.table.remove_requested.connect(self.remove)
        self.table.filter_reset_requested.connect(self.filters.reset)
        self.table.set_actions(
            [
                RowAction(
                    "Bearbeiten", lambda rows: self.edit(rows[0].id), "edit", lambda rows: len(rows) == 1
                ),
                *self.serial.actions(),
            ]
        )
        list_side = QWidget()
        column = QVBoxLayout(list_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        self.body.addWidget(Split(PAGE, list_side, self.profile, shares=(3, 2)), 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        rows = self.context.ask(actors.rows)
        kinds = sorted({row.kind for row in rows if row.kind})
        self.filters.set_options("kind", [(kind, kind) for kind in kinds])
        self.table.set_rows(rows)
        self._filter()
        self.header.set_sentence(_sentence(self.context.ask(actors.summary)))
        if self.table.current() is None and self.table.shown_rows():
            self.table.select_position(0)

    def open_record(self, record_id: int) -> None:
        """Show this actor; filters that hide it are taken away."""
        self.refresh_if_stale()
        if not self.table.select(record_id):
            self.filters.reset()
            self.table.select(record_id)

    def add_actor(self) -> None:
        """The form for a new actor; afterwards it is shown."""
        dialog = actor_dialog(self.context, None, self.window())
        dialog.saved.connect(lambda actor_id: self.open_record(actor_id))
        dialog.open()

    def edit(self, actor_id: int) -> None:
        """The form of an actor."""
        actor_dialog(self.context, actor_id, self.window()).open()

    def edit_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self.edit(row.id)

    def remove(self, rows: list[ActorRow]) -> None:
        """Delete actors nothing hangs on; undo brings them back."""
        names = ", ".join(row.name for row in rows)
        self.context.do(f"Gelöscht: {names}", remove_actors, [row.id for row in rows])

    def _filter(self) -> None:
        kinds, questions = self.filters.chosen("kind"), self.filters.chosen("with")

        def passes(row: ActorRow) -> bool:
            return (
                (not kinds or row.kind in kinds)
                and (WITH_AGREEMENT not in questions or row.agreements > 0)
                and (WITH_OFFER not in questions or row.offers > 0)
                and (WITHOUT_CONTACT not in questions or row.contacts == 0)
            )

        self.table.set_search(self.filters.text)
        self.table.set_predicate(passes)


def remove_actors(session: Session, actor_ids: list[int]) -> None:
    """Delete all of them or none."""
    for actor_id in actor_ids:
        actors.remove(session, actor_id)


def _sentence(summary: ActorSummary) -> str:
    if not summary.actors:
        return "Hier entsteht die Liste aller Träger und Akteure."
    parts = [f"{summary.actors} Träger", f"{summary.with_agreement} mit Vereinbarung"]
    if summary.without_contact:
        parts.append(f"{summary.without_contact} ohne Ansprechperson")
    return " · ".join(parts)
