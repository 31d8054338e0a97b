"""The plan of the house: which room may import which, in the app and among the figures."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from app.figures.entries import FIGURES
from app.serving.addresses import contents

ROOT = Path(__file__).parent.parent
APP = ROOT / "app"

ROOMS = {
    "text": set(),
    "fast_rcnn": set(),
    "figures": set(),
    "exercise": {"text"},
    "serving": {"exercise", "figures", "text"},
    "jobs": {"exercise", "text"},
    "story": {"exercise", "text"},
    "files": {"exercise", "jobs", "text"},
    "exports": {"exercise", "jobs", "story", "text"},
    "widgets": {"exercise", "exports", "files", "jobs", "story", "text"},
    "stage": {"exercise", "figures", "serving", "story", "text", "widgets"},
    "kernel": {"exercise", "text", "widgets"},
    "speed": {"fast_rcnn", "jobs", "text", "widgets"},
    "frame": {"exercise", "serving", "text", "widgets"},
    "sizes": {"exercise", "stage", "text", "widgets"},
    "lessons": {"exercise", "files", "stage", "text", "widgets"},
    "notebook": {"exercise", "exports", "figures", "stage", "story", "text"},
    "worksheets": {"exercise", "exports", "lessons", "text", "widgets"},
    "takeaway": {"exercise", "figures", "lessons", "stage", "text", "widgets"},
    "pixels": {"exercise", "stage", "text", "widgets"},
    "conventions": {"exercise", "files", "jobs", "stage", "story", "text", "widgets"},
    "detector": {"exercise", "fast_rcnn", "files", "jobs", "stage", "text", "widgets"},
    "main": {"serving"},
}
ROOMS["pages"] = ROOMS.keys() - {"main"}
ROOMS["commands"] = {
    "conventions",
    "exercise",
    "exports",
    "files",
    "lessons",
    "story",
    "takeaway",
    "text",
    "worksheets",
}
"""What each room of the app may import, and the commands of the library, which are asked for them
when they are run; the pages put together whatever they need."""

FIGURE_ROOMS = {
    "common": set(),
    "stage": {"common"},
    "sizes": {"common", "stage"},
    "gradient": {"common", "stage"},
    "pixels": {"common"},
    "lessons": {"common"},
    "conventions": {"common"},
    "detector": {"common"},
    "takeaway": {"common", "lessons", "stage"},
}


def modules_of(tree):
    """The modules of the app that a file imports, wherever in it that stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A room may be named on either side: from app import text.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path):
    """The room of a file, the pages' being their folder."""
    first, second, *_ = path.relative_to(ROOT).with_suffix("").parts
    return first if first == "pages" else second


def imported():
    """(file, its room, a room that it imports) for all of the app, its pages and the commands."""
    outside = (ROOT / "pages").glob("*.py"), (ROOT / "roipool" / "commands").glob("*.py")
    for path in [*APP.rglob("*.py"), *outside[0], *outside[1]]:
        for module in modules_of(ast.parse(path.read_text("utf-8"))):
            package, _, rest = module.partition(".")
            room = rest.partition(".")[0] if package == "app" else package
            if package in ("app", "pages") and room != room_of(path):
                yield path.relative_to(ROOT).as_posix(), room_of(path), room


def figures_imported():
    """(file, its room, a room that it imports) for all modules of the figures."""
    for path in FIGURES.rglob("*.js"):
        for place in re.findall(r'(?:from|import) "(\.[^"]+)"', path.read_text("utf-8")):
            room = (path.parent / place).resolve().relative_to(FIGURES.resolve()).parts[0]
            if room != path.parent.name:
                yield path.relative_to(FIGURES).as_posix(), path.parent.name, room


def test_imports_are_read_where_they_stand():
    source = "import app.text\ndef f():\n from app import jobs\n from app.story.scenes import a"
    assert list(modules_of(ast.parse(source))) == ["app.text", "app.jobs", "app.story.scenes.a"]


@pytest.mark.parametrize(
    ("read", "table"),
    [(imported, ROOMS), (figures_imported, FIGURE_ROOMS)],
    ids=["app", "figures"],
)
def test_a_room_imports_only_what_the_plan_has_under_it(read, table):
    found = list(read())
    assert [one for one in found if one[2] not in table.get(one[1], ())] == []
    # What the plan allows and nobody does would let a knot in unseen.
    made = {(room, other) for _, room, other in found}
    allowed = {(room, other) for room in table for other in table[room] if room != "pages"}
    assert allowed - made == set()


@pytest.mark.parametrize("table", [ROOMS, FIGURE_ROOMS], ids=["app", "figures"])
def test_the_plan_has_no_way_round(table):
    # Raises where there is a cycle.
    assert set(TopologicalSorter(table).static_order()) == set(table)


def test_every_file_of_the_app_has_a_room():
    assert {path.name for path in APP.glob("*.py")} == {"__init__.py", "main.py", "text.py"}
    rooms = {path.parent.relative_to(APP).as_posix() for path in APP.rglob("*.py")} - {"."}
    assert rooms | {"main", "text", "pages", "commands"} == set(ROOMS)


def test_every_file_of_the_figures_has_a_room():
    files = [path.relative_to(FIGURES) for path in FIGURES.rglob("*") if path.is_file()]
    assert {path.parent.as_posix() for path in files} == set(FIGURE_ROOMS)


@pytest.mark.parametrize("name", ["stage.js", "stage.css"])
def test_a_reader_of_the_replay_is_sent_no_ruler_and_no_way_back(name):
    others = {
        "createRuler": "sizes.js",
        "createTape": "sizes.js",
        "createWayBack": "gradient.js",
        "sendBack": "gradient.js",
        ".ruler": "sizes.css",
        ".gradient-area": "gradient.css",
    }
    for word, owner in others.items():
        assert word in contents()[owner]
        assert word not in contents()[name]
