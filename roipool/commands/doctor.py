"""``roipool doctor``: what is installed, and what computes."""

import argparse
import json
import platform
import subprocess
from shutil import which
from typing import Any

from roipool.backends import backend_status
from roipool.beside import app_folder
from roipool.commands.command import Command
from roipool.commands.extras import EXTRAS, installed

_SECONDS = 10  # for ffmpeg to say its version


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for a program, or a report of a bug")


def _run(options: argparse.Namespace) -> int:
    found = findings()
    print(json.dumps(found, indent=1) if options.json else "\n".join(_lines(found)))
    return 0


def findings() -> dict[str, Any]:
    """What there is, as plain JSON."""
    status, folder = backend_status(), app_folder()
    return {
        "roipool": installed("roipool"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "numpy": installed("numpy"),
        "app": str(folder) if folder else None,
        "extras": {extra: {name: installed(name) for name in EXTRAS[extra]} for extra in EXTRAS},
        "backend": {
            "name": status.backend,
            "device": status.device,
            "why_no_gpu": status.reason,
        },
        "ffmpeg": _ffmpeg(),
    }


def _ffmpeg() -> str | None:
    """What the ffmpeg on the PATH calls itself."""
    program = which("ffmpeg")
    if program is None:
        return None
    try:
        asked = [program, "-version"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=_SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (said.splitlines() or [program])[0]


def _lines(found: dict[str, Any]) -> list[str]:
    about = (f"roipool {found['roipool'] or '(not installed)'}", f"Python {found['python']}")
    lines = [", ".join((*about, f"NumPy {found['numpy']}")), found["system"], ""]
    for extra, names in found["extras"].items():
        missing = [name for name, version in names.items() if version is None]
        there = ", ".join(f"{name} {version}" for name, version in names.items() if version)
        lines.append(f"{extra:<12}{there or '–'}")
        if missing:
            lines.append(f'{"":<12}missing: {", ".join(missing)}: pip install "roipool[{extra}]"')
    backend = found["backend"]
    lines += ["", f"{'computes':<12}{backend['name']} on {backend['device']}"]
    if backend["why_no_gpu"]:
        lines.append(f"{'':<12}and not on a GPU: {backend['why_no_gpu']}")
    videos = found["ffmpeg"] or "no ffmpeg on the PATH; roipool render writes no MP4"
    return [*lines, f"{'video':<12}{videos}"]


COMMAND = Command(
    name="doctor",
    usage="[--json]",
    help="what is installed, what computes, and why not a GPU",
    description="What is installed, with versions; which backend computes, and if it is not a GPU, "
    "why; whether videos can be written.",
    examples=(
        ("", "for you"),
        ("--json | jq .backend.why_no_gpu", "for a script"),
    ),
    arguments=_arguments,
    run=_run,
)
