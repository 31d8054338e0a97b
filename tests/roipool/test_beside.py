"""The app beside the library is found, or it is said why not."""

import sys
from types import ModuleType

import pytest

from roipool import beside
from roipool.beside import MissingAppError, app_folder, the_app
from tests.roipool.commands.running import ROOT


def test_a_checkout_has_it_beside_and_a_wheel_within(monkeypatch, tmp_path):
    assert app_folder() == ROOT
    monkeypatch.setattr(beside, "_PACKAGE", tmp_path / "roipool")
    assert app_folder() is None
    for folder in (tmp_path, tmp_path / "roipool" / "_app"):
        (folder / "app").mkdir(parents=True)
        (folder / "app" / "main.py").touch()
        assert app_folder() == folder


def test_it_goes_before_what_lies_where_one_is(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(ROOT), "elsewhere"])
    with the_app("this") as folder:
        assert folder == ROOT
    assert sys.path == [str(ROOT), str(tmp_path), "elsewhere"]


@pytest.mark.parametrize("name", ["plotly", "app.nowhere"])
def test_what_is_missing_is_named_with_what_brings_it(name):
    told = rf'^this needs the app .*, and {name} is not installed: pip install "roipool\[app\]"'
    with pytest.raises(MissingAppError, match=told), the_app("this"):
        raise ModuleNotFoundError(name=name)


def test_without_its_folder_it_is_said(monkeypatch):
    monkeypatch.setattr(beside, "app_folder", lambda: None)
    with pytest.raises(MissingAppError, match="it is not installed"), the_app("this"):
        pass


def test_another_app_that_is_there_already_is_named(monkeypatch, tmp_path):
    other = ModuleType("app")
    other.__file__ = str(tmp_path / "app.py")
    monkeypatch.setitem(sys.modules, "app", other)
    with pytest.raises(MissingAppError, match=r"app\.py has been imported as app"), the_app("this"):
        pass
