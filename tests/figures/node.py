"""Where there is a Node that runs the figures' modules: on the path, or Playwright's own."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path


def find_node() -> str | None:
    """The program, None where there is none that reads the modules."""
    return next((path for path in _candidates() if reads_modules(_version(path))), None)


def _candidates() -> list[str]:
    on_path = shutil.which("node")
    package = find_spec("playwright")
    driver = [
        Path(folder) / "driver" for folder in (package and package.submodule_search_locations) or []
    ]
    beside = [shutil.which("node", path=str(folder)) for folder in driver]
    return [path for path in (on_path, *beside) if path]


def _version(path: str) -> str:
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout


def reads_modules(version: str) -> bool:
    """Whether that version reads a .js with imports as a module, though no package.json says so.

    Examples
    --------
    >>> [reads_modules(version) for version in ("v20.18.3", "v20.19.0", "v21.7.3", "v26.1.0", "")]
    [False, True, False, True, False]
    """
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 7)
