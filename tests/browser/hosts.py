"""Notebooks' own servers, each started for a test on a free port of this machine."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.server import ROOT, free_port

_PATIENCE = 60

# What is asked of every host: two figures, and a cell that reads the first.
CELLS = {
    "imports": "from roipool import article, roi_pool, show",
    "first": "w = {host}(show(article.FEATURE_MAP, article.BOXES, 2))\nw",
    "second": "v = {host}(show(article.FEATURE_MAP, article.BOXES, 3, convention='mmcv'))\nv",
    "read": (
        "same = (w.output == roi_pool(w.input, w.boxes, 2)).all()\n"
        "print('READ:', w.boxes[0].tolist(), w.output.ravel().tolist(), w.step, same)"
    ),
}


class Host:
    """A server that is ended with everything that it has started.

    Parameters
    ----------
    folder : where its notebooks are, and its settings
    command : what starts it, `PORT` standing for the port
    asked : the path that it answers once it is there
    settings : of its environment
    """

    def __init__(self, folder: Path, command: list[str], asked: str, settings: dict[str, str]):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, *(one.replace("PORT", f"{port}") for one in command)]
        self._folder, self._asked = folder, asked
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        # Nothing that somebody has set for themselves, and nothing of this is kept.
        self._environment = os.environ | {"PYTHONPATH": path, "HOME": str(folder)} | settings
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self):
        log = self._folder / "server.log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise RuntimeError(f"it did not start:\n{log.read_text()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + self._asked, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False


def jupyterlab(folder: Path, theme: str) -> Host:
    """JupyterLab in its "Light" or "Dark" theme, with the cells in ``n.ipynb``."""
    cells = [_code(name, source.format(host="")) for name, source in CELLS.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "n.ipynb").write_text(json.dumps(notebook | {"cells": cells}), "utf-8")
    own = folder / "settings" / "@jupyterlab" / "apputils-extension"
    own.mkdir(parents=True)
    told = {
        "themes": {"theme": f"JupyterLab {theme}"},
        "notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, values in told.items():
        (own / f"{name}.jupyterlab-settings").write_text(json.dumps(values), "utf-8")
    command = ["-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=PORT"]
    command += ["--ServerApp.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"]
    # Its menus cannot be asked whether there is a kernel yet.
    command += ["--expose-app-in-browser"]
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }
    return Host(folder, command, "/api", settings)


def marimo(folder: Path, theme: str) -> Host:
    """Marimo in its "Light" or "Dark" theme, with the cells in ``n.py`` as an app."""
    (folder / ".marimo.toml").write_text(f'[display]\ntheme = "{theme.lower()}"\n', "utf-8")
    imports, *cells = (source.format(host="mo.ui.anywidget") for source in CELLS.values())
    # What a cell prints goes to the terminal, so the last one shows it.
    cells[-1] = (
        cells[-1].replace("print(", "mo.md(' '.join(map(str, (").replace("same)", "same))))")
    )
    bodies = ["import marimo as mo\n" + imports, *cells]
    told = "".join(f"\n\n@app.cell\ndef _():\n{_indented(body)}" for body in bodies)
    (folder / "n.py").write_text(f"import marimo\n\napp = marimo.App()\n{told}", "utf-8")
    command = ["-m", "marimo", "--quiet", "run", "n.py", "--headless", "--no-token"]
    return Host(folder, [*command, "--host=127.0.0.1", "--port=PORT"], "/health", {})


def _code(name: str, source: str) -> dict[str, object]:
    told = {"cell_type": "code", "id": name, "metadata": {}, "source": source}
    return told | {"outputs": [], "execution_count": None}


def _indented(body: str) -> str:
    return "".join(f"    {line}\n" for line in body.splitlines())
