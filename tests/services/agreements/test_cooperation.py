"""The tree of agreements, hanging one on another, and the partners of a quarter."""

from datetime import date

import pytest

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.cooperation import MatrixCell, Role
from app.domain.errors import Invalid, UserError
from app.services.agreements import agreements, cooperation
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.cooperation import By
from db.database import Database
from db.models import Actor, BuildingBlock, Offer, Quarter

ON = date(2026, 7, 1)


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """Two target agreements, a cooperation agreement on the first, one on that, one alone, an ended one."""
    with database.write("x") as session:
        quarter = Quarter(short="DOE", name="Döhren")
        actors = [Actor(short=name, name=name) for name in ("Nord", "Süd", "West")]
        block = session.query(BuildingBlock).order_by(BuildingBlock.position).first()
        if block is None:
            block = BuildingBlock(name="Begegnung", position=1)
        session.add_all([quarter, *actors, block])
        session.flush()
        nord, sued, west = (actor.id for actor in actors)
        session.add(Offer(quarter_id=quarter.id, actor_id=west, title="Mittagstisch"))

        def make(number: str, *partners: int, parent: int | None = None, **values: object) -> int:
            kind = AgreementKind.TARGET if number.startswith("ZV") else AgreementKind.COOPERATION
            return agreements.save(
                session,
                None,
                AgreementInput(
                    number,
                    kind,
                    "T",
                    tuple(map(PartyInput, partners)),
                    belongs_to_id=parent,
                    **values,  # type: ignore[arg-type]
                ),
            )

        goal = GoalInput("1", "Treff", building_block_id=block.id)
        first = make("ZV-1", nord, sued, quarter_id=quarter.id, goals=(goal,))
        below = make("KV-1", sued, parent=first)
        return {
            "quarter": quarter.id,
            "block": block.id,
            "nord": nord,
            "sued": sued,
            "west": west,
            "ZV-1": first,
            "ZV-2": make("ZV-2", nord, quarter_id=quarter.id),
            "KV-1": below,
            "KV-2": make("KV-2", west, parent=below),
            "KV-3": make("KV-3", west),
            "ZV-9": make("ZV-9", west, quarter_id=quarter.id, stage=Stage.ENDED),
        }


def test_the_tree(database: Database, ids: dict[str, int]) -> None:
    with database.read() as session:
        tree = cooperation.tree(session, ON)
    assert [branch.row.number for branch in tree.targets] == ["ZV-1", "ZV-2", "ZV-9"]
    (below,) = tree.targets[0].children
    assert (below.row.number, [branch.row.number for branch in below.children]) == ("KV-1", ["KV-2"])
    assert [branch.row.number for branch in tree.alone] == ["KV-3"]


def test_hanging_on_another_and_letting_go_is_undone(database: Database, ids: dict[str, int]) -> None:
    with database.write("anhängen") as session:
        cooperation.attach(session, ids["KV-3"], ids["ZV-2"])
    with database.read() as session:
        assert agreements.load(session, ids["KV-3"]).belongs_to_id == ids["ZV-2"]
    database.undo()
    with database.read() as session:
        assert agreements.load(session, ids["KV-3"]).belongs_to_id is None
    with database.write("lösen") as session:
        cooperation.attach(session, ids["KV-1"], None)
        assert agreements.load(session, ids["KV-1"]).belongs_to_id is None


def test_no_circle_and_no_target_agreement_below(database: Database, ids: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="zu sich selbst"), database.write("x") as session:
        cooperation.attach(session, ids["KV-1"], ids["KV-2"])
    with pytest.raises(UserError, match="nur Kooperationsvereinbarungen"), database.write("x") as session:
        cooperation.attach(session, ids["ZV-2"], ids["ZV-1"])


def test_partners_by_agreement(database: Database, ids: dict[str, int]) -> None:
    with database.read() as session:
        found = cooperation.partners(session, ids["quarter"], By.AGREEMENT)
    assert [column.title for column in found.columns] == ["ZV-1", "ZV-2", "KV-1"]
    nord, sued, west = found.rows
    assert {column: cell.role for column, cell in nord.cells.items()} == {
        ids["ZV-1"]: Role.MAIN,
        ids["ZV-2"]: Role.MAIN,
    }
    assert nord.doubled == ("ZV-1", "ZV-2")
    assert {column: cell.role for column, cell in sued.cells.items()} == {
        ids["ZV-1"]: Role.PARTNER,
        ids["KV-1"]: Role.COOPERATES,
    }
    assert west.missing  # it has an offer here, and only an ended agreement


def test_partners_by_building_block(database: Database, ids: dict[str, int]) -> None:
    with database.read() as session:
        found = cooperation.partners(session, ids["quarter"], By.BLOCK)
        assert cooperation.quarters(session) == [(ids["quarter"], "Döhren")]
    cells = {row.name: row.cells.get(ids["block"]) for row in found.rows}
    assert cells["Nord"] == MatrixCell(Role.MAIN, ("ZV-1",))
    assert cells["Süd"] == MatrixCell(Role.PARTNER, ("KV-1", "ZV-1"))
    assert cells["West"] is None
    assert ids["block"] not in {column.id for column in found.empty}
