"""Every figure with its bound in one table at the end, so that one look tells what is slow."""

from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

Hold = Callable[..., None]
_LINES: list[tuple[str, float, float, str]] = []


@pytest.fixture
def hold(benchmark: BenchmarkFixture) -> Hold:
    """Hold a figure against its bound: `hold("start", 3.1, 3.5, "x bare window")`. Asking for it makes a benchmark."""

    def hold(name: str, figure: float, bound: float, unit: str) -> None:
        _LINES.append((name, figure, bound, unit))
        benchmark.extra_info[name] = f"{figure:.2f} {unit}, bound {bound}"
        assert figure <= bound, f"{name}: {figure:.2f} {unit}, bound {bound}"

    return hold


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _LINES:
        return
    terminalreporter.section("figure, bound, verdict")
    width = max(len(name) for name, *_ in _LINES)
    for name, figure, bound, unit in _LINES:
        verdict = "ok" if figure <= bound else "TOO MUCH"
        terminalreporter.write_line(f"{name:{width}}  {figure:9.2f}  {bound:9.2f}  {verdict:8}  {unit}")
