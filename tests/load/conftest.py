"""These tests run a server of the app."""

from pathlib import Path

import pytest

from tests.machine import can_tell

HERE = Path(__file__).parent


def pytest_configure(config):
    config.addinivalue_line("markers", "served: talks to a running server without a browser")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("served")
            if not can_tell():
                item.add_marker(pytest.mark.skip(reason="neither /proc nor psutil is there"))
