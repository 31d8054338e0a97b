"""Tests that talk to a running server of the app, and where they cannot be run."""

from pathlib import Path

import pytest

from tests.machine import can_tell

SERVED = [Path(__file__).parent / folder for folder in ("deploy", "hostile", "load")]


def pytest_configure(config):
    config.addinivalue_line("markers", "served: talks to a running server without a browser")


def pytest_collection_modifyitems(items):
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in SERVED):
            item.add_marker("served")
            if not can_tell():
                item.add_marker(pytest.mark.skip(reason="neither /proc nor psutil is there"))
