"""One server for the folder; another one where a case has left it dead or busy."""

import asyncio

import pytest

from tests.server import Server

from .watch import MOST_MEMORY, idle


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
