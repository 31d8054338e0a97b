"""What is installed: the extras are the requirements; the wheel has all, and clashes with none."""

import asyncio
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from roipool import article
from roipool.commands.extras import EXTRAS
from tests.common import need
from tests.load.reader import Reader
from tests.server import Server

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NAME = re.compile(r"[\w.-]+")
# What of the tree the app is made of.
PARTS = ("app", "pages", "assets", "docs")


def requirements(file):
    """The lines of a requirements file that name a package, without what they are for."""
    whole = (ROOT / file).read_text("utf-8").splitlines()
    lines = (line.partition("#")[0].strip() for line in whole)
    return [line for line in lines if line and not line.startswith("-")]


def test_the_extras_are_the_requirements():
    extras = PROJECT["optional-dependencies"]
    assert requirements("requirements.txt") == [*PROJECT["dependencies"], *extras["app"]]
    assert requirements("requirements-gpu.txt") == extras["gpu"]
    assert set(extras["torch"]) <= set(requirements("requirements-bench.txt"))
    assert set(extras["completion"]) <= set(requirements("requirements-dev.txt"))


def test_the_doctor_knows_the_extras():
    named = {
        extra: tuple(NAME.match(line)[0] for line in lines)
        for extra, lines in PROJECT["optional-dependencies"].items()
    }
    assert named == EXTRAS


class Installed(Server):
    """``roipool app`` of an environment, started in a folder of its own."""

    def __init__(self, program, folder):
        super().__init__(folder=folder)
        port = self.url.rpartition(":")[2]
        self._command = [str(program), "app", "--no-browser", "--port", port]
        self._environment = outside()


def outside():
    """The variables of somebody who has no checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*command, cwd=None, **options):
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, capture_output=True, text=True, env=outside(), **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def in_checkout(folder):
    """The files of a folder by their path, but for what Python keeps there."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return (path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built of the source distribution, as whoever packages it builds it."""
    need(find_spec("hatchling"), "requirements-dev.txt brings hatchling")
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "hatchling", "build", "-d", folder)
    run(*build, "-t", "sdist", cwd=ROOT)
    with tarfile.open(*folder.glob("*.tar.gz")) as archive:
        archive.extractall(folder, filter="data")
    (tree,) = (path for path in folder.iterdir() if path.is_dir())
    run(*build, "-t", "wheel", cwd=tree)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def bin_folder(wheel, tmp_path_factory):
    """The programs of an environment with the wheel, and of everything else what is here."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", place)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", programs / "python", "install")
    run(*pip, "--quiet", "--no-deps", "--no-index", "--no-compile", wheel)
    # Behind its own packages, and without what is installed for editing: this very checkout.
    own = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    Path(own.strip(), "others.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def test_a_wheel_puts_one_package_among_the_others(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    about = f"roipool-{PROJECT['version']}.dist-info"
    assert {name.partition("/")[0] for name in names} == {"roipool", about}
    here = {*in_checkout("roipool")}
    here |= {f"roipool/_app/{name}" for room in PARTS for name in in_checkout(room)}
    assert here == {name for name in names if not name.startswith(about)}


def test_the_app_of_a_wheel_lands_on_the_article_s_example(bin_folder, tmp_path):
    # Where somebody has an app of their own.
    (tmp_path / "app.py").write_text("raise SystemExit('this is not it')")

    async def opened(url):
        async with Reader(url) as reader:
            answer = await reader.open()
            return answer, reader.page.data("replay.stage")

    with Installed(bin_folder / "roipool", tmp_path) as server:
        answer, stage = asyncio.run(opened(server.url))
        said = server.log.read_text()
    assert answer.exceptions == ()
    assert stage["cells"] == article.FEATURE_MAP.ravel().tolist()
    assert answer.fetched > 10_000
    assert "app is made for" not in said, said


def test_the_library_of_a_wheel_is_the_wheel_s_and_brings_no_screen(bin_folder, tmp_path):
    code = "import sys, roipool; print(roipool.__file__, *sorted(sys.modules))"
    path, *modules = run(bin_folder / "python", "-c", code, cwd=tmp_path).split()
    assert Path(path).is_relative_to(bin_folder.parent)
    assert not {"streamlit", "app", "matplotlib"} & set(modules)


def test_the_commands_of_a_wheel_find_the_app_within_it(bin_folder, tmp_path):
    (tmp_path / "app.py").write_text("raise SystemExit('this is not it')")
    program = bin_folder / "roipool"
    run(program, "render", "--step", "input", "-o", "input.svg", cwd=tmp_path)
    assert "0.88" in (tmp_path / "input.svg").read_text("utf-8")
    found = json.loads(run(program, "doctor", "--json", cwd=tmp_path))
    assert Path(found["app"]) == Path(found["app"]).parent / "_app"
    assert Path(found["app"]).is_relative_to(bin_folder.parent)
