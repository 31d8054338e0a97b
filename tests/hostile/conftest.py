"""One server for the folder; another one where a case has left it dead or busy."""

import asyncio
from pathlib import Path

import pytest

from tests.machine import can_tell
from tests.server import Server

from .watch import MOST_MEMORY, idle

HERE = Path(__file__).parent


def pytest_configure(config):
    config.addinivalue_line("markers", "served: talks to a running server without a browser")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("served")
            if not can_tell():
                item.add_marker(pytest.mark.skip(reason="neither /proc nor psutil is there"))


@pytest.fixture(scope="package")
def kept_server():
    with Server() as running:
        yield running


@pytest.fixture
def server(kept_server):
    """The server of the folder, quiet and small; its memory stays below what is allowed."""
    quiet = kept_server.answers() and kept_server.memory() < 0.6 * MOST_MEMORY
    if not quiet or asyncio.run(idle(kept_server)) > 0.2:
        kept_server.restart()
    return kept_server
