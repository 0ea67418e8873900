"""What the long proofs share: their options, and a voice that is heard while they run."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("long", "the long proofs")
    group.addoption("--minutes", type=float, help="soak: how many minutes people work (20)")
    group.addoption("--seed", type=int, help="fuzz, soak, panels: the seed everything is drawn from (7)")
    group.addoption("--case", type=int, help="fuzz: only the case of this number, to see a failure again")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """What everything random is drawn from: the same seed, the same test."""
    given: int | None = request.config.getoption("seed", None)
    return 7 if given is None else given


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Write a line to the terminal at once. The short samples in the ordinary suite stay silent."""
    plugins = request.config.pluginmanager
    terminal, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    if terminal is None or capture is None or request.node.get_closest_marker("long") is None:
        return lambda _line: None

    def tell(line: str) -> None:
        with capture.global_and_fixture_disabled():
            terminal.ensure_newline()
            terminal.write_line(line)

    return tell
