"""Shapes are filled by name: a column put in the middle must not move money."""

import ast
from pathlib import Path

import pytest

from app.services.bookings.import_reports import STORED
from app.services.records import field_names
from tests.paths import ROOT

FILES = sorted(
    path
    for folder in ("services", "workflows", "cli", "domain")
    for path in (ROOT / "app" / folder).rglob("*.py")
)


def by_position(source: str) -> list[tuple[int, str]]:
    """Line and name of each class that is called with `*values`."""
    return [
        (call.lineno, ast.unparse(call.func))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and any(isinstance(argument, ast.Starred) for argument in call.args)
        and ast.unparse(call.func).rpartition(".")[2][:1].isupper()
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_shape_is_filled_by_position(path: Path) -> None:
    assert by_position(path.read_text("utf-8")) == []


def test_what_counts_as_filled_by_position() -> None:
    source = "BudgetRow(*row)\nrecords.Row(1, *[*cells[:12], x])\nRow(**row)\nselect(*columns)"
    assert by_position(source) == [(1, "BudgetRow"), (2, "records.Row")]


@pytest.mark.parametrize("shape", STORED, ids=lambda shape: shape.__name__)
def test_stored_reports_keep_the_order_of_their_values(shape: type) -> None:
    assert field_names(shape) == STORED[shape]
