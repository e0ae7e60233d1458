"""An office with three agreements, seen on 1 July 2026."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.ui.agreements.page import AgreementsPage
from app.ui.context import Context
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.theme import Theme
from db.database import Database
from db.models import Actor, Quarter
from tests.ui.words import enter, press, shown

ON = date(2026, 7, 1)


def give_reason(form: QWidget, reason: str = "Tippfehler") -> None:
    """Press "Korrigieren …" in the form of something signed, and say why."""
    press(form, "Korrigieren …")
    enter(shown(FormDialog), "Grund", reason)
    press(shown(FormDialog), "Korrigieren")


@pytest.fixture
def context(database: Database, theme: Theme) -> Iterator[Context]:
    with database.write("Stammdaten") as session:
        nord = Actor(
            short="TNORD", name="Nachbarschaft Nord e.V.", represented_by="Ada Muster", function="Vorstand"
        )
        kueche = Actor(short="KGMK", name="Küche & Söhne")
        quarter = Quarter(short="DOE", name="Döhren")
        session.add_all([nord, kueche, quarter])
        session.flush()
        target = AgreementInput(
            "ZV-2025-01",
            AgreementKind.TARGET,
            "Quartierszentrum Döhren",
            (PartyInput(nord.id), PartyInput(kueche.id)),
            (
                GoalInput("1", "Offener Treff", due=date(2026, 6, 30), state=GoalState.RUNNING),
                GoalInput("2", "Sprechstunde", due=date(2026, 12, 31)),
            ),
            quarter_id=quarter.id,
            stage=Stage.IN_FORCE,
            begin=date(2025, 6, 1),
            end=date(2026, 8, 31),
            renewal_months=6,
            notice=2,
            notice_unit=NoticeUnit.MONTHS,
            notice_effect=NoticeEffect.END_OF_TERM,
            amount_cents=2_400_000,
        )
        parent = agreements.save(session, None, target)
        agreements.save(
            session,
            None,
            AgreementInput(
                "KV-2026-01",
                AgreementKind.COOPERATION,
                "Raumnutzung",
                (PartyInput(kueche.id),),
                stage=Stage.READY_TO_SIGN,
                begin=date(2026, 1, 1),
                end=date(2026, 8, 15),
                belongs_to_id=parent,
            ),
        )
        agreements.save(
            session, None, AgreementInput("ZV-2026-02", AgreementKind.TARGET, "Idee", (PartyInput(nord.id),))
        )
    opened = Context(database, clock=lambda: ON)
    yield opened
    opened.jobs.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> AgreementsPage:
    shown = AgreementsPage(context)
    qtbot.addWidget(shown)
    shown.resize(1080, 700)
    shown.show()
    qtbot.waitExposed(shown)
    return shown
