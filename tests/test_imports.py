"""Imports run one way, ``roipool`` <- ``app`` <- ``pages``, and cost nothing that isn't needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def imports(tree, *, at_import_time=False):
    """Top-level packages that a module imports; at import time, those outside any function.

    What stands there for the types alone is imported at no time.
    """
    found, waiting = set(), [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting.extend(node.orelse if at_import_time else ast.iter_child_nodes(node))
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
        if not (at_import_time and isinstance(node, FUNCTIONS)):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def offenders(folder, forbidden, **options):
    """Modules of a folder, each with what it imports and may not."""
    modules = {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / folder).rglob("*.py")}
    found = {path: imports(tree, **options) & forbidden for path, tree in modules.items()}
    return {path.relative_to(ROOT).as_posix(): names for path, names in found.items() if names}


@pytest.mark.parametrize(
    ("source", "anywhere", "at_import_time"),
    [
        ("import a.b, c as d", {"a", "c"}, {"a", "c"}),
        ("from a.b import c", {"a"}, {"a"}),
        ("from . import a", set(), set()),
        ("try:\n import a\nexcept ImportError:\n pass", {"a"}, {"a"}),
        ("class A:\n import a\n def f(self):\n  from b import c", {"a", "b"}, {"a"}),
        ("async def f():\n if 1:\n  import a", {"a"}, set()),
        ("if TYPE_CHECKING:\n import a\nelse:\n import b", {"a", "b"}, {"b"}),
    ],
)
def test_imports_are_read_wherever_they_stand(source, anywhere, at_import_time):
    tree = ast.parse(source)
    assert imports(tree) == anywhere
    assert imports(tree, at_import_time=True) == at_import_time


@pytest.mark.parametrize(
    ("folder", "used", "module"),
    [
        ("roipool", "numpy", "roipool/backends/numpy.py"),
        ("app", "roipool", "app/exercise/record.py"),
        ("pages", "app", "pages/playground.py"),
    ],
)
def test_modules_of_every_folder_are_read(folder, used, module):
    assert offenders(folder, {used})[module] == {used}


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("roipool", {"streamlit", "matplotlib", "plotly", "app", "pages"}),
        ("app", {"pages", "deploy"}),
        ("deploy", {"streamlit", "numpy", "roipool", "app", "pages"}),
    ],
)
def test_imports_run_one_way(folder, forbidden):
    found = offenders(folder, forbidden)
    # A command asks for the app, or Streamlit to serve it, when run; a notebook for the stage.
    asked = ("roipool/commands/", "roipool/notebook.py")
    assert [path for path in found if not path.startswith(asked)] == []
    assert offenders(folder, forbidden, at_import_time=True) == {}


@pytest.mark.parametrize("folder", ["roipool", "app", "pages"])
def test_cupy_is_imported_only_when_it_is_used(folder):
    assert offenders(folder, {"cupy"}, at_import_time=True) == {}


def test_importing_roipool_loads_no_screen_and_no_gpu():
    code = "import sys, roipool; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split())
    assert {"roipool", "numpy"} <= loaded
    screens = {"streamlit", "anywidget", "matplotlib", "plotly", "app", "pages"}
    assert not loaded & (screens | {"cupy", "torch", "dask"})
