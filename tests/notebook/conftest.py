"""Widgets are kept by their library until they are closed."""

import sys

import pytest


@pytest.fixture(autouse=True)
def closed():
    """No widget outlives its test."""
    yield
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].Widget.close_all()
