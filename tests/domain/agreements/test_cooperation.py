"""Who works with whom: roles, doubled and missing ones."""

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.cooperation import MatrixCell, MatrixColumn, Participation, Role, matrix, role_of

COLUMNS = [
    MatrixColumn(1, "ZV-1", "ZV-1: Treff"),
    MatrixColumn(2, "ZV-2", "ZV-2: Küche"),
    MatrixColumn(3, "KV-1", "KV"),
]


def test_the_first_party_of_a_target_agreement_is_the_main_partner() -> None:
    assert role_of(AgreementKind.TARGET, 1) is Role.MAIN
    assert role_of(AgreementKind.TARGET, 2) is Role.PARTNER
    assert role_of(AgreementKind.COOPERATION, 1) is Role.COOPERATES


def test_cells_doubled_and_missing() -> None:
    found = matrix(
        [(7, "Nord"), (8, "Süd"), (9, "West")],
        COLUMNS,
        [
            Participation(7, 1, Role.MAIN, "ZV-1"),
            Participation(7, 2, Role.PARTNER, "ZV-2"),
            Participation(8, 3, Role.COOPERATES, "KV-1"),
        ],
    )
    nord, sued, west = found.rows
    assert nord.cells == {1: MatrixCell(Role.MAIN, ("ZV-1",)), 2: MatrixCell(Role.PARTNER, ("ZV-2",))}
    assert nord.doubled == ("ZV-1", "ZV-2")
    assert (sued.doubled, sued.missing) == ((), False)
    assert west.missing
    assert found.empty == ()


def test_the_closest_role_is_shown_and_all_agreements_are_named() -> None:
    links = [
        Participation(7, 1, Role.COOPERATES, "KV-1"),
        Participation(7, 1, Role.MAIN, "ZV-1"),
        Participation(8, 1, Role.MAIN, "ZV-2"),
    ]
    found = matrix([(7, "Nord"), (8, "Süd")], COLUMNS[:2], links)
    assert found.rows[0].cells[1] == MatrixCell(Role.MAIN, ("KV-1", "ZV-1"))
    assert [column.title for column in found.crowded] == ["ZV-1"]
    assert [column.title for column in found.empty] == ["ZV-2"]
